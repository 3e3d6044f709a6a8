"""A few words to write, over the screen; what is wrong with them is said under the box."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from steady.errors import SteadyError
from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar
from steady.tui.widgets.dialog import Dialog
from steady.tui.widgets.say_box import SayBox


class WriteScreen(Dialog[bool]):
    """Gives back whether something was kept. `keep` may refuse with a SteadyError; then its
    sentence is shown and the words stay in the box."""

    DEFAULT_CSS = """
    WriteScreen Static { width: 100%; height: auto; padding: 0 1; }
    WriteScreen SayBox { margin-top: 1; background: $surface; min-height: 5; }
    WriteScreen #fault { color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "put_away", show=False)]

    def __init__(self, question: str, keep: Callable[[str], None], text: str = "") -> None:
        """A question, what keeps the answer, and what stands in the box at first."""
        super().__init__()
        self._question = question
        self._keep = keep
        self._text = text

    def compose(self) -> ComposeResult:
        """The question, the box, and room for what is wrong."""
        with Vertical():
            yield Static(plain(self._question))
            yield SayBox(id="words")
            yield Static(id="fault")
        yield KeyBar(
            ("enter", "keep it", "keep"), ("ctrl+j", "a new line", ""), ("esc", "back", "put_away")
        )

    def on_mount(self) -> None:
        """The cursor stands at the end of what is there."""
        box = self.query_one(SayBox)
        box.put(self._text)
        box.focus()

    @on(SayBox.Said)
    def action_keep(self) -> None:
        """Keep it, if it can be kept."""
        try:
            self._keep(self.query_one(SayBox).text)
        except SteadyError as fault:
            self.query_one("#fault", Static).update(plain(str(fault)))
            return
        self.dismiss(True)

    def action_put_away(self) -> None:
        """Nothing is kept."""
        self.dismiss(False)
