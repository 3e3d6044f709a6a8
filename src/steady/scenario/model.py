"""What a scenario is: the shape of a scenario file and of a shared bank of lines.

Every text in these models comes from a file that anybody may have written, so each is bounded.
The keys are explained for therapists in `scenarios/README.md`.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from steady.scenario.text import is_one_line, unshowable, visible
from steady.terms import Act, ComesRound, Criterion, Move, Relationship, Rung, Tension

FORMAT = 1
"""The version of the scenario format this program reads."""

SLOTS = frozenset({"time", "was", "quote"})
"""What a line may pick up from the client's words: `time`, the return named; `was`, the return
named before it changed; `quote`, two to five of the client's own words."""

MIN_OWN_LINES = 60
ANSWER_KINDS = frozenset({"need", "feeling", "why", "any"})
TENSION_KINDS = frozenset({*Tension, "any"})

# Exactly these: a format after the name ("{time:>99999}") would be obeyed when the line is filled.
_SLOT = re.compile(r"\{(time|Time|was|Was|quote)\}")
_BRACE = re.compile(r"[{}]")


def slots_of(line: str) -> frozenset[str]:
    """The slots a line asks for, in lower case; raises ValueError where a brace is not a slot's."""
    if not _BRACE.search(line):
        return frozenset()
    if _BRACE.search(_SLOT.sub("", line)):
        raise ValueError(
            "has a brace that is not part of a slot; the slots are {time}, {was}, {quote}, "
            "and {Time} or {Was} to begin a sentence"
        )
    return frozenset(name.lower() for name in _SLOT.findall(line))


def _showable(text: str) -> str:
    if found := unshowable(text):
        raise ValueError(f"holds the control character {found}; take it out")
    return text


def _without_slots(text: str) -> str:
    if _BRACE.search(text):
        raise ValueError("has a brace, and no slot is filled here; write it without { and }")
    return _showable(text)


def _on_one_line(text: str) -> str:
    if not is_one_line(text):
        raise ValueError("has a line break or a tab inside; write it on one line")
    return text


def _with_known_slots(text: str) -> str:
    slots_of(text)
    return _showable(text)


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Short = Annotated[
    str,
    StringConstraints(min_length=1, max_length=120, strip_whitespace=True),
    AfterValidator(_on_one_line),
    AfterValidator(_without_slots),
]
Name = Annotated[
    str,
    StringConstraints(max_length=40, strip_whitespace=True),
    AfterValidator(_on_one_line),
    AfterValidator(_without_slots),
]
Sentence = Annotated[
    str,
    StringConstraints(min_length=1, max_length=400, strip_whitespace=True),
    AfterValidator(_without_slots),
]
Opening = Annotated[
    str,
    StringConstraints(min_length=1, max_length=280, strip_whitespace=True),
    AfterValidator(_on_one_line),
    AfterValidator(_without_slots),
]
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=280, strip_whitespace=True),
    AfterValidator(_on_one_line),
    AfterValidator(_with_known_slots),
]
Word = Annotated[
    str,
    StringConstraints(min_length=2, max_length=40, to_lower=True, strip_whitespace=True),
    AfterValidator(_on_one_line),
    AfterValidator(_showable),
]
Lines = Annotated[list[Line], Field(min_length=1, max_length=60)]
ActLines = dict[Act, dict[str, Lines]]
Version = Annotated[int, Field(strict=True, ge=1)]


class Part(BaseModel):
    """A part of a scenario file: unknown keys are faults, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Part):
    """Where a scenario was distilled from."""

    transcript: Short
    moment: Sentence


class Partner(Part):
    """The other person in the scenario."""

    name: Name
    manner: Sentence
    fears: Sentence
    softened_by: Sentence
    inflamed_by: Sentence
    softens: Annotated[list[Move], Field(min_length=1, max_length=5)]
    inflames: Annotated[list[Move], Field(min_length=1, max_length=5)]
    temper: Annotated[float, Field(strict=True, ge=0.0, le=1.0)]
    leans_on: Annotated[list[Act], Field(min_length=2, max_length=5)]


class RungScene(Part):
    """What is particular to one rung."""

    tension: Annotated[float, Field(strict=True, ge=0.0, le=0.9)]
    pushes_for: Annotated[int, Field(strict=True, ge=1, le=8)]
    comes_round: ComesRound
    openings: Annotated[list[Opening], Field(min_length=3, max_length=12)]
    pushes: Annotated[list[Line], Field(min_length=2, max_length=20)]
    script: Sentence
    samples: Annotated[list[Sentence], Field(min_length=3, max_length=12)]


class Topic(Part):
    """Something the client may bring up, and what the partner says to it."""

    about: Short
    words: Annotated[list[Word], Field(min_length=1, max_length=30)]
    says: Lines
    answers: Lines


class Voice(Part):
    """Stand-alone fragments that may go before or after a line."""

    before_push: Annotated[list[Short], Field(max_length=20)] = []
    before_easing: Annotated[list[Short], Field(max_length=20)] = []
    after_push: Annotated[list[Short], Field(max_length=20)] = []


class Return(Part):
    """The return: the agreed time is over and the client opens the talk again."""

    scenes: Annotated[list[Sentence], Field(min_length=1, max_length=8)]
    receives: Lines
    tests: Lines
    bristles: Lines
    closes: Lines


class Banked(Part):
    """What scenarios and shared banks have in common: lines by act and tension."""

    lines: ActLines
    voice: Voice = Voice()

    @model_validator(mode="after")
    def _kinds_are_known(self) -> Self:
        for act, kinds in self.lines.items():
            allowed = ANSWER_KINDS if act is Act.ANSWER else TENSION_KINDS
            if unknown := set(kinds) - allowed:
                raise ValueError(
                    f"[lines.{act}] has '{visible(min(unknown))}'; "
                    f"use one of {', '.join(sorted(allowed))}"
                )
        return self

    def own_lines(self) -> Iterator[str]:
        """Every partner line of this file."""
        for kinds in self.lines.values():
            for texts in kinds.values():
                yield from texts


class Bank(Banked):
    """Lines that every scenario of one relationship may fall back on."""

    format: Version
    relationship: Relationship


class Scenario(Banked):
    """A situation to rehearse."""

    format: Version
    id: Id
    title: Short
    short: Short
    relationship: Relationship
    setting: Sentence
    need: Sentence
    criteria: Annotated[list[Criterion], Field(min_length=1, max_length=4)]
    content_notes: Annotated[list[Short], Field(max_length=8)] = []
    source: Source
    partner: Partner
    rungs: dict[Rung, RungScene]
    topics: Annotated[list[Topic], Field(max_length=20)] = []
    return_: Annotated[Return | None, Field(alias="return")] = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.format > FORMAT:
            raise ValueError(
                f"format {self.format} is newer than this program reads ({FORMAT}); update Steady"
            )
        if missing := [rung.value for rung in Rung if rung not in self.rungs]:
            raise ValueError(f"[rungs.{missing[0]}] is missing; every scenario has all three rungs")
        count = sum(1 for _ in self.own_lines())
        if count < MIN_OWN_LINES:
            raise ValueError(
                f"only {count} partner lines of its own; write at least {MIN_OWN_LINES}"
            )
        return self

    def own_lines(self) -> Iterator[str]:
        """Every partner line of this file: pushes, lines by act, topics."""
        yield from super().own_lines()
        for scene in self.rungs.values():
            yield from scene.pushes
        for topic in self.topics:
            yield from topic.says
            yield from topic.answers
