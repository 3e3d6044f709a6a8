"""What journal and queries share: the connection, the clock, and how rows become words."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, LiteralString, TypeVar

from steady.closing import Closing
from steady.store.connection import PRACTICE, Kind, reading, wrapped, writing
from steady.store.errors import NoSuchAttemptError, damaged, no_such_attempt, translated

if TYPE_CHECKING:
    from sqlite_utils import Database

Clock = Callable[[], datetime]
"""Tells the time; anything aware will do, it is stored in UTC."""

Row = tuple[Any, ...]
_Word = TypeVar("_Word", bound=StrEnum)
_SURROGATE = re.compile("[\ud800-\udfff]")


def stored_text(text: str) -> str:
    """The text as it can be stored: half a character (a broken paste) becomes one sign, so
    that no sentence is lost over it and every offset into the text still holds."""
    return _SURROGATE.sub("\ufffd", text)


def as_time(stored: str) -> datetime:
    """A stored time as an aware one."""
    return datetime.fromisoformat(stored)


class Connected(Closing):
    """A database that belongs to the thread that opened it."""

    kind: ClassVar[Kind] = PRACTICE

    def __init__(self, connection: sqlite3.Connection, path: Path, clock: Clock) -> None:
        """A store over an open database; see `Store.open`."""
        self._connection = connection
        self._clock = clock
        self.path = path

    def close(self) -> None:
        """Closes the file; closing twice is harmless."""
        self._connection.close()

    @cached_property
    def _db(self) -> "Database":
        """The connection for writing. Made by the first write: what home shows on starting
        needs nothing of sqlite-utils, which takes longer to load than home's queries do."""
        return wrapped(self._connection)

    @contextmanager
    def _writing(self) -> "Iterator[Database]":
        """One durable transaction, its faults as StoreErrors."""
        with translated(self.path, self.kind.called), writing(self._connection):
            yield self._db

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One unchanging view of the database, its faults as StoreErrors."""
        with translated(self.path, self.kind.called), reading(self._connection):
            yield self._connection

    def _rows(self, sql: str, *values: object) -> list[Row]:
        """All rows of one query, its faults as StoreErrors."""
        with translated(self.path, self.kind.called):
            rows: list[Row] = self._connection.execute(sql, values).fetchall()
            return rows

    def _row(self, sql: str, *values: object) -> Row | None:
        """The first row of one query, or None."""
        rows = self._rows(sql, *values)
        return rows[0] if rows else None

    def _now(self) -> str:
        now = self._clock().astimezone(UTC)
        return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _word(self, kind: type[_Word], stored: str) -> _Word:
        """A stored word as the house knows it."""
        try:
            return kind(stored)
        except ValueError as exc:
            raise damaged(
                self.path,
                f"“{stored}” is no {kind.__name__.lower()} this version knows",
                self.kind.called,
            ) from exc

    def _maybe(self, kind: type[_Word], stored: str | None) -> _Word | None:
        return None if stored is None else self._word(kind, stored)

    def _no_such(self, attempt: int) -> NoSuchAttemptError:
        return no_such_attempt(self.path, attempt)


def statement(*parts: LiteralString) -> str:
    """An SQL statement put together from parts that stand in our own code.

    What people or files say never becomes a part: it travels as a parameter.
    """
    return " ".join(parts)
