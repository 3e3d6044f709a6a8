"""For whom the homework is: a client of the caseload, or a new name."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from steady.errors import SteadyError
from steady.safety.cleaning import one_line
from steady.tui.office.told import QUIET, names
from steady.tui.text import fit, plain, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.sheet import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steady.store.caseload import Client
    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("enter", "choose", "choose"),
    ("tab", "the list, the box", "app.focus_next"),
    ("esc", "back", "app.pop_screen"),
)


class PersonScreen(Screen[None]):
    """Type a name: those it may be are listed, and below them a new client of that name."""

    app: "OfficeApp"
    DEFAULT_CSS = """
    PersonScreen Input { height: 3; border: round $border; background: $background; }
    PersonScreen Input:focus { border: round $accent; }
    PersonScreen Sheet { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("down", "list", show=False),
    ]

    def __init__(self) -> None:
        """Nobody chosen yet."""
        super().__init__()
        self._clients: tuple[Client, ...] = ()
        self._fault = ""

    def compose(self) -> ComposeResult:
        """A box and those it may mean."""
        yield TopBar("Assign homework", "for whom")
        with Vertical(classes="column"):
            yield Input(placeholder="A client's name, or a new one", id="name")
            yield Sheet()
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """Everybody at first."""
        try:
            self._clients = self.app.office.store.clients()
        except SteadyError as fault:
            self._fault = str(fault)
        box = self.query_one(Input)
        box.cursor_blink = False
        box.focus()
        self.query_one(Sheet).fill(self._rows, from_top=True)

    @on(Input.Changed)
    def _narrow(self) -> None:
        """Those whose name has it."""
        self.query_one(Sheet).fill(self._rows, from_top=True)

    def _rows(self, width: int) -> "Sequence[Row]":
        if self._fault:
            return [Row(styled(self._fault, "$warning"))]
        called = names(self._clients)
        typed = one_line(self.query_one(Input).value)
        wanted = typed.casefold()
        found = [each for each in self._clients if wanted in called[each.ref].casefold()]
        # Who is called exactly so comes first, so that Enter means them.
        found.sort(key=lambda each: each.name.casefold() != wanted)
        rows = [Row(plain(called[each.ref]), f"client:{each.ref}") for each in found]
        if typed:
            new = Content.assemble(plain(f"A new client, {fit(typed, 40).strip()}"))
            exact = any(each.name.casefold() == wanted for each in found)
            hint = "  (another of this name)" if exact else ""
            rows.append(Row(Content.assemble(new, (hint, QUIET)), "new:"))
        elif not rows:
            rows.append(Row(styled("Type the name of a first client.", QUIET)))
        return rows

    @on(Sheet.Chosen)
    def _chosen(self, event: Sheet.Chosen) -> None:
        """On to what they rehearse."""
        kind, _, ref = event.name.partition(":")
        typed = one_line(self.query_one(Input).value)
        called = {each.ref: each.name for each in self._clients}
        self.app.pop_screen()
        if kind == "new":
            self.app.assign_to(None, typed)
        else:
            self.app.assign_to(ref, called[ref])

    @on(Input.Submitted)
    def action_choose(self) -> None:
        """Whoever is under the cursor."""
        self.query_one(Sheet).action_open()

    def action_list(self) -> None:
        """From the box to the list."""
        self.query_one(Sheet).focus()
