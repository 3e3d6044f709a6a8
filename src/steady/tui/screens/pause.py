"""Slow down: everything waits."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar


class PauseScreen(ModalScreen[None]):
    """Nothing moves until the client says so, and nothing is counted."""

    DEFAULT_CSS = """
    PauseScreen { align: center middle; background: $background; }
    PauseScreen #pause { width: 60; max-width: 96%; height: auto; }
    PauseScreen Static { width: 100%; height: auto; text-align: center; margin-bottom: 1; }
    PauseScreen KeyBar { text-align: left; margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("escape", "go_on", show=False),
        Binding("f2", "go_on", show=False),
    ]

    def __init__(self, name: str) -> None:
        """Over a conversation with the person of this name."""
        super().__init__()
        self._who = name

    def compose(self) -> ComposeResult:
        """A few quiet words."""
        with Vertical(id="pause"):
            yield Static("Slowed down.")
            yield Static(plain(f"{self._who} waits. Nothing is lost and nothing is counted."))
            yield Static("Feet on the floor. One long breath out. Come back when you like.")
        yield KeyBar(("enter", "go on", "go_on"))

    def action_go_on(self) -> None:
        """Back to the conversation."""
        self.dismiss()
