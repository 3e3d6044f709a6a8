"""What the weights see of a turn."""

import pytest

from steady.reading.analysis import Analyst
from steady.reading.features import Features, features_of
from steady.reading.patterns import Finder
from steady.reading.sources import read_sources

SOURCES = read_sources()
ANALYST = Analyst(SOURCES.spellings, SOURCES.classes, Finder(SOURCES.graph), frozenset())


def seen(text: str, partner: str = "") -> Features:
    """The features of a turn said after a partner's line."""
    return features_of(ANALYST.look(text), ANALYST.look(partner), SOURCES.cues, ())


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("You waited all day", "echo:i>you"),
        ("I never said you waited", "echo:i>i-not"),
        ("Nothing of the sort", None),
    ],
)
def test_words_taken_up_are_known_by_whose_they_were(text: str, echo: str | None) -> None:
    echoes = {name for name in seen(text, "I waited for you.").everything() if "echo:" in name}
    assert echoes == ({echo} if echo else set())


def test_each_sentence_is_seen_alone() -> None:
    first, second = seen("Thank you for waiting. You never listen.").sentences()
    assert "thank" in first
    assert "never" in second
    assert "never" not in first


def test_a_turn_without_words_is_still_one_empty_sentence() -> None:
    assert seen("").sentences() == [set()]
