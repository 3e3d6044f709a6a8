"""The caseload: who needs a look first, finding, two of one name."""

from datetime import date, timedelta
from pathlib import Path

from cases import FUMBLED, STRONG, Talk, came, given, practised, shared
from driving import NARROW, WIDE, office_of, office_opened, sees, shown, typed, until
from steady.homework.assigning import Wanted
from steady.office import Office
from steady.terms import Rung
from steady.tui.office.attempt import AttemptScreen
from steady.tui.office.client import ClientScreen
from steady.tui.widgets.sheet import Sheet

DARK = "I want to kill myself tonight"


def lines(screen: str) -> list[str]:
    return [line.strip() for line in screen.splitlines()]


async def test_those_who_need_a_look_stand_on_top_with_the_reason(
    office: Office, tmp_path: Path
) -> None:
    seen = came(office, tmp_path, "Aaron", Talk(STRONG, days_ago=3))
    office.looked_at(seen.ref)
    given(
        office,
        tmp_path,
        "Late",
        Wanted("need-a-minute", Rung.GENTLE, due=office.today + timedelta(days=4)),
    )
    came(office, tmp_path, "Bea", Talk(FUMBLED))
    dark = given(office, tmp_path, "Cleo")
    talk = Talk((DARK, *FUMBLED))
    practised(dark, talk)
    office.take(shared(dark, office, tmp_path, [talk], danger=True))
    async with office_opened() as pilot:
        await sees(pilot, "2 of 4 need a look")
        screen = shown(pilot)
        places = [screen.index(name) for name in ("Cleo", "Bea", "Everybody else", "Late", "Aaron")]
        assert places == sorted(places)
        assert "Words marked as danger came with 1 attempt." in screen
        assert "1 new attempt." in screen
        assert "0 of 1, due in 4 days" in screen
        assert "last: yesterday" in screen
        assert len([line for line in lines(screen) if line.startswith("›")]) == 1


async def test_find_by_name_and_enter_opens(office: Office, tmp_path: Path) -> None:
    for name in ("Ana", "Bea", "Zoë Åkesson"):
        given(office, tmp_path, name)
    async with office_opened() as pilot:
        await pilot.press("slash")
        await typed(pilot, "åK")
        await until(pilot, lambda: "Bea" not in shown(pilot))
        assert "Zoë Åkesson" in shown(pilot)
        assert "Search shared words for “åK”" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ClientScreen))
        await sees(pilot, "Zoë Åkesson")
        await pilot.press("escape", "escape")
        await sees(pilot, "Bea")


async def test_what_is_sought_can_be_searched_in_shared_words(
    office: Office, tmp_path: Path
) -> None:
    came(office, tmp_path, "Ana", Talk(STRONG))
    async with office_opened() as pilot:
        await pilot.press("slash")
        await typed(pilot, "sit down")
        await sees(pilot, "Nobody has that in their name.")
        await pilot.press("enter")
        await sees(pilot, "come and sit down with you")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AttemptScreen))


async def test_two_of_one_name_are_told_apart(office: Office, tmp_path: Path) -> None:
    refs = [given(office, tmp_path, "Ben").ref for _ in range(2)]
    async with office_opened() as pilot:
        for ref in refs:
            await sees(pilot, f"Ben ({ref[:8]})")


async def test_hostile_names_are_only_words(office: Office, tmp_path: Path) -> None:
    given(office, tmp_path, "[/] \x1b]0;owned\x07[b]Ana \u202e")
    for size in (NARROW, WIDE, (60, 20)):
        async with office_opened(size) as pilot:
            await sees(pilot, "[/] [b]Ana")
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, ClientScreen))
            await sees(pilot, "[/] [b]Ana")


async def test_a_click_opens_and_the_list_is_read_anew_afterwards(
    office: Office, tmp_path: Path
) -> None:
    came(office, tmp_path, "Ana", Talk(STRONG))
    async with office_opened() as pilot:
        await sees(pilot, "1 of 1 need a look")
        await pilot.click(Sheet, offset=(4, 2))
        await until(pilot, lambda: isinstance(pilot.app.screen, ClientScreen))
        await sees(pilot, "1 new attempt.")
        await pilot.press("escape")
        await sees(pilot, "1 client")
        assert "need a look" not in shown(pilot)


async def test_every_way_out_of_the_caseload_leads_back(office: Office, tmp_path: Path) -> None:
    given(office, tmp_path, "Ana")
    async with office_opened() as pilot:
        await sees(pilot, "Ana")
        first = pilot.app.screen
        for key, words in (
            ("i", "Where are the packets?"),
            ("a", "for whom"),
            ("s", "Type words and press enter."),
            ("c", "How far the program and you agree"),
            ("question_mark", "Anywhere"),
        ):
            await pilot.press(key)
            await sees(pilot, words)
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is first)
        assert office_of(pilot).office.today == date.today()


async def test_a_report_on_the_client_under_the_cursor(office: Office, tmp_path: Path) -> None:
    came(office, tmp_path, "Ana", Talk(STRONG))
    async with office_opened() as pilot:
        await sees(pilot, "Ana")
        await pilot.press("r")
        await sees(pilot, "A report on 1 attempt.")
        await pilot.press("escape", "end", "r")
        await sees(pilot, "Put the cursor on a client first")


async def test_a_terminal_too_small_is_told(office: Office) -> None:
    async with office_opened((50, 15)) as pilot:
        await sees(pilot, "Steady needs 60 columns")
        await pilot.resize_terminal(*NARROW)
        await sees(pilot, "Nobody is here yet.")
