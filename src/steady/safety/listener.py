"""The second listener: what the phrases miss, weighed word by word.

Nobody can write down every way to say that life is unbearable. So beside the phrases stands a table
of points, learned by `training/train_danger.py` from lines that were labelled by hand: how much a
word, or two words close to one another, speaks for each kind of danger. The points of a turn are
added up; a turn that is nothing like an ordinary one raises the alarm though no phrase was found.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from steady.safety.phrases import Ground
from steady.safety.wording import END, NAME
from steady.terms import Danger

REACH = 3
"""How many words apart two words may stand to be weighed as a pair."""

KINDS = tuple(Danger)
UNIT = 32
"""Points in the table are whole numbers of this part of a natural log-odds."""

_UNHEARD = frozenset({"<small>", "<stops>", "<my>", NAME, END})
_BYTE, _ZERO = 256, 128


@dataclass(frozen=True, slots=True)
class Heard:
    """What the listener makes of a turn: the likeliest danger, how likely any is (0 to 1), and
    the words that weighed most."""

    kind: Danger
    likely: float
    words: str


def features(ground: Ground) -> set[str]:
    """The words and classes of a text, and the pairs of them that stand close together.

    Small words and those of idioms are passed over.
    """
    small, at = ground.small, dict[int, list[str]]()
    for symbol, mask in ground.masks.items():
        if symbol in _UNHEARD:
            continue
        left = mask & ~small
        while left:
            low = left & -left
            at.setdefault(low.bit_length(), []).append(symbol)
            left ^= low
    row = [at[place] for place in sorted(at)]
    found: set[str] = set()
    for place, symbols in enumerate(row):
        found.update(symbols)
        for other in row[place + 1 : place + 1 + REACH]:
            found.update([f"{one} {two}" for one in symbols for two in other])
    return found


def packed(points: Sequence[float]) -> int:
    """Three log-odds as one whole number, each rounded to a part of `UNIT` and cut to a byte."""
    number = 0
    for value in points:
        number = number * _BYTE + max(0, min(_BYTE - 1, round(value * UNIT) + _ZERO))
    return number


def unpacked(number: int) -> list[int]:
    """The three points of a packed number, in parts of `UNIT`."""
    return [(number >> shift) % _BYTE - _ZERO for shift in (16, 8, 0)]


class Listener:
    """A table of points, ready to weigh a turn."""

    def __init__(self, points: Mapping[str, int], bias: Sequence[float]) -> None:
        """`points` are packed; `bias` are the log-odds of each danger for an empty turn."""
        self._points, self._bias = points, bias

    def hear(self, ground: Ground) -> Heard:
        """Weighs a text whose idioms are hidden."""
        points = self._points
        sums = [0, 0, 0]
        weighed: list[tuple[int, str]] = []
        for feature in features(ground) & points.keys():
            parts = unpacked(points[feature])
            for n, part in enumerate(parts):
                sums[n] += part
            weighed.append((max(parts), feature))
        odds = [math.exp(min(50.0, b + s / UNIT)) for b, s in zip(self._bias, sums, strict=True)]
        most = max(range(len(odds)), key=odds.__getitem__)
        weighed.sort(reverse=True)
        words = ", ".join(feature for _, feature in weighed[:REACH])
        return Heard(KINDS[most], 1 - 1 / (1 + sum(odds)), words)


@cache
def shipped_listener() -> Listener:
    """The listener over the shipped points, read when first needed."""
    data = json.loads(files("steady.safety").joinpath("data", "danger_points.json").read_bytes())
    return Listener(data["points"], data["bias"])
