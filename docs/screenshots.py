"""Take the pictures of every screen, by driving the program as a person would.

usage: python docs/screenshots.py [FOLDER]   (default docs/screens)

The pictures are SVG, at 80x24, from a home of their own, so they never lie and never show anybody's
words.
"""

import asyncio
import json
import os
import re
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from steady.tui.app import SteadyApp

SIZE = (80, 24)
SETTLED = 8  # pauses after which everything has its place
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


def homework(home: Path) -> Path:
    """A pack from a therapist with a key of their own; returns its file."""
    from steady.homework.keys import make_keys
    from steady.homework.packs import parse_pack, write_pack
    from steady.places import places

    keys = make_keys("Dr Moreno", replace(places(), data=home / "therapist"))
    tree = {
        "format": "steady-pack",
        "version": 1,
        "pack_id": str(uuid4()),
        "made": datetime.now(UTC).isoformat(),
        "therapist": {"name": keys.name, "public_key": keys.public_key},
        "client": {"ref": str(uuid4()), "name": "Sam"},
        "message": "Take your time with these. See you on Thursday.",
        "assignments": [
            {
                "id": str(uuid4()),
                "scenario": scenario,
                "rung": rung,
                "times": times,
                "due": str(date.today() + timedelta(days=2)),
                "note": note,
            }
            for scenario, rung, times, note in (
                ("avoiding-me", "firm", 3, "Say the time first, then stop. The silence is fine."),
                ("need-a-minute", "gentle", 1, ""),
            )
        ],
    }
    path = home / "for-sam.steady-pack"
    write_pack(parse_pack(json.dumps(tree).encode()), path)
    return path


def save(folder: Path, name: str, picture: str) -> None:
    """Save a picture. Fonts are the reader's own: it must not fetch anything when it is opened."""
    folder.joinpath(f"{name}.svg").write_text(FONT_FACES.sub("", picture), "utf-8")


class Album:
    """A walk through the program, with a picture where one is wanted."""

    def __init__(self, folder: Path, app: "SteadyApp", pilot: "Pilot[None]") -> None:
        """Pictures go into the folder."""
        self._folder = folder
        self._app = app
        self._pilot = pilot

    async def go(self, *keys: str, shot: str = "") -> None:
        """Press keys, let the screen settle, and save a picture where it is named."""
        await self._pilot.press(*keys)
        for _ in range(SETTLED):
            await self._pilot.pause()
        if shot:
            save(self._folder, shot, self._app.export_screenshot(title="Steady"))

    async def rehearse(self, *, shot: str = "") -> None:
        """Play a talk to its end; the picture is taken in the middle, with hints open."""
        screen = self._app.screen
        for text in (FIRST, *TURNS):
            if screen._rehearsal.ending:  # type: ignore[attr-defined]
                break
            screen.query_one("#say").put(text)  # type: ignore[attr-defined]
            if shot and text is TURNS[0]:
                await self.go("f1", "f1", shot=shot)
            await self.go("enter")

    async def practice(self) -> None:
        """The first run, a rehearsal, and looking back on it."""
        await self.go(shot="welcome")
        await self.go("down", "enter")
        await self.go("enter", shot="briefing")
        await self.go("enter")
        await self.rehearse(shot="talk")
        await self.go(shot="talk-end")
        await self.go("enter", shot="feedback")
        await self.go("escape", shot="home")
        await self.go("p", shot="progress")
        await self.go("enter", shot="transcript")
        await self.go("escape", "escape", "question_mark", shot="help")
        await self.go("escape", "p", "right", "c", shot="card")
        await self.go("escape", "n", shot="field-note")
        await self.go("escape", "escape")

    async def homework(self, pack: Path) -> None:
        """A pack opened, rehearsed for and shared from."""
        await self.go("h", "o")
        self._app.screen.query_one("#place").value = str(pack)  # type: ignore[attr-defined]
        await self.go("enter", shot="opening")
        await self.go("down", "enter")
        await self.go("enter", shot="assignment")
        await self.go("enter")
        await self.rehearse()
        await self.go("enter")
        await self.go("escape", shot="home-homework")
        await self.go("h", shot="homework")
        await self.go("escape")
        await self._app.run_action("share")
        await self.go("left", shot="share")
        await self.go("enter", shot="packet")


async def take(folder: Path, pack: Path) -> None:
    """Walk through the program and save a picture at every screen."""
    from steady.tui.app import SteadyApp

    app = SteadyApp()
    app.animation_level = "none"
    async with app.run_test(size=SIZE) as pilot:
        album = Album(folder, app, pilot)
        await album.practice()
        await album.homework(pack)


def main() -> None:
    """Take them all."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("screens"))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["STEADY_HOME"] = home
        asyncio.run(take(folder, homework(Path(home))))
    with tempfile.TemporaryDirectory() as home:
        from office_screens import take_office

        os.environ["STEADY_HOME"] = f"{home}/therapist"
        asyncio.run(take_office(Path(home), partial(save, folder)))


if __name__ == "__main__":
    main()
