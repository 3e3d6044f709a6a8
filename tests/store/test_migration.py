from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlite_utils

from steady.store import StoreDamagedError, StoreError, copies_beside
from steady.store.connection import FORMAT, open_database
from steady.store.schema import SCHEMA, Schema
from steady.terms import Outcome

if TYPE_CHECKING:
    from store.conftest import Desk

PINNED = Path(__file__).with_name("schema.sql")


def later(*scripts: str) -> Schema:
    """The schema of a later program: today's steps and one more for each script."""
    steps = sqlite_utils.Migrations(SCHEMA.steps.name)
    for known in SCHEMA.steps._migrations:
        steps(name=known.name)(known.fn)
    for number, script in enumerate(scripts):

        def step(db: sqlite_utils.Database, script: str = script) -> None:
            db.executescript(script)

        steps(name=f"later_{number}")(step)
    return Schema(steps, SCHEMA.latest + len(scripts))


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return [
            row[0]
            for row in raw.execute(
                "SELECT sql FROM sqlite_master WHERE sql NOT NULL"
                " AND name NOT LIKE 'sqlite_%' AND name NOT GLOB 'turns_fts_*'"
                " ORDER BY rowid"
            )
        ]


def test_the_schema_is_the_one_written_down(desk: Desk) -> None:
    """A change here means a new step, and a new dump: see the module's first lines."""
    desk.open().close()
    assert ";\n\n".join(dump(desk.path)) + ";\n" == PINNED.read_text(encoding="utf-8")


def test_the_number_of_steps_is_the_format_of_the_file(desk: Desk) -> None:
    with desk.open() as store:
        applied = [step.name for step in SCHEMA.steps.applied(store._db)]
        assert SCHEMA.steps.pending(store._db) == []
        assert store._db.execute("PRAGMA user_version").fetchone() == (len(applied),)
    assert len(applied) == SCHEMA.latest == FORMAT


def test_an_older_history_is_brought_up_to_date_and_a_copy_of_it_kept(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store, Outcome.HELD)
        before = store.transcript(attempt)
    old = dump(desk.path)
    schema = later("ALTER TABLE facts ADD COLUMN changed TEXT;")
    with closing(open_database(desk.path, 5.0, schema)) as raw:
        raw.execute("SELECT changed FROM facts")
    (copy,) = copies_beside(desk.path)
    assert dump(copy) == old
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    desk.path = copy
    with desk.open() as store:  # the copy is a whole history
        assert store.transcript(attempt) == before


def test_a_history_that_is_up_to_date_is_not_copied(desk: Desk) -> None:
    for _ in range(2):
        desk.open().close()
    assert copies_beside(desk.path) == ()


def test_a_step_that_fails_takes_all_of_them_back(desk: Desk) -> None:
    with desk.open() as store:
        desk.attempt(store)
    old = dump(desk.path)
    schema = later(
        "CREATE TABLE made (x INTEGER) STRICT; INSERT INTO made VALUES (1);",
        "UPDATE turns SET text = 'spoilt'; INSERT INTO nowhere VALUES (1);",
    )
    with pytest.raises(StoreError, match="nowhere"):
        open_database(desk.path, 5.0, schema)
    assert dump(desk.path) == old
    with desk.open() as store:
        assert store.search("spoilt") == ()
        assert store._db.execute("PRAGMA user_version").fetchone() == (SCHEMA.latest,)


def test_steps_that_would_leave_rows_pointing_nowhere_are_taken_back(desk: Desk) -> None:
    with desk.open() as store:
        desk.attempt(store)
    with pytest.raises(StoreDamagedError, match="turns"):
        open_database(desk.path, 5.0, later("DELETE FROM attempts;"))
    with desk.open() as store:
        assert len(store.attempts()) == 1


def test_without_a_copy_nothing_is_changed(desk: Desk) -> None:
    desk.path = desk.path.with_name("s" * 230 + ".db")  # no longer name fits beside it
    desk.open().close()
    old = dump(desk.path)
    with pytest.raises(StoreError, match="cannot be written"):
        open_database(desk.path, 5.0, later("DROP TABLE facts;"))
    assert dump(desk.path) == old
    assert [path.name for path in desk.path.parent.iterdir() if path.is_file()] == [desk.path.name]


def test_copies_are_listed_oldest_first_and_only_of_this_history(desk: Desk) -> None:
    desk.path = desk.path.with_name("a[1]*.db")
    wanted = [f"a[1]*.db.before-2-2026112{day}T000000000000Z" for day in (0, 1)]
    for name in (*reversed(wanted), "a1b.db.before-2-20261120T000000000000Z"):
        desk.path.with_name(name).touch()
    assert [path.name for path in copies_beside(desk.path)] == wanted
