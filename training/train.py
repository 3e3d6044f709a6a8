"""Learns the reader's weights from the rated turns and writes them, with the compiled cues.

usage: python training/train.py

Reads every training/turns_*.jsonl and training/sentences/*.txt. Thresholds and the weights of
quality come from judging each writer by models that never saw that writer; then everything is
fitted once more on all of it, and src/steady/reading/data/reader.json is written. The same files
give the same weights.
"""

import base64
import json

import numpy as np

from common import (
    MOVES,
    ROOT,
    Floats,
    Turn,
    add_features,
    compose,
    load_turns,
    read_sources,
    stands_of,
    vocabulary,
)
from evaluate import calibration_of, fit_quality, leave_writers_out, logistic, report, threshold_of
from models import NETS_SHARE, fit, scales_of, tables_of
from steady.reading.reader import FORMAT, Reader
from steady.terms import Move
from steady.weights import LARGEST, pack

OUT = ROOT / "src" / "steady" / "reading" / "data" / "reader.json"
KEPT = 24_000
"""Features kept, those that weigh most over all turns; more would make the file slow to load."""


def main() -> None:
    turns = load_turns()
    extra = compose(turns)
    sources = read_sources()
    every = [*turns, *extra]
    add_features(every, sources)
    scores, plain = leave_writers_out(turns, extra)
    stretch, shift = calibration_of(scores, turns).T
    scores = scores * stretch + shift
    print(report(scores, plain, turns, []))
    odds = logistic(scores)
    index = vocabulary(every)
    scales = scales_of(index)
    tables = tables_of(every, index, scales)
    fitted = fit(tables, every)
    scored = fitted.scores(tables)[0] * stretch + shift
    nets = fitted.nets
    table = np.hstack([fitted.sentences[0], nets.into])
    table *= scales[:, None]
    steps = np.abs(table).max(axis=0) / LARGEST
    seen = np.sqrt(np.asarray((tables.whole > 0).sum(axis=0)).ravel())
    heaviest = np.argsort(-np.abs(table).max(axis=1) * seen, kind="stable")[:KEPT]
    every_name = list(index)
    names = [every_name[at] for at in sorted(heaviest)]
    packed = b"".join(pack(table[index[name]].tolist(), steps.tolist()) for name in names)
    by_moves, rest = fit_quality(scores, plain, turns)
    data = {
        "format": FORMAT,
        "sources": sources.digest,
        "moves": MOVES,
        "intercepts": _short(fitted.sentences[1]),
        "stretch": _short(stretch),
        "shift": _short(shift),
        "thresholds": _short([threshold_of(odds[:, k], turns, m) for k, m in enumerate(MOVES)]),
        "quality": {
            "scores": _short(by_moves[: len(MOVES)]),
            "odds": _short(by_moves[len(MOVES) : -1]),
            "plain": _short([by_moves[-1]])[0],
            "intercept": _short([rest])[0],
            "stands": _short(stands_of(turns)),
        },
        "nets": {
            "share": round(NETS_SHARE, 4),
            "bias": _short(nets.bias),
            "out": [_short(column) for column in nets.out.T],
            "rest": _short(nets.rest),
        },
        "spellings": sources.spellings,
        "classes": sources.classes,
        "cues": sources.cues,
        "shows": sources.shows,
        "graph": sources.graph,
        "times": sources.times,
        "time_graph": sources.time_graph,
        "turned": sources.turned,
        "features": names,
        "steps": [float(f"{step:.6g}") for step in steps],
        "weights": base64.b64encode(packed).decode(),
    }
    # plain ASCII: one wide character in it would make reading the file twice as slow
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    OUT.write_text(text + "\n", "utf-8")
    print(f"the packed weights stray by at most {_strays(turns[:500], scored):.2f}")
    print(f"{len(turns)} turns, {len(names)} features, {OUT.stat().st_size // 1024} KiB")


def _strays(turns: list[Turn], scores: Floats) -> float:
    """How far the reader's odds, from weights packed into bytes, lie from the fitted ones."""
    reader = Reader(OUT)
    return max(
        abs(logistic(score) - reader.read(turn.text, turn.partner).probabilities[Move(move)])
        for turn, row in zip(turns, scores, strict=False)
        for move, score in zip(MOVES, row, strict=True)
    )


def _short(values) -> list[float]:
    return [round(float(value), 4) for value in values]


if __name__ == "__main__":
    main()
