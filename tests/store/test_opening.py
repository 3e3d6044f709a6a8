from __future__ import annotations

import os
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from steady.errors import SteadyError
from steady.store import (
    DiskFullError,
    NotADatabaseError,
    Store,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreTooNewError,
    StoreUnwritableError,
)
from steady.terms import Outcome

if TYPE_CHECKING:
    from store.conftest import Desk

posix_only = pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX's")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def filled(desk: Desk, attempts: int = 40) -> bytes:
    """A history with something in it; returns the file's bytes."""
    with desk.open() as store:
        for _ in range(attempts):
            desk.attempt(store, Outcome.HELD)
    assert not list(desk.path.parent.glob("*-wal"))
    return desk.path.read_bytes()


def refused(desk: Desk, kind: type[StoreError]) -> str:
    """The sentence with which opening is refused; the file and its name stay as they were."""
    before = desk.path.read_bytes() if desk.path.is_file() else None
    with pytest.raises(kind) as told:
        desk.open(patience=0.05)
    assert isinstance(told.value, SteadyError)
    if before is not None:
        assert desk.path.read_bytes() == before
    sentence = str(told.value)
    assert str(desk.path) in sentence
    return sentence


@posix_only
def test_a_new_history_is_readable_by_its_owner_alone(tmp_path: Path, desk: Desk) -> None:
    desk.path = tmp_path / "one" / "two" / "steady.db"
    with desk.open() as store:
        desk.attempt(store)
        made = sorted(desk.path.parent.iterdir())
        assert [path.name for path in made] == ["steady.db", "steady.db-shm", "steady.db-wal"]
        assert [mode(path) for path in made] == [0o600] * 3
        assert [mode(folder) for folder in desk.path.parents[:2]] == [0o700] * 2


@posix_only
def test_rights_given_to_others_are_taken_back(desk: Desk) -> None:
    filled(desk)
    desk.path.chmod(0o644)
    desk.open().close()
    assert mode(desk.path) == 0o600


@posix_only
def test_an_empty_folder_is_closed_to_others_and_one_in_use_left_alone(
    tmp_path: Path, desk: Desk
) -> None:
    for name, content in (("empty", False), ("used", True)):
        folder = tmp_path / name
        folder.mkdir(mode=0o755)
        folder.chmod(0o755)
        if content:
            (folder / "letter.txt").touch()
        Store.open(folder / "steady.db").close()
    assert mode(tmp_path / "empty") == 0o700
    assert mode(tmp_path / "used") == 0o755


def test_the_tables_are_strict_the_log_is_written_ahead_and_keys_are_held(desk: Desk) -> None:
    with desk.open() as store:
        db = store._db
        assert db.journal_mode == "wal"
        pragmas = ("foreign_keys", "synchronous", "secure_delete", "temp_store")
        assert [db.execute(f"PRAGMA {p}").fetchone()[0] for p in pragmas] == [1, 1, 1, 2]
        assert db.execute("PRAGMA busy_timeout").fetchone() == (5000,)
        ours = [name for name in db.table_names() if not name.startswith(("sqlite_", "turns_fts"))]
        assert {name: db.table(name).strict for name in ours} == dict.fromkeys(ours, True)


def test_an_empty_file_is_a_history_not_yet_begun(desk: Desk) -> None:
    desk.path.touch()
    with desk.open() as store:
        assert desk.attempt(store) == 1


def test_a_path_with_signs_of_its_own_is_taken_as_it_is(tmp_path: Path, desk: Desk) -> None:
    desk.path = tmp_path / "50% what?#*[a] é" / ":memory:"
    with desk.open() as store:
        desk.attempt(store)
    assert desk.path.stat().st_size > 0


def test_an_empty_file_beside_a_log_is_damage_and_the_log_is_kept(desk: Desk) -> None:
    desk.path.touch()
    log = desk.path.with_name("steady.db-wal")
    log.write_bytes(b"words")
    refused(desk, StoreDamagedError)
    assert log.read_bytes() == b"words"


@pytest.mark.parametrize(
    "content",
    [b"x", b"Dear diary,\n" * 500, b"SQLite format 2\x00" + bytes(5000), bytes(4096)],
    ids=["a byte", "a text", "another format", "zeros"],
)
def test_a_file_of_another_kind_is_left_alone(desk: Desk, content: bytes) -> None:
    desk.path.write_bytes(content)
    assert "is not a practice history" in refused(desk, NotADatabaseError)


def test_the_database_of_another_program_is_left_alone(desk: Desk) -> None:
    with desk.raw() as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    refused(desk, NotADatabaseError)
    desk.path.unlink()
    with desk.raw() as raw:
        raw.execute("PRAGMA user_version = 1")
        raw.execute("CREATE TABLE recipes (name TEXT)")
        raw.execute("PRAGMA application_id = 77")
    refused(desk, NotADatabaseError)


def test_a_folder_in_its_place_is_left_alone(desk: Desk) -> None:
    desk.path.mkdir()
    refused(desk, NotADatabaseError)


@posix_only
def test_a_pipe_in_its_place_is_not_waited_on(desk: Desk) -> None:
    os.mkfifo(desk.path)
    refused(desk, NotADatabaseError)


@pytest.mark.parametrize("left", [1, 16, 99, 100, 511])
def test_a_scrap_of_a_file_is_left_alone(desk: Desk, left: int) -> None:
    desk.path.write_bytes(filled(desk)[:left])
    refused(desk, NotADatabaseError)


@pytest.mark.parametrize("left", [512, 4095, 4096, 8192, -4097, -4096, -1])
def test_a_truncated_file_is_told_and_left_alone(desk: Desk, left: int) -> None:
    whole = filled(desk)
    desk.path.write_bytes(whole[:left])
    assert "damaged" in refused(desk, StoreDamagedError)


def test_a_damaged_header_is_told_and_left_alone(desk: Desk) -> None:
    whole = filled(desk)
    desk.path.write_bytes(whole[:100] + bytes(len(whole[100:4096])) + whole[4096:])
    assert "damaged" in refused(desk, StoreDamagedError)


def test_damage_within_is_told_when_it_is_met(desk: Desk) -> None:
    whole = filled(desk)
    with desk.raw() as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'turns'").fetchone()
    start = (page - 1) * 4096
    broken = whole[:start] + b"\xff" * 4096 + whole[start + 4096 :]
    desk.path.write_bytes(broken)
    with desk.open() as store:
        with pytest.raises(StoreDamagedError, match="damaged"):
            store.transcript(1)
        with pytest.raises(StoreDamagedError):
            store.client_turn(1, desk.client(9))
        assert len(store.attempts()) == 40  # what is whole can still be read
    assert desk.path.read_bytes() == broken


def test_a_word_this_version_does_not_know_is_told(desk: Desk) -> None:
    filled(desk, attempts=2)
    with desk.raw() as raw:
        raw.execute("UPDATE attempts SET outcome = 'flew-away' WHERE id = 2")
        raw.execute("UPDATE turns SET probabilities = '{' WHERE attempt = 1 AND number = 1")
    with desk.open() as store:
        with pytest.raises(StoreDamagedError, match="flew-away"):
            store.attempts()
        with pytest.raises(StoreDamagedError, match="JSON"):
            store.transcript(1)


def test_a_history_without_its_tables_is_told(desk: Desk) -> None:
    filled(desk)
    with desk.raw() as raw:
        raw.execute("DROP TABLE tallies")
    with desk.open() as store, pytest.raises(StoreError, match="no such table: tallies"):
        store.practised()


def test_a_newer_history_is_told_and_left_alone(desk: Desk) -> None:
    filled(desk)
    with desk.raw() as raw:
        raw.execute("PRAGMA user_version = 99")
    sentence = refused(desk, StoreTooNewError)
    assert "99" in sentence
    assert "Update Steady" in sentence


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, desk: Desk) -> None:
    (tmp_path / "file").touch()
    desk.path = tmp_path / "file" / "steady.db"
    refused(desk, StoreUnwritableError)


READ_ONLY = """
import os, sys
from pathlib import Path
from steady.store import Store, StoreUnwritableError
if os.geteuid() == 0:  # to the superuser nothing is read-only
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
for place in sys.argv[2:]:
    try:
        Store.open(Path(place))
    except StoreUnwritableError as told:
        print(told)
"""


@posix_only
def test_a_read_only_folder_and_a_read_only_file_are_told(tmp_path: Path, desk: Desk) -> None:
    for name in ("empty", "full", "other"):
        (tmp_path / name).mkdir()
    for name in ("full", "other"):
        desk.path = tmp_path / name / "steady.db"
        filled(desk)
        desk.path.chmod(0o444)
    (tmp_path / "empty").chmod(0o555)
    (tmp_path / "full").chmod(0o555)
    (tmp_path / "other").chmod(0o777)
    desk.path = tmp_path / "steady.db"
    before = [(tmp_path / name / "steady.db").read_bytes() for name in ("full", "other")]
    told = desk.run_elsewhere(
        READ_ONLY, "empty/steady.db", "full/steady.db", "other/steady.db"
    ).splitlines()
    for name in ("empty", "full", "other"):
        (tmp_path / name).chmod(0o700)
    assert len(told) == 3
    assert all("cannot be written" in sentence for sentence in told)
    assert list((tmp_path / "empty").iterdir()) == []
    after = [(tmp_path / name / "steady.db").read_bytes() for name in ("full", "other")]
    assert after == before


def test_a_lock_held_too_long_is_told_and_nothing_is_lost(desk: Desk) -> None:
    with desk.open(patience=0.05) as store, desk.raw() as other:
        attempt = desk.attempt(store)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="Another program"):
            store.client_turn(attempt, desk.client(3))
        assert len(store.resume(attempt).turns) == 3  # reading needs no lock
        other.execute("ROLLBACK")
        store.client_turn(attempt, desk.client(3))
        assert len(store.resume(attempt).turns) == 4


def test_a_new_history_locked_by_another_program_is_told(desk: Desk) -> None:
    desk.path.touch()
    with desk.raw() as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusyError):
            desk.open(patience=0.05)


def test_a_full_disk_is_told_and_what_was_saved_stands(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store)
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFullError, match="no room left"):
            store.client_turn(attempt, desk.client(3, "too long " * 20_000))
        store._db.execute("PRAGMA max_page_count = 1000000")
        assert len(store.resume(attempt).turns) == 3
        store.client_turn(attempt, desk.client(3, "shorter"))
        assert len(store.resume(attempt).turns) == 4


LIMITED = """
import resource, sys
from pathlib import Path
from steady.records import ClientTurn, Reading
from steady.store import DiskError, Store
store = Store.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
told = said = 0
for number in range(3, 40):
    text = "many words " * 4000
    try:
        store.client_turn(1, ClientTurn(number, text, Reading(text)))
        said += 1
    except DiskError:
        told += 1
print(said, told)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit to set there")
def test_a_disk_that_refuses_in_mid_write_is_told_and_the_history_stays_whole(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store)
    said, told = map(int, desk.run_elsewhere(LIMITED).split())
    assert told > 0
    with desk.open() as store:
        assert len(store.resume(attempt).turns) == 3 + said
        assert store._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_store_is_closed_with_its_block_and_closing_twice_is_harmless(desk: Desk) -> None:
    with desk.open() as store:
        desk.attempt(store)
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.unfinished()


def test_a_refused_opening_leaves_no_connection_behind(desk: Desk) -> None:
    filled(desk)
    with desk.raw() as raw:
        raw.execute("PRAGMA user_version = 99")
    refused(desk, StoreTooNewError)
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as raw:
        raw.execute("PRAGMA locking_mode = EXCLUSIVE")
        raw.execute("BEGIN EXCLUSIVE")  # would wait, and fail, if one were open
        raw.execute("ROLLBACK")
    assert [path.name for path in desk.path.parent.glob("steady.db*")] == ["steady.db"]
