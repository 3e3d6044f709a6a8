"""Typed words become plain words, and each keeps its place."""

import pytest

from steady.reading.sources import read_sources
from steady.reading.words import Speller

SPELLER = Speller(read_sources().spellings, {"so", "please", "looking"})


def words(text: str) -> list[str]:
    """The plain words of a text."""
    return SPELLER.cut(text).words


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("I’M", ["i", "am"]),
        ("im", ["i", "am"]),
        ("dont", ["do", "not"]),
        ("youre", ["you", "are"]),
        ("cannae", ["can", "not"]),
        ("gonna", ["going", "to"]),
        ("u r", ["you", "are"]),
        ("idk", ["i", "do", "not", "know"]),
        ("rn", ["right", "now"]),
        ("tmrw", ["tomorrow"]),
        ("sooooo", ["so"]),
        ("pleeeease", ["please"]),
        ("lookin", ["looking"]),
        ("captain", ["captain"]),
        ("nae bother, doon the hoose", ["no", "bother", "down", "the", "house"]),
        ("20mins", ["20", "minutes"]),
        ("mum's", ["mum", "'s"]),
    ],
)
def test_spellings_are_evened_out(typed: str, plain: list[str]) -> None:
    assert words(typed) == plain


@pytest.mark.parametrize(
    "text",
    ["I'm done 🙂 ok?", "ну хорошо, I'm here", "  \n\n ", "İstanbul’da...", '*sighs* "fine" [/]'],
)
def test_every_word_keeps_its_place_in_what_was_typed(text: str) -> None:
    cut = SPELLER.cut(text)
    for start, end in zip(cut.starts, cut.ends, strict=True):
        assert 0 <= start < end <= len(text)
    assert cut.starts == sorted(cut.starts)


def test_shouting_quoting_and_acting_are_noticed() -> None:
    cut = SPELLER.cut('STOP saying "whatever" *slams door*')
    assert {cut.words[at] for at in cut.shouted} == {"stop"}
    assert {cut.words[at] for at in cut.quoted} == {"whatever"}
    assert {cut.words[at] for at in cut.acted} == {"slams", "door"}


def test_a_quotation_that_is_never_closed_quotes_nothing() -> None:
    assert SPELLER.cut('he is 6" taller and I need quiet').quoted == set()
