"""The conversation so far: each turn in its place, the partner's line appearing as if typed."""

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from steady.records import PartnerTurn
from steady.tui.text import plain, styled

_TICK = 1 / 30
_THINKING = "…"


class TurnLine(Horizontal):
    """Who speaks, and beside it the words; `shown` characters of them are visible."""

    DEFAULT_CSS = """
    TurnLine { width: 100%; height: auto; margin-bottom: 1; }
    TurnLine > .who {
        width: auto;
        min-width: 6;
        max-width: 14;
        height: 1;
        padding-right: 2;
        text-style: bold;
    }
    TurnLine > .words { width: 1fr; height: auto; }
    TurnLine.partner { padding-left: 12; }
    TurnLine.partner > .who { color: $primary; }
    TurnLine.client { padding-right: 12; }
    TurnLine.replaced { color: $foreground 60%; }
    """

    def __init__(self, who: str, text: str, classes: str) -> None:
        """A whole turn, until it is told to type."""
        super().__init__(classes=classes)
        self._who = who
        self._text = text
        self._shown: float = len(text)
        self._words = Static(plain(text), classes="words")

    def compose(self) -> ComposeResult:
        """The name and the words."""
        yield Static(plain(self._who), classes="who")
        yield self._words

    def say(self, text: str) -> bool:
        """Say this instead, all of it at once; nothing yet is shown as about to speak.

        Says whether the turn takes another number of lines than before.
        """
        self._text = text
        self._shown = len(text)
        return self._draw()

    def hide_words(self) -> None:
        """Show only that somebody is about to speak."""
        self._shown = 0
        self._draw()

    def show_more(self, characters: float) -> bool:
        """Show so many characters more; says whether the turn is whole."""
        self._shown = min(len(self._text), self._shown + characters)
        self._draw()
        return self._shown >= len(self._text)

    def show_all(self) -> None:
        """Show the whole turn."""
        self._shown = len(self._text)
        self._draw()

    def _draw(self) -> bool:
        """Draw what is shown; the screen is laid out anew only where another line is needed."""
        content = plain(self._text[: int(self._shown)] or _THINKING)
        self._words.update(content, layout=False)
        width, height = self._words.size
        grew = not width or content.get_height({}, width) != height
        if grew:
            self._words.refresh(layout=True)
        return grew


class Lines(VerticalScroll):
    """The turns, the newest at the bottom; the scroll is left alone while reading back."""

    DEFAULT_CSS = """
    Lines { width: 100%; max-width: 76; height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
    Lines > .program {
        width: 100%;
        height: auto;
        margin-bottom: 1;
        padding: 0 6;
        color: $foreground 70%;
        text-style: italic;
    }
    """

    def __init__(self, name: str, speed: int) -> None:
        """Turns with a partner of this name, typed at `speed` characters a second, 0 at once."""
        super().__init__(can_focus=False)
        self._partner_name = name
        self._speed = speed
        self._typing: TurnLine | None = None
        self._timer: Timer | None = None
        self._wait = 0.0
        self._streaming: TurnLine | None = None
        self._streamed = ""
        self._note: Static | None = None

    def add_client(self, text: str) -> None:
        """A turn of the client."""
        self._add(TurnLine("You", text, "client"))

    def add_program(self, text: str, *, starter: str = "") -> None:
        """Something the program says for itself, and perhaps a way into a sentence."""
        content = plain(text)
        if starter:
            content = content + plain("\n") + styled(starter, "$accent not italic")
        self._add(Static(content, classes="program"))

    def add_turn(self, turn: PartnerTurn, *, typed: bool) -> None:
        """A line of the partner, at once or as if typed; what is told is no line of theirs."""
        if turn.told:
            self.add_program(turn.text)
        else:
            self._add_partner(turn.text, typed=typed)

    def _add_partner(self, text: str, *, typed: bool) -> None:
        line = TurnLine(self._partner_name, text, "partner")
        self._add(line)
        if typed:
            self._start_typing(line)

    def _start_typing(self, line: TurnLine) -> None:
        if self._speed > 0:
            line.hide_words()
            self._typing = line
            self._wait = 0.5
            self._timer = self.set_interval(_TICK, self._type)

    def begin_stream(self) -> None:
        """The partner is about to speak; the words come with `stream`."""
        self._streaming, self._streamed, self._note = (
            TurnLine(self._partner_name, "", "partner"),
            "",
            None,
        )
        self._add(self._streaming)
        self._streaming.say("")

    @property
    def streamed(self) -> str:
        """What of the line that is being spoken has been shown so far."""
        return self._streamed

    def stream(self, text: str) -> None:
        """Show all that has come so far; an empty text takes back what was shown."""
        if self._streaming is None:
            return
        following = self._at_end()
        self._streamed = text
        if self._streaming.say(text) and following:
            self._follow()

    def note(self, text: str) -> None:
        """Say, above the line that is being spoken, what is happening; the last note stands."""
        if self._streaming is None:
            self.add_program(text)
        elif self._note is not None:
            self._note.update(plain(text))
        else:
            following = self._at_end()
            self._note = Static(plain(text), classes="program")
            self.mount(self._note, before=self._streaming)
            if following:
                self._follow()

    def end_stream(self, turn: PartnerTurn, *, typed: bool, noted: bool) -> None:
        """The line as it stands in the end; `noted` says whether the last note is kept."""
        line, self._streaming = self._streaming, None
        if line is None:
            self.add_turn(turn, typed=typed)
            return
        if self._note is not None and not noted:
            self._note.remove()
        following = self._at_end()
        line.say(turn.text)
        if typed:
            self._start_typing(line)
        if following:
            self._follow()

    @property
    def is_typing(self) -> bool:
        """Whether a line is still appearing."""
        return self._typing is not None

    def finish_typing(self) -> None:
        """Show the whole of the line that is appearing."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._typing is not None:
            self._typing.show_all()
            self._typing = None

    def empty(self) -> None:
        """Take every turn away."""
        self.finish_typing()
        self._streaming = None
        self.remove_children()

    def _type(self) -> None:
        if self._typing is None:
            return
        if self._wait > 0:
            self._wait -= _TICK
            return
        following = self._at_end()
        if self._typing.show_more(self._speed * _TICK):
            self.finish_typing()
        if following:
            self._follow()

    def _add(self, turn: Static | TurnLine) -> None:
        self.finish_typing()
        self.mount(turn)
        self._follow()

    def _at_end(self) -> bool:
        return self.scroll_offset.y >= self.max_scroll_y - 1

    def _follow(self) -> None:
        self.call_after_refresh(self.scroll_end, animate=False)
