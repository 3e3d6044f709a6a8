"""Choosing a scenario to assign."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen

from steady.errors import SteadyError
from steady.terms import Relationship
from steady.tui.office.told import QUIET, told_rows
from steady.tui.text import fit, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.sheet import Row, Sheet, blank, heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steady.scenario.head import Head
    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("enter", "choose", "choose"),
    ("tab", "next part", "part"),
    ("esc", "back", "put_away"),
)
_TAKEN = "in the pack already"
_GROUPS = {
    Relationship.PARTNER: "With a partner",
    Relationship.SUPERVISOR: "With a supervisor",
    Relationship.COLLEAGUE: "With a colleague",
}


class ScenarioScreen(Screen[str | None]):
    """Gives back a scenario's id, or None."""

    app: "OfficeApp"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "put_away", show=False)]

    def __init__(self, name: str, taken: frozenset[str]) -> None:
        """For the client of this name; `taken` are in the pack already."""
        super().__init__()
        self._whose = name
        self._taken = taken

    def compose(self) -> ComposeResult:
        """The list."""
        yield TopBar("What to rehearse", f"for {fit(self._whose, 28).strip()}")
        with Vertical(classes="column"):
            yield Sheet()
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """The cursor stands on the first."""
        sheet = self.query_one(Sheet)
        sheet.focus()
        sheet.fill(self._rows, from_top=True)

    def _rows(self, width: int) -> "Sequence[Row]":
        try:
            heads = self.app.office.scenarios()
        except SteadyError as fault:
            return told_rows(styled(str(fault), "$warning"), width)
        rows: list[Row] = []
        own = [head for head in heads if head.origin != "shipped"]
        groups = [("Your own", own)] if own else []
        groups += [
            (called, [h for h in heads if h.origin == "shipped" and h.relationship is kind])
            for kind, called in _GROUPS.items()
        ]
        for called, found in groups:
            if found:
                rows += [heading(called), *(self._row(head, width) for head in found), blank()]
        return rows[:-1]

    def _row(self, head: "Head", width: int) -> Row:
        mark = _TAKEN if head.id in self._taken else ""
        return Row(
            Content.assemble(fit(head.title, width - len(_TAKEN) - 2), "  ", (mark, QUIET)), head.id
        )

    @on(Sheet.Chosen)
    def _chosen(self, event: Sheet.Chosen) -> None:
        """That one."""
        self.dismiss(event.name)

    def action_choose(self) -> None:
        """As Enter does."""
        self.query_one(Sheet).action_open()

    def action_part(self) -> None:
        """As Tab does."""
        self.query_one(Sheet).action_part(1)

    def action_put_away(self) -> None:
        """None of them."""
        self.dismiss(None)
