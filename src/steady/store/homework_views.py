"""What the store says of homework: packs opened, assignments, what was shared, field notes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from steady.terms import Rung

Said = Literal["yes", "no", "not yet"]
"""Whether it was said for real."""


@dataclass(frozen=True, slots=True)
class OpenedPack:
    """A pack as it was opened. `made` is by the therapist's clock; `forgotten` is None while
    the pack stands."""

    id: str
    therapist: str
    public_key: str
    fingerprint: str
    client_ref: str
    client_name: str
    message: str
    made: datetime
    opened: datetime
    forgotten: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment as it came: `times` rehearsals of a scenario at a rung by the day `due`.

    `aids` is "on", "off" or None where the client chooses.
    """

    id: str
    pack: str
    scenario: str
    rung: Rung
    times: int
    due: date | None
    aids: Literal["on", "off"] | None
    note: str


@dataclass(frozen=True, slots=True)
class Homework:
    """An assignment with how far it is: `done` attempts that count, `finished` of any outcome,
    `unshared` of those in no packet to its therapist since they ended, and when an attempt at it
    last ended."""

    assigned: Assigned
    therapist: str
    done: int
    finished: int
    unshared: int
    last: datetime | None

    @property
    def complete(self) -> bool:
        """Whether it was rehearsed as often as asked."""
        return self.done >= self.assigned.times


@dataclass(frozen=True, slots=True)
class SharedPart:
    """How one attempt travelled: with its words or levels only; with turns marked as danger or
    without. The attempt may have been forgotten since."""

    attempt: int
    words: bool
    danger: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """One packet written: when, for whom, into which file, and what was in it."""

    packet: str
    sequence: int
    at: datetime
    therapist: str
    fingerprint: str
    file: str
    message: str
    attempts: tuple[SharedPart, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldNote:
    """Whether it was said for real, and what happened. `attempt` is the one it was noted after,
    and goes with; None where it belongs to the scenario alone."""

    id: str
    scenario: str
    attempt: int | None
    said: Said
    text: str
    noted_at: datetime
