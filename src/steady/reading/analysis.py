"""One text looked at closely: its words, their classes, its clauses and the cues found in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from steady.reading.clauses import Clauses, find_clauses
from steady.reading.patterns import Finder, Hit
from steady.reading.words import Speller, Words, number_classes


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the features are made from.

    `symbols` holds for each word the word and its classes; `cues` the cues that count, and
    `denied` those that stand inside a denial, a quotation or a supposition.
    """

    words: Words
    clauses: Clauses
    symbols: tuple[tuple[str, ...], ...]
    cues: tuple[Hit, ...]
    denied: tuple[Hit, ...]


class Analyst:
    """Looks at texts with the compiled words and cues."""

    def __init__(
        self,
        spellings: Mapping[str, list[str]],
        classes: Mapping[str, Sequence[str]],
        finder: Finder,
        scopes: frozenset[int],
    ) -> None:
        """`scopes` are the numbers of the cues after which the rest of a sentence is not meant."""
        self._speller = Speller(spellings, classes.keys() | spellings.keys())
        self._classes = {word: (word, *names) for word, names in classes.items()}
        self._finder = finder
        self._scopes = scopes

    def look(self, text: str) -> Analysis:
        """The analysis of a text."""
        words = self._speller.cut(text)
        clauses = find_clauses(words)
        symbols = tuple(self.symbols_of(word) for word in words.words)
        hits = self._finder.find(symbols, clauses.firsts, clauses.lasts)
        meant, denied = self._sift(hits, words, clauses)
        return Analysis(words, clauses, symbols, meant, denied)

    def symbols_of(self, word: str) -> tuple[str, ...]:
        """A word and its classes."""
        held = self._classes.get(word)
        if held is not None:
            return held
        return (word, *number_classes(word))

    def _sift(
        self, hits: Sequence[Hit], words: Words, clauses: Clauses
    ) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
        """Parts the hits into those that count and those that are denied, quoted or supposed."""
        blocked: list[tuple[int, int]] = []
        for cue, _, end in hits:
            if cue in self._scopes:
                last = clauses.of[end - 1]
                blocked.append(
                    (end, clauses.bounds[last][1])
                    if end < clauses.bounds[last][1]
                    else (end, clauses.bounds[min(last + 1, len(clauses.bounds) - 1)][1])
                )
        if not blocked and not words.quoted:
            return tuple(hits), ()
        meant, denied = [], []
        for hit in hits:
            start = hit[1]
            if start in words.quoted or any(low <= start < high for low, high in blocked):
                denied.append(hit)
            else:
                meant.append(hit)
        return tuple(meant), tuple(denied)
