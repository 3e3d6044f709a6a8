"""The screen for danger: kinds, look-alikes, and text of every sort."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steady.safety.danger import screen
from steady.terms import Danger

LINES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "training" / "safety_dev.jsonl")
    .read_text("utf-8")
    .splitlines()
]


@pytest.mark.parametrize("danger", list(Danger))
def test_nineteen_in_twenty_of_each_kind_are_noticed(danger: Danger) -> None:
    kind = [row["text"] for row in LINES if row["label"] == danger.value]
    noticed = [text for text in kind if screen(text) is danger]
    assert len(noticed) >= 0.95 * len(kind), sorted(set(kind) - set(noticed))


def test_ordinary_lines_seldom_raise_an_alarm() -> None:
    ordinary = [row["text"] for row in LINES if row["label"] == "none"]
    false = [text for text in ordinary if screen(text) is not None]
    assert len(false) <= 0.03 * len(ordinary), false


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("I don't want to be alive anymore", Danger.SELF_HARM),
        ("i keep thinking about ending my life", Danger.SELF_HARM),
        ("my husband hits me when he drinks", Danger.ABUSE),
        ("I'm afraid he'll hurt me if I say no", Danger.ABUSE),
        ("I want to kill him and I have a knife", Danger.HARM_TO_OTHERS),
        ("sewer slide is all I think about", Danger.SELF_HARM),
        # a denial of something else, an idiom's first words and a car door take nothing back
        ("I wish my mum had never had me, I just want to not exist", Danger.SELF_HARM),
        ("cutting again, it's the only way I can breathe", Danger.SELF_HARM),
        ("I can't promise I'll be safe tonight", Danger.SELF_HARM),
        ("He slammed my hand in the car door.", Danger.ABUSE),
        ("I'm telling my mum that I tried to end my life last week", Danger.SELF_HARM),
    ],
)
def test_plain_words_are_noticed(text: str, danger: Danger) -> None:
    assert screen(text) is danger


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k",
        "this deadline is killing me",
        "I'm not suicidal, just tired",
        "I need twenty minutes, then I'll come back",
        "you always do this, I can't stand it",
        "if you shout I'm going to hang up",
        "I could murder a coffee",
        "it takes forty minutes and I'm a nicer person afterwards",
        "you hurt me when you said that",
        "[sighs] 😮‍💨",
        "my selfish brother never asks",
    ],
)
def test_look_alikes_and_nothing_at_all_are_let_through(text: str) -> None:
    assert screen(text) is None


@given(st.text(max_size=400))
def test_any_text_can_be_screened(text: str) -> None:
    assert screen(text) in {None, *Danger}


def test_a_huge_paste_can_be_screened() -> None:
    assert (
        screen("I want to kill myself. " + "and then some more words " * 4000) is Danger.SELF_HARM
    )
