"""Choosing which attempts of a client are looked at: by day, rung and scenario."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from steady.errors import SteadyError, UsageFault
from steady.homework.dates import past_day
from steady.progress.client import EVERYTHING, Slice
from steady.safety.cleaning import one_line
from steady.terms import Rung
from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.choice import Choice
from steady.tui.widgets.field import Field
from steady.tui.widgets.sheet import Row, Sheet

if TYPE_CHECKING:
    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("enter", "show these", "apply"),
    ("tab", "next", "app.focus_next"),
    ("← →", "change", ""),
    ("ctrl+e", "show everything", "everything"),
    ("esc", "back", "put_away"),
)
_ALL = "all"


class FilterScreen(Screen[Slice | None]):
    """Gives back which attempts to look at, or None where nothing was changed."""

    app: "OfficeApp"
    DEFAULT_CSS = """
    FilterScreen #fault { width: 100%; height: auto; padding: 0 3; color: $warning; }
    FilterScreen .label { padding: 0 2; }
    FilterScreen .head { width: 100%; height: 1; margin-top: 1; padding: 0 3; text-style: bold; }
    FilterScreen Sheet { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "put_away", show=False),
        Binding("enter", "apply", show=False),
        Binding("ctrl+e", "everything", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, chosen: Slice, scenarios: Sequence[tuple[str, str]], today: date) -> None:
        """What is chosen now, and the scenarios that can be, each with its title."""
        super().__init__()
        self._chosen = chosen
        self._scenarios = scenarios
        self._today = today

    def compose(self) -> ComposeResult:
        """Days, rung, scenarios."""
        chosen = self._chosen
        yield TopBar("Which attempts")
        with Vertical(classes="column"):
            yield Field(
                "From", _written(chosen.since), "4 weeks ago, monday, 2026-10-01", id="since"
            )
            yield Field("Until", _written(chosen.until), "yesterday, 2026-11-01", id="until")
            rungs = [_ALL, *(rung.value for rung in Rung)]
            yield Choice("Rung", rungs, rungs.index(chosen.rung or _ALL), id="rung")
            yield Static(id="fault")
            yield Static("Scenario", classes="head")
            yield Sheet(id="scenarios")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """The cursor stands on the scenario chosen before."""
        sheet = self.query_one(Sheet)
        sheet.focus()
        sheet.fill(self._rows)
        self.call_after_refresh(sheet.go_to, f"scenario:{self._chosen.scenario or ''}")

    def _rows(self, width: int) -> list[Row]:
        return [
            Row(Content("All scenarios"), "scenario:"),
            *(Row(plain(one_line(title)), f"scenario:{name}") for name, title in self._scenarios),
        ]

    @on(Sheet.Chosen)
    @on(Input.Submitted)
    def action_apply(self) -> None:
        """Look at these, if the days can be read."""
        try:
            since, until = self._day("since"), self._day("until")
            if since and until and since > until:
                raise UsageFault("The first day is later than the last; turn them round.")
        except SteadyError as fault:
            self.query_one("#fault", Static).update(plain(str(fault)))
            return
        rung = self.query_one("#rung", Choice).value
        scenario = self.query_one(Sheet).here.partition(":")[2]
        self.dismiss(
            Slice(since, until, scenario or None, None if rung in (None, _ALL) else Rung(rung))
        )

    def action_everything(self) -> None:
        """Look at all there is."""
        self.dismiss(EVERYTHING)

    def action_put_away(self) -> None:
        """As it was."""
        self.dismiss(None)

    def _day(self, box: str) -> date | None:
        text = self.query_one(f"#{box}", Input).value.strip()
        return past_day(text, self._today) if text else None


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""
