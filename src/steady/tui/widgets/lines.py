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

    def _draw(self) -> None:
        self._words.update(plain(self._text[: int(self._shown)] or _THINKING))


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
        if typed and self._speed > 0:
            line.hide_words()
            self._typing = line
            self._wait = 0.5
            self._timer = self.set_interval(_TICK, self._type)

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
