"""Help for the therapist: what to press, what the figures are, what is kept where."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from steady.errors import SteadyError
from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar, TopBar

if TYPE_CHECKING:
    from steady.tui.office.app import OfficeApp

_KEYS = (
    (
        "Anywhere",
        (
            ("arrows, page up, down", "move, or read on"),
            ("enter, or a click", "open"),
            ("tab, shift+tab", "the next part of a page, the one before"),
            ("esc", "one step back"),
            ("ctrl+p", "everything else, by name"),
            ("ctrl+q", "close at once; all is kept"),
        ),
    ),
    (
        "Caseload",
        (
            ("/", "find a client by name"),
            ("i, a", "import packets, assign homework"),
            ("s, c", "search shared words, rate blind"),
            ("r", "a report on the client under the cursor"),
        ),
    ),
    (
        "A client",
        (
            ("f", "filter by date, scenario, rung"),
            ("n", "a note of your own"),
            ("r", "a report: page, table or JSON"),
            ("a, s", "assign homework, search this client's words"),
            ("c", "first and latest attempt of a scenario"),
        ),
    ),
    (
        "An attempt",
        (("← →", "the attempt before, the one after"), ("c", "beside the first of the scenario")),
    ),
)
_ABOUT = (
    "Levels run from 0 (not yet) over 1 (emerging) and 2 (steady) to 3 (strong). A program works"
    " them out from the wording alone, by fixed rules; they are not a measure of the person. Rate"
    " a sample blind to see how far it agrees with you: where it does not, levels are flagged.",
    "Words marked as danger are sent only where the client said yes to that. Steady tells nobody;"
    " what came is here for you to read.",
)


class OfficeHelpScreen(Screen[None]):
    """One page, scrolled with the arrows."""

    app: "OfficeApp"
    DEFAULT_CSS = """
    OfficeHelpScreen .text { width: 100%; height: auto; padding: 0 1; margin-bottom: 1; }
    OfficeHelpScreen .column { scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "app.pop_screen", show=False)
    ]

    def compose(self) -> ComposeResult:
        """Keys, what the figures are, places."""
        yield TopBar("Help")
        with VerticalScroll(classes="column"):
            for place, keys in _KEYS:
                rows = [
                    Content.assemble("  ", (key.ljust(24), "$accent"), words) for key, words in keys
                ]
                yield Static(
                    Content("\n").join([Content.styled(place, "bold"), *rows]), classes="text"
                )
            yield Static(plain("\n\n".join(_ABOUT)), classes="text")
            yield Static(plain(self._places()), classes="text")
        yield KeyBar(("↑ ↓", "read on", ""), ("esc", "back", "app.pop_screen"))

    def _places(self) -> str:
        office = self.app.office
        try:
            mark = f"\n\nYour fingerprint is {office.keys.fingerprint}."
        except SteadyError as fault:
            mark = f"\n\n{fault}"
        return (
            f"The caseload is kept in {office.places.caseload}, your private key in"
            f" {office.places.therapist_key}; copy both to a place only you can reach. Nothing is"
            f" kept anywhere else.{mark}"
        )
