from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from steady.scenario.model import Id, Line, Name, Sentence, Short, Word, slots_of

HOSTILE = ["\x00", "\x07", "\x1b", "\r", "\x7f", "\x9b", "\u202e", "\u2066", "\u2028", "\x0b"]


def taken(kind: Any, text: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("kind", [Short, Name, Sentence, Line, Word])
@pytest.mark.parametrize("sign", HOSTILE)
def test_no_text_may_hold_what_a_terminal_obeys(kind: Any, sign: str) -> None:
    assert taken(kind, "a line")
    assert not taken(kind, f"a {sign} line")


def test_letters_of_every_alphabet_and_typographic_signs_are_welcome() -> None:
    for text in ("“Déjà vu”, she said…", "你好", "שלום", "ну — что?", "👩‍👧 ok"):
        assert taken(Line, text), text


def test_only_sentences_may_run_over_several_lines() -> None:
    assert taken(Sentence, "one\n\ttwo")
    for kind in (Short, Name, Line, Word):
        assert not taken(kind, "one\ntwo")
        assert not taken(kind, "one\ttwo")


def test_slots_are_filled_in_lines_and_nowhere_else() -> None:
    assert taken(Line, "{Time}, you said, not {was}.")
    for kind in (Short, Name, Sentence):
        assert not taken(kind, "I'll be back {time}.")


def test_the_slots_of_a_line_are_told_in_lower_case() -> None:
    assert slots_of("{Time}? Not {was}? “{quote}”?") == {"time", "was", "quote"}
    assert slots_of("Then when?") == frozenset()


@pytest.mark.parametrize(
    "line",
    ["{tme}", "{", "}", "{}", "{0}", "{{time}}", "{time!r}", "{time:>9999}", "{time.x}", "{TIME}"],
)
def test_any_other_brace_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="brace"):
        slots_of(f"Back {line}.")


def test_ids_are_lower_case_words_joined_with_hyphens() -> None:
    for text in ("a", "a-b2", "9-to-5"):
        assert taken(Id, text), text
    for text in ("", "A", "a_b", "-a", "a-", "a--b", "a b", "a/b", "a\n", "x" * 61):
        assert not taken(Id, text), text
