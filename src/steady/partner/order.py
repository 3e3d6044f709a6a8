"""An order: all that a voice needs to say one line whose act, stance and ending are decided.

An order is made only where a voice asks for one; the embedded partner speaks without it.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from steady.partner.state import PartnerState
from steady.scenario.model import Scenario
from steady.terms import Act, Ending, Part, Speaker

LAST_TURNS = 8
"""How many turns before the client's last one go into an order."""

EXAMPLES = 3
"""How many lines of the act are shown as examples."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said in the talk so far."""

    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """Who the partner is. `concern` is the worry underneath, empty while it does not show."""

    name: str
    relationship: str
    setting: str
    need: str
    manner: str
    concern: str
    softened_by: str
    inflamed_by: str


@dataclass(frozen=True, slots=True)
class Order:
    """One line to be said.

    `stance` is how the partner feels now, in words; `task` what the act asks for; `examples` up
    to three lines of the act; `turns` the last turns before `said`, which the client just said;
    `spoken` every line of the partner so far; `embedded` the line that is said where nothing
    better is found. `ends` says that the scene closes with this line.
    """

    card: Card
    stance: str
    act: Act
    task: str
    examples: tuple[str, ...]
    turns: tuple[Line, ...]
    said: str
    embedded: str
    spoken: tuple[str, ...] = ()
    ends: bool = False

    @property
    def name(self) -> str:
        """How the partner is called; may be empty."""
        return self.card.name


@dataclass(frozen=True, slots=True)
class Rendered:
    """A line as it was found, by which voice, and why it was not the model's or not whole."""

    text: str
    voice: str  # "embedded" or "model"
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    up_to: float
    says: str


@dataclass(frozen=True, slots=True)
class _Words:
    """The sentences of `data/orders.toml`."""

    acts: Mapping[Act, str]
    returning: Mapping[Act, str]
    now_returned: str
    stance: Mapping[str, tuple[_Step, ...]]
    concern_shows_from: float


@cache
def _words() -> _Words:
    raw: dict[str, Any] = tomllib.loads(
        files("steady.partner").joinpath("data", "orders.toml").read_text("utf-8")
    )
    return _Words(
        {Act(act): task for act, task in raw["acts"].items()},
        {Act(act): task for act, task in raw["returning"]["acts"].items()},
        raw["returning"]["setting"],
        {name: tuple(_Step(**row) for row in rows) for name, rows in raw["stance"].items()},
        raw["concern"]["shows_from"],
    )


def task_of(act: Act, part: Part = Part.TALK) -> str:
    """What an act asks for in a part of the scenario, in a sentence or two."""
    words = _words()
    own = words.returning.get(act) if part is Part.RETURN else None
    return own or words.acts[act]


def stance_in_words(state: PartnerState) -> str:
    """How the partner feels, as sentences to the partner."""
    figures = {"tension": state.tension, "heard": state.heard, "trust": state.trust}
    return " ".join(
        next(step.says for step in steps if figures[name] <= step.up_to)
        for name, steps in _words().stance.items()
    )


def order(
    scenario: Scenario,
    act: Act,
    state: PartnerState,
    *,
    embedded: str,
    examples: Sequence[str],
    talk: Sequence[Line],
    said: str,
    ending: Ending | None,
    part: Part = Part.TALK,
) -> Order:
    """The order for a line. `talk` is all that was said before `said`, oldest first."""
    partner = scenario.partner
    back = f" {_words().now_returned}" if part is Part.RETURN else ""
    shows = act is Act.DISCLOSE or state.heard >= _words().concern_shows_from
    return Order(
        card=Card(
            name=partner.name,
            relationship=scenario.relationship.value,
            setting=f"{scenario.setting}{back}",
            need=scenario.need,
            manner=partner.manner,
            concern=partner.fears if shows else "",
            softened_by=partner.softened_by,
            inflamed_by=partner.inflamed_by,
        ),
        stance=stance_in_words(state),
        act=act,
        task=task_of(act, part),
        examples=tuple(examples[:EXAMPLES]),
        turns=tuple(talk[-LAST_TURNS:]),
        said=said,
        embedded=embedded,
        spoken=tuple(line.text for line in talk if line.speaker is Speaker.PARTNER),
        ends=ending is not None,
    )
