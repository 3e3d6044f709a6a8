"""The second pair of ears: hears danger where no phrase of the data files stands.

Phrases know only what somebody thought of. The listener has learned from some thousand lines which
words, and which meanings beside which others, speak of danger; it says how sure it is. It is a
weighted sum, nothing more: no network, no model to fetch, and the same answer each time.
"""

import json
import math
from base64 import b64decode
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from steady.safety.wording import END
from steady.terms import Danger

LONGEST = 400
"""No more words than these are listened to at once: a rehearsed turn is far shorter."""
NEAR = 2
"""How many words with a meaning may lie from one to the other for them to stand near."""
_EDGE = "^"


def aspects(words: Sequence[str], meanings: Mapping[str, Sequence[str]]) -> set[str]:
    """All that is heard in a row of words.

    Each word, each two side by side, each two with one between; each meaning, each two near one
    another in their order, and each two anywhere in one sentence.
    """
    row = [_EDGE, *words, _EDGE]
    heard = set(row)
    heard.update(map(" ".join, pairwise(row)))
    heard.update(map(" _ ".join, zip(row, row[2:], strict=False)))
    sentence: list[Sequence[str]] = []
    for word in (*words, END):
        if word != END:
            meant = meanings.get(word)
            if meant:
                sentence.append(meant)
        elif sentence:
            heard |= _together(sentence)
            sentence = []
    return heard


def _together(sentence: list[Sequence[str]]) -> set[str]:
    """What the meanings of one sentence's words say, alone and with each other."""
    heard: set[str] = set()
    for at, first in enumerate(sentence):
        for second in sentence[at + 1 : at + 1 + NEAR]:
            heard.update(f"{a}~{b}" for a in first for b in second)
    alone = sorted({meaning for meant in sentence for meaning in meant})
    for at, first_of_two in enumerate(alone):
        heard.update([f"{first_of_two}&{second}" for second in alone[at + 1 :]])
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

    def hear(self, words: Sequence[str]) -> dict[Danger, float]:
        """How sure it is of each kind, from 0 to 1; all of them and "none" add up to 1."""
        known = aspects(words[:LONGEST], self._meanings) & self._at.keys()
        scale = self._step / math.sqrt(len(known) or 1)
        many, weights = len(self._kinds), self._weights
        first = [self._at[aspect] * many for aspect in known]
        sums = [sum([weights[at + kind] for at in first]) for kind in range(many)]
        odds = [math.exp(s + scale * w) for s, w in zip(self._start, sums, strict=True)]
        return {kind: odd / (1 + sum(odds)) for kind, odd in zip(self._kinds, odds, strict=True)}


@cache
def shipped() -> Listener:
    """The listener with the shipped weights, read when first needed."""
    return Listener(files("steady.safety").joinpath("data", "listener.json").read_text("utf-8"))
