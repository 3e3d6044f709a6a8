"""Small networks: what several things to be told have in common, they learn once.

One hidden layer over all that is seen in a text, fitted by Adam with much of the input dropped at
random. Some of them, from different seeds, are averaged. Seeds are fixed, so the same lines give
the same networks. Who fits them says by `Fault` what is to be told.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Singles = NDArray[np.float32]
Rows = NDArray[np.int64]
Fault = Callable[[Singles, Rows], Singles]
"""From what a network says of some rows: how far, and which way, each of it is wrong."""
_BATCH = 256
_DROP_HIDDEN = 0.2


@dataclass(frozen=True, slots=True)
class Plan:
    """How networks are fitted: how many, their hidden units, how often they see every row, how
    fast they learn, how their weights decay, and what share of the input they must do without.
    """

    nets: int
    hidden: int
    passes: int
    rate: float
    decay: float
    drop: float


@dataclass(slots=True)
class Nets:
    """The networks side by side: weights into the hidden units, their bias, and out of them."""

    into: Singles
    bias: Singles
    out: Singles
    rest: Singles

    def say(self, x: csr_matrix) -> NDArray[np.float64]:
        """What the networks say of every row, on average."""
        hidden = np.maximum(x.astype(np.float32) @ self.into + self.bias, 0)
        return np.asarray(hidden @ self.out + self.rest, dtype=np.float64)


def fit_nets(x: csr_matrix, start: Singles, fault: Fault, plan: Plan) -> Nets:
    """All networks; `start` is what they say before they have seen anything."""
    found = [_fit(x.astype(np.float32), start, fault, plan, seed) for seed in range(plan.nets)]
    return Nets(
        np.hstack([parts[0] for parts in found]),
        np.concatenate([parts[1] for parts in found]),
        np.vstack([parts[2] for parts in found]) / plan.nets,
        np.mean([parts[3] for parts in found], axis=0),
    )


def _fit(x: csr_matrix, start: Singles, fault: Fault, plan: Plan, seed: int) -> list[Singles]:
    rng = np.random.default_rng(seed)
    rows, wide = x.shape
    parts = [
        rng.normal(0, 0.05, (wide, plan.hidden)).astype(np.float32),
        np.zeros(plan.hidden, np.float32),
        rng.normal(0, 0.1, (plan.hidden, len(start))).astype(np.float32),
        start.astype(np.float32),
    ]
    first = [np.zeros_like(part) for part in parts]
    second = [np.zeros_like(part) for part in parts]
    step = 0
    for turn in range(plan.passes):
        pace = plan.rate * (1 - turn / plan.passes)
        order = rng.permutation(rows)
        for begin in range(0, rows, _BATCH):
            some = order[begin : begin + _BATCH]
            slopes = _slopes(parts, x[some], some, fault, plan.drop, rng)
            step += 1
            for at, slope in enumerate(slopes):
                part = parts[at]
                first[at] += 0.1 * (slope - first[at])
                second[at] += 0.001 * (slope * slope - second[at])
                move = first[at] / (1 - 0.9**step)
                move /= np.sqrt(second[at] / (1 - 0.999**step)) + 1e-8
                np.subtract(part, pace * (move + plan.decay * part * (part.ndim > 1)), out=part)
    return parts


def _slopes(
    parts: list[Singles],
    x: csr_matrix,
    some: Rows,
    fault_of: Fault,
    drop: float,
    rng: np.random.Generator,
) -> list[Singles]:
    """The slopes of the loss for a batch, with input and hidden units dropped at random."""
    into, bias, out, rest = parts
    kept_in = (rng.random(x.data.shape) > drop) / (1 - drop)
    x.data = (x.data * kept_in).astype(np.float32)
    before = x @ into + bias
    kept = ((rng.random(before.shape) > _DROP_HIDDEN) / (1 - _DROP_HIDDEN)).astype(np.float32)
    hidden = np.maximum(before, 0) * kept
    fault = (fault_of(hidden @ out + rest, some) / len(some)).astype(np.float32)
    back = ((fault @ out.T) * kept * (before > 0)).astype(np.float32)
    return [np.asarray(x.T @ back), back.sum(axis=0), hidden.T @ fault, fault.sum(axis=0)]
