"""Field notes read back: all of them, or those of one scenario; each can be erased."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from steady.tui.text import day, fit, plain
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.store import FieldNote
    from steady.tui.app import SteadyApp

SAID = {"yes": "said it", "no": "another way", "not yet": "not yet"}
_QUIET = "$foreground 70%"
_NONE = (
    "Nothing is noted yet. When you have said one of these for real, choose its talk in Progress"
    " with ← and →, and press n."
)
_WIDTH = 66


class FieldNotesScreen(Screen[None]):
    """A list; Enter shows a note in full."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    FieldNotesScreen #list { height: 1fr; width: 100%; scrollbar-size-vertical: 1; }
    FieldNotesScreen #none { width: 100%; height: auto; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,n", "app.pop_screen", show=False)]

    def __init__(self, scenario: str | None, name: str, titles: dict[str, str]) -> None:
        """Notes on a scenario, called `name`, or on all; `titles` are those of scenarios."""
        super().__init__()
        self._scenario = scenario
        self._called = name
        self._titles = titles
        self._notes: dict[str, FieldNote] = {}

    def compose(self) -> ComposeResult:
        """The list."""
        yield TopBar("Field notes", self._called)
        with Vertical(classes="column"):
            yield Static(plain(_NONE), id="none")
            yield Menu(id="list")
        yield KeyBar(("enter", "read it", "read"), ("esc", "back", "app.pop_screen"))

    def on_mount(self) -> None:
        """Show them."""
        self._show()
        self.query_one(Menu).focus()

    def _show(self) -> None:
        notes = self.app.house.store.field_notes(self._scenario)
        self._notes = {note.id: note for note in notes}
        self.query_one("#none").display = not notes
        menu = self.query_one(Menu)
        menu.clear_options()
        menu.add_options([Menu.entry(note.id, self._line(note)) for note in notes])
        menu.highlighted = 0 if notes else None

    def _line(self, note: "FieldNote") -> Content:
        words = " ".join(note.text.split())
        line = note_line(note, self._titles, datetime.now())
        return line if not words else line + plain(f"\n    {fit(words, _WIDTH).rstrip()}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show the note in full."""
        self._read(self._notes[event.option_id or ""])

    def action_read(self) -> None:
        """As Enter does."""
        self.query_one(Menu).action_select()

    @work(exclusive=True, group="note")
    async def _read(self, note: "FieldNote") -> None:
        """In full; erasing it is the second answer."""
        from steady.tui.screens.ask import AskScreen

        when = note.noted_at.astimezone()
        title = self._titles.get(note.scenario, note.scenario)
        head = f"{when.day} {when:%B %Y}, {title}: {SAID[note.said]}"
        text = f"{head}\n\n{note.text}" if note.text else head
        answers = ("keep", "Keep it"), ("erase", "Erase it for good")
        if await self.app.push_screen_wait(AskScreen(text, *answers)) == "erase":
            self.app.house.store.forget_field_note(note.id)
            self._show()


def note_line(note: "FieldNote", titles: dict[str, str], today: datetime) -> Content:
    """When, about what, and whether it was said: a line without the words."""
    when = day(note.noted_at.astimezone().replace(tzinfo=None), today)
    title = titles.get(note.scenario, note.scenario)
    return Content.assemble(fit(when, 18), fit(title, 34), "  ", (SAID[note.said], _QUIET))
