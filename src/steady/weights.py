"""Learned weights: how they are packed, and how features are scored with them.

Every feature has one weight per head; what heads are, their owner knows (a move, a hidden unit of
a network). A feature's weights are one byte each, in steps of the head's own size. For adding up,
they are spread into lanes of one whole number, so that a feature costs one addition instead of a
hundred.
"""

import math
import struct
from collections.abc import Iterable, Sequence

LARGEST = 127
"""Weights are whole steps, of which this many at most, either way."""
_BIAS = LARGEST + 1  # by which a step is shifted, for bytes know no minus
_LANE = 4  # bytes: room for millions of features to be added up
_SPREAD_KEPT = 8192  # features with their lanes, a few MiB, so that one seen again costs nothing


def pack(weights: Sequence[float], steps: Sequence[float]) -> bytes:
    """One feature's weights as bytes, one per head; `steps` are what one step of each weighs."""
    return bytes(
        max(-LARGEST, min(LARGEST, round(weight / step))) + _BIAS
        for weight, step in zip(weights, steps, strict=True)
    )


class Weights:
    """Scores features, which go by their places among those that were learned."""

    def __init__(self, packed: bytes, steps: Sequence[float]) -> None:
        """`packed` holds every feature's `pack`, in the order of their places."""
        self._raw = packed
        self._steps = tuple(steps)
        self._spread: dict[int, int] = {}
        self._lane_by_lane = struct.Struct(f"<{len(self._steps)}I")

    def sums(self, places: Iterable[int]) -> list[float]:
        """The summed weights of some features for every head."""
        total = count = 0
        spread, lanes = self._spread, self._lanes
        for place in places:
            total += spread.get(place) or lanes(place)
            count += 1
        away = _BIAS * count
        sums = self._lane_by_lane.unpack(total.to_bytes(self._lane_by_lane.size, "little"))
        return [(lane - away) * step for lane, step in zip(sums, self._steps, strict=True)]

    def of(self, places: Iterable[int], head: int) -> float:
        """The summed weight of some features for one head."""
        size = len(self._steps)
        return self._steps[head] * sum(self._raw[place * size + head] - _BIAS for place in places)

    def _lanes(self, place: int) -> int:
        """A feature's weights as one number; made when first needed, then kept."""
        size = len(self._steps)
        start = place * size
        lanes = bytearray(size * _LANE)
        lanes[0::_LANE] = self._raw[start : start + size]
        if len(self._spread) >= _SPREAD_KEPT:
            self._spread.clear()
        value = self._spread[place] = int.from_bytes(lanes, "little")
        return value


def logistic(score: float) -> float:
    """A score as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def soft_max(scores: Sequence[float]) -> float:
    """The largest score, a little more where several are large: log of the sum of exponentials."""
    top = max(scores)
    return top + math.log(sum(math.exp(score - top) for score in scores))
