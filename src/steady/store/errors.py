"""What can go wrong with a database, each as a sentence that can be acted on.

The sentences call the database by what it holds ("practice history", "caseload").
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from steady.errors import SteadyError

HISTORY = "practice history"
"""What the database of what was rehearsed is called."""


class StoreError(SteadyError):
    """The practice history could not be read or written."""


class StoreDamagedError(StoreError):
    """The file is a database, but parts of it are missing or unreadable."""


class NotADatabaseError(StoreError):
    """The file is something else, or the database of another program."""


class StoreTooNewError(StoreError):
    """The file was written by a newer version of the program."""


class StoreUnwritableError(StoreError):
    """The folder or the file may not be written by this person."""


class DiskError(StoreError):
    """The disk refused to read or write."""


class DiskFullError(DiskError):
    """There is no room left on the disk."""


class StoreBusyError(StoreError):
    """Another program kept the history locked for longer than we were willing to wait."""


class StoreRefusedError(StoreError):
    """A record breaks a rule of the database (a number out of range, a turn recorded twice)."""


class NoSuchAttemptError(StoreError):
    """The history holds no attempt of this number."""


def damaged(path: Path, detail: str, called: str = HISTORY) -> StoreDamagedError:
    """The sentence for a damaged file; `detail` is the finding in a few words."""
    return StoreDamagedError(
        f"The {called} {path} is damaged ({detail}). It was left exactly as it is. "
        "Put back a copy of it, or move it aside and Steady begins a new one."
    )


def unwritable(path: Path, detail: str, called: str = HISTORY) -> StoreUnwritableError:
    """The sentence for a place that may not be written; `detail` names the obstacle."""
    return StoreUnwritableError(
        f"The {called} {path} cannot be written ({detail}). "
        "Give yourself the right to write there, or choose another folder."
    )


def _busy(path: Path, _: str, called: str) -> StoreError:
    return StoreBusyError(
        f"Another program is holding the {called} {path}. "
        "Close other windows of Steady and try again; what was saved before still stands."
    )


def _full(path: Path, _: str, called: str) -> StoreError:
    return DiskFullError(
        f"There is no room left on the disk for the {called} {path}. "
        "Free some space and try again; what was saved before still stands."
    )


def _io(path: Path, detail: str, called: str) -> StoreError:
    return DiskError(
        f"The disk did not take or give the {called} {path} ({detail}). Look for a full "
        "quota, a pulled drive or a failing disk; what was saved before still stands."
    )


def _not_a_database(path: Path, _: str, called: str) -> StoreError:
    return NotADatabaseError(
        f"{path} is not a {called} of Steady, so it was left alone. "
        "Move it elsewhere, or choose another folder."
    )


def _refused(path: Path, detail: str, called: str) -> StoreError:
    return StoreRefusedError(
        f"The {called} {path} refused a record ({detail}); nothing else was changed. "
        "Start Steady again to go on from the last saved turn."
    )


_SENTENCES: dict[int, Callable[[Path, str, str], StoreError]] = {
    sqlite3.SQLITE_BUSY: _busy,
    sqlite3.SQLITE_LOCKED: _busy,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: _not_a_database,
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_IOERR: _io,
    sqlite3.SQLITE_READONLY: unwritable,
    sqlite3.SQLITE_CANTOPEN: unwritable,
    sqlite3.SQLITE_PERM: unwritable,
    sqlite3.SQLITE_CONSTRAINT: _refused,
    sqlite3.SQLITE_TOOBIG: _refused,
}


def not_a_database(path: Path, called: str = HISTORY) -> StoreError:
    """The sentence for a file that is no database of ours, or one of another kind."""
    return _not_a_database(path, "", called)


def no_such_attempt(path: Path, attempt: int) -> NoSuchAttemptError:
    """The sentence for an attempt that is not (or no longer) in the history."""
    return NoSuchAttemptError(
        f"The practice history {path} holds no attempt {attempt}; it may have been forgotten. "
        "`steady history` lists the attempts there are."
    )


@contextmanager
def translated(path: Path, called: str = HISTORY) -> Iterator[None]:
    """Turns every fault of the database inside the block into one of the types above."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a closed store or a foreign thread: a mistake of ours, not of the file
    except sqlite3.Error as exc:
        # The low byte is the kind of fault, the rest says where in the library it arose.
        sentence = _SENTENCES.get(getattr(exc, "sqlite_errorcode", 0) & 0xFF)
        if sentence is not None:
            raise sentence(path, str(exc), called) from exc
        raise StoreError(
            f"The {called} {path} could not be used ({exc}). It was left as it was; "
            "start Steady again, and if this comes back, put back a copy of the file."
        ) from exc
    except OverflowError as exc:
        raise _refused(path, "a number beyond 64 bits", called) from exc
    except UnicodeEncodeError as exc:
        raise _refused(path, "half a character in a name", called) from exc
