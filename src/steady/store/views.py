"""What the practice history answers: plain facts, one class for each question.

Times are aware and in UTC. Mappings of levels hold every criterion that was looked at, with
None where the attempt gave no chance to show it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from steady.records import (
    EMBEDDED,
    AidUsed,
    AttemptStart,
    ClientTurn,
    Feedback,
    PartnerTurn,
    SelfRating,
)
from steady.terms import Criterion, Ending, Outcome, Rung, Speaker, came_out

Levels = Mapping[Criterion, int | None]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An attempt that can be carried on. `turns` counts both speakers' turns that stand."""

    attempt: int
    scenario: str
    title: str
    rung: Rung
    turns: int
    client_turns: int
    started: datetime


@dataclass(frozen=True, slots=True)
class PractisedRung:
    """How often one rung of a scenario was practised to an end, and how it went.

    `title` is the scenario's title at the last time; `best_outcome` follows the order of
    `Outcome`, in which `held` is best.
    """

    scenario: str
    title: str
    rung: Rung
    times: int
    last: datetime
    last_outcome: Outcome
    best_outcome: Outcome


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole history in a few figures.

    `client_turns` counts what was said to a partner in finished attempts and still stands;
    `first` is when the first attempt began, `last` when the last one ended.
    """

    finished: int
    unfinished: int
    client_turns: int
    scenarios: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One finished attempt, as a point on the lines of progress.

    `reader` is what read the turns that the levels rest on; see `records.Feedback`.
    """

    attempt: int
    ended: datetime
    scenario: str
    rung: Rung
    aided: bool
    outcome: Outcome
    ending: Ending
    levels: Levels
    before: SelfRating | None
    after: SelfRating | None
    probe: bool = False
    reader: str = EMBEDDED


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """One attempt, finished or not, without its words. `client_turns` is None until it ends."""

    attempt: int
    scenario: str
    title: str
    rung: Rung
    started: datetime
    ended: datetime | None
    outcome: Outcome | None
    ending: Ending | None
    aided: bool
    client_turns: int | None
    levels: Levels
    probe: bool = False
    reader: str = EMBEDDED

    @property
    def came_out(self) -> str | None:
        """How it came out, as it is said on screen; None until it ends."""
        if self.outcome is None or self.ending is None:
            return None
        return came_out(self.outcome, self.ending)


@dataclass(frozen=True, slots=True)
class Resumed:
    """Everything needed to carry an attempt on: the turns that stand, in the order said.

    The last turn may be the client's, when the program was stopped before the partner answered.
    `ended` is None unless the attempt has an end (see `Store.reopen`).
    """

    attempt: int
    start: AttemptStart
    started: datetime
    ended: datetime | None
    turns: tuple[PartnerTurn | ClientTurn, ...]
    aids: tuple[AidUsed, ...]
    before: SelfRating | None
    after: SelfRating | None
    draft: str


@dataclass(frozen=True, slots=True)
class SaidTurn:
    """A turn with its time. `replaced` is 0 while the turn stands, else the number of the
    going-back (1 for the first) that took it away."""

    turn: PartnerTurn | ClientTurn
    said_at: datetime
    replaced: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """An attempt in full, turns that were said again included, in the order said."""

    attempt: int
    start: AttemptStart
    started: datetime
    ended: datetime | None
    aided: bool
    turns: tuple[SaidTurn, ...]
    feedback: Feedback | None
    aids: tuple[AidUsed, ...]
    before: SelfRating | None
    after: SelfRating | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A turn that holds the words searched for."""

    attempt: int
    scenario: str
    title: str
    rung: Rung
    number: int
    speaker: Speaker
    text: str
    said_at: datetime
    replaced: bool
