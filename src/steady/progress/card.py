"""The carry card: the client's own best line for a scenario, small enough for a pocket."""

import html
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from steady.store.own import OwnLine
from steady.terms import HELPING, HURTING, Move

MOST = 12
"""How many lines there are to choose from."""

LONGEST = 400
"""The longest line a card holds, in characters."""

_POCKET = 160  # characters that can be read at a glance
_FEWEST_WORDS = 4
_SAME = 0.9  # closeness from which two lines are one
_ASKS = frozenset({Move.ASSERTS, Move.COMMITS, Move.NEGOTIATES})


@dataclass(frozen=True, slots=True)
class Card:
    """A line to carry. `said` is when it was said, or None where it was written for the card."""

    line: str
    said: datetime | None


def best_lines(lines: Iterable[OwnLine], given: Iterable[str] = ()) -> tuple[OwnLine, ...]:
    """The client's lines that are fit for a card, the best first, at most `MOST`.

    A line must ask or say what will be, and hurt nobody. Lines said without a hint come before
    those with one; then those from an attempt without hints; then those that do more, that are
    better, short, and recent. `given` are sentences of the program's own (scripts, samples): a line
    that repeats one is not the client's, and is left out.
    """
    taken = [_folded(text) for text in given]
    found: list[OwnLine] = []
    for line in sorted(filter(_is_fit, lines), key=_rank):
        folded = _folded(line.text)
        if not any(_alike(folded, other) for other in taken):
            taken.append(folded)
            found.append(line)
            if len(found) == MOST:
                break
    return tuple(found)


def as_text(card: Card) -> str:
    """The card as plain text."""
    return f"{_whole(card.line)}\n\n{_footnote(card)}\n"


def as_html(card: Card) -> str:
    """The card as a page of its own, with nothing to fetch and nothing that runs.

    On paper it is the size of a bank card, with a line to cut along; nothing on it, nor in what a
    browser prints around it, says what it is for.
    """
    line = html.escape(_whole(card.line)).replace("\n", "<br>\n")
    size = "small" if len(card.line) > _POCKET else "large"
    return _PAGE.format(line=line, size=size, note=html.escape(_footnote(card)))


def _is_fit(line: OwnLine) -> bool:
    return (
        bool(line.moves & _ASKS)
        and not line.moves & HURTING
        and len(line.text.split()) >= _FEWEST_WORDS
        and len(line.text) <= LONGEST
    )


def _rank(line: OwnLine) -> tuple[bool, bool, int, bool, float, float]:
    return (
        line.aided,
        line.attempt_aided,
        -len(line.moves & HELPING),
        len(line.text) > _POCKET,
        -line.quality,
        -line.said_at.timestamp(),
    )


def _folded(text: str) -> str:
    """A text as two lines are compared: without case, line ends and runs of blanks."""
    return " ".join(text.casefold().split())


def _alike(one: str, other: str) -> bool:
    """Whether two folded texts are one line, give or take a word."""
    close = SequenceMatcher(None, one, other, autojunk=False)
    return all(
        ratio() >= _SAME for ratio in (close.real_quick_ratio, close.quick_ratio, close.ratio)
    )


def _whole(line: str) -> str:
    return "\n".join(part.strip() for part in line.strip().splitlines() if part.strip())


def _footnote(card: Card) -> str:
    if card.said is None:
        return "In my own words."
    when = card.said.astimezone()
    return f"In my own words, {when.day} {when:%B %Y}."


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Card</title>
<style>
  :root {{ color-scheme: light dark; }}
  body {{ margin: 2rem; font-family: Georgia, "Times New Roman", serif; }}
  .card {{
    box-sizing: border-box; width: 85.6mm; min-height: 54mm; padding: 6mm;
    border: 1px dashed; border-radius: 3mm;
    display: flex; flex-direction: column; justify-content: space-between;
  }}
  .line {{ margin: 0; overflow-wrap: anywhere; }}
  .large {{ font-size: 13.5pt; line-height: 1.35; }}
  .small {{ font-size: 9.5pt; line-height: 1.35; }}
  .note {{ margin: 3mm 0 0; font-size: 7.5pt; }}
  @page {{ margin: 15mm; }}
  @media print {{ body {{ margin: 0; color: #000; background: #fff; }} }}
</style>
</head>
<body>
<main class="card">
<p class="line {size}" dir="auto">{line}</p>
<p class="note">{note}</p>
</main>
</body>
</html>
"""
