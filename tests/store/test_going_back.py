from __future__ import annotations

from typing import TYPE_CHECKING

from steady.records import AidUsed, SelfRating
from steady.terms import Aid, Outcome

if TYPE_CHECKING:
    from store.conftest import Desk


def test_turns_gone_back_over_are_kept_and_their_numbers_used_again(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store)
        store.replace_from(attempt, 1)
        store.client_turn(attempt, desk.client(1, "second try"))
        store.replace_from(attempt, 1)
        store.client_turn(attempt, desk.client(1, "third try"))
        store.partner_turn(attempt, desk.partner(2, "All right."))
        resumed = store.resume(attempt)
        transcript = store.transcript(attempt)
    assert [(turn.number, turn.text) for turn in resumed.turns] == [
        (0, "Later when?"),
        (1, "third try"),
        (2, "All right."),
    ]
    assert [(said.turn.number, said.replaced) for said in transcript.turns] == [
        (0, 0),
        (1, 1),
        (2, 1),
        (1, 2),
        (1, 0),
        (2, 0),
    ]


def test_going_back_touches_no_other_attempt(desk: Desk) -> None:
    with desk.open() as store:
        mine, other = desk.attempt(store), desk.attempt(store)
        before = store.transcript(other)
        store.replace_from(mine, 0)
        assert store.resume(mine).turns == ()
        assert store.transcript(other) == before


def test_going_back_over_nothing_changes_nothing(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store)
        before = store.transcript(attempt)
        store.replace_from(attempt, 3)
        assert store.transcript(attempt) == before


def test_reopening_takes_the_end_back_and_leaves_the_words(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store)
        store.rate_self(attempt, "before", SelfRating(2, 8))
        turns = store.resume(attempt).turns
        store.end(attempt, desk.feedback(Outcome.GAVE_IN))
        store.rate_self(attempt, "after", SelfRating(5, 5))
        store.reopen(attempt)
        resumed = store.resume(attempt)
        assert (resumed.turns, resumed.ended) == (turns, None)
        assert (resumed.before, resumed.after) == (SelfRating(2, 8), None)
        assert store.transcript(attempt).feedback is None
        assert [each.attempt for each in store.unfinished()] == [attempt]
        assert store.practised() == ()
        assert store.trend() == ()
        store.reopen(attempt)  # nothing to take back: nothing happens
        assert store.resume(attempt) == resumed


def test_an_attempt_stays_aided_when_the_turn_it_helped_is_replaced(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store)
        store.aid_used(attempt, AidUsed(Aid.SAMPLE, 1))
        store.replace_from(attempt, 1)
        store.end(attempt, desk.feedback())
        assert store.transcript(attempt).aided
        assert [point.aided for point in store.trend()] == [True]


def test_only_what_stands_and_was_said_to_the_partner_is_counted(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store)
        store.client_turn(attempt, desk.client(3, "what do I do?", to_program=True))
        store.replace_from(attempt, 1)
        store.client_turn(attempt, desk.client(1, "again"))
        store.client_turn(attempt, desk.client(2, "help?", to_program=True))
        store.end(attempt, desk.feedback())
        assert store.totals().client_turns == 1
        assert store.attempts()[0].client_turns == 1
