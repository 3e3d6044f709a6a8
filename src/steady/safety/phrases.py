"""The small language the danger phrases are written in, and the machine that finds them.

A phrase is a row of words: `i (want|wish) <die>`. In it `(a|b c)` means either, a `?` behind a
word, class or bracket means it may be missing, `<name>` any word of a class, `{name}` any phrase
of a named list, `..` up to two, `...` up to five and `....` up to ten words of the same sentence
(small ones not counted), `_` any one word, `^` and `$` the start and end of a sentence, `/` the
end of a sentence between two, and `@` the words that raised the alarm.

`~` is a gap of up to two words that does not step over another subject (`<subject>`: he, she,
...).

Words of the class `<small>` are stepped over wherever a phrase does not name them; a gap never
steps over a denial or a "but" (the class `<stops>`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from steady.errors import SteadyError
from steady.safety.wording import END, Wording

GAPS = {"..": 2, "...": 5, "....": 10, "~": -2}
"""The width of each gap; one that is negative does not step over another subject."""
MARKS = frozenset({"^", "$", "/", "@", "_"})
_PART = re.compile(r"\(|\)\??|\||\{[^}]*\}\??|[^\s()|]+")
_NO_HIT = (0, 0)


Choice = dict[str, Any]
"""Any of the single words that are its keys, or any of the longer rows under `LONGER`; it may be
missing where it has the key `MAYBE`. A plain table, so that its words can be told against a text's
words at once, and a compact one, as there are thousands."""

LONGER = ""
MAYBE = "?"

Step = str | int | Choice
"""A word, class or mark; the width of a gap; or a choice."""
Row = list[Step]


class PhraseFault(SteadyError):
    """A danger phrase cannot be read."""


def parse(phrase: str, lists: Mapping[str, list[Row]]) -> Row:
    """The steps of a phrase; raises PhraseFault where it cannot be read."""
    outer: list[tuple[list[Row], Row]] = []
    rows: list[Row] = []
    row: Row = []
    for part in _PART.findall(phrase):
        if part == "(":
            outer.append((rows, row))
            rows, row = [], []
        elif part == "|":
            rows.append(row)
            row = []
        elif part[0] == ")":
            if not outer:
                raise PhraseFault(f'"{phrase}": a bracket is closed that was not opened.')
            choice = _choice([*rows, row], part == ")?")
            rows, row = outer.pop()
            row.append(choice)
        else:
            row.append(_step(part, phrase, lists))
    if outer or rows:
        raise PhraseFault(f'"{phrase}": a bracket is not closed, or a "|" stands outside one.')
    return row


def _step(part: str, phrase: str, lists: Mapping[str, list[Row]]) -> Step:
    if part in GAPS:
        return GAPS[part]
    maybe = part[-1] == "?"
    name = part[:-1] if maybe else part
    if not name:
        raise PhraseFault(f'"{phrase}": a "?" must follow its word without a space.')
    if name[0] == "{":
        if name[1:-1] not in lists:
            raise PhraseFault(f'"{phrase}": there is no list of phrases named {name}.')
        return _choice(lists[name[1:-1]], maybe)
    return _choice([[name]], maybe) if maybe else name


def _choice(rows: Sequence[Row], maybe: bool) -> Choice:
    choice: Choice = {}
    longer: list[Row] = []
    for row in rows:
        if len(row) == 1 and isinstance(row[0], str) and row[0] not in MARKS:
            choice[row[0]] = 0
        else:
            longer.append(row)
    if longer:
        choice[LONGER] = longer
    if maybe:
        choice[MAYBE] = 0
    return choice


def words_of(choice: Choice) -> list[str]:
    """The single words of a choice."""
    return [word for word in choice if word not in (LONGER, MAYBE)]


class Ground:
    """A wording made ready to be searched. Masks of places: bit n is the place before word n."""

    __slots__ = ("all", "ends", "heard", "masks", "open", "same", "small", "starts")

    def __init__(self, heard: Wording) -> None:
        """Work out what every search needs."""
        self.heard = heard
        self.masks = masks = heard.masks
        count = len(heard.words)
        ends = masks.get(END, 0)
        self.all = (1 << count) - 1
        self.small = masks.get("<small>", 0)
        self.open = self.all & ~ends & ~masks.get("<stops>", 0)
        self.same = self.open & ~masks.get("<subject>", 0)
        self.starts = (ends << 1) | 1
        self.ends = ends | (1 << count)

    def hide(self, start: int, end: int) -> None:
        """Make a stretch of words invisible to every later search."""
        seen = ~((1 << end) - (1 << start))
        masks = self.masks
        for name in list(masks):
            masks[name] &= seen
            if not masks[name]:
                del masks[name]
        self.small &= seen

    def find(self, row: Row) -> Iterator[tuple[int, int]]:
        """Where a phrase stands: the first word and the word after the last, shortest first."""
        if not self.reach(row, self.all):
            return
        for start in range(self.all.bit_length()):
            ends = self.reach(row, 1 << start)
            if ends:
                yield start, (ends & -ends).bit_length() - 1

    def reach(self, row: Row, places: int, hit: tuple[int, int] = _NO_HIT) -> int:
        """The places just behind a phrase that begins at one of the places given.

        `hit` is the stretch of words that `@` stands for.
        """
        masks = self.masks
        for step in row:
            if isinstance(step, str):
                mask = masks.get(step)
                places = self._mark(step, places, hit) if mask is None else (places & mask) << 1
            elif isinstance(step, int):
                over = self.open if step > 0 else self.same
                for _ in range(abs(step)):
                    places = self._over_small(places | (places & over) << 1)
            else:
                before, mask = places, 0
                for word in masks.keys() & step.keys():
                    mask |= masks[word]
                places = (before & mask) << 1
                for choice in step.get(LONGER, ()):
                    places |= self.reach(choice, before, hit)
                if MAYBE in step:
                    places |= before
            if not places:
                return 0
            places = self._over_small(places)
        return places

    def _over_small(self, places: int) -> int:
        """The places, and those that are reached from them over small words."""
        more = places & self.small
        while more:
            more <<= 1
            places |= more
            more &= self.small
        return places

    def _mark(self, mark: str, places: int, hit: tuple[int, int]) -> int:
        if mark == "$":
            return places & self.ends
        if mark == "^":
            return places & self.starts
        if mark == "@":
            return (places >> hit[0] & 1) << hit[1]
        if mark == "_":
            return (places & self.open) << 1
        return (places & self.masks.get(END, 0)) << 1 if mark == "/" else 0
