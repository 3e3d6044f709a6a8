"""Teaches the danger screen's listener, and writes what it learned.

    python training/train_danger.py [--judge]

It learns from `safety_*.jsonl` and `danger/*.txt` what danger sounds like and what only looks like
it, and from the rated turns and the sentence bank what ordinary talk is. The same files give the
same `listener.json` and `listener.bin` in `src/steady/safety/data/`.

`--judge` writes nothing: it leaves out some files of lines and a part of the rated turns, one after
the other, and says what a listener hears in what it has not learned from.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from nets import Nets, Plan, Rows, Singles, fit_nets  # noqa: E402
from steady.safety.danger import ALONE, PART, screen, shipped  # noqa: E402
from steady.safety.listener import (  # noqa: E402
    Listener,
    aspects,
    is_piece,
    pieces_of,
    print_of,
    sentences_of,
)
from steady.safety.signs import COMPILED, digest_of, meanings_of  # noqa: E402
from steady.terms import Danger  # noqa: E402
from steady.weights import LARGEST, pack  # noqa: E402

OUT = COMPILED.parent / "listener.json"
PACKED = OUT.with_suffix(".bin")
TRAINING = ROOT / "training"
KINDS = [kind.value for kind in Danger]
NONE = "none"
LEAST = 3
"""An aspect is learned where it is heard in so many lines."""
PLAN = Plan(nets=3, hidden=16, passes=16, rate=5e-3, decay=1e-4, drop=0.5)
SCALE = 12.0
"""What an aspect weighs where it is alone: the more, the faster its weights are learned."""
HARMLESS = 2.0
"""A line labeled harmless counts for so many lines: there are fewer of them."""
ORDINARY = 5.0
"""A rated turn counts for so many: it is what people say most; nobody is to be stopped in it."""
PARTS = 4


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
        Line(json.loads(line)["text"], NONE, path.name, ORDINARY)
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
        values += [SCALE * shares[piece[column]] for column in row]
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(at)))


def fitted(lines: list[Line], ears: Ears, names: Sequence[str]) -> Nets:
    at = {name: column for column, name in enumerate(names)}
    rows = table((ears.hear(line.text) for line in lines), at)
    counts = np.array([line.counts for line in lines], np.float32)
    truth = np.array([[line.label == kind for kind in (*KINDS, NONE)] for line in lines])

    def fault(said: Singles, some: Rows) -> Singles:
        odds = np.exp(said - said.max(axis=1, keepdims=True))
        return (odds / odds.sum(axis=1, keepdims=True) - truth[some]) * counts[some, None]

    return fit_nets(rows, np.log(truth.mean(axis=0)), fault, PLAN)


def learn(lines: list[Line], ears: Ears) -> tuple[str, bytes]:
    """What the listener's two files hold."""
    often = Counter(aspect for line in lines for aspect in ears.hear(line.text))
    prints = {print_of(name): name for name, count in sorted(often.items()) if count >= LEAST}
    names = [prints[number] for number in sorted(prints)]
    nets = fitted(lines, ears, names)
    into = nets.into * SCALE
    steps = np.abs(into).max(axis=0) / LARGEST
    packed = np.array(sorted(prints), "<u4").tobytes()
    packed += b"".join(pack(row, steps.tolist()) for row in into.tolist())
    data = {
        "sources": sources(),
        "kinds": KINDS,
        "meanings": ears.meanings,
        "aspects": len(names),
        "packed": hashlib.sha256(packed).hexdigest(),
        "steps": [float(f"{step:.6g}") for step in steps],
        "bias": _short(nets.bias),
        "out": [_short(column) for column in (nets.out[:, :-1] - nets.out[:, -1:]).T],
        "rest": _short(nets.rest[:-1] - nets.rest[-1]),
    }
    return json.dumps(data, separators=(",", ":")) + "\n", packed


def _short(values: Iterable[float]) -> list[float]:
    return [round(float(value), 4) for value in values]


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
        listener = Listener(*learn([*seen, *without_part(turns, part), *other], ears))
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
    text, packed = learn(lines, ears)
    OUT.write_text(text, "utf-8", newline="\n")
    PACKED.write_bytes(packed)
    size = (len(text) + len(packed)) / 1024
    print(f"{len(lines)} lines, {size:.0f} KiB: {OUT.name}, {PACKED.name}")
    wrong = [line.text for line in rated() if screen(line.text)]
    print(f"{len(wrong)} alarms on the rated turns")


if __name__ == "__main__":
    main()
