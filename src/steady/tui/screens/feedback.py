"""How it went: one thing that worked, one change, the levels, and what next."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from steady.practice.rehearsal import Rehearsal
from steady.records import MODEL, Feedback, PartnerTurn, SelfRating
from steady.rubric.anchors import anchor, meaning
from steady.rubric.outcome import part_was_done
from steady.rubric.readers import told_of_reader
from steady.terms import PUSHES, Outcome, Part, Rung, counts_as_done
from steady.tui.text import bars, dots, fit, plain, styled
from steady.tui.voice import used
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.choice import Choice
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.tui.app import SteadyApp

_THREE_FIT = 78  # cells of a terminal in which three levels stand side by side
_FIGURES = [str(figure) for figure in range(11)]
_KEYS = (
    ("enter", "choose", "choose"),
    ("w", "what the dots mean", "words"),
    ("tab", "rate yourself", "app.focus_next"),
    ("esc", "home", "home"),
)
_HELD = frozenset({Outcome.HELD, Outcome.HELD_SHAKILY})
_NO_KEEP = "Nothing to point at in the words this time. Coming here counts for the next one."


class FeedbackScreen(Screen[int | None]):
    """Gives back the number of a turn to say again, or None."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    FeedbackScreen .column { scrollbar-size-vertical: 1; }
    FeedbackScreen .text { width: 100%; height: auto; padding: 0 1; margin-bottom: 1; }
    FeedbackScreen Menu { margin-bottom: 1; }
    FeedbackScreen #words { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "home", show=False),
        Binding("w", "words", show=False),
    ]

    def __init__(self, rehearsal: Rehearsal, found: Feedback) -> None:
        """The feedback on a rehearsal that is over."""
        super().__init__()
        self._rehearsal = rehearsal
        self._found = found

    def compose(self) -> ComposeResult:
        """Worked, change, next, levels."""
        yield TopBar("How it went", self._headline())
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(self._worked(), classes="text")
            if self._found.change is not None:
                yield Static(self._change(), classes="text")
            if homework := self._homework():
                yield Static(plain(homework), classes="text quiet")
            yield Menu(*self._ways_on())
            yield Static(self._levels(), classes="text", id="levels")
            yield Static(self._words(), classes="text quiet", id="words")
            if tension := self._tension():
                yield Static(tension, classes="text quiet")
            if told := told_of_reader(self._found):
                yield Static(plain(told), classes="text quiet", id="reader")
            if used_up := self._used():
                yield Static(plain(used_up), classes="text quiet")
            yield Choice("How sure I feel now", _FIGURES, id="sure", unset="skip")
            yield Choice("How tense I am now", _FIGURES, id="tense", unset="skip")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """The cursor stands on what is most useful next."""
        menu = self.query_one(Menu)
        menu.highlighted = 0
        menu.focus(scroll_visible=False)
        # What worked is read first, also where not all of it has room.
        column = self.query_one(VerticalScroll)
        self.call_after_refresh(column.scroll_home, animate=False)

    def on_resize(self) -> None:
        """As many levels on a line as there is room for."""
        self.query_one("#levels", Static).update(self._levels())

    def _headline(self) -> str:
        pushes = sum(
            1
            for turn in self._rehearsal.turns
            if isinstance(turn, PartnerTurn) and turn.act in PUSHES
        )
        after = f", after {pushes} push{'' if pushes == 1 else 'es'}" if pushes else ""
        if part_was_done(self._found):
            return f"your part was done{after}"
        return f"{self._found.came_out}{after}"

    def _homework(self) -> str:
        """Whether this one counts for the homework it was begun for, and how far that is."""
        scene = self._rehearsal.scene
        asked = self.app.house.store.assignment(scene.assignment) if scene.assignment else None
        if asked is None or scene.part is Part.RETURN:
            return ""
        far = f"For {asked.therapist}: {asked.done} of {asked.assigned.times} done."
        if counts_as_done(scene.part, self._found.ending):
            return far
        return f"{far} A talk counts once it is played to its end, however it goes."

    def _worked(self) -> Content:
        keep = self._found.keep
        if part_was_done(self._found) and keep is not None:
            name = self._rehearsal.scene.name
            return Content.assemble(
                ("What worked  ", "bold"),
                plain(f"“{keep.quote}”"),
                "\n",
                plain(f"{keep.why} {name} did not come round. Some don't, and you did your part."),
            )
        if keep is None:
            return Content.assemble(("What worked  ", "bold"), plain(_NO_KEEP))
        return Content.assemble(
            ("What worked  ", "bold"), plain(f"“{keep.quote}”"), "\n", plain(keep.why)
        )

    def _change(self) -> Content:
        change = self._found.change
        if change is None:
            return Content("")
        return Content.assemble(
            ("One change   ", "bold"),
            ("instead of  ", "dim"),
            plain(change.instead),
            ("\n             try         ", "dim"),
            styled(change.try_, "$accent"),
            "\n",
            plain(change.mends),
        )

    def _ways_on(self) -> list[tuple[str, str]]:
        scene = self._rehearsal.scene
        ways = []
        if self._found.change is not None:
            ways.append(("turn", "Say that turn again"))
        if self._rehearsal.agreed is not None:
            ways.append(("return", f"The return: {self._rehearsal.agreed}"))
        higher = scene.rung.next
        if higher and self._found.outcome in _HELD:
            ways.append(("next", f"The {higher.value} rung"))
        ways.append(("again", "The same talk again from the start"))
        held = self._found.outcome in _HELD or part_was_done(self._found)
        if held and scene.part is Part.TALK:
            ways.append(("carry", "A line of yours to carry"))
            ways.append(("note", "I said it for real: a note on it"))
        ways.append(("home", "Home"))
        return ways

    def _levels(self) -> Content:
        a_line = 3 if self.app.size.width >= _THREE_FIT else 2
        cells = []
        for place, level in enumerate(self._found.levels):
            name = fit(anchor(level.criterion).name, 14)
            cells.append(Content.assemble(name, styled(fit(dots(level.level), 10), "$primary")))
            cells.append(Content("\n" if place % a_line == a_line - 1 else ""))
        return Content("").join(cells)

    def _words(self) -> Content:
        lines = []
        for level in self._found.levels:
            name = anchor(level.criterion).name
            earned = f" “{fit(level.evidence, 60).strip()}”" if level.evidence else ""
            sentence = f"{dots(level.level)}  {meaning(level.criterion, level.level)}{earned}"
            lines.append(Content.assemble((f"{name}  ", "bold"), plain(sentence)))
        lines.append(Content("Dots run from none, not yet, to three, strong."))
        return Content("\n").join(lines)

    def _tension(self) -> Content | None:
        figures = [t.stance.tension for t in self._rehearsal.turns if isinstance(t, PartnerTurn)]
        if len(figures) < 2:
            return None
        name = self._rehearsal.scene.name
        way = (
            "fell"
            if figures[-1] < figures[0] - 0.05
            else "rose"
            if figures[-1] > figures[0] + 0.05
            else "stayed"
        )
        told = {
            "fell": "it fell as you spoke",
            "rose": "it rose",
            "stayed": "it stayed where it was",
        }
        return plain(f"{name}'s tension  {bars(figures)}  {told[way]}")

    def _used(self) -> str:
        """What a model did for this attempt and what it took."""
        house = self.app.house
        usage = house.store.usage_of(self._rehearsal.attempt)
        turns = self._rehearsal.turns
        spoken = [t for t in turns if isinstance(t, PartnerTurn) and t.act is not None]
        by_model = sum(turn.voice == MODEL for turn in spoken)
        asked = by_model or any(turn.voice_why for turn in spoken)
        return used(usage, by_model, len(spoken) if asked else 0, house.voices.currency)

    @on(Choice.Changed)
    def _rated(self) -> None:
        """Both figures are kept as soon as one is given."""
        figures = [self.query_one(row, Choice).value for row in ("#sure", "#tense")]
        sure, tense = (None if figure is None else int(figure) for figure in figures)
        self.app.house.rate_self(self._rehearsal.attempt, "after", SelfRating(sure, tense))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go on as chosen."""
        scene = self._rehearsal.scene
        change = self._found.change
        if event.option_id == "turn" and change is not None:
            self.dismiss(change.turn)
        elif event.option_id == "return":
            self._to_the_return()
        elif event.option_id == "next" and scene.rung.next is not None:
            self._leave_for(scene.scenario.id, scene.rung.next)
        elif event.option_id == "again":
            self._again()
        elif event.option_id in {"carry", "note"}:
            self._keep_something(event.option_id)
        else:
            self.action_home()

    def _to_the_return(self) -> None:
        """The time is over: open the talk again."""
        app = self.app
        rehearsal = app.house.the_return(self._rehearsal)
        app.go_home()
        if rehearsal is not None:
            app.talk(rehearsal)

    def _again(self) -> None:
        """The same talk; one set as homework counts again while it is not done."""
        scene = self._rehearsal.scene
        app = self.app
        set_ = app.house.store.assignment(scene.assignment) if scene.assignment else None
        if set_ is not None and not set_.complete:
            app.go_home()
            app.brief_homework(set_.assigned.id)
        else:
            self._leave_for(scene.scenario.id, scene.rung)

    def _keep_something(self, what: str) -> None:
        """A line to carry, or a note on how it went for real; then back here."""
        scenario = self._rehearsal.scene.scenario
        if what == "carry":
            from steady.tui.screens.card import CardScreen

            self.app.push_screen(CardScreen(scenario.id, scenario.title))
        else:
            from steady.tui.screens.field_note import FieldNoteScreen

            attempt = self._rehearsal.attempt
            self.app.push_screen(FieldNoteScreen(scenario.id, scenario.title, attempt))

    def _leave_for(self, scenario_id: str, rung: Rung) -> None:
        from steady.tui.screens.briefing import BriefingScreen

        app = self.app
        app.go_home()
        app.push_screen(BriefingScreen(scenario_id, rung))

    def action_choose(self) -> None:
        """As Enter does."""
        self.query_one(Menu).action_select()

    def action_words(self) -> None:
        """Show or hide what each level means and the words that earned it."""
        words = self.query_one("#words")
        words.display = not words.display
        if words.display:
            words.scroll_visible(animate=False)

    def action_home(self) -> None:
        """Home."""
        self.app.go_home()
