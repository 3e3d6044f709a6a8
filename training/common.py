"""What training and evaluation share: the rated turns, the sentence bank, their features."""

import json
import random
import statistics
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from steady.reading.analysis import Analyst  # noqa: E402
from steady.reading.features import Features, features_of  # noqa: E402
from steady.reading.patterns import Finder  # noqa: E402
from steady.reading.sources import Sources, read_sources  # noqa: E402
from steady.reading.times import TimeFinder  # noqa: E402
from steady.terms import Move  # noqa: E402

MOVES = [move.value for move in Move]
Floats = NDArray[np.float64]
COMPOSED = 6000
"""Turns made from the sentence bank."""
QUALITIES = (1, 2, 3, 4, 5)
NEAR = 1.6
"""How much a turn counts whose writer wrote as those do who are to be read; the writers of
`turns_more.jsonl` were asked for what is rare and hard."""
_ORDER = [
    "off-task",
    "validates",
    "describes",
    "defends",
    "blames",
    "contempt",
    "expresses",
    "asserts",
    "commits",
    "reassures",
    "negotiates",
    "undercuts",
    "over-apologises",
    "withdraws",
    "threatens",
    "yields",
]
__all__ = ["Sources", "read_sources"]


@dataclass(slots=True)
class Turn:
    """A turn with what its raters said of it: the share who marked each move, the mean quality.

    `stand` is where that quality stands among all turns', see `stands_of`; both are 0 for a turn
    without one.
    """

    writer: str
    partner: str
    text: str
    marks: dict[str, float]
    quality: float
    raters: list[frozenset[str]]
    weight: float = 1.0
    stand: float = 0.0
    features: Features = field(default_factory=lambda: Features((), (), set()))


def load_turns(folder: Path = ROOT / "training") -> list[Turn]:
    """Every rated turn, in order of file and line; a turn without a writer belongs to its file."""
    turns = []
    for path in sorted(folder.glob("turns_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                turns.append(_turn(json.loads(line), path.stem.removeprefix("turns_")))
    stands = stands_of(turns)
    for turn in turns:
        turn.stand = float(np.interp(turn.quality, QUALITIES, stands))
    return turns


def stands_of(turns: list[Turn]) -> list[float]:
    """Where the qualities 1 to 5 stand among the turns, from 1, below all, to 5, above all.

    What is learned is this, not the quality itself: raters give few threes and fours, so that from
    2 to 5 is a smaller step than it looks. The reader turns it back.
    """
    whole = np.rint([turn.quality for turn in turns])
    below = [float(np.mean(whole < quality)) for quality in QUALITIES]
    alike = [float(np.mean(whole == quality)) for quality in QUALITIES]
    return [1 + 4 * (low + same / 2) for low, same in zip(below, alike, strict=True)]


def _turn(row: dict[str, Any], file: str) -> Turn:
    raters = [row["raters"][name] for name in sorted(row["raters"])]
    marks = {move: statistics.fmean(move in r["moves"] for r in raters) for move in MOVES}
    return Turn(
        row.get("writer", file),
        row["partner"],
        row["text"],
        marks,
        statistics.fmean(r["quality"] for r in raters),
        [frozenset(r["moves"]) for r in raters],
        NEAR if file in ("dev", "train", "near") else 1.0,
    )


Sentence = tuple[str, frozenset[str]]


def load_sentences(pattern: str = "*.txt") -> list[Sentence]:
    """Sentences of the bank: each with the moves named in the heading above it."""
    out = []
    moves: frozenset[str] = frozenset()
    for path in sorted((ROOT / "training" / "sentences").glob(pattern)):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# "):
                moves = frozenset(line[2:].split()) - {"none"}
                if unknown := moves - set(MOVES):
                    sys.exit(f"{path.name}: '{line}' names {min(unknown)}, which is not a move")
            elif line.strip():
                out.append((line.strip(), moves))
    return out


def alone(turns: list[Turn], rng: random.Random, weight: float) -> list[Turn]:
    """Whole turns of the bank, as they stand.

    Those of `alone_*.txt` come after lines of real partners, those of `answers.txt` after the line
    they answer.
    """
    out = []
    for text, shown in load_sentences("alone_*.txt"):
        out.append(_banked("bank", "", text, shown, weight))
        for model in (rng.choice(turns) for _ in range(5)):
            out.append(_banked(model.writer, model.partner, text, shown, weight))
    for line, shown in load_sentences("answers.txt"):
        partner, _, text = line.partition(" | ")
        out.append(_banked("bank", partner, text, shown, 2 * weight))
    return out


def _banked(writer: str, partner: str, text: str, shown: frozenset[str], weight: float) -> Turn:
    """A turn of the bank; it has no quality.

    It counts as its model's writer's: whoever leaves that writer out leaves it out as well, for
    the partner's line and the moves together would tell what the writer's turn was rated.
    """
    marks = {move: float(move in shown) for move in MOVES}
    return Turn(writer, partner, text, marks, 0.0, [shown], weight)


def compose(turns: list[Turn], count: int = COMPOSED, weight: float = 0.5) -> list[Turn]:
    """The short turns of the bank, and turns put together from it after the moves of real ones.

    Only which moves go together is taken from the real turns, and the partner's line.
    """
    rng = random.Random(20)
    bank = load_sentences("bank*.txt")
    showing = {move: [s for s in bank if move in s[1]] for move in MOVES}
    idle = [s for s in bank if not s[1]]
    out = alone(turns, rng, weight)
    while bank and len(out) < count:
        model = rng.choice(turns)
        wanted = [move for move in MOVES if model.marks[move] >= 0.5]
        rng.shuffle(wanted)
        picked: list[Sentence] = []
        have: set[str] = set()
        for move in wanted:
            if move not in have and showing[move]:
                fits = [s for s in showing[move] if s[1] <= set(wanted)]
                picked.append(rng.choice(fits or showing[move]))
                have |= picked[-1][1]
        if not picked or rng.random() < 0.1:
            picked.append(rng.choice(idle))
        if rng.random() < 0.6:
            picked.sort(key=lambda s: min((_ORDER.index(m) for m in s[1]), default=0))
        else:
            rng.shuffle(picked)
        shown = frozenset[str]().union(*(moves for _, moves in picked))
        text = " ".join(sentence for sentence, _ in picked)
        out.append(_banked(model.writer, model.partner, text, shown, weight))
    return out


def add_features(turns: list[Turn], sources: Sources) -> None:
    """Looks at every turn as the reader does."""
    scopes = frozenset(n for n, name in enumerate(sources.cues) if name.startswith("not-meant"))
    analyst = Analyst(sources.spellings, sources.classes, Finder(sources.graph), scopes)
    timer = TimeFinder(sources.times, Finder(sources.time_graph), sources.turned)
    for turn in turns:
        look = analyst.look(turn.text)
        times = timer.find(look.words, look.clauses, look.symbols)
        turn.features = features_of(look, analyst.look(turn.partner), sources.cues, times)


def vocabulary(turns: list[Turn], least: int = 5) -> dict[str, int]:
    """The features seen in at least so many turns, each with its column."""
    counts = Counter(name for turn in turns for name in turn.features.everything())
    return {name: at for at, name in enumerate(sorted(n for n, c in counts.items() if c >= least))}


def marks_of(turns: list[Turn], move: str) -> Floats:
    return np.array([turn.marks[move] for turn in turns])


def kappa(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> float:
    """Cohen's kappa of two columns of marks; not a number where it is undefined."""
    pa, pb = float(np.mean(a)), float(np.mean(b))
    chance = pa * pb + (1 - pa) * (1 - pb)
    return float("nan") if chance == 1 else (float(np.mean(a == b)) - chance) / (1 - chance)


def columns_of(turns: list[Turn], move: str, slots: int = 2) -> list[NDArray[np.bool_]]:
    """The marks of each turn's first, second, ... rater as columns."""
    return [
        np.array([move in t.raters[slot % len(t.raters)] for t in turns]) for slot in range(slots)
    ]
