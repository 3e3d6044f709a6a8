"""Home: what was begun, what can be rehearsed, how it has gone."""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static

from steady.errors import SteadyError
from steady.places import profile
from steady.terms import Rung
from steady.tui.screens.home_rows import options
from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

    from steady.home import AskRow, HomeView
    from steady.tui.app import SteadyApp

_KEYS = (
    ("enter", "open", "open"),
    ("/", "find", "find"),
    ("p", "progress", "app.show_progress"),
    ("?", "help", "app.show_help"),
    ("q", "leave", "app.quit"),
)


class HomeScreen(Screen[None]):
    """The list of everything, filled right after the first paint."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    HomeScreen #list { height: 1fr; width: 100%; scrollbar-size-vertical: 1; }
    HomeScreen #find { display: none; height: 3; border: round $accent; padding: 0 1; }
    HomeScreen #note { display: none; color: $warning; padding: 0 2; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", show=False),
        Binding("p", "app.show_progress", show=False),
        Binding("h", "app.show_homework", show=False),
        Binding("question_mark", "app.show_help", show=False),
        Binding("q", "app.quit", show=False),
        Binding("escape", "unfind", show=False),
    ]

    class Planned(Message):
        """What to rehearse next was worked out anew."""

    def __init__(self) -> None:
        """Home, not yet filled."""
        super().__init__()
        self._view: HomeView | None = None
        self._ask: AskRow | None = None
        self._sought = ""

    def compose(self) -> ComposeResult:
        """The frame; the list is empty until `fill`."""
        now = datetime.now()
        whose = profile()
        yield TopBar(f"Steady · {whose}" if whose else "Steady", f"{now:%A} {now.day} {now:%B}")
        with Vertical(classes="column", id="body"):
            yield Static(id="note")
            yield Menu(id="list")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """Fill the list once the frame is on screen."""
        self.call_later(self.fill)

    def on_screen_resume(self) -> None:
        """Coming back from elsewhere: what was done there shows."""
        if self._view is not None:
            self.fill()

    def fill(self) -> None:
        """Read what there is and show it."""
        before = self._view
        try:
            view = self._view = self.app.house.home()
        except SteadyError as fault:
            self._note(str(fault))
            return
        if before is None:
            self._ask = view.ask
        self._show(first=_likeliest(before, view) if before else None)
        self.query_one("#list").focus()
        self.call_after_refresh(self._settle)
        if self._view.first_run:
            from steady.tui.screens.welcome import WelcomeScreen

            self.app.push_screen(WelcomeScreen())

    def _settle(self) -> None:
        """Look and faults: not needed for the first sight of the list."""
        try:
            self.app.apply_appearance()
        except SteadyError as fault:
            self._note(str(fault))
        self.run_worker(self._look_around, thread=True, group="check", exclusive=True)

    def _look_around(self) -> None:
        """In a thread of its own, with a store of its own: what to rehearse next, and faults."""
        view = self._view
        if view is not None and (view.plan_is_old or view.ask is not None):
            from steady.house import House

            # A plan that cannot be kept now is worked out the next time.
            with suppress(SteadyError), House(self.app.house.places) as house:
                house.plan_next()
                if view.ask is not None:
                    house.asked(view.ask.id)
                self.post_message(self.Planned())
        faults = self.app.house.scenario_faults()
        if faults:
            self.app.call_from_thread(self._note, faults[0])

    def on_home_screen_planned(self) -> None:
        """Show it; the cursor stays on its line."""
        with suppress(SteadyError):
            self._view = self.app.house.home()
            self._show()

    def _note(self, sentence: str) -> None:
        note = self.query_one("#note", Static)
        note.update(plain(sentence))
        note.display = True

    def _show(self, *, first: str | None = None) -> None:
        """Draw the list; the cursor stays where it was, or stands on the line named `first`."""
        view = self._view
        if view is None:
            return
        menu = self.query_one("#list", Menu)
        kept = first or (menu.highlighted_option.id if menu.highlighted_option else None)
        menu.clear_options()
        menu.add_options(self._options(view))
        places = {o.id: place for place, o in enumerate(menu.options) if not o.disabled}
        # A question stands at the top, but Enter does not fall into it.
        begin = next((p for name, p in places.items() if not str(name).startswith("ask:")), None)
        menu.highlighted = places.get(kept, begin)

    def _options(self, view: "HomeView") -> "list[Option]":
        return options(view, self._ask, self._sought, datetime.now(), self.app.size.width)

    def on_resize(self) -> None:
        """The lines are cut to the width there is."""
        self._show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was chosen."""
        kind, _, name = (event.option_id or "").partition(":")
        try:
            self._open(kind, name)
        except SteadyError as fault:
            self._note(str(fault))

    def _open(self, kind: str, name: str) -> None:
        app = self.app
        if kind == "attempt":
            app.talk(app.house.resume(int(name)))
        elif kind == "open":
            app.brief(name)
        elif kind in {"next", "probe"}:
            scenario, _, rung = name.partition(":")
            app.brief(scenario, Rung(rung) if rung else None, probe=kind == "probe")
        elif kind == "homework" and name:
            app.brief_homework(name)
        elif kind in {"homework", "all-homework"}:
            app.action_show_homework()
        elif kind == "share":
            app.share(name)
        elif kind == "ask" and self._ask is not None:
            self._field_note(self._ask)
        elif kind == "progress":
            app.action_show_progress()

    def _field_note(self, ask: "AskRow") -> None:
        """The question is gone for today once it was looked at, whatever was answered."""
        from steady.tui.screens.field_note import FieldNoteScreen

        self._ask = None
        self.app.push_screen(FieldNoteScreen(ask.id, ask.title))

    def action_open(self) -> None:
        """Open the line under the cursor."""
        self.query_one("#list", Menu).action_select()

    def action_find(self) -> None:
        """Show the box to find a scenario by name."""
        from textual.widgets import Input

        if not self.query("#find"):
            box = Input(placeholder="Part of a name", id="find")
            self.query_one("#body").mount(box, before=0)
        found = self.query_one("#find", Input)
        found.display = True
        found.focus()

    def action_unfind(self) -> None:
        """Put the finding away and show everything."""
        if self.query("#find"):
            self.query("#find").remove()
        self._sought = ""
        self._show()
        self.query_one("#list").focus()

    def on_input_changed(self, event: "object") -> None:
        """Narrow the list to what was typed."""
        self._sought = getattr(event, "value", "").strip().lower()
        self._show()

    def on_input_submitted(self) -> None:
        """From the box to the list."""
        self.query_one("#list").focus()


def _likeliest(before: "HomeView", now: "HomeView") -> str | None:
    """What is likeliest wanted next: what was left a moment ago, or homework just added."""
    if now.unfinished and now.unfinished != before.unfinished:
        return f"attempt:{now.unfinished[0].id}"
    known = {row.homework.assigned.id for row in before.homework}
    new = (row.homework.assigned.id for row in now.homework)
    return next((f"homework:{each}" for each in new if each not in known), None)
