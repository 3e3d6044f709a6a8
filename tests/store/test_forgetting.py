from __future__ import annotations

from typing import TYPE_CHECKING

from steady.records import AidUsed, SelfRating
from steady.terms import Aid, Outcome

if TYPE_CHECKING:
    from store.conftest import Desk

SECRET = "Quetzalcoatlus"

HOMEWORK = {"packs", "assignments", "shares", "shared_attempts", "shared_notes"}
"""What was asked, and that something was shared, is not a part of any attempt."""


# Another program looks: to open and close the file here would drop the locks held on it here.
LOOK = """
import sys
from pathlib import Path
files = list(Path(sys.argv[1]).parent.glob("steady.db*"))
print(len(files), any(sys.argv[2].lower().encode() in file.read_bytes().lower() for file in files))
"""


def look(desk: Desk) -> list[str]:
    """How many files the history is, and whether the secret stands in any of them."""
    return desk.run_elsewhere(LOOK, SECRET).split()


def test_a_forgotten_attempt_leaves_no_word_on_the_disk(desk: Desk) -> None:
    with desk.open() as store:
        for _ in range(20):
            desk.attempt(store, Outcome.HELD)
        attempt = desk.attempt(store, scenario=SECRET, line=f"{SECRET} said so")
        store.client_turn(attempt, desk.client(3, f"I saw {SECRET}"))
        store.aid_used(attempt, AidUsed(Aid.SCRIPT, 3))
        store.rate_self(attempt, "before", SelfRating(1, 9))
        store.keep_draft(attempt, f"and {SECRET} again")
        store.end(attempt, desk.feedback())
        assert look(desk) == ["3", "True"]
        store.forget_attempt(attempt)
        assert look(desk) == ["3", "False"]
        assert store.search(SECRET) == ()
        assert {each.scenario for each in store.practised()} == {"minute"}
    assert look(desk) == ["1", "False"]


def test_forgetting_leaves_other_attempts_and_the_script_as_they_were(desk: Desk) -> None:
    with desk.open() as store:
        kept, gone = desk.attempt(store, Outcome.GAVE_IN), desk.attempt(store, Outcome.HELD)
        store.keep_script("minute", desk.start().rung, "I need a minute.")
        before = store.transcript(kept)
        store.forget_attempt(gone)
        assert store.transcript(kept) == before
        assert store.script("minute", desk.start().rung) == "I need a minute."
        (rung,) = store.practised()
        assert (rung.times, rung.last_outcome, rung.best_outcome) == (
            1,
            Outcome.GAVE_IN,
            Outcome.GAVE_IN,
        )


def test_a_forgotten_number_is_never_given_to_another_attempt(desk: Desk) -> None:
    with desk.open() as store:
        gone = desk.attempt(store)
        store.forget_attempt(gone)
    with desk.open() as store:
        assert desk.attempt(store) > gone


def test_every_table_about_an_attempt_is_emptied(desk: Desk) -> None:
    with desk.open() as store:
        attempt = store.begin(desk.start())
        store.client_turn(attempt, desk.client(1, reading=desk.full_reading()))
        store.aid_used(attempt, AidUsed(Aid.BREATH, 0))
        store.rate_self(attempt, "after", SelfRating(1, 1))
        store.end(attempt, desk.feedback())
        store.keep_draft(attempt, "words")
        store.keep_field_note("minute", "yes", "It went well.", attempt=attempt)
        about = [
            table
            for table in store._db.table_names()
            if not table.startswith(("sqlite_", "_sqlite", "turns_fts"))
            and table not in {"scripts", "facts", "model_requests", *HOMEWORK}
        ]
        assert all(store._db.table(table).count for table in about)
        store.forget_attempt(attempt)
        assert {table: store._db.table(table).count for table in about} == dict.fromkeys(about, 0)
