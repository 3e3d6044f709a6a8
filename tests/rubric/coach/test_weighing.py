"""How a model's reading and the embedded one are settled, by one rule."""

from steady.records import EMBEDDED, MODEL, Found, Reading
from steady.rubric.coach.quoting import span_of
from steady.rubric.coach.weighing import (
    BOTH_FOUND,
    DROPPED,
    NOT_QUOTED,
    PROPOSED,
    STANDS,
    UNLIKELY,
    Vote,
    credible,
    settled,
)
from steady.rubric.exchange import Exchange
from steady.terms import Act, Move

TEXT = "I hear you. I need 20 minutes, ok?"
ASK = (12, 29)


def exchange(number: int = 1, **likely: float) -> Exchange:
    """A turn in which moves were found from a probability of 0.3 on, all on the ask."""
    odds = {Move(name): probability for name, probability in likely.items()}
    found = tuple(Found(move, *ASK, p) for move, p in odds.items() if p >= 0.3)
    return Exchange(number, "Later when?", Act.PRESS, Reading(TEXT, found, 3.0, (), odds))


def settle(turn: Exchange, *votes: Vote) -> list[tuple[Move, str, bool, str]]:
    done = settled([turn], votes, {turn.number})
    assert {m.move for m in done.proposed if m.kept} == done.exchanges[0].reading.moves
    return [(m.move, m.reader, m.kept, m.why) for m in done.proposed]


def test_what_both_find_counts_with_the_words_that_the_model_quotes() -> None:
    turn = exchange(asserts=0.4)
    assert settle(turn, Vote(1, Move.ASSERTS, "I need 20 minutes")) == [
        (Move.ASSERTS, MODEL, True, BOTH_FOUND)
    ]
    (found,) = (
        settled([turn], [Vote(1, Move.ASSERTS, "20 minutes")], {1}).exchanges[0].reading.found
    )
    assert (TEXT[found.start : found.end], found.probability) == ("20 minutes", 0.7)


def test_what_the_model_alone_finds_counts_only_where_it_is_possible() -> None:
    quote = "I hear you"
    assert settle(exchange(validates=0.2), Vote(1, Move.VALIDATES, quote)) == [
        (Move.VALIDATES, MODEL, True, PROPOSED)
    ]
    assert settle(exchange(validates=0.19), Vote(1, Move.VALIDATES, quote)) == [
        (Move.VALIDATES, MODEL, False, UNLIKELY)
    ]
    assert settle(exchange(), Vote(1, Move.VALIDATES, quote)) == [
        (Move.VALIDATES, MODEL, False, UNLIKELY)
    ]


def test_what_the_embedded_reading_alone_finds_is_dropped_only_in_doubt() -> None:
    assert settle(exchange(blames=0.5)) == [(Move.BLAMES, EMBEDDED, True, STANDS)]
    assert settle(exchange(blames=0.49)) == [(Move.BLAMES, EMBEDDED, False, DROPPED)]
    (found,) = settled([exchange(blames=0.9)], [], {1}).exchanges[0].reading.found
    assert found.probability == 0.9  # as sure as before: hurting moves do not fade away


def test_a_quotation_that_does_not_stand_in_the_turn_counts_for_nothing() -> None:
    turn = exchange(asserts=0.45)
    assert settle(turn, Vote(1, Move.ASSERTS, "I want a divorce")) == [
        (Move.ASSERTS, MODEL, False, NOT_QUOTED),
        (Move.ASSERTS, EMBEDDED, False, DROPPED),
    ]


def test_turns_that_were_not_shown_stay_as_they_are() -> None:
    turns = [exchange(1, blames=0.4), exchange(3, blames=0.4)]
    done = settled(turns, [], {3})
    assert done.exchanges[0] == turns[0]
    assert [m.turn for m in done.proposed] == [3]


def test_a_model_that_misses_what_is_sure_is_not_weighed() -> None:
    turns = [exchange(1, asserts=0.95, commits=0.9), exchange(3, blames=0.6)]
    ask = Vote(1, Move.ASSERTS, "I need 20 minutes")
    assert not credible(turns, [])
    assert not credible(turns, [Vote(1, Move.ASSERTS, "words of another talk")])
    assert not credible(turns, [Vote(3, Move.ASSERTS, "I need 20 minutes")])
    assert credible(turns, [ask])
    assert credible([exchange(1, asserts=0.8)], [])  # nothing was sure


def test_quotations_are_found_whatever_the_case_and_the_marks() -> None:
    text = "Well—I’ve said  it:\nI'm TIRED. [sighs] 😐 Ich bin müde, 疲れた"
    for quote, found in [
        ("i've said it", "I’ve said  it"),
        ("said it: I'm tired", "said  it:\nI'm TIRED"),
        ("[sighs]", "sighs"),
        ("“müde”", "müde"),
        ("疲れた", "疲れた"),
    ]:
        span = span_of(quote, text)
        assert span is not None
        assert text[slice(*span)] == found
    for quote in ("", "...", "😐", "said that", "tire", "ve", "word " * 41):
        assert span_of(quote, text) is None
