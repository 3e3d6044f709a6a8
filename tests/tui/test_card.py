"""The carry card on screen."""

from pathlib import Path

from textual.widgets import Input

from assigned import KIND, rehearsed
from driving import opened, sees, shown
from steady.house import House
from steady.progress.carrying import card_for
from steady.tui.widgets.say_box import SayBox

OTHER = "I want to answer you, and I need the walk first. I'll be back at nine."


def carried() -> str | None:
    """The words on the card."""
    with House() as house:
        card = card_for(house.store, house.library, "avoiding-me")
    return card.line if card else None


async def test_the_card_shows_the_clients_own_line_and_can_be_copied() -> None:
    rehearsed(KIND)
    async with opened() as pilot:
        await sees(pilot, "1 attempt")
        await pilot.press("p", "right", "c")
        await sees(pilot, "I need 20 minutes")
        await pilot.press("enter")
        await sees(pilot, "Some terminals don't take it")
        assert pilot.app.clipboard == KIND
        await pilot.press("escape", "escape")
        await sees(pilot, "q leave")


async def test_another_line_can_be_chosen() -> None:
    rehearsed(KIND)
    rehearsed(OTHER)
    first = carried()
    async with opened() as pilot:
        await sees(pilot, "2 attempts")
        await pilot.press("p", "right", "c")
        await sees(pilot, "Another of my lines")
        await pilot.press("down", "down", "enter")
        await sees(pilot, "those said without hints first")
        await pilot.press("down", "enter")
        await sees(pilot, "Copy it")
    assert {first, carried()} == {KIND, OTHER}


async def test_the_words_can_be_changed_and_brackets_are_only_words() -> None:
    rehearsed(KIND)
    async with opened() as pilot:
        await sees(pilot, "1 attempt")
        await pilot.press("p", "right", "c")
        await sees(pilot, "Change the words")
        await pilot.press("down", "down", "down", "enter")
        await sees(pilot, "The line you want to have with you")
        box = pilot.app.screen.query_one(SayBox)
        box.put("x" * 401)
        await pilot.press("enter")
        await sees(pilot, "there is room for 400")
        box.put("[/] I need a minute 🙂")
        await pilot.press("enter")
        await sees(pilot, "[/] I need a minute")
        await sees(pilot, "In the words you wrote for it")
    assert carried() == "[/] I need a minute 🙂"


async def test_escape_leaves_the_card_as_it_was() -> None:
    rehearsed(KIND)
    async with opened() as pilot:
        await sees(pilot, "1 attempt")
        await pilot.press("p", "right", "c", "down", "down", "down", "enter")
        await sees(pilot, "The line you want to have with you")
        await pilot.press(*"no", "escape", "escape", "escape")
        await sees(pilot, "q leave")
    assert carried() == KIND


async def test_a_page_is_saved_where_the_client_says(tmp_path: Path) -> None:
    rehearsed(KIND)
    async with opened() as pilot:
        await sees(pilot, "1 attempt")
        await pilot.press("p", "right", "c")
        await sees(pilot, "Save a page")
        await pilot.press("down", "enter")
        await sees(pilot, "Where should the page go?")
        pilot.app.screen.query_one(Input).value = ""
        await pilot.press("enter")
        await sees(pilot, "Type or paste")
        pilot.app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        await sees(pilot, "Open it in a browser")
    assert "I need 20 minutes" in (tmp_path / "card.html").read_text("utf-8")


async def test_with_no_line_yet_one_can_be_written() -> None:
    rehearsed("k")
    async with opened() as pilot:
        await sees(pilot, "1 attempt")
        await pilot.press("p", "c")
        await sees(pilot, "For which talk?")
        await pilot.press("enter")
        await sees(pilot, "no line of yours to carry yet")
        assert "Copy it" not in shown(pilot)
        await pilot.press("enter")
        await sees(pilot, "The line you want to have with you")


async def test_before_any_rehearsal_the_palette_says_where_a_line_comes_from() -> None:
    with House() as house:
        house.seen_welcome()
    async with opened() as pilot:
        await sees(pilot, "With a partner")
        await pilot.app.run_action("carry")
        await sees(pilot, "comes from a finished rehearsal")
        await pilot.press("enter")
        await sees(pilot, "q leave")
