"""Homework from a file: who it says it is from, the figures to compare, and then a choice."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from steady.errors import SteadyError
from steady.homework.due import due_words
from steady.tui.text import plain, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.column import ReadOn
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.homework.formats import Assignment
    from steady.homework.opening import Opening
    from steady.tui.app import SteadyApp

_HERE_ALREADY = {
    "same": "You have this already; nothing would change.",
    "older": "You have a newer one of these already; nothing would change.",
    "newer": "It takes the place of the one you have. What you did for that stays and counts.",
    "again": "You had this before. What you did for it counts again.",
}


class OpeningScreen(ReadOn):
    """A checked pack, before it is added. Nothing has been changed yet."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    OpeningScreen .column { scrollbar-size-vertical: 1; }
    OpeningScreen .text { width: 100%; height: auto; padding: 0 1; margin-bottom: 1; }
    OpeningScreen #figures { text-style: bold; color: $accent; padding: 0 4; }
    OpeningScreen .caution { color: $warning; }
    OpeningScreen Menu { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]

    def __init__(self, opening: "Opening") -> None:
        """A pack that was read and checked."""
        super().__init__()
        self._opening = opening
        self._titles: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Who, the figures, what to do, and then all that it asks."""
        opening, pack = self._opening, self._opening.pack
        name = pack.therapist.name
        made = pack.made.astimezone()
        yield TopBar("Homework from a file", f"made {made.day} {made:%B}")
        with VerticalScroll(classes="column", can_focus=False):
            who = Content.assemble(
                plain("It says it is from "),
                styled(name, "bold"),
                plain(", for "),
                styled(pack.client.name, "bold"),
                plain(
                    f". Anyone can write a name, so ask {name} to read their figures to you. If"
                    " these differ, leave it."
                ),
            )
            yield Static(who, classes="text")
            yield Static(plain(opening.fingerprint), classes="text", id="figures")
            if opening.standing in _HERE_ALREADY:
                yield Static(plain(_HERE_ALREADY[opening.standing]), classes="text")
            for caution in opening.cautions:
                yield Static(plain(caution), classes="text caution")
            yield Menu(*self._answers())
            yield Static(self._asks(), classes="text")
            yield Static(id="fault", classes="text caution")
        yield KeyBar(
            ("enter", "choose", "choose"),
            ("page down", "read on", "read_on(1)"),
            ("esc", "leave it", "app.pop_screen"),
        )

    def on_mount(self) -> None:
        """The cursor stands on the harmless answer."""
        menu = self.query_one(Menu)
        menu.highlighted = 0
        menu.focus(scroll_visible=False)
        self.from_the_top()

    def _answers(self) -> list[tuple[str, str]]:
        leave = ("leave", "Leave it for now")
        if not self._opening.changes:
            return [leave]
        return [leave, ("add", "The figures are the same: add it to my homework")]

    def _asks(self) -> Content:
        pack = self._opening.pack
        parts: list[Content] = []
        if pack.message:
            parts.append(Content.assemble(("Message  ", "bold"), plain(pack.message), "\n"))
        if pack.assignments:
            self._titles = self._all_titles()
            parts.append(Content.styled("What it asks", "bold"))
            parts.extend(self._assignment(each) for each in pack.assignments)
        if pack.scenarios:
            count = len(pack.scenarios)
            brings = f"{count} scenario{'' if count == 1 else 's'} of their own"
            parts.append(plain(f"\nIt brings {brings}, kept apart from yours."))
        return Content("\n").join(parts)

    def _all_titles(self) -> dict[str, str]:
        """The titles of what is here and of what comes with the pack."""
        import tomllib

        titles = {head.id: head.title for head in self.app.house.library.heads()}
        brought = ((each.id, tomllib.loads(each.toml)) for each in self._opening.pack.scenarios)
        return titles | {name: str(tree.get("title", name)) for name, tree in brought}

    def _assignment(self, each: "Assignment") -> Content:
        times = "once" if each.times == 1 else f"{each.times} times"
        due = due_words(each.due, datetime.now().date())
        aids = {"on": "with hints", "off": "without hints", None: ""}[each.aids]
        words = ", ".join(filter(None, (each.rung.value, times, due, aids)))
        line = Content.assemble(
            plain(f"  {self._titles.get(each.scenario, each.scenario)}  "),
            (words, "$foreground 70%"),
        )
        return line if not each.note else line + plain(f"\n    {each.note}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Add it, or leave it."""
        if event.option_id != "add":
            self.app.pop_screen()
            return
        from steady.homework.opening import take

        house = self.app.house
        try:
            take(self._opening, house.store, house.places)
        except SteadyError as fault:
            self.query_one("#fault", Static).update(plain(str(fault)))
            self.query_one("#fault").scroll_visible(animate=False)
            return
        house.scenarios_changed()
        self.app.go_home()

    def action_choose(self) -> None:
        """As Enter does."""
        self.query_one(Menu).action_select()
