"""Lines over time: one per criterion; aided, unaided and probes apart, on the scale 0 to 3."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from steady.store import TrendPoint
from steady.terms import CRITERIA, Criterion, Part, part_of

LATEST = 24
"""How many attempts a line shows."""

_WINDOW = 3
_GROWTH = 0.5


@dataclass(frozen=True, slots=True)
class Trend:
    """One criterion over time, oldest first; None where an attempt did not rate it.

    A probe stands in `probes` alone, though it is unaided. `aided_by`, `unaided_by` and `probes_by`
    name, for each attempt, what read its turns: levels of different readers must not be drawn as
    one line without a mark.
    """

    criterion: Criterion
    aided: tuple[int | None, ...]
    unaided: tuple[int | None, ...]
    probes: tuple[int | None, ...] = ()
    aided_by: tuple[str, ...] = ()
    unaided_by: tuple[str, ...] = ()
    probes_by: tuple[str, ...] = ()


def trends(points: Sequence[TrendPoint]) -> tuple[Trend, ...]:
    """A line per criterion over the attempts given, oldest first."""
    return tuple(
        Trend(
            criterion,
            aided=_levels(points, criterion, aided=True),
            unaided=_levels(points, criterion, aided=False),
            probes=_levels(points, criterion, aided=False, probe=True),
            aided_by=_readers(points, aided=True),
            unaided_by=_readers(points, aided=False),
            probes_by=_readers(points, aided=False, probe=True),
        )
        for criterion in CRITERIA[Part.TALK]
    )


def growing(points: Sequence[TrendPoint]) -> Criterion | None:
    """The criterion that has grown most between the first and the last few attempts.

    Growth of half a level or more, over at least six rated attempts; None where nothing has grown
    that much, for praise must be something that can be pointed at. Only attempts read by what
    read the last one are compared.
    """
    points = [point for point in points if point.reader == points[-1].reader]
    best: tuple[float, Criterion] | None = None
    for criterion in CRITERIA[Part.TALK]:
        rated = [level for point in points if (level := point.levels.get(criterion)) is not None]
        if len(rated) < 2 * _WINDOW:
            continue
        growth = fmean(rated[-_WINDOW:]) - fmean(rated[:_WINDOW])
        if growth >= _GROWTH and (best is None or growth > best[0]):
            best = growth, criterion
    return best[1] if best else None


def _levels(
    points: Sequence[TrendPoint], criterion: Criterion, *, aided: bool, probe: bool = False
) -> tuple[int | None, ...]:
    chosen = _chosen(points, aided=aided, probe=probe)
    return tuple(point.levels.get(criterion) for point in chosen)


def _readers(points: Sequence[TrendPoint], *, aided: bool, probe: bool = False) -> tuple[str, ...]:
    return tuple(point.reader for point in _chosen(points, aided=aided, probe=probe))


def _chosen(points: Sequence[TrendPoint], *, aided: bool, probe: bool) -> list[TrendPoint]:
    chosen = [
        p
        for p in points
        if p.aided is aided and p.probe is probe and part_of(p.levels) is Part.TALK
    ]
    return chosen[-LATEST:]
