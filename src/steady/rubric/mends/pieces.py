"""Cuts a text into sentences and clauses."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from steady.rubric.mends.grammar import WORD
from steady.rubric.mends.table import patterns, words

_END = re.compile(r"[.!?…]+[\"'”’)\]*]*(?=\s|$)|\s*\n\s*")
_BREAK = re.compile(r"\s*[,;]\s+|\s+[-–—]+\s+|\s*—\s*|\s*(?:\.{2,}|…)\s*|\s*[()]\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause: its words stand at `start` to `end`, without the marks around them."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its clauses; `end` comes behind its last mark."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


@cache
def _abbreviation() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:" + "|".join(sorted(words("grammar", "abbreviations"))) + r")\.$", re.IGNORECASE
    )


@cache
def _joints() -> re.Pattern[str]:
    return re.compile(
        r"\s+(?=(?:" + "|".join(p.pattern for p in patterns("grammar", "joints")) + r"))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=128)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text. A row of marks or pictures without a word goes with its neighbor."""
    spans: list[list[int]] = []
    start = 0
    for mark in _END.finditer(text):
        if _abbreviation().search(text, start, mark.end()) or not _ends(text, start, mark):
            continue
        spans.append([start, mark.end()])
        start = mark.end()
    if text[start:].strip():
        spans.append([start, len(text)])
    whole: list[list[int]] = []
    for span in spans:
        if whole and not WORD.search(text, *span):
            whole[-1][1] = span[1]
        else:
            whole.append(span)
    return tuple(_sentence(text, *_trimmed(text, *span)) for span in whole)


def _ends(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether a mark ends a sentence: dots in the run of one do not."""
    if "\n" in mark[0] or not mark[0].startswith(("..", "…")):
        return bool(WORD.search(text, start, mark.start()))
    after = text[mark.end() :].lstrip()[:1]
    return not after or after.isupper()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _sentence(text: str, start: int, end: int) -> Sentence:
    cuts = [(m.start(), m.end()) for m in _BREAK.finditer(text, start, end)]
    cuts += [(m.start(), m.end()) for m in _joints().finditer(text, start, end)]
    cuts.sort()
    pieces: list[Piece] = []
    at = start
    for low, high in (*cuts, (end, end)):
        if low < at:
            at = max(at, high) if not WORD.search(text, at, high) else at
            continue
        found = _piece(text, at, low)
        if found is not None:
            pieces.append(found)
        at = high
    return Sentence(start, end, tuple(pieces) or (Piece(start, end),))


def _piece(text: str, start: int, end: int) -> Piece | None:
    """The words between two cuts, the marks at their end left off."""
    found = list(WORD.finditer(text, start, end))
    if not found:
        return None
    last = found[-1].end()
    while last < end and text[last] in '"”*)]%€':
        last += 1
    return Piece(*_trimmed(text, start, last))
