"""The sentence shown when the terminal is too small."""

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static


class TooSmallScreen(ModalScreen[None]):
    """One sentence until the window grows; what is underneath stays as it is."""

    DEFAULT_CSS = """
    TooSmallScreen { align: center middle; background: $background; }
    TooSmallScreen Static { width: auto; max-width: 100%; text-align: center; padding: 0 1; }
    """

    def __init__(self, width: int, height: int) -> None:
        """The smallest size that can be read in."""
        super().__init__()
        self._smallest = (width, height)
        self._sentence = (
            f"Steady needs {width} columns and {height} lines. Make this window larger."
        )

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static(self._sentence, markup=False)

    def on_screen_resume(self) -> None:
        """What was on top is gone; if the window has grown meanwhile, there is nothing to say."""
        width, height = self.app.size
        if width >= self._smallest[0] and height >= self._smallest[1]:
            self.app.pop_screen()
