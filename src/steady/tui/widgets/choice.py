"""A row with a label and a few choices, changed with left and right or by mouse."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from steady.tui.text import fit


class Choice(Widget, can_focus=True):
    """One choice out of a few; the chosen one is in brackets, so it reads without color."""

    DEFAULT_CSS = """
    Choice { height: 1; width: 100%; padding: 0 1; }
    Choice:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "change(-1)", show=False),
        Binding("right", "change(1)", show=False),
    ]
    chosen: reactive[int | None] = reactive(None)

    class Changed(Message):
        """Another choice was made."""

        def __init__(self, choice: "Choice") -> None:
            """The row that changed."""
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> "Choice":
            """The row that changed."""
            return self.choice

    def __init__(
        self,
        label: str,
        options: list[str],
        chosen: int | None = None,
        *,
        id: str | None = None,
        unset: str = "",
        label_width: int = 24,
    ) -> None:
        """A row; `chosen` may be None where leaving it out is fine, and `unset` says so.

        `label_width` is the room for the label and the sign before it, in cells.
        """
        super().__init__(id=id)
        self._label = label
        self._options = options
        self._unset = unset
        self._label_width = label_width
        self.set_reactive(Choice.chosen, chosen)

    @property
    def value(self) -> str | None:
        """The chosen word, or None where nothing was chosen."""
        return None if self.chosen is None else self._options[self.chosen]

    def render(self) -> Content:
        """The row."""
        marker = "› " if self.has_focus else "  "
        parts = [Content(fit(f"{marker}{self._label}", self._room))]
        for place, text in enumerate(self._cells()):
            chosen = place == (len(self._options) if self.chosen is None else self.chosen)
            parts.append(Content.styled(text, "bold $accent" if chosen else "$foreground 70%"))
        return Content("").join(parts)

    def _cells(self) -> list[str]:
        """Every option as it is drawn, then what stands for none; closer together where narrow."""
        words = [*self._options, *([self._unset] if self._unset else [])]
        chosen = len(self._options) if self.chosen is None else self.chosen
        wide = self._label_width + sum(len(word) + 2 for word in words) <= self.size.width
        after = " " if wide else ""
        return [
            f"[{word}]" if place == chosen else f" {word}{after}"
            for place, word in enumerate(words)
        ]

    @property
    def _room(self) -> int:
        """The room for the label: less than was asked for where the options need it."""
        rest = self.size.width - sum(map(len, self._cells()))
        return max(min(self._label_width, rest), min(self._label_width, len(self._label) + 3))

    def action_change(self, step: int) -> None:
        """Choose the next or the one before; the row does not wrap round.

        Where nothing may be chosen, that stands after the last option.
        """
        last = len(self._options) - 1
        if self.chosen is None:
            self.chosen = last // 2
        elif self._unset and self.chosen == last and step > 0:
            self.chosen = None
        else:
            self.chosen = min(last, max(0, self.chosen + step))

    def on_click(self, event: Click) -> None:
        """Choose what was clicked."""
        place = self._room + self.gutter.left
        for number, cell in enumerate(self._cells()):
            if place <= event.x < place + len(cell):
                self.chosen = number if number < len(self._options) else None
                return
            place += len(cell)

    def watch_chosen(self) -> None:
        """Tell the screen."""
        self.post_message(self.Changed(self))
