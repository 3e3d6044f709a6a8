"""What would be in the packet, all of it, before it is written; then where it goes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from steady.errors import SteadyError
from steady.homework.preview import preview
from steady.homework.sharing import draft, write
from steady.tui.paths import default_folder, free, place_to_write
from steady.tui.screens.packet_told import told
from steady.tui.text import fit, plain
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.column import ReadOn
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.homework.sharing import Draft
    from steady.tui.app import SteadyApp

_ROOM = (
    "{name} keeps a caseload on this computer. What you chose, and nothing else of yours, is put"
    " into it now, without a file, so that you can look at it together."
)
_DANGER = (
    "What was said there sounded like danger, to you or to someone else, and help lines were"
    " shown. It stays between you and this computer unless you say otherwise. Do you want {name}"
    " to read it?"
)


class PacketScreen(ReadOn):
    """The whole of a draft in lines, and what can be done with it."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    PacketScreen .column { scrollbar-size-vertical: 1; }
    PacketScreen .text { width: 100%; height: auto; padding: 0 1; margin-bottom: 1; }
    PacketScreen Menu { margin-bottom: 1; }
    PacketScreen #fault { color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]

    def __init__(self, found: "Draft", message: str, notes: Sequence[str], kept: str) -> None:
        """A draft, and the message and notes it was made with.

        `kept` is the fact under which the message waits until it has gone.
        """
        super().__init__()
        self._draft = found
        self._message = message
        self._notes = notes
        self._kept = kept
        self._here = False

    def compose(self) -> ComposeResult:
        """The lines, then what to do; the whole of it is one step away."""
        yield TopBar("What would go", "nothing is written yet")
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(id="lines", classes="text")
            yield Menu()
            yield Static(id="fault", classes="text")
        yield KeyBar(
            ("enter", "choose", "choose"),
            ("page down", "read on", "read_on(1)"),
            ("esc", "change it", "app.pop_screen"),
        )

    def on_mount(self) -> None:
        """Show it; the cursor stands on reading more."""
        from steady.homework.in_the_room import therapist_here

        self._here = therapist_here(self._draft.to, self.app.house.places) is not None
        self._show()
        self.query_one(Menu).focus(scroll_visible=False)
        self.from_the_top()

    def _show(self) -> None:
        found = preview(self._draft)
        lines = Content("\n").join(plain(line) for line in found.lines())
        self.query_one("#lines", Static).update(lines)
        menu = self.query_one(Menu)
        menu.clear_options()
        menu.add_option(Menu.entry("all", "Read every line of it"))
        if self._left_out:
            count = self._left_out
            turns = "the turn" if count == 1 else f"the {count} turns"
            menu.add_option(Menu.entry("danger", f"Send {turns} marked as danger too"))
        if any(choice.danger for choice in self._draft.choices):
            menu.add_option(Menu.entry("keep", "Keep the turns marked as danger here after all"))
        menu.add_option(Menu.entry("write", "Write the packet to a file"))
        if self._here:
            name = fit(self._draft.to.therapist, 40).strip()
            menu.add_option(Menu.entry("room", f"Show it to {name} here, on this computer"))
        menu.highlighted = 0

    def _every_line(self) -> Iterator[str]:
        """The packet as it reads, and then as it is written."""
        yield from told(self._draft.packet)
        yield "And this is the packet itself, every single thing as it is written:"
        yield ""
        yield from preview(self._draft).everything()

    @property
    def _left_out(self) -> int:
        return sum(self._draft.left_out.values())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        if event.option_id == "all":
            from steady.tui.screens.read import ReadScreen

            self.app.push_screen(ReadScreen("Every line of it", "", self._every_line()))
        elif event.option_id == "danger":
            self._danger()
        elif event.option_id == "keep":
            self._draw_up(danger=False)
        elif event.option_id == "write":
            self._write()
        elif event.option_id == "room":
            self._show_here()

    @work(exclusive=True, group="packet")
    async def _danger(self) -> None:
        """A yes of its own for the turns that sounded like danger."""
        from steady.tui.screens.ask import AskScreen

        name = self._draft.to.therapist
        question = _DANGER.format(name=name)
        answers = ("no", "No, it stays here"), ("yes", f"Yes, {name} may read it")
        if await self.app.push_screen_wait(AskScreen(question, *answers)) == "yes":
            self._draw_up(danger=True)

    def _draw_up(self, *, danger: bool) -> None:
        """The same packet, with the turns marked as danger or without them."""
        house = self.app.house
        self._draft = draft(
            house.store,
            house.library,
            self._draft.to,
            [replace(each, danger=danger) for each in self._draft.choices],
            message=self._message,
            notes=self._notes,
        )
        self._show()

    @work(exclusive=True, group="packet")
    async def _write(self) -> None:
        """Seal it into a file where the client says."""
        from steady.tui.screens.sent import SentScreen
        from steady.tui.screens.where import WhereScreen

        name = f"rehearsals-{datetime.now():%Y-%m-%d}.steady-packet"

        def save(typed: str) -> str:
            path = place_to_write(typed, name)
            write(self._draft, self.app.house.store, path)
            self.app.house.store.keep_fact(self._kept, "")
            return str(path)

        question = (
            f"Where should the packet go? Only {self._draft.to.therapist} can open it; nobody else"
            " can, nor can you."
        )
        offered = str(free(default_folder() / name))
        saved = await self.app.push_screen_wait(WhereScreen(question, save, offered))
        if saved is not None:
            self.app.go_home()
            self.app.push_screen(SentScreen(saved, self._draft.to.therapist))

    @work(exclusive=True, group="packet")
    async def _show_here(self) -> None:
        """Into the caseload on this computer, by the client's own choice."""
        from steady.homework.in_the_room import show
        from steady.tui.screens.ask import AskScreen
        from steady.tui.screens.sent import SentScreen

        name, house = self._draft.to.therapist, self.app.house
        answers = ("no", "Not now"), ("yes", f"Yes, put it into {name}'s caseload")
        if await self.app.push_screen_wait(AskScreen(_ROOM.format(name=name), *answers)) != "yes":
            return
        try:
            show(self._draft, house.store, house.places)
            house.store.keep_fact(self._kept, "")
        except SteadyError as fault:
            self.query_one("#fault", Static).update(plain(str(fault)))
            return
        self.app.go_home()
        self.app.push_screen(SentScreen(None, name))

    def action_choose(self) -> None:
        """As Enter does."""
        self.query_one(Menu).action_select()
