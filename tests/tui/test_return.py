"""The return: from an agreed pause back into the talk."""

from driving import opened, say, sees, shown
from steady.house import House
from steady.practice.rehearsal import Reply
from steady.terms import Criterion, Ending, Part, Rung

TURNS = (
    "I can hear how much this hurt you. I need twenty minutes, and at eight I'll come to you.",
    "I know I've said it before. This time it's eight, and I'll come and find you.",
    "I'm not leaving, I want us to be okay. I need the break, and at eight I'm here.",
    "You've waited all day, I see that. At eight you have all of me.",
    "Yes, that's fair. I'll be there at eight.",
    "Thank you. At eight.",
)
BACK = "I said eight, and here I am. I felt bad leaving you there."
MATTER = "You waited all day, and that was hard on you. I froze, and I want to tell you why."


async def test_an_agreed_pause_leads_to_its_return() -> None:
    with House() as house:
        scene = house.scene("avoiding-me", Rung.GENTLE, seed=1)
    async with opened(scene=scene) as pilot:
        await sees(pilot, "turn 1")
        for text in TURNS:
            if "see how it went" not in shown(pilot):
                await say(pilot, text)
        await sees(pilot, "see how it went")
        await pilot.press("enter")
        await sees(pilot, "The return: at eight")
        await pilot.press(*["up"] * 6, "enter")
        await sees(pilot, "the return · turn 1")
        await say(pilot, BACK)
        await sees(pilot, "the return · turn 2")


def test_a_return_comes_to_an_end_with_criteria_of_its_own() -> None:
    with House() as house:
        scene = house.scene("avoiding-me", Rung.GENTLE, seed=1, part=Part.RETURN, agreed="at eight")
        rehearsal = house.begin(scene)
        assert rehearsal.last_line.told
        for text in (BACK, MATTER, MATTER):
            if rehearsal.ending is None:
                assert isinstance(rehearsal.say(text), Reply)
        assert rehearsal.ending is Ending.ACCEPTED
        found = rehearsal.close()
        levels = {level.criterion: level.level for level in found.levels}
        assert levels[Criterion.KEPT_TIME] == 3
        assert levels[Criterion.SOFT_OPENING] == 3
        assert levels[Criterion.BACK_TO_MATTER] == 3
        again = house.resume(rehearsal.attempt)
        assert again.scene.part is Part.RETURN
        assert again.scene.agreed == "at eight"
