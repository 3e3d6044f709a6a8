"""Lines over time."""

from datetime import UTC, datetime, timedelta

from steady.progress.trends import LATEST, growing, trends
from steady.store import TrendPoint
from steady.terms import Criterion, Ending, Outcome, Rung

START = datetime(2026, 11, 1, tzinfo=UTC)


def points(*levels: int | None, aided: bool = False, probe: bool = False) -> list[TrendPoint]:
    """Attempts a day apart, with these levels of holding steady."""
    return [
        TrendPoint(
            attempt=day,
            ended=START + timedelta(days=day),
            scenario="avoiding-me",
            rung=Rung.FIRM,
            aided=aided,
            outcome=Outcome.HELD,
            ending=Ending.ACCEPTED,
            levels={Criterion.HOLDS_STEADY: level},
            before=None,
            after=None,
            probe=probe,
        )
        for day, level in enumerate(levels)
    ]


def line(found: list[TrendPoint]) -> tuple[tuple[int | None, ...], tuple[int | None, ...]]:
    """The line of holding steady: unaided, aided."""
    trend = next(t for t in trends(found) if t.criterion is Criterion.HOLDS_STEADY)
    return trend.unaided, trend.aided


def test_aided_and_unaided_attempts_are_never_mixed() -> None:
    assert line([*points(1, 2), *points(3, aided=True)]) == ((1, 2), (3,))


def test_a_probe_stands_apart_from_both() -> None:
    found = [*points(1), *points(2, probe=True), *points(3, aided=True)]
    assert line(found) == ((1,), (3,))
    assert all(
        t.probes == ((2,) if t.criterion is Criterion.HOLDS_STEADY else (None,))
        for t in trends(found)
    )


def test_what_was_not_rated_stays_a_gap() -> None:
    assert line(points(1, None, 2))[0] == (1, None, 2)


def test_a_line_shows_the_latest_attempts() -> None:
    many = points(*([0] * LATEST), 3, 3)
    assert line(many)[0] == (*[0] * (LATEST - 2), 3, 3)


def test_growth_is_only_said_where_it_can_be_pointed_at() -> None:
    assert growing(points(0, 0, 1, 2, 3, 3)) is Criterion.HOLDS_STEADY
    assert growing(points(2, 2, 2, 2, 2, 2)) is None
    assert growing(points(0, 3)) is None
    assert growing(points(3, 3, 3, 0, 0, 0)) is None
