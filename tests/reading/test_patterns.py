"""The small language cues are written in."""

import re

import pytest

from steady.reading.patterns import Finder, PatternFault, Sketch


def sketch() -> Sketch:
    """An empty sketch with one class and one list of phrases."""
    return Sketch(
        {"pause": ["a break", "a minute"]},
        {"<tired>"},
        lambda word: word.split("_"),
        lambda verb: [verb, verb + "s", verb + "ed"],
    )


def finds(pattern: str, text: str) -> bool:
    """Whether a pattern is found in words parted by spaces; . and ? end clauses."""
    made = sketch()
    made.add(pattern, 0)
    words = text.split()
    symbols = [(w, "<tired>") if w in ("worn", "spent") else (w,) for w in words]
    firsts = [at == 0 or words[at - 1] in (".", "?") for at in range(len(words))]
    lasts = [at == len(words) - 1 or words[at + 1] in (".", "?") for at in range(len(words))]
    return bool(Finder(made.compile()).find(symbols, firsts, lasts))


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("i need help", "so i need help now", True),
        ("i need help", "i need no help", False),
        ("i (need|want) help", "i want help", True),
        ("i really? need help", "i need help", True),
        ("i really? need help", "i really need help", True),
        ("i (really|so)? need", "i so need", True),
        ("i am <tired>", "i am worn", True),
        ("i am <tired>", "i am fine", False),
        ("need {pause}", "i need a break", True),
        ("you want+ it", "you wanted it", True),
        ("you ... sorry", "you said you were sorry", True),
        ("you ... sorry", "you a b c d e sorry", False),
        ("you ... sorry", "you left . i was sorry", False),
        ("you _ sorry", "you are sorry", True),
        ("you _ sorry", "you sorry", False),
        ("^ no", "no way", True),
        ("^ no", "oh no", False),
        ("no $", "oh no", True),
        ("no $", "no way", False),
        ("^^ no $$", "no", True),
        ("can you ?", "can you ?", True),
        ("can you ?", "can you .", False),
    ],
)
def test_a_pattern_finds_what_it_says(pattern: str, text: str, found: bool) -> None:
    assert finds(pattern, text) is found


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("i (need", "not closed"),
        ("i need)", "not opened"),
        ("i am <nobody>", "no class named <nobody>"),
        ("need {nothing}", "no list of phrases named {nothing}"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_named(pattern: str, complaint: str) -> None:
    with pytest.raises(PatternFault, match=re.escape(complaint)) as fault:
        sketch().add(pattern, 0)
    assert pattern in str(fault.value)


def test_many_cues_share_one_graph_and_keep_their_numbers() -> None:
    made = sketch()
    made.add("i need help", 0)
    made.add("i need (help|air)", 1)
    hits = Finder(made.compile()).find(
        [("i",), ("need",), ("help",)], [True, False, False], [False, False, True]
    )
    assert sorted(hits) == [(0, 0, 3), (1, 0, 3)]
