"""What the office hands to screens and commands."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from steady.terms import Criterion, Rung

if TYPE_CHECKING:
    from steady.progress.calibration import Agreement
    from steady.store.caseload import CaseAttempt, CaseTurn, CaseWords, Client


@dataclass(frozen=True, slots=True)
class SharedAttempt:
    """One attempt in full. `words` is None where the client shared only levels; `agreement`
    holds what is known of each criterion it was rated by."""

    client: "Client"
    attempt: "CaseAttempt"
    words: "CaseWords | None"
    agreement: "dict[Criterion, Agreement]"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The first and the latest attempt at a scenario; `between` counts those between them."""

    first: SharedAttempt
    latest: SharedAttempt
    between: int

    @property
    def only_one(self) -> bool:
        """Whether there is but one attempt, shown twice."""
        return self.first.attempt.id == self.latest.attempt.id


@dataclass(frozen=True, slots=True)
class ToRate:
    """An attempt to be rated blind: what was said and nothing of what was made of it.

    `left` counts those still to be rated, this one included.
    """

    attempt: int
    title: str
    rung: Rung
    turns: "tuple[CaseTurn, ...]"
    criteria: tuple[Criterion, ...]
    left: int
