"""The conversation."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.timer import Timer

from steady.practice.rehearsal import MAX_TURN, Alarm, Aside, Heard, Rehearsal
from steady.records import EMBEDDED, MODEL, ClientTurn, Feedback, PartnerTurn
from steady.terms import Part
from steady.tui.text import fit
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.hint_panel import HintPanel
from steady.tui.widgets.lines import Lines
from steady.tui.widgets.say_box import SayBox

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from steady.partner.order import Order, Rendered
    from steady.practice.protocols import Voice
    from steady.tui.app import SteadyApp

_TALKING = (
    ("enter", "say it", "say"),
    ("F1", "help me", "hint"),
    ("F2", "slow down", "pause"),
    ("ctrl+r", "say a line again", "again"),
    ("esc", "leave", "leave"),
)
_READY = (("enter", "I am ready", "say"), ("F2", "slow down", "pause"), ("esc", "leave", "leave"))
_OVER = (
    ("enter", "see how it went", "say"),
    ("ctrl+r", "say a line again", "again"),
    ("esc", "leave", "leave"),
)
_DRAFT_AFTER = 0.4


@contextmanager
def _smoothly() -> Iterator[None]:
    """Nothing is looked through for garbage meanwhile: that would stop the words on their way."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class TalkScreen(Screen[None]):
    """The partner's words, the client's words, and a box."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    TalkScreen #say { max-width: 76; }
    """
    AUTO_FOCUS: ClassVar[str | None] = "#say"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "hint", show=False, priority=True),
        Binding("f2", "pause", show=False, priority=True),
        Binding("ctrl+r", "again", show=False, priority=True),
        Binding("escape", "leave", show=False),
        Binding("pageup", "back(-1)", show=False, priority=True),
        Binding("pagedown", "back(1)", show=False, priority=True),
    ]

    def __init__(self, rehearsal: Rehearsal) -> None:
        """The conversation of one rehearsal, at whatever turn it stands."""
        super().__init__()
        self._rehearsal = rehearsal
        self._held_back: PartnerTurn | Heard | None = None
        self._voice: Voice | None = None
        self._speaking: tuple[Heard, Order] | None = None
        self._draft_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, lines, hint, box, keys."""
        scene = self._rehearsal.scene
        speed = self.app.house.settings.practice.typing_speed
        if self.app.animation_level == "none":
            speed = 0
        yield TopBar(scene.scenario.title)
        yield Lines(scene.name, speed)
        yield HintPanel()
        yield SayBox(id="say")
        yield KeyBar(*_TALKING)

    def on_mount(self) -> None:
        """Show what has been said so far and wait for the client."""
        self._voice = self.app.house.voices.of(self._rehearsal)
        self._show_all(typed=len(self._rehearsal.turns) == 1)
        box = self.query_one(SayBox)
        box.put(self.app.house.draft(self._rehearsal.attempt))
        box.focus()
        self._tell_state()
        if self._rehearsal.pending is not None:
            self._partner_answers(self._rehearsal.pending)
        elif self._voice is not None:
            self.call_after_refresh(self._prepare, self._voice)

    def use_voice(self, voice: str) -> None:
        """The voice from the next line on: "embedded" or "model"."""
        self._stop_speaking()
        voices = self.app.house.voices
        self._voice = voices.model_voice(self._rehearsal) if voice == MODEL else None

    def on_say_box_said(self, event: SayBox.Said) -> None:
        """Enter: what it means depends on where the scene stands."""
        lines = self.query_one(Lines)
        if self._speaking is not None:
            return  # the words stay in the box until the partner has spoken
        if self._held_back is not None:
            self._let_partner_speak()
        elif self._rehearsal.ending is not None:
            if lines.is_typing:
                lines.finish_typing()
            else:
                self._see_how_it_went()
        else:
            lines.finish_typing()
            self._say(event.text)

    def on_text_area_changed(self, event: "TextArea.Changed") -> None:
        """Half-typed words are kept a moment after the typing rests."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
        text = event.text_area.text
        self._draft_timer = self.set_timer(_DRAFT_AFTER, lambda: self._keep_draft(text))

    def _keep_draft(self, text: str) -> None:
        if self._rehearsal.ending is None:
            self._rehearsal.keep_draft(text)

    def _say(self, text: str) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
        box = self.query_one(SayBox)
        box.remember(text)
        box.put("")
        self.query_one(HintPanel).close()
        heard = self._rehearsal.hear(text)
        if heard.client.text.strip():
            self.query_one(Lines).add_client(heard.client.text)
        self._go_on(heard)

    def _go_on(self, heard: Heard | Aside | Alarm) -> None:
        """What follows on the client's turn."""
        if isinstance(heard, Alarm):
            self._alarm(heard)
        elif isinstance(heard, Aside):
            self.query_one(Lines).add_program(heard.help.text, starter=heard.help.starter)
        else:
            self._partner_answers(heard)
        self._tell_state()

    def _partner_answers(self, heard: Heard) -> None:
        lines = self.query_one(Lines)
        name = self._rehearsal.scene.name
        if heard.cut:
            lines.add_program(
                f"That was long: {name} heard the first {MAX_TURN:,} characters. All of it is kept."
            )
        answer: PartnerTurn | Heard = heard
        if self._voice is None:
            answer = self._rehearsal.answer(heard).partner
        elif heard.private:
            answer = self._rehearsal.answer_privately(heard).partner
        if self._rehearsal.scene.slow:
            self._held_back = answer
            lines.add_program(f"{name} is about to answer. Press enter when you are ready.")
            self.query_one(KeyBar).show_keys(*_READY)
        else:
            self._partner_says(answer)

    def _let_partner_speak(self) -> None:
        answer, self._held_back = self._held_back, None
        if answer is not None:
            self.query_one(KeyBar).show_keys(*_TALKING)
            self._partner_says(answer)

    def _partner_says(self, answer: PartnerTurn | Heard) -> None:
        if isinstance(answer, Heard):
            self._begin_to_speak(answer)
            return
        self.query_one(Lines).add_turn(answer, typed=True)
        self._tell_if_over()

    def _begin_to_speak(self, heard: Heard) -> None:
        """The partner's words are found by a model and shown as they come."""
        self._speaking = (heard, self._rehearsal.order(heard))
        self.query_one(Lines).begin_stream()
        name = self._rehearsal.scene.name
        self.query_one(KeyBar).show_keys(("esc", f"stop {name}", "leave"), *_TALKING[2:3])
        self._speak(*self._speaking)

    @work(group="prepare")
    async def _prepare(self, voice: "Voice") -> None:
        """While the client reads the opening line."""
        await voice.prepare()

    @work(exclusive=True, group="voice")
    async def _speak(self, heard: Heard, order: "Order") -> None:
        lines = self.query_one(Lines)
        voice = self._voice
        assert voice is not None  # else nobody had begun to speak
        with _smoothly():
            rendered = await voice.render(order, lines.stream, lines.note)
        self._spoken(heard, rendered, typed=rendered.voice == EMBEDDED)

    def _stop_speaking(self) -> None:
        """The client has heard enough: what came is kept."""
        if self._speaking is None or self._voice is None:
            return
        heard, order = self._speaking
        self.workers.cancel_group(self, "voice")
        streamed = self.query_one(Lines).streamed
        self._spoken(heard, self._voice.stopped(order, streamed), typed=False)

    def _spoken(self, heard: Heard, rendered: "Rendered", *, typed: bool) -> None:
        """The line is there: it is kept, then shown as it stands."""
        if self._speaking is None or self._speaking[0] is not heard:
            return  # stopped in the very moment in which it was finished
        self._speaking = None
        turn = self._rehearsal.answer(heard, rendered).partner
        self.query_one(Lines).end_stream(turn, typed=typed, noted=bool(turn.voice_why))
        self.query_one(KeyBar).show_keys(*_TALKING)
        self._tell_if_over()

    def _tell_if_over(self) -> None:
        if self._rehearsal.ending is not None:
            self.query_one(KeyBar).show_keys(*_OVER)
            self._tell_state()

    def _tell_state(self) -> None:
        # An Enter by mistake and a "what do I do" are no turns of the conversation.
        mine = (turn for turn in self._rehearsal.turns if isinstance(turn, ClientTurn))
        said = sum(1 for turn in mine if not turn.to_program)
        scene = self._rehearsal.scene
        where = "the return" if scene.part is Part.RETURN else scene.rung.value
        over = self._rehearsal.ending is not None and self._held_back is None
        self.query_one(TopBar).tell(f"{where} · over" if over else f"{where} · turn {said + 1}")

    def _show_all(self, *, typed: bool) -> None:
        """Every live turn, the last of the partner as if typed where the scene opens."""
        lines, box = self.query_one(Lines), self.query_one(SayBox)
        for turn in self._rehearsal.turns:
            if isinstance(turn, PartnerTurn):
                lines.add_turn(turn, typed=typed)
            else:
                lines.add_client(turn.text)
                box.remember(turn.text)
        if self._rehearsal.ending is not None:
            self.query_one(KeyBar).show_keys(*_OVER)

    @work(exclusive=True, group="ask")
    async def _alarm(self, alarm: Alarm) -> None:
        """Danger: the scene stops; it goes on only if the client says it was misread."""
        from steady.tui.screens.danger import DangerScreen

        if await self.app.push_screen_wait(DangerScreen(alarm.danger)) == "misread":
            self._go_on(self._rehearsal.hear_after_all(alarm))
        else:
            self._rehearsal.close()
            self.app.go_home()

    def action_say(self) -> None:
        """As Enter in the box."""
        box = self.query_one(SayBox)
        box.post_message(SayBox.Said(box.text))

    def action_hint(self) -> None:
        """The next hint for this moment."""
        panel = self.query_one(HintPanel)
        waiting = self._held_back is not None or self._speaking is not None
        if self._rehearsal.ending is not None or waiting:
            return
        if not self._rehearsal.scene.aids_offered:
            self.query_one(Lines).add_program("This rehearsal is without hints. F2 slows it down.")
            return
        hint = self._rehearsal.hint()
        if hint is None:
            panel.reopen()
        else:
            panel.open(hint, more=self._rehearsal.next_aid is not None)

    def action_pause(self) -> None:
        """Everything waits."""
        from steady.tui.screens.pause import PauseScreen

        self.query_one(Lines).finish_typing()
        self.app.push_screen(PauseScreen(self._rehearsal.scene.name))

    def action_back(self, step: int) -> None:
        """Read back or forward a page."""
        lines = self.query_one(Lines)
        if step < 0:
            lines.scroll_page_up(animate=False)
        else:
            lines.scroll_page_down(animate=False)

    @work(exclusive=True, group="ask")
    async def action_again(self) -> None:
        """Choose a turn of one's own and say it again."""
        from steady.tui.screens.ask import AskScreen

        self._stop_speaking()
        mine = [turn for turn in self._rehearsal.turns if isinstance(turn, ClientTurn)]
        if not mine:
            self.query_one(Lines).add_program("There is no turn of yours to say again yet.")
            return
        answers = [
            (str(turn.number), fit(" ".join(turn.text.split()) or "(nothing)", 56))
            for turn in reversed(mine)
        ]
        question = "Which of your lines do you want to say again? The first version is kept."
        chosen = await self.app.push_screen_wait(AskScreen(question, *answers))
        if chosen is not None:
            self.rewind(int(chosen))

    def rewind(self, number: int) -> None:
        """Go back to before the client's turn of this number, its words in the box."""
        was = self._rehearsal.rewind(number)
        self._held_back = None
        lines = self.query_one(Lines)
        lines.empty()
        self._show_all(typed=False)
        self.query_one(KeyBar).show_keys(*_TALKING)
        box = self.query_one(SayBox)
        box.put(was)
        box.focus()
        self._tell_state()

    @work(exclusive=True, group="ask")
    async def action_leave(self) -> None:
        """Stop the partner who is speaking; else ask before leaving. Nothing is lost either way."""
        from steady.tui.screens.ask import AskScreen

        if self._speaking is not None:
            self._stop_speaking()
            return
        if self._rehearsal.ending is not None:
            self._see_how_it_went()
            return
        name = self._rehearsal.scene.name
        chosen = await self.app.push_screen_wait(
            AskScreen(
                "Leave this talk?",
                ("stay", f"Stay with {name}"),
                ("keep", "Leave it here and carry on another time"),
                ("end", "Stop here and see how it went"),
                back="stay",
            )
        )
        if chosen == "keep":
            self._rehearsal.keep_draft(self.query_one(SayBox).text)
            self.app.go_home()
        elif chosen == "end":
            self._see_how_it_went()

    def _see_how_it_went(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
        found = self._rehearsal.close()
        voice = EMBEDDED if self._voice is None or self._voice.resting else MODEL
        if self.app.house.coach.reads(self._rehearsal, voice):
            self._let_model_read(found)
        else:
            self._show_feedback(found)

    @work(exclusive=True, group="coach")
    async def _let_model_read(self, found: Feedback) -> None:
        from steady.tui.screens.reading import ReadingScreen
        from steady.tui.voice import may_coach

        if await may_coach(self.app):
            found = await self.app.push_screen_wait(ReadingScreen(self._rehearsal, found))
        self._show_feedback(found)

    def _show_feedback(self, found: Feedback) -> None:
        from steady.tui.screens.feedback import FeedbackScreen

        self.app.push_screen(FeedbackScreen(self._rehearsal, found), self._after_feedback)

    def _after_feedback(self, number: int | None) -> None:
        if number is not None:
            self.rewind(number)
