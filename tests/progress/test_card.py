"""The carry card."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from steady.progress.card import LONGEST, MOST, Card, as_html, as_text, best_lines
from steady.store.own import OwnLine
from steady.terms import Move, Rung

WHEN = datetime(2026, 10, 3, 20, tzinfo=UTC)
ASKS = frozenset({Move.ASSERTS, Move.COMMITS})


def line(
    text: str,
    moves: frozenset[Move] = ASKS,
    *,
    quality: float = 4.0,
    aided: bool = False,
    attempt_aided: bool = False,
    day: int = 0,
) -> OwnLine:
    """A line said so many days after the first."""
    said = WHEN + timedelta(days=day)
    return OwnLine(1, 1, text, quality, moves, aided, attempt_aided, Rung.FIRM, said)


def texts(*lines: OwnLine, given: tuple[str, ...] = ()) -> list[str]:
    """The lines chosen, in order."""
    return [each.text for each in best_lines(lines, given)]


def test_a_line_said_without_a_hint_comes_before_a_better_one_with_it() -> None:
    assert texts(
        line("I need ten minutes with a hint.", quality=5, aided=True),
        line("I need an hour in that attempt.", quality=5, attempt_aided=True),
        line("I need a minute by myself, please.", quality=3),
    ) == [
        "I need a minute by myself, please.",
        "I need an hour in that attempt.",
        "I need ten minutes with a hint.",
    ]


def test_then_what_does_more_and_is_better() -> None:
    more = ASKS | {Move.VALIDATES}
    assert (
        texts(
            line("I need twenty minutes now.", quality=5),
            line("You waited, I see it. I need ten minutes.", more, quality=3),
            line("I will come back at eight tonight.", more, quality=5),
        )[0]
        == "I will come back at eight tonight."
    )


def test_a_line_that_hurts_or_asks_for_nothing_is_no_line_to_carry() -> None:
    assert (
        texts(
            line("You always do this and I need a break.", ASKS | {Move.BLAMES}),
            line("I hear how hard it is for you.", frozenset({Move.VALIDATES})),
            line("k", frozenset({Move.ASSERTS})),
            line("I need time. " * 60),
        )
        == []
    )


def test_what_the_program_wrote_is_not_the_clients_own() -> None:
    sample = "I need ten minutes outside, and then I'll answer you."
    assert texts(line(sample.upper()), line("I need the porch for a bit."), given=(sample,)) == [
        "I need the porch for a bit."
    ]


def test_the_same_line_stands_once_and_there_is_an_end() -> None:
    assert texts(line("I need ten minutes."), line("I need  ten minutes")) == [
        "I need ten minutes."
    ]
    many = [line(f"{chr(97 + n) * 9} I need a minute {chr(97 + n) * 9}") for n in range(MOST + 5)]
    assert len(best_lines(many)) == MOST


class Tags(HTMLParser):
    """Which tags and attributes a page has, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(
    "words",
    [
        "I need a minute.",
        '[sighs] <script>alert(1)</script> & "quotes" {braces}',
        "Мне нужно 20 минут 🙂",
        "x" * LONGEST,
    ],
)
def test_the_page_holds_the_words_and_nothing_that_runs_or_fetches(words: str) -> None:
    page = Tags()
    page.feed(as_html(Card(words, WHEN)))
    assert words in page.words
    assert not set(page.tags) & {"script", "link", "img", "iframe", "object"}
    assert not {"src", "href", "onload"} & set(page.attributes)


def test_the_text_says_whose_words_they_are() -> None:
    assert as_text(Card("I need a minute.\n\n  I'll be back.  ", None)) == (
        "I need a minute.\nI'll be back.\n\nIn my own words.\n"
    )
    assert "October 2026" in as_text(Card("I need a minute.", WHEN))
