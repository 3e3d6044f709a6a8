"""Feedback, progress and reading back."""

from dataclasses import replace

from driving import opened, say, sees, shown, until
from steady.house import House
from steady.records import BOTH, Feedback, Level, SelfRating
from steady.terms import Criterion, Ending, Outcome, Rung
from steady.tui.screens.feedback import FeedbackScreen

KIND = "I hear how hard today was for you. I need 20 minutes, then I'll come to you in the kitchen."


def rehearsed(*texts: str) -> int:
    """A finished attempt in the history; returns its number."""
    with House() as house:
        house.seen_welcome()
        rehearsal = house.begin(house.scene("avoiding-me", Rung.GENTLE, seed=2))
        for text in texts:
            if rehearsal.ending is None:
                rehearsal.say(text)
        rehearsal.close()
        return rehearsal.attempt


async def test_progress_shows_every_criterion_and_opens_a_transcript() -> None:
    rehearsed(KIND)
    async with opened() as pilot:
        await sees(pilot, "1 attempt")
        await pilot.press("p")
        for name in ("Validation", "Own voice", "Clear ask", "Return", "Holds steady", "Respect"):
            await sees(pilot, name)
        await pilot.press("enter")
        await sees(pilot, "I need 20 minutes")
        await pilot.press("escape", "escape")
        await sees(pilot, "q leave")


async def test_progress_can_be_narrowed_to_one_scenario() -> None:
    rehearsed(KIND)
    async with opened() as pilot:
        await pilot.press("p")
        await sees(pilot, "‹ all ›")
        await pilot.press("right")
        await sees(pilot, "‹ avoiding me ›")


async def test_progress_is_not_frightened_by_an_empty_history() -> None:
    async with opened() as pilot:
        await pilot.press("escape")
        await sees(pilot, "With a partner")
        await pilot.press("p")
        await sees(pilot, "Nothing finished yet.")


async def test_the_feedback_points_at_the_clients_own_words() -> None:
    with House() as house:
        scene = house.scene("avoiding-me", Rung.GENTLE, seed=2)
    async with opened(scene=scene) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        await pilot.press("escape")
        await sees(pilot, "Leave this talk?")
        await pilot.press("down", "down", "enter")
        await sees(pilot, "How it went")
        assert "What worked" in shown(pilot)
        assert "stopped early" in shown(pilot)
        await pilot.press("w")
        await sees(pilot, "Dots run from none")


async def test_the_self_rating_after_is_kept() -> None:
    with House() as house:
        scene = house.scene("avoiding-me", Rung.GENTLE, seed=2)
    async with opened(scene=scene) as pilot:
        await sees(pilot, "turn 1")
        await say(pilot, KIND)
        await pilot.press("escape")
        await sees(pilot, "Leave this talk?")
        await pilot.press("down", "down", "enter")
        await sees(pilot, "How sure I feel now")
        await pilot.press("tab", "right", "right")
    with House() as house:
        assert house.store.transcript(1).after == SelfRating(6, None)


async def test_the_same_talk_can_be_had_again_from_the_feedback() -> None:
    with House() as house:
        scene = house.scene("avoiding-me", Rung.GENTLE, seed=2)
    async with opened(scene=scene) as pilot:
        await sees(pilot, "turn 1")
        await pilot.press("escape")
        await sees(pilot, "Leave this talk?")
        await pilot.press("down", "down", "enter")
        await sees(pilot, "The same talk again from the start")
        await pilot.press("enter")
        await sees(pilot, "Your script, in your own words")


async def test_a_script_edited_in_the_briefing_is_kept() -> None:
    with House() as house:
        house.seen_welcome()
    async with opened() as pilot:
        await sees(pilot, "With a partner")
        await pilot.press("enter")
        await sees(pilot, "Your script")
        await pilot.press("shift+tab")
        await pilot.press(*" and more")
        await pilot.press("escape")
        await sees(pilot, "q leave")
    with House() as house:
        assert house.script(house.library.heads()[0].id, Rung.GENTLE).endswith(" and more")


async def test_rehearsals_that_a_model_helped_to_read_are_marked() -> None:
    attempt = rehearsed(KIND)
    with House() as house:
        found = house.store.transcript(attempt).feedback
        assert found is not None
        house.store.end(attempt, replace(found, reader=BOTH))
    async with opened() as pilot:
        await sees(pilot, "1 attempt")
        await pilot.press("p")
        await sees(pilot, "a model read the turns too")


async def test_field_notes_stand_in_progress_by_scenario_and_in_full() -> None:
    rehearsed(KIND)
    with House() as house:
        for number in range(3):
            house.store.keep_field_note("avoiding-me", "yes", f"[sighs] it went {number} " * 20)
        house.store.keep_field_note("need-a-minute", "not yet", "")
    async with opened() as pilot:
        await sees(pilot, "1 attempt")
        await pilot.press("p")
        await sees(pilot, "For real")
        assert "and 2 more" in shown(pilot)
        await pilot.press("right")
        await sees(pilot, "and 1 more")
        await pilot.press("n")
        await sees(pilot, "Field notes")
        assert "[sighs] it went 0" in shown(pilot)
        await pilot.press("enter")
        await sees(pilot, "Erase it for good")
        await pilot.press("enter")
        await sees(pilot, "esc back")
        await pilot.press("enter", "down", "enter")
        await until(pilot, lambda: shown(pilot).count("said it") == 2)
        await pilot.press("escape", "escape")
        await sees(pilot, "q leave")


async def test_where_nothing_is_noted_yet_it_says_how() -> None:
    rehearsed(KIND)
    async with opened() as pilot:
        await sees(pilot, "1 attempt")
        await pilot.press("p", "n")
        await sees(pilot, "Nothing is noted yet")
        await pilot.press("enter", "escape", "escape")
        await sees(pilot, "q leave")


async def test_the_lines_come_first_and_the_cursor_stays_in_sight() -> None:
    for _ in range(25):
        rehearsed("k")
    async with opened() as pilot:
        await sees(pilot, "25 attempts")
        await pilot.press("p")
        await sees(pilot, "without hints")
        await pilot.press(*["down"] * 20)
        await until(pilot, lambda: "›" in shown(pilot).split("\n", 3)[3])
        await pilot.press(*["up"] * 20)
        await sees(pilot, "without hints")


def left(house: House, attempt: int, found: Feedback) -> Feedback:
    """The same attempt, as if the partner had walked out of it though the client held steady."""
    steady = (Level(Criterion.HOLDS_STEADY, 3, "I need 20 minutes", 1),)
    told = replace(found, outcome=Outcome.STOPPED_EARLY, ending=Ending.LEFT_HURT, levels=(*steady,))
    house.store.reopen(attempt)
    house.store.end(attempt, told)
    return told


async def test_a_partner_who_left_is_said_so_on_one_line_also_where_it_is_narrow() -> None:
    attempt = rehearsed(KIND)
    with House() as house:
        found = house.store.transcript(attempt).feedback
        assert found is not None
        left(house, attempt, found)
    async with opened((60, 20)) as pilot:
        await sees(pilot, "q leave")
        await pilot.press("p")
        await sees(pilot, "partner left")
        line = next(line for line in shown(pilot).splitlines() if "partner left" in line)
        assert "› today" in line
        assert "stopped" not in shown(pilot)
        await pilot.press("enter")
        await sees(pilot, "You took")  # of what worked, at the end of the transcript
        await sees(pilot, "partner left")


async def test_who_did_their_part_may_carry_a_line_though_the_partner_left() -> None:
    async with opened() as pilot:
        house = pilot.app.house  # type: ignore[attr-defined]
        house.seen_welcome()
        rehearsal = house.begin(house.scene("avoiding-me", Rung.GENTLE, seed=2))
        rehearsal.say(KIND)
        found = left(house, rehearsal.attempt, rehearsal.close())
        pilot.app.push_screen(FeedbackScreen(rehearsal, found))
        await sees(pilot, "your part was done")
        await sees(pilot, "A line of yours to carry")
