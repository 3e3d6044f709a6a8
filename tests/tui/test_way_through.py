"""From the first screen to the feedback and back, by keys alone."""

import pytest

from driving import NARROW, WIDE, opened, say, sees, shown
from steady.places import use_profile
from steady.tui.screens.feedback import FeedbackScreen
from steady.tui.screens.home import HomeScreen
from steady.tui.screens.talk import TalkScreen

KIND = "I hear how hard today was for you. I need 20 minutes, then I'll come to you in the kitchen."
GIVES_IN = "Fine, let's just talk now. Forget what I wanted, you win."


@pytest.mark.parametrize("size", [NARROW, WIDE, (60, 20)])
async def test_the_first_run_leads_to_a_first_rehearsal(size: tuple[int, int]) -> None:
    async with opened(size) as pilot:
        await sees(pilot, "Nothing you type leaves this machine")
        await pilot.press("enter")
        await sees(pilot, "Alex")
        assert isinstance(pilot.app.screen, TalkScreen)
        assert "enter say it" in shown(pilot)


async def test_the_welcome_comes_once() -> None:
    async with opened() as pilot:
        await pilot.press("escape")
        await sees(pilot, "With a partner")
    async with opened() as pilot:
        await sees(pilot, "With a partner")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_home_says_whose_it_is_where_there_are_profiles() -> None:
    use_profile("kim")
    try:
        async with opened() as pilot:
            await pilot.press("escape")
            await sees(pilot, "Steady · kim")
    finally:
        use_profile(None)


async def test_a_rehearsal_by_keys_from_home_to_feedback() -> None:
    async with opened() as pilot:
        await pilot.press("escape")
        await sees(pilot, "You've been avoiding me")
        await pilot.press("enter")
        await sees(pilot, "Your script, in your own words")
        await pilot.press("enter")
        await sees(pilot, "gentle · turn 1")
        await say(pilot, KIND)
        await sees(pilot, "gentle · turn 2")
        await say(pilot, GIVES_IN)
        await sees(pilot, "see how it went")
        await pilot.press("enter")
        await sees(pilot, "How it went")
        assert "gave in" in shown(pilot)
        assert isinstance(pilot.app.screen, FeedbackScreen)
        await pilot.press("escape")
        await sees(pilot, "1 attempt")


async def test_the_mouse_does_what_the_keys_do() -> None:
    async with opened() as pilot:
        await pilot.press("escape")
        await sees(pilot, "You've been avoiding me")
        await pilot.click("#list", offset=(6, 1))
        await sees(pilot, "Begin")
        await pilot.click("#begin")
        await sees(pilot, "gentle · turn 1")
        await pilot.click("KeyBar", offset=(25, 0))
        await sees(pilot, "Breathe in for 4")


async def test_every_screen_says_how_to_get_out() -> None:
    async with opened() as pilot:
        await pilot.press("escape")
        await sees(pilot, "q leave")
        for key, words in (("p", "esc back"), ("question_mark", "esc back")):
            await pilot.press(key)
            await sees(pilot, words)
            await pilot.press("escape")
            await sees(pilot, "q leave")


async def test_a_small_window_says_so_and_recovers() -> None:
    async with opened() as pilot:
        await pilot.press("escape")
        await sees(pilot, "With a partner")
        await pilot.resize_terminal(50, 15)
        await sees(pilot, "Make this")
        await pilot.resize_terminal(80, 24)
        await sees(pilot, "With a partner")


async def test_a_broken_scenario_does_not_keep_home_from_opening(home: object) -> None:
    from steady.places import places, private_folder

    folder = private_folder(places().own_scenarios)
    folder.joinpath("mine.toml").write_text('format = 1\nid = "mine"\ntitle = [broken\n')
    async with opened() as pilot:
        await pilot.press("escape")
        await sees(pilot, "mine.toml")
        assert "You've been avoiding me" in shown(pilot)


async def test_finding_narrows_the_list() -> None:
    async with opened() as pilot:
        await pilot.press("escape")
        await sees(pilot, "You've been avoiding me")
        await pilot.press("slash", *"minute")
        await sees(pilot, "minute")
        assert "avoiding" not in shown(pilot)
        await pilot.press("escape")
        await sees(pilot, "You've been avoiding me")
