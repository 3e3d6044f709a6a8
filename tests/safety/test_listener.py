"""The listener: what it learned from, what it hears, and how quickly."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steady.safety import danger, listener
from steady.safety.signs import COMPILED, FOLDER, digest_of, meanings_of, phrase_files
from steady.terms import Danger

ROOT = Path(__file__).parents[2]
LEARNED = COMPILED.parent / "listener.json"


def lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def heard_in(text: str) -> listener.Heard:
    return listener.shipped().hear(danger.shipped().look(text).words)


def test_the_compiled_phrases_are_those_of_the_data_files() -> None:
    head = json.loads(COMPILED.read_text("utf-8").splitlines()[0])
    assert head["digest"] == digest_of(phrase_files()), "run training/compile_danger.py"


def test_the_listener_has_learned_from_the_lines_as_they_are() -> None:
    training = ROOT / "training"
    paths = [
        *training.glob("safety_*.jsonl"),
        *training.glob("danger/*.txt"),
        FOLDER / "meanings.toml",
    ]
    now = {path.relative_to(ROOT).as_posix(): digest_of([path]) for path in paths}
    learned = json.loads(LEARNED.read_text("utf-8"))
    assert learned["sources"] == now, "run training/train_danger.py"
    assert learned["meanings"] == meanings_of()
    assert learned["packed"] == sha256(LEARNED.with_suffix(".bin").read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["danger_twin_1", "danger_twin_2", "danger_unseen"])
def test_no_line_that_measures_it_was_learned_from(name: str) -> None:
    rows = (ROOT / "benchmarks" / f"{name}.jsonl").read_text("utf-8").splitlines()
    measured = {json.loads(row)["text"] for row in rows}
    learned = {line for path in ROOT.glob("training/danger/*.txt") for line in lines_of(path)}
    learned |= {
        json.loads(line)["text"]
        for path in ROOT.glob("training/safety_*.jsonl")
        for line in lines_of(path)
    }
    assert len(measured) == len(rows)
    assert not measured & learned


def test_it_hears_what_no_phrase_knows() -> None:
    text = "I keep imagining the water closing over me, and it looks like rest."
    assert not danger.notices(text)
    assert danger.screen(text) is Danger.SELF_HARM


def test_it_takes_back_phrases_that_stand_in_ordinary_talk() -> None:
    text = "All right. Pen's away. I'll be next door if you call."
    assert danger.notices(text)
    assert danger.screen(text) is None


def test_its_sureness_is_shared_among_the_kinds() -> None:
    heard = heard_in("I want to die and I have the pills.")
    assert set(heard.kinds) == set(Danger)
    assert max(heard.kinds, key=lambda kind: heard.kinds[kind]) is Danger.SELF_HARM
    assert 0.9 < heard.whole < 1


def test_one_sentence_is_heard_among_many_ordinary_ones() -> None:
    ordinary = "I can do the dishes on Monday. You said the bins were mine, and I agreed to that. "
    text = f"{ordinary}He keeps my passport and beats me when I ask for it. {ordinary}"
    heard = heard_in(text)
    assert heard.part > heard.whole
    assert danger.screen(text) is Danger.ABUSE


@given(st.lists(st.text(max_size=12), max_size=60))
def test_any_words_can_be_heard(words: list[str]) -> None:
    heard = listener.shipped().hear(words)
    assert 0 <= heard.whole <= heard.somewhere <= 1
