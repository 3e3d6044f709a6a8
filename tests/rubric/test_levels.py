"""Levels from moves."""

from readings import reading
from steady.records import Level
from steady.rubric.anchors import anchor, meaning
from steady.rubric.exchange import Exchange
from steady.rubric.levels import levels
from steady.terms import Act, Criterion, Ending, Move

V, A, C, E, R = Move.VALIDATES, Move.ASSERTS, Move.COMMITS, Move.EXPRESSES, Move.REASSURES


def attempt(*turns: tuple[Move, ...], words: str = "some words of mine") -> list[Exchange]:
    """Client's turns by their moves; the partner opens, then presses."""
    return [
        Exchange(2 * n + 1, "Well?", Act.PRESS if n else None, reading(words, *moves))
        for n, moves in enumerate(turns)
    ]


def said(*turns: tuple[str, tuple[Move, ...]]) -> list[Exchange]:
    """Client's turns by their words and moves."""
    return [
        Exchange(2 * n + 1, "Well?", Act.PRESS if n else None, reading(words, *moves))
        for n, (words, moves) in enumerate(turns)
    ]


def level(
    criterion: Criterion,
    exchanges: list[Exchange],
    ending: Ending = Ending.ACCEPTED,
    matters: tuple[Criterion, ...] = (Criterion.RETURN,),
) -> int | None:
    """The level of one criterion."""
    return rated(criterion, exchanges, ending, matters).level


def rated(
    criterion: Criterion,
    exchanges: list[Exchange],
    ending: Ending = Ending.ACCEPTED,
    matters: tuple[Criterion, ...] = (Criterion.RETURN,),
) -> Level:
    """One criterion with its evidence."""
    return next(x for x in levels(exchanges, ending, matters) if x.criterion is criterion)


def test_with_nothing_said_nothing_is_rated() -> None:
    assert all(found.level is None for found in levels([], Ending.STOPPED, ()))


def test_validation_grows_with_how_often_the_other_was_taken_in() -> None:
    assert level(Criterion.VALIDATION, attempt((A,), (A,))) == 0
    assert level(Criterion.VALIDATION, attempt((A,), (A,), (V,), (A,))) == 1
    assert level(Criterion.VALIDATION, attempt((V, A), (A,), (A,))) == 2
    assert level(Criterion.VALIDATION, attempt((V, A), (V, A), (A,))) == 3


def test_taking_in_beside_an_attack_counts_for_little() -> None:
    assert level(Criterion.VALIDATION, attempt((V, Move.BLAMES), (A,))) == 1


def test_own_voice_needs_a_feeling_and_a_need_without_blame() -> None:
    assert level(Criterion.OWN_VOICE, attempt((Move.BLAMES,))) == 0
    assert level(Criterion.OWN_VOICE, attempt((E, Move.BLAMES))) == 1
    assert level(Criterion.OWN_VOICE, attempt((A,))) == 2
    assert level(Criterion.OWN_VOICE, attempt((A,), (E,))) == 3


def test_an_ask_counts_more_when_it_is_said_again_and_less_when_taken_back() -> None:
    assert level(Criterion.CLEAR_ASK, attempt((V,))) == 0
    assert level(Criterion.CLEAR_ASK, attempt((A,), (Move.YIELDS,))) == 1
    assert level(Criterion.CLEAR_ASK, attempt((A, Move.UNDERCUTS))) == 1
    assert level(Criterion.CLEAR_ASK, attempt((A,), (V,))) == 2
    assert level(Criterion.CLEAR_ASK, attempt((A,), (A,))) == 3


def test_a_return_is_named_then_kept() -> None:
    eight = ("I'll be there at eight", (A, C))
    nine = ("make it at nine", (C,))
    assert level(Criterion.RETURN, attempt((A,))) == 0
    assert level(Criterion.RETURN, said(eight)) == 2
    assert level(Criterion.RETURN, said(eight, eight)) == 3
    assert level(Criterion.RETURN, said(eight, nine)) == 1
    assert level(Criterion.RETURN, said(eight, ("okay, now then", (Move.YIELDS,)))) == 1


def test_no_return_is_asked_of_a_talk_that_needs_none() -> None:
    assert level(Criterion.RETURN, attempt((A,)), matters=()) is None


def test_holding_steady_is_meeting_each_push_again() -> None:
    assert level(Criterion.HOLDS_STEADY, attempt((A,))) is None
    assert level(Criterion.HOLDS_STEADY, attempt((A,), (V, A), (A,))) == 3
    assert level(Criterion.HOLDS_STEADY, attempt((A,), (A,), (Move.DEFENDS,))) == 2
    assert level(Criterion.HOLDS_STEADY, attempt((A,), (Move.DEFENDS,), (Move.BLAMES,), (A,))) == 1
    gave_in = attempt((A,), (Move.YIELDS,))
    assert level(Criterion.HOLDS_STEADY, gave_in, Ending.CLIENT_GAVE_IN) == 0


def test_respect_falls_with_every_blow() -> None:
    assert level(Criterion.RESPECT, attempt((V, A))) == 3
    assert level(Criterion.RESPECT, attempt((A,), (Move.BLAMES,))) == 2
    assert level(Criterion.RESPECT, attempt((A,), (Move.CONTEMPT,))) == 1
    assert level(Criterion.RESPECT, attempt((Move.CONTEMPT,), (Move.THREATENS,))) == 0


def test_saying_next_to_nothing_is_not_rated_as_respect() -> None:
    assert level(Criterion.RESPECT, attempt(())) is None


def test_few_words_counts_apology_hedging_and_length() -> None:
    long = ("and another thing " * 30, (A,))
    assert level(Criterion.FEW_WORDS, attempt((A,), (A,))) == 3
    assert level(Criterion.FEW_WORDS, attempt((A,), (A, Move.OVER_APOLOGISES))) == 2
    assert level(Criterion.FEW_WORDS, said(long, ("maybe", (A, Move.UNDERCUTS)))) == 0
    assert level(Criterion.FEW_WORDS, attempt((V,))) is None


def test_a_level_shows_the_words_that_earned_it() -> None:
    found = rated(Criterion.RETURN, said(("I'll be there at eight", (A, C))))
    assert (found.evidence, found.turn) == ("I'll be there at eight", 1)


def test_every_criterion_has_four_anchors_and_a_word_for_not_rated() -> None:
    for criterion in Criterion:
        assert len(anchor(criterion).levels) == 4
        assert meaning(criterion, None) == anchor(criterion).unrated
        assert meaning(criterion, 3) == anchor(criterion).levels[3]
