"""Small networks beside the sentence model: what several moves have in common, they learn once.

One hidden layer of HIDDEN units over everything in the turn, all moves and quality at the end of
it, fitted by Adam with much of the input dropped at random. NETS of them, from different seeds, are
averaged. Seeds are fixed, so the same turns give the same networks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from common import Floats

NETS = 2
HIDDEN = 32
PASSES = 20
BATCH = 256
RATE = 5e-3
DECAY = 1e-3
DROP_INPUT = 0.6
DROP_HIDDEN = 0.2
_QUALITY_SHARE = 0.3
Singles = NDArray[np.float32]


@dataclass(slots=True)
class Nets:
    """The networks side by side: weights into the hidden units, their bias, and out of them.

    The last column out is quality, less 3.
    """

    into: Singles
    bias: Singles
    out: Singles
    rest: Singles

    def scores(self, x: csr_matrix) -> tuple[Floats, Floats]:
        """The mean score of the networks for every move, and their mean view of quality."""
        hidden = np.maximum(x.astype(np.float32) @ self.into + self.bias, 0)
        said = np.asarray(hidden @ self.out + self.rest, dtype=np.float64)
        return said[:, :-1], said[:, -1]


def fit_nets(x: csr_matrix, y: Floats, weight: Floats, quality: Floats) -> Nets:
    """All networks; `quality` is 0 where a turn has none."""
    found = [_fit(x, y, weight, quality, seed) for seed in range(NETS)]
    return Nets(
        np.hstack([parts[0] for parts in found]),
        np.concatenate([parts[1] for parts in found]),
        np.vstack([parts[2] for parts in found]) / NETS,
        np.mean([parts[3] for parts in found], axis=0),
    )


def _fit(
    x: csr_matrix, y: Floats, weight: Floats, quality: Floats, seed: int
) -> tuple[Singles, Singles, Singles, Singles]:
    rng = np.random.default_rng(seed)
    x = x.astype(np.float32)
    turns, wide = x.shape
    rate = np.clip(y.mean(axis=0), 1e-3, 1 - 1e-3)
    parts = (
        rng.normal(0, 0.05, (wide, HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        rng.normal(0, 0.1, (HIDDEN, y.shape[1] + 1)).astype(np.float32),
        np.r_[np.log(rate / (1 - rate)), 0].astype(np.float32),
    )
    first = [np.zeros_like(part) for part in parts]
    second = [np.zeros_like(part) for part in parts]
    step = 0
    for turn in range(PASSES):
        pace = RATE * (1 - turn / PASSES)
        order = rng.permutation(turns)
        for start in range(0, turns, BATCH):
            some = order[start : start + BATCH]
            slopes = _slopes(parts, x[some], (y[some], weight[some], quality[some]), rng)
            step += 1
            for at, slope in enumerate(slopes):
                part = parts[at]
                first[at] += 0.1 * (slope - first[at])
                second[at] += 0.001 * (slope * slope - second[at])
                move = first[at] / (1 - 0.9**step)
                move /= np.sqrt(second[at] / (1 - 0.999**step)) + 1e-8
                np.subtract(part, pace * (move + DECAY * part * (part.ndim > 1)), out=part)
    return parts


def _slopes(
    parts: tuple[Singles, Singles, Singles, Singles],
    x: csr_matrix,
    truth: tuple[Floats, Floats, Floats],
    rng: np.random.Generator,
) -> tuple[Singles, Singles, Singles, Singles]:
    """The slopes of the loss for a batch, with input and hidden units dropped at random."""
    into, bias, out, rest = parts
    y, weight, quality = truth
    kept_in = (rng.random(x.data.shape) > DROP_INPUT) / (1 - DROP_INPUT)
    x.data = (x.data * kept_in).astype(np.float32)
    before = x @ into + bias
    kept = ((rng.random(before.shape) > DROP_HIDDEN) / (1 - DROP_HIDDEN)).astype(np.float32)
    hidden = np.maximum(before, 0) * kept
    z = hidden @ out + rest
    fault = np.zeros_like(z)
    fault[:, :-1] = (1 / (1 + np.exp(-z[:, :-1])) - y) * weight[:, None]
    fault[:, -1] = np.where(quality > 0, (z[:, -1] - (quality - 3)) * _QUALITY_SHARE, 0)
    fault /= len(y)
    back = ((fault @ out.T) * kept * (before > 0)).astype(np.float32)
    return np.asarray(x.T @ back), back.sum(axis=0), hidden.T @ fault, fault.sum(axis=0)
