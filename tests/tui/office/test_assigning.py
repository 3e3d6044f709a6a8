"""Assigning on screen: for whom, what, how; seen before it is saved; the fingerprint after."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from cases import STRONG, Talk, came, given
from driving import NARROW, WIDE, office_of, office_opened, sees, shown, typed, until
from steady.homework.packs import read_pack
from steady.office import Office
from steady.terms import Rung
from steady.tui.office.caseload import CaseloadScreen
from steady.tui.office.client import ClientScreen
from steady.tui.office.details import DetailsScreen
from steady.tui.office.pack import PackScreen
from steady.tui.widgets.choice import Choice
from steady.tui.widgets.say_box import SayBox
from steady.tui.widgets.sheet import Sheet


async def choose_scenario(pilot: Pilot[None], name: str = "avoiding-me") -> None:
    """From the list of scenarios to its details."""
    await sees(pilot, "What to rehearse")
    screen = pilot.app.screen
    screen.query_one(Sheet).go_to(name)
    await pilot.press("enter")
    await sees(pilot, "how to assign it")


async def test_a_new_client_from_a_name_to_a_saved_pack(office: Office, tmp_path: Path) -> None:
    async with office_opened() as pilot:
        await pilot.press("a")
        await sees(pilot, "Type the name of a first client.")
        await typed(pilot, "Ana [/] M.")
        await sees(pilot, "A new client, Ana [/] M.")
        await pilot.press("enter")
        await choose_scenario(pilot)
        screen = pilot.app.screen
        screen.query_one("#rung", Choice).chosen = 1
        screen.query_one("#times", Input).value = "3"
        screen.query_one("#due", Input).value = "in 2 weeks"
        screen.query_one("#aids", Choice).chosen = 2
        screen.query_one(SayBox).put("Slowly [sighs].\nName a time.")
        await pilot.pause()
        until_day = office.today + timedelta(days=14)
        await sees(pilot, f"{until_day:%A}, {until_day.day} {until_day:%B}")
        await pilot.press("enter")
        await sees(pilot, "Ana [/] M. (new in your caseload) will read")
        await sees(pilot, "From Dr Moreno")
        words = (
            f"firm, 3 times, by {until_day:%A}, {until_day.day} {until_day:%B %Y}, without hints"
        )
        await sees(pilot, words)
        await sees(pilot, "Slowly [sighs].")
        assert office.store.clients() == ()
        await pilot.press("m")
        await typed(pilot, "See you on Tuesday.")
        await pilot.press("enter")
        await sees(pilot, "“See you on Tuesday.”")
        await pilot.press("s")
        await sees(pilot, "Where does the pack go?")
        pilot.app.screen.query_one(Input).value = str(tmp_path / "ana.steady-pack")
        await pilot.press("enter")
        await sees(pilot, office.keys.fingerprint)
        await sees(pilot, "Read it aloud")
        pack = read_pack(tmp_path / "ana.steady-pack")
        assert (pack.client.name, pack.message) == ("Ana [/] M.", "See you on Tuesday.")
        (assignment,) = pack.assignments
        assert (assignment.rung, assignment.times, assignment.due, assignment.aids) == (
            Rung.FIRM,
            3,
            until_day,
            "off",
        )
        assert assignment.note == "Slowly [sighs].\nName a time."
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ClientScreen))
        await sees(pilot, "0 of 3")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, CaseloadScreen))
        await sees(pilot, "0 of 3, due in 14 days")


async def test_a_client_of_the_caseload_gets_the_lowest_rung_not_held(
    office: Office, tmp_path: Path
) -> None:
    client = came(office, tmp_path, "Ana", Talk(STRONG))
    given(office, tmp_path, "Anabel")
    async with office_opened() as pilot:
        await pilot.press("a")
        await sees(pilot, "Anabel")
        await typed(pilot, "ana")
        await sees(pilot, "A new client, ana  (another of this name)")
        await pilot.press("enter")
        await choose_scenario(pilot)
        await sees(pilot, "[firm]")
        await sees(pilot, "lowest not held yet")
        await pilot.press("enter")
        await sees(pilot, "Ana will read")
        await pilot.press("s")
        await sees(pilot, "Where does the pack go?")
        pilot.app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        await sees(pilot, office.keys.fingerprint)
        (file,) = tmp_path.glob("homework-*.steady-pack")
        assert str(read_pack(file).client.ref) == client.ref
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, CaseloadScreen))


async def test_several_scenarios_changed_and_taken_out(office: Office, tmp_path: Path) -> None:
    ref = given(office, tmp_path, "Ana").ref
    for size in (NARROW, WIDE, (60, 20)):
        async with office_opened(size) as pilot:
            office_of(pilot).show_client(ref)
            await sees(pilot, "Homework")
            await pilot.press("a")
            await choose_scenario(pilot)
            await pilot.press("enter")
            await sees(pilot, "Save the pack")
            await pilot.press("a")
            await sees(pilot, "in the pack already")
            await choose_scenario(pilot, "need-a-minute")
            await pilot.press("enter")
            await sees(pilot, "Another scenario")
            sheet = pilot.app.screen.query_one(Sheet)
            sheet.go_to("item:1")
            await pilot.press("enter")
            await sees(pilot, "Change it")
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, DetailsScreen))
            pilot.app.screen.query_one("#times", Input).value = "2"
            await pilot.press("enter")
            await sees(pilot, "gentle, 2 times")
            sheet.go_to("item:0")
            await pilot.press("enter")
            await sees(pilot, "Take it out of the pack")
            await pilot.press("down", "enter")
            await until(pilot, lambda: "gentle, once" not in shown(pilot))
            await sees(pilot, "gentle, 2 times")
            await pilot.press("escape")
            await sees(pilot, "This pack is not saved. Leave it?")
            await pilot.press("enter")
            await sees(pilot, "Save the pack")
            await pilot.press("escape")
            await sees(pilot, "Leave; nothing is assigned")
            await pilot.press("down", "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, ClientScreen))
        assert len(office.store.assigned(ref)) == 1


@pytest.mark.parametrize(
    ("box", "words", "told"),
    [
        ("#times", "0", "1 to 50 times"),
        ("#times", "51", "1 to 50 times"),
        ("#times", "k", "1 to 50 times"),
        ("#times", "²", "1 to 50 times"),
        ("#due", "soon", "is not a day"),
        ("#due", "2020-01-01", "is over"),
    ],
)
async def test_what_cannot_be_assigned_is_told_and_stays_in_the_box(
    office: Office, tmp_path: Path, box: str, words: str, told: str
) -> None:
    ref = given(office, tmp_path, "Ana").ref
    async with office_opened() as pilot:
        office_of(pilot).assign_to(ref, "Ana")
        await choose_scenario(pilot)
        pilot.app.screen.query_one(box, Input).value = words
        await pilot.press("enter")
        await sees(pilot, told)
        assert pilot.app.screen.query_one(box, Input).value == words
        await pilot.press("escape")
        await sees(pilot, "What to rehearse")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, CaseloadScreen))


async def test_a_note_or_message_too_long_is_refused_with_the_words_kept(
    office: Office, tmp_path: Path
) -> None:
    async with office_opened() as pilot:
        office_of(pilot).assign_to(None, "Ana")
        await choose_scenario(pilot)
        note = pilot.app.screen.query_one(SayBox)
        note.put("x" * 2000)
        await pilot.press("enter")
        await sees(pilot, "and 1,000 fit")
        note.put("short")
        await pilot.press("enter")
        await sees(pilot, "Save the pack")
        await pilot.press("m")
        await sees(pilot, "A message the client reads")
        await typed(pilot, "y" * 20_000)
        await pilot.press("enter")
        await sees(pilot, "The message is longer than")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, PackScreen))


async def test_a_file_that_is_there_is_left_alone_and_nothing_is_assigned(
    office: Office, tmp_path: Path
) -> None:
    there = tmp_path / "letter.steady-pack"
    there.write_text("a letter")
    async with office_opened() as pilot:
        office_of(pilot).assign_to(None, "Ana")
        await choose_scenario(pilot)
        await pilot.press("enter")
        await sees(pilot, "Save the pack")
        await pilot.press("enter")
        await sees(pilot, "Where does the pack go?")
        pilot.app.screen.query_one(Input).value = str(there)
        await pilot.press("enter")
        await sees(pilot, "There is a file called letter.steady-pack already")
        await pilot.press("escape")
        await sees(pilot, "not saved yet")
    assert there.read_text() == "a letter"
    assert office.store.clients() == ()


async def test_a_scenario_of_ones_own_is_marked_as_travelling(
    office: Office, tmp_path: Path
) -> None:
    shipped = (office.places.shipped / "need-a-minute.toml").read_text("utf-8")
    office.places.own_scenarios.mkdir(parents=True)
    own = shipped.replace('id = "need-a-minute"', 'id = "my-own"', 1)
    (office.places.own_scenarios / "my-own.toml").write_text(own, "utf-8")
    async with office_opened() as pilot:
        office_of(pilot).assign_to(None, "Ana")
        await sees(pilot, "Your own")
        await choose_scenario(pilot, "my-own")
        await pilot.press("enter")
        await sees(pilot, "your own scenario; it travels in the pack")
