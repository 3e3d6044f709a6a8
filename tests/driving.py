"""Driving the program as a person would: keys in, words on the screen out."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from steady.office import Office
from steady.practice.scene import Scene
from steady.tui.app import SteadyApp
from steady.tui.office.app import OfficeApp
from steady.tui.widgets.say_box import SayBox

NARROW = (80, 24)
WIDE = (120, 40)
MOST_WAITS = 200


@asynccontextmanager
async def opened(
    size: tuple[int, int] = NARROW, scene: Scene | None = None
) -> AsyncIterator[Pilot[None]]:
    """The program, open and filled, without animations."""
    app = SteadyApp(scene)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield pilot


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Wait until something is so; fails with what is on screen if it never is."""
    for _ in range(MOST_WAITS):
        if true():
            return
        await pilot.pause()
    raise AssertionError(f"never came to be; the screen shows:\n{shown(pilot)}")


async def sees(pilot: Pilot[None], words: str) -> None:
    """Wait until words are on the screen."""
    await until(pilot, lambda: words in shown(pilot))


def shown(pilot: Pilot[None]) -> str:
    """The screen as text, trailing blanks cut."""
    width, height = pilot.app.size
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips[:height])[: (width + 1) * height]


async def say(pilot: Pilot[None], text: str) -> None:
    """Put words into the box and press Enter."""
    pilot.app.screen.query_one(SayBox).put(text)
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


@asynccontextmanager
async def office_opened(
    size: tuple[int, int] = NARROW, office: Office | None = None
) -> AsyncIterator[Pilot[None]]:
    """The therapist's program, open and filled, without animations."""
    app = OfficeApp(office)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield pilot


def office_of(pilot: Pilot[None]) -> OfficeApp:
    """The therapist's program that is open."""
    assert isinstance(pilot.app, OfficeApp)
    return pilot.app


async def typed(pilot: Pilot[None], text: str) -> None:
    """Put text into the box that has the focus, as a paste would."""
    box = pilot.app.screen.focused
    assert isinstance(box, Input | TextArea)
    box.insert(text, box.cursor_position) if isinstance(box, Input) else box.insert(text)
    await pilot.pause()
