"""A turn in its parts, and what is kept of them put together again.

A cut is only ever made where something whole is left on either side, and what is kept stays as
the client typed it, but for the mark at the end and the first letter.
"""

from collections.abc import Collection, Iterator
from itertools import pairwise

from steady.rubric.mends.grammar import (
    begin,
    has_core,
    leans,
    opens,
    points_back,
    strip_joint,
    word_list,
    writes_small,
)
from steady.rubric.mends.pieces import Sentence, sentences
from steady.rubric.mends.table import patterns, words

MOST_PIECES = 40
MOST_INNER = 4
"""How many words may go from the middle of a sentence."""


class Parts:
    """A turn in its parts; a part is named by its place in `pieces`."""

    def __init__(self, text: str) -> None:
        """The parts of a text."""
        self.text = text
        self.sentences = sentences(text)
        self.pieces = [piece for one in self.sentences for piece in one.pieces]
        self._places: list[list[int]] = []
        at = 0
        for one in self.sentences:
            self._places.append(list(range(at, at + len(one.pieces))))
            at += len(one.pieces)
        self.lower = writes_small(text)

    def __len__(self) -> int:
        """How many clauses there are."""
        return len(self.pieces)

    @property
    def too_many(self) -> bool:
        """Whether there is more than is looked at clause by clause."""
        return len(self.pieces) > MOST_PIECES

    def words(self, place: int) -> list[str]:
        """The words of a clause."""
        piece = self.pieces[place]
        return word_list(self.text[piece.start : piece.end])

    def of_sentence(self, number: int) -> list[int]:
        """The places of a sentence's clauses."""
        return self._places[number]

    def whole(self) -> frozenset[int]:
        """Every place."""
        return frozenset(range(len(self.pieces)))

    def cuts(self, kept: frozenset[int]) -> Iterator[frozenset[int]]:
        """What may be left after one more cut: a sentence, or a clause with what hangs on it."""
        for number in range(len(self.sentences)):
            places = kept.intersection(self.of_sentence(number))
            if not places:
                continue
            if len(places) < len(kept) and not self._points_back(number + 1, kept):
                yield kept - places
            for gone in self._units(number):
                left = places - gone
                if left and left != places and self.stand(number, sorted(left)):
                    yield kept - gone

    def _points_back(self, number: int, kept: frozenset[int]) -> bool:
        """Whether a kept sentence needs the one before it: "That's why …"."""
        if number >= len(self.sentences):
            return False
        first = self.of_sentence(number)[0]
        return first in kept and points_back(self.words(first))

    def _units(self, number: int) -> list[frozenset[int]]:
        """What of a sentence can only go together: a clause and those that hang on it."""
        every = self.of_sentence(number)
        free = [p for p in every if opens(self.words(p))] or every[:1]
        first = next((p for p in every if not leans(self.words(p))), every[0])
        heads = sorted({first, *free})
        units = []
        for place in every:
            after = next((p for p in every if p > place and p in heads), None)
            tail = {p for p in every if p >= place and (after is None or p < after)}
            if place in heads:
                before = [p for p in every if p < place and p not in heads]
                led_in = {p for p in before if not [h for h in heads if p < h < place]}
                units.append(frozenset(tail | (led_in if place == heads[0] else set())))
            elif place > heads[0]:
                units.append(frozenset(tail))
        return units

    def stand(self, number: int, kept: list[int]) -> bool:
        """Whether what is kept of a sentence is still one."""
        every = self.of_sentence(number)
        if not kept:
            return True
        return (
            (kept[0] == every[0] or opens(self.words(kept[0])))
            and not self._breaks_condition(every, kept)
            and any(has_core(self.words(place), place == every[0]) for place in kept)
            and self._middle_closes(every, kept)
            and self._ends_close(every, kept)
        )

    def _breaks_condition(self, every: list[int], kept: list[int]) -> bool:
        """Whether one half of a condition is lost: "one word and I leave"."""
        if len(every) == 1 or (every[0] in kept) == (every[1] in kept):
            return False
        joined = self.words(every[1])[0] == "and"
        return joined and not opens(self.words(every[0]), plain=True)

    def _middle_closes(self, every: list[int], kept: list[int]) -> bool:
        """Whether no more than a few loose words are lost from the middle."""
        inner = [place for place in every if place not in kept and kept[0] < place < kept[-1]]
        return sum(len(self.words(place)) for place in inner) <= MOST_INNER and not any(
            opens(self.words(place)) or self.words(place)[0] in {"or", "if", "unless"}
            for place in inner
        )

    def _ends_close(self, every: list[int], kept: list[int]) -> bool:
        """Whether the words on either side of a gap can end and begin there."""
        for place, follow in pairwise(every):
            ends = place in kept and follow not in kept
            if ends and self._is_open(place, follow):
                return False
            begins = follow in kept and place not in kept
            if begins and (points_back(self.words(follow)) or not opens(self.words(follow))):
                return False
        return True

    def _is_open(self, place: int, follow: int) -> bool:
        """Whether words cannot end here: they wait for more, or for a question."""
        ends = " ".join(self.words(place))
        asked = self.words(follow)[0] in words("grammar", "asked")
        return ends.split()[-1] in words("grammar", "open-ends") or bool(
            asked and patterns("grammar", "asks-what")[0].search(ends)
        )

    def render(self, kept: Collection[int]) -> str:
        """The kept clauses as a text again."""
        out = ""
        fresh = True  # nothing has been left out since the last kept sentence
        for number, one in enumerate(self.sentences):
            places = [place for place in self.of_sentence(number) if place in kept]
            if not places:
                fresh = False
                continue
            before = self.sentences[number - 1].end if number else 0
            gap = self.text[before : one.start] if fresh and out else " " if out else ""
            out += gap + self._line(number, places, fresh)
            fresh = True
        return out.strip()

    def _line(self, number: int, places: list[int], fresh: bool) -> str:
        one, every = self.sentences[number], self.of_sentence(number)
        if places == every and fresh:
            return self.text[one.start : one.end]
        start = self.pieces[places[0]].start if places[0] != every[0] else one.start
        body = self.text[start : self.pieces[places[0]].end]
        for before, after in pairwise(places):
            joined = self.text[self.pieces[after - 1].end : self.pieces[after].start]
            joined = self._joint(joined, before, after)
            body += joined + self.text[self.pieces[after].start : self.pieces[after].end]
        if places[0] != every[0] or not fresh:
            body = begin(strip_joint(body), lower=self.lower and number > 0)
        last = places[-1]
        if last == every[-1]:
            return body + self.text[self.pieces[last].end : one.end]
        return body + self._mark(body, one)

    def _joint(self, joined: str, before: int, after: int) -> str:
        """What stands between two kept clauses; brackets whose inside is gone go too."""
        if after - before > 1 and any(mark in joined for mark in "()"):
            return " "
        return joined

    def _mark(self, body: str, one: Sentence) -> str:
        """The mark at the end of a sentence that lost its own end."""
        if body[-1:] in ".!?…":
            return ""
        asks = bool(patterns("grammar", "questions")[0].match(body))
        ended = self.text[one.start : one.end].rstrip("\"'”’)]* ")[-1:] in ".!?…"
        if asks and "?" in self.text:
            return "?"
        return "." if ended or one.end < len(self.text.rstrip()) or not self.lower else ""
