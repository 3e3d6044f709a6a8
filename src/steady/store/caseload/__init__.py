"""A therapist's caseload: an SQLite file of its own, with clients and what they chose to share."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from steady.store.base import Clock
from steady.store.caseload.asking import Asking
from steady.store.caseload.base import NoSuchClientError, NoSuchSharedAttemptError
from steady.store.caseload.desk import Desk
from steady.store.caseload.kind import CASELOAD
from steady.store.caseload.records import (
    Assigned,
    CaseAttempt,
    CaseFieldNote,
    CaseHit,
    CasePacket,
    CaseTurn,
    CaseWords,
    Client,
    KeptAgreement,
    PacketRow,
    PackMade,
    RatedPair,
    Recent,
    Scored,
    Taken,
    TherapistNote,
)
from steady.store.caseload.searching import Searching
from steady.store.caseload.taking import Taking
from steady.store.connection import open_database

__all__ = [
    "Assigned",
    "CaseAttempt",
    "CaseFieldNote",
    "CaseHit",
    "CasePacket",
    "CaseTurn",
    "CaseWords",
    "Caseload",
    "Client",
    "KeptAgreement",
    "NoSuchClientError",
    "NoSuchSharedAttemptError",
    "PackMade",
    "PacketRow",
    "RatedPair",
    "Recent",
    "Scored",
    "Taken",
    "TherapistNote",
]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Caseload(Taking, Desk, Asking, Searching):
    """The open caseload. It belongs to the thread that opened it; another opens its own."""

    @classmethod
    def open(cls, path: Path, *, clock: Clock = _utc_now, patience: float = 5.0) -> Self:
        """Opens the caseload at `path`, creating it where there is none; see `Store.open`."""
        path = Path(path)
        return cls(open_database(path, patience, kind=CASELOAD), path, clock)
