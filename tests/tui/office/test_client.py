"""A client's page: all of the path at a glance, and the ways from it."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from cases import FUMBLED, STRONG, Homework, Talk, a_path, came, given, noted, practised, shared
from driving import NARROW, WIDE, office_of, office_opened, sees, shown, typed, until
from steady.homework.assigning import Wanted
from steady.homework.importing import case_packet
from steady.homework.packets import read_packet
from steady.office import Office
from steady.records import SelfRating
from steady.store.caseload import CasePacket
from steady.terms import Rung
from steady.tui.office.attempt import AttemptScreen
from steady.tui.office.beside import BesideScreen
from steady.tui.office.caseload import CaseloadScreen
from steady.tui.office.client import ClientScreen
from steady.tui.text import LEVEL_BARS
from steady.tui.widgets.choice import Choice
from steady.tui.widgets.sheet import Sheet

TALKS = (
    Talk(FUMBLED, hints=1, days_ago=20),
    Talk(STRONG, days_ago=9, felt=(SelfRating(3, 8), SelfRating(6, 4)), words=False),
    Talk(STRONG, rung=Rung.FIRM, scenario="need-a-minute", days_ago=2, probe=True),
)


def a_client(office: Office, folder: Path) -> Homework:
    """Ana, with homework, three talks, a field note and a message."""
    client = given(
        office,
        folder,
        "Ana",
        Wanted("avoiding-me", Rung.GENTLE, times=3, aids="off", note="[slowly]"),
    )
    practised(client, *TALKS)
    noted(client, "yes", "I said it [sighs].\nHe went quiet.")
    office.take(shared(client, office, folder, TALKS, message="It was hard. k [/]"))
    return client


def whole(pilot_screen: Sheet) -> str:
    """Every line of a sheet, in sight or not."""
    return "\n".join(
        (row.text if not callable(row.text) else row.text()).plain for row in pilot_screen.rows
    )


async def test_everything_about_a_client_is_on_one_page(office: Office, tmp_path: Path) -> None:
    ref = a_client(office, tmp_path).ref
    office.note(ref, "Ask about [/] Sunday.")
    for size in (NARROW, WIDE, (60, 20)):
        async with office_opened(size) as pilot:
            office_of(pilot).show_client(ref)
            await sees(pilot, "3 attempts")
            page = whole(pilot.app.screen.query_one(Sheet))
            for words in (
                "3 new attempts and 1 new field note.",
                "“It was hard. k [/]”",
                "said for real",
                "I said it [sighs].",
                "2 of 3",
                "hints off",
                "Validation",
                "Few words",
                "unaided",
                "aided",
                "probes",
                "Confidence",
                "Tension",
                "1 of 2 held",
                "Ask about [/] Sunday.",
                "•",
                "levels",
            ):
                assert words in page, words


async def test_levels_are_drawn_on_a_fixed_scale_each_kind_apart(
    office: Office, tmp_path: Path
) -> None:
    ref = a_client(office, tmp_path).ref
    view = office.client(ref)
    (line,) = (each for each in view.lines if each.criterion == "validation")
    levels = [point.level for kind in ("unaided", "aided", "probe") for point in line.of(kind)]
    assert len(set(levels)) > 1
    async with office_opened() as pilot:
        office_of(pilot).show_client(ref)
        await sees(pilot, "3 attempts")
        page = whole(pilot.app.screen.query_one(Sheet)).splitlines()
        (row,) = (text for text in page if text.startswith("Validation"))
        # One level alone is drawn at its own height: nothing is stretched to what there is.
        assert row.split() == ["Validation", *(LEVEL_BARS[level or 0] for level in levels)]


async def test_a_criterion_opens_large_and_the_next_is_a_key_away(
    office: Office, tmp_path: Path
) -> None:
    ref = a_client(office, tmp_path).ref
    async with office_opened() as pilot:
        office_of(pilot).show_client(ref)
        await sees(pilot, "Levels")
        await pilot.press("enter")
        await sees(pilot, "0 to 3, never stretched")
        screen = shown(pilot)
        assert "With hints" in screen
        assert "Probes" in screen
        for level in range(4):
            assert f"{level} ┤" in screen
        await pilot.press("right")
        await sees(pilot, "Own voice")
        await pilot.press("left", "left")
        await sees(pilot, "Few words")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ClientScreen))


async def test_what_a_model_read_is_marked_without_color(office: Office, tmp_path: Path) -> None:
    client = given(office, tmp_path, "Ana")
    practised(client, Talk(STRONG))
    with_model = shared(client, office, tmp_path, [Talk(STRONG)])
    packet = office_packet(office, with_model)
    office.store.take(packet)
    async with office_opened(WIDE) as pilot:
        office_of(pilot).show_client(client.ref)
        await sees(pilot, "where a model read the words")
        assert "³" in shown(pilot)
        await pilot.press("enter")
        await sees(pilot, "never stretched")
        assert any(line.strip() == "m" for line in shown(pilot).splitlines())


def office_packet(office: Office, path: Path) -> CasePacket:
    """The packet of a file, as if a model had read the turns."""
    packet = case_packet(read_packet(path, office.keys.identity))
    return replace(
        packet,
        attempts=tuple(
            (
                replace(
                    attempt,
                    levels=tuple(replace(level, reader="gpt-oss-20b") for level in attempt.levels),
                ),
                words,
            )
            for attempt, words in packet.attempts
        ),
    )


async def test_filters_by_rung_scenario_and_day(office: Office, tmp_path: Path) -> None:
    ref = a_client(office, tmp_path).ref
    async with office_opened() as pilot:
        office_of(pilot).show_client(ref)
        await sees(pilot, "3 attempts")
        await pilot.press("f")
        await sees(pilot, "Which attempts")
        pilot.app.screen.query_one("#rung", Choice).chosen = 2
        await pilot.press("enter")
        await sees(pilot, "1 of 3 attempts")
        await sees(pilot, "firm rung")
        await pilot.press("f")
        await sees(pilot, "Which attempts")
        await pilot.press("ctrl+e")
        await sees(pilot, "3 attempts")
        await pilot.press("f")
        await sees(pilot, "All scenarios")
        await pilot.press("down", "enter")
        await sees(pilot, "2 of 3 attempts")
        await pilot.press("f")
        await sees(pilot, "Which attempts")
        await pilot.press("ctrl+e", "f")
        await sees(pilot, "Which attempts")
        since = pilot.app.screen.query_one("#since", Input)
        since.focus()
        await pilot.pause()
        await typed(pilot, "one fine day")
        await pilot.press("enter")
        await sees(pilot, "is not a day")
        since.value = "10 days ago"
        await pilot.press("enter")
        await sees(pilot, "2 of 3 attempts")
        await pilot.press("f")
        await sees(pilot, "Which attempts")
        await pilot.press("escape")
        await sees(pilot, "2 of 3 attempts")


async def test_a_filter_that_leaves_nothing_says_so(office: Office, tmp_path: Path) -> None:
    ref = a_client(office, tmp_path).ref
    async with office_opened() as pilot:
        office_of(pilot).show_client(ref)
        await sees(pilot, "3 attempts")
        await pilot.press("f")
        pilot.app.screen.query_one("#rung", Choice).chosen = 3
        await pilot.press("enter")
        await sees(pilot, "0 of 3 attempts")
        assert "None of them is among those chosen." in whole(pilot.app.screen.query_one(Sheet))


async def test_a_note_is_written_refused_when_empty_and_erased_when_asked(
    office: Office, tmp_path: Path
) -> None:
    ref = given(office, tmp_path, "Ana").ref
    async with office_opened() as pilot:
        office_of(pilot).show_client(ref)
        await sees(pilot, "Homework")
        await pilot.press("n")
        await sees(pilot, "A note for yourself.")
        await pilot.press("enter")
        await sees(pilot, "The note is empty")
        await typed(pilot, "[/] she was\nlate")
        await pilot.press("enter")
        await sees(pilot, "[/] she was")
        sheet = pilot.app.screen.query_one(Sheet)
        sheet.go_to(f"own-note:{office.store.notes(ref)[0].id}")
        await pilot.press("enter")
        await sees(pilot, "Erase it")
        await pilot.press("down", "enter")
        await until(pilot, lambda: "she was" not in shown(pilot))
        assert office.store.notes(ref) == ()


async def test_an_attempt_opens_and_rungs_lead_side_by_side(office: Office, tmp_path: Path) -> None:
    ref = a_client(office, tmp_path).ref
    async with office_opened() as pilot:
        office_of(pilot).show_client(ref)
        await sees(pilot, "3 attempts")
        sheet = pilot.app.screen.query_one(Sheet)
        attempt = office.client(ref).attempts[-1].id
        sheet.go_to(f"attempt:{attempt}")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AttemptScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ClientScreen))
        assert pilot.app.screen.query_one(Sheet).here == f"attempt:{attempt}"
        sheet.go_to("beside:avoiding-me:gentle")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BesideScreen))
        await sees(pilot, "gentle rung")
        await pilot.press("escape", "c")
        await sees(pilot, "The first and the latest attempt of which scenario?")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BesideScreen))


def told(pilot: Pilot[None], words: str) -> bool:
    """Whether words are on the screen, wherever a long place broke their line."""
    return words in "".join(shown(pilot).split())


async def test_reports_go_where_they_are_told_and_replace_nothing(
    office: Office, tmp_path: Path
) -> None:
    ref = a_client(office, tmp_path).ref
    async with office_opened() as pilot:
        office_of(pilot).show_client(ref)
        await sees(pilot, "3 attempts")
        await pilot.press("r")
        await sees(pilot, "A report on 3 attempts.")
        place = pilot.app.screen.query_one(Input)
        for form, start in (("html", b"<!"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")):
            pilot.app.screen.query_one("#form", Choice).chosen = ["html", "csv", "json"].index(form)
            await pilot.pause()
            assert place.value.endswith(f".{form}")
            place.value = str(tmp_path / f"r.{form}")
            await pilot.press("enter")
            await until(pilot, partial(told, pilot, f"r.{form}.Itisnotencrypted"))
            assert (tmp_path / f"r.{form}").read_bytes().startswith(start)
        written = (tmp_path / "r.json").read_bytes()
        await pilot.press("enter")
        await sees(pilot, "There is a file called r.json already")
        assert (tmp_path / "r.json").read_bytes() == written
        assert b"sit down with you" not in written
        pilot.app.screen.query_one("#words", Choice).chosen = 1
        place.value = str(tmp_path / "words.json")
        await pilot.press("enter")
        await until(pilot, partial(told, pilot, "words.json.Itisnotencrypted"))
        assert "I know I've said it before" in (tmp_path / "words.json").read_text("utf-8")


async def test_another_name_and_erasing_are_asked_for(office: Office, tmp_path: Path) -> None:
    ref = came(office, tmp_path, "Ana", Talk(STRONG)).ref
    async with office_opened() as pilot:
        await sees(pilot, "Ana")
        await pilot.press("enter")
        await sees(pilot, "1 attempt")
        sheet = pilot.app.screen.query_one(Sheet)
        sheet.go_to("rename")
        await pilot.press("enter")
        await sees(pilot, "What are they called in your caseload?")
        pilot.app.screen.query_one(Input).value = "Ana K. [/]"
        await pilot.press("enter")
        await sees(pilot, "Ana K. [/]")
        sheet.go_to("erase")
        await pilot.press("enter")
        await sees(pilot, "Keep everything")
        await pilot.press("enter")
        await sees(pilot, "Ana K. [/]")
        assert office.store.client(ref).attempts == 1
        sheet.go_to("erase")
        await pilot.press("enter")
        await sees(pilot, "Keep everything")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CaseloadScreen))
        await sees(pilot, "Nobody is here yet.")


async def test_a_long_path_shows_the_latest_and_how_it_began(
    office: Office, tmp_path: Path
) -> None:
    path = a_path()
    client = given(office, tmp_path, "Ana")
    practised(client, *path)
    office.take(shared(client, office, tmp_path, path))
    async with office_opened(WIDE) as pilot:
        office_of(pilot).show_client(client.ref)
        await sees(pilot, "12 attempts")
        await sees(pilot, "Validation")
        await pilot.press("end")
        await sees(pilot, "Erase this client from the caseload")
        await pilot.press("home", "tab")
        await sees(pilot, "before")
