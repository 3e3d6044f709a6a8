"""Judges the reader on writers it has not learned from.

usage: python training/evaluate.py [--groups A B]

Writers are left out whole, a few at a time (a turns file without writers counts as one). Prints
per move the mean kappa with the raters, over all and for each of the groups named, and Spearman's
rho of quality.
"""

import sys
from collections import Counter

import numpy as np
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression, Ridge

from common import (
    MOVES,
    Floats,
    Turn,
    add_features,
    columns_of,
    compose,
    kappa,
    load_turns,
    marks_of,
    read_sources,
    vocabulary,
)
from models import fit, scales_of, tables_of

FOLDS = 9
_GRID = np.arange(0.06, 0.90, 0.02)
_SMOOTH = 5  # steps of the grid on either side


def leave_writers_out(turns: list[Turn], extra: list[Turn]) -> tuple[Floats, Floats]:
    """Every turn's scores and plain quality from a model that never saw its writer."""
    every = [*turns, *extra]
    index = vocabulary(every)
    tables = tables_of(every, index, scales_of(index))
    fold_of = folds_of(turns)
    held = np.array([fold_of.get(t.writer, -1) for t in every])
    scores, plain = np.zeros((len(turns), len(MOVES))), np.zeros(len(turns))
    for fold in range(FOLDS):
        learn, judge = held != fold, held == fold
        judge[len(turns) :] = False
        fitted = fit(tables.rows(learn), [t for t, kept in zip(every, learn, strict=True) if kept])
        found = fitted.scores(tables.rows(judge))
        scores[judge[: len(turns)]], plain[judge[: len(turns)]] = found
    return scores, plain


def folds_of(turns: list[Turn]) -> dict[str, int]:
    """Each writer's fold: no writer is in two, and the folds are of much the same size."""
    counts = Counter(t.writer for t in turns)
    sizes = [0] * FOLDS
    out = {}
    for writer, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        out[writer] = sizes.index(min(sizes))
        sizes[out[writer]] += count
    return out


def logistic(z: Floats) -> Floats:
    return 1 / (1 + np.exp(-z))


def calibration_of(scores: Floats, turns: list[Turn]) -> Floats:
    """For every move, how its scores are stretched and moved so that odds are frequencies."""
    out = np.zeros((len(MOVES), 2))
    for k, move in enumerate(MOVES):
        marks = marks_of(turns, move)
        table = np.r_[scores[:, k], scores[:, k]][:, None]
        truth = np.r_[np.ones(len(turns)), np.zeros(len(turns))]
        model = LogisticRegression(C=1e3).fit(table, truth, sample_weight=np.r_[marks, 1 - marks])
        out[k] = model.coef_[0, 0], model.intercept_[0]
    return out


def threshold_of(odds: Floats, turns: list[Turn], move: str) -> float:
    """The threshold with the best mean kappa, smoothed over its neighbors.

    Half of it is the kappa over all turns, half that over the near ones: those of the first ten
    writers. Smoothing is wide, for a threshold fitted closely to few marks fails on new writers.
    """
    near = np.array([turn.weight > 1 for turn in turns])
    parts = [np.ones(len(turns), bool), near] if near.any() else [np.ones(len(turns), bool)]
    columns = columns_of(turns, move)
    found = [
        np.nanmean([kappa(odds[part] >= t, c[part]) for part in parts for c in columns])
        for t in _GRID
    ]
    smooth = np.convolve(np.pad(found, _SMOOTH, mode="edge"), np.ones(2 * _SMOOTH + 1), "valid")
    return float(_GRID[int(np.argmax(smooth))])


def quality_table(scores: Floats, plain: Floats) -> Floats:
    """What quality is weighed from: the moves' scores and odds, and the features' own view."""
    held = np.clip(scores, -7, 7)
    return np.hstack([held, logistic(scores), plain[:, None]])


def fit_quality(scores: Floats, plain: Floats, turns: list[Turn]) -> tuple[Floats, float]:
    x = quality_table(scores, plain)
    middle, spread = x.mean(0), x.std(0) + 1e-9
    y = np.array([t.stand for t in turns])
    ridge = Ridge(alpha=100.0).fit((x - middle) / spread, y)
    weights = ridge.coef_ / spread
    return weights, float(ridge.intercept_ - middle @ weights)


def judged_quality(scores: Floats, plain: Floats, turns: list[Turn]) -> Floats:
    """Where every turn's quality stands, by weights from the other writers."""
    out = np.zeros(len(turns))
    fold_of = folds_of(turns)
    folds = np.array([fold_of[t.writer] for t in turns])
    for fold in range(FOLDS):
        learn, judge = folds != fold, folds == fold
        kept = [t for t in turns if fold_of[t.writer] != fold]
        weights, rest = fit_quality(scores[learn], plain[learn], kept)
        out[judge] = quality_table(scores[judge], plain[judge]) @ weights + rest
    return out


def report(scores: Floats, plain: Floats, turns: list[Turn], groups: list[str]) -> str:
    """The table of kappas, and the line of quality."""
    odds = logistic(scores)
    names = np.array([t.writer for t in turns])
    parts = {"all": np.ones(len(turns), bool), "rest": ~np.isin(names, groups)}
    parts |= {group: names == group for group in groups}
    kappas: dict[str, list[float]] = {part: [] for part in parts}
    lines = [f"{'move':16} {'n':>5} {'thr':>5} " + " ".join(f"{part:>6}" for part in parts)]
    for k, move in enumerate(MOVES):
        cut = threshold_of(odds[:, k], turns, move)
        columns = columns_of(turns, move, 3)
        for part, rows in parts.items():
            seen = [kappa(odds[rows, k] >= cut, c[rows]) for c in columns]
            enough = sum(marks_of(turns, move)[rows] >= 0.5) >= 5
            kappas[part].append(float(np.mean(seen)) if enough else float("nan"))
        n = int(sum(marks_of(turns, move) >= 0.5))
        row = " ".join(f"{kappas[part][-1]:6.3f}" for part in parts)
        lines.append(f"{move:16} {n:5d} {cut:5.2f} {row}")
    lines.append(f"{'mean':28} " + " ".join(f"{np.nanmean(kappas[p]):6.3f}" for p in parts))
    quality = judged_quality(scores, plain, turns)
    truth = np.array([t.quality for t in turns])
    rhos = [float(spearmanr(quality[rows], truth[rows])[0]) for rows in parts.values()]
    lines.append(f"{'quality rho':28} " + " ".join(f"{rho:6.3f}" for rho in rhos))
    return "\n".join(lines)


def main() -> None:
    groups = sys.argv[2:] if sys.argv[1:2] == ["--groups"] else []
    turns = load_turns()
    extra = compose(turns)
    add_features([*turns, *extra], read_sources())
    scores, plain = leave_writers_out(turns, extra)
    stretch, shift = calibration_of(scores, turns).T
    scores = scores * stretch + shift
    print(report(scores, plain, turns, groups))


if __name__ == "__main__":
    main()
