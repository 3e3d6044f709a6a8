"""The second pair of ears: hears danger where no phrase of the data files stands.

Phrases know only what somebody thought of. The listener has learned from many thousand lines which
words, and which meanings beside which others, speak of danger; it says how sure it is. Small
networks of one hidden layer weigh what is heard: no model to fetch, and the same answer each time.
"""

import json
import math
import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial, reduce
from importlib.resources import files
from itertools import pairwise
from operator import mul
from typing import NamedTuple
from zlib import crc32

from steady.safety.wording import END
from steady.terms import Danger
from steady.weights import Weights

LONGEST = 2000
"""No more words than these are listened to: a rehearsed turn is far shorter."""
NEAR = 2
"""How many words with a meaning may lie from one to the other for them to stand near."""
PIECES = range(2, 6)
"""How many letters the pieces of words have."""
_EDGE = "^"
_WORD_EDGE = "|"
_LONGEST_WORD = 40
_WORDS_KEPT = 4096  # with their pieces, so that a word said again is not cut up again
_PRINT = 4  # bytes of a print
_LOUDEST = 30.0  # a score beyond this is as sure as can be; it keeps exponentials in bounds

Sure = dict[Danger, float]
"""How sure of each kind, from 0 to 1; with "none" they add up to 1."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a turn, each from 0 to 1."""

    kinds: Sure
    whole: float
    """How sure of any danger, going by the turn as a whole."""
    part: float
    """How sure of any danger, going by the two sentences side by side that speak most of it."""

    @property
    def somewhere(self) -> float:
        """The most that is to be heard of any danger."""
        return max(self.whole, self.part)


def sentences_of(words: Sequence[str]) -> list[Sequence[str]]:
    """The sentences of a row of words; one without words where there are none."""
    sentences: list[Sequence[str]] = []
    begin = 0
    row = [*words[:LONGEST], END]
    for at, word in enumerate(row):
        if word == END:
            if at > begin:
                sentences.append(row[begin:at])
            begin = at + 1
    return sentences or [[]]


def aspects(sentence: Sequence[str], meanings: Mapping[str, Sequence[str]]) -> set[str]:
    """All that is heard in a sentence but the pieces of its words.

    Each word, each two side by side, each two with one between; each meaning, each two near one
    another in their order, and each two anywhere in the sentence.
    """
    row = [_EDGE, *sentence, _EDGE]
    heard = set(row)
    heard.update(map(" ".join, pairwise(row)))
    heard.update(map(" _ ".join, zip(row, row[2:], strict=False)))
    meant = [meanings[word] for word in sentence if word in meanings]
    for at, first in enumerate(meant):
        for second in meant[at + 1 : at + 1 + NEAR]:
            heard.update([f"{a}~{b}" for a in first for b in second])
    alone = sorted({meaning for several in meant for meaning in several})
    for at, one in enumerate(alone):
        heard.update([f"{one}&{other}" for other in alone[at + 1 :]])
    heard.update(alone)
    return heard


def pieces_of(word: str) -> set[str]:
    """The pieces of a word, PIECES letters long, its edges being letters too.

    By them a word that was never heard, or is misspelled, still says something.
    """
    row = f"{_WORD_EDGE}{word}{_WORD_EDGE}"
    return {
        f"{_WORD_EDGE}{row[at : at + length]}"
        for length in PIECES
        for at in range(len(row) - length + 1)
    }


def is_piece(aspect: str) -> bool:
    """Whether an aspect is a piece of a word."""
    return aspect[0] == _WORD_EDGE


def print_of(aspect: str) -> int:
    """By what an aspect is known: a number from 0 to 2**32 - 1.

    A list of these takes a tenth of the room of the aspects themselves, and two that share one are
    rare: of 100,000 about one pair.
    """
    return crc32(aspect.encode())


class _Known(NamedTuple):
    """What is known of a text, by its places: pieces of words apart from the rest."""

    aspects: set[int]
    pieces: set[int]

    def beside(self, other: "_Known") -> "_Known":
        """This and another text together."""
        return _Known(self.aspects | other.aspects, self.pieces | other.pieces)


class Listener:
    """What was learned, ready to listen."""

    def __init__(self, text: str, packed: bytes) -> None:
        """Over what `data/listener.json` and `data/listener.bin` hold.

        The second holds the prints of all that was learned, four bytes each and the lowest first,
        and then the weights of each in the same order.
        """
        learned = json.loads(text)
        self._meanings: dict[str, list[str]] = learned["meanings"]
        self._kinds = [Danger(kind) for kind in learned["kinds"]]
        prints = learned["aspects"] * _PRINT
        self._prints = array("I", packed[:prints])
        if sys.byteorder == "big":
            self._prints.byteswap()
        self._weights = Weights(packed[prints:], learned["steps"])
        self._bias: list[float] = learned["bias"]
        self._out: list[list[float]] = learned["out"]
        self._rest: list[float] = learned["rest"]
        self._pieces: dict[str, frozenset[int]] = {}

    def hear(self, words: Sequence[str]) -> Heard:
        """What is heard in a turn, and in its sentences: one must not be drowned by the others."""
        each = [self._known(sentence) for sentence in sentences_of(words)]
        whole = self._sure_of(reduce(_Known.beside, each))
        surest = whole
        if len(each) > 2:
            pairs = [self._sure_of(one.beside(other)) for one, other in pairwise(each)]
            surest = max(pairs, key=_total)
        return Heard(max(whole, surest, key=_total), _total(whole), _total(surest))

    def _places_of(self, heard: set[str]) -> set[int]:
        """Where what is heard stands among what was learned, which is in order of its prints."""
        prints = self._prints
        last = len(prints) - 1
        wanted = list(map(print_of, heard))
        places = map(partial(bisect_left, prints), wanted)
        return {
            place
            for place, number in zip(places, wanted, strict=True)
            if place <= last and prints[place] == number
        }

    def _known(self, sentence: Sequence[str]) -> _Known:
        pieces: set[int] = set()
        for word in sentence:
            pieces.update(self._pieces_in(word))
        return _Known(self._places_of(aspects(sentence, self._meanings)), pieces)

    def _pieces_in(self, word: str) -> frozenset[int]:
        found = self._pieces.get(word)
        if found is None:
            if len(self._pieces) >= _WORDS_KEPT:
                self._pieces.clear()
            known = self._places_of(pieces_of(word[:_LONGEST_WORD]))
            found = self._pieces[word] = frozenset(known)
        return found

    def _sure_of(self, known: _Known) -> Sure:
        """How sure of each kind; words and meanings weigh as much together as all pieces of words.

        Each network's score for a kind is taken against its score for none, and their mean is what
        counts; they stand side by side in one hidden layer.
        """
        scale, small = (1 / math.sqrt(len(part) or 1) for part in known)
        words, pieces = (self._weights.sums(part) for part in known)
        hidden = [
            max(0.0, bias + scale * by_words + small * by_pieces)
            for bias, by_words, by_pieces in zip(self._bias, words, pieces, strict=True)
        ]
        said = [
            math.exp(min(_LOUDEST, sum(map(mul, hidden, column), rest)))
            for column, rest in zip(self._out, self._rest, strict=True)
        ]
        return {kind: odd / (1 + sum(said)) for kind, odd in zip(self._kinds, said, strict=True)}


def _total(sure: Sure) -> float:
    return sum(sure.values())


@cache
def shipped() -> Listener:
    """The listener with the shipped weights, read when first needed."""
    data = files("steady.safety") / "data"
    text = (data / "listener.json").read_text("utf-8")
    return Listener(text, (data / "listener.bin").read_bytes())
