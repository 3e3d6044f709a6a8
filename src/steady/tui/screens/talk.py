"""The conversation."""

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.timer import Timer

from steady.practice.rehearsal import MAX_TURN, Alarm, Aside, Rehearsal, Reply, Said
from steady.records import ClientTurn, PartnerTurn
from steady.terms import Part
from steady.tui.text import fit
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.hint_panel import HintPanel
from steady.tui.widgets.lines import Lines
from steady.tui.widgets.say_box import SayBox

if TYPE_CHECKING:
    from textual.widgets import TextArea

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
        self._held_back: PartnerTurn | None = None
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
        self._show_all(typed=len(self._rehearsal.turns) == 1)
        box = self.query_one(SayBox)
        box.put(self.app.house.draft(self._rehearsal.attempt))
        box.focus()
        self._tell_state()

    def on_say_box_said(self, event: SayBox.Said) -> None:
        """Enter: what it means depends on where the scene stands."""
        lines = self.query_one(Lines)
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
        self._show_said(self._rehearsal.say(text))

    def _show_said(self, said: Said) -> None:
        lines = self.query_one(Lines)
        if said.client.text.strip():
            lines.add_client(said.client.text)
        if isinstance(said, Alarm):
            self._alarm(said)
        elif isinstance(said, Aside):
            lines.add_program(said.help.text, starter=said.help.starter)
        else:
            self._show_reply(said)
        self._tell_state()

    def _show_reply(self, reply: Reply) -> None:
        lines = self.query_one(Lines)
        name = self._rehearsal.scene.name
        if reply.cut:
            lines.add_program(
                f"That was long: {name} heard the first {MAX_TURN:,} characters. All of it is kept."
            )
        if self._rehearsal.scene.slow:
            self._held_back = reply.partner
            lines.add_program(f"{name} is about to answer. Press enter when you are ready.")
            self.query_one(KeyBar).show_keys(*_READY)
        else:
            self._partner_says(reply.partner)

    def _let_partner_speak(self) -> None:
        turn, self._held_back = self._held_back, None
        if turn is not None:
            self.query_one(KeyBar).show_keys(*_TALKING)
            self._partner_says(turn)

    def _partner_says(self, turn: PartnerTurn) -> None:
        lines = self.query_one(Lines)
        lines.add_turn(turn, typed=True)
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
            lines = self.query_one(Lines)
            said = self._rehearsal.misread(alarm)
            if isinstance(said, Reply):
                self._show_reply(said)
            elif isinstance(said, Aside):
                lines.add_program(said.help.text, starter=said.help.starter)
            self._tell_state()
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
        if self._rehearsal.ending is not None or self._held_back is not None:
            return
        if not self._rehearsal.scene.aids_offered:
            self.query_one(Lines).add_program("This rehearsal is without hints. F2 slows it down.")
            return
        hint = self._rehearsal.hint()
        if hint is None:
            panel.close()
            self.query_one(Lines).add_program("That was the last hint for this moment.")
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
        """Ask before leaving; nothing is lost either way."""
        from steady.tui.screens.ask import AskScreen

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
        from steady.tui.screens.feedback import FeedbackScreen

        if self._draft_timer is not None:
            self._draft_timer.stop()
        found = self._rehearsal.close()
        self.app.push_screen(FeedbackScreen(self._rehearsal, found), self._after_feedback)

    def _after_feedback(self, number: int | None) -> None:
        if number is not None:
            self.rewind(number)
