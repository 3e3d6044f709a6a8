"""The reader: moves, their words, and quality."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steady.reading import Reader
from steady.reading.reader import ReaderFault
from steady.terms import HURTING, Move

READER = Reader()
PARTNER = "You always say later. Later when?"


def moves(text: str, partner: str = PARTNER) -> frozenset[Move]:
    """The moves found in a turn."""
    return READER.read(text, partner).moves


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("I can hear how much this has hurt you.", {Move.VALIDATES}),
        ("I need 20 minutes, then I'll come back to you.", {Move.ASSERTS, Move.COMMITS}),
        ("I'm overwhelmed and my chest is tight.", {Move.EXPRESSES}),
        ("I'm not going anywhere, I love you.", {Move.REASSURES}),
        ("Would eight suit you, or after dinner?", {Move.NEGOTIATES}),
        ("You always do this. You never think of me.", {Move.BLAMES}),
        ("You're pathetic.", {Move.CONTEMPT}),
        ("I was busy, what do you want from me?", {Move.DEFENDS}),
        ("whatever", {Move.WITHDRAWS}),
        ("Fine, let's talk now, it doesn't matter what I want.", {Move.YIELDS}),
        ("Sorry, sorry, I'm the worst, I'm so sorry.", {Move.OVER_APOLOGISES}),
        ("It's probably stupid, but maybe, if you want, could we possibly wait?", {Move.UNDERCUTS}),
        ("Do that again and I'm leaving you.", {Move.THREATENS}),
        ("what do i say?", {Move.OFF_TASK}),
    ],
)
def test_plain_examples_of_each_move(text: str, shown: set[Move]) -> None:
    assert shown <= moves(text)


@pytest.mark.parametrize("text", ["idk what to say", "help", "what do i type here"])
def test_a_turn_to_the_program_is_only_that(text: str) -> None:
    assert moves(text) == {Move.OFF_TASK}


@pytest.mark.parametrize(
    "text",
    [
        "I'm not saying you never listen. I want to tell you something.",
        "thanks, that means a lot",
        "I know how hard you work, and I need this evening with you.",
        "please close the laptop at nine",
    ],
)
def test_what_is_denied_or_kind_is_not_surely_an_attack(text: str) -> None:
    reading = READER.read(text, PARTNER)
    sure = {f.move for f in reading.found if f.probability >= 0.6}
    assert not sure & (HURTING - {Move.DEFENDS})


def test_the_words_of_a_move_are_its_clause_and_not_the_whole_turn() -> None:
    text = "I know you've waited all day. I need 20 minutes. Then I'll come to the kitchen."
    reading = READER.read(text, PARTNER)
    assert "waited" in reading.words_of(Move.VALIDATES)
    assert "20 minutes" in reading.words_of(Move.ASSERTS)
    assert all(f.end - f.start < len(text) for f in reading.found)


def test_a_kind_clear_turn_is_better_than_a_cruel_one() -> None:
    kind = READER.read("I hear you. I need 20 minutes, then I'm all yours at eight.", PARTNER)
    cruel = READER.read("God, you're so needy. Whatever.", PARTNER)
    assert kind.quality > 4
    assert cruel.quality < 2


@pytest.mark.parametrize("text", ["", "   ", "\n", "what do i say?", "asdf"])
def test_nothing_said_to_the_partner_is_off_task_alone(text: str) -> None:
    assert moves(text) == {Move.OFF_TASK}


@pytest.mark.parametrize("text", ["ok so what did i do wrong this time", "What have I done now?"])
def test_a_bitter_question_is_said_to_the_partner(text: str) -> None:
    found = moves(text, "Can we talk about last night?")
    assert Move.OFF_TASK not in found
    assert found & {Move.BLAMES, Move.CONTEMPT}


@pytest.mark.parametrize("text", ["k", "whatever", "...", "fine. whatever."])
def test_a_shut_door_is_not_off_task(text: str) -> None:
    assert Move.OFF_TASK not in moves(text)
    assert moves(text) & {Move.WITHDRAWS, Move.YIELDS}


@pytest.mark.parametrize("text", ["ok. deal", "Yes. I promise.", "thanks x", "great"])
def test_a_short_yes_is_no_insult_and_no_shut_door(text: str) -> None:
    assert not moves(text, "Alright. Half eight then?") & {Move.CONTEMPT, Move.WITHDRAWS}


def test_leaving_with_a_reason_is_not_withdrawing() -> None:
    text = "i'm heading out for my run"
    assert Move.WITHDRAWS not in moves(text, "Can you do one thing first?")


@pytest.mark.parametrize("text", ["ну хорошо", "שלום", "好的"])
def test_another_alphabet_is_not_guessed_at(text: str) -> None:
    assert moves(text) == set()


def test_the_words_come_without_what_joins_them_to_the_clause_before() -> None:
    reading = READER.read("I hear you, and I'm overwhelmed, so I need 20 minutes.", PARTNER)
    assert reading.words_of(Move.EXPRESSES) == "I'm overwhelmed"


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 99}'])
def test_a_broken_data_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "reader.json"
    path.write_text(content)
    with pytest.raises(ReaderFault, match=r"reader\.json"):
        Reader(path)


def test_a_missing_data_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReaderFault, match=r"reader\.json"):
        Reader(tmp_path / "reader.json")


@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_can_be_read(text: str, partner: str) -> None:
    reading = READER.read(text, partner)
    assert 1 <= reading.quality <= 5
    assert set(reading.probabilities) == set(Move)
    for found in reading.found:
        assert 0 <= found.start <= found.end <= len(text)
        assert 0 <= found.probability <= 1


@pytest.mark.parametrize("text", ["", " ", "🙂", "你好", "...", "[/]", "a" * 30_000])
def test_odd_text_can_be_read(text: str) -> None:
    assert READER.read(text, PARTNER).quality <= 5


def test_the_same_words_are_read_the_same_by_another_reader() -> None:
    text = "I hear you, but you never let me finish, so whatever."
    assert Reader().read(text, PARTNER) == READER.read(text, PARTNER)


def test_reading_needs_no_heavy_library() -> None:
    code = (
        "import sys; from steady.reading import Reader; Reader().read('I need a minute', 'Now.');"
        "print([m for m in ('numpy', 'sklearn', 'pydantic', 'textual') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
