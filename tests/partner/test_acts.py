"""What the partner does next."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from readings import reading
from steady.partner.acts import Choice, Moment, choose
from steady.partner.hearing import hear
from steady.partner.state import PartnerState
from steady.records import Reading
from steady.scenario.library import Found
from steady.terms import EASING, PUSHES, Act, Ending, Move, Rung

CALM = PartnerState(
    tension=0.2, heard=0.8, trust=0.8, reachable=True, pushes_left=0, pushes_made=2, asked=True
)
WOUND_UP = PartnerState(tension=0.6, heard=0.2, trust=0.3, reachable=True, pushes_left=2)
KIND = reading("I hear you, I'll come at eight", Move.VALIDATES, Move.ASSERTS, Move.COMMITS)


def chosen(
    found: Found, state: PartnerState, turn: Reading, rung: Rung = Rung.FIRM, seed: int = 0
) -> Choice:
    """The partner's choice after a turn, from a state already moved by it."""
    heard = hear(turn, found.scenario)
    return choose(Moment(found.scenario, rung, state, state, turn, heard), Random(seed))


def test_a_surrender_is_taken_and_the_scene_is_over(found: Found) -> None:
    choice = chosen(found, WOUND_UP, reading("fine, let's talk now", Move.YIELDS))
    assert (choice.act, choice.ending) == (Act.TAKE_THE_WIN, Ending.CLIENT_GAVE_IN)


def test_a_surrender_the_reader_is_unsure_of_does_not_end_the_scene(found: Found) -> None:
    choice = chosen(found, WOUND_UP, reading("well okay then", Move.YIELDS, probability=0.4))
    assert choice.ending is None


def test_an_attack_is_called_out_or_met_with_hurt_silence(found: Found) -> None:
    turn = reading("you always twist everything", Move.BLAMES)
    acts = {chosen(found, WOUND_UP, turn, seed=seed).act for seed in range(30)}
    assert acts == {Act.CALL_OUT, Act.GO_SILENT}


def test_heat_that_goes_on_ends_it(found: Found) -> None:
    choice = chosen(found, replace(WOUND_UP, strikes=3.0), reading("you idiot", Move.CONTEMPT))
    assert (choice.act, choice.ending) == (Act.LEAVE_HURT, Ending.CLIENT_BLEW_UP)


def test_one_hot_turn_alone_never_ends_it(found: Found) -> None:
    boiling = replace(WOUND_UP, tension=1.0, strikes=0.0)
    turn = reading("god, you're so needy, what is wrong with you", Move.CONTEMPT, Move.BLAMES)
    assert chosen(found, boiling, turn).ending is None


def test_silence_is_noticed_once_and_then_let_go(found: Found) -> None:
    quiet = reading("whatever", Move.WITHDRAWS)
    assert chosen(found, replace(WOUND_UP, withdrawals=1), quiet).act is Act.NOTICE_SILENCE
    gone = chosen(found, replace(WOUND_UP, withdrawals=2), quiet)
    assert (gone.act, gone.ending) == (Act.LET_GO, Ending.CLIENT_SHUT_DOWN)


def test_a_one_word_answer_is_noticed(found: Found) -> None:
    assert chosen(found, WOUND_UP, reading("k")).act is Act.NOTICE_SILENCE


def test_another_time_than_before_is_noticed(found: Found) -> None:
    state = replace(WOUND_UP, promised="at eight")
    turn = reading("let's say at nine", Move.COMMITS)
    assert chosen(found, state, turn).act is Act.NOTICE_CHANGE


def test_a_question_gets_an_answer_more_often_than_not(found: Found) -> None:
    turn = reading("What do you need from me?", Move.NEGOTIATES)
    acts = Counter(chosen(found, WOUND_UP, turn, seed=seed).act for seed in range(40))
    assert acts[Act.ANSWER] > 20


def test_no_kindness_wins_before_the_pushes_are_spent(found: Found) -> None:
    state = replace(CALM, pushes_left=1)
    for seed in range(40):
        assert chosen(found, state, KIND, seed=seed).act not in {
            Act.ACCEPT,
            Act.ACCEPT_WITH_CONDITION,
            Act.SOFTEN,
        }


def test_when_reached_the_partner_eases_then_sets_a_condition_then_accepts(found: Found) -> None:
    first = chosen(found, replace(CALM, last_acts=("press",), concern_shown=True), KIND)
    assert first.act is Act.SOFTEN
    second = chosen(found, replace(CALM, last_acts=("press", "soften")), KIND)
    assert (second.act, second.ending) == (Act.ACCEPT_WITH_CONDITION, None)
    third = chosen(found, replace(CALM, last_acts=("accept-with-condition",)), KIND)
    assert (third.act, third.ending) == (Act.ACCEPT, Ending.ACCEPTED_WITH_CONDITION)


def test_the_fear_underneath_shows_only_to_somebody_who_listens(found: Found) -> None:
    heard = replace(CALM, last_acts=("press",))
    assert any(chosen(found, heard, KIND, seed=s).act is Act.DISCLOSE for s in range(20))
    unheard = replace(CALM, heard=0.3, last_acts=("press",))
    assert all(chosen(found, unheard, KIND, seed=s).act is not Act.DISCLOSE for s in range(40))


def test_it_is_shown_once(found: Found) -> None:
    shown = replace(CALM, last_acts=("press",), concern_shown=True)
    assert all(chosen(found, shown, KIND, seed=s).act is not Act.DISCLOSE for s in range(40))


def test_a_partner_out_of_reach_never_accepts_and_leaves_in_the_end(found: Found) -> None:
    state = replace(CALM, reachable=False, concern_shown=True, heard=0.4)
    assert chosen(found, state, KIND).act not in EASING - {Act.WAVER}
    spent = replace(state, pushes_made=50)
    left = chosen(found, spent, KIND)
    assert (left.act, left.ending) == (Act.LEAVE_HURT, Ending.LEFT_HURT)


def test_nothing_is_agreed_while_nothing_was_asked(found: Found) -> None:
    state = replace(CALM, asked=False, concern_shown=True)
    turn = reading("that sounds lonely", Move.VALIDATES)
    for seed in range(20):
        assert chosen(found, state, turn, seed=seed).ending is None


def test_a_doubted_need_is_waved_away(found: Found) -> None:
    turn = reading("it's probably stupid", Move.UNDERCUTS)
    acts = Counter(chosen(found, WOUND_UP, turn, seed=seed).act for seed in range(200))
    plain = reading("I want to talk about it", Move.ASSERTS)
    others = Counter(chosen(found, WOUND_UP, plain, seed=seed).act for seed in range(200))
    assert acts[Act.MINIMISE] > 2 * others[Act.MINIMISE]


@pytest.mark.parametrize("rung", list(Rung))
def test_the_same_push_seldom_comes_twice_in_a_row(found: Found, rung: Rung) -> None:
    turn = reading("I want to talk about it", Move.ASSERTS)
    state = replace(WOUND_UP, last_acts=("press",))
    acts = Counter(chosen(found, state, turn, rung, seed).act for seed in range(200))
    assert acts[Act.PRESS] < 60
    assert set(acts) <= PUSHES | {Act.WAVER}


def test_in_a_probe_the_partner_turns_first_to_a_push_not_met_before(found: Found) -> None:
    turn = reading("I need a bit of quiet now", Move.ASSERTS)
    heard = hear(turn, found.scenario)
    probe = Moment(
        found.scenario, Rung.FIRM, WOUND_UP, WOUND_UP, turn, heard, frozenset({Act.MISREAD})
    )
    assert {choose(probe, Random(seed)).act for seed in range(20)} == {Act.MISREAD}
    done = replace(WOUND_UP, last_acts=(Act.MISREAD.value, Act.PRESS.value))
    after = replace(probe, before=done)
    assert len({choose(after, Random(seed)).act for seed in range(20)}) > 1
