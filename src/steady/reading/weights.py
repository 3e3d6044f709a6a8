"""The learned weights: how they are packed, and how features are scored with them.

Every feature has one weight per head: one head for every move, by which sentences are weighed, and
one for every hidden unit of the networks. A feature's weights are one byte each, in steps of the
head's own size. For adding up, they are spread into lanes of one whole number, so that a feature
costs one addition instead of a hundred.
"""

import base64
import math
import struct
from collections.abc import Iterable, Sequence

BIAS = 128
_LANE = 4  # bytes: room for millions of features to be added up


def pack(weights: Sequence[float], steps: Sequence[float]) -> bytes:
    """One feature's weights as bytes, one per head; `steps` are what one step of each weighs."""
    return bytes(
        max(-127, min(127, round(weight / step))) + BIAS
        for weight, step in zip(weights, steps, strict=True)
    )


class Weights:
    """Scores features."""

    def __init__(self, names: Sequence[str], packed: str, steps: Sequence[float]) -> None:
        """`packed` is the base64 of every name's `pack`, in the order of `names`."""
        self._raw = base64.b64decode(packed)
        self._places = dict(zip(names, range(len(names)), strict=True))
        self._steps = tuple(steps)
        self._spread: dict[str, int] = {}
        self._lane_by_lane = struct.Struct(f"<{len(self._steps)}I")

    def sums(self, features: Iterable[str]) -> list[float]:
        """The summed weights of some features for every head."""
        total = count = 0
        places, spread = self._places, self._spread
        for name in features:
            value = spread.get(name)
            if value is None:
                if name not in places:
                    continue
                value = self._lanes(name)
            total += value
            count += 1
        away = BIAS * count
        lanes = self._lane_by_lane.unpack(total.to_bytes(self._lane_by_lane.size, "little"))
        return [(lane - away) * step for lane, step in zip(lanes, self._steps, strict=True)]

    def of(self, features: Iterable[str], head: int) -> float:
        """The summed weight of some features for one head."""
        size = len(self._steps)
        return self._steps[head] * sum(
            self._raw[place * size + head] - BIAS
            for place in map(self._places.get, features)
            if place is not None
        )

    def _lanes(self, name: str) -> int:
        """A feature's weights as one number; made when first needed, then kept."""
        size = len(self._steps)
        start = self._places[name] * size
        lanes = bytearray(size * _LANE)
        lanes[0::_LANE] = self._raw[start : start + size]
        value = self._spread[name] = int.from_bytes(lanes, "little")
        return value


def logistic(score: float) -> float:
    """A score as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def soft_max(scores: Sequence[float]) -> float:
    """The largest score, a little more where several are large: log of the sum of exponentials."""
    top = max(scores)
    return top + math.log(sum(math.exp(score - top) for score in scores))
