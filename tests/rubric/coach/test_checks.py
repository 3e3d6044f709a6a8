"""What a model proposes to keep or to change is shown only where it may stand."""

from importlib.resources import files
from pathlib import Path

import pytest

from rubric.coach.talks import HELD, LATER, Said, attempt, exchanges, read
from steady.places import shipped_scenarios
from steady.records import Change
from steady.rubric.change import moments_of
from steady.rubric.coach.checks import Refused, Rewrite, checked_change, checked_keep
from steady.scenario.library import Library
from steady.scenario.model import Scenario
from steady.terms import Act, Rung

HEDGED: Said = (
    Act.DOUBT_RETURN,
    LATER,
    "Sorry, sorry, I might maybe need 20 minutes alone if that's ok. I'll be back at nine.",
)
NAGGED = HELD[2]
OURS = (files("steady.rubric") / "data" / "mends.toml").read_text("utf-8")
"""Every explanation that may be shown; a model's own is none of them."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Library(shipped_scenarios(), Path("/nowhere")).find("avoiding-me").scenario


def keep(turn: int, quote: str) -> str:
    return checked_keep(turn, quote, exchanges(*HELD), "Alex").quote


def change(scenario: Scenario, said: tuple[Said, ...], turn: int, instead: str, to: str) -> Change:
    moments = moments_of(exchanges(*said), scenario, Rung.GENTLE, read)
    return checked_change(Rewrite(turn, instead, to), moments)


def test_the_words_to_keep_are_the_clients_own_with_a_reason_that_code_gives() -> None:
    found = checked_keep(3, "i'll be back at HALF past eight", exchanges(*HELD), "Alex")
    assert found.quote == "I'll be back at half past eight"
    assert found.why == "You kept to the time when Alex pushed."


@pytest.mark.parametrize(
    ("turn", "quote", "why"),
    [
        (2, "Later when?", "no turn that was shown"),
        (3, "I'll be back at nine", "do not stand in the turn"),
        (5, "I need 20 minutes", "also hurts"),
        (3, "I know I have said", "show no move that helps"),
    ],
)
def test_words_that_may_not_be_praised_are_refused(turn: int, quote: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        keep(turn, quote)


def test_a_change_in_the_clients_own_words_that_reads_better_is_shown(scenario: Scenario) -> None:
    instead = "Sorry, sorry, I might maybe need 20 minutes alone if that's ok"
    found = change(scenario, (HEDGED,), 1, instead, "I need 20 minutes alone.")
    assert found.try_ == "I need 20 minutes alone. I'll be back at nine."
    assert found.instead == HEDGED[2]
    assert found.mends in OURS


@pytest.mark.parametrize(
    ("rewrite", "why"),
    [
        ("I need 20 minutes alone. I love you.", "not one sentence"),
        ("I need 20 minutes\nalone", "not one sentence"),
        ("", "not one sentence"),
        ("I need " + "20 minutes alone " * 12, "too long"),
        ("The garden would like some water this week", "not in the client's own words"),
        ("I need 40 minutes alone", "promises what the client did not"),
        ("I need 20 minutes alone and I promise I'll never need that again", "promises|own words"),
        ("I need 20 minutes alone, back at midnight", "promises what the client did not"),
        ("I maybe might need 20 minutes alone sorry sorry", "hurts or takes the ask back"),
        ("I need 20 minutes alone, you idiot", "hurts or takes the ask back"),
        ("You never leave me alone for 20 minutes", "hurts or takes the ask back"),
    ],
)
def test_a_change_that_may_not_stand_is_refused(scenario: Scenario, rewrite: str, why: str) -> None:
    instead = "Sorry, sorry, I might maybe need 20 minutes alone if that's ok"
    with pytest.raises(Refused, match=why):
        change(scenario, (HEDGED,), 1, instead, rewrite)


def test_a_change_of_other_turns_or_other_words_is_refused(scenario: Scenario) -> None:
    with pytest.raises(Refused, match="no turn that was shown"):
        change(scenario, (HEDGED,), 2, "Later when?", "Later.")
    with pytest.raises(Refused, match="do not stand in the turn"):
        change(scenario, (HEDGED,), 1, "I hate this", "I need this.")


def test_a_good_turn_is_not_changed(scenario: Scenario) -> None:
    with pytest.raises(Refused, match="does not read better"):
        change(scenario, HELD, 3, "I'll be back at half past eight", "I'm back at half past eight.")


def test_what_stings_is_left_out_and_the_ask_stays(scenario: Scenario) -> None:
    found = change(
        scenario, (NAGGED,), 1, "You always nag me. I need 20 minutes", "I need 20 minutes"
    )
    assert found.try_ == "I need 20 minutes, I'll be back."
    assert attempt(scenario).exchanges[2].reading.text == NAGGED[2]
