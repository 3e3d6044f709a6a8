"""One client: why a look is needed, homework, levels, what they told, notes, every attempt."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from steady.errors import SteadyError
from steady.progress.client import EVERYTHING, ClientView, Slice
from steady.safety.cleaning import one_line
from steady.terms import Criterion, Rung
from steady.tui.office.told import counted
from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.sheet import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steady.progress.calibration import Agreement
    from steady.progress.caseload import Reason
    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("enter", "open", "open"),
    ("tab", "next part", "part"),
    ("f", "filter", "filter"),
    ("n", "note", "note"),
    ("esc", "back", "leave"),
)


class ClientScreen(Screen[None]):
    """One page; what came new counts as seen once the page is left."""

    app: "OfficeApp"
    DEFAULT_CSS = """
    ClientScreen #note { display: none; color: $warning; padding: 0 2; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("f", "filter", show=False),
        Binding("n", "note", show=False),
        Binding("r", "report", show=False),
        Binding("c", "compare", show=False),
        Binding("a", "assign", show=False),
        Binding("s", "search", show=False),
        Binding("question_mark", "app.show_help", show=False),
    ]

    def __init__(self, ref: str) -> None:
        """The page of the client of this reference."""
        super().__init__()
        self._ref = ref
        self._slice = EVERYTHING
        self._view: ClientView | None = None
        self._reasons: tuple[Reason, ...] = ()
        self._agreement: dict[Criterion, Agreement] = {}
        self._away = False

    def compose(self) -> ComposeResult:
        """The frame."""
        yield TopBar("")
        with Vertical(classes="column"):
            yield Static(id="note")
            yield Sheet(id="path")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """Read the path and show it from the top."""
        self.query_one(Sheet).focus()
        self.fill()

    def on_screen_suspend(self) -> None:
        """Something else is open on top."""
        self._away = True

    def on_screen_resume(self) -> None:
        """Coming back from elsewhere: a note or an assignment added there shows."""
        if self._away:
            self._away = False
            self.fill()

    def fill(self) -> None:
        """Read what there is and show it."""
        first = self._view is None
        office = self.app.office
        try:
            view = self._view = office.client(self._ref, self._slice)
            self._agreement = office.agreement()
            self._reasons = office.reasons(self._ref)
        except SteadyError as fault:
            self._tell(str(fault))
            return
        self.query_one("#note").display = False
        self.query_one("#title", Static).update(plain(one_line(view.client.name)))
        all_, shown = view.client.attempts, len(view.attempts)
        some = f"{shown:,} of {all_:,} attempts" if self._slice != EVERYTHING else ""
        self.query_one(TopBar).tell(some or counted(all_, "attempt"))
        self.query_one(Sheet).fill(self._rows, from_top=first)

    def _rows(self, width: int) -> "Sequence[Row]":
        from steady.tui.office.client_told import client_rows

        assert self._view is not None
        return client_rows(self._view, self._reasons, self._agreement, self.app.office.today, width)

    def _tell(self, sentence: str) -> None:
        note = self.query_one("#note", Static)
        note.update(plain(sentence))
        note.display = True

    @on(Sheet.Chosen)
    def _open(self, event: Sheet.Chosen) -> None:
        """Go where was chosen."""
        kind, _, name = event.name.partition(":")
        if kind == "attempt":
            self.app.show_attempt(int(name))
        elif kind == "line":
            from steady.tui.office.line import LineScreen

            assert self._view is not None
            self.app.push_screen(LineScreen(self._view, int(name)))
        elif kind == "beside":
            scenario, _, rung = name.partition(":")
            self.app.show_beside(self._ref, scenario, Rung(rung))
        elif kind == "own-note":
            self._forget_note(int(name))
        elif kind in {"filter", "note", "report", "assign", "search", "rename", "erase"}:
            getattr(self, f"action_{kind}")()

    def action_open(self) -> None:
        """Open the line under the cursor."""
        self.query_one(Sheet).action_open()

    def action_part(self) -> None:
        """As Tab does."""
        self.query_one(Sheet).action_part(1)

    @work(exclusive=True, group="ask")
    async def action_filter(self) -> None:
        """Look at some of the attempts."""
        from steady.tui.office.filters import FilterScreen

        if self._view is None:
            return
        chosen: Slice | None = await self.app.push_screen_wait(
            FilterScreen(self._slice, self._view.scenarios, self.app.office.today)
        )
        if chosen is not None:
            self._slice = chosen
            self.fill()

    @work(exclusive=True, group="ask")
    async def action_note(self) -> None:
        """Write a note of one's own."""
        from steady.tui.office.write import WriteScreen

        office, ref = self.app.office, self._ref
        asked = "A note for yourself. It stays in your caseload; no client ever sees it."
        await self.app.push_screen_wait(WriteScreen(asked, lambda text: office.note(ref, text)))
        self.fill()

    @work(exclusive=True, group="ask")
    async def _forget_note(self, note: int) -> None:
        from steady.tui.screens.ask import AskScreen

        answer = await self.app.push_screen_wait(
            AskScreen("This note:", ("keep", "Keep it"), ("erase", "Erase it"))
        )
        if answer == "erase":
            self.app.office.store.forget_note(note)
            self.fill()

    @work(exclusive=True, group="ask")
    async def action_compare(self) -> None:
        """The first and the latest attempt at a scenario, side by side."""
        from steady.tui.screens.ask import AskScreen

        view = self._view
        talked = {each.scenario: each.title for each in view.rungs} if view else {}
        if not talked:
            self._tell("There is nothing to lay side by side yet.")
            return
        chosen: str | None = next(iter(talked))
        if len(talked) > 1:
            question = "The first and the latest attempt of which scenario?"
            answers = [(name, plain(title)) for name, title in talked.items()]
            chosen = await self.app.push_screen_wait(AskScreen(question, *answers))
        if chosen:
            self.app.show_beside(self._ref, chosen, self._slice.rung)

    def action_report(self) -> None:
        """Write a report on what is looked at."""
        from steady.tui.office.report import ReportScreen

        if self._view is not None:
            self.app.push_screen(ReportScreen(self._view))

    def action_assign(self) -> None:
        """Assign something to this client."""
        if self._view is not None:
            self.app.assign_to(self._ref, self._view.client.name)

    def action_search(self) -> None:
        """Search this client's words."""
        self.app.search(self._ref)

    @work(exclusive=True, group="ask")
    async def action_rename(self) -> None:
        """Give the client another name."""
        from steady.tui.screens.where import WhereScreen

        office, ref = self.app.office, self._ref

        def use(name: str) -> str:
            office.rename(ref, name)
            return name

        if self._view is not None:
            asked = "What are they called in your caseload? Packs made from now on bear this name."
            here = self._view.client.name
            await self.app.push_screen_wait(WhereScreen(asked, use, here, done="keep the name"))
            self.fill()

    @work(exclusive=True, group="ask")
    async def action_erase(self) -> None:
        """Erase the client, once that was said twice."""
        from steady.tui.screens.ask import AskScreen

        if self._view is None:
            return
        client = self._view.client
        question = (
            f"Erase {one_line(client.name)} from your caseload, with"
            f" {counted(client.attempts, 'attempt')}, every word they shared and your notes? What"
            " they keep on their own computer stays there."
        )
        answer = await self.app.push_screen_wait(
            AskScreen(question, ("keep", "Keep everything"), ("erase", "Erase it all"))
        )
        if answer == "erase":
            self.app.office.forget(self._ref)
            self.app.go_home()

    def action_leave(self) -> None:
        """Back; what came new has now been seen."""
        try:
            self.app.office.looked_at(self._ref)
        except SteadyError as fault:
            self.app.notify(one_line(str(fault)), markup=False)
        self.app.pop_screen()
