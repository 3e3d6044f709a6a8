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
from functools import cache
from importlib.resources import files
from itertools import pairwise

from steady.safety.wording import END
from steady.terms import Danger

LONGEST = 2000
"""No more words than these are listened to: a rehearsed turn is far shorter."""
NEAR = 2
"""How many words with a meaning may lie from one to the other for them to stand near."""
_EDGE = "^"


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
    """All that is heard in a sentence.

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


class Listener:
    """What was learned, ready to listen."""

    def __init__(self, text: str) -> None:
        """Over the text of `data/listener.json`."""
        learned = json.loads(text)
        self._meanings: dict[str, list[str]] = learned["meanings"]
        self._at = {aspect: at for at, aspect in enumerate(learned["aspects"])}
        self._weights = memoryview(b64decode(learned["weights"])).cast("b")
        self._start: list[float] = learned["start"]
        self._step: float = learned["step"]
        self._kinds = [Danger(kind) for kind in learned["kinds"]]

    def hear(self, words: Sequence[str]) -> Heard:
        """What is heard in a turn, and in its sentences: one must not be drowned by the others."""
        each = [
            aspects(sentence, self._meanings) & self._at.keys() for sentence in sentences_of(words)
        ]
        whole = self._sure_of(set().union(*each))
        pairs = [self._sure_of(one | other) for one, other in pairwise(each)] or [whole]
        alone = [self._sure_of(one) for one in each] if len(each) > 1 else [whole]
        surest = max(pairs, key=_total)
        return Heard(
            max(whole, surest, key=_total),
            _total(whole),
            _total(surest),
            max(map(_total, (whole, surest, *alone))),
        )

    def _sure_of(self, known: set[str]) -> Sure:
        scale = self._step / math.sqrt(len(known) or 1)
        many, weights = len(self._kinds), self._weights
        first = [self._at[aspect] * many for aspect in known]
        sums = [sum([weights[at + kind] for at in first]) for kind in range(many)]
        odds = [math.exp(s + scale * w) for s, w in zip(self._start, sums, strict=True)]
        return {kind: odd / (1 + sum(odds)) for kind, odd in zip(self._kinds, odds, strict=True)}


def _total(sure: Sure) -> float:
    return sum(sure.values())


@cache
def shipped() -> Listener:
    """The listener with the shipped weights, read when first needed."""
    return Listener(files("steady.safety").joinpath("data", "listener.json").read_text("utf-8"))
