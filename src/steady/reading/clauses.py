"""Cuts a turn into clauses: the smallest pieces that can show a move on their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from steady.reading.words import ENDERS, Words

_ALWAYS = frozenset({"but", "because", "unless", "although", "though", "except"})
_JOINS = frozenset({"and", "so", "or", "then", "if", "when", "while", "until", "after", "before"})
_JOINS |= {"once", "since", "where", "which", "who", "as", "yet", "till", "whenever"}
_OPENS = frozenset({"i", "you", "we", "it", "that", "this", "he", "she", "they", "there", "please"})
_OPENS |= {"my", "your", "our", "the", "can", "could", "will", "would", "do", "let", "is", "not"}
_ASKS = frozenset({"can", "could", "would", "will", "shall", "do", "did", "are", "is"})
_ASKED = frozenset({"we", "you", "i"})
_WH = frozenset({"what", "how", "when", "where", "who", "why", "which", "whatever", "and", "or"})


@dataclass(frozen=True, slots=True)
class Clauses:
    """Where the clauses of a text lie.

    `bounds` are pairs of word indices, the end exclusive and without the ending mark; `of` gives
    each word its clause's number; `firsts` and `lasts` flag the words that begin and end one.
    """

    bounds: tuple[tuple[int, int], ...]
    of: tuple[int, ...]
    firsts: tuple[bool, ...]
    lasts: tuple[bool, ...]


def find_clauses(words: Words) -> Clauses:
    """The clauses of a text."""
    names = words.words
    firsts: list[bool] = []
    length = 0  # words in the clause so far
    fresh = True
    for at, word in enumerate(names):
        if fresh or (length and word not in ENDERS and _breaks(words, at, length)):
            firsts.append(True)
            length = 0
        else:
            firsts.append(False)
        length += 1
        fresh = word in ENDERS and not (at + 1 < len(names) and names[at + 1] in ENDERS)
    return _bounds(names, firsts)


def _breaks(words: Words, at: int, length: int) -> bool:
    """Whether a clause begins at this word, inside a sentence."""
    if at in words.breaks:
        return True
    names = words.words
    word = names[at]
    follow = names[at + 1] if at + 1 < len(names) else ""
    if word in _ALWAYS:
        return True
    if length < 2:
        return False
    if word in _JOINS:
        return follow in _OPENS
    before = names[at - 1]
    if word in _ASKS:
        return follow in _ASKED and before not in _WH
    return word == "please" and bool(follow) and follow not in ENDERS


def _bounds(names: Sequence[str], firsts: list[bool]) -> Clauses:
    starts = [at for at, first in enumerate(firsts) if first]
    of: list[int] = []
    bounds: list[tuple[int, int]] = []
    lasts = [False] * len(names)
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(names)
        of += [number] * (end - start)
        lasts[end - 1] = True
        while end - 1 > start and names[end - 1] in ENDERS:
            end -= 1
            lasts[end - 1] = True
        bounds.append((start, end))
    return Clauses(tuple(bounds), tuple(of), tuple(firsts), tuple(lasts))
