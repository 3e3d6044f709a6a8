"""The caseload: who needs a look, everybody else, and what else can be done."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

from steady.errors import SteadyError
from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.sheet import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steady.progress.caseload import CaseloadView
    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("enter", "open", "open"),
    ("/", "find", "find"),
    ("i", "import", "app.take_in"),
    ("a", "assign", "app.assign"),
    ("q", "leave", "app.quit"),
)


class CaseloadScreen(Screen[None]):
    """Filled right after the first paint; those who need a look stand on top."""

    app: "OfficeApp"
    DEFAULT_CSS = """
    CaseloadScreen #find { display: none; height: 3; border: round $accent; padding: 0 1; }
    CaseloadScreen #note { display: none; color: $warning; padding: 0 2; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", show=False),
        Binding("i", "app.take_in", show=False),
        Binding("a", "app.assign", show=False),
        Binding("s", "app.search", show=False),
        Binding("r", "report", show=False),
        Binding("c", "app.calibrate", show=False),
        Binding("question_mark", "app.show_help", show=False),
        Binding("q", "app.quit", show=False),
        Binding("escape", "unfind", show=False),
    ]

    def __init__(self) -> None:
        """The caseload, not yet filled."""
        super().__init__()
        self._view: CaseloadView | None = None
        self._sought = ""

    def compose(self) -> ComposeResult:
        """The frame; the list is empty until `fill`."""
        yield TopBar("Caseload")
        with Vertical(classes="column"):
            yield Input(placeholder="Part of a name", id="find")
            yield Static(id="note")
            yield Sheet(id="list")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """Fill the list once the frame is on screen."""
        self.query_one("#find", Input).cursor_blink = False
        self.query_one(Sheet).focus()
        self.call_later(self.fill)

    def on_screen_resume(self) -> None:
        """Coming back from elsewhere: what was done there shows."""
        if self._view is not None:
            self.fill()

    def fill(self) -> None:
        """Read what there is and show it; without a key, go and make one first."""
        first = self._view is None
        try:
            if not self.app.office.is_set_up():
                from steady.tui.office.begin import BeginScreen

                self.app.push_screen(BeginScreen(), self._begun)
                return
            self._view = self.app.office.caseload()
        except SteadyError as fault:
            self._note(str(fault))
            return
        self.query_one("#note").display = False
        self._show(from_top=first)
        if first:
            self.call_after_refresh(self._settle)

    def _begun(self, made: bool | None) -> None:
        if made:
            self.fill()
        else:
            self.app.exit()

    def _settle(self) -> None:
        """Look: not needed for the first sight of the list."""
        try:
            self.app.apply_appearance()
        except SteadyError as fault:
            self._note(str(fault))

    def _note(self, sentence: str) -> None:
        note = self.query_one("#note", Static)
        note.update(plain(sentence))
        note.display = True

    def _show(self, *, from_top: bool = False) -> None:
        view = self._view
        if view is None:
            return
        few = len(view.rows)
        told = f"{view.to_look_at} of {few} need a look" if view.to_look_at else ""
        self.query_one(TopBar).tell(told or (f"{few} client{'s' * (few != 1)}" if few else ""))
        self.query_one(Sheet).fill(self._rows, from_top=from_top)

    def _rows(self, width: int) -> "Sequence[Row]":
        from steady.tui.office.caseload_told import caseload_rows

        assert self._view is not None
        return caseload_rows(self._view, self._sought, self.app.office.today, width)

    @on(Sheet.Chosen)
    def _open(self, event: Sheet.Chosen) -> None:
        """Go where was chosen."""
        kind, _, name = event.name.partition(":")
        if kind == "client":
            self.app.show_client(name)
        elif kind == "search":
            self.app.search(words=self._sought)
        elif kind == "import":
            self.app.action_take_in()
        elif kind == "assign":
            self.app.action_assign()
        elif kind == "calibrate":
            self.app.action_calibrate()
        elif kind == "help":
            self.app.action_show_help()

    def action_open(self) -> None:
        """Open the line under the cursor."""
        self.query_one(Sheet).action_open()

    def action_report(self) -> None:
        """Write a report on the client under the cursor."""
        from steady.tui.office.report import ReportScreen

        kind, _, ref = self.query_one(Sheet).here.partition(":")
        if kind != "client":
            self._note("Put the cursor on a client first; then r writes a report on them.")
            return
        try:
            self.app.push_screen(ReportScreen(self.app.office.client(ref)))
        except SteadyError as fault:
            self._note(str(fault))

    def action_find(self) -> None:
        """Show the box to find a client by name."""
        box = self.query_one("#find", Input)
        box.display = True
        box.focus()

    def action_unfind(self) -> None:
        """Put the finding away and show everybody."""
        box = self.query_one("#find", Input)
        box.value = ""
        box.display = False
        self._sought = ""
        self._show(from_top=True)
        self.query_one(Sheet).focus()

    @on(Input.Changed, "#find")
    def _narrow(self, event: Input.Changed) -> None:
        """Narrow the list to what was typed."""
        if event.value.strip() != self._sought:
            self._sought = event.value.strip()
            self._show(from_top=True)

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        """Open what stands first."""
        self.query_one(Sheet).focus()
        self.action_open()
