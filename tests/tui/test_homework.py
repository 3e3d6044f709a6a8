"""Homework on screen: a file opened, what is due, an attempt that counts, a pack forgotten."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from assigned import KIND, assignment, keys_of, opened_pack, pack_file, rehearsed
from driving import NARROW, WIDE, opened, say, sees, shown, until
from steady.house import House
from steady.places import shipped_scenarios
from steady.terms import Rung
from steady.tui.screens.home import HomeScreen
from steady.tui.screens.homework import HomeworkScreen

REF = "0b0b0b0b-0000-4000-8000-000000000000"


def welcomed() -> None:
    """Past the first screen."""
    with House() as house:
        house.seen_welcome()


async def typed(pilot: Pilot[None], place: str) -> None:
    """Put a place into the box and press Enter."""
    await sees(pilot, "Where is the file from your therapist")
    pilot.app.screen.query_one(Input).value = place
    await pilot.press("enter")


def own_scenario() -> tuple[str, str]:
    """A scenario of the therapist's own: a shipped one under another id and title."""
    text = shipped_scenarios().joinpath("need-a-minute.toml").read_text("utf-8")
    text = text.replace('id = "need-a-minute"', 'id = "the-lake"')
    return "the-lake", text.replace("We're not stopping halfway", "Back to the lake")


@pytest.mark.parametrize("size", [NARROW, WIDE, (60, 20)])
async def test_a_pack_is_looked_into_then_added_and_stands_first_at_home(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    keys = keys_of(tmp_path)
    path = pack_file(tmp_path, keys)
    welcomed()
    async with opened(size) as pilot:
        await sees(pilot, "With a partner")
        await pilot.press("h")
        await sees(pilot, "Nothing is set here yet")
        await pilot.press("o")
        await typed(pilot, f"'{path}'")
        await sees(pilot, "It says it is from Dr Moreno")
        assert keys.fingerprint in shown(pilot)
        assert "Leave it for now" in shown(pilot)
        await pilot.press("down", "enter")
        await sees(pilot, "For Dr Moreno")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "0 of 3 · due in 2 days" in " ".join(shown(pilot).split())


async def test_leaving_a_pack_adds_nothing(tmp_path: Path) -> None:
    path = pack_file(tmp_path, keys_of(tmp_path))
    welcomed()
    async with opened() as pilot:
        await sees(pilot, "With a partner")
        for key in ("enter", "escape"):
            await pilot.press("h", "o")
            await typed(pilot, str(path))
            await sees(pilot, "It says it is from")
            await pilot.press(key)
            await pilot.press("escape")
            await sees(pilot, "q leave")
    with House() as house:
        assert house.store.packs() == ()


async def test_what_cannot_be_opened_is_one_plain_sentence_and_the_words_stay(
    tmp_path: Path,
) -> None:
    welcomed()
    (tmp_path / "notes.txt").write_text("[/] dear diary", "utf-8")
    (tmp_path / "half.steady-pack").write_text('{"format": "steady-pack"', "utf-8")
    async with opened() as pilot:
        await sees(pilot, "With a partner")
        await pilot.press("h", "o")
        for place in (
            "",
            "   ",
            str(tmp_path),
            str(tmp_path / "notes.txt"),
            str(tmp_path / "half.steady-pack"),
            str(tmp_path / "gone.steady-pack"),
            "~nobody-at-all/x.steady-pack",
            "🙂 [/red] \x00",
            "x" * 2000,
            os.devnull,
        ):
            await typed(pilot, place)
            fault = pilot.app.screen.query_one("#fault")
            await until(pilot, lambda told=fault: bool(str(told.render()).strip()))  # type: ignore[misc]
            said = str(fault.render())
            assert said.rstrip().endswith((".", "?")), said
            assert "Traceback" not in said
        await pilot.press("escape", "escape")
        await sees(pilot, "With a partner")
    with House() as house:
        assert house.store.packs() == ()


async def test_an_attempt_started_from_homework_counts(tmp_path: Path) -> None:
    opened_pack(tmp_path, keys_of(tmp_path), assignment(rung="gentle", times=1, note="[sighs] k"))
    async with opened() as pilot:
        await sees(pilot, "0 of 1")
        await pilot.press("enter")
        await sees(pilot, "For Dr Moreno")
        assert "[sighs] k" in shown(pilot)
        assert "How hard they push" not in shown(pilot)
        await pilot.press("enter")
        await sees(pilot, "gentle · turn 1")
        await say(pilot, "Fine, let's just talk now. Forget what I wanted, you win.")
        await sees(pilot, "see how it went")
        await pilot.press("enter")
        await sees(pilot, "For Dr Moreno: 1 of 1 done.")
        await pilot.press("escape")
        await sees(pilot, "Share with Dr Moreno")
        assert "0 of 1" not in shown(pilot)
    with House() as house:
        (homework,) = house.store.homework()
        assert homework.complete


async def test_one_stopped_early_says_that_it_does_not_count_yet(tmp_path: Path) -> None:
    opened_pack(tmp_path, keys_of(tmp_path), assignment(rung="gentle", times=2))
    async with opened((60, 20)) as pilot:
        await sees(pilot, "0 of 2")
        await pilot.press("enter", "enter")
        await sees(pilot, "gentle · turn 1")
        await say(pilot, "k")
        await pilot.press("escape", "down", "down", "enter")
        await sees(pilot, "For Dr Moreno: 0 of 2 done. A talk counts once it is")
        await sees(pilot, "What worked")  # in sight, though the cursor is further down


async def test_homework_has_a_line_at_home_before_there_is_any(tmp_path: Path) -> None:
    with House() as house:
        house.seen_welcome()
    async with opened() as pilot:
        await sees(pilot, "With a therapist")
        await pilot.press("up", "enter")
        await sees(pilot, "Nothing is set here yet.")


async def test_the_same_talk_again_counts_until_it_is_done(tmp_path: Path) -> None:
    opened_pack(tmp_path, keys_of(tmp_path), assignment(rung="gentle", times=2))
    async with opened() as pilot:
        await sees(pilot, "0 of 2")
        await pilot.press("enter", "enter")
        await sees(pilot, "gentle · turn 1")
        await say(pilot, "Fine, let's just talk now. Forget what I wanted, you win.")
        await sees(pilot, "see how it went")
        await pilot.press("enter")
        await sees(pilot, "The same talk again")
        await pilot.press("up", "up", "enter")
        await sees(pilot, "gentle · 1 of 2 done")


async def test_hints_are_as_the_therapist_set_them(tmp_path: Path) -> None:
    opened_pack(tmp_path, keys_of(tmp_path), assignment(aids="off"))
    async with opened() as pilot:
        await sees(pilot, "0 of 3")
        await pilot.press("enter")
        await sees(pilot, "Set without hints")
        assert "Hints  " not in shown(pilot)
        await pilot.press("enter")
        await sees(pilot, "firm · turn 1")
        await pilot.press("f1")
        await sees(pilot, "without hints")


async def test_what_is_past_is_said_gently(tmp_path: Path) -> None:
    late = str(date.today() - timedelta(days=40))
    opened_pack(tmp_path, keys_of(tmp_path), assignment(due=late))
    async with opened() as pilot:
        await sees(pilot, "was for")
        for word in ("overdue", "late", "missed", "failed"):
            assert word not in shown(pilot)


async def test_scenarios_of_a_pack_are_told_apart(tmp_path: Path) -> None:
    name, text = own_scenario()
    keys = keys_of(tmp_path)
    path = pack_file(tmp_path, keys, assignment(name), scenarios=((name, text),))
    welcomed()
    async with opened(WIDE) as pilot:
        await pilot.press("h", "o")
        await typed(pilot, str(path))
        await sees(pilot, "1 scenario of their own")
        assert "Back to the lake" in shown(pilot)
        await pilot.press("down", "enter")
        await sees(pilot, "From Dr Moreno")
        assert shown(pilot).count("Back to the lake") == 2


async def test_forgetting_says_what_goes_and_what_stays(tmp_path: Path) -> None:
    opened_pack(tmp_path, keys_of(tmp_path))
    async with opened() as pilot:
        await sees(pilot, "For Dr Moreno")
        await pilot.press("h")
        await sees(pilot, "Forget this homework")
        await pilot.press("down", "down", "enter")
        await sees(pilot, "This stays:")
        await pilot.press("escape")
        await sees(pilot, "Forget this homework")
        await pilot.press("enter")
        await sees(pilot, "This goes:")
        await pilot.press("down", "enter")
        await sees(pilot, "Opening its file again brings it back.")
        await pilot.press("escape")
        await sees(pilot, "With a partner")
        assert "For Dr Moreno" not in shown(pilot)


async def test_the_command_palette_leads_to_homework(tmp_path: Path) -> None:
    welcomed()
    async with opened() as pilot:
        await sees(pilot, "With a partner")
        names = [command.title for command in pilot.app.get_system_commands(pilot.app.screen)]
        assert {"Homework", "Open homework", "Share", "A line to carry"} <= set(names)
        await pilot.press("ctrl+p")
        await pilot.press(*"Open homework")
        await until(pilot, lambda: "A file from your therapist" in shown(pilot))
        await pilot.press("enter")
        await sees(pilot, "Where is the file from your therapist")


async def test_a_long_list_of_homework_does_not_hide_the_rest(tmp_path: Path) -> None:
    many = [assignment() for _ in range(9)]
    opened_pack(tmp_path, keys_of(tmp_path, "Dr " + "Longname " * 12), *many)
    async with opened() as pilot:
        await sees(pilot, "3 more")
        await pilot.press("up", "down", *["down"] * 6, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeworkScreen))


def test_an_attempt_begun_elsewhere_does_not_count(tmp_path: Path) -> None:
    opened_pack(tmp_path, keys_of(tmp_path))
    rehearsed(KIND, rung=Rung.FIRM)
    with House() as house:
        (homework,) = house.store.homework()
        assert homework.finished == 0


async def test_a_pack_that_is_here_already_changes_nothing(tmp_path: Path) -> None:
    path = opened_pack(tmp_path, keys_of(tmp_path))
    assert json.loads(path.read_text("utf-8"))["format"] == "steady-pack"
    async with opened() as pilot:
        await sees(pilot, "For Dr Moreno")
        await pilot.press("h", "o")
        await typed(pilot, str(path))
        await sees(pilot, "You have this already")
        assert "add it to my homework" not in shown(pilot)
        await pilot.press("enter")
        await sees(pilot, "Forget this homework")


async def test_a_scenario_that_cannot_be_used_any_more_is_said_and_home_stays(
    tmp_path: Path, home: Path
) -> None:
    name, text = own_scenario()
    path = pack_file(tmp_path, keys_of(tmp_path), assignment(name), scenarios=((name, text),))
    welcomed()
    async with opened() as pilot:
        await pilot.press("h", "o")
        await typed(pilot, str(path))
        await sees(pilot, "1 scenario of their own")
        await pilot.press("down", "enter")
        await sees(pilot, "From Dr Moreno")
        (file,) = home.glob("packs/*/scenarios/the-lake.toml")
        file.write_text(text.partition("[partner]")[0], "utf-8")
        await pilot.press("enter")
        await sees(pilot, "partner lines in this file")
        await sees(pilot, "q leave")


async def test_hostile_names_and_notes_are_only_words(tmp_path: Path) -> None:
    keys = keys_of(tmp_path, "[/red] Dr [b]Mo[/b] 🙂")
    set_ = assignment(note="[/] \x1b]0;x\x07 {x} " + "long " * 150, rung="gentle", times=1)
    path = pack_file(
        tmp_path, keys, set_, message="[link=http://x]y " * 40, client={"ref": REF, "name": "[/]"}
    )
    welcomed()
    async with opened() as pilot:
        await sees(pilot, "With a partner")
        await pilot.press("h", "o")
        await typed(pilot, str(path))
        await sees(pilot, "[/red] Dr [b]Mo[/b]")
        await pilot.press("down", "enter")
        await sees(pilot, "For [/red] Dr [b]Mo[/b]")
        rehearsed(KIND, assignment=str(set_["id"]))
        await pilot.press("enter")
        await sees(pilot, "[/]")
        await pilot.press("escape", "h")
        await sees(pilot, "From [/red] Dr [b]Mo[/b]")
        await pilot.press("down", "enter")
        await sees(pilot, "You choose what [/red] Dr")
        await pilot.press("enter")
        await sees(pilot, "nothing is written yet")
        await pilot.press("enter")
        await sees(pilot, "Every line of it")
        await pilot.press("escape", "end", "enter")
        await sees(pilot, "Only [/red] Dr [b]Mo[/b]")
        pilot.app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        await sees(pilot, "Steady sends nothing by itself")
        await pilot.press("enter", "h")
        await sees(pilot, "with [/red] Dr [b]Mo[/b]")
        await pilot.press("down", "down", "enter")
        await sees(pilot, "Forget the homework from [/red] Dr")
