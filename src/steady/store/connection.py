"""Opening the database file: who may read it, whose it is, and bringing its tables up to date.

Nothing here ever overwrites, truncates or deletes a file that was there before.
"""

import os
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from steady.places import owner_only
from steady.store.errors import (
    HISTORY,
    StoreError,
    StoreTooNewError,
    damaged,
    not_a_database,
    translated,
    unwritable,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

    from steady.store.schema import Schema

APPLICATION_ID = 0x53546479
"""Marks a database file as ours ("STdy"), so that no other program's file is ever written."""

FORMAT = 3
"""How many steps of `schema` lead to today's tables."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of database file of ours.

    `called` is its name in sentences, `application_id` marks its files, `latest` is how many
    steps lead to today's tables, and `steps` names the module with these steps (its `SCHEMA`),
    which is loaded only when a file needs them.
    """

    called: str
    application_id: int
    latest: int
    steps: str


PRACTICE = Kind(HISTORY, APPLICATION_ID, FORMAT, "steady.store.schema")
"""The history of one person's rehearsals."""

_OLDEST_SQLITE = (3, 37)  # the first with STRICT tables
_SMALLEST = 512  # bytes; the least page a database can have
_OWNER_ONLY_FILE = 0o600
_OWNER_ONLY_FOLDER = 0o700
_making = threading.Lock()


def open_database(
    path: Path, patience: float, schema: "Schema | None" = None, kind: Kind = PRACTICE
) -> sqlite3.Connection:
    """Opens (creating where there is nothing) the database at `path`, with current tables.

    `patience` is how many seconds to wait for another program's lock. The connection may be
    used only by the thread that opened it. `schema` is today's of that kind where none is given.
    Raises a StoreError of the fitting kind.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreError(
            f"Steady needs SQLite 3.37 or newer and this Python has {sqlite3.sqlite_version}. "
            "Install a newer Python."
        )
    try:
        with _making:
            _make_private_folder(path.parent)
            _make_private_file(path, kind)
    except OSError as exc:
        raise unwritable(path, exc.strerror or str(exc), kind.called) from exc
    with translated(path, kind.called):
        # mode=rw: the file was made above, with its rights; the library must never make one.
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=patience, isolation_level=None
        )
        try:
            _prepare(connection, path, patience, schema, kind)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """The one way to write: a transaction that holds the write lock from its first statement.

    A transaction that begins by reading and writes later is refused at once ("database is
    locked") when another has written in between, whatever the time-out; this one waits.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it already
            connection.execute("ROLLBACK")
        raise


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Several queries that see one state of the database, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def wrapped(connection: sqlite3.Connection) -> "Database":
    """The connection as sqlite-utils sees it, without plug-ins: nothing installed next to us
    gets a hand on what the client said."""
    from sqlite_utils import Database

    return Database(connection, execute_plugins=False, recursive_triggers=False, strict=True)


def copies_beside(path: Path) -> tuple[Path, ...]:
    """The copies kept before changes of the tables, oldest first. They hold everything said."""
    return tuple(sorted(path.parent.glob(f"{_glob_safe(path.name)}.before-*")))


def _glob_safe(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _make_private_folder(folder: Path) -> None:
    """Makes the folder and those above it where they are missing, readable by the owner alone.

    An empty folder about to receive the history is closed to others too; one that already
    holds other things is not ours to close.
    """
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for each in reversed(missing):
        each.mkdir(mode=_OWNER_ONLY_FOLDER, exist_ok=True)
    if not missing and not any(folder.iterdir()):
        _close_to_others(folder, _OWNER_ONLY_FOLDER)


def _make_private_file(path: Path, kind: Kind) -> None:
    """Makes an empty file where there is none, or looks at the one there before it is opened.

    One that is there is never opened here: closing it again would drop the locks that other
    threads of this program hold on it, without their knowing. Hence `_making`, too.
    """
    try:
        os.close(owner_only(path, os.O_CREAT | os.O_EXCL | os.O_RDWR))
    except FileExistsError:
        _look_at_file(path, kind)


def _look_at_file(path: Path, kind: Kind) -> None:
    """Refuses what is not a file of ours or may not be written; closes it to others."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise not_a_database(
            path, kind.called
        )  # a folder, or a pipe that would be waited on for ever
    for place, right in ((path, os.R_OK | os.W_OK), (path.parent, os.W_OK | os.X_OK)):
        if not os.access(place, right):
            raise unwritable(path, f"no right to write {place}", kind.called)
    if 0 < _size(path) < _SMALLEST:  # the library would take it for an empty one
        raise not_a_database(path, kind.called)
    if _size(path) == 0 and _size(path.with_name(f"{path.name}-wal")):
        # The library would throw the log, and the words in it, away.
        raise damaged(path, "it is empty, yet a log of writes lies beside it", kind.called)
    for each in (path, *_logs(path), path.with_name(f"{path.name}-shm")):
        if each.exists():
            _close_to_others(each, _OWNER_ONLY_FILE)


def _logs(path: Path) -> tuple[Path, ...]:
    """Where writes stand that are not, or not for certain, in the file itself."""
    return tuple(path.with_name(f"{path.name}{end}") for end in ("-wal", "-journal"))


def _close_to_others(place: Path, mode: int) -> None:
    found = place.stat()
    others = stat.S_IMODE(found.st_mode) & 0o077
    ours = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    if others and ours:
        place.chmod(mode)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _whole_pages(connection: sqlite3.Connection, path: Path, kind: Kind) -> None:
    """Refuses a file that ends within a page, which the library would read as if all were well."""
    page = int(connection.execute("PRAGMA page_size").fetchone()[0])
    # Folding the log into the file may have been interrupted; the log then holds the rest.
    if _size(path) % page and not any(_size(log) for log in _logs(path)):
        raise damaged(path, "it is cut short", kind.called)


def _prepare(
    connection: sqlite3.Connection,
    path: Path,
    patience: float,
    schema: "Schema | None",
    kind: Kind,
) -> None:
    latest = schema.latest if schema else kind.latest
    found = _steps_taken(connection, path, latest, kind)
    _whole_pages(connection, path, kind)
    for pragma in (
        "cell_size_check = ON",
        "temp_store = MEMORY",  # words sorted or searched never reach a temporary file
        "secure_delete = ON",  # what is forgotten is overwritten
        "synchronous = NORMAL",  # a kill loses nothing, a power cut the last turns
        # Pages. Folding the log into the file costs a turn several waits for the disk, so a
        # talk's turns stay in the log and are folded in when the program closes.
        "wal_autocheckpoint = 4000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection, patience)
    if found < latest:
        _bring_up_to_date(connection, path, schema, kind)
    connection.execute("PRAGMA foreign_keys = ON")


def _steps_taken(connection: sqlite3.Connection, path: Path, latest: int, kind: Kind) -> int:
    """How many steps the database has gone through; 0 for a new file. Writes nothing."""
    # One statement, hence one moment: another program may be making the tables just now.
    objects, owner, steps = connection.execute(
        "SELECT (SELECT count(*) FROM sqlite_master), application_id, user_version"
        " FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if owner == 0 and steps == 0 and objects == 0:
        return 0
    if owner != kind.application_id:
        raise not_a_database(path, kind.called)
    if steps > latest:
        raise StoreTooNewError(
            f"The {kind.called} {path} was written by a newer Steady (its format is {steps}, "
            f"this one knows {latest}). Update Steady to open it; nothing was changed."
        )
    return int(steps)


def _write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Turns on the write-ahead log. The library does not wait here for others, so we do."""
    deadline = time.monotonic() + patience
    waiting = True
    while waiting:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            waiting = False
        except sqlite3.OperationalError as exc:
            busy = exc.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() >= deadline:
                raise
            time.sleep(0.01)


def _bring_up_to_date(
    connection: sqlite3.Connection, path: Path, schema: "Schema | None", kind: Kind
) -> None:
    """Takes every missing step in one transaction, after keeping a copy of what was there."""
    steps, latest = schema or import_module(kind.steps).SCHEMA
    with writing(connection):
        found = _steps_taken(
            connection, path, latest, kind
        )  # another program may have been quicker
        if found >= latest:
            return
        if found:
            _keep_copy(path, found, kind)
        steps.apply(wrapped(connection))
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise damaged(path, f"rows of {broken[0]} point nowhere", kind.called)
        connection.execute(f"PRAGMA application_id = {kind.application_id}")
        connection.execute(f"PRAGMA user_version = {latest}")


def _keep_copy(path: Path, steps: int, kind: Kind) -> None:
    """Copies the committed database beside itself; a failed copy stops the change."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    copy = path.with_name(f"{path.name}.before-{steps + 1}-{now}")
    try:
        os.close(owner_only(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR))
    except OSError as exc:
        raise unwritable(copy, exc.strerror or str(exc), kind.called) from exc
    try:
        # A second connection sees what is committed, whatever this one is about to change.
        with (
            closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except BaseException:
        copy.unlink()
        raise
