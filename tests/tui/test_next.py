"""What comes back, the probe, and the question at opening."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assigned import assignment, keys_of, opened_pack, rehearsed
from driving import opened, say, sees, shown, until
from steady.home import HomeView, NextRow
from steady.house import House
from steady.progress.next import PROBE_AFTER
from steady.terms import Rung
from steady.tui.screens.field_note import FieldNoteScreen
from steady.tui.screens.home import HomeScreen
from steady.tui.screens.home_rows import options

STRONG = (
    "I can hear how much this has hurt you. I need twenty minutes to settle, and at eight I'll"
    " come and sit down with you.",
    "I know I've said it before. This time it's eight o'clock, and I'll come to you.",
    "I'm not leaving, I want us to be okay. I need the break, and at eight I'm here.",
    "You've waited all day, I see that. At eight you have all of me.",
    "Yes, that's fair. Thank you. I'll be there at eight.",
    "Thank you. I'll be there at eight.",
    "I hear you. At eight, I promise.",
)


def held(times: int = 1, *, days_ago: int = 0, scenario: str = "avoiding-me") -> None:
    """Rehearsals that held, so many days ago."""
    for seed in range(times):
        rehearsed(*STRONG, scenario=scenario, seed=seed)
    with House() as house:
        path = house.places.database
    when = (datetime.now(UTC) - timedelta(days=days_ago)).isoformat(timespec="milliseconds")
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(
            "UPDATE attempts SET started = ?, ended = ? WHERE ended IS NOT NULL AND scenario = ?",
            (*[when.replace("+00:00", "Z")] * 2, scenario),
        )


async def test_a_scenario_that_was_long_ago_comes_back_with_its_reason() -> None:
    held(days_ago=21)
    async with opened() as pilot:
        await sees(pilot, "Next for you")
        await sees(pilot, "it was three weeks ago")
        await pilot.press("up", "enter")
        await sees(pilot, "Your script, in your own words")
        assert "avoiding me" in shown(pilot)


async def test_the_reason_is_there_at_once_the_next_time() -> None:
    held(days_ago=21)
    async with opened() as pilot:
        await sees(pilot, "it was three weeks ago")
    with House() as house:
        view = house.home()
        assert [row.why for row in view.next] == ["it was three weeks ago"]
        assert not view.plan_is_old


async def test_nothing_comes_back_before_its_day() -> None:
    held()
    async with opened() as pilot:
        await sees(pilot, "1 attempt")
        with House() as house:
            await until(pilot, lambda: not house.home().plan_is_old)
        await pilot.pause()
        assert "Next for you" not in shown(pilot)


async def test_the_cursor_stays_where_it_was_when_the_plan_comes() -> None:
    held(days_ago=21)
    async with opened() as pilot:
        await pilot.press("down", "down")
        here = pilot.app.screen.query_one("#list").highlighted_option.id  # type: ignore[attr-defined]
        await sees(pilot, "Next for you")
        now = pilot.app.screen.query_one("#list").highlighted_option.id  # type: ignore[attr-defined]
        assert here == now or here.startswith("next")


async def test_homework_is_not_offered_a_second_time(tmp_path: Path) -> None:
    held(days_ago=21)
    opened_pack(tmp_path, keys_of(tmp_path), assignment("avoiding-me"))
    async with opened() as pilot:
        await sees(pilot, "For Dr Moreno")
        with House() as house:
            await until(pilot, lambda: not house.home().plan_is_old)
        await pilot.pause()
        assert "Next for you" not in shown(pilot)


async def test_a_probe_is_said_beforehand_and_has_no_hints() -> None:
    held(PROBE_AFTER)
    async with opened() as pilot:
        await sees(pilot, "a check, without hints")
        await pilot.press("up", "enter")
        await sees(pilot, "Alex may push in a way you have not")
        assert "No hints this time" in shown(pilot)
        assert "Hints  " not in shown(pilot)
        assert "How hard they push" not in shown(pilot)
        await pilot.press("enter")
        await sees(pilot, "gentle · turn 1")
        await pilot.press("f1")
        await sees(pilot, "without hints")
        await say(pilot, "Fine, let's just talk now. Forget what I wanted, you win.")
        await sees(pilot, "see how it went")
        await pilot.press("enter", "escape")
        await sees(pilot, "attempts")
        await pilot.press("p")
        await sees(pilot, "checks")
    with House() as house:
        assert house.store.attempts(limit=1)[0].probe


def test_in_a_probe_the_first_push_is_one_not_met_before() -> None:
    held(PROBE_AFTER)
    from steady.progress.planning import unmet_pushes

    with House() as house:
        unmet = unmet_pushes(house.store, "avoiding-me", Rung.GENTLE)
        assert unmet
        rehearsal = house.begin(house.scene("avoiding-me", Rung.GENTLE, seed=5, probe=True))
        rehearsal.say("I need a bit of quiet now.")
        assert rehearsal.last_line.act in unmet
        again = house.resume(rehearsal.attempt)
        again.say("I need a bit of quiet.")
        assert again.last_line.act in unmet


async def test_what_was_held_is_asked_about_once_a_day_and_can_be_passed_over() -> None:
    held(days_ago=2)
    async with opened() as pilot:
        await sees(pilot, "Did you say it for real?")
        home = pilot.app.screen
        assert isinstance(home, HomeScreen)
        # Enter does not fall into the question.
        assert not home.query_one("#list").highlighted_option.id.startswith("ask")  # type: ignore[attr-defined]
        with House() as house:
            await until(pilot, lambda: house.home().ask is None)
    async with opened() as pilot:
        await sees(pilot, "With a partner")
        assert "Did you say it for real?" not in shown(pilot)


@pytest.mark.parametrize(
    ("keys", "said"), [((), "not yet"), (("down",), "yes"), (("down", "down"), "no")]
)
async def test_an_answer_is_kept_with_its_words(keys: tuple[str, ...], said: str) -> None:
    held(days_ago=2)
    async with opened() as pilot:
        await sees(pilot, "Did you say it for real?")
        await pilot.press("up", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, FieldNoteScreen))
        await pilot.press(*keys, "enter")
        if keys:
            await sees(pilot, "A few words are enough")
            await pilot.press(*"[sighs] ok", "enter")
        await sees(pilot, "q leave")
        assert "Did you say it for real?" not in shown(pilot)
        await pilot.press("p")
        await sees(pilot, "For real")
        await pilot.press("n")
        await sees(pilot, "Field notes")
    with House() as house:
        (note,) = house.store.field_notes()
    assert (note.scenario, note.said) == ("avoiding-me", said)
    assert note.text == ("[sighs] ok" if keys else "")


async def test_half_typed_words_come_back_and_escape_answers_nothing() -> None:
    held(days_ago=2)
    async with opened() as pilot:
        await sees(pilot, "Did you say it for real?")
        await pilot.press("up", "enter", "down", "enter")
        await sees(pilot, "A few words are enough")
        await pilot.press(*"half", "escape")
        await sees(pilot, "esc skip this")
        await pilot.press("enter")
        await sees(pilot, "half")
        await pilot.press("escape", "escape")
        await sees(pilot, "q leave")
        with House() as house:
            assert house.store.field_notes() == ()
        await pilot.press("p", "right", "n", "down", "enter")
        await sees(pilot, "half")
        await pilot.press("enter")
        await sees(pilot, "For real")
    with House() as house:
        (note,) = house.store.field_notes()
        assert note.text == "half"


async def test_nothing_is_asked_of_a_scenario_that_was_not_held() -> None:
    rehearsed("Fine, let's just talk now. Forget what I wanted, you win.")
    async with opened() as pilot:
        await sees(pilot, "1 attempt")
        assert "for real" not in shown(pilot)


async def test_a_note_and_a_card_are_offered_after_what_held() -> None:
    held()
    with House() as house:
        scene = house.scene("avoiding-me", Rung.GENTLE, seed=1)
    async with opened(scene=scene) as pilot:
        await sees(pilot, "turn 1")
        for text in STRONG:
            if "see how it went" not in shown(pilot):
                await say(pilot, text)
        await sees(pilot, "see how it went")
        await pilot.press("enter")
        await sees(pilot, "I said it for real")
        await pilot.press("end", "up", "up", "enter")
        await sees(pilot, "A line to carry")
        await pilot.press("escape")
        await pilot.press("down", "enter")
        await sees(pilot, "esc skip this")
        await pilot.press("enter")
        await sees(pilot, "How it went")
    with House() as house:
        (note,) = house.store.field_notes()
        assert note.attempt == 2


def test_a_long_reason_leaves_room_for_the_title_where_it_is_narrow() -> None:
    title = '"We\'re not stopping halfway"'
    row = NextRow("minute", title, None, "it held before, and was harder last time")
    view = HomeView(False, (), (), 1, next=(row,))
    for width in (60, 80):
        lines = [str(each.prompt) for each in options(view, None, "", datetime.now(), width)]
        (line,) = (line for line in lines if "it held before" in line)
        assert "We're not stopping" in line
        assert len(line) <= width - 5
