from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from steady.records import ModelRequest, PartnerTurn, Usage
from steady.terms import Act

if TYPE_CHECKING:
    from store.conftest import Desk


def request(
    attempt: int | None, sent: int = 40, cost: float | None = 0.5, fault: str | None = None
) -> ModelRequest:
    return ModelRequest(attempt, "voice", "a.example", "tiny", sent, 7, False, cost, fault)


def test_what_an_attempt_used_is_summed_up(desk: Desk) -> None:
    with desk.open() as store:
        attempt, other = desk.attempt(store), desk.attempt(store)
        assert store.usage_of(attempt) == Usage()
        store.record_request(request(attempt))
        store.record_request(request(attempt, sent=0, cost=None, fault="busy"))
        store.record_request(request(other, sent=9))
        store.record_request(request(None))
    with desk.open() as store:
        assert store.usage_of(attempt) == Usage(2, 40, 14, False, 0.5)
        assert store.usage_of(attempt).tokens == 54


def test_what_was_used_since_a_moment(desk: Desk) -> None:
    with desk.open() as store:
        store.record_request(request(None))
        moment = desk.clock.now + timedelta(seconds=30)
        store.record_request(request(None, sent=1, cost=None))
        assert store.usage_since(moment) == Usage(1, 1, 7, False, None)
        assert store.usage_since(moment + timedelta(days=1)) == Usage()


def test_what_was_used_outlives_the_attempt_but_names_it_no_more(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store)
        before = desk.clock.now
        store.record_request(request(attempt))
        store.forget_attempt(attempt)
        assert store.usage_of(attempt) == Usage()
        store.record_request(request(attempt))  # a reply that was still on its way
        assert store.usage_since(before).requests == 2
        assert store.usage_of(attempt) == Usage()


def test_why_the_embedded_words_were_used_is_kept(desk: Desk) -> None:
    stance = desk.partner(0).stance
    turns = (
        PartnerTurn(0, "Later when?", None, stance, "{}"),
        PartnerTurn(1, "When?", Act.PRESS, stance, "{}", "model"),
        PartnerTurn(2, "And?", Act.PRESS, stance, "{}", "embedded", "The model is busy."),
    )
    with desk.open() as store:
        attempt = store.begin(desk.start())
        for turn in turns:
            store.partner_turn(attempt, turn)
        assert store.resume(attempt).turns == turns
