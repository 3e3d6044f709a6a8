"""A field note: was it said for real, and what happened. Nothing has to be answered."""

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import OptionList, Static

from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.store import Said
    from steady.tui.app import SteadyApp

LONGEST = 2_000
"""The longest note, in characters."""

_TEXT = (
    "If you like, keep a line on it. It stays on this computer; you can share it later, or not.",
    "Not yet is a good answer. Some talks wait for their moment.",
)
_ANSWERS: tuple[tuple[str, str], ...] = (
    ("not yet", "Not yet"),
    ("yes", "Yes, I said it"),
    ("no", "No, it went another way"),
)
_ASKED: dict[str, str] = {
    "yes": "What happened? A few words are enough, and none are fine too.",
    "no": "What happened instead? A few words are enough, and none are fine too.",
}


class FieldNoteScreen(Screen[None]):
    """One question, then a box for what happened."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    FieldNoteScreen #text { width: 100%; height: auto; margin: 1 0; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "app.pop_screen", show=False)]

    def __init__(self, scenario_id: str, title: str, attempt: int | None = None) -> None:
        """About a scenario; `attempt` is the one it is noted after, if any."""
        super().__init__()
        self._scenario_id = scenario_id
        self._title = title
        self._attempt = attempt
        self._kept = f"note-draft:{scenario_id}"
        self._typed = ""

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        yield TopBar("Did you say it for real?", self._title)
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(plain("\n\n".join(_TEXT)), id="text")
            yield Menu(*_ANSWERS)
        yield KeyBar(("enter", "choose", "choose"), ("esc", "skip this", "app.pop_screen"))

    def on_mount(self) -> None:
        """The cursor stands on the answer that asks for nothing."""
        self._typed = self.app.house.store.fact(self._kept) or ""
        menu = self.query_one(Menu)
        menu.highlighted = 0
        menu.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Keep the answer, after asking what happened where something did."""
        if event.option_id == "yes":
            self._tell("yes")
        elif event.option_id == "no":
            self._tell("no")
        else:
            self._keep("not yet", "")

    @work(exclusive=True, group="note")
    async def _tell(self, said: "Said") -> None:
        """What happened, in a few words or none; what is put away half typed comes back."""
        from steady.tui.screens.words import WordsScreen

        screen = WordsScreen(_ASKED[said], self._typed, LONGEST, done="keep it")
        words = await self.app.push_screen_wait(screen)
        if words is None:
            self._typed = screen.typed
            self.app.house.store.keep_fact(self._kept, self._typed)
        else:
            self._keep(said, words)

    def _keep(self, said: "Said", words: str) -> None:
        store = self.app.house.store
        if self._typed:
            store.keep_fact(self._kept, "")
        # An answer is worth a question: nothing more is asked today.
        self.app.house.asked(self._scenario_id)
        store.keep_field_note(self._scenario_id, said, words, attempt=self._attempt)
        self.app.pop_screen()

    def action_choose(self) -> None:
        """As Enter does."""
        self.query_one(Menu).action_select()
