"""The conversation on screen."""

from driving import opened, say, sees, shown, until
from steady.house import House
from steady.practice.scene import Scene
from steady.terms import Rung
from steady.tui.app import SteadyApp
from steady.tui.screens.talk import TalkScreen
from steady.tui.widgets.say_box import SayBox

KIND = "I hear how hard today was for you. I need 20 minutes, then I'll come to you in the kitchen."


def scene(*, slow: bool = False, aids: bool = True) -> Scene:
    """The painter's scenario, gentle."""
    with House() as house:
        return house.scene("avoiding-me", Rung.GENTLE, seed=1, slow=slow, aids_offered=aids)


async def test_brackets_and_escapes_are_only_words() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, "[sighs] I need [/red] [b]20 minutes[/b] \x1b[31mok[/]")
        await sees(pilot, "[sighs] I need [/red] [b]20 minutes[/b] ok[/]")


async def test_emoji_and_other_alphabets_are_shown() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, "Нужно 20 минут, хорошо 🙂")
        await sees(pilot, "Нужно 20 минут, хорошо")


async def test_enter_by_mistake_is_not_counted_as_a_turn() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, "")
        await sees(pilot, "Nothing said yet")
        assert "turn 1" in shown(pilot)


async def test_being_stuck_gets_a_way_in() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, "idk what to say")
        await sees(pilot, "A way in")


async def test_the_hint_ladder_opens_one_rung_at_a_time() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        for words in ("A breath", "A way in", "Your script", "One way to say it"):
            await pilot.press("f1")
            await sees(pilot, words)
        await sees(pilot, "the last hint")


async def test_the_last_hint_stays_however_often_it_is_asked_for() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await pilot.press(*["f1"] * 8)
        await sees(pilot, "One way to say it")
        await pilot.press("f1")
        await pilot.pause()
        assert shown(pilot).count("the last hint") == 1


async def test_without_aids_there_are_no_hints() -> None:
    async with opened(scene=scene(aids=False)) as pilot:
        await sees(pilot, "turn 1")
        await pilot.press("f1")
        await sees(pilot, "without hints")


async def test_slowing_down_pauses_and_loses_nothing() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        pilot.app.screen.query_one(SayBox).put("I was about to")
        await pilot.press("f2")
        await sees(pilot, "Slowed down")
        await pilot.press("enter")
        await sees(pilot, "I was about to")


async def test_at_a_slow_pace_the_answer_waits_for_the_client() -> None:
    async with opened(scene=scene(slow=True)) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        await sees(pilot, "I am ready")
        rehearsal = talk(pilot.app)._rehearsal
        answer = rehearsal.last_line.text[:20]
        assert answer not in shown(pilot)
        await pilot.press("enter")
        await sees(pilot, answer)


async def test_a_line_can_be_said_again() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, "I need a moment, later maybe")
        await sees(pilot, "turn 2")
        await pilot.press("ctrl+r")
        await sees(pilot, "Which of your lines")
        await pilot.press("enter")
        await sees(pilot, "turn 1")
        assert pilot.app.screen.query_one(SayBox).text == "I need a moment, later maybe"


async def test_enter_says_it_and_ctrl_j_breaks_the_line() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await pilot.press(*"one", "ctrl+j", *"two")
        assert pilot.app.screen.query_one(SayBox).text == "one\ntwo"


async def test_the_up_arrow_brings_back_what_was_said() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        await pilot.press(*"half", "up")
        box = pilot.app.screen.query_one(SayBox)
        assert box.text == KIND
        await pilot.press("down")
        assert box.text == "half"


async def test_leaving_asks_and_the_attempt_waits_at_home() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        pilot.app.screen.query_one(SayBox).put("half a sentence")
        await pilot.press("escape")
        await sees(pilot, "Leave this talk?")
        await pilot.press("down", "enter")
        await sees(pilot, "Carry on where you stopped")
        await pilot.press("enter")
        await sees(pilot, "turn 2")
        assert pilot.app.screen.query_one(SayBox).text == "half a sentence"


async def test_escape_twice_stays_in_the_talk() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await pilot.press("escape")
        await sees(pilot, "Leave this talk?")
        await pilot.press("escape")
        await sees(pilot, "enter say it")


async def test_a_line_is_typed_when_animations_are_on() -> None:
    app = SteadyApp(scene())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, TalkScreen))
        rehearsal = talk(app)._rehearsal
        await until(pilot, lambda: rehearsal.last_line.text.split()[-1] not in shown(pilot))
        await say(pilot, KIND)
        assert " ".join(rehearsal.turns[0].text.split()[:3]) in shown(pilot)


async def test_danger_opens_its_own_screen_and_stops_the_talk() -> None:
    async with opened(scene=scene()) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, "I want to kill myself.")
        await sees(pilot, "The practice has stopped")
        await pilot.press("enter")
        await sees(pilot, "With a partner")


def talk(app: object) -> TalkScreen:
    """The conversation that is open."""
    screen = getattr(app, "screen", None)
    assert isinstance(screen, TalkScreen)
    return screen
