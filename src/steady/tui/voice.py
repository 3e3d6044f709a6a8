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
    """What a model did for an attempt and what it took, in a line; empty where none was asked.

    It found the words of `lines` of the partner's lines, `of` being 0 where it was not asked to.
    """
    if not usage.requests:
        return ""
    from steady.model.accounts import told

    took = told(usage, currency)
    return f"The model's voice  {lines} of {of} lines, {took}" if of else f"The model  {took}"
