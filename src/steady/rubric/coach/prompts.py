"""What a model is asked as a coach: the prompts of the package, with a talk put into them.

Everything that people or files wrote stands between tags as material. It cannot close a tag or
open one, since its own angle brackets are replaced.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from string import Template

from steady.model.messages import Message
from steady.rubric.exchange import Exchange
from steady.safety.cleaning import one_line
from steady.scenario.model import Scenario

MOST_TURNS = 20
"""How many turns of the client a model is shown, the last ones."""

MOST_OF_A_TURN = 1_200
"""How much of one turn it is shown, in characters."""

_BRACKETS = str.maketrans({"<": "‹", ">": "›"})


@cache
def prompt(name: str) -> str:
    """A prompt of the package, by the name of its file without the ending."""
    found = files("steady.rubric.coach").joinpath("prompts", f"{name}.txt")
    return found.read_text("utf-8").strip()


def messages_for(
    exchanges: Sequence[Exchange], scenario: Scenario, hide: Callable[[str], str]
) -> list[Message]:
    """The request for a reading. `hide` replaces what must not leave this machine."""
    lines = []
    for exchange in exchanges:
        lines.append(f"The other: {_material(hide(exchange.partner))}")
        lines.append(
            f"Turn {exchange.number}, the client: {_material(hide(exchange.reading.text))}"
        )
    talk = Template(prompt("coach-talk")).substitute(
        setting=_material(scenario.setting),
        need=_material(scenario.need),
        relationship=scenario.relationship.value,
        name=_material(scenario.partner.name or "nobody in particular"),
        talk="\n".join(lines),
        numbers=", ".join(str(exchange.number) for exchange in exchanges),
    )
    return [Message("system", prompt("coach-system")), Message("user", talk)]


def _material(text: str) -> str:
    """Words from outside on one line, bounded, unable to open or close a tag."""
    return one_line(text)[:MOST_OF_A_TURN].translate(_BRACKETS)
