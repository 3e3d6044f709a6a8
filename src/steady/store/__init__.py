"""The practice history: an SQLite file with every attempt, turn and level, on this machine only."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from steady.store.base import Clock
from steady.store.connection import copies_beside, open_database
from steady.store.errors import (
    DiskError,
    DiskFullError,
    NoSuchAttemptError,
    NotADatabaseError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreRefusedError,
    StoreTooNewError,
    StoreUnwritableError,
)
from steady.store.homework import HomeworkJournal
from steady.store.homework_queries import HomeworkQueries
from steady.store.homework_views import (
    Assigned,
    FieldNote,
    Homework,
    OpenedPack,
    Said,
    Shared,
    SharedPart,
)
from steady.store.journal import Journal
from steady.store.ledger import Ledger
from steady.store.own import OwnLine, OwnWords
from steady.store.queries import Queries
from steady.store.views import (
    AttemptSummary,
    Hit,
    Levels,
    PractisedRung,
    Resumed,
    SaidTurn,
    Totals,
    Transcript,
    TrendPoint,
    Unfinished,
)

__all__ = [
    "Assigned",
    "AttemptSummary",
    "Clock",
    "DiskError",
    "DiskFullError",
    "FieldNote",
    "Hit",
    "Homework",
    "Journal",
    "Ledger",
    "Levels",
    "NoSuchAttemptError",
    "NotADatabaseError",
    "OpenedPack",
    "OwnLine",
    "OwnWords",
    "PractisedRung",
    "Queries",
    "Resumed",
    "Said",
    "SaidTurn",
    "Shared",
    "SharedPart",
    "Store",
    "StoreBusyError",
    "StoreDamagedError",
    "StoreError",
    "StoreRefusedError",
    "StoreTooNewError",
    "StoreUnwritableError",
    "Totals",
    "Transcript",
    "TrendPoint",
    "Unfinished",
    "copies_beside",
]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Store(Journal, Ledger, HomeworkJournal, Queries, HomeworkQueries, OwnWords):
    """The open history. It belongs to the thread that opened it; another thread opens its own.

    Several stores, in this program or others, may have the same file open and write to it.
    """

    @classmethod
    def open(cls, path: Path, *, clock: Clock = _utc_now, patience: float = 5.0) -> Self:
        """Opens the history at `path`, creating file and folder where there are none.

        `clock` tells the time of what is recorded; `patience` is how many seconds a write waits
        for another program's lock. A file made by an older version is brought up to date, after
        a copy of it was put beside it. Raises, having changed nothing: StoreDamagedError,
        NotADatabaseError, StoreTooNewError, StoreUnwritableError, DiskFullError, DiskError or
        StoreBusyError.
        """
        path = Path(path)
        return cls(open_database(path, patience), path, clock)
