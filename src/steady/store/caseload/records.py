"""What a caseload holds: plain facts, as they came in a packet and as they are shown.

Times are aware and in UTC. Those of attempts, turns and field notes are as the client's clock
stated them, right or wrong; `place` is the order to trust.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from steady.records import AidUsed, Change, Found, Keep, Practised, SelfRating
from steady.terms import (
    Act,
    Criterion,
    Danger,
    Ending,
    Outcome,
    Part,
    Rung,
    Speaker,
    came_out,
)


@dataclass(frozen=True, slots=True)
class Scored:
    """One criterion's level, 0 to 3 or None for not rated, and what read the turns for it."""

    criterion: Criterion
    level: int | None
    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAttempt:
    """One shared attempt, without its words.

    `number` is the client's own; with the machine it names the attempt for good. `tension` is
    the partner's after each line, 0 to 1. The last fields are known only once it is kept: `id`
    here, the client's `ref`, its `place` on the client's path (1 is the first), the `source`
    (which of the client's machines), the number of the `packet` it came with last, and whether it
    came `new` since the client was last looked at.
    """

    number: int
    assignment: str | None
    scenario: Practised
    origin: str
    rung: Rung
    part: Part
    agreed: str
    started: datetime
    ended: datetime
    outcome: Outcome
    ending: Ending
    aids_offered: bool
    aided: bool
    probe: bool
    slow: bool
    face: str
    client_turns: int
    voice: str
    levels: tuple[Scored, ...]
    before: SelfRating | None = None
    after: SelfRating | None = None
    aids: tuple[AidUsed, ...] = ()
    tension: tuple[float, ...] = ()
    with_words: bool = False
    danger: bool = False
    id: int = 0
    ref: str = ""
    place: int = 0
    source: int = 0
    packet: int = 0
    new: bool = False

    @property
    def kind(self) -> str:
        """How it was practised: "probe", "aided" or "unaided"."""
        if self.probe:
            return "probe"
        return "aided" if self.aided else "unaided"

    @property
    def came_out(self) -> str:
        """How it came out, as it is said in every list."""
        return came_out(self.outcome, self.ending)

    @property
    def levels_by_criterion(self) -> dict[Criterion, int | None]:
        """The levels alone."""
        return {each.criterion: each.level for each in self.levels}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTurn:
    """One turn, in the order said. What only one of the speakers has is None for the other.

    `replaced` is 0 while the turn stands; `told` marks what was shown and not spoken; `danger`
    is there only where the client agreed to send it.
    """

    number: int
    speaker: Speaker
    text: str
    said_at: datetime
    act: Act | None = None
    tension: float | None = None
    heard: float | None = None
    trust: float | None = None
    quality: float | None = None
    moves: tuple[Found, ...] = ()
    replaced: int = 0
    to_program: bool = False
    told: bool = False
    danger: Danger | None = None


@dataclass(frozen=True, slots=True)
class CaseWords:
    """The words of an attempt, where the client sent them."""

    turns: tuple[CaseTurn, ...]
    evidence: Mapping[Criterion, str] = field(default_factory=dict)
    keep: Keep | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class CaseFieldNote:
    """Whether it was said for real ("yes", "no", "not yet"), and what happened.

    `number` is the attempt's it belongs to, in the client's own count. `title` and `new` are
    known only once it is kept.
    """

    id: str
    scenario: str
    number: int | None
    said: str
    text: str
    noted: datetime
    title: str = ""
    new: bool = False


@dataclass(frozen=True, slots=True)
class CasePacket:
    """A packet as it was opened. `machine` is the client's own id, `ref` the one from the pack."""

    id: str
    machine: str
    ref: str
    name: str
    sequence: int
    made: datetime
    message: str
    attempts: tuple[tuple[CaseAttempt, CaseWords | None], ...]
    field_notes: tuple[CaseFieldNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What importing a packet changed.

    `again`: this very packet was here already and nothing changed. `stranger`: nobody had been
    assigned anything under this packet's reference, so a client was made from it. `older` counts
    attempts of which a newer version was here already; `withdrawn` those whose words went, since
    the client now shares only levels.
    """

    ref: str
    name: str
    again: bool = False
    stranger: bool = False
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    older: int = 0
    withdrawn: int = 0
    field_notes: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class PacketRow:
    """A packet that was imported; `made` is as the client's clock stated it."""

    number: int
    sequence: int
    made: datetime
    imported: datetime
    name: str
    message: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """A scenario set as homework. `shared` counts the talks at it that came back and were not
    stopped by the client, as the client's own count does.

    `aids` is "on", "off", or None where the client chooses.
    """

    id: str
    ref: str
    pack: str
    scenario: str
    title: str
    rung: Rung
    times: int
    due: date | None
    aids: str | None
    note: str
    made: datetime
    shared: int = 0

    @property
    def complete(self) -> bool:
        """Whether as many attempts came back as were asked for."""
        return self.shared >= self.times


@dataclass(frozen=True, slots=True)
class PackMade:
    """A pack as it was given out."""

    id: str
    ref: str
    message: str
    assignments: tuple[Assigned, ...]


@dataclass(frozen=True, slots=True)
class TherapistNote:
    """A note of the therapist's own."""

    id: int
    text: str
    noted: datetime


@dataclass(frozen=True, slots=True)
class Recent:
    """An attempt at a talk in a client's latest: how it was practised, and its levels."""

    kind: str
    outcome: Outcome
    levels: Mapping[Criterion, int | None]


@dataclass(frozen=True, slots=True)
class Client:
    """A client, as the caseload lists them.

    `assigned` is False where they are known only from a packet. `new`, `new_danger` and
    `new_field_notes` count what came since they were last looked at; `recent` holds the latest
    attempts at a talk, oldest first; the `last…` fields are of the last attempt on their path.
    """

    ref: str
    name: str
    created: datetime
    assigned: bool
    attempts: int
    new: int
    new_danger: int
    new_field_notes: int
    last_started: datetime | None
    last_title: str
    last_rung: Rung | None
    last_outcome: Outcome | None
    recent: tuple[Recent, ...]


@dataclass(frozen=True, slots=True)
class CaseHit:
    """Something said or written that holds the words searched for.

    `kind` is "turn", "field note", "message" or "note"; `attempt` is the caseload's id and
    `number` the turn's, both only for a turn; `speaker` likewise.
    """

    kind: str
    ref: str
    name: str
    text: str
    at: datetime
    attempt: int | None = None
    number: int | None = None
    speaker: Speaker | None = None
    title: str = ""
    rung: Rung | None = None
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class RatedPair:
    """A level of the rubric beside the therapist's own for the same attempt; never None."""

    attempt: int
    criterion: Criterion
    rubric: int
    therapist: int
    reader: str


@dataclass(frozen=True, slots=True)
class KeptAgreement:
    """The agreement of the rubric with the therapist on one criterion, as it was worked out.

    `digest` is of the ratings it rests on; `kappa` (weighted, with an interval from `low` to
    `high`) is None where it cannot be told.
    """

    criterion: Criterion
    digest: str
    pairs: int
    kappa: float | None
    low: float | None
    high: float | None
