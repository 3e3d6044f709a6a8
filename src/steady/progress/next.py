"""What to rehearse next: scenarios that are due again or slipping, and now and then a probe.

Spaced return is worked out by FSRS from the history alone: an attempt is a review, its grade comes
from outcome and levels. The package is loaded only to work a schedule out; choosing from one that
was kept needs dates and nothing else.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from steady.store import TrendPoint
from steady.terms import Act, Ending, Outcome, Part, Rung, part_of

LOOKED_BACK = 400
"""How many of the latest attempts a schedule is worked out from."""

LONGEST = 60
"""Days after which a scenario comes back at the latest."""

SLIPPING = timedelta(days=3)
"""After this a scenario comes back at the latest where it was not held, or slipped."""

PROBE_EVERY = timedelta(days=7)
"""The least time between two probes."""

PROBE_AFTER = 6
"""How many attempts are finished before a probe, and between two."""

_RETENTION = 0.9
_STEADY, _STRONG = 2.0, 2.5
_HELD_IN_A_ROW = 2
_VERSION = 1
_LOST = frozenset({Outcome.GAVE_IN, Outcome.BLEW_UP, Outcome.SHUT_DOWN})
_NUMBERS = ("", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WEEK, _MONTH, _MONTHS_FROM = 7, 30, 60


class Grade(IntEnum):
    """How well an attempt went, on the four steps of a review."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Due:
    """A scenario's place in the schedule: when it was last rehearsed, when it comes back.

    `rung` is the one rehearsed last. `slipped` says that it was held before, as hard as this or
    harder, and was not held well the last time. Times are aware.
    """

    scenario: str
    rung: Rung
    last: datetime
    due: datetime
    slipped: bool


@dataclass(frozen=True, slots=True)
class Probe:
    """A probe to offer: without hints, at a rung that holds, with pushes not met there yet."""

    scenario: str
    rung: Rung


def grade(point: TrendPoint) -> Grade | None:
    """The grade of a finished attempt; None where the client stopped it, which shows nothing.

    Where the partner left, the client's own levels say how it went: a partner need not come round.
    """
    if point.outcome is Outcome.STOPPED_EARLY and point.ending is not Ending.LEFT_HURT:
        return None
    if point.outcome in _LOST:
        return Grade.AGAIN
    levels = [level for level in point.levels.values() if level is not None]
    middle = sum(levels) / len(levels) if levels else 0.0
    if point.ending is Ending.LEFT_HURT:
        return Grade.GOOD if middle >= _STEADY else Grade.HARD
    if point.outcome is Outcome.HELD_SHAKILY or (point.aided and middle < _STEADY):
        return Grade.HARD
    return Grade.EASY if not point.aided and middle >= _STRONG else Grade.GOOD


def schedule(points: Iterable[TrendPoint], now: datetime) -> tuple[Due, ...]:
    """When each scenario in the history comes back; `points` run from the oldest on.

    Loads `fsrs`. A clock that stood in the future is taken for one that stands at `now`.
    """
    from fsrs import Card, Rating, Scheduler

    # No steps of minutes and no dice: the least pause is a day, and the same history always
    # gives the same day.
    scheduler = Scheduler(
        desired_retention=_RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )
    found = []
    for scenario, graded in _graded(points).items():
        card = Card(card_id=0)
        for point, mark in graded:
            at = min(point.ended, now).astimezone(UTC)
            card, _ = scheduler.review_card(card, Rating(mark), at)
        last, mark = graded[-1]
        ended, slipped = min(last.ended, now), _slipped(graded)
        soon = slipped or mark is Grade.AGAIN
        due = min(card.due, ended + SLIPPING) if soon else card.due
        found.append(Due(scenario, last.rung, ended, due, slipped=slipped))
    return tuple(found)


def next_up(due: Iterable[Due], now: datetime, without: Collection[str] = ()) -> Due | None:
    """The scenario to rehearse next, of those whose day has come, or None.

    What slips comes first, then what has waited longest against its own pause. `without` names
    scenarios that are shown elsewhere (homework).
    """
    today = now.astimezone().date()
    come = [
        each
        for each in due
        if each.due.astimezone().date() <= today and each.scenario not in without
    ]
    return max(come, key=lambda each: (each.slipped, _waited(each, now)), default=None)


def probe_for(
    points: Sequence[TrendPoint],
    unmet: Mapping[tuple[str, Rung], Collection[Act]],
    now: datetime,
) -> Probe | None:
    """The probe to offer now, or None; `points` run from the oldest on.

    `unmet` holds the pushes not met yet, by scenario and rung. A rung can be probed when its last
    two attempts held; the one rehearsed most recently is chosen.
    """
    last = next((n for n, point in enumerate(reversed(points)) if point.probe), None)
    if (len(points) if last is None else last) < PROBE_AFTER:
        return None
    if last is not None and now - points[-1 - last].ended < PROBE_EVERY:
        return None
    return next((Probe(*each) for each in rungs_held(points) if unmet.get(each)), None)


def rungs_held(points: Sequence[TrendPoint]) -> tuple[tuple[str, Rung], ...]:
    """Scenario and rung where the last two attempts were held, the most recent first."""
    by_rung: dict[tuple[str, Rung], list[Grade]] = {}
    for point in reversed(points):
        mark = grade(point)
        if mark is not None and part_of(point.levels) is Part.TALK:
            by_rung.setdefault((point.scenario, point.rung), []).append(mark)
    return tuple(
        key
        for key, marks in by_rung.items()
        if len(marks) >= _HELD_IN_A_ROW and min(marks[:_HELD_IN_A_ROW]) >= Grade.GOOD
    )


def why(due: Due, now: datetime) -> str:
    """Why a scenario is offered, as the end of a sentence: "it was three weeks ago"."""
    if due.slipped:
        return "it held before, and was harder last time"
    return f"it was {ago(due.last, now)}"


def ago(then: datetime, now: datetime) -> str:
    """How long ago, as people say it: yesterday, four days ago, three weeks ago, two months ago."""
    days = (now.astimezone().date() - then.astimezone().date()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    size, one = (
        (1, "day")
        if days < _WEEK
        else (_WEEK, "week")
        if days < _MONTHS_FROM
        else (_MONTH, "month")
    )
    count = days // size
    many = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{many} {one}{'' if count == 1 else 's'} ago"


def to_text(due: Iterable[Due], probe: Probe | None, of: str) -> str:
    """A schedule as it is kept; `of` names the state of the history that it was worked out from."""
    return json.dumps(
        {
            "version": _VERSION,
            "of": of,
            "due": [
                [d.scenario, d.rung, d.last.isoformat(), d.due.isoformat(), d.slipped] for d in due
            ],
            "probe": [probe.scenario, probe.rung] if probe else None,
        }
    )


def from_text(kept: str | None) -> tuple[tuple[Due, ...], Probe | None, str]:
    """The schedule kept, the probe and what it was worked out from; empty where there is none.

    What cannot be understood counts as none: a schedule can always be worked out anew.
    """
    try:
        tree = json.loads(kept or "")
        if tree["version"] != _VERSION:
            return (), None, ""
        due = tuple(
            Due(
                str(scenario),
                Rung(rung),
                datetime.fromisoformat(last).astimezone(),
                datetime.fromisoformat(comes).astimezone(),
                slipped=bool(slipped),
            )
            for scenario, rung, last, comes, slipped in tree["due"]
        )
        probe = Probe(str(tree["probe"][0]), Rung(tree["probe"][1])) if tree["probe"] else None
        return due, probe, str(tree["of"])
    except (ValueError, TypeError, KeyError, IndexError):
        return (), None, ""


def _graded(points: Iterable[TrendPoint]) -> dict[str, list[tuple[TrendPoint, Grade]]]:
    """The attempts that show something, by scenario; returns to a talk are another matter."""
    found: dict[str, list[tuple[TrendPoint, Grade]]] = {}
    for point in points:
        mark = grade(point)
        if mark is not None and part_of(point.levels) is Part.TALK:
            found.setdefault(point.scenario, []).append((point, mark))
    return found


def _slipped(graded: Sequence[tuple[TrendPoint, Grade]]) -> bool:
    """Whether the last attempt went worse than an earlier one that was as hard or harder."""
    last, mark = graded[-1]
    order = list(Rung)
    return mark < Grade.GOOD and any(
        earlier >= Grade.GOOD and order.index(point.rung) >= order.index(last.rung)
        for point, earlier in graded[:-1]
    )


def _waited(due: Due, now: datetime) -> float:
    """The time since the last rehearsal, as a share of the pause that was planned."""
    pause = max((due.due - due.last).total_seconds(), 1.0)
    return (now - due.last).total_seconds() / pause
