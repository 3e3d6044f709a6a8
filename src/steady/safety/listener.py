"""The second pair of ears: hears danger where no phrase of the data files stands.

Phrases know only what somebody thought of. The listener has learned from some thousand lines which
words, and which meanings beside which others, speak of danger; it says how sure it is. It is a
weighted sum, nothing more: no network, no model to fetch, and the same answer each time.
"""

import json
import math
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from steady.safety.wording import END
from steady.terms import Danger

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
    somewhere: float
    """The most that is to be heard of any danger, in the whole, in two sentences or in one."""


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


class _Known(NamedTuple):
    """What is known of a text, as places in the list of aspects: pieces of words apart."""

    aspects: set[int]
    pieces: set[int]

    def beside(self, other: "_Known") -> "_Known":
        """This and another text together."""
        return _Known(self.aspects | other.aspects, self.pieces | other.pieces)


class Listener:
    """What was learned, ready to listen."""

    def __init__(self, text: str) -> None:
        """Over the text of `data/listener.json`."""
        learned = json.loads(text)
        self._meanings: dict[str, list[str]] = learned["meanings"]
        self._at = {aspect: at for at, aspect in enumerate(learned["aspects"])}
        self._start: list[float] = learned["start"]
        self._step: float = learned["step"]
        self._kinds = [Danger(kind) for kind in learned["kinds"]]
        weights = memoryview(b64decode(learned["weights"])).cast("b")
        many = len(self._at)
        self._weights = [weights[at * many : (at + 1) * many] for at in range(len(self._kinds))]
        self._pieces: dict[str, tuple[int, ...]] = {}

    def hear(self, words: Sequence[str]) -> Heard:
        """What is heard in a turn, and in its sentences: one must not be drowned by the others."""
        each = [self._known(sentence) for sentence in sentences_of(words)]
        whole = self._sure_of(reduce(_Known.beside, each))
        if len(each) == 1:
            surest, alone = whole, [whole]
        else:
            pairs = [self._sure_of(one.beside(other)) for one, other in pairwise(each)]
            surest = max(pairs, key=_total)
            alone = [self._sure_of(one) for one in each]
        return Heard(
            max(whole, surest, key=_total),
            _total(whole),
            _total(surest),
            max(map(_total, (whole, surest, *alone))),
        )

    def _known(self, sentence: Sequence[str]) -> _Known:
        at = self._at
        heard = aspects(sentence, self._meanings) & at.keys()
        pieces: set[int] = set()
        for word in sentence:
            pieces.update(self._pieces_in(word))
        return _Known({at[aspect] for aspect in heard}, pieces)

    def _pieces_in(self, word: str) -> tuple[int, ...]:
        found = self._pieces.get(word)
        if found is None:
            if len(self._pieces) >= _WORDS_KEPT:
                self._pieces.clear()
            known = pieces_of(word[:_LONGEST_WORD]) & self._at.keys()
            found = self._pieces[word] = tuple(self._at[piece] for piece in known)
        return found

    def _sure_of(self, known: _Known) -> Sure:
        """Words and meanings weigh as much together as all pieces of words."""
        scale, small = (self._step / math.sqrt(len(part) or 1) for part in known)
        odds = [
            math.exp(
                start
                + scale * sum(map(weights.__getitem__, known.aspects))
                + small * sum(map(weights.__getitem__, known.pieces))
            )
            for start, weights in zip(self._start, self._weights, strict=True)
        ]
        return {kind: odd / (1 + sum(odds)) for kind, odd in zip(self._kinds, odds, strict=True)}


def _total(sure: Sure) -> float:
    return sum(sure.values())


@cache
def shipped() -> Listener:
    """The listener with the shipped weights, read when first needed."""
    return Listener(files("steady.safety").joinpath("data", "listener.json").read_text("utf-8"))
