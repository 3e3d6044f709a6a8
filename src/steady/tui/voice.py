"""Choosing the partner's voice on screen, and asking once before words leave this machine."""

from typing import TYPE_CHECKING

from steady.records import EMBEDDED, MODEL

if TYPE_CHECKING:
    from steady.records import Usage
    from steady.tui.app import SteadyApp

VOICES = {EMBEDDED: "built-in", MODEL: "model"}
"""The voices, and how each is called on screen."""


async def may_coach(app: "SteadyApp") -> bool:
    """As `may_speak`, for the coach; a no counts until the program is left."""
    agreed = await may_speak(app, "coach")
    app.house.coach.declined = not agreed
    return agreed


async def may_speak(app: "SteadyApp", what: str = "voice") -> bool:
    """Whether the model may be used: asks once for a host that is not this machine.

    To be awaited in a worker, since it waits for an answer on screen.
    """
    from steady.tui.screens.ask import AskScreen

    voices = app.house.voices
    if voices.agreed:
        return True
    answers = (
        ("no", f"Stay with the built-in {what}"),
        ("yes", "Send it there, and do not ask again"),
    )
    asked = "\n\n".join(voices.question)
    chosen = await app.push_screen_wait(AskScreen(asked, *answers, back=f"built-in {what}"))
    if chosen == "yes":
        voices.agree()
        return True
    return False


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
