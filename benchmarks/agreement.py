"""How far the embedded reading agrees with raters, move by move.

usage: python benchmarks/agreement.py RATED.jsonl

RATED.jsonl holds one object a line: id, scenario, partner, text, raters {name: {moves, quality}}.
Printed per move: how many turns most raters mark, precision, recall and F1 against that majority,
the mean Cohen's kappa with each rater, and the mean kappa of the raters with each other, which is
the ceiling. Where a turn has two raters, both must mark a move for it to count.
"""

import json
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from steady.reading import Reader
from steady.terms import Move

FEWEST = 5  # moves marked more rarely are left out of the means


def kappa(a: Sequence[bool], b: Sequence[bool]) -> float | None:
    """Cohen's kappa of two equally long lists, None where it is undefined (Cohen 1960)."""
    agree = sum(x == y for x, y in zip(a, b, strict=True)) / len(a)
    p, q = sum(a) / len(a), sum(b) / len(b)
    chance = p * q + (1 - p) * (1 - q)
    return None if chance == 1 else (agree - chance) / (1 - chance)


def mean(values: Iterable[float | None]) -> float:
    """The mean of what is defined."""
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known else float("nan")


def spearman(a: Sequence[float], b: Sequence[float]) -> float:
    """Spearman's rank correlation, ties sharing their mean rank."""
    return statistics.correlation(_ranks(a), _ranks(b))


def _ranks(values: Sequence[float]) -> list[float]:
    order: dict[float, list[int]] = {}
    for rank, place in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        order.setdefault(values[place], []).append(rank)
    return [statistics.fmean(order[value]) for value in values]


def rater_pairs(turns: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The pairs of raters who rated some of the same turns."""
    pairs = Counter(pair for t in turns for pair in combinations(sorted(t["raters"]), 2))
    return sorted(pairs)


def marks(turns: list[dict[str, Any]], rater: str, move: Move) -> list[bool]:
    """Whether a rater marked a move, turn by turn."""
    return [move.value in turn["raters"][rater]["moves"] for turn in turns]


def main() -> None:
    """Print the table and the summary."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
    turns = [json.loads(line) for line in lines if line.strip()]
    reader = Reader()
    readings = [reader.read(turn["text"], turn["partner"]) for turn in turns]
    raters = sorted({name for turn in turns for name in turn["raters"]})
    by = {r: [n for n, turn in enumerate(turns) if r in turn["raters"]] for r in raters}
    pairs = rater_pairs(turns)
    print(f"{len(turns)} turns, raters {', '.join(raters)}")
    print(f"{'move':16} {'n':>4} {'prec':>6} {'rec':>6} {'F1':>6} {'kappa':>6} {'raters':>6}")
    ours, theirs, f1s = [], [], []
    for move in Move:
        got = [move in reading.moves for reading in readings]
        gold = [
            sum(move.value in r["moves"] for r in turn["raters"].values()) >= 2 for turn in turns
        ]
        hits = sum(g and t for g, t in zip(got, gold, strict=True))
        precision = hits / sum(got) if any(got) else 0.0
        recall = hits / sum(gold) if any(gold) else 0.0
        f1 = 2 * hits / (sum(got) + sum(gold)) if any(got) or any(gold) else float("nan")
        k = mean(
            kappa([got[n] for n in by[r]], marks([turns[n] for n in by[r]], r, move))
            for r in raters
        )
        among = mean(
            kappa(marks(both, a, move), marks(both, b, move))
            for a, b in pairs
            if (both := [t for t in turns if a in t["raters"] and b in t["raters"]])
        )
        figures = " ".join(f"{figure:6.2f}" for figure in (precision, recall, f1, k, among))
        print(f"{move:16} {sum(gold):4d} {figures}")
        if sum(gold) >= FEWEST:
            ours.append(k)
            theirs.append(among)
            f1s.append(f1)
    quality = mean(
        spearman(
            [readings[n].quality for n in by[r]],
            [float(turns[n]["raters"][r]["quality"]) for n in by[r]],
        )
        for r in raters
    )
    print(
        f"macro-F1 {mean(f1s):.3f}  kappa {mean(ours):.3f}  raters {mean(theirs):.3f}"
        f"  quality-rho {quality:.3f}"
    )


if __name__ == "__main__":
    main()
