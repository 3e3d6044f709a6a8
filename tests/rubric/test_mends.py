"""The small parts a change is made of: cutting, turning, taking words out, and their data."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rated import TURNS
from steady.rubric.mends.blame import turn_clause
from steady.rubric.mends.grammar import in_their_hand, word_list, writes_small
from steady.rubric.mends.parts import Parts
from steady.rubric.mends.pieces import sentences
from steady.rubric.mends.showing import shown
from steady.rubric.mends.table import kinds, table
from steady.rubric.mends.ways import WAYS
from steady.rubric.mends.wording import swapped
from steady.terms import Act

TEXTS = [turn.text for turn in TURNS]


@pytest.mark.parametrize(
    ("said", "circle", "meant"),
    [
        (
            "You always leave it to me",
            "partner",
            "When you leave it to me, I feel alone with it.",
        ),
        ("you never listen", "partner", "When you don't listen, I feel alone."),
        ("You always put it on me", "work", "When you put it on me, I end up alone with it."),
        ("u never help me", "partner", "When you don't help me, I feel alone with it."),
        ("you keep interrupting me", "work", "When you keep interrupting me, I lose my thread."),
        ("you're always on your phone", "partner", "When you're on your phone, I miss you."),
        ("you're never here", "partner", "When you're not here, I miss you."),
        ("you make me feel stupid", "partner", "I feel stupid."),
        ("why do you always shout", "partner", "When you shout, it gets too much for me."),
        ("why can't you ever listen", "partner", "I'd like you to listen."),
        ("I feel like you don't care", "partner", "I feel alone with this."),
        ("and honestly, you never answer my texts", "partner", None),
    ],
)
def test_a_reproach_becomes_what_it_does_to_the_speaker(
    said: str, circle: str, meant: str | None
) -> None:
    turned = list(turn_clause(said, circle))
    assert turned
    assert meant is None or turned[0] == meant
    assert all("always" not in line and "never" not in line for line in turned)


@pytest.mark.parametrize(
    "said",
    ["you need your head examined", "you always were a lovely, stupid man", "I never said that",
     "you know I always listen", ""],
)  # fmt: skip
def test_what_cannot_be_turned_is_left_alone(said: str) -> None:
    assert list(turn_clause(said, "partner")) == []


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("I was just kind of wondering if maybe we could possibly talk", "Could we talk?"),
        ("it's probably stupid but I need ten minutes", "I need ten minutes"),
        ("I'll try to be there at eight.", "I'll be there at eight."),
        ("Maybe it's silly, but could we possibly wait?", "Could we wait?"),
        ("I think I might need a break or something.", "I need a break."),
        ("I'd like us to do it at tea, or not at all, I'm easy.", "I'd like us to do it at tea."),
        ("I suppose I'm asking whether there's any chance we could, at some point, look at it?",
         "Could we look at it?"),
        ("That's kind of you.", "That's kind of you."),
    ],
)  # fmt: skip
def test_hedges_are_taken_out_of_the_ask(said: str, left: str) -> None:
    assert list(swapped(said, "hedges"))[-1] == left


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Sorry sorry. I need a minute, sorry.", ["I need a minute."]),
        ("I'm so sorry, I'm sorry to be a nuisance, could you sit with me?",
         ["Could you sit with me?"]),
        ("Sorry I went quiet, I'm so sorry. I need twenty minutes. Sorry again.",
         ["Sorry I went quiet. I need twenty minutes."]),
        ("im so sorry, i need a break, im sorry, im the worst", ["i need a break"]),
        ("Madam, I am stretched.", ["Madam, I am stretched."]),
    ],
)  # fmt: skip
def test_a_heap_of_sorry_comes_down_to_one_or_none(said: str, left: list[str]) -> None:
    assert list(dict.fromkeys(swapped(said, "apologies"))) == left


def test_a_clause_is_only_cut_where_a_sentence_is_left() -> None:
    parts = Parts("If you follow me, I can't think. I need ten minutes, you know that.")
    left = {parts.render(kept) for kept in parts.cuts(parts.whole())}
    assert "If you follow me, I can't think. I need ten minutes." in left
    assert not any(line.startswith("If you follow me. ") for line in left)


def test_a_condition_is_not_cut_in_half() -> None:
    parts = Parts("One more word and I leave. I need quiet.")
    assert {parts.render(kept) for kept in parts.cuts(parts.whole())} == {
        "One more word and I leave.",
        "I need quiet.",
    }


def test_a_title_does_not_end_a_sentence() -> None:
    text = "Mr. Project Manager called. I left at 3.30 p.m. today..."
    assert len(sentences(text)) == 2


@given(st.sampled_from(TEXTS) | st.text(max_size=300))
def test_what_is_kept_whole_is_as_it_was_typed(text: str) -> None:
    parts = Parts(text)
    assert parts.render(parts.whole()) == text.strip() or not word_list(text)


@given(st.sampled_from(TEXTS))
def test_cutting_makes_no_words_up(text: str) -> None:
    parts = Parts(text)
    had = set(word_list(text))
    for kept in parts.cuts(parts.whole()):
        assert set(word_list(parts.render(kept))) <= had


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_what_is_shown_can_be_put_into_the_turn(text: str, mended: str) -> None:
    instead, try_ = shown(text, mended)
    assert instead in text
    assert (
        text.strip().replace(instead, try_, 1) == mended or text.replace(instead, try_, 1) == mended
    )


def test_a_line_is_written_in_the_hand_of_the_client() -> None:
    line = "I know. I'll be back on Thursday."
    assert in_their_hand(line, "i need a break. ok") == "i know. i'll be back on Thursday."
    assert in_their_hand(line, "I need a break.") == line
    assert not writes_small("")


def test_every_kind_can_be_tried_and_told() -> None:
    for kind in kinds():
        assert kind.faults or kind.missing or kind.name == "length"
        assert set(kind.ways) <= set(WAYS)
        for way in kind.ways:
            said = kind.mends(way)
            assert said.endswith(".")
            assert len(said) <= 90


def test_the_sentences_speak_of_the_words_and_not_of_the_person() -> None:
    told = [kind.mends(way) for kind in kinds() for way in kind.ways]
    told += [line for rows in (table()["doubtful"], table()["doubtful"]["hot"])
             for line in rows.values() if isinstance(line, str)]  # fmt: skip
    for said in told:
        assert not re.search(r"\b(you are|you're|should|just|simply)\b", said), said


def test_every_act_that_can_be_answered_has_something_to_take_in() -> None:
    closing = {Act.TAKE_THE_WIN, Act.LEAVE_HURT, Act.LET_GO}
    for act in [act.value for act in Act if act not in closing] + ["opening"]:
        assert table()["takes-in"][act]["any"]


def test_no_line_of_the_data_speaks_therapy_or_leaves_a_slot_open() -> None:
    data = table()["takes-in"]
    lines = [line for row in data["heard"] for line in row["says"]]
    lines += [line for act in data.values() if isinstance(act, dict)
              for said in act.values() for line in said]  # fmt: skip
    assert len(lines) > 50
    for line in lines:
        assert line[0].isupper()
        assert line.endswith(".")
        assert len(line.split()) <= 16
        assert "{" not in line
        assert not re.search(r"validate|boundar|trigger|needs? met|I hear that", line), line


def test_the_data_is_where_it_is_said_to_be() -> None:
    assert (Path(__file__).parents[2] / "src/steady/rubric/data/mends.toml").is_file()
