"""The briefing: the situation, the client's need, the rung, their script, and how it will go."""

from datetime import datetime
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
    from steady.practice.scene import Scene
    from steady.scenario.model import Scenario
    from steady.store import Homework
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

    def __init__(
        self,
        scenario_id: str,
        rung: Rung | None = None,
        *,
        homework: "Homework | None" = None,
        probe: bool = False,
    ) -> None:
        """The briefing of a scenario, at a rung if one is given; of homework, or of a probe."""
        super().__init__()
        self._scenario_id = scenario_id
        self._rung = rung
        self._homework = homework
        self._probe = probe

    def compose(self) -> ComposeResult:
        """The words, then the rows that can be changed."""
        house = self.app.house
        scenario = self._scenario = house.scenario(self._scenario_id)
        rung = self._rung = self._rung or house.suggested_rung(self._scenario_id)
        practice = house.settings.practice
        yield TopBar(scenario.title, "before you begin")
        with VerticalScroll(classes="column", can_focus=False):
            if self._homework is not None:
                yield Static(_set_by(self._homework), classes="text", id="set")
            if self._probe:
                yield Static(_said_beforehand(scenario), classes="text", id="probe")
            yield Static(_situation(scenario), classes="text")
            yield TextArea(house.script(self._scenario_id, rung), id="script", tab_behavior="focus")
            yield Button("Begin", id="begin")
            if self._homework is None and not self._probe:
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
            if self._aids_set is None:
                yield Choice("Hints", ["on", "off"], 0 if practice.aids else 1, id="aids")
            yield Choice("Pace", ["normal", "slow"], 1 if practice.pace == "slow" else 0, id="pace")
            yield Choice("How sure I feel", _FIGURES, id="sure", unset="skip")
            yield Choice("How tense I am", _FIGURES, id="tense", unset="skip")
            yield Static(plain(_BOUNDARY), classes="text quiet")
        yield KeyBar(*_KEYS)

    @property
    def _aids_set(self) -> bool | None:
        """Whether hints are on, where the client does not choose: in a probe, or as assigned."""
        if self._probe:
            return False
        aids = self._homework.assigned.aids if self._homework else None
        return None if aids is None else aids == "on"

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
        rehearsal = house.begin(self._scene(voice))
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

    def _scene(self, voice: str) -> "Scene":
        house = self.app.house
        set_ = self._aids_set
        aids = self.query_one("#aids", Choice).value == "on" if set_ is None else set_
        slow = self.query_one("#pace", Choice).value == "slow"
        if self._homework is not None:
            return house.assigned_scene(self._homework, aids_offered=aids, slow=slow, voice=voice)
        rung = self._rung or Rung.GENTLE
        return house.scene(
            self._scenario_id, rung, aids_offered=aids, slow=slow, voice=voice, probe=self._probe
        )

    def _figure(self, row: str) -> int | None:
        value = self.query_one(row, Choice).value
        return None if value is None else int(value)


def _set_by(homework: "Homework") -> Content:
    """Who set it, how far it is, and the note that came with it."""
    from steady.homework.due import homework_words

    assigned = homework.assigned
    state = homework_words(homework, datetime.now().date())
    parts = [
        Content.assemble(
            styled(f"For {homework.therapist}", "bold $accent"),
            plain(f"  {assigned.rung.value} · {state}"),
        )
    ]
    if assigned.note:
        parts.append(plain(assigned.note))
    if assigned.aids is not None:
        parts.append(
            plain("Set without hints." if assigned.aids == "off" else "Set with hints at hand.")
        )
    return Content("\n").join(parts)


def _said_beforehand(scenario: "Scenario") -> Content:
    name = scenario.partner.name or "they"
    return Content.assemble(
        styled("A check  ", "bold $accent"),
        plain(
            f"No hints this time, and {name} may push in a way you have not met. It is kept apart"
            " from your other rehearsals. F2 still slows it down, and you can stop at any moment."
        ),
    )


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
