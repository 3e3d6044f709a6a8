"""How far the program and this therapist agree, said plainly."""

from collections.abc import Mapping

from textual.content import Content

from steady.progress.calibration import LEAST, WEAK, Agreement
from steady.rubric.anchors import anchor
from steady.terms import Criterion
from steady.tui.office.told import QUIET, counted, told_rows
from steady.tui.text import fit, styled
from steady.tui.widgets.sheet import Row, blank, heading

_CLOSE = 0.75
_SCALE = 12  # cells of the line from 0 to 1
_WORDS = (
    "The figure is a weighted kappa: 1 is full agreement, 0 no more than chance would give. The"
    " interval holds it 95 times in 100; the more you rate, the narrower it gets."
)


def agreement_rows(agreement: Mapping[Criterion, Agreement], rated: int, width: int) -> list[Row]:
    """A line for each criterion, with its interval, and what it means."""
    rows = [
        heading(f"{counted(rated, 'attempt')} rated by you so far"),
        *told_rows(_WORDS, width, style=QUIET),
        blank(),
    ]
    for criterion, found in agreement.items():
        rows.append(Row(_line(criterion, found)))
    weak = [anchor(each).name for each, found in agreement.items() if found.weak]
    if weak:
        rows.append(blank())
        rows += told_rows(
            f"Read with caution: {', '.join(weak)}. Below {WEAK} the levels say little of what you"
            " would have said. They are flagged wherever you see them, and in reports.",
            width,
            style="bold",
        )
    if any(found.pairs < LEAST for found in agreement.values()):
        rows.append(blank())
        words = f"A criterion needs {LEAST} attempts that both of you rated before it is told."
        rows += told_rows(words, width, style=QUIET)
    return rows


def _line(criterion: Criterion, found: Agreement) -> Content:
    name = fit(anchor(criterion).name, 15)
    if found.kappa is None:
        told = found.spoken.removeprefix("agreement with you ")
        return Content.assemble(name, (told, QUIET))
    interval = "" if found.low is None else f"{found.low:.2f} to {found.high:.2f}"
    return Content.assemble(
        name,
        (fit(f"{found.kappa:.2f}", 6), "bold"),
        styled(_scale(found), "$primary"),
        "  ",
        (fit(interval, 13), QUIET),
        styled(_said(found), "bold" if found.weak else ""),
        (f", {found.pairs} rated", QUIET),
    )


def _scale(found: Agreement) -> str:
    """From 0 to 1: the interval as a line, the figure as a dot on it."""

    def at(value: float) -> int:
        return round(min(1.0, max(0.0, value)) * (_SCALE - 1))

    signs = ["·"] * _SCALE
    if found.low is not None and found.high is not None:
        for cell in range(at(found.low), at(found.high) + 1):
            signs[cell] = "─"
    signs[at(found.kappa or 0.0)] = "●"
    return "".join(signs)


def _said(found: Agreement) -> str:
    """The figure in a word; none is given for more than the interval allows."""
    if found.kappa is None or found.weak:
        return "weak"
    if found.low is None or found.low < WEAK:
        return "not sure yet"
    return "close" if found.kappa >= _CLOSE else "fair"
