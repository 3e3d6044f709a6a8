from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steady.records import (
    AidUsed,
    AttemptStart,
    ClientTurn,
    Feedback,
    Found,
    PartnerTurn,
    Practised,
    Reading,
    SelfRating,
    Stance,
)
from steady.store import NoSuchAttemptError, Store, StoreRefusedError
from steady.terms import Act, Aid, Danger, Ending, Move, Outcome, Rung

if TYPE_CHECKING:
    from store.conftest import Desk


def test_an_attempt_is_resumed_as_it_was_recorded(desk: Desk) -> None:
    start = desk.start()
    turns = (
        desk.partner(0),
        desk.client(1, reading=desk.full_reading()),
        desk.partner(2, "(sighs) Half past. [/] And if you don't?", Act.DOUBT_RETURN),
        desk.client(3, "wait", to_program=True),
        desk.client(4, "I can't go on", danger=Danger.SELF_HARM),
    )
    with desk.open() as store:
        attempt = store.begin(start)
        for turn in turns:
            if isinstance(turn, PartnerTurn):
                store.partner_turn(attempt, turn)
            else:
                store.client_turn(attempt, turn)
        store.aid_used(attempt, AidUsed(Aid.STARTER, 1))
        store.aid_used(attempt, AidUsed(Aid.BREATH, 3))
        store.rate_self(attempt, "before", SelfRating(3, None))
        store.keep_draft(attempt, "I was going to s")
    with desk.open() as store:
        resumed = store.resume(attempt)
    assert resumed.start == start
    assert resumed.turns == turns
    assert resumed.aids == (AidUsed(Aid.STARTER, 1), AidUsed(Aid.BREATH, 3))
    assert (resumed.before, resumed.after) == (SelfRating(3, None), None)
    assert resumed.draft == "I was going to s"
    assert resumed.ended is None


def test_a_reading_comes_back_whole_so_a_resumed_attempt_is_judged_alike(desk: Desk) -> None:
    reading = desk.full_reading()
    with desk.open() as store:
        attempt = store.begin(desk.start())
        store.client_turn(attempt, desk.client(0, reading=reading))
        (turn,) = store.resume(attempt).turns
    assert isinstance(turn, ClientTurn)
    assert turn.reading == reading


def test_a_transcript_holds_the_feedback_and_the_ratings(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store)
        store.end(attempt, desk.feedback())
        store.rate_self(attempt, "after", SelfRating(8, 2))
        transcript = store.transcript(attempt)
    assert transcript.feedback == desk.feedback()
    assert transcript.after == SelfRating(8, 2)
    assert transcript.start == desk.start()
    assert not transcript.aided
    assert [said.turn.number for said in transcript.turns] == [0, 1, 2]


def test_feedback_may_have_nothing_to_keep_and_nothing_to_change(desk: Desk) -> None:
    bare = Feedback(Outcome.STOPPED_EARLY, Ending.STOPPED, (), None, None)
    with desk.open() as store:
        attempt = store.begin(desk.start())
        store.end(attempt, bare)
        assert store.transcript(attempt).feedback == bare


def test_ending_again_replaces_what_was_shown(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store, Outcome.GAVE_IN)
        store.end(attempt, desk.feedback(Outcome.HELD, level=3))
        assert store.transcript(attempt).feedback == desk.feedback(Outcome.HELD, level=3)
        (rung,) = store.practised()
        assert (rung.times, rung.best_outcome) == (1, Outcome.HELD)


def test_a_turn_of_20_000_characters_is_kept_whole_and_found(desk: Desk) -> None:
    text = ("word " * 3999) + "last 🙂"
    assert len(text) > 20_000
    with desk.open() as store:
        attempt = store.begin(desk.start())
        store.client_turn(attempt, desk.client(0, text))
        store.keep_draft(attempt, text)
        assert store.resume(attempt).turns[0].text == text
        assert store.draft(attempt) == text
        assert len(store.search("last")) == 1


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_every_text_comes_back_as_it_was_said(theirs: str, mine: str) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "steady.db") as store,
    ):
        attempt = store.begin(
            AttemptStart(Practised("a", "b", theirs, mine), Rung.FIRM, 0, True, False, "plain")
        )
        store.partner_turn(attempt, PartnerTurn(0, theirs, None, Stance(0, 0, 0), theirs))
        store.client_turn(attempt, ClientTurn(1, mine, Reading(mine)))
        resumed = store.resume(attempt)
        store.search(mine)
    assert [turn.text for turn in resumed.turns] == [theirs, mine]
    assert resumed.start.scenario == Practised("a", "b", theirs, mine)


def test_half_a_character_costs_neither_the_sentence_nor_its_places(desk: Desk) -> None:
    text = "I need \ud83d a minute"
    with desk.open() as store:
        attempt = store.begin(desk.start())
        found = Found(Move.ASSERTS, 9, 17)
        store.client_turn(attempt, desk.client(0, text, Reading(text, (found,))))
        store.keep_draft(attempt, text)
        (turn,) = store.resume(attempt).turns
    assert turn.text == "I need \ufffd a minute"
    assert isinstance(turn, ClientTurn)
    assert turn.reading.words_of(Move.ASSERTS) == "a minute"


def test_a_draft_goes_when_it_is_said_and_when_it_is_emptied(desk: Desk) -> None:
    with desk.open() as store:
        first, second = store.begin(desk.start()), store.begin(desk.start())
        assert store.draft(first) == ""
        for attempt in (first, second):
            store.keep_draft(attempt, "half a sent")
            store.keep_draft(attempt, "half a sentence")
        store.client_turn(first, desk.client(0))
        assert (store.draft(first), store.draft(second)) == ("", "half a sentence")
        store.keep_draft(second, "")
        assert store.draft(second) == ""


def test_scripts_and_facts_are_kept_and_replaced(desk: Desk) -> None:
    with desk.open() as store:
        assert store.script("minute", Rung.FIRM) is None
        assert store.fact("first-run") is None
        store.keep_script("minute", Rung.FIRM, "I need a minute.")
        store.keep_script("minute", Rung.FIRM, "I need ten minutes.")
        store.keep_fact("first-run", "seen")
    with desk.open() as store:
        assert store.script("minute", Rung.FIRM) == "I need ten minutes."
        assert store.script("minute", Rung.GENTLE) is None
        assert store.fact("first-run") == "seen"


def test_times_are_kept_in_utc_to_the_millisecond(desk: Desk) -> None:
    there = timezone(timedelta(hours=-5))
    moment = datetime(2026, 11, 20, 3, 30, 1, 234_567, there)
    with Store.open(desk.path, clock=lambda: moment) as store:
        attempt = store.begin(desk.start())
        assert store.resume(attempt).started == datetime(2026, 11, 20, 8, 30, 1, 234_000, UTC)
    with desk.raw() as raw:
        assert raw.execute("SELECT started FROM attempts").fetchone() == (
            "2026-11-20T08:30:01.234Z",
        )


def test_a_changed_scenario_file_is_another_row_with_its_own_first_time(desk: Desk) -> None:
    with desk.open() as store:
        for content_hash in ("a1", "a1", "b2"):
            store.begin(desk.start(content_hash=content_hash))
    with desk.raw() as raw:
        rows = raw.execute("SELECT content_hash, first_practised FROM scenarios").fetchall()
    assert rows == [("a1", "2026-11-20T08:31:00.000Z"), ("b2", "2026-11-20T08:33:00.000Z")]


def test_an_attempt_that_is_not_there_is_named(desk: Desk) -> None:
    with desk.open() as store:
        for act in (
            lambda: store.partner_turn(9, desk.partner(0)),
            lambda: store.client_turn(9, desk.client(0)),
            lambda: store.replace_from(9, 0),
            lambda: store.aid_used(9, AidUsed(Aid.BREATH, 1)),
            lambda: store.rate_self(9, "before", SelfRating(1, 1)),
            lambda: store.keep_draft(9, "words"),
            lambda: store.end(9, desk.feedback()),
            lambda: store.reopen(9),
            lambda: store.forget_attempt(9),
            lambda: store.resume(9),
            lambda: store.transcript(9),
        ):
            with pytest.raises(NoSuchAttemptError, match="attempt 9"):
                act()


def test_a_refused_record_leaves_nothing_half_written(desk: Desk) -> None:
    with desk.open() as store:
        attempt = store.begin(desk.start())
        store.client_turn(attempt, desk.client(0, "first"))
        store.keep_draft(attempt, "second")
        with pytest.raises(StoreRefusedError):  # the number stands already
            store.client_turn(attempt, desk.client(0, "second", desk.full_reading()))
        with pytest.raises(StoreRefusedError):
            store.rate_self(attempt, "before", SelfRating(11, 0))
        with pytest.raises(StoreRefusedError, match="64 bits"):
            store.partner_turn(attempt, desk.partner(2**63))
        resumed = store.resume(attempt)
        assert [turn.text for turn in resumed.turns] == ["first"]
        assert resumed.draft == "second"
        store.client_turn(attempt, desk.client(1, "second"))  # and the store still works
