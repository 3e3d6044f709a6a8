"""One client's path: what was assigned, how each criterion went, and what they told of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from steady.progress.due import Standing, standing
from steady.records import SelfRating
from steady.store.caseload import (
    Assigned,
    CaseAttempt,
    CaseFieldNote,
    Client,
    PacketRow,
    TherapistNote,
)
from steady.terms import CRITERIA, Criterion, Outcome, Part, Rung

KINDS = ("unaided", "aided", "probe")
"""How an attempt may have been practised; each kind has a line of its own."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Which attempts are looked at. The days are in local time by the client's stated clock,
    both included; None asks for all."""

    since: date | None = None
    until: date | None = None
    scenario: str | None = None
    rung: Rung | None = None

    def holds(self, attempt: CaseAttempt) -> bool:
        """Whether an attempt is among those looked at."""
        if self.scenario is not None and attempt.scenario.id != self.scenario:
            return False
        if self.rung is not None and attempt.rung is not self.rung:
            return False
        if self.since is None and self.until is None:
            return True
        return self.holds_day(attempt.started.astimezone().date())

    def holds_day(self, day: date) -> bool:
        """Whether a day is among those looked at."""
        return not (
            (self.since is not None and day < self.since)
            or (self.until is not None and day > self.until)
        )


EVERYTHING = Slice()
"""All that a client shared."""


@dataclass(frozen=True, slots=True)
class Point:
    """One rated level on a criterion's line, 0 to 3. `position` is the attempt's place among
    those looked at, from 0; `reader` is what read the turns ("embedded", or a model's name)."""

    attempt: int
    position: int
    level: int
    kind: str
    reader: str


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion over time, oldest first; attempts that did not rate it have no point."""

    criterion: Criterion
    part: Part
    points: tuple[Point, ...]

    def of(self, kind: str) -> tuple[Point, ...]:
        """The points of one kind: "unaided", "aided" or "probe"."""
        return tuple(point for point in self.points if point.kind == kind)


@dataclass(frozen=True, slots=True)
class FeltPoint:
    """How sure and tense the client felt around one attempt, each 0 to 10."""

    attempt: int
    position: int
    before: SelfRating | None
    after: SelfRating | None


@dataclass(frozen=True, slots=True)
class RungReached:
    """How often a rung of a scenario was rehearsed, and how it went; `held` counts the times it
    was held, `best` follows the order of `Outcome`; `best_told` and `last_told` say both in
    words."""

    scenario: str
    title: str
    rung: Rung
    times: int
    held: int
    best: Outcome
    last: Outcome
    best_told: str
    last_told: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The first and the latest attempt at a scenario, the same one if there is but one."""

    first: CaseAttempt
    latest: CaseAttempt
    between: int


@dataclass(frozen=True, slots=True)
class ClientView:
    """All that a client's screen and report show, of the attempts looked at.

    `attempts` are in the order of the path, oldest first. `lines` are the criteria of the talk,
    `return_lines` those of the return. `scenarios` are all that the client practised, id and
    title, and `rungs` those reached, both for choosing filters; `clock` is a sentence where the
    client's clock seems to have been wrong, else empty.
    """

    client: Client
    slice: Slice
    attempts: tuple[CaseAttempt, ...]
    assignments: tuple[Standing, ...]
    lines: tuple[Line, ...]
    return_lines: tuple[Line, ...]
    felt: tuple[FeltPoint, ...]
    rungs: tuple[RungReached, ...]
    outcomes: dict[Outcome, int]
    readers: tuple[str, ...]
    field_notes: tuple[CaseFieldNote, ...]
    notes: tuple[TherapistNote, ...]
    packets: tuple[PacketRow, ...]
    scenarios: tuple[tuple[str, str], ...]
    clock: str

    @property
    def outcomes_told(self) -> tuple[tuple[str, int], ...]:
        """How the attempts came out, in words, and how often each; what never was is left out."""
        rank = list(Outcome).index
        order = sorted(self.attempts, key=lambda each: (rank(each.outcome), each.came_out))
        return tuple(Counter(each.came_out for each in order).items())


def client_view(
    client: Client,
    everything: Sequence[CaseAttempt],
    assigned: Iterable[Assigned],
    field_notes: Sequence[CaseFieldNote],
    notes: Sequence[TherapistNote],
    packets: Sequence[PacketRow],
    today: date,
    chosen: Slice = EVERYTHING,
) -> ClientView:
    """A client's path as it stands today; `everything` is all they shared, in order."""
    attempts = tuple(each for each in everything if chosen.holds(each))
    return ClientView(
        client=client,
        slice=chosen,
        attempts=attempts,
        assignments=tuple(standing(each, today) for each in assigned),
        lines=_lines(attempts, Part.TALK),
        return_lines=_lines(attempts, Part.RETURN),
        felt=tuple(
            FeltPoint(each.id, position, each.before, each.after)
            for position, each in enumerate(attempts)
            if each.before or each.after
        ),
        rungs=_rungs(attempts),
        outcomes=_outcomes(attempts),
        readers=tuple(sorted({level.reader for each in attempts for level in each.levels})),
        field_notes=tuple(
            note
            for note in field_notes
            if chosen.holds_day(note.noted.astimezone().date())
            and chosen.scenario in (None, note.scenario)
        ),
        notes=tuple(notes),
        packets=tuple(packets),
        scenarios=_scenarios(everything),
        clock=_clock(everything, packets),
    )


def compared(
    attempts: Iterable[CaseAttempt], scenario: str, rung: Rung | None = None
) -> Comparison | None:
    """The first and the latest talk at a scenario (on one rung where given), or None."""
    found = [
        each
        for each in attempts
        if each.scenario.id == scenario
        and each.part is Part.TALK
        and (rung is None or each.rung is rung)
    ]
    return Comparison(found[0], found[-1], max(len(found) - 2, 0)) if found else None


def _lines(attempts: Sequence[CaseAttempt], part: Part) -> tuple[Line, ...]:
    of_criterion: dict[Criterion, list[Point]] = {each: [] for each in CRITERIA[part]}
    for position, attempt in enumerate(attempts):
        if attempt.part is not part:
            continue
        kind = attempt.kind
        for level in attempt.levels:
            if level.level is not None and level.criterion in of_criterion:
                of_criterion[level.criterion].append(
                    Point(attempt.id, position, level.level, kind, level.reader)
                )
    return tuple(Line(each, part, tuple(points)) for each, points in of_criterion.items())


def _rungs(attempts: Sequence[CaseAttempt]) -> tuple[RungReached, ...]:
    """By scenario in the order first practised, then by rung."""
    of_rung: dict[str, dict[Rung, list[CaseAttempt]]] = {}
    for attempt in attempts:
        if attempt.part is Part.TALK:
            of_rung.setdefault(attempt.scenario.id, {}).setdefault(attempt.rung, []).append(attempt)
    rank = list(Outcome).index
    return tuple(
        RungReached(
            scenario=scenario,
            title=found[-1].scenario.title,
            rung=rung,
            times=len(found),
            held=sum(1 for each in found if each.outcome is Outcome.HELD),
            best=best.outcome,
            last=found[-1].outcome,
            best_told=best.came_out,
            last_told=found[-1].came_out,
        )
        for scenario, rungs in of_rung.items()
        for rung in Rung
        if (found := rungs.get(rung)) and (best := min(found, key=lambda each: rank(each.outcome)))
    )


def _outcomes(attempts: Iterable[CaseAttempt]) -> dict[Outcome, int]:
    counts = dict.fromkeys(Outcome, 0)
    for attempt in attempts:
        counts[attempt.outcome] += 1
    return counts


def _scenarios(attempts: Iterable[CaseAttempt]) -> tuple[tuple[str, str], ...]:
    titles = {each.scenario.id: each.scenario.title for each in attempts}
    return tuple(titles.items())


def _clock(attempts: Sequence[CaseAttempt], packets: Iterable[PacketRow]) -> str:
    """A sentence where the stated times contradict the order, or are not yet over."""
    of_source: dict[int, list[CaseAttempt]] = {}
    for attempt in attempts:
        of_source.setdefault(attempt.source, []).append(attempt)
    back = any(
        later.started < earlier.started
        for path in of_source.values()
        for earlier, later in pairwise(path)
    )
    ahead = any(packet.made > packet.imported + timedelta(days=1) for packet in packets)
    if not (back or ahead):
        return ""
    return (
        "The clock on this client's computer seems to have been wrong: attempts are in the order "
        "in which they were made, and times are shown as stated."
    )
