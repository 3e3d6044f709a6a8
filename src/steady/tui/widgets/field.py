"""A row with a label, a short text to type, and room for a word on it."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from steady.tui.text import fit, plain

_LABEL = 22  # cells of a label, so that boxes begin where choices do


class Field(Horizontal):
    """One line to type; what the program makes of it is told beside it."""

    DEFAULT_CSS = """
    Field { height: 1; width: 100%; padding: 0 1; }
    Field .label { width: 24; height: 1; padding: 0 2; }
    Field Input {
        width: 1fr;
        height: 1;
        border: none;
        padding: 0;
        background: $surface;
    }
    Field Input:focus { border: none; background: $panel; }
    Field .told { width: auto; max-width: 30; height: 1; padding: 0 1; color: $foreground 70%; }
    """

    def __init__(self, label: str, value: str = "", hint: str = "", *, id: str) -> None:
        """A row; `hint` stands in the box while it is empty, `id` is the box's."""
        super().__init__()
        self._label = label
        self._box = Input(value, placeholder=hint, id=id, select_on_focus=False)
        self._told = Static(classes="told")

    def compose(self) -> ComposeResult:
        """The three."""
        yield Static(plain(fit(self._label, _LABEL)), classes="label")
        yield self._box
        yield self._told

    def on_mount(self) -> None:
        """A still cursor."""
        self._box.cursor_blink = False

    @property
    def value(self) -> str:
        """What was typed."""
        return self._box.value

    @value.setter
    def value(self, text: str) -> None:
        self._box.value = text
        self._box.cursor_position = len(text)

    def tell(self, words: str) -> None:
        """Say what is made of it."""
        self._told.update(plain(words))
