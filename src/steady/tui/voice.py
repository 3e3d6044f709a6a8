"""Choosing the partner's voice on screen, and asking once before words leave this machine."""

from typing import TYPE_CHECKING

from textual.content import Content

from steady.records import EMBEDDED, MODEL
from steady.tui.text import plain, styled

if TYPE_CHECKING:
    from steady.practice.voices import Voices
    from steady.records import Usage
    from steady.tui.app import SteadyApp

VOICES = {EMBEDDED: "built-in", MODEL: "model"}
"""The voices, and how each is called on screen."""


async def may_speak(app: "SteadyApp") -> bool:
    """Whether the model may be used: asks once for a host that is not this machine.

    To be awaited in a worker, since it waits for an answer on screen.
    """
    from steady.tui.screens.ask import AskScreen

    voices = app.house.voices
    if voices.agreed:
        return True
    answers = (
        ("no", "Stay with the built-in voice"),
        ("yes", "Send it there, and do not ask again"),
    )
    chosen = await app.push_screen_wait(
        AskScreen(question(voices), *answers, back="built-in voice")
    )
    if chosen == "yes":
        voices.agree()
        return True
    return False


def question(voices: "Voices") -> Content:
    """What the person is asked before a host is used for the first time."""
    return Content.assemble(
        "The model ",
        styled(voices.model, "bold"),
        " runs on ",
        styled(voices.host, "bold"),
        plain(", which is not this machine. It would be sent:\n\n"),
        plain(voices.sent),
        plain("\n\nWhoever runs that machine can read it. The built-in voice sends nothing."),
    )


def used(usage: "Usage", lines: int, of: int, currency: str) -> str:
    """What a model did for an attempt and what it took, in a line; empty where none was asked."""
    if not usage.requests:
        return ""
    about = "about " if usage.estimated else ""
    cost = "" if usage.cost is None else f", {_money(usage.cost, currency)}"
    tokens = f"{about}{usage.tokens:,} tokens{cost}"
    return f"The model's voice  {lines} of {of} lines, {tokens}"


def _money(cost: float, currency: str) -> str:
    return f"{cost:.2f} {currency}" if cost >= 0.01 else f"under 0.01 {currency}"
