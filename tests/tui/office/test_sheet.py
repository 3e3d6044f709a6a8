"""A long sheet: the cursor, parts, what is drawn and what is not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot

from driving import shown, until
from steady.tui.text import plain
from steady.tui.widgets.sheet import Build, Row, Sheet, blank, heading


class OneSheet(App[None]):
    """Nothing but a sheet."""

    def __init__(self, build: Build) -> None:
        super().__init__()
        self.build = build
        self.opened: list[str] = []

    def compose(self) -> ComposeResult:
        yield Sheet()

    def on_mount(self) -> None:
        sheet = self.query_one(Sheet)
        sheet.focus()
        sheet.fill(self.build, from_top=True)

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        self.opened.append(event.name)


@asynccontextmanager
async def sheet_of(*rows: Row) -> AsyncIterator[tuple[Pilot[None], Sheet, OneSheet]]:
    app = OneSheet(lambda width: rows)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        yield pilot, app.query_one(Sheet), app


def entries(count: int) -> list[Row]:
    return [Row(Content(f"entry {n}"), f"e{n}") for n in range(count)]


async def test_arrows_enter_home_and_end() -> None:
    async with sheet_of(*entries(50)) as (pilot, sheet, app):
        await pilot.press("down", "down", "up", "enter")
        assert app.opened == ["e1"]
        await pilot.press("end")
        assert sheet.here == "e49"
        await until(pilot, lambda: "entry 49" in shown(pilot))
        await pilot.press("down")
        assert sheet.here == "e49"
        await pilot.press("home")
        assert sheet.here == "e0"
        await until(pilot, lambda: "entry 0" in shown(pilot))


async def test_pages_take_the_cursor_along() -> None:
    async with sheet_of(*entries(50)) as (pilot, sheet, _):
        await pilot.press("pagedown")
        assert sheet.here == "e9"
        await pilot.press("pagedown", "pageup", "pageup")
        assert "entry 0" in shown(pilot)


async def test_text_between_entries_is_never_skipped() -> None:
    text = [Row(plain(f"line {n}")) for n in range(40)]
    async with sheet_of(*entries(1), *text, Row(Content("after"), "after")) as (pilot, sheet, _):
        seen = set()
        for _press in range(40):
            seen |= {line[:9].strip() for line in shown(pilot).splitlines()}
            await pilot.press("down")
            await pilot.pause()
            if sheet.here == "after":
                break
        seen |= {line[:9].strip() for line in shown(pilot).splitlines()}
        assert {f"line {n}" for n in range(40)} <= seen
        assert sheet.here == "after"


async def test_a_sheet_without_entries_scrolls() -> None:
    async with sheet_of(*(Row(plain(f"line {n}")) for n in range(40))) as (pilot, _, app):
        await pilot.press("down", "down", "down", "enter")
        await until(pilot, lambda: "line 12" in shown(pilot))
        assert "line 2" not in shown(pilot).splitlines()[0]
        assert app.opened == []


async def test_tab_goes_from_part_to_part_and_round() -> None:
    rows = [
        heading("one"),
        *entries(20),
        blank(),
        heading("two"),
        Row(Content("here"), "two"),
        blank(),
        heading("three"),
        Row(plain("only read")),
    ]
    async with sheet_of(*rows) as (pilot, sheet, _):
        await pilot.press("tab")
        assert sheet.here == "two"
        await until(pilot, lambda: "two" in shown(pilot))
        await pilot.press("shift+tab")
        assert sheet.here == "e0"


async def test_an_entry_of_several_lines_is_one_and_a_click_opens_it() -> None:
    rows = [
        Row(Content("first"), "a"),
        Row(Content("more of it"), "a"),
        Row(Content("second"), "b"),
    ]
    async with sheet_of(*rows) as (pilot, sheet, app):
        assert shown(pilot).count("›") == 1
        await pilot.press("down")
        assert sheet.here == "b"
        await pilot.click(Sheet, offset=(3, 1))
        assert app.opened == ["a"]
        await pilot.click(Sheet, offset=(3, 8))
        assert app.opened == ["a"]


async def test_only_what_is_in_sight_is_drawn() -> None:
    drawn: list[int] = []

    def line(n: int) -> Row:
        def text() -> Content:
            drawn.append(n)
            return Content(f"entry {n}")

        return Row(text, f"e{n}")

    async with sheet_of(*(line(n) for n in range(10_000))) as (pilot, _, _app):
        await pilot.press("down", "up")
        assert set(drawn) <= set(range(10))
        await pilot.press("end")
        await until(pilot, lambda: "entry 9999" in shown(pilot))
        assert len(set(drawn)) <= 20


async def test_words_are_never_markup_and_too_long_ones_are_cut() -> None:
    words = "[/] [bold]x[/bold] \x1b[31mred 🙂 почекай " + "y" * 60
    async with sheet_of(Row(plain(words), "a")) as (pilot, _, _app):
        assert "› [/] [bold]x[/bold] red 🙂 почекай y" in shown(pilot)
        assert "…" in shown(pilot)
        assert "\x1b" not in shown(pilot)


async def test_the_cursor_stays_with_its_entry_when_lines_are_made_anew() -> None:
    async with sheet_of(*entries(20)) as (pilot, sheet, _):
        await pilot.press("down", "down", "down")
        sheet.fill(lambda width: entries(20)[2:])
        assert sheet.here == "e3"
        await pilot.resize_terminal(60, 12)
        await pilot.pause()
        assert sheet.here == "e3"
        sheet.fill(lambda width: [])
        assert sheet.here == ""
        await pilot.press("down", "enter", "tab", "end", "pagedown")
