"""How one scenario is assigned: rung, how often, until when, hints, a note."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from steady.errors import SteadyError, UsageFault
from steady.homework.assigning import LONGEST_NOTE, MOST_TIMES, Wanted
from steady.homework.dates import due_day
from steady.safety.cleaning import clean
from steady.terms import Rung
from steady.tui.text import plain, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.choice import Choice
from steady.tui.widgets.field import Field
from steady.tui.widgets.say_box import SayBox

if TYPE_CHECKING:
    from datetime import date

    from steady.scenario.model import Scenario
    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("enter", "put it in the pack", "keep"),
    ("tab", "next", "app.focus_next"),
    ("← →", "change", ""),
    ("esc", "back", "put_away"),
)
_AIDS = {"the client chooses": None, "on": "on", "off": "off"}


class DetailsScreen(Screen[Wanted | None]):
    """Gives back what is wanted, or None where it is not to be changed or added."""

    app: "OfficeApp"
    DEFAULT_CSS = """
    DetailsScreen .column { scrollbar-size-vertical: 1; }
    DetailsScreen .text { width: 100%; height: auto; padding: 0 3; margin-bottom: 1; }
    DetailsScreen SayBox { margin: 1 2 0 2; border-title-color: $foreground 70%; }
    DetailsScreen #fault { color: $warning; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "put_away", show=False),
        Binding("enter", "keep", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, scenario: "Scenario", wanted: Wanted, *, held: bool = False) -> None:
        """A scenario and how it stands; `held` says that the rung rests on what was shared."""
        super().__init__()
        self._scenario = scenario
        self._wanted = wanted
        self._held = held

    def compose(self) -> ComposeResult:
        """What it is about, and the rows."""
        wanted = self._wanted
        yield TopBar(self._scenario.title, "how to assign it")
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(self._about(), classes="text")
            rungs = [rung.value for rung in Rung]
            yield Choice("How hard they push", rungs, rungs.index(wanted.rung), id="rung")
            yield Field("How often", str(wanted.times), f"1 to {MOST_TIMES}", id="times")
            due = wanted.due.isoformat() if wanted.due else ""
            yield Field("Until", due, "friday, in 2 weeks, 2026-12-01", id="due")
            aids = list(_AIDS.values()).index(wanted.aids)
            yield Choice("Hints", list(_AIDS), aids, id="aids")
            yield SayBox(id="note")
            yield Static(id="fault", classes="text")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """The cursor stands on the rung."""
        note = self.query_one(SayBox)
        note.put(self._wanted.note)
        note.border_title = "A note the client reads with it"
        self.query_one("#rung").focus()
        self._read_due()
        self.call_after_refresh(self.query_one(".column").scroll_home, animate=False)

    def _about(self) -> Content:
        scenario = self._scenario
        parts = [plain(f"{scenario.setting}\n"), styled(scenario.need, "bold")]
        if scenario.content_notes:
            notes = ", ".join(scenario.content_notes)
            parts.append(Content.assemble(("May sting  ", "bold"), plain(notes)))
        if self._held:
            parts.append(styled("The rung offered is the lowest not held yet.", "$foreground 70%"))
        return Content("\n").join(parts)

    @on(Input.Changed, "#due")
    def _read_due(self) -> None:
        """Say which day is meant."""
        try:
            day = self._due()
        except SteadyError:
            told = ""
        else:
            told = f"{day:%A}, {day.day} {day:%B}" if day else "no date"
        self.query_one("#due", Input).query_ancestor(Field).tell(told)

    @on(Input.Submitted)
    @on(SayBox.Said)
    def action_keep(self) -> None:
        """Into the pack, if it can be read."""
        note = clean(self.query_one(SayBox).text).strip()
        try:
            times, due = self._times(), self._due()
            if len(note) > LONGEST_NOTE:
                raise UsageFault(
                    f"The note has {len(note):,} characters, and {LONGEST_NOTE:,} fit; shorten it."
                )
        except SteadyError as fault:
            self.query_one("#fault", Static).update(plain(str(fault)))
            self.query_one("#fault").scroll_visible(animate=False)
            return
        rung = self.query_one("#rung", Choice).value
        aids = _AIDS[self.query_one("#aids", Choice).value or "the client chooses"]
        self.dismiss(
            Wanted(self._wanted.scenario, Rung(rung or Rung.GENTLE), times, due, aids, note)
        )

    def _times(self) -> int:
        text = self.query_one("#times", Input).value.strip() or "1"
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MOST_TIMES):
            raise UsageFault(f"A scenario is assigned 1 to {MOST_TIMES} times.")
        return int(text)

    def _due(self) -> "date | None":
        text = self.query_one("#due", Input).value.strip()
        return due_day(text, self.app.office.today) if text else None

    def action_put_away(self) -> None:
        """As it was."""
        self.dismiss(None)
