"""The client's own lines, and the pushes they have met."""

import pytest

from steady.records import AidUsed, Reading
from steady.store import StoreDamagedError
from steady.terms import Act, Aid, Danger, Move, Outcome, Rung
from store.conftest import SENTENCE, Desk


def test_only_lines_said_to_the_partner_that_stand_are_the_clients_own(desk: Desk) -> None:
    with desk.open() as store:
        attempt = store.begin(desk.start())
        store.partner_turn(attempt, desk.partner(0))
        store.client_turn(attempt, desk.client(1, "taken back"))
        store.replace_from(attempt, 1)
        store.client_turn(attempt, desk.client(1, SENTENCE, desk.full_reading()))
        store.client_turn(attempt, desk.client(2, "what do I say", to_program=True))
        store.client_turn(attempt, desk.client(3, "dark words", danger=Danger.SELF_HARM))
        store.client_turn(attempt, desk.client(4, "", Reading("", quality=1.0)))
        assert store.own_lines("minute") == ()  # not finished
        store.end(attempt, desk.feedback())
        last, first = store.own_lines("minute")
    assert (first.text, first.number, first.rung) == (SENTENCE, 1, Rung.FIRM)
    assert first.moves == {Move.ASSERTS, Move.VALIDATES, Move.COMMITS}
    assert (first.quality, first.aided, first.attempt_aided) == (4.25, False, False)
    assert (last.text, last.moves) == ("", frozenset())


def test_a_hint_marks_its_line_and_its_attempt(desk: Desk) -> None:
    with desk.open() as store:
        attempt = store.begin(desk.start())
        store.partner_turn(attempt, desk.partner(0))
        store.aid_used(attempt, AidUsed(Aid.SAMPLE, 1))
        store.client_turn(attempt, desk.client(1))
        store.client_turn(attempt, desk.client(3))
        store.end(attempt, desk.feedback())
        later, hinted = store.own_lines("minute")
    assert (hinted.aided, hinted.attempt_aided) == (True, True)
    assert (later.aided, later.attempt_aided) == (False, True)


def test_own_lines_come_from_one_scenario_and_the_latest_attempts(desk: Desk) -> None:
    with desk.open() as store:
        attempts = [desk.attempt(store, Outcome.HELD) for _ in range(3)]
        desk.attempt(store, Outcome.HELD, scenario="doodle")
        assert [line.attempt for line in store.own_lines("minute", 2)] == attempts[:0:-1]


def test_pushes_met_are_told_by_scenario_and_rung(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store, Outcome.HELD)
        store.replace_from(attempt, 1)
        store.partner_turn(attempt, desk.partner(2, act=Act.GUILT))
        assert store.pushes_met("minute", Rung.FIRM) == {Act.PRESS, Act.GUILT}
        assert store.pushes_met("minute", Rung.FIRM, before=attempt + 1) == {Act.PRESS, Act.GUILT}
        assert store.pushes_met("minute", Rung.FIRM, before=attempt) == frozenset()
        assert store.pushes_met("minute", Rung.ACCUSED) == frozenset()
        assert store.pushes_met("doodle", Rung.FIRM) == frozenset()


def test_a_word_that_is_not_known_is_a_fault_with_a_sentence(desk: Desk) -> None:
    with desk.open() as store:
        desk.attempt(store, Outcome.HELD)
    with desk.raw() as db:
        db.execute("UPDATE turns SET act = 'shrug' WHERE act IS NOT NULL")
    with desk.open() as store, pytest.raises(StoreDamagedError, match="shrug"):
        store.pushes_met("minute", Rung.FIRM)
