"""The danger screen: notices self-harm, abuse and harm to others in a client's turn.

It looks for phrases and for what takes them back, which stand in `data/danger/*.toml` with the
reason for each, and asks the listener, which has learned from labeled lines. It works on this
machine alone, keeps nothing and sends nothing.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from steady.safety import listener
from steady.safety.phrases import Ground
from steady.safety.wording import Spelling, wording
from steady.terms import Danger

if TYPE_CHECKING:
    from steady.safety.phrases import Row
    from steady.safety.signs import Compiled, TakesBack

SURE = 1.0
"""The weight of phrases at which a kind of danger raises the alarm."""

ALONE = 0.2
"""How sure the listener must be, going by the whole turn, to raise the alarm without a phrase.

It is low: to miss somebody costs more than to stop somebody who can go on with one key.
"""

PART = 0.995
"""How sure it must be going by two sentences of the turn; they are many, so it must be surer."""

DOUBTED = 0.1
"""Phrases raise no alarm where the listener hears less than this of any danger, anywhere."""

OF_ONE_KIND = 0.7
"""How sure it must be of one kind to be believed where a phrase speaks of another."""

IDIOM = "<idiom>"
"""What the listener hears where a saying stands that the data files hide."""

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

    Phrases raise the alarm unless the listener hears nothing in them; the listener raises it alone
    where it hears enough. Where phrases speak of more than one kind, harm to oneself goes before
    harm to others, and that before abuse. Any text may be given; nothing is raised, kept or sent.
    """
    looked = shipped().look(text)
    heard = listener.shipped().hear(looked.words)
    if heard.somewhere < DOUBTED:
        return None
    said = _said(looked)
    likeliest = max(heard.kinds, key=lambda kind: heard.kinds[kind])
    if said is not None:
        return likeliest if heard.kinds[likeliest] >= OF_ONE_KIND else said
    return likeliest if heard.whole >= ALONE or heard.part >= PART else None


def prepare() -> None:
    """Read in all that is needed, which a first turn would else wait for."""
    shipped()
    listener.shipped()


def outright(text: str) -> Danger | None:
    """The kind of danger that phrases alone speak of, or None.

    For what a partner says: the listener has learned from clients, and accusations alarm it.
    """
    looked = shipped().look(text)
    return _said(looked) if listener.shipped().hear(looked.words).somewhere >= DOUBTED else None


def _said(looked: "Look") -> Danger | None:
    weights: dict[Danger, float] = {}
    for notice in shipped().notices(looked):
        weights[notice.kind] = weights.get(notice.kind, 0.0) + notice.weight
    return next((kind for kind in _FIRST if weights.get(kind, 0.0) >= SURE), None)


def notices(text: str) -> list[Notice]:
    """Every group of phrases found in a turn and not taken back, one entry a group."""
    return shipped().notices(shipped().look(text))


@dataclass(frozen=True, slots=True)
class Look:
    """A turn looked at: where to search it, the signs that may stand in it, its plain words."""

    ground: Ground
    signs: list[int]
    hidden: list[tuple[int, int]]

    @property
    def words(self) -> list[str]:
        """The words, each idiom as the one word IDIOM."""
        places = {place for start, end in self.hidden for place in range(start, end)}
        return [
            IDIOM if at in places else word
            for at, word in enumerate(self.ground.heard.words)
            if at not in places or at - 1 not in places
        ]


class Screener:
    """The compiled phrases, ready to be looked for."""

    def __init__(self, text: str) -> None:
        """Over what `signs.as_text` gives. A phrase is taken from its line when first needed."""
        head, *self._lines = text.splitlines()
        self._rows: dict[int, Row] = {}
        self._compiled: Compiled = json.loads(head)
        self._spelling = Spelling(**self._compiled["spelling"])

    def look(self, text: str) -> Look:
        """The text made ready, and its idioms found: every one before any is hidden, as they may
        share words.
        """
        ground = Ground(wording(text, self._spelling))
        groups, group_of = self._compiled["groups"], self._compiled["group_of"]
        looked = Look(ground, [], [])
        for number in self._to_try(ground):
            if "kind" in groups[group_of[number]]:
                looked.signs.append(number)
            else:
                looked.hidden.extend(ground.find(self._row(number)))
        return looked

    def notices(self, looked: Look) -> list[Notice]:
        """Every group of phrases found outside idioms and not taken back, one entry a group."""
        ground = looked.ground
        groups, group_of = self._compiled["groups"], self._compiled["group_of"]
        found: dict[str, Notice] = {}
        for span in looked.hidden:
            ground.hide(*span)
        for number in looked.signs:
            group = groups[group_of[number]]
            if group["name"] in found:
                continue
            for start, end in ground.find(self._row(number)):
                if not self._taken_back(group["kind"], group["name"], (start, end), ground):
                    words = " ".join(ground.heard.words[start:end])
                    found[group["name"]] = Notice(
                        Danger(group["kind"]), group["name"], words, group["weight"]
                    )
                    break
        return list(found.values())

    def _row(self, number: int) -> "Row":
        row = self._rows.get(number)
        if row is None:
            row = self._rows[number] = json.loads(self._lines[number])
        return row

    def _to_try(self, ground: Ground) -> list[int]:
        """The lines whose rarest words occur, in the order of the data files."""
        index = self._compiled["index"]
        return sorted({line for word in ground.masks.keys() & index.keys() for line in index[word]})

    def _taken_back(self, kind: str, group: str, hit: tuple[int, int], ground: Ground) -> bool:
        return any(
            (group in back["of"] or kind in back["of"]) and _takes(back, hit, ground)
            for back in self._compiled["takes_back"]
        )


def _takes(back: "TakesBack", hit: tuple[int, int], ground: Ground) -> bool:
    """Whether an alarm's words are taken back."""
    start, end = hit
    words = (1 << end) - (1 << start)
    if back["quoted"] and words & ~ground.heard.quoted:
        return False
    if back["others"] and words & (ground.masks.get("<i>", 0) | ground.masks.get("<me>", 0)):
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
