"""Reads a turn: its moves with the words that show each, its quality, the times it names.

Small models judge each move and their scores are averaged. One weighs each sentence alone and lets
the strongest speak, so that one ugly sentence in a kind turn is still seen; networks of one small
hidden layer see the turn as a whole and learn what several moves have in common. Quality is weighed
from their view of it and from the moves found.
"""

import json
from base64 import b64decode
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from operator import mul
from pathlib import Path
from typing import Any

from steady.errors import SteadyError
from steady.reading.analysis import Analysis, Analyst
from steady.reading.features import Features, features_of
from steady.reading.patterns import Finder
from steady.reading.times import TimeFinder
from steady.records import Found, Reading, TimePhrase
from steady.terms import Move
from steady.weights import Weights, logistic, soft_max

MODEL = Path(__file__).parent / "data" / "reader.json"
FORMAT = 4
LONGEST = 4000
"""Characters of a turn that are read; a longer turn is read up to here."""
_CUE_BONUS = 0.5
_LEADING = frozenset({"and", "but", "so", "or", "then", "...", ".", "!", "?"})


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
        self._places = {name: at for at, name in enumerate(data["features"])}
        self._weights = Weights(b64decode(data["weights"]), data["steps"])
        self._moves = [Move(name) for name in data["moves"]]
        self._intercepts: list[float] = data["intercepts"]
        self._stretch: list[float] = data["stretch"]
        self._shift: list[float] = data["shift"]
        self._thresholds: list[float] = data["thresholds"]
        self._quality: dict[str, Any] = data["quality"]
        self._nets_share: float = data["nets"]["share"]
        self._hidden_bias: list[float] = data["nets"]["bias"]
        self._out: list[list[float]] = data["nets"]["out"]
        self._out_rest: list[float] = data["nets"]["rest"]
        self._partner_line: tuple[str, Analysis] | None = None

    def read(self, text: str, partner: str = "") -> Reading:
        """What a turn does, said after `partner`'s line.

        Any text is read, the empty one too; a very long one up to LONGEST characters. The
        probabilities are calibrated: of the moves given 0.7, about seven in ten are marked by
        raters. What is not said to the partner is off-task alone; a turn in another alphabet has
        no moves.
        """
        turn = self._analyst.look(text[:LONGEST])
        if not turn.words.words or not text.strip():
            nothing = Found(Move.OFF_TASK, 0, len(text), 1.0)
            odds = dict.fromkeys(Move, 0.0) | {Move.OFF_TASK: 1.0}
            return Reading(text, (nothing,), 1.0, (), odds)
        times = self._times.find(turn.words, turn.clauses, turn.symbols)
        features = features_of(turn, self._look_at_partner(partner), self._cues, times)
        scores, plain_quality, parts = self._score(features)
        shown: dict[Move, float] = {}
        found: list[Found] = []
        for head, move in enumerate(self._moves):
            shown[move] = logistic(scores[head])
            if shown[move] >= self._thresholds[head]:
                start, end = self._span(turn, features, head, times, [p[head] for p in parts])
                found.append(Found(move, start, end, shown[move]))
        if _foreign(turn):
            found = []
        elif shown[Move.OFF_TASK] >= max(0.5, *shown.values()):
            found = [f for f in found if f.move is Move.OFF_TASK]
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

    def _score(self, features: Features) -> tuple[list[float], float, list[list[float]]]:
        """Each move's score, quality as the features alone put it, each sentence's scores."""
        count = len(self._moves)
        frame, *parts, every = (
            self._weights.sums(self._known(names))
            for names in (features.whole, *features.sentences(), features.everything())
        )
        *shared, quality = self._nets(every[count:])
        scores = []
        for head in range(count):
            alone = soft_max([part[head] for part in parts]) + frame[head]
            alone += self._intercepts[head]
            score = alone + self._nets_share * (shared[head] - alone)
            scores.append(score * self._stretch[head] + self._shift[head])
        return scores, quality, [part[:count] for part in parts]

    def _known(self, names: Iterable[str]) -> list[int]:
        """The places of the features that were learned."""
        return [place for place in map(self._places.get, names) if place is not None]

    def _nets(self, sums: Sequence[float]) -> list[float]:
        """Each move's score by the networks, and quality, from what reaches their hidden units."""
        hidden = [max(0.0, s + b) for s, b in zip(sums, self._hidden_bias, strict=True)]
        return [
            sum(map(mul, hidden, column), rest)
            for column, rest in zip(self._out, self._out_rest, strict=True)
        ]

    def _quality_of(self, scores: Sequence[float], plain: float) -> float:
        """The turn's quality, 1 to 5.

        What is weighed is where it stands among the turns that were learned from.
        """
        how = self._quality
        total: float = how["intercept"] + how["plain"] * plain
        for score, by_score, by_odds in zip(scores, how["scores"], how["odds"], strict=True):
            total += by_score * max(-7.0, min(7.0, score)) + by_odds * logistic(score)
        return round(_between(total, how["stands"]), 3)

    def _span(
        self,
        turn: Analysis,
        features: Features,
        head: int,
        times: Sequence[TimePhrase],
        sentences: Sequence[float],
    ) -> tuple[int, int]:
        """The words that show a move: in the sentence that speaks for it most, the clause."""
        move = self._moves[head]
        if move is Move.COMMITS and times:
            return _clause_of(turn, times[-1])
        worth = dict.fromkeys(range(len(features.clauses)), 0.0)
        for hits, bonus in ((turn.cues, _CUE_BONUS), (turn.denied, -_CUE_BONUS)):
            for cue, start, _ in hits:
                if self._shows[cue] == move.value:
                    worth[turn.clauses.of[start]] += bonus
        said = [
            score + max(worth[place] for place, of in enumerate(features.sentence_of) if of == at)
            for at, score in enumerate(sentences)
        ]
        best = said.index(max(said))
        places = [place for place, of in enumerate(features.sentence_of) if of == best]
        if len(places) > 1:
            for place in places:
                names = features.clauses[place]
                worth[place] += self._weights.of(self._known(names), head)
        start, end = turn.clauses.bounds[max(places, key=lambda place: (worth[place], -place))]
        while start < end - 1 and turn.words.words[start] in _LEADING:
            start += 1
        return turn.words.starts[start], turn.words.ends[end - 1]


def _between(stand: float, stands: Sequence[float]) -> float:
    """The quality that stands there; `stands` are the places of the qualities 1 to 5."""
    if stand <= stands[0]:
        return 1.0
    for quality, (low, high) in enumerate(pairwise(stands), start=1):
        if stand < high:
            return quality + (stand - low) / (high - low)
    return float(len(stands))


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


def _foreign(turn: Analysis) -> bool:
    """Whether a turn has letters and none of the alphabet that is read here."""
    letters = [word for word in turn.words.words if word[0].isalpha()]
    return bool(letters) and not any(word.isascii() for word in letters)


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
