"""The box in which the client types a turn."""

from textual.binding import Binding
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import TextArea

from steady.safety.cleaning import clean

NEWLINE_KEYS = frozenset({"ctrl+j", "shift+enter", "alt+enter"})


class SayBox(TextArea):
    """A multi-line box: Enter says it, ctrl+j breaks the line, up on the first line goes back."""

    DEFAULT_CSS = """
    SayBox {
        height: auto;
        min-height: 3;
        max-height: 8;
        width: 100%;
        border: round $border;
        background: $background;
        padding: 0 1;
    }
    SayBox:focus { border: round $accent; }
    """
    BINDINGS = [Binding("ctrl+j", "newline", "new line", show=False)]  # noqa: RUF012

    class Said(Message):
        """The client pressed Enter on these words, which may be empty."""

        def __init__(self, text: str) -> None:
            """The words."""
            super().__init__()
            self.text = text

    def __init__(self, *, id: str | None = None) -> None:
        """An empty box."""
        super().__init__(id=id, show_line_numbers=False, highlight_cursor_line=False)
        self._said: list[str] = []
        self._back = 0
        self._unsent = ""
        self.cursor_blink = False

    def remember(self, *texts: str) -> None:
        """Add to what the up arrow brings back."""
        self._said.extend(text for text in texts if text.strip())
        self._back = 0

    def put(self, text: str) -> None:
        """Put words into the box, cursor at their end."""
        self.text = text
        self.move_cursor(self.document.end)

    def action_newline(self) -> None:
        """Break the line."""
        self.insert("\n")

    async def _on_key(self, event: Key) -> None:
        if event.key == "enter":
            event.prevent_default().stop()
            self.post_message(self.Said(self.text))
        elif event.key in NEWLINE_KEYS:
            event.prevent_default().stop()
            self.action_newline()
        elif event.key == "up" and self.cursor_location[0] == 0 and self._said:
            event.prevent_default().stop()
            self._recall(1)
        elif event.key == "down" and self._back and self._on_last_line():
            event.prevent_default().stop()
            self._recall(-1)
        else:
            await super()._on_key(event)

    async def _on_paste(self, event: Paste) -> None:
        """A paste is cleaned; its line breaks stay line breaks and do not send."""
        event.prevent_default().stop()
        self.insert(clean(event.text))

    def _on_last_line(self) -> bool:
        return self.cursor_location[0] == self.document.line_count - 1

    def _recall(self, step: int) -> None:
        if self._back == 0:
            self._unsent = self.text
        self._back = min(len(self._said), max(0, self._back + step))
        self.put(self._said[-self._back] if self._back else self._unsent)
