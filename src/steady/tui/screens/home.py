"""Home: what was begun, what can be rehearsed, how it has gone."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from steady.errors import SteadyError
from steady.tui.text import day, fit, plain, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.house import HomeRow, HomeView
    from steady.tui.app import SteadyApp

_KEYS = (
    ("enter", "open", "open"),
    ("/", "find", "find"),
    ("p", "progress", "app.show_progress"),
    ("?", "help", "app.show_help"),
    ("q", "leave", "app.quit"),
)
_TITLE, _RUNG = 41, 9


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
        Binding("question_mark", "app.show_help", show=False),
        Binding("q", "app.quit", show=False),
        Binding("escape", "unfind", show=False),
    ]

    def __init__(self) -> None:
        """Home, not yet filled."""
        super().__init__()
        self._view: HomeView | None = None
        self._sought = ""

    def compose(self) -> ComposeResult:
        """The frame; the list is empty until `fill`."""
        now = datetime.now()
        yield TopBar("Steady", f"{now:%A} {now.day} {now:%B}")
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
        before = self._view.unfinished if self._view else ()
        try:
            self._view = self.app.house.home()
        except SteadyError as fault:
            self._note(str(fault))
            return
        # What was left a moment ago is the likeliest to be wanted next.
        self._show(from_top=self._view.unfinished != before)
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
        self.run_worker(self._check_scenarios, thread=True, group="check", exclusive=True)

    def _check_scenarios(self) -> None:
        faults = self.app.house.scenario_faults()
        if faults:
            self.app.call_from_thread(self._note, faults[0])

    def _note(self, sentence: str) -> None:
        note = self.query_one("#note", Static)
        note.update(plain(sentence))
        note.display = True

    def _show(self, *, from_top: bool = False) -> None:
        view = self._view
        if view is None:
            return
        menu = self.query_one("#list", Menu)
        here = None if from_top else menu.highlighted_option
        kept = here.id if here else None
        menu.clear_options()
        menu.add_options(self._options(view))
        first = next((i for i, option in enumerate(menu.options) if not option.disabled), None)
        places = {option.id: place for place, option in enumerate(menu.options)}
        menu.highlighted = places.get(kept, first) if kept else first

    def _options(self, view: "HomeView") -> list[Option]:
        today = datetime.now()
        options: list[Option] = []
        if view.unfinished and not self._sought:
            options.append(Menu.heading("Carry on where you stopped"))
            for attempt in view.unfinished:
                turns = f"{attempt.turns} turn{'' if attempt.turns == 1 else 's'} in"
                options.append(
                    Menu.entry(f"attempt:{attempt.id}", _row(attempt.title, attempt.rung, turns))
                )
        for heading, rows in view.groups:
            found = [row for row in rows if self._sought in f"{row.title} {row.short}".lower()]
            if found:
                options.append(Menu.heading(heading))
                options.extend(
                    Menu.entry(f"open:{row.id}", _row(row.title, row.rung or "", _last(row, today)))
                    for row in found
                )
        if not self._sought and view.attempts:
            options.append(Menu.heading("So far"))
            count = f"{view.attempts} attempt{'' if view.attempts == 1 else 's'}"
            options.append(Menu.entry("progress", _row("Progress", "", count)))
        if not options:
            options.append(
                Option(styled("Nothing here has that in its name.", "dim"), disabled=True)
            )
        return options

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was chosen."""
        kind, _, name = (event.option_id or "").partition(":")
        try:
            if kind == "attempt":
                self.app.talk(self.app.house.resume(int(name)))
            elif kind == "open":
                self.app.brief(name)
            elif kind == "progress":
                self.app.action_show_progress()
        except SteadyError as fault:
            self._note(str(fault))

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


def _row(title: str, rung: str, state: str) -> Content:
    return Content.assemble(
        fit(title, _TITLE), "  ", (fit(rung, _RUNG), "$foreground 70%"), (state, "$foreground 70%")
    )


def _last(row: "HomeRow", today: datetime) -> str:
    return f"last: {day(row.last, today)}" if row.last else "not yet"
