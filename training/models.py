"""The models of a move and how they are fitted.

Sentence model: each sentence is scored alone by a linear model, the scores are joined by
log-sum-exp (the strongest sentence speaks), figures of the whole turn are added; fitted by L-BFGS,
penalized by squared weights; cues may weigh more freely than words. Beside it stand the networks of
`nets.py`, which see the turn as a whole and also judge its quality.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from common import MOVES, Floats, Turn
from nets import Nets, Plan, Rows, Singles, fit_nets

Loss = Callable[[Floats], tuple[float, Floats]]

SCALES = {
    "group": 1.0, "line": 1.6, "place": 1.5, "denied": 1.0, "partner": 0.7, "row": 0.5,
    "class": 0.5, "shape": 0.5, "time": 2.0, "echo": 1.0, "pair": 0.9, "figure": 1.0, "word": 1.0,
}  # fmt: skip
SENTENCE_PENALTY = 6.0
STEPS = 60
NETS_SHARE = 2 / 3
"""How much the networks have to say; the rest is the sentence model's."""
PLAN = Plan(nets=2, hidden=32, passes=20, rate=5e-3, decay=1e-3, drop=0.6)
_QUALITY_SHARE = 1.0


def kind_of(name: str) -> str:
    """The kind of a feature, by its name (see steady.reading.features)."""
    if name.startswith("p#"):
        return "partner"
    if name[0] == "#":
        if name[1:].isdigit():
            return "line"
        return "place" if "@" in name or "*" in name else "group"
    if name[0] == "~":
        return "denied"
    if name.startswith("t:"):
        return "time"
    if name.startswith("echo"):
        return "echo"
    if re.match(r"(shape|first|last):", name):
        return "shape"
    if "/" in name and len(name) > 1:
        return "row"
    if "<" in name:
        return "class"
    if " " in name:
        return "pair"
    if ">=" in name or "*" in name or "-" in name:
        return "figure"
    return "word"


@dataclass(slots=True)
class Tables:
    """Turns as matrices: everything in each turn, each sentence alone, the turn's own figures."""

    whole: csr_matrix
    sentences: csr_matrix
    turn_of: NDArray[np.int64]
    frame: csr_matrix

    def rows(self, keep: NDArray[np.bool_]) -> "Tables":
        """Some of the turns."""
        held = keep[self.turn_of]
        numbers = np.cumsum(keep) - 1
        return Tables(
            self.whole[keep], self.sentences[held], numbers[self.turn_of[held]], self.frame[keep]
        )


def scales_of(index: dict[str, int]) -> Floats:
    return np.array([SCALES[kind_of(name)] for name in index])


def tables_of(turns: list[Turn], index: dict[str, int], scales: Floats) -> Tables:
    whole, sentences, frame, turn_of = [], [], [], []
    for at, turn in enumerate(turns):
        whole.append([index[n] for n in turn.features.everything() if n in index])
        frame.append([index[n] for n in turn.features.whole if n in index])
        for names in turn.features.sentences():
            sentences.append([index[n] for n in names if n in index])
            turn_of.append(at)
    return Tables(
        _sparse(whole, scales),
        _sparse(sentences, scales),
        np.array(turn_of),
        _sparse(frame, scales),
    )


def _sparse(rows: list[list[int]], scales: Floats) -> csr_matrix:
    columns = np.array([c for row in rows for c in sorted(row)], dtype=int)
    ends = np.cumsum([0, *(len(row) for row in rows)])
    return csr_matrix((scales[columns], columns, ends), shape=(len(rows), len(scales)))


def _descend(loss: Loss, y: Floats, weight: Floats, wide: int, steps: int) -> tuple[Floats, Floats]:
    """Minimizes a loss over weights (features by moves) and intercepts, from the base rates."""
    heads = y.shape[1]
    rate = np.clip(np.average(y, axis=0, weights=weight), 1e-3, 1 - 1e-3)
    start = np.zeros((wide + 1, heads))
    start[-1] = np.log(rate / (1 - rate))

    def flat(p: Floats) -> tuple[float, Floats]:
        value, slope = loss(p.reshape(wide + 1, heads))
        return value, slope.ravel()

    found = minimize(
        flat,
        start.ravel(),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": steps, "maxfun": 2 * steps},
    ).x.reshape(wide + 1, heads)
    return found[:-1], found[-1]


def _fault(z: Floats, y: Floats, weight: Floats) -> tuple[float, Floats]:
    """Logistic loss and its slope; a turn its raters split on counts as half of each."""
    value = float(np.sum(weight[:, None] * (np.logaddexp(0, z) - y * z)))
    return value, weight[:, None] * (1 / (1 + np.exp(-z)) - y)


def fit_sentences(t: Tables, y: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Weights and intercepts of the sentence model, one column per move.

    A feature belongs either to sentences or to the turn, so both kinds share one table.
    """
    back, frame_back = t.sentences.T.tocsr(), t.frame.T.tocsr()
    starts = np.searchsorted(t.turn_of, np.arange(len(y)))

    def loss(p: Floats) -> tuple[float, Floats]:
        w = p[:-1]
        joined, share = _joined(t.sentences @ w, t.turn_of, starts)
        value, fault = _fault(joined + t.frame @ w + p[-1], y, weight)
        value += 0.5 * SENTENCE_PENALTY * float(np.sum(w * w))
        slope = back @ (share * fault[t.turn_of]) + frame_back @ fault + SENTENCE_PENALTY * w
        return value, np.vstack([slope, fault.sum(0)])

    return _descend(loss, y, weight, t.whole.shape[1], STEPS)


def _joined(
    scores: Floats, turn_of: NDArray[np.int64], starts: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Log-sum-exp of each turn's sentences, and each sentence's share in it."""
    top = np.maximum.reduceat(scores, starts)
    parts = np.exp(scores - top[turn_of])
    sums = np.add.reduceat(parts, starts)
    return np.log(sums) + top, parts / sums[turn_of]


def score_sentences(t: Tables, w: Floats, b: Floats) -> Floats:
    starts = np.searchsorted(t.turn_of, np.arange(t.frame.shape[0]))
    return _joined(t.sentences @ w, t.turn_of, starts)[0] + t.frame @ w + b


@dataclass(slots=True)
class Fitted:
    """Weights and intercepts of the sentence model, and the networks.

    The networks say every move's score, and last where the quality stands, less 3.
    """

    sentences: tuple[Floats, Floats]
    nets: Nets

    def scores(self, t: Tables) -> tuple[Floats, Floats]:
        """Each turn's score for every move, and where its quality stands by features alone."""
        alone = score_sentences(t, *self.sentences)
        said = self.nets.say(t.whole)
        return (1 - NETS_SHARE) * alone + NETS_SHARE * said[:, :-1], said[:, -1]


def fit(t: Tables, turns: list[Turn]) -> Fitted:
    """Fits everything. Composed turns teach the moves but not quality."""
    y = np.array([[turn.marks[move] for move in MOVES] for turn in turns])
    weight = np.array([turn.weight for turn in turns])
    stand = np.array([turn.stand for turn in turns])

    def fault(said: Singles, rows: Rows) -> Singles:
        """Logistic for the moves, squares for quality, where a turn has one."""
        out = np.zeros_like(said)
        out[:, :-1] = (1 / (1 + np.exp(-said[:, :-1])) - y[rows]) * weight[rows, None]
        off = said[:, -1] - (stand[rows] - 3)
        out[:, -1] = np.where(stand[rows] > 0, off * _QUALITY_SHARE, 0)
        return out

    rate = np.clip(y.mean(axis=0), 1e-3, 1 - 1e-3)
    start = np.r_[np.log(rate / (1 - rate)), 0]
    return Fitted(fit_sentences(t, y, weight), fit_nets(t.whole, start, fault, PLAN))
