"""What is praised, and why."""

from readings import reading
from steady.rubric.exchange import Exchange
from steady.rubric.keep import keep
from steady.terms import Act, Move


def exchange(number: int, text: str, *moves: Move, act: Act | None = Act.PRESS) -> Exchange:
    """One turn of the client."""
    return Exchange(number, "Well?", act, reading(text, *moves))


def test_nothing_is_praised_that_cannot_be_pointed_at() -> None:
    assert keep([], "Alex") is None
    assert keep([exchange(1, "k"), exchange(3, "whatever", Move.WITHDRAWS)], "Alex") is None


def test_a_kind_word_beside_an_attack_is_not_praised() -> None:
    assert keep([exchange(1, "I get it, but you always", Move.VALIDATES, Move.BLAMES)], "A") is None


def test_the_praise_names_what_the_partner_had_done() -> None:
    found = keep(
        [exchange(1, "I know, I've said it before", Move.VALIDATES, act=Act.DOUBT_RETURN)], "Alex"
    )
    assert found is not None
    assert "Alex's doubt" in found.why


def test_what_was_held_under_a_push_is_worth_more_than_what_came_easily() -> None:
    found = keep(
        [
            exchange(1, "I need a break", Move.ASSERTS, act=None),
            exchange(3, "I still need that break", Move.ASSERTS),
        ],
        "Alex",
    )
    assert found is not None
    assert (found.turn, found.quote) == (3, "I still need that break")


def test_every_sentence_of_praise_can_be_said_of_every_act() -> None:
    for move in (m for m in Move if m not in {Move.OFF_TASK}):
        for act in (None, *Act):
            found = keep([exchange(1, "some words", move, Move.DESCRIBES, act=act)], "Sam")
            if found is not None:
                assert "{" not in found.why
                assert found.why[0].isupper()
