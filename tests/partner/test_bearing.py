"""Whether a line pushes or eases: the shipped lines, and lines as language models say them."""

import tomllib
from pathlib import Path

import pytest

from partner.lines import every_line_by_act
from steady.partner.bearing import goes_against
from steady.terms import PUSHES, Act

ACCEPTS = (Act.ACCEPT, Act.ACCEPT_WITH_CONDITION)
MODEL_LINES = tomllib.loads(Path(__file__).with_name("model_lines.toml").read_text("utf-8"))


def refused(act: Act, line: str) -> bool:
    return goes_against(act, line, whole=True) is not None


@pytest.mark.parametrize("act", sorted(PUSHES))
def test_every_shipped_push_passes_as_a_push(act: Act) -> None:
    assert [line for line in every_line_by_act()[act] if refused(act, line)] == []


@pytest.mark.parametrize("act", ACCEPTS)
def test_every_shipped_accept_passes_as_an_accept(act: Act) -> None:
    assert [line for line in every_line_by_act()[act] if refused(act, line)] == []


def test_most_shipped_accepts_are_no_push_and_many_pushes_no_accept() -> None:
    lines = every_line_by_act()
    accepts = [line for act in ACCEPTS for line in lines[act]]
    pushes = [line for act in PUSHES for line in lines[act]]
    told = sum(refused(Act.PRESS, line) for line in accepts) / len(accepts)
    told_pushes = sum(refused(Act.ACCEPT, line) for line in pushes) / len(pushes)
    # Many shipped lines are oblique ("My phone's going in the bread box") and show no sign.
    assert told >= 0.65
    assert told_pushes >= 0.40


@pytest.mark.parametrize("act", sorted(PUSHES))
def test_a_models_push_passes_as_a_push_and_its_easing_does_not(act: Act) -> None:
    assert [line for line in MODEL_LINES["easing"] if not refused(act, line)] == []
    assert [line for line in MODEL_LINES["pushing"] if refused(act, line)] == []


def test_of_lines_never_tuned_on_a_push_passes_and_some_easing_is_told() -> None:
    # Signs know what they were shown: six in ten new easing lines show none of them.
    told = [line for line in MODEL_LINES["unseen-easing"] if refused(Act.PRESS, line)]
    wrong = [line for line in MODEL_LINES["unseen-pushing"] if refused(Act.PRESS, line)]
    assert len(told) / len(MODEL_LINES["unseen-easing"]) >= 0.35
    assert len(wrong) / len(MODEL_LINES["unseen-pushing"]) <= 0.05


@pytest.mark.parametrize(
    "line", ["I hear you, but rules are rules.", "I get that you're tired, but the desk is empty."]
)
def test_an_ease_taken_back_with_a_but_is_a_push(line: str) -> None:
    assert not refused(Act.PRESS, line)
    assert refused(Act.PRESS, line.partition(",")[0] + ".")


@pytest.mark.parametrize("act", ACCEPTS)
def test_a_models_accept_passes_and_its_attack_does_not(act: Act) -> None:
    assert [line for line in MODEL_LINES["accepting"] if refused(act, line)] == []
    assert [line for line in MODEL_LINES["attacking"] if not refused(act, line)] == []


@pytest.mark.parametrize("act", sorted(PUSHES | {Act.LEAVE_HURT, Act.ANSWER, Act.TAKE_THE_WIN}))
@pytest.mark.parametrize(
    "line",
    [
        "You're right, take all the time you need.",
        "You’re right, take all the time you need",
        "YOU'RE RIGHT. TAKE ALL THE TIME YOU NEED.",
        "Okay. You are right; take all the time that you need.",
        "Fine, you're right... take all the time you need, love.",
    ],
)
def test_the_line_that_always_agrees_is_refused(act: Act, line: str) -> None:
    assert refused(act, line)


def test_a_growing_line_is_refused_by_sure_signs_alone() -> None:
    assert goes_against(Act.PRESS, "Okay", whole=False) is None
    assert goes_against(Act.PRESS, "Okay", whole=True) == "eases"
    assert goes_against(Act.PRESS, "Okay. You're right", whole=False) == "eases"
