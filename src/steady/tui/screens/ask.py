"""A question over the screen, with a few answers."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar
from steady.tui.widgets.dialog import Dialog
from steady.tui.widgets.menu import Menu


class AskScreen(Dialog[str | None]):
    """Gives back the id of the answer chosen, or None where the question was put away."""

    DEFAULT_CSS = """
    AskScreen > Vertical { width: 66; }
    AskScreen #question { width: 100%; height: auto; margin-bottom: 1; padding: 0 1; }
    AskScreen Menu { max-height: 14; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "put_away", show=False)]

    def __init__(
        self, question: Content | str, *answers: tuple[str, Content | str], back: str = "go back"
    ) -> None:
        """A question; answers are (id, text); `back` says what Esc does."""
        super().__init__()
        self._question = question if isinstance(question, Content) else plain(question)
        self._answers = answers
        self._back = back

    def compose(self) -> ComposeResult:
        """The question over its answers."""
        with Vertical():
            yield Static(self._question, id="question")
            yield Menu(*self._answers)
        yield KeyBar(("enter", "choose", "choose"), ("esc", self._back, "put_away"))

    def on_mount(self) -> None:
        """The cursor stands on the first answer, which is always the harmless one."""
        menu = self.query_one(Menu)
        menu.highlighted = 0
        menu.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give back the answer."""
        self.dismiss(event.option_id)

    def action_choose(self) -> None:
        """As Enter does."""
        self.query_one(Menu).action_select()

    def action_put_away(self) -> None:
        """No answer."""
        self.dismiss(None)
