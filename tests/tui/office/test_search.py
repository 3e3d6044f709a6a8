"""Searching shared words and going to them."""

from pathlib import Path

import pytest

from cases import STRONG, Talk, came
from driving import office_of, office_opened, sees, shown, typed, until
from steady.office import Office
from steady.tui.office.attempt import AttemptScreen
from steady.tui.office.client import ClientScreen
from steady.tui.office.search import excerpt
from steady.tui.widgets.sheet import Sheet


async def test_a_hit_opens_the_attempt_at_its_turn(office: Office, tmp_path: Path) -> None:
    came(office, tmp_path, "Ana", Talk((*STRONG[:3], "The heron [/] stood in the pond.", *STRONG)))
    async with office_opened() as pilot:
        await pilot.press("s")
        await sees(pilot, "Type words and press enter.")
        await typed(pilot, "HERON pon")
        await pilot.press("enter")
        await sees(pilot, "heron [/] stood in the pond")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AttemptScreen))
        await sees(pilot, "The heron [/]")
        assert pilot.app.screen.query_one(Sheet).scroll_offset.y > 0
        await pilot.press("escape")
        await sees(pilot, "heron [/] stood")


async def test_notes_and_messages_lead_to_the_client(office: Office, tmp_path: Path) -> None:
    client = came(office, tmp_path, "Ana", Talk(STRONG), message="The heron was back.")
    office.note(client.ref, "Ask about the heron.")
    async with office_opened() as pilot:
        office_of(pilot).search()
        await sees(pilot, "Type words")
        await typed(pilot, "heron")
        await pilot.press("enter")
        await sees(pilot, "The heron was back.")
        await sees(pilot, "your note")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ClientScreen))


async def test_one_clients_words_alone_from_their_page(office: Office, tmp_path: Path) -> None:
    _, ben = (came(office, tmp_path, name, Talk(STRONG)) for name in ("Ana", "Ben"))
    async with office_opened() as pilot:
        office_of(pilot).show_client(ben.ref)
        await pilot.press("s")
        await sees(pilot, "of Ben")
        await typed(pilot, "twenty minutes")
        await pilot.press("enter")
        await sees(pilot, "twenty minutes to settle")
        assert "Ana" not in shown(pilot)


@pytest.mark.parametrize("words", ["[/]", '"', "zzz", "почекай 🙂", "zzz AND (", "x" * 2000])
async def test_whatever_is_typed_finds_nothing_politely(
    office: Office, tmp_path: Path, words: str
) -> None:
    came(office, tmp_path, "Ana", Talk(STRONG))
    async with office_opened() as pilot:
        await pilot.press("s")
        await typed(pilot, words)
        await pilot.press("enter")
        await sees(pilot, "Nothing that was shared holds all of these words.")
        await pilot.press("tab", "tab", "escape")
        await sees(pilot, "Ana")


def test_an_excerpt_shows_what_was_found_wherever_it_stands() -> None:
    text = "word " * 60 + "the heron [/] left"
    shown_ = excerpt(text, "HERON", 60)
    assert "heron [/] left" in shown_.plain
    (span,) = shown_.spans
    assert shown_.plain[span.start : span.end] == "heron"
    assert excerpt("kurz", "kurz", 60).plain == "  kurz"
    assert "straße" in excerpt("die straße ß " * 3, "STRASSE", 60).plain
