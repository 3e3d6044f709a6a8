"""What comes back, and when."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from steady.progress.next import (
    LONGEST,
    PROBE_AFTER,
    SLIPPING,
    Due,
    Grade,
    Probe,
    ago,
    from_text,
    grade,
    next_up,
    probe_for,
    schedule,
    to_text,
    why,
)
from steady.store import TrendPoint
from steady.terms import Act, Criterion, Ending, Outcome, Rung

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = START + timedelta(days=200)


def point(
    day: float,
    outcome: Outcome = Outcome.HELD,
    *,
    aided: bool = False,
    level: int | None = 2,
    rung: Rung = Rung.FIRM,
    scenario: str = "avoiding-me",
    criterion: Criterion = Criterion.HOLDS_STEADY,
    probe: bool = False,
    ending: Ending = Ending.ACCEPTED,
) -> TrendPoint:
    """A finished attempt so many days after the start."""
    return TrendPoint(
        attempt=int(day),
        ended=START + timedelta(days=day),
        scenario=scenario,
        rung=rung,
        aided=aided,
        outcome=outcome,
        ending=ending,
        levels={criterion: level},
        before=None,
        after=None,
        probe=probe,
    )


def pause(*points: TrendPoint) -> int:
    """Days from the last attempt until the scenario comes back."""
    (due,) = schedule(points, LATER)
    return (due.due - due.last).days


@pytest.mark.parametrize(
    ("attempt", "expected"),
    [
        (point(0, Outcome.GAVE_IN), Grade.AGAIN),
        (point(0, Outcome.BLEW_UP, level=3), Grade.AGAIN),
        (point(0, Outcome.SHUT_DOWN), Grade.AGAIN),
        (point(0, Outcome.HELD_SHAKILY, level=3), Grade.HARD),
        (point(0, aided=True, level=1), Grade.HARD),
        (point(0, aided=True, level=3), Grade.GOOD),
        (point(0, level=2), Grade.GOOD),
        (point(0, level=None), Grade.GOOD),
        (point(0, level=3), Grade.EASY),
        (point(0, Outcome.STOPPED_EARLY, level=3, ending=Ending.STOPPED), None),
        (point(0, Outcome.STOPPED_EARLY, level=3, ending=Ending.LEFT_HURT), Grade.GOOD),
        (point(0, Outcome.STOPPED_EARLY, level=1, ending=Ending.LEFT_HURT), Grade.HARD),
        (point(0, Outcome.STOPPED_EARLY, level=None, ending=Ending.LEFT_HURT), Grade.HARD),
        (point(0, Outcome.GAVE_IN, level=3, ending=Ending.LEFT_HURT), Grade.AGAIN),
    ],
)
def test_grades_come_from_outcome_levels_and_hints(
    attempt: TrendPoint, expected: Grade | None
) -> None:
    assert grade(attempt) is expected


def test_what_did_not_hold_comes_back_the_next_day() -> None:
    assert pause(point(0, Outcome.GAVE_IN)) == 1


def test_each_time_it_holds_the_pause_grows_up_to_two_months() -> None:
    pauses = [pause(point(0)), pause(point(0), point(2)), pause(point(0), point(2), point(13))]
    assert pauses == sorted(set(pauses))
    assert pause(*(point(day, level=3) for day in (0, 8, 40, 100))) == LONGEST


def test_the_same_history_gives_the_same_day() -> None:
    points = [point(0), point(2), point(9, Outcome.HELD_SHAKILY), point(12)]
    assert schedule(points, LATER) == schedule(points, LATER)


def test_a_return_and_an_attempt_stopped_early_are_no_reviews() -> None:
    points = [point(0, criterion=Criterion.KEPT_TIME), point(1, Outcome.STOPPED_EARLY)]
    assert schedule(points, LATER) == ()


def test_a_clock_that_stood_in_the_future_does_not_put_a_scenario_off_for_years() -> None:
    (due,) = schedule([point(4000)], LATER)
    assert due.last == LATER
    assert due.due <= LATER + timedelta(days=LONGEST)


def test_slipping_is_doing_worse_where_it_once_held() -> None:
    held_then_lost = [point(0), point(3, Outcome.GAVE_IN)]
    only_harder = [point(0, rung=Rung.GENTLE), point(3, Outcome.GAVE_IN, rung=Rung.ACCUSED)]
    assert schedule(held_then_lost, LATER)[0].slipped
    assert not schedule(only_harder, LATER)[0].slipped
    assert not schedule([point(0, Outcome.GAVE_IN)], LATER)[0].slipped


def test_what_slips_is_not_put_off_however_well_it_held_before() -> None:
    held = [point(0), point(2), point(13), point(49)]
    assert pause(*held) == LONGEST
    assert pause(*held, point(110, Outcome.HELD_SHAKILY)) <= SLIPPING.days
    assert pause(*held, point(110, Outcome.BLEW_UP)) <= SLIPPING.days


def due(scenario: str, last: float, comes: float, *, slipped: bool = False) -> Due:
    """A place in the schedule, in days after the start."""
    day = timedelta(days=1)
    return Due(scenario, Rung.FIRM, START + last * day, START + comes * day, slipped)


def test_nothing_is_offered_before_its_day() -> None:
    assert next_up([due("a", 0, 5)], START + timedelta(days=4)) is None
    assert next_up([due("a", 0, 5)], START + timedelta(days=5)) == due("a", 0, 5)


def test_what_slips_comes_first_then_what_waited_longest_for_its_pause() -> None:
    now = START + timedelta(days=20)
    long_pause, short_pause = due("long", 0, 15), due("short", 10, 12)
    assert next_up([long_pause, short_pause], now) == short_pause
    slipping = due("slipping", 18, 19, slipped=True)
    assert next_up([long_pause, short_pause, slipping], now) == slipping


def test_what_is_homework_is_not_offered_twice() -> None:
    now = START + timedelta(days=20)
    assert next_up([due("a", 0, 5)], now, without={"a"}) is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "today"),
        (0, "today"),
        (1, "yesterday"),
        (4, "four days ago"),
        (7, "a week ago"),
        (21, "three weeks ago"),
        (59, "eight weeks ago"),
        (60, "two months ago"),
        (400, "13 months ago"),
    ],
)
def test_how_long_ago_is_said_in_words(days: int, words: str) -> None:
    assert ago(START, START + timedelta(days=days)) == words


def test_the_reason_is_a_plain_sentence() -> None:
    now = START + timedelta(days=21)
    assert why(due("a", 0, 5), now) == "it was three weeks ago"
    assert "harder last time" in why(due("a", 0, 5, slipped=True), now)


def test_a_schedule_is_kept_and_read_back() -> None:
    found = (due("a", 0, 5), due("б", 1, 2, slipped=True))
    probe = Probe("a", Rung.ACCUSED)
    assert from_text(to_text(found, probe, "66:x")) == (found, probe, "66:x")
    assert from_text(to_text((), None, "")) == ((), None, "")


@pytest.mark.parametrize("kept", [None, "", "{", "[]", "7", '{"version": 9}', '{"version": 1}'])
def test_a_schedule_that_cannot_be_read_counts_as_none(kept: str | None) -> None:
    assert from_text(kept) == ((), None, "")


UNMET = {("avoiding-me", Rung.FIRM): frozenset({Act.GUILT})}


def test_a_probe_is_offered_where_two_attempts_held_and_a_push_is_still_unmet() -> None:
    now = START + timedelta(days=30)
    before = [point(n, Outcome.GAVE_IN) for n in range(PROBE_AFTER)]
    points = [*before, point(10), point(11)]
    assert probe_for(points, UNMET, now) == Probe("avoiding-me", Rung.FIRM)
    assert probe_for(points, {}, now) is None
    assert probe_for(points[:-1], UNMET, now) is None
    assert probe_for([*points, point(12, Outcome.GAVE_IN)], UNMET, now) is None


def test_probes_come_now_and_then() -> None:
    now = START + timedelta(days=30)
    held = [point(n) for n in range(PROBE_AFTER)]
    assert probe_for(held[1:], UNMET, now) is None
    assert probe_for(held, UNMET, now) is not None
    assert probe_for([point(0, probe=True), *held], UNMET, now) is not None
    assert probe_for([point(0, probe=True), *held[1:]], UNMET, now) is None
    recent = [point(28, probe=True), *(point(29) for _ in held)]
    assert probe_for(recent, UNMET, now) is None


def test_choosing_from_a_kept_schedule_does_not_load_the_scheduler() -> None:
    code = (
        "import sys; from datetime import datetime, UTC;"
        "from steady.progress.next import from_text, next_up;"
        "next_up(from_text('')[0], datetime.now(UTC));"
        "sys.exit('fsrs' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
