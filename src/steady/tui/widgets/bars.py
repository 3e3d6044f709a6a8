"""The line on top (where am I) and the line at the bottom (what can I do, how do I get out)."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from steady.tui.text import plain, styled


class TopBar(Horizontal):
    """The screen's title on the left, a word on the state of things on the right."""

    DEFAULT_CSS = """
    TopBar { height: 2; width: 100%; max-width: 76; padding: 0 1; }
    TopBar #title {
        width: 1fr;
        height: 1;
        text-style: bold;
        text-overflow: ellipsis;
        text-wrap: nowrap;
    }
    TopBar #state {
        width: auto;
        max-width: 34;
        height: 1;
        color: $foreground 70%;
        text-overflow: ellipsis;
        text-wrap: nowrap;
    }
    """

    def __init__(self, title: str, state: str = "") -> None:
        """A bar with its two texts."""
        super().__init__()
        self._title = title
        self._state = state

    def compose(self) -> ComposeResult:
        """The two texts."""
        yield Static(plain(self._title), id="title")
        yield Static(plain(self._state), id="state")

    def tell(self, state: str) -> None:
        """Change the word on the right."""
        self.query_one("#state", Static).update(plain(state))


class KeyBar(Horizontal):
    """At most five keys in words; each can also be clicked.

    Keys are given as (key, words, action); the action is run on the screen when clicked, on the
    program where it begins with "app.".
    """

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: auto; max-height: 2; width: 100%; align-horizontal: center; }
    KeyBar Static {
        width: 100%;
        max-width: 80;
        height: auto;
        padding: 0 1;
        color: $foreground 70%;
        link-color: $foreground 80%;
        link-style: none;
        link-background: transparent;
        link-color-hover: $accent;
        link-background-hover: $panel;
        link-style-hover: bold;
    }
    """

    def __init__(self, *keys: tuple[str, str, str]) -> None:
        """A bar of keys."""
        super().__init__()
        self._line = Static(_told(keys))

    def compose(self) -> ComposeResult:
        """The line."""
        yield self._line

    def show_keys(self, *keys: tuple[str, str, str]) -> None:
        """Show other keys."""
        self._line.update(_told(keys))


def _told(keys: tuple[tuple[str, str, str], ...]) -> Content:
    parts = []
    for key, words, action in keys:
        told = Content(words)
        if action:
            told = told.stylize(f"@click={action if '.' in action else f'screen.{action}'}")
        parts.append(Content.assemble((key, "$accent"), " ", told))
    return styled(" · ", "dim").join(parts)
