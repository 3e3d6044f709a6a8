"""Which line is carried."""

import pytest

from assigned import KIND, rehearsed
from steady.house import House
from steady.progress.carrying import card_for, carry_line, carry_words, lines_to_carry

OTHER = "I want to answer you, and I need the walk first. I'll be back at nine."
ID = "avoiding-me"


def carried(house: House) -> str | None:
    """The words on the card."""
    card = card_for(house.store, house.library, ID)
    return card.line if card else None


def test_without_a_rehearsal_there_is_no_card() -> None:
    with House() as house:
        assert carried(house) is None


def test_a_line_that_is_the_scenarios_own_script_is_not_carried() -> None:
    with House() as house:
        script = house.script(ID, next(iter(house.scenario(ID).rungs)))
    rehearsed(script)
    with House() as house:
        assert carried(house) is None


def test_a_chosen_line_stays_chosen_until_its_attempt_is_forgotten() -> None:
    first, second = rehearsed(KIND), rehearsed(OTHER)
    with House() as house:
        best, other = lines_to_carry(house.store, house.library, ID)
        carry_line(house.store, ID, other)
        assert carried(house) == other.text
        house.store.forget_attempt(other.attempt)
        assert carried(house) == best.text
        house.store.forget_attempt(best.attempt)
        assert carried(house) is None
    assert {first, second} == {best.attempt, other.attempt}


def test_words_written_for_the_card_stand_until_they_are_taken_away() -> None:
    rehearsed(KIND)
    with House() as house:
        carry_words(house.store, ID, " I need a minute.\x1b[31m ")
        assert carried(house) == "I need a minute."
        carry_words(house.store, ID, "  ")
        assert carried(house) == KIND


@pytest.mark.parametrize("kept", ["", "{", "[]", "7", '{"attempt": "x"}', "null"])
def test_a_choice_that_cannot_be_read_is_the_best_line(kept: str) -> None:
    rehearsed(KIND)
    with House() as house:
        house.store.keep_fact(f"card:{ID}", kept)
        assert carried(house) == KIND


def test_a_scenario_that_is_gone_still_has_the_clients_lines() -> None:
    rehearsed(KIND)
    with House() as house:
        house.library.shipped = house.places.data
        assert carried(house) == KIND
