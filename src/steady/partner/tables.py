"""The partner's data tables, read once: effects of moves, choice of acts, kinds of question."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from steady.terms import Act, ComesRound, Move, Rung

AGREES = "agrees"


@dataclass(frozen=True, slots=True)
class Effect:
    """What one move does to the partner: figures added to tension, felt heard and trust."""

    tension: float
    heard: float
    trust: float
    because: str


@dataclass(frozen=True, slots=True)
class Effects:
    """The effect of every move; the factors are explained in `data/effects.toml`."""

    of: Mapping[Move, Effect]
    again: float
    strengthened: float
    eases_fully_from: float


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What a rung asks of the stance before the partner can come round."""

    tension_at_most: float
    heard_at_least: float
    trust_at_least: float


@dataclass(frozen=True, slots=True)
class ActTables:
    """How acts are chosen; every figure is explained in `data/acts.toml`."""

    start: Mapping[str, float]
    comes_round: Mapping[ComesRound, float]
    acceptance: Mapping[Rung, Acceptance]
    limits: Mapping[str, float]
    patience: Mapping[Rung, int]
    slip_costs: Mapping[Move, int]
    strikes: Mapping[Move, float]
    pushes: Mapping[Rung, Mapping[Act, float]]
    after: Mapping[str, Mapping[Act, float]]
    temperament: Mapping[str, float]
    chances: Mapping[str, float]
    heard_enough: Mapping[str, float]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("steady.partner").joinpath("data", name).read_text("utf-8"))


@cache
def effects() -> Effects:
    """The effects of moves on the stance."""
    raw = _read("effects.toml")
    return Effects(
        of={Move(name): Effect(**figures) for name, figures in raw["moves"].items()},
        again=raw["again"],
        strengthened=raw["strengthened"],
        eases_fully_from=raw["eases_fully_from"],
    )


@cache
def act_tables() -> ActTables:
    """How the partner chooses what to do next."""
    raw = _read("acts.toml")
    return ActTables(
        start=raw["start"],
        comes_round={ComesRound(word): chance for word, chance in raw["comes_round"].items()},
        acceptance={
            Rung(rung): Acceptance(**figures) for rung, figures in raw["acceptance"].items()
        },
        limits=raw["limits"],
        patience={Rung(rung): pushes for rung, pushes in raw["patience"].items()},
        slip_costs={Move(move): pushes for move, pushes in raw["slip_costs"].items()},
        strikes={Move(move): count for move, count in raw["strikes"].items()},
        pushes={
            Rung(rung): {Act(act): weight for act, weight in weights.items()}
            for rung, weights in raw["pushes"].items()
        },
        after={
            what: {Act(act): factor for act, factor in row.items() if act != "because"}
            for what, row in raw["after"].items()
        },
        temperament=raw["temperament"],
        chances=raw["chances"],
        heard_enough=raw["heard_enough"],
    )


@cache
def waiting() -> Mapping[str, float]:
    """How the partner waits for the return, and what ends it."""
    raw = _read("returning.toml")
    return {**raw["waiting"], **raw["limits"]}


@cache
def question_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Kinds of question with their patterns, in the order in which they are tried."""
    raw = _read("questions.toml")
    return tuple(
        (kind, re.compile("|".join(patterns))) for kind, patterns in raw.items() if kind != AGREES
    )


@cache
def agreement() -> re.Pattern[str]:
    """Turns of a few words that say yes to what was just said."""
    return re.compile("|".join(_read("questions.toml")[AGREES]))
