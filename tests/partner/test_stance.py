"""How turns move the partner's stance."""

from dataclasses import replace
from random import Random

import pytest

from readings import reading
from steady.partner.hearing import hear
from steady.partner.stance import changed_promise, moved, remembered, starting_state
from steady.partner.state import PartnerState
from steady.partner.tables import effects
from steady.scenario.library import Found
from steady.terms import HELPING, Move, Rung

STATE = PartnerState(tension=0.5, heard=0.3, trust=0.3, reachable=True, pushes_left=2)


@pytest.mark.parametrize("move", sorted(HELPING - {Move.ASSERTS}))
def test_a_helping_move_never_raises_tension(found: Found, move: Move) -> None:
    after = moved(STATE, reading("something kind", move), found.scenario.partner)
    assert after.tension <= STATE.tension
    assert after.heard >= STATE.heard


@pytest.mark.parametrize("move", [Move.BLAMES, Move.CONTEMPT, Move.THREATENS, Move.WITHDRAWS])
def test_a_hurting_move_raises_tension_and_lowers_felt_heard(found: Found, move: Move) -> None:
    after = moved(STATE, reading("something hard", move), found.scenario.partner)
    assert after.tension > STATE.tension
    assert after.heard < STATE.heard


def test_a_named_return_builds_trust_more_than_anything_else(found: Found) -> None:
    neutral = found.scenario.partner.model_copy(update={"softens": [Move.DESCRIBES]})
    trust = {m: moved(STATE, reading("x y", m), neutral).trust for m in Move}
    assert max(trust, key=lambda move: trust[move]) is Move.COMMITS


def test_what_softens_this_partner_reaches_further(found: Found) -> None:
    partner = found.scenario.partner
    soft = partner.model_copy(update={"softens": [Move.VALIDATES]})
    hard = partner.model_copy(update={"softens": [Move.DESCRIBES]})
    turn = reading("that sounds lonely", Move.VALIDATES)
    assert moved(STATE, turn, soft).heard > moved(STATE, turn, hard).heard


def test_a_quick_temper_flares_further_than_a_slow_one(found: Found) -> None:
    partner = found.scenario.partner.model_copy(update={"inflames": [Move.YIELDS]})
    turn = reading("you always do this", Move.BLAMES)
    quick = moved(STATE, turn, partner.model_copy(update={"temper": 1.0})).tension
    slow = moved(STATE, turn, partner.model_copy(update={"temper": 0.0})).tension
    assert quick > slow > STATE.tension


def test_the_same_kindness_twice_in_a_row_counts_for_less(found: Found) -> None:
    turn = reading("I hear you", Move.VALIDATES)
    once = moved(STATE, turn, found.scenario.partner)
    again = moved(replace(once, heard=STATE.heard), turn, found.scenario.partner)
    assert STATE.heard < again.heard < once.heard


def test_stance_stays_between_nothing_and_everything(found: Found) -> None:
    state = STATE
    for _ in range(20):
        state = moved(state, reading("ugh", Move.CONTEMPT, Move.THREATENS), found.scenario.partner)
    assert (state.tension, state.heard, state.trust) == (1.0, 0.0, 0.0)


def test_two_evenings_start_a_little_differently(found: Found) -> None:
    starts = {starting_state(found.scenario, Rung.FIRM, Random(seed)).tension for seed in range(5)}
    assert len(starts) == 5
    middle = found.scenario.rungs[Rung.FIRM].tension
    assert all(abs(tension - middle) <= 0.05 for tension in starts)


def test_the_promise_is_remembered_and_a_changed_one_noticed(found: Found) -> None:
    first = reading("I'll come at eight", Move.COMMITS)
    state = remembered(STATE, first, hear(first, found.scenario))
    assert state.promised == "at eight"
    later = hear(reading("make it at nine", Move.COMMITS), found.scenario)
    same = hear(reading("at eight, as I said", Move.COMMITS), found.scenario)
    assert changed_promise(state, later)
    assert not changed_promise(state, same)


def test_one_silence_is_remembered_until_the_client_speaks(found: Found) -> None:
    quiet = reading("whatever", Move.WITHDRAWS)
    state = remembered(STATE, quiet, hear(quiet, found.scenario))
    assert state.withdrawals == 1
    spoken = reading("I need a minute", Move.ASSERTS)
    assert remembered(state, spoken, hear(spoken, found.scenario)).withdrawals == 0


def test_every_effect_says_why() -> None:
    assert set(effects().of) == set(Move)
    assert all(effect.because.endswith((".", ")", "'")) for effect in effects().of.values())


def test_a_state_survives_being_stored() -> None:
    state = replace(STATE, promised="at eight", last_acts=("press",), said=("Hm.", "Later?"))
    assert PartnerState.from_json(state.to_json()) == state
