"""Take the pictures of every screen, by driving the program as a person would.

usage: python docs/screenshots.py [FOLDER]   (default docs/screens)

The pictures are SVG, at 80x24, from a home of their own, so they never lie and never show anybody's
words.
"""

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

SIZE = (80, 24)
FONT_FACES = re.compile(r"@font-face \{.*?\}", re.DOTALL)
FIRST = (
    "I can hear how much this has hurt you. I need twenty minutes to settle, and at eight "
    "I'll come and sit down with you."
)
TURNS = (
    "I know I've said it before. This time it's eight o'clock, and I'll come to you.",
    "I'm not leaving, I want us to be okay. I need the break, and at eight I'm here.",
    "You've waited all day, I see that. At eight you have all of me.",
    "Yes, that's fair. Thank you. I'll be there at eight.",
    "Thank you. I'll be there at eight.",
    "I hear you. At eight, I promise.",
)


async def take(folder: Path) -> None:
    """Walk through the program and save a picture at every screen."""
    from textual.pilot import Pilot

    from steady.tui.app import SteadyApp

    app = SteadyApp()
    app.animation_level = "none"

    def shot(name: str) -> None:
        # Fonts are the reader's own: a picture must not fetch anything when it is opened.
        picture = FONT_FACES.sub("", app.export_screenshot(title="Steady"))
        folder.joinpath(f"{name}.svg").write_text(picture, "utf-8")

    async def rehearse(pilot: Pilot[None]) -> None:
        for text in (FIRST, *TURNS):
            if app.screen.query_one("Lines") and app.screen._rehearsal.ending:
                break
            app.screen.query_one("#say").put(text)  # type: ignore[attr-defined]
            await pilot.pause()
            if text is TURNS[0]:
                await pilot.press("f1", "f1")
                shot("talk")
            await pilot.press("enter")
            await pilot.pause()

    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.pause()
        shot("welcome")
        await pilot.press("down", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        shot("briefing")
        await pilot.press("enter")
        await pilot.pause()
        await rehearse(pilot)
        shot("talk-end")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        shot("feedback")
        await pilot.press("escape")
        await pilot.pause()
        await pilot.pause()
        shot("home")
        await pilot.press("p")
        await pilot.pause()
        shot("progress")
        await pilot.press("enter")
        await pilot.pause()
        shot("transcript")
        await pilot.press("escape", "escape", "question_mark")
        await pilot.pause()
        await pilot.pause()
        shot("help")


def main() -> None:
    """Take them all."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("screens"))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["STEADY_HOME"] = home
        asyncio.run(take(folder))


if __name__ == "__main__":
    main()
