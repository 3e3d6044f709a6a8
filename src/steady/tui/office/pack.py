"""A pack in the making: exactly what the client will read, then saved to a file."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen

from steady.errors import SteadyError
from steady.homework.assigning import Draft, Wanted
from steady.safety.cleaning import one_line
from steady.terms import Rung
from steady.tui.office.told import QUIET, told_rows
from steady.tui.text import fit, plain, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.sheet import Row, Sheet, blank, heading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("enter", "choose", "choose"),
    ("a", "another scenario", "add"),
    ("m", "a message", "message"),
    ("s", "save", "save"),
    ("esc", "back", "leave"),
)
_SAVED_KEYS = (("enter", "to the caseload", "choose"), ("esc", "to the caseload", "leave"))


class PackScreen(Screen[None]):
    """Nothing is written before it is saved."""

    app: "OfficeApp"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("a", "add", show=False),
        Binding("m", "message", show=False),
        Binding("s", "save", show=False),
    ]

    def __init__(self, ref: str | None, name: str) -> None:
        """For a client; `ref` is None for a new one."""
        super().__init__()
        self._ref = ref
        self._whose = name
        self._wanted: list[Wanted] = []
        self._message = ""
        self._draft: Draft | None = None
        self._fault = ""
        self._saved: Path | None = None

    def compose(self) -> ComposeResult:
        """The frame."""
        yield TopBar(f"Homework for {fit(self._whose, 40).strip()}", "not saved yet")
        with Vertical(classes="column"):
            yield Sheet()
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """First of all: which scenario."""
        self.query_one(Sheet).focus()
        self._show()
        self.action_add()

    def _show(self) -> None:
        self._draft, self._fault = None, ""
        if self._wanted:
            try:
                self._draft = self.app.office.draft(
                    self._ref, self._whose, self._wanted, self._message
                )
            except SteadyError as fault:
                self._fault = str(fault)
        self.query_one(Sheet).fill(self._rows)

    def _rows(self, width: int) -> "Sequence[Row]":
        if self._saved is not None:
            return self._told_saved(self._saved, width)
        rows: list[Row] = []
        if self._fault:
            rows += [*told_rows(styled(self._fault, "$warning"), width), blank()]
        if self._draft is not None:
            rows += [*self._preview(self._draft, width), blank()]
            rows.append(Row(Content("Save the pack"), "save"))
            rows.append(Row(Content("Another scenario"), "add"))
            words = "Another message" if self._message else "A message with the pack"
            rows.append(Row(Content(words), "message"))
        else:
            rows.append(Row(Content("Choose a scenario"), "add"))
        return rows

    def _preview(self, draft: Draft, width: int) -> "list[Row]":
        new = " (new in your caseload)" if draft.new_client else ""
        rows = [heading(f"{one_line(draft.name)}{new} will read")]
        rows.append(Row(Content.assemble("From ", plain(one_line(self.app.office.keys.name)))))
        if draft.pack.message:
            rows += told_rows(f"“{draft.pack.message}”", width)
        rows.append(blank())
        for place, each in enumerate(draft.preview):
            name = f"item:{place}"
            rows.append(Row(styled(one_line(each.title), "bold"), name))
            rows.append(Row(Content.assemble("  ", plain(each.line)), name))
            rows += [Row(row.text, name) for row in told_rows(each.note, width, indent=2)]
            if each.travels:
                rows.append(Row(styled("  your own scenario; it travels in the pack", QUIET), name))
        return rows

    def _told_saved(self, path: "Path", width: int) -> "list[Row]":
        name = one_line(self._whose)
        return [
            *told_rows(f"Saved to {one_line(str(path))}", width, style="bold"),
            blank(),
            *told_rows(
                f"Give the file to {name} any way you like: it holds what you assign and your"
                " public key, no secret.",
                width,
            ),
            blank(),
            *told_rows(
                "Your fingerprint. Read it aloud when they open the pack; they see the same"
                " figures if the file is yours:",
                width,
            ),
            blank(),
            Row(Content.assemble("  ", styled(self.app.office.keys.fingerprint, "bold $accent"))),
            blank(),
            Row(Content("To the caseload"), "home"),
            Row(Content.assemble("To ", plain(name)), "client"),
        ]

    @on(Sheet.Chosen)
    def _chosen(self, event: Sheet.Chosen) -> None:
        """Do it."""
        kind, _, place = event.name.partition(":")
        if kind == "item":
            self._change(int(place))
        elif kind == "home":
            self.app.go_home()
        elif kind == "client" and self._draft is not None:
            ref = self._draft.made.ref
            self.app.go_home()
            self.app.show_client(ref)
        else:
            getattr(self, f"action_{kind}")()

    def action_choose(self) -> None:
        """As Enter does."""
        self.query_one(Sheet).action_open()

    @work(exclusive=True, group="ask")
    async def action_add(self) -> None:
        """Choose a scenario, then how to assign it."""
        from steady.tui.office.details import DetailsScreen
        from steady.tui.office.scenarios import ScenarioScreen

        if self._saved is not None:
            return
        office = self.app.office
        while True:
            taken = frozenset(each.scenario for each in self._wanted)
            chosen = await self.app.push_screen_wait(ScenarioScreen(self._whose, taken))
            if chosen is None:
                break
            try:
                scenario = office.library.find(chosen).scenario
                rung = office.suggested_rung(self._ref, chosen)
            except SteadyError as fault:
                self._fault = str(fault)
                self.query_one(Sheet).fill(self._rows)
                return
            details = DetailsScreen(scenario, Wanted(chosen, rung), held=rung is not Rung.GENTLE)
            wanted = await self.app.push_screen_wait(details)
            if wanted is not None:
                self._wanted.append(wanted)
                self._show()
                self.query_one(Sheet).go_to("save")
                return
        if not self._wanted:
            self.app.pop_screen()

    @work(exclusive=True, group="ask")
    async def _change(self, place: int) -> None:
        """Change an assignment, or take it out."""
        from steady.tui.office.details import DetailsScreen
        from steady.tui.screens.ask import AskScreen

        here = self._wanted[place]
        scenario = self.app.office.library.find(here.scenario).scenario
        answer = await self.app.push_screen_wait(
            AskScreen(
                one_line(scenario.title),
                ("change", "Change it"),
                ("out", "Take it out of the pack"),
            )
        )
        if answer == "out":
            del self._wanted[place]
        elif answer == "change":
            wanted = await self.app.push_screen_wait(DetailsScreen(scenario, here))
            if wanted is not None:
                self._wanted[place] = wanted
        self._show()

    @work(exclusive=True, group="ask")
    async def action_message(self) -> None:
        """A line with the pack as a whole."""
        from steady.tui.office.write import WriteScreen

        if self._saved is not None:
            return

        def keep(text: str) -> None:
            if self._wanted:
                self.app.office.draft(self._ref, self._whose, self._wanted, text)
            self._message = text.strip()

        asked = "A message the client reads with the pack. Empty takes it away."
        await self.app.push_screen_wait(WriteScreen(asked, keep, self._message))
        self._show()

    @work(exclusive=True, group="ask")
    async def action_save(self) -> None:
        """Ask where to, write it, and show the fingerprint."""
        from steady.tui.paths import default_folder, free, place_to_write
        from steady.tui.screens.where import WhereScreen

        draft, office = self._draft, self.app.office
        if draft is None or self._saved is not None:
            return
        offered = free(default_folder() / f"homework-{office.today.isoformat()}.steady-pack")

        def use(typed: str) -> str:
            path = place_to_write(typed, offered.name)
            office.give(draft, path)
            self._saved = path
            return str(path)

        asked = "Where does the pack go? A file, or a folder to put it in."
        if await self.app.push_screen_wait(WhereScreen(asked, use, str(offered))) is None:
            return
        self.query_one(TopBar).tell("saved")
        self.query_one(KeyBar).show_keys(*_SAVED_KEYS)
        self.query_one(Sheet).fill(self._rows, from_top=True)

    @work(exclusive=True, group="ask")
    async def action_leave(self) -> None:
        """Back; what is not saved is asked about first."""
        from steady.tui.screens.ask import AskScreen

        if self._saved is not None:
            self.app.go_home()
            return
        if self._wanted:
            question = "This pack is not saved. Leave it?"
            answers = (("stay", "Stay here"), ("leave", "Leave; nothing is assigned"))
            if await self.app.push_screen_wait(AskScreen(question, *answers)) != "leave":
                return
        self.app.pop_screen()
