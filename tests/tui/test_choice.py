"""A row of choices: what was given can be taken back, and all of it fits a narrow terminal."""

import pytest
from textual.app import App, ComposeResult

from driving import shown
from steady.tui.widgets.choice import Choice

FIGURES = [str(figure) for figure in range(11)]


class Rating(App[None]):
    """One row."""

    def compose(self) -> ComposeResult:
        """A rating that may be skipped."""
        yield Choice("How sure I feel now", FIGURES, unset="skip")


async def test_a_rating_given_by_mistake_can_be_taken_back() -> None:
    async with Rating().run_test() as pilot:
        row = pilot.app.query_one(Choice)
        await pilot.press("tab", "right")
        given = [row.value]
        await pilot.press(*["right"] * 5)
        given.append(row.value)
        await pilot.press("right")
        given.append(row.value)
        assert given == ["5", "10", None]
        assert "[skip]" in shown(pilot)


@pytest.mark.parametrize("width", [56, 76])
async def test_every_figure_shows_and_can_be_clicked(width: int) -> None:
    async with Rating().run_test(size=(width, 5)) as pilot:
        line = shown(pilot).splitlines()[0]
        assert line.rstrip().endswith("[skip]")
        row = pilot.app.query_one(Choice)
        await pilot.click(Choice, offset=(line.index("10"), 0))
        given = [row.value]
        await pilot.click(Choice, offset=(shown(pilot).splitlines()[0].index("skip"), 0))
        assert [*given, row.value] == ["10", None]
