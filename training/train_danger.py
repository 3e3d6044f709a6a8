"""Teaches the danger screen's listener, and writes what it learned.

    python training/train_danger.py [--judge]

It learns from `safety_*.jsonl` and `danger/*.txt` what danger sounds like and what only looks like
it, and from the rated turns and the sentence bank what ordinary talk is. The same files give the
same `src/steady/safety/data/listener.json`.

`--judge` writes nothing: it leaves out some files of lines and a part of the rated turns, one after
the other, and says what a listener hears in what it has not learned from.
"""

import base64
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from steady.safety.danger import ALONE, PART, screen, shipped  # noqa: E402
from steady.safety.listener import (  # noqa: E402
    Listener,
    aspects,
    is_piece,
    pieces_of,
    sentences_of,
)
from steady.safety.signs import COMPILED, digest_of, meanings_of  # noqa: E402
from steady.terms import Danger  # noqa: E402

OUT = COMPILED.parent / "listener.json"
TRAINING = ROOT / "training"
KINDS = [kind.value for kind in Danger]
NONE = "none"
LEAST = 3
"""An aspect is learned where it is heard in so many lines."""
KEPT = 60_000
"""So many aspects are kept: those that weigh most."""
TRUST = 10.0
"""How far the weights follow the lines; the smaller, the more cautious."""
HARMLESS = 2.0
"""A rated turn, or a line labeled harmless, counts for so many lines: there are fewer of them."""
PARTS = 4
STEPS = 127
"""Weights are kept as whole numbers, of which this is the largest."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    label: str
    file: str
    counts: float = 1.0


def labeled(folder: Path = TRAINING) -> list[Line]:
    """The lines somebody labeled; one that stands twice is taken once."""
    found: dict[str, Line] = {}
    for path in sorted(folder.glob("safety_*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            found.setdefault(row["text"], _line(row["text"], row["label"], path))
    for path in sorted(folder.glob("danger/*.txt")):
        for line in _under_headings(path):
            found.setdefault(line.text, line)
    return list(found.values())


def _under_headings(path: Path) -> Iterator[Line]:
    label = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# "):
            label = line[2:].strip()
            if label not in (*KINDS, NONE):
                sys.exit(f'{path.name}: "{label}" is not a kind of danger, nor "{NONE}".')
        elif line.strip():
            yield _line(line.strip(), label, path)


def _line(text: str, label: str, path: Path) -> Line:
    return Line(text, label, path.name, HARMLESS if label == NONE else 1.0)


def rated() -> list[Line]:
    """The rated turns: what people say in a rehearsal."""
    return [
        _line(json.loads(line)["text"], NONE, path)
        for path in sorted(TRAINING.glob("turns_*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def other_talk() -> list[Line]:
    """The sentence bank. What partners say is left out: from a client, some of it is danger."""
    out = [
        Line(line.strip(), NONE, path.name)
        for path in sorted(TRAINING.glob("sentences/*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("# ")
    ]
    return list({line.text: line for line in out}.values())


class Ears:
    """What is heard in a line, worked out once."""

    def __init__(self) -> None:
        self.meanings = meanings_of()
        self.known: dict[str, frozenset[str]] = {}

    def hear(self, text: str) -> frozenset[str]:
        if text not in self.known:
            sentences = sentences_of(shipped().look(text).words)
            heard = (aspects(sentence, self.meanings) for sentence in sentences)
            pieces = (pieces_of(word) for sentence in sentences for word in sentence)
            self.known[text] = frozenset().union(*heard, *pieces)
        return self.known[text]


def table(heard: Iterable[frozenset[str]], at: dict[str, int]) -> csr_matrix:
    """A row for each text: its words and meanings weigh as much together as all pieces of words."""
    piece = [is_piece(aspect) for aspect in at]
    ends, columns, values = [0], [], []
    for aspect_set in heard:
        row = sorted(at[aspect] for aspect in aspect_set if aspect in at)
        columns += row
        pieces = sum(piece[column] for column in row)
        shares = 1 / np.sqrt(max(len(row) - pieces, 1)), 1 / np.sqrt(max(pieces, 1))
        values += [shares[piece[column]] for column in row]
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(at)))


def fitted(lines: list[Line], ears: Ears, names: Sequence[str]) -> Any:
    at = {name: column for column, name in enumerate(names)}
    rows = table((ears.hear(line.text) for line in lines), at)
    counts = np.array([line.counts for line in lines])
    model = LogisticRegression(C=TRUST, max_iter=500, tol=1e-3)
    return model.fit(rows, np.array([line.label for line in lines]), sample_weight=counts)


def learn(lines: list[Line], ears: Ears) -> str:
    """The text of the listener's file."""
    often = Counter(aspect for line in lines for aspect in ears.hear(line.text))
    names = sorted(aspect for aspect, count in often.items() if count >= LEAST)
    weights, _ = _weights(fitted(lines, ears, names))
    heaviest = np.argsort(-np.abs(weights).max(axis=0), kind="stable")[:KEPT]
    names = sorted(names[column] for column in heaviest)
    weights, start = _weights(fitted(lines, ears, names))
    step = float(np.abs(weights).max()) / STEPS
    steps = np.rint(weights / round(step, 5)).clip(-STEPS, STEPS).astype(np.int8)
    data = {
        "sources": sources(),
        "kinds": KINDS,
        "start": [round(float(x), 4) for x in start],
        "step": round(step, 5),
        "meanings": ears.meanings,
        "aspects": names,
        "weights": base64.b64encode(steps.tobytes()).decode(),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _weights(model: Any) -> tuple[Any, Any]:
    """How much each aspect speaks for each kind rather than for none."""
    rows = [list(model.classes_).index(kind) for kind in KINDS]
    none = list(model.classes_).index(NONE)
    return model.coef_[rows] - model.coef_[none], model.intercept_[rows] - model.intercept_[none]


def sources() -> dict[str, str]:
    """A fingerprint of every file of labeled lines and of what words mean."""
    folder = COMPILED.parent / "danger"
    paths = [
        *sorted(TRAINING.glob("safety_*.jsonl")),
        *sorted(TRAINING.glob("danger/*.txt")),
        folder / "meanings.toml",
    ]
    return {path.relative_to(ROOT).as_posix(): digest_of([path]) for path in paths}


def judge(ears: Ears) -> None:
    """What is heard in each file, and in the rated turns, by who has not seen it."""
    lines, turns, other = labeled(), rated(), other_talk()
    files = sorted({line.file for line in lines})
    for part in range(PARTS):
        left_out = files[part::PARTS]
        seen = [line for line in lines if line.file not in left_out]
        listener = Listener(learn([*seen, *without_part(turns, part), *other], ears))
        for file in left_out:
            _tell(file, [line for line in lines if line.file == file], listener)
        _tell(f"turns, part {part + 1}", turns[part::PARTS], listener)


def without_part(lines: list[Line], part: int) -> list[Line]:
    return [line for at, line in enumerate(lines) if at % PARTS != part]


def _tell(name: str, lines: list[Line], listener: Listener) -> None:
    heard = [listener.hear(shipped().look(line.text).words) for line in lines]
    parts = []
    for label in (*KINDS, NONE):
        of = [one for one, line in zip(heard, lines, strict=True) if line.label == label]
        if of:
            alarms = sum(one.whole >= ALONE or one.part >= PART for one in of)
            parts.append(f"{label} {alarms} of {len(of)}")
    print(f"{name:28}", ", ".join(parts), flush=True)


def main() -> None:
    ears = Ears()
    if sys.argv[1:] == ["--judge"]:
        judge(ears)
        return
    lines = [*labeled(), *rated(), *other_talk()]
    text = learn(lines, ears)
    OUT.write_text(text, "utf-8", newline="\n")
    print(f"{len(lines)} lines, {len(text.encode()) / 1024:.0f} KiB: {OUT.name}")
    wrong = [line.text for line in rated() if screen(line.text)]
    print(f"{len(wrong)} alarms on the rated turns")


if __name__ == "__main__":
    main()
