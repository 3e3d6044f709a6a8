"""How quick the therapist's screens are with a large caseload, which `caseload.py` builds.

Each screen is opened in the running program at 120x40, from the key to the last line drawn: the
first opening (imports included), the median and the slowest by the clock, then the processor's
time of the first and of the median one, in milliseconds.
"""

import asyncio
import statistics
import time
from collections.abc import Callable

from textual.pilot import Pilot

from steady.tui.office.app import OfficeApp
from steady.tui.office.line import LineScreen
from steady.tui.widgets.sheet import Sheet

ROUNDS = 11
SIZE = (120, 40)


def screens(ref: str) -> None:
    """Opens every screen again and again, of one client where it is of one."""
    asyncio.run(_all(ref))


async def _all(ref: str) -> None:
    app = OfficeApp()
    app.animation_level = "none"
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.pause()
        view = app.office.client(ref)
        with_words = next(each.id for each in view.attempts if each.with_words)
        await _open(pilot, "screen: the caseload, again", app.screen.fill, back=False)  # type: ignore[attr-defined]
        for name, opening in (
            ("screen: a client", lambda: app.show_client(ref)),
            ("screen: a criterion", lambda: app.push_screen(LineScreen(view, 0))),
            ("screen: an attempt", lambda: app.show_attempt(with_words)),
            ("screen: first beside latest", lambda: app.show_beside(ref, "scenario-3")),
            ("screen: search", lambda: app.search(None, "promise kitchen later")),
            ("screen: whom to assign to", app.action_assign),
            ("screen: rate blind", app.action_calibrate),
        ):
            await _open(pilot, name, opening)
        app.show_client(ref)
        await pilot.pause()
        sheet = app.screen.query_one(Sheet)
        await _open(pilot, "a page down a client's path", lambda: sheet.action_page(1), back=False)


async def _open(
    pilot: Pilot[None], name: str, opening: Callable[[], object], *, back: bool = True
) -> None:
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        opening()
        await pilot.pause()
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
        if back:
            pilot.app.pop_screen()
            await pilot.pause()
    figures = (walls[0], statistics.median(walls), max(walls), cpus[0], statistics.median(cpus))
    print(f"{name:<34}" + "".join(f"{figure:>11.1f}" for figure in figures))
