"""The first run: what this is, what it is not, and a short first rehearsal."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import OptionList, Static

from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.tui.app import SteadyApp

_TEXT = (
    "Here you can rehearse a hard conversation before you have it.",
    "A made-up partner says what yours might say. You answer in your own words. They push back,"
    " as people do. Then you see what worked and one thing to try, and you can say it again as"
    " often as you like.",
    "Nothing you type leaves this machine.",
    "This is practice, not therapy, and it is not for a partner you are afraid of. If you are in"
    " danger, close this and call for help; the help screen has numbers.",
    "You can slow down or stop at any moment. Nobody is counting.",
)


class WelcomeScreen(Screen[None]):
    """One short screen, once."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    WelcomeScreen #text { width: 100%; height: auto; margin: 1 0; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "look", show=False)]

    def compose(self) -> ComposeResult:
        """The text and two ways on."""
        yield TopBar("Steady")
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(plain("\n\n".join(_TEXT)), id="text")
            yield Menu(
                ("first", "A first rehearsal, three minutes, with help at hand"),
                ("look", "Look around first"),
            )
        yield KeyBar(("enter", "choose", "choose"), ("esc", "look around", "look"))

    def on_mount(self) -> None:
        """The cursor stands on the first rehearsal."""
        menu = self.query_one(Menu)
        menu.highlighted = 0
        menu.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go where was chosen."""
        self.app.house.seen_welcome()
        if event.option_id == "first":
            rehearsal = self.app.house.first_rehearsal()
            self.app.pop_screen()
            self.app.talk(rehearsal)
        else:
            self.app.pop_screen()

    def action_choose(self) -> None:
        """As Enter does."""
        self.query_one(Menu).action_select()

    def action_look(self) -> None:
        """Home."""
        self.app.house.seen_welcome()
        self.app.pop_screen()
