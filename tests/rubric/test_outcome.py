"""How the client came out of it."""

import pytest

from readings import reading
from steady.rubric.exchange import Exchange
from steady.rubric.outcome import outcome
from steady.terms import Act, Ending, Move, Outcome


def turns(*moves: tuple[Move, ...]) -> list[Exchange]:
    """Client's turns, the partner pressing throughout."""
    return [
        Exchange(2 * i + 1, "Well?", Act.PRESS, reading("words", *each))
        for i, each in enumerate(moves)
    ]


STEADY = turns((Move.ASSERTS,), (Move.VALIDATES, Move.ASSERTS), (Move.ASSERTS, Move.COMMITS))


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (Ending.ACCEPTED, Outcome.HELD),
        (Ending.ACCEPTED_WITH_CONDITION, Outcome.HELD),
        (Ending.LEFT_HURT, Outcome.STOPPED_EARLY),
        (Ending.CLIENT_GAVE_IN, Outcome.GAVE_IN),
        (Ending.CLIENT_BLEW_UP, Outcome.BLEW_UP),
        (Ending.CLIENT_SHUT_DOWN, Outcome.SHUT_DOWN),
        (Ending.STOPPED, Outcome.STOPPED_EARLY),
    ],
)
def test_a_steady_client_by_how_the_scene_ended(ending: Ending, expected: Outcome) -> None:
    assert outcome(STEADY, ending) is expected


def test_a_wobble_on_the_way_is_held_shakily() -> None:
    wobbly = turns((Move.ASSERTS,), (Move.DEFENDS,), (Move.ASSERTS,), (Move.VALIDATES,))
    assert outcome(wobbly, Ending.ACCEPTED) is Outcome.HELD_SHAKILY


def test_without_an_ask_nothing_was_held() -> None:
    sorry = turns((Move.OVER_APOLOGISES,), (Move.OVER_APOLOGISES,))
    hot = turns((Move.BLAMES,), (Move.DEFENDS,))
    silent = turns((), (Move.WITHDRAWS,))
    assert outcome(sorry, Ending.LEFT_HURT) is Outcome.GAVE_IN
    assert outcome(hot, Ending.LEFT_HURT) is Outcome.BLEW_UP
    assert outcome(silent, Ending.LEFT_HURT) is Outcome.SHUT_DOWN


def test_agreeing_to_a_condition_is_not_giving_way() -> None:
    agreed = [
        *STEADY,
        Exchange(9, "If you text me.", Act.ACCEPT_WITH_CONDITION, reading("ok deal", Move.YIELDS)),
    ]
    assert outcome(agreed, Ending.ACCEPTED_WITH_CONDITION) is Outcome.HELD
