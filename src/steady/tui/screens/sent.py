"""What was written, and how it gets to the therapist: Steady itself sends nothing."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar, TopBar


class SentScreen(Screen[None]):
    """A few lines to read, then home."""

    DEFAULT_CSS = """
    SentScreen .text { width: 100%; height: auto; padding: 0 1; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,q", "app.go_home", show=False)]

    def __init__(self, file: str | None, therapist: str) -> None:
        """A packet written to a file; None where it went into the caseload in the room."""
        super().__init__()
        self._file = file
        self._therapist = therapist

    def compose(self) -> ComposeResult:
        """Where it is and what to do with it."""
        yield TopBar("The packet is written" if self._file else "It is there to look at")
        with VerticalScroll(classes="column"):
            yield Static(plain(self._text()), classes="text")
        yield KeyBar(("enter", "home", "app.go_home"))

    def _text(self) -> str:
        if self._file is None:
            return (
                f"What you chose is in {self._therapist}'s caseload on this computer; steady"
                " therapist opens it. What you shared, and when, stays visible under Homework."
            )
        return "\n\n".join(
            (
                self._file,
                f"Steady sends nothing by itself. Attach this file to a message to"
                f" {self._therapist}, or bring it along: any way will do, for only their key opens"
                " it.",
                "What you shared, and when, stays visible under Homework. Your rehearsals stay here"
                " as they were.",
            )
        )
