"""The criteria's names and anchored levels, read from the data file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from steady.terms import Criterion


@dataclass(frozen=True, slots=True)
class Anchor:
    """How a criterion is named and what its levels 0 to 3 mean."""

    name: str
    asks: str
    levels: tuple[str, str, str, str]
    unrated: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("steady.rubric").joinpath("data", "anchors.toml").read_text("utf-8"))


@cache
def anchor(criterion: Criterion) -> Anchor:
    """The anchors of one criterion."""
    row = _table()[criterion.value]
    return Anchor(row["name"], row["asks"], tuple(row["levels"]), row["unrated"])


def meaning(criterion: Criterion, level: int | None) -> str:
    """The sentence for a level, 0 to 3, or for not rated."""
    row = anchor(criterion)
    return row.unrated if level is None else row.levels[level]


def sure_of_hurt() -> float:
    """How sure the reading must be, 0 to 1, before a hurting move counts against the client."""
    sure: float = _table()["measures"]["sure_of_hurt"]
    return sure


def long_turn() -> int:
    """Words after which a turn counts as long."""
    words: int = _table()["measures"]["long_turn"]
    return words
