"""The danger screen: notices self-harm, abuse and harm to others in a client's turn.

It looks for phrases and for what takes them back; both stand in `data/danger/*.toml` with the
reason for each. What no phrase covers is left to a second listener (see `listener`). It works on this machine alone, keeps nothing and sends nothing.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from steady.safety.listener import shipped_listener
from steady.safety.phrases import Ground
from steady.safety.wording import Spelling, wording
from steady.terms import Danger

if TYPE_CHECKING:
    from steady.safety.phrases import Row
    from steady.safety.signs import Compiled, Group, TakesBack

SURE = 1.0
"""The weight at which a kind of danger raises the alarm."""

LISTENER = "second listener"
LIKELY, VERY_LIKELY = 0.5, 0.85
"""From where on the second listener is a hint, and an alarm by itself."""

_FIRST = (Danger.SELF_HARM, Danger.HARM_TO_OTHERS, Danger.ABUSE)


@dataclass(frozen=True, slots=True)
class Notice:
    """What was noticed: the kind, the group of phrases that showed it, the words, their weight."""

    kind: Danger
    group: str
    words: str
    weight: float


def screen(text: str) -> Danger | None:
    """The kind of danger a turn's words suggest, or None.

    Where more than one kind is suggested, harm to oneself goes before harm to others, and that
    before abuse. Any text may be given; nothing is raised, kept or sent.
    """
    weights: dict[Danger, float] = {}
    for notice in notices(text):
        weights[notice.kind] = weights.get(notice.kind, 0.0) + notice.weight
    return next((kind for kind in _FIRST if weights.get(kind, 0.0) >= SURE), None)


def notices(text: str) -> list[Notice]:
    """Every group of phrases found in a turn and not taken back, one entry a group.

    Where no phrase is sure and none was taken back, the second listener is asked too.
    """
    screener = shipped()
    ground = screener.ground(text)
    found, taken = screener.look(ground)
    if not taken and all(notice.weight < SURE for notice in found):
        heard = shipped_listener().hear(ground)
        if heard.likely >= LIKELY:
            weight = SURE if heard.likely >= VERY_LIKELY else SURE / 2
            found.append(Notice(heard.kind, LISTENER, heard.words, weight))
    return found


class Screener:
    """The compiled phrases, ready to be looked for."""

    def __init__(self, text: str) -> None:
        """Over what `signs.as_text` gives. A phrase is taken from its line when first needed."""
        head, *self._lines = text.splitlines()
        self._rows: dict[int, Row] = {}
        self._compiled: Compiled = json.loads(head)
        self._spelling = Spelling(**self._compiled["spelling"])
        groups = self._compiled["groups"]
        self._groups = [groups[number] for number in self._compiled["group_of"]]

    def ground(self, text: str) -> Ground:
        """The text, ready to be searched, its idioms hidden."""
        ground = Ground(wording(text, self._spelling))
        # every idiom is found before any is hidden, as they may share words
        spans = [
            span
            for number in self._to_try(ground)
            if "kind" not in self._groups[number]
            for span in ground.find(self._row(number))
        ]
        for span in spans:
            ground.hide(*span)
        return ground

    def look(self, ground: Ground) -> tuple[list[Notice], bool]:
        """Every group of signs found and not taken back, one entry a group; and whether any was
        taken back."""
        found: dict[str, Notice] = {}
        taken = False
        for number in self._to_try(ground):
            group = self._groups[number]
            if "kind" not in group or group["name"] in found:
                continue
            for start, end in ground.find(self._row(number)):
                if self._taken_back(group, (start, end), ground):
                    taken = True
                else:
                    words = " ".join(ground.heard.words[start:end])
                    kind, weight = Danger(group["kind"]), group["weight"]
                    found[group["name"]] = Notice(kind, group["name"], words, weight)
                    break
        return list(found.values()), taken

    def _row(self, number: int) -> "Row":
        row = self._rows.get(number)
        if row is None:
            row = self._rows[number] = json.loads(self._lines[number])
        return row

    def _to_try(self, ground: Ground) -> list[int]:
        """The lines whose rarest words occur, in the order of the data files."""
        index = self._compiled["index"]
        return sorted({line for word in ground.masks.keys() & index.keys() for line in index[word]})

    def _taken_back(self, group: "Group", hit: tuple[int, int], ground: Ground) -> bool:
        names = (group["name"], group["kind"])
        return any(
            (names[0] in back["of"] or names[1] in back["of"]) and _takes(back, hit, ground)
            for back in self._compiled["takes_back"]
        )


def _takes(back: "TakesBack", hit: tuple[int, int], ground: Ground) -> bool:
    """Whether an alarm's words are taken back."""
    start, end = hit
    words = (1 << end) - (1 << start)
    if back["quoted"] and words & ~ground.heard.quoted:
        return False
    if back["others"] and words & (
        ground.masks.get("<i>", 0) | ground.masks.get("<me>", 0) | ground.masks.get("<myself>", 0)
    ):
        return False
    everywhere = back["turn"] or back["around"]
    within = ground.all if everywhere else ground.heard.sentence(start, end)
    return any(ground.reach(row, within, hit) for row in back["rows"]) and not any(
        ground.reach(row, ground.all, hit) for row in back["unless"]
    )


@cache
def shipped() -> Screener:
    """The screen over the shipped phrases, read when first needed."""
    return Screener(files("steady.safety").joinpath("data", "danger.jsonl").read_text("utf-8"))
