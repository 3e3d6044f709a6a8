"""When words sound like danger: the program speaks for itself, plainly."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from steady.safety.helplines import spoken
from steady.terms import Danger
from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.tui.app import SteadyApp


class DangerScreen(ModalScreen[str]):
    """Gives back "stop" or "misread"."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    DangerScreen { align-horizontal: center; background: $background; }
    DangerScreen #said { width: 100%; height: auto; padding: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", show=False)]

    def __init__(self, danger: Danger) -> None:
        """For one kind of danger."""
        super().__init__()
        self._danger = danger

    def compose(self) -> ComposeResult:
        """What the program says, the help lines, and two ways on."""
        country = self.app.house.settings.safety.country
        yield TopBar("The practice has stopped")
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(plain("\n".join(spoken(self._danger, country))), id="said")
            yield Menu(
                ("stop", "Stop here"),
                ("misread", "This was misread; go on with the practice"),
            )
        yield KeyBar(
            ("enter", "choose", "choose"),
            ("esc", "stop here", "stop"),
            ("ctrl+q", "close Steady", "app.quit"),
        )

    def on_mount(self) -> None:
        """The cursor stands on stopping."""
        menu = self.query_one(Menu)
        menu.highlighted = 0
        menu.focus(scroll_visible=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give back the choice."""
        self.dismiss(event.option_id or "stop")

    def action_choose(self) -> None:
        """As Enter does."""
        self.query_one(Menu).action_select()

    def action_stop(self) -> None:
        """Stop."""
        self.dismiss("stop")
