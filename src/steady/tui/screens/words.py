"""A few words to write or change, over the screen."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from steady.safety.cleaning import clean
from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar
from steady.tui.widgets.dialog import Dialog
from steady.tui.widgets.say_box import SayBox


class WordsScreen(Dialog[str | None]):
    """Gives back the words, cleaned and at most `longest` characters, or None where put away.

    `typed` is then what stood in the box.
    """

    DEFAULT_CSS = """
    WordsScreen Static { width: 100%; height: auto; padding: 0 1; }
    WordsScreen SayBox { margin: 1 0 0 0; background: $surface; }
    WordsScreen #fault { color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "put_away", show=False)]

    def __init__(
        self, question: str, words: str, longest: int, *, done: str, back: str = "go back"
    ) -> None:
        """A question over a box with `words` in it; `done` and `back` say what the keys do."""
        super().__init__()
        self._question = question
        self._text = words
        self._longest = longest
        self._done = done
        self._back = back
        self.typed = ""

    def compose(self) -> ComposeResult:
        """The question, the box, and room for what is wrong."""
        with Vertical():
            yield Static(plain(self._question))
            yield SayBox()
            yield Static(id="fault")
        yield KeyBar(
            ("enter", self._done, "keep"),
            ("ctrl+j", "a new line", ""),
            ("esc", self._back, "put_away"),
        )

    def on_mount(self) -> None:
        """The cursor stands after the last word."""
        box = self.query_one(SayBox)
        box.put(self._text)
        box.focus()

    def on_say_box_said(self) -> None:
        """Enter in the box."""
        self.action_keep()

    def action_keep(self) -> None:
        """Give the words back, unless there are too many."""
        words = clean(self.query_one(SayBox).text).strip()
        if len(words) > self._longest:
            over = f"That is {len(words):,} characters; there is room for {self._longest:,}."
            self.query_one("#fault", Static).update(plain(over))
        else:
            self.dismiss(words)

    def action_put_away(self) -> None:
        """Leave it as it was; what was typed stays in `typed`."""
        self.typed = clean(self.query_one(SayBox).text)[: self._longest]
        self.dismiss(None)
