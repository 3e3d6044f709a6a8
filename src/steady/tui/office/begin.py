"""The first time: a key is made, and how to keep it is said."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from steady.errors import SteadyError
from steady.tui.text import plain, styled
from steady.tui.widgets.bars import KeyBar, TopBar

if TYPE_CHECKING:
    from steady.homework.keys import TherapistKeys
    from steady.tui.office.app import OfficeApp

_TEXT = (
    "Here you set homework, and see what your clients choose to share of it.",
    "It begins with a key, made once on this computer. What clients share is sealed so that this"
    " key alone can open it. There is no server and no account.",
    "Under which name do your clients know you? They read it with each piece of homework.",
)


class BeginScreen(Screen[bool]):
    """Gives back whether a key was made."""

    app: "OfficeApp"
    DEFAULT_CSS = """
    BeginScreen Static { width: 100%; height: auto; padding: 0 1; margin-top: 1; }
    BeginScreen Input { height: 3; border: round $border; background: $background; margin-top: 1; }
    BeginScreen Input:focus { border: round $accent; }
    BeginScreen #fault { color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter", "go_on", show=False),
    ]

    def __init__(self) -> None:
        """No key yet."""
        super().__init__()
        self._made = False

    def compose(self) -> ComposeResult:
        """What this is, and the name."""
        yield TopBar("Steady, for therapists", "the first time")
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(plain("\n\n".join(_TEXT)), id="text")
            yield Input(placeholder="Dr Moreno", id="name")
            yield Static(id="fault")
        yield KeyBar(("enter", "make the key", "go_on"), ("esc", "leave", "leave"))

    def on_mount(self) -> None:
        """The cursor stands in the box."""
        box = self.query_one(Input)
        box.cursor_blink = False
        box.focus()

    @on(Input.Submitted)
    def action_go_on(self) -> None:
        """Make the key; then on to the caseload."""
        if self._made:
            self.dismiss(True)
            return
        try:
            keys = self.app.office.set_up(self.query_one(Input).value)
        except SteadyError as fault:
            self.query_one("#fault", Static).update(plain(str(fault)))
            return
        self._made = True
        self.query_one(Input).display = False
        self.query_one("#fault", Static).update("")
        self.query_one(TopBar).tell("the key is made")
        self.query_one("#text", Static).update(_kept(keys))
        self.query_one(KeyBar).show_keys(("enter", "to the caseload", "go_on"))

    def action_leave(self) -> None:
        """One step back: out, where there is no key yet."""
        self.dismiss(self._made)


def _kept(keys: "TherapistKeys") -> Content:
    from steady.homework.keys import how_to_back_up

    return Content.assemble(
        plain(f"Made for {keys.name}.\n\n"),
        plain(how_to_back_up(keys)),
        "\n\nYour fingerprint, to be read aloud when a client opens your first pack:\n\n  ",
        styled(keys.fingerprint, "bold $accent"),
        "\n\nIt is shown again each time you save a pack, and on the help screen.",
    )
