"""The criteria of the return."""

from readings import reading
from steady.rubric.exchange import Exchange
from steady.rubric.levels import levels
from steady.rubric.outcome import outcome
from steady.terms import CRITERIA, Act, Criterion, Ending, Move, Outcome, Part

V, E, A = Move.VALIDATES, Move.EXPRESSES, Move.ASSERTS


def turns(*said: tuple[str, tuple[Move, ...]], act: Act | None = None) -> list[Exchange]:
    """The client's turns in a return."""
    return [
        Exchange(2 * n + 1, "(waits)", act if n else None, reading(words, *moves))
        for n, (words, moves) in enumerate(said)
    ]


def level(criterion: Criterion, exchanges: list[Exchange]) -> int | None:
    """The level of one criterion."""
    found = levels(exchanges, Ending.ACCEPTED, (), Part.RETURN)
    assert [each.criterion for each in found] == list(CRITERIA[Part.RETURN])
    return next(each.level for each in found if each.criterion is criterion)


def test_coming_back_and_saying_so_is_keeping_the_time() -> None:
    assert level(Criterion.KEPT_TIME, turns(("I said 20 minutes, here I am", (A,)))) == 3
    assert level(Criterion.KEPT_TIME, turns(("so, about this afternoon", (A,)))) == 2
    put_off = turns(("can we leave it, I'm tired", (Move.YIELDS,)))
    assert level(Criterion.KEPT_TIME, put_off) == 0


def test_an_opening_is_soft_or_hard() -> None:
    assert level(Criterion.SOFT_OPENING, turns(("I missed you", (E,)))) == 3
    assert level(Criterion.SOFT_OPENING, turns(("so, where were we", (A,)))) == 2
    assert level(Criterion.SOFT_OPENING, turns(("I was busy, okay", (Move.DEFENDS,)))) == 1
    assert level(Criterion.SOFT_OPENING, turns(("you always win", (Move.BLAMES,)))) == 0


def test_going_back_to_the_matter_takes_both_sides() -> None:
    assert level(Criterion.BACK_TO_MATTER, turns(("hm", ()))) == 0
    assert level(Criterion.BACK_TO_MATTER, turns(("how was it for you?", ()))) == 2
    both = turns(("I froze", (E,)), ("that must have been long", (V,)))
    assert level(Criterion.BACK_TO_MATTER, both) == 3


def test_a_return_is_held_shakily_after_a_hot_turn() -> None:
    calm, hot = turns(("I missed you", (E,))), turns(("you always win", (Move.BLAMES,)))
    assert outcome(calm, Ending.ACCEPTED, Part.RETURN) is Outcome.HELD
    assert outcome([*hot, *calm], Ending.ACCEPTED, Part.RETURN) is Outcome.HELD_SHAKILY
