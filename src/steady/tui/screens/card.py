"""The carry card: one line of the client's own, to take along."""

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import OptionList, Static

from steady.progress.card import LONGEST, Card, as_html
from steady.progress.carrying import card_for, carry_line, carry_words, lines_to_carry
from steady.tui.paths import default_folder, place_to_write, write_new
from steady.tui.text import fit, plain
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.tui.app import SteadyApp

_FILE = "card.html"
_NONE = (
    "There is no line of yours to carry yet. After a finished rehearsal, one that asks for what you"
    " need stands here. You can write one now."
)
_COPIED = (
    "Handed to your terminal's clipboard. Some terminals don't take it: if nothing can be pasted,"
    " mark the words with the mouse, or save the page."
)


class CardScreen(Screen[None]):
    """The line, and what can be done with it."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    CardScreen #card {
        width: 100%;
        max-width: 60;
        height: auto;
        min-height: 5;
        margin: 1 2 0 2;
        padding: 1 2;
        border: round $accent;
        text-style: bold;
    }
    CardScreen .text { width: 100%; height: auto; padding: 0 3; margin-bottom: 1; }
    CardScreen .column { scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "app.pop_screen", show=False)]

    def __init__(self, scenario_id: str, title: str) -> None:
        """The card for a scenario."""
        super().__init__()
        self._scenario_id = scenario_id
        self._title = title
        self._card: Card | None = None

    def compose(self) -> ComposeResult:
        """The card, whose words they are, what can be done, what was done."""
        yield TopBar("A line to carry", self._title)
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(id="card")
            yield Static(id="whose", classes="text quiet")
            yield Menu()
            yield Static(id="done", classes="text quiet")
        yield KeyBar(("enter", "choose", "choose"), ("esc", "back", "app.pop_screen"))

    def on_mount(self) -> None:
        """Show the card."""
        self._show()
        self.query_one(Menu).focus()

    def _show(self, done: str = "") -> None:
        house = self.app.house
        self._card = card = card_for(house.store, house.library, self._scenario_id)
        self.query_one("#card").display = card is not None
        self.query_one("#card", Static).update(plain(card.line if card else ""))
        self.query_one("#whose", Static).update(plain(_whose(card)))
        self.query_one("#done", Static).update(plain(done))
        menu = self.query_one(Menu)
        menu.clear_options()
        if card is not None:
            menu.add_options(
                [
                    Menu.entry("copy", "Copy it"),
                    Menu.entry("save", "Save a page to print, the size of a bank card"),
                    Menu.entry("other", "Another of my lines"),
                ]
            )
        menu.add_option(Menu.entry("write", "Change the words" if card else "Write one"))
        menu.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        if event.option_id == "copy" and self._card is not None:
            self.app.copy_to_clipboard(self._card.line)
            self.query_one("#done", Static).update(plain(_COPIED))
        elif event.option_id == "save":
            self._save()
        elif event.option_id == "other":
            self._choose()
        elif event.option_id == "write":
            self._write()

    @work(exclusive=True, group="card")
    async def _save(self) -> None:
        """Save the page where the client says."""
        from steady.tui.screens.where import WhereScreen

        card = self._card
        if card is None:
            return

        def save(typed: str) -> str:
            path = place_to_write(typed, _FILE)
            write_new(path, as_html(card).encode())
            return str(path)

        question = "Where should the page go? It holds this line and nothing else."
        offered = str(default_folder() / _FILE)
        saved = await self.app.push_screen_wait(WhereScreen(question, save, offered))
        if saved is not None:
            told = f"Saved as {saved}. Open it in a browser to print it."
            self.query_one("#done", Static).update(plain(told))

    @work(exclusive=True, group="card")
    async def _choose(self) -> None:
        """Another of the client's own lines."""
        from steady.tui.screens.ask import AskScreen

        house = self.app.house
        lines = lines_to_carry(house.store, house.library, self._scenario_id)
        if not lines:
            self.query_one("#done", Static).update(plain("There is no other line of yours yet."))
            return
        answers = [(str(n), fit(" ".join(line.text.split()), 58)) for n, line in enumerate(lines)]
        question = "Your own lines, those said without hints first."
        chosen = await self.app.push_screen_wait(AskScreen(question, *answers))
        if chosen is not None:
            carry_line(house.store, self._scenario_id, lines[int(chosen)])
            self._show()

    @work(exclusive=True, group="card")
    async def _write(self) -> None:
        """Words written for the card."""
        from steady.tui.screens.words import WordsScreen

        now = self._card.line if self._card else ""
        question = "The line you want to have with you, in your own words."
        words = await self.app.push_screen_wait(WordsScreen(question, now, LONGEST, done="keep it"))
        if words is not None and words != now:
            carry_words(self.app.house.store, self._scenario_id, words)
            self._show()

    def action_choose(self) -> None:
        """As Enter does."""
        self.query_one(Menu).action_select()


def _whose(card: Card | None) -> str:
    if card is None:
        return _NONE
    if card.said is None:
        return "In the words you wrote for it."
    when = card.said.astimezone()
    return f"You said this on {when.day} {when:%B}."
