"""What the caseload's reading and writing share."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import ClassVar

from steady.store.base import Connected
from steady.store.caseload.kind import CASELOAD
from steady.store.connection import Kind, writing
from steady.store.errors import StoreError, translated


class NoSuchClientError(StoreError):
    """The caseload holds no client of this reference."""


class NoSuchSharedAttemptError(StoreError):
    """The caseload holds no attempt of this number."""


class Case(Connected):
    """A caseload that belongs to the thread that opened it."""

    kind: ClassVar[Kind] = CASELOAD

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """The one way to write: one durable transaction, its faults as StoreErrors."""
        with translated(self.path, self.kind.called), writing(self._connection):
            yield self._connection

    def _client_key(self, ref: str) -> int:
        """The row of a client. Raises NoSuchClientError."""
        row = self._row("SELECT id FROM clients WHERE ref = ?", ref)
        if row is None:
            raise NoSuchClientError(
                f"The caseload {self.path} holds no client {ref[:8]}; they may have been erased. "
                "`steady therapist clients` lists the clients there are."
            )
        return int(row[0])

    def _no_shared(self, attempt: int) -> NoSuchSharedAttemptError:
        return NoSuchSharedAttemptError(
            f"The caseload {self.path} holds no attempt {attempt}; it may have been erased. "
            "`steady therapist show CLIENT` lists the attempts there are."
        )


def stamp(moment: datetime) -> str:
    """A time as it is stored."""
    stated = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return stated.replace("+00:00", "Z")
