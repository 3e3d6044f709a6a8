"""Text from outside, made fit for a terminal."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from steady.safety.cleaning import clean, one_line

HOSTILE = [
    ("\x1b[31mred\x1b[0m", "red"),
    ("\x1b]0;a title\x07left", "left"),
    ("\x1b]52;c;aGVsbG8=\x1b\\left", "left"),
    ("\x1bP1;2qsixel\x1b\\left", "left"),
    ("\x9b31mred", "red"),
    ("\x9d0;title\x9cleft", "left"),
    ("\x1b[?1049hscreen", "screen"),
    ("a\x00b\x08c\x7fd", "abcd"),
    ("\u202eevil\u202c", "evil"),
    ("\u2066a\u2069", "a"),
    ("lone \ud800 surrogate", "lone  surrogate"),
    ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    ("\x1b", ""),
    ("\x1b]never ended", "never ended"),
]


@pytest.mark.parametrize(("text", "kept"), HOSTILE)
def test_what_would_act_on_the_terminal_is_taken_out(text: str, kept: str) -> None:
    assert clean(text) == kept


@pytest.mark.parametrize(
    "text",
    ["[sighs] ok", "I need [/red] a [b]minute[/b]", "שלום", "👩🏽‍🎨 hi", "tab\tand\nline", "—…“”"],
)
def test_people_s_own_words_stay_as_they_are(text: str) -> None:
    assert clean(text) == text


@given(st.text(max_size=300))
@example("\x1b[" * 20 + "m")
@example("\x1b\x1b]\x07\x9b")
def test_nothing_that_acts_survives_and_cleaning_again_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert not any(
        unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t" for char in cleaned
    )
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert clean(cleaned) == cleaned


@given(st.text(max_size=300))
def test_one_line_is_one_line(text: str) -> None:
    assert "\n" not in one_line(text)
    assert one_line(text) == one_line(one_line(text))
