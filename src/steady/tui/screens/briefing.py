"""The briefing: the situation, the client's need, the rung, their script, and how it will go."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static, TextArea

from steady.records import EMBEDDED, MODEL, SelfRating
from steady.terms import Rung
from steady.tui.text import plain, styled
from steady.tui.voice import VOICES, may_speak
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from steady.scenario.model import Scenario
    from steady.tui.app import SteadyApp

_FIGURES = [str(figure) for figure in range(11)]
_KEYS = (
    ("enter", "begin", "begin"),
    ("tab", "next", "app.focus_next"),
    ("← →", "change", ""),
    ("esc", "back", "leave"),
)
_BOUNDARY = "Practice, not therapy, and not for a partner you are afraid of."


class BriefingScreen(Screen[None]):
    """Everything before the first line; Enter anywhere but in the script begins."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    BriefingScreen .column { scrollbar-size-vertical: 1; }
    BriefingScreen .text { width: 100%; height: auto; padding: 0 2; margin-bottom: 1; }
    BriefingScreen #script {
        height: auto;
        min-height: 3;
        max-height: 6;
        border: round $border;
        border-title-color: $foreground 70%;
        background: $background;
        padding: 0 1;
    }
    BriefingScreen #script:focus { border: round $accent; }
    BriefingScreen #begin {
        margin: 0 2 1 2;
        height: 1;
        min-width: 12;
        border: none;
        background: $panel;
        color: $accent;
        text-style: bold;
        padding: 0 2;
    }
    BriefingScreen #begin:focus { background: $accent; color: $background; text-style: bold; }
    """
    AUTO_FOCUS: ClassVar[str | None] = "#begin"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", show=False),
        Binding("escape", "leave", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, scenario_id: str, rung: Rung | None = None) -> None:
        """The briefing of a scenario, at a rung if one is given."""
        super().__init__()
        self._scenario_id = scenario_id
        self._rung = rung

    def compose(self) -> ComposeResult:
        """The words, then the rows that can be changed."""
        house = self.app.house
        scenario = self._scenario = house.scenario(self._scenario_id)
        rung = self._rung = self._rung or house.suggested_rung(self._scenario_id)
        practice = house.settings.practice
        yield TopBar(scenario.title, "before you begin")
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(_situation(scenario), classes="text")
            yield TextArea(house.script(self._scenario_id, rung), id="script", tab_behavior="focus")
            yield Button("Begin", id="begin")
            yield Choice(
                "How hard they push", [r.value for r in Rung], list(Rung).index(rung), id="rung"
            )
            if house.voices.offered:
                yield Choice(
                    "Partner's voice",
                    list(VOICES.values()),
                    list(VOICES).index(house.voices.chosen),
                    id="voice",
                )
            yield Choice("Hints", ["on", "off"], 0 if practice.aids else 1, id="aids")
            yield Choice("Pace", ["normal", "slow"], 1 if practice.pace == "slow" else 0, id="pace")
            yield Choice("How sure I feel", _FIGURES, id="sure", unset="skip")
            yield Choice("How tense I am", _FIGURES, id="tense", unset="skip")
            yield Static(plain(_BOUNDARY), classes="text quiet")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """Begin is under the cursor."""
        script = self.query_one("#script", TextArea)
        script.cursor_blink = False
        script.move_cursor(script.document.end)
        script.border_title = "Your script, in your own words"
        self.call_after_refresh(self.query_one(".column").scroll_home, animate=False)

    @on(Choice.Changed, "#rung")
    def _other_rung(self, event: Choice.Changed) -> None:
        """Another rung has another script; the one in the box is kept first."""
        self._keep_script()
        self._rung = Rung(event.choice.value or Rung.GENTLE)
        self.query_one("#script", TextArea).text = self.app.house.script(
            self._scenario_id, self._rung
        )

    @on(Button.Pressed, "#begin")
    def _pressed(self) -> None:
        self.action_begin()

    @work(exclusive=True, group="begin")
    async def action_begin(self) -> None:
        """Keep the script and the ratings, and open the scene."""
        self._keep_script()
        house = self.app.house
        voice = EMBEDDED
        if house.voices.offered:
            row = self.query_one("#voice", Choice)
            voice = house.voices.chosen = list(VOICES)[row.chosen or 0]
            if voice == MODEL and not await may_speak(self.app):
                house.voices.chosen = EMBEDDED
                row.chosen = 0
                return
        scene = house.scene(
            self._scenario_id,
            self._rung or Rung.GENTLE,
            aids_offered=self.query_one("#aids", Choice).value == "on",
            slow=self.query_one("#pace", Choice).value == "slow",
            voice=voice,
        )
        rehearsal = house.begin(scene)
        rating = SelfRating(self._figure("#sure"), self._figure("#tense"))
        if rating != SelfRating(None, None):
            house.rate_self(rehearsal.attempt, "before", rating)
        self.app.pop_screen()
        self.app.talk(rehearsal)

    def action_leave(self) -> None:
        """Home; the script as it stands is kept."""
        self._keep_script()
        self.app.pop_screen()

    def _keep_script(self) -> None:
        text = self.query_one("#script", TextArea).text
        if self._rung is not None:
            self.app.house.keep_script(self._scenario_id, self._rung, text)

    def _figure(self, row: str) -> int | None:
        value = self.query_one(row, Choice).value
        return None if value is None else int(value)


def _situation(scenario: "Scenario") -> Content:
    name = scenario.partner.name or "They"
    parts = [
        plain(f"{scenario.setting}\n"),
        styled(scenario.need, "bold"),
        Content.assemble((f"{name}  ", "bold"), plain(scenario.partner.manner)),
    ]
    if scenario.content_notes:
        notes = ", ".join(scenario.content_notes)
        parts.append(Content.assemble(("May sting  ", "bold"), plain(notes)))
    return Content("\n").join(parts)
