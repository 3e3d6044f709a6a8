"""The first and the latest attempt at a scenario: two columns where there is room, else in turn."""

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from steady.errors import SteadyError
from steady.rubric.anchors import anchor
from steady.safety.cleaning import one_line
from steady.terms import Rung
from steady.tui.office.attempt_told import attempt_told
from steady.tui.office.told import QUIET, counted, told_rows
from steady.tui.text import dots, fit, plain, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.sheet import Row, Sheet, blank, heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steady.office import SideBySide
    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("↑ ↓", "read on", ""),
    ("← →", "one rung, or all", "turn(1)"),
    ("esc", "back", "app.pop_screen"),
)
_TWO = 96
"""From how many cells on the two stand side by side."""

_WIDEST = 132
_GAP = " │ "
_RUNGS: tuple[Rung | None, ...] = (None, *Rung)


class BesideScreen(Screen[None]):
    """Left and right choose the rung that is compared."""

    app: "OfficeApp"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "app.pop_screen", show=False),
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    def __init__(self, ref: str, scenario: str, rung: Rung | None = None) -> None:
        """A client's first and latest talk at a scenario, on one rung where given."""
        super().__init__()
        self._ref = ref
        self._scenario = scenario
        self._rung = rung
        self._both: SideBySide | None = None

    def compose(self) -> ComposeResult:
        """The frame."""
        yield TopBar("First and latest")
        with Vertical(classes="column"):
            yield Sheet()
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """Read and show them, over the whole width where two stand side by side."""
        for wide in self.query(".column, TopBar"):
            wide.styles.max_width = _WIDEST
        self.query_one(Sheet).focus()
        self._read()

    def action_turn(self, step: int) -> None:
        """Another rung, or all of them."""
        self._rung = _RUNGS[(_RUNGS.index(self._rung) + step) % len(_RUNGS)]
        self._read()

    def _read(self) -> None:
        which = f"‹ {self._rung.value} rung ›" if self._rung else "‹ all rungs ›"
        self.query_one(TopBar).tell(which)
        try:
            self._both = self.app.office.side_by_side(self._ref, self._scenario, self._rung)
        except SteadyError as fault:
            sentence = one_line(str(fault))
            self.query_one(Sheet).fill(partial(told_rows, sentence))
            return
        if self._both is not None:
            title = one_line(self._both.latest.attempt.scenario.title)
            self.query_one("#title", Static).update(plain(title))
        self.query_one(Sheet).fill(self._rows, from_top=True)

    def _rows(self, width: int) -> "Sequence[Row]":
        both = self._both
        if both is None:
            return [Row(plain("No talk at this scenario was shared on this rung."))]
        today = self.app.office.today
        if both.only_one:
            told = attempt_told(both.first, (), today, min(width, 72))
            return [Row(plain("There is one attempt so far.")), blank(), *told.rows]
        rows = [*_compared(both), blank()]
        if width < _TWO:
            for called, full in (("The first", both.first), ("The latest", both.latest)):
                rows.append(heading(called))
                rows += [*attempt_told(full, (), today, width, beside=True).rows, blank()]
            return rows
        half = (width - len(_GAP)) // 2
        columns = [
            [heading(called), *attempt_told(full, (), today, half, beside=True).rows]
            for called, full in (("The first", both.first), ("The latest", both.latest))
        ]
        for left, right in zip_longest(*columns, fillvalue=blank()):
            rows.append(Row(_across(left, right, half)))
        return rows


def _compared(both: "SideBySide") -> "list[Row]":
    """Every criterion, first and latest, and how many attempts lie between."""
    first = both.first.attempt.levels_by_criterion
    latest = both.latest.attempt.levels_by_criterion
    between = f"{counted(both.between, 'attempt')} between them" if both.between else "in a row"
    rows = [
        Row(
            Content.assemble(
                (fit("Levels", 15), "bold"),
                (f"{fit('first', 11)}{fit('latest', 11)}", QUIET),
                (between, QUIET),
            ),
            part=True,
        )
    ]
    for criterion in dict.fromkeys((*first, *latest)):
        before, after = first.get(criterion), latest.get(criterion)
        change = "" if before is None or after is None else _change(after - before)
        rows.append(
            Row(
                Content.assemble(
                    fit(anchor(criterion).name, 15),
                    styled(fit(dots(before), 11) + fit(dots(after), 11), "$primary"),
                    (change, QUIET),
                )
            )
        )
    rows.append(
        Row(
            Content.assemble(
                fit("Outcome", 15),
                f"{both.first.attempt.outcome.spoken}, then {both.latest.attempt.outcome.spoken}",
            )
        )
    )
    return rows


def _change(levels: int) -> str:
    if levels == 0:
        return "the same"
    return f"{abs(levels)} {'up' if levels > 0 else 'down'}"


def _across(left: Row, right: Row, half: int) -> Content:
    one, other = (
        row.text if isinstance(row.text, Content) else row.text() for row in (left, right)
    )
    room = max(0, half - one.cell_length)
    one = one.truncate(half) if not room else one + Content(" " * room)
    return Content.assemble(one, styled(_GAP, QUIET), other)
