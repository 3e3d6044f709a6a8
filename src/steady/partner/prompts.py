"""What a model is asked for a line: the prompts of the package, with an order put into them.

Everything that people or files wrote stands between tags as material. It cannot close a tag or
open one, since its own angle brackets are replaced.
"""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from string import Template

from steady.model.messages import Message
from steady.partner.guard import Refusal
from steady.partner.order import Order
from steady.safety.cleaning import one_line
from steady.terms import Speaker

MOST_OF_A_TURN = 1_200
"""How much of one turn a model is shown, in characters."""

_BRACKETS = str.maketrans({"<": "‹", ">": "›"})
_THEY = "They"
_YOU = "You"


@cache
def prompt(name: str) -> str:
    """A prompt of the package, by the name of its file without the ending."""
    return files("steady.partner").joinpath("prompts", f"{name}.txt").read_text("utf-8").strip()


def instructions() -> tuple[str, ...]:
    """The texts that are instructions, whose words no line may repeat."""
    turn = [line for line in prompt("voice-turn").splitlines() if "$" not in line]
    return (prompt("voice-system"), "\n".join(turn), prompt("voice-again"))


def messages_for(order: Order, hide: Callable[[str], str]) -> list[Message]:
    """The first request for a line. `hide` replaces what must not leave this machine."""

    def said(text: str) -> str:
        return _material(hide(text))

    card = order.card
    talk = (
        f"{_YOU if line.speaker is Speaker.PARTNER else _THEY}: {said(line.text)}"
        for line in order.turns
    )
    concern = f"What worries you underneath: {card.concern}" if card.concern else ""
    turn = Template(prompt("voice-turn")).substitute(
        name=_material(card.name or "not given"),
        relationship=_material(f"the {card.relationship}"),
        manner=_material(card.manner),
        softened_by=_material(card.softened_by),
        inflamed_by=_material(card.inflamed_by),
        concern=_material(concern),
        setting=_material(card.setting),
        need=_material(card.need),
        turns="\n".join(talk) or "(nothing yet)",
        said=said(order.said),
        examples="\n".join(f"- {said(line)}" for line in order.examples) or "(none)",
        stance=order.stance,
        task=order.task,
    )
    return [Message("system", prompt("voice-system")), Message("user", turn)]


def messages_again(
    first: list[Message], line: str, refusal: Refusal, order: Order, hide: Callable[[str], str]
) -> list[Message]:
    """The one more try after a line was refused."""
    again = Template(prompt("voice-again")).substitute(again=refusal.again, task=order.task)
    refused = _material(hide(line)) or "…"
    return [*first, Message("assistant", refused), Message("user", again)]


def _material(text: str) -> str:
    """Words from outside on one line, bounded, unable to open or close a tag."""
    return one_line(text)[:MOST_OF_A_TURN].translate(_BRACKETS)
