"""Reads a turn: the moves it makes with the words that show each, how good it is, the times it
names.

Two small models judge each move and their scores are averaged. One weighs everything in the turn;
the other weighs each sentence alone and lets the strongest speak, so that one ugly sentence in a
kind turn is still seen. Quality is weighed from the turn's features and from the moves found.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from steady.errors import SteadyError
from steady.reading.analysis import Analysis, Analyst
from steady.reading.features import Features, features_of
from steady.reading.patterns import Finder
from steady.reading.times import TimeFinder
from steady.reading.weights import Weights, logistic, soft_max
from steady.records import Found, Reading, TimePhrase
from steady.terms import Move

MODEL = Path(__file__).parent / "data" / "reader.json"
FORMAT = 2
LONGEST = 4000
"""Characters of a turn that are read; a longer turn is read up to here."""
_CUE_BONUS = 0.5


class ReaderFault(SteadyError):
    """The reader's data file is missing or not one this program reads."""


class Reader:
    """Finds the moves in turns. Keeps nothing of them but the last partner line, for speed."""

    def __init__(self, model: Path = MODEL) -> None:
        """Loads the compiled cues and weights; raises ReaderFault where they cannot be read."""
        data = _load(model)
        self._cues: list[str] = data["cues"]
        self._shows: list[str] = data["shows"]
        scopes = frozenset(n for n, name in enumerate(self._cues) if name.startswith("not-meant"))
        self._analyst = Analyst(data["spellings"], data["classes"], Finder(data["graph"]), scopes)
        self._times = TimeFinder(data["times"], Finder(data["time_graph"]), data["turned"])
        self._weights = Weights(data["features"], data["weights"], data["steps"])
        self._moves = [Move(name) for name in data["moves"]]
        self._intercepts: list[float] = data["intercepts"]
        self._thresholds: list[float] = data["thresholds"]
        self._quality: dict[str, Any] = data["quality"]
        self._partner_line: tuple[str, Analysis] | None = None

    def read(self, text: str, partner: str = "") -> Reading:
        """What a turn does, said after `partner`'s line.

        Any text is read, the empty one too; a very long one up to LONGEST characters.
        """
        turn = self._analyst.look(text[:LONGEST])
        times = self._times.find(turn.words, turn.clauses, turn.symbols)
        features = features_of(turn, self._look_at_partner(partner), self._cues, times)
        scores, plain_quality = self._score(features)
        shown: dict[Move, float] = {}
        found: list[Found] = []
        for head, move in enumerate(self._moves):
            odds = shown[move] = logistic(scores[head])
            if odds >= self._thresholds[head]:
                start, end = self._span(turn, features, head, times)
                found.append(Found(move, start, end, odds))
        found.sort(key=lambda f: (f.start, f.end, f.move))
        quality = self._quality_of(scores, plain_quality)
        return Reading(text, tuple(found), quality, times, shown)

    def times(self, text: str) -> tuple[TimePhrase, ...]:
        """The time phrases of a text."""
        turn = self._analyst.look(text[:LONGEST])
        return self._times.find(turn.words, turn.clauses, turn.symbols)

    def _look_at_partner(self, line: str) -> Analysis:
        """The partner's line looked at, kept while the same line is asked about again."""
        if self._partner_line is None or self._partner_line[0] != line:
            self._partner_line = (line, self._analyst.look(line[:LONGEST]))
        return self._partner_line[1]

    def _score(self, features: Features) -> tuple[list[float], float]:
        """Each move's score, and quality as the turn's features alone put it."""
        count = len(self._moves)
        weights, intercepts = self._weights, self._intercepts
        turn = weights.sums(features.everything(), 0, count + 1)
        parts = [weights.sums(names, count + 1, 2 * count + 1) for names in features.sentences()]
        frame = weights.sums(features.whole, count + 1, 2 * count + 1)
        scores = []
        for head in range(count):
            whole = turn[head] + intercepts[head]
            apart = soft_max([part[head] for part in parts]) + frame[head]
            scores.append((whole + apart + intercepts[count + 1 + head]) / 2)
        return scores, turn[count] + intercepts[count]

    def _quality_of(self, scores: Sequence[float], plain: float) -> float:
        """The turn's quality, 1 to 5."""
        how = self._quality
        total: float = how["intercept"] + how["plain"] * plain
        for score, by_score, by_odds in zip(scores, how["scores"], how["odds"], strict=True):
            total += by_score * max(-7.0, min(7.0, score)) + by_odds * logistic(score)
        return round(min(5.0, max(1.0, total)), 3)

    def _span(
        self, turn: Analysis, features: Features, head: int, times: Sequence[TimePhrase]
    ) -> tuple[int, int]:
        """The words that show a move: the clause that speaks for it most."""
        bounds = turn.clauses.bounds
        if not bounds:
            return 0, 0
        move = self._moves[head]
        if move is Move.COMMITS and times:
            return _clause_of(turn, times[-1])
        count = len(self._moves)
        worth = [
            self._weights.of(names, head) + self._weights.of(names, count + 1 + head)
            for names in features.clauses
        ]
        for cue, start, _ in turn.cues:
            if self._shows[cue] == move.value:
                worth[turn.clauses.of[start]] += _CUE_BONUS
        start, end = bounds[max(range(len(bounds)), key=lambda place: (worth[place], -place))]
        return turn.words.starts[start], turn.words.ends[end - 1]


def _load(model: Path) -> dict[str, Any]:
    try:
        data = json.loads(model.read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise ReaderFault(
            f"{model} cannot be read ({fault}); install Steady again to mend it"
        ) from fault
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ReaderFault(f"{model} is not of the form this program reads; install Steady again")
    return data


def _clause_of(turn: Analysis, time: TimePhrase) -> tuple[int, int]:
    """The clause a time phrase stands in, stretched to hold all of it."""
    for start, end in turn.clauses.bounds:
        if turn.words.starts[start] <= time.start < turn.words.ends[end - 1]:
            return turn.words.starts[start], max(turn.words.ends[end - 1], time.end)
    return time.start, time.end


@cache
def shared_reader() -> Reader:
    """One reader for callers that do not keep their own."""
    return Reader()
