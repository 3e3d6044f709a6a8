"""A text to read and go back from."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar, TopBar


class ReadScreen(Screen[None]):
    """Lines of text, scrolled with the arrows."""

    DEFAULT_CSS = """
    ReadScreen .text { width: 100%; height: auto; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "app.pop_screen", show=False)
    ]

    def __init__(self, title: str, state: str, lines: Iterable[str]) -> None:
        """A title, a word on the right, and the lines; they may come from anywhere."""
        super().__init__()
        self._title = title
        self._state = state
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The text."""
        yield TopBar(self._title, self._state)
        with VerticalScroll(classes="column"):
            yield Static(Content("\n").join(plain(line) for line in self._lines), classes="text")
        yield KeyBar(("↑ ↓", "read on", ""), ("esc", "back", "app.pop_screen"))
