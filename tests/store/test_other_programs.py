"""More than one program at one history, and programs that end in the middle of a sentence."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from steady.records import ClientTurn
from steady.terms import Outcome

if TYPE_CHECKING:
    from store.conftest import Desk

TALK = """
import sys
from pathlib import Path
from steady.records import *
from steady.store import Store
from steady.terms import *

path, name, exchanges = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
store = Store.open(path, patience=60.0)
start = AttemptStart(Practised(name, "a1", name, "partner"), Rung.FIRM, 7, True, False, "plain")
attempt = store.begin(start)
print(attempt, flush=True)
number = 0
for exchange in range(exchanges):
    store.partner_turn(
        attempt, PartnerTurn(number, f"{name} asks {exchange}", None, Stance(0, 0, 0), "{}")
    )
    print(number, flush=True)
    text = f"{name} answers {exchange}"
    store.keep_draft(attempt, text[:9])
    store.client_turn(
        attempt, ClientTurn(number + 1, text, Reading(text, (Found(Move.ASSERTS, 0, 4),)))
    )
    print(number + 1, flush=True)
    number += 2
store.end(attempt, Feedback(Outcome.HELD, Ending.ACCEPTED, (), None, None))
store.close()
"""


def test_programs_that_write_at_once_lose_nothing_to_each_other(desk: Desk) -> None:
    """They also make the file at once: whoever is second waits for the first."""
    names, exchanges = ("ada", "ben", "cleo"), 60
    with ExitStack() as running:
        others = [
            running.enter_context(desk.elsewhere(TALK, name, str(exchanges))) for name in names
        ]
        for other in others:
            assert other.stdout is not None
            assert other.stdout.readline() == "ready\n"
        for other in others:
            assert other.stdin is not None
            other.stdin.write("\n")
            other.stdin.flush()
        for other in others:
            _, err = other.communicate(timeout=120)
            assert other.returncode == 0, err
    with desk.open() as store:
        found = {each.scenario: each.attempt for each in store.attempts()}
        assert set(found) == set(names)
        for name, attempt in found.items():
            said = [turn.text for turn in store.resume(attempt).turns]
            assert said == [
                f"{name} {does} {exchange}"
                for exchange in range(exchanges)
                for does in ("asks", "answers")
            ]
            assert len(store.search(f"{name} answers", limit=1000)) == exchanges
        assert store.totals().finished == len(names)
    assert len(list(desk.path.parent.glob("steady.db.before-*"))) == 0


@pytest.mark.parametrize("heard", [1, 2, 3, 8, 41])
def test_a_program_killed_in_mid_talk_loses_no_turn_it_had_recorded(desk: Desk, heard: int) -> None:
    desk.open().close()
    with desk.elsewhere(TALK, "ada", "1000") as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "ready\n"
        other.stdin.write("\n")
        other.stdin.flush()
        attempt = int(other.stdout.readline())
        for number in range(heard):
            assert int(other.stdout.readline()) == number
        other.kill()
    with desk.open() as store:
        assert [each.attempt for each in store.unfinished()] == [attempt]
        resumed = store.resume(attempt)
        assert len(resumed.turns) >= heard
        assert [turn.number for turn in resumed.turns] == list(range(len(resumed.turns)))
        assert all(
            turn.reading.found for turn in resumed.turns if isinstance(turn, ClientTurn)
        )  # a turn is there with its reading or not at all
        store.partner_turn(attempt, desk.partner(len(resumed.turns)))  # and the talk goes on
        store.end(attempt, desk.feedback(Outcome.HELD))
        assert store._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_clients_words_stand_when_the_partner_never_answered(desk: Desk) -> None:
    script = TALK.partition("number = 0\n")[0] + (
        "text = 'I need a minute'\n"
        "store.client_turn(attempt, ClientTurn(0, text, Reading(text)))\n"
        "import os, signal\n"
        "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))\n"
    )
    with desk.elsewhere(script, "ada", "0") as other:
        out, _ = other.communicate("\n", timeout=60)
    assert other.returncode != 0
    with desk.open() as store:
        (turn,) = store.resume(int(out.split()[1])).turns
    assert isinstance(turn, ClientTurn)
    assert turn.text == "I need a minute"


def test_a_query_sees_one_state_while_another_writes(desk: Desk) -> None:
    with desk.open() as mine, desk.open() as theirs:
        attempt = desk.attempt(mine)
        with mine._reading() as db:
            assert len(mine._said(db, attempt, standing_only=True)) == 3
            theirs.client_turn(attempt, desk.client(3))
            assert len(mine._said(db, attempt, standing_only=True)) == 3
        assert len(mine.resume(attempt).turns) == 4


def test_a_store_belongs_to_the_thread_that_opened_it(desk: Desk) -> None:
    told: list[Exception] = []

    def ask() -> None:
        try:
            store.unfinished()
        except sqlite3.ProgrammingError as mistake:
            told.append(mistake)

    with desk.open() as store:
        other = threading.Thread(target=ask)
        other.start()
        other.join()
    assert len(told) == 1


LOADED = """
import sys
from pathlib import Path
from steady.store import Store
store = Store.open(Path(sys.argv[1]))
store.unfinished(), store.practised(), store.totals(), store.trend()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_what_home_asks_loads_next_to_nothing(desk: Desk) -> None:
    desk.open().close()
    loaded = set(desk.run_elsewhere(LOADED).split())
    assert "sqlite3" in loaded
    assert not {"sqlite_utils", "pydantic", "textual", "numpy", "openai"} & loaded
