"""The pictures of the therapist's screens; `screenshots.py` takes them with its own.

The client in them is made up, but nothing else is: the talks are rehearsed with the embedded
partner, shared in sealed packets and taken in, as the tests do it.
"""

import random
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot

SIZE, WIDE = (80, 24), (120, 40)
TESTS = Path(__file__).resolve().parents[1] / "tests"


async def take_office(home: Path, save: Callable[[str, str], None]) -> None:
    """Walk through the therapist's program; `save` takes a name and an SVG."""
    from steady.tui.office.app import OfficeApp

    app = OfficeApp()
    app.animation_level = "none"
    async with app.run_test(size=SIZE) as pilot:
        await _settle(pilot)
        save("therapist-begin", app.export_screenshot(title="Steady"))
    _practice(home)
    await _walk(save)


async def _walk(save: Callable[[str, str], None]) -> None:
    from textual.widgets import Input

    from steady.tui.office.app import OfficeApp
    from steady.tui.widgets.sheet import Sheet

    app = OfficeApp()
    app.animation_level = "none"

    async def shot(name: str) -> None:
        await _settle(pilot)
        save(f"therapist-{name}", app.export_screenshot(title="Steady"))

    async with app.run_test(size=SIZE) as pilot:
        await shot("caseload")
        await pilot.press("enter")
        await shot("client")
        await pilot.press("enter")
        await shot("criterion")
        await pilot.press("escape")
        view = app.office.client(app.office.find("Ana").ref)
        attempt = next(each for each in view.attempts if each.with_words and len(each.tension) > 4)
        app.show_attempt(attempt.id)
        await _settle(pilot)
        app.screen.query_one(Sheet).action_page(1)
        await shot("attempt")
        await pilot.press("escape", "r")
        await _settle(pilot)
        day = app.office.today.isoformat()
        app.screen.query_one(Input).value = f"/home/moreno/Documents/report-{day}.html"
        await shot("report")
        await pilot.press("escape", "a")
        await _settle(pilot)
        await pilot.press("enter")
        await shot("assign")
        await pilot.press("enter")
        await shot("pack")
        app.go_home()
        app.search(words="twenty minutes")
        await shot("search")
        app.go_home()
        app.action_calibrate()
        await _settle(pilot)
        await pilot.press("3", "2")
        await shot("rate")
        await pilot.press("escape")
        await shot("agreement")
        app.go_home()
        await pilot.resize_terminal(*WIDE)
        app.show_beside(view.client.ref, "avoiding-me")
        await shot("beside")


async def _settle(pilot: Pilot[None]) -> None:
    for _ in range(4):
        await pilot.pause()


def _practice(home: Path) -> None:
    """A therapist with three clients, one of them well on the way."""
    sys.path.insert(0, str(TESTS))
    from cases import (
        FUMBLED,
        STRONG,
        Talk,
        a_path,
        an_office,
        came,
        given,
        noted,
        practised,
        shared,
    )
    from steady.homework.assigning import Wanted
    from steady.terms import Rung

    with an_office() as office:
        due = office.today + timedelta(days=2)
        note = "Short is fine. Name a time you can keep."
        ana = given(
            office, home, "Ana Quintero", Wanted("avoiding-me", Rung.FIRM, 9, due, None, note)
        )
        path = a_path()
        practised(ana, *path)
        noted(ana, "yes", "I said it on Sunday. He went quiet, then he said okay.")
        office.take(shared(ana, office, home, path, message="The second one was hard."))
        ben = came(office, home, "Ben Okafor", Talk(FUMBLED, days_ago=9), Talk(STRONG, days_ago=4))
        office.looked_at(ben.ref)
        given(office, home, "Chioma", Wanted("need-a-minute", Rung.GENTLE, 2, due))
        chance = random.Random(3)  # noqa: S311
        office.draw(10, seed=1)
        while (asked := office.to_rate()) is not None:
            levels = office.attempt(asked.attempt).attempt.levels_by_criterion
            office.rate(
                asked.attempt,
                {
                    criterion: None
                    if (level := levels[criterion]) is None
                    else min(3, max(0, level + chance.choice((-1, 0, 0, 0, 1))))
                    for criterion in asked.criteria
                },
            )
        more = [Talk(FUMBLED, days_ago=2), Talk(STRONG, days_ago=1)]
        practised(ana, *more)
        office.take(shared(ana, office, home, more))
