"""One criterion over time, large: each way of practicing in a panel of its own, 0 to 3."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen

from steady.progress.client import KINDS, Point
from steady.rubric.anchors import anchor
from steady.terms import Part
from steady.tui.office.told import QUIET, counted, ends, told_rows
from steady.tui.text import styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.sheet import Row, Sheet, blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steady.progress.client import ClientView
    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("← →", "another criterion", "turn(1)"),
    ("↑ ↓", "read on", ""),
    ("esc", "back", "app.pop_screen"),
)
_TITLES = {"unaided": "Without hints", "aided": "With hints", "probe": "Probes"}
_AXIS = 3
_LEVELS = 4
_EMBEDDED = "embedded"
_NONE = {"unaided": "none without hints", "aided": "none with hints", "probe": "no probes"}


class LineScreen(Screen[None]):
    """Left and right go from criterion to criterion."""

    app: "OfficeApp"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "app.pop_screen", show=False),
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    def __init__(self, view: "ClientView", place: int) -> None:
        """The line at this place among those of the talk and then the rated ones of the return."""
        super().__init__()
        self._view = view
        self._lines = (*view.lines, *(line for line in view.return_lines if line.points))
        self._place = place

    def compose(self) -> ComposeResult:
        """The panels."""
        yield TopBar("", "0 to 3, never stretched")
        with Vertical(classes="column"):
            yield Sheet()
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """The criterion that was chosen."""
        self.query_one(Sheet).focus()
        self.action_turn(0)

    def action_turn(self, step: int) -> None:
        """Another criterion."""
        self._place = (self._place + step) % len(self._lines)
        line = self._lines[self._place]
        returned = ", in the return" if line.part is Part.RETURN else ""
        self.query_one("#title").update(  # type: ignore[attr-defined]
            Content(f"{anchor(line.criterion).name}{returned}")
        )
        self.query_one(Sheet).fill(self._rows, from_top=True)

    def _rows(self, width: int) -> "Sequence[Row]":
        line = self._lines[self._place]
        rows = [*told_rows(anchor(line.criterion).asks, width, style=QUIET), blank()]
        positions = len(self._view.attempts)
        for kind in KINDS:
            rows += panel(kind, line.of(kind), positions, width)
        each = -(-positions // (width - _AXIS))
        if each > 1:
            told = f"Each column holds {each} attempts and shows their mean."
            rows += told_rows(told, width, style=QUIET)
        rows += told_rows(
            "m below a column: a model read the words. First to last attempt, left to right.",
            width,
            style=QUIET,
        )
        return rows


def panel(kind: str, points: "Sequence[Point]", positions: int, width: int) -> Iterator[Row]:
    """One kind on its own axis: a line for each level, and one for what a model read."""
    room = width - _AXIS
    if not points:
        yield Row(
            Content.assemble((_TITLES[kind], "bold"), (f"   {_NONE[kind]}", QUIET)), part=True
        )
        yield blank()
        return
    mean = ends([point.level for point in points])
    told = f"   {counted(len(points), 'attempt')}, mean {mean}"
    yield Row(Content.assemble((_TITLES[kind], "bold"), (told, QUIET)), part=True)
    each = max(1, -(-positions // room))
    cells: dict[int, list[Point]] = {}
    for point in points:
        cells.setdefault(point.position // each, []).append(point)
    # Few attempts are spread over the room there is, so that a line looks like one.
    spread = max(1, min(4, room // -(-positions // each)))
    across = {cell: cell * spread for cell in cells}
    last = -(-positions // each) * spread
    height = {cell: _rounded(found) for cell, found in cells.items()}
    for level in reversed(range(_LEVELS)):
        signs = [" "] * last
        for cell, at in height.items():
            if at == level:
                signs[across[cell]] = "●"
        yield Row(
            Content.assemble(
                (f"{level} ", QUIET), ("┤", QUIET), styled("".join(signs).rstrip(), "$primary")
            )
        )
    marks = [" "] * last
    for cell, found in cells.items():
        if any(point.reader != _EMBEDDED for point in found):
            marks[across[cell]] = "m"
    if "m" in marks:
        yield Row(styled(" " * _AXIS + "".join(marks).rstrip(), QUIET))
    yield blank()


def _rounded(points: "Sequence[Point]") -> int:
    """The nearest level to the mean, halves upward."""
    return int(sum(point.level for point in points) / len(points) + 0.5)
