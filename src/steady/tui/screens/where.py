"""A question for a place on this computer; what is wrong with it is said under the box."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from steady.errors import SteadyError
from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar
from steady.tui.widgets.dialog import Dialog


class WhereScreen(Dialog[str | None]):
    """Gives back what `use` made of the place typed, or None where the question was put away.

    `use` does the work and may refuse with a SteadyError; its sentence is shown and what was typed
    stays in the box.
    """

    DEFAULT_CSS = """
    WhereScreen Static { width: 100%; height: auto; padding: 0 1; }
    WhereScreen Input { margin: 1 0 0 0; border: round $border; background: $surface; height: 3; }
    WhereScreen Input:focus { border: round $accent; }
    WhereScreen #fault { color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "put_away", show=False)]

    def __init__(
        self,
        question: str,
        use: Callable[[str], str],
        offered: str = "",
        *,
        done: str = "save it there",
    ) -> None:
        """A question; `offered` stands in the box at first; `done` says what Enter does."""
        super().__init__()
        self._question = question
        self._use = use
        self._offered = offered
        self._done = done

    def compose(self) -> ComposeResult:
        """The question, the box, and room for what is wrong."""
        with Vertical():
            yield Static(plain(self._question))
            yield Input(self._offered, id="place", select_on_focus=False)
            yield Static(id="fault")
        yield KeyBar(("enter", self._done, "use"), ("esc", "go back", "put_away"))

    def on_mount(self) -> None:
        """The cursor stands at the end of what is offered."""
        box = self.query_one(Input)
        box.cursor_blink = False
        box.focus()

    def on_input_submitted(self) -> None:
        """As Enter does."""
        self.action_use()

    def action_use(self) -> None:
        """Try the place."""
        try:
            self.dismiss(self._use(self.query_one(Input).value))
        except SteadyError as fault:
            self.query_one("#fault", Static).update(plain(str(fault)))

    def action_put_away(self) -> None:
        """No place."""
        self.dismiss(None)
