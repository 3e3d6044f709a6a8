"""What both programs on screen share: themes, a way out, the smallest size."""

import os
import sys
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from steady.tui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from textual.events import Resize

    from steady.settings import Appearance

SMALLEST = (60, 20)
_WATCH_EVERY = 2.0
_LIGHT_BACKGROUNDS = frozenset({"7", "15"})


def suited_theme() -> str:
    """The light theme where the terminal says that its background is light, else the dark one."""
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if background in _LIGHT_BACKGROUNDS else DARK.name


class Program(App[None]):
    """A program on a terminal; what its screens show is the subclass's."""

    TITLE = "Steady"
    CSS = """
    Screen { align-horizontal: center; background: $background; }
    .column { width: 100%; max-width: 76; padding: 0 1; height: 1fr; }
    .quiet { color: $foreground 70%; }
    .heading { text-style: bold; margin-top: 1; }
    """
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "leave", show=False, priority=True),
    ]

    def __init__(self) -> None:
        """Nothing opened yet."""
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        if os.environ.get("TEXTUAL_ANIMATIONS") == "none":
            self.animation_level = "none"

    def on_mount(self) -> None:
        """Watch whether the terminal is still there."""
        if not self.is_headless:
            self.set_interval(_WATCH_EVERY, self._leave_with_the_terminal)

    def close_rooms(self) -> None:
        """Close what the program opened."""

    def _leave_with_the_terminal(self) -> None:
        """Leave when the window is closed over us; not every way of closing it says so."""
        if os.isatty(sys.__stdin__.fileno() if sys.__stdin__ else 0):
            return
        # Everything said is kept already; an orderly exit would wait for a terminal that is gone.
        self.close_rooms()
        os._exit(0)

    async def on_unmount(self) -> None:
        """Close what was opened."""
        self.close_rooms()

    def wear(self, look: "Appearance") -> None:
        """Put a theme and the animations of the settings into force."""
        self.theme = suited_theme() if look.theme == "auto" else look.theme
        if not look.animations:
            self.animation_level = "none"

    def go_home(self) -> None:
        """Back to the first screen, whatever is open."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def on_resize(self, event: "Resize") -> None:
        """Say so where the terminal is too small to read in, and come back when it is not."""
        from steady.tui.screens.small import TooSmallScreen

        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        showing = isinstance(self.screen, TooSmallScreen)
        if small and not showing:
            self.push_screen(TooSmallScreen(*SMALLEST))
        elif showing and not small:
            self.pop_screen()
