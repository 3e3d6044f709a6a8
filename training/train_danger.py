"""Learns the danger screen's second listener and writes its points.

    python training/train_danger.py

Learns from `training/safety_dev.jsonl` and `safety_tune.jsonl`, with the rated turns and the lines of
the shipped scenarios as ordinary talk; never from `safety_report.jsonl` and `safety_fresh.jsonl`,
which are kept for judging. Run `compile_danger.py` first: words and idioms are taken from there.
Prints how it does on lines it has not learned from, then writes
`src/steady/safety/data/danger_points.json`. The same lines give the same file.
"""

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from steady.safety.danger import shipped  # noqa: E402
from steady.safety.listener import KINDS, features, packed  # noqa: E402

OUT = ROOT / "src" / "steady" / "safety" / "data" / "danger_points.json"
NONE = "none"
FOLDS = 10
LEAST = 0.03  # points below this change nothing and are left out
STRENGTH = 1.0


def rows_of(name: str) -> list[dict[str, str]]:
    path = ROOT / "training" / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def scenario_lines() -> list[str]:
    """Everything that is said in the shipped scenarios."""
    lines: set[str] = set()
    for path in sorted((ROOT / "scenarios").rglob("*.toml")):
        lines.update(text for text in _texts(tomllib.loads(path.read_text("utf-8"))) if " " in text)
    return sorted(line for line in lines if len(line) > 12)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def fit(rows: list[set[str]], labels: list[str], index: dict[str, int]) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=3000).fit(matrix(rows, index), np.array(labels))


def matrix(rows: list[set[str]], index: dict[str, int]) -> csr_matrix:
    places = [[index[f] for f in sorted(row) if f in index] for row in rows]
    columns = [c for row in places for c in row]
    starts = np.cumsum([0, *map(len, places)])
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), len(index)))


def vocabulary(rows: list[set[str]]) -> dict[str, int]:
    return {name: n for n, name in enumerate(sorted({f for row in rows for f in row}))}


def danger_in(model: LogisticRegression, x: csr_matrix) -> np.ndarray:
    return 1 - model.predict_proba(x)[:, list(model.classes_).index(NONE)]


def judge(rows: list[set[str]], labels: list[str], source: list[str]) -> None:
    """Prints, for lines left out of the learning, how many each limit would notice."""
    p = np.zeros(len(rows))
    for fold in range(FOLDS):
        learn = [n for n in range(len(rows)) if n % FOLDS != fold]
        left = [n for n in range(len(rows)) if n % FOLDS == fold]
        index = vocabulary([rows[n] for n in learn])
        model = fit([rows[n] for n in learn], [labels[n] for n in learn], index)
        p[left] = danger_in(model, matrix([rows[n] for n in left], index))
    groups = sorted({(label, name) for label, name in zip(labels, source, strict=True)})
    for limit in (0.5, 0.7, 0.8, 0.85, 0.9, 0.95):
        shares = []
        for label, name in groups:
            of = [n for n in range(len(rows)) if labels[n] == label and source[n] == name]
            shares.append(f"{label}/{name} {float((p[of] >= limit).mean()):.3f}")
        print(f"at {limit}:", "  ".join(shares))


def main() -> None:
    texts, labels, source = [], [], []
    for row in rows_of("safety_dev.jsonl") + rows_of("safety_tune.jsonl"):
        texts.append(row["text"])
        labels.append(row["label"])
        source.append("lines")
    for row in rows_of("turns_train.jsonl") + rows_of("turns_dev.jsonl"):
        texts.append(row["text"])
        labels.append(NONE)
        source.append("rated")
    for line in scenario_lines():
        texts.append(line)
        labels.append(NONE)
        source.append("scenarios")
    screen = shipped()
    rows = [features(screen.ground(text)) for text in texts]
    print(len(rows), "lines:", dict(Counter(zip(labels, source, strict=True))))
    if "--judge" in sys.argv:
        judge(rows, labels, source)
    index = vocabulary(rows)
    model = fit(rows, labels, index)
    classes = list(model.classes_)
    none = classes.index(NONE)
    order = [classes.index(kind.value) for kind in KINDS]
    odds = model.coef_[order] - model.coef_[none]
    bias = model.intercept_[order] - model.intercept_[none]
    points = {
        name: packed(odds[:, n].tolist()) for name, n in index.items() if np.abs(odds[:, n]).max() >= LEAST
    }
    data = {"bias": [round(float(b), 4) for b in bias], "points": points}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace(',"', ',\n"')
    OUT.write_text(text + "\n", "utf-8", newline="\n")
    print(f"{len(points)} features, {len(text) / 1024:.0f} KiB: {OUT.name}")


if __name__ == "__main__":
    main()
