"""Homework: what is set and by whom, what was shared, and what can be done with either."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from steady.errors import SteadyError
from steady.homework.due import homework_words
from steady.tui.text import day, fit, plain
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.store import Homework, OpenedPack, Shared
    from steady.tui.app import SteadyApp

_QUIET = "$foreground 70%"
_TITLE, _WHO = 66, 40
_NONE = (
    "Nothing is set here yet. When your therapist gives you a file, open it here; what it asks then"
    " stands at home, first thing."
)
_SHARE = 41  # cells of a line of what was shared, and around it, that are not the name
_KEYS = (
    ("enter", "open", "open"),
    ("o", "open a file", "open_file"),
    ("esc", "back", "app.pop_screen"),
)


class HomeworkScreen(Screen[None]):
    """One list: the work by therapist, then what was shared."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    HomeworkScreen #list { height: 1fr; width: 100%; scrollbar-size-vertical: 1; }
    HomeworkScreen #note {
        display: none;
        width: 100%;
        height: auto;
        padding: 0 1;
        margin-bottom: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h", "app.pop_screen", show=False),
        Binding("o", "open_file", show=False),
    ]

    def compose(self) -> ComposeResult:
        """The frame; `_show` fills it."""
        yield TopBar("Homework")
        with Vertical(classes="column"):
            yield Static(id="note")
            yield Menu(id="list")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """Show what there is."""
        self._show()
        self.query_one("#list").focus()

    def on_screen_resume(self) -> None:
        """What was done elsewhere shows."""
        self._show()

    def _show(self, note: str = "") -> None:
        house = self.app.house
        titles = {head.id: head.title for head in house.library.heads()}
        packs, shares = house.store.packs(), house.store.shares()
        menu = self.query_one("#list", Menu)
        here = menu.highlighted_option.id if menu.highlighted_option else None
        menu.clear_options()
        for pack in packs:
            menu.add_options(self._pack(pack, titles))
        if shares:
            menu.add_option(Menu.heading("Shared so far"))
            menu.add_options([_share(each, self.app.size.width) for each in shares])
        menu.add_option(Menu.heading("More"))
        menu.add_option(Menu.entry("file", "Open homework from a file"))
        places = {o.id: n for n, o in enumerate(menu.options) if not o.disabled}
        menu.highlighted = places.get(here, min(places.values()))
        self._tell(note if note or packs or shares else _NONE)

    def _tell(self, sentence: str) -> None:
        note = self.query_one("#note", Static)
        note.update(plain(sentence))
        note.display = bool(sentence)

    def _pack(self, pack: "OpenedPack", titles: dict[str, str]) -> Iterator[Option]:
        today = datetime.now()
        opened = day(pack.opened.astimezone().replace(tzinfo=None), today)
        yield Option(
            Content.assemble(
                (fit(f"From {pack.therapist}", _WHO), "bold"), (f" opened {opened}", _QUIET)
            ),
            disabled=True,
        )
        yield Option(Content.styled(f"  Figures {pack.fingerprint}", _QUIET), disabled=True)
        for each in self.app.house.store.homework(pack.id):
            yield _assignment(each, titles, today)
        yield Menu.entry(f"share:{pack.id}", plain(f"Share with {fit(pack.therapist, 40).strip()}"))
        yield Menu.entry(f"forget:{pack.id}", "Forget this homework")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was chosen."""
        kind, _, name = (event.option_id or "").partition(":")
        try:
            if kind == "homework":
                self.app.brief_homework(name)
            elif kind == "share":
                self.app.share(name)
            elif kind == "forget":
                self._forget(name)
            elif kind == "shared":
                self._look_at(name)
            else:
                self.action_open_file()
        except SteadyError as fault:
            self._tell(str(fault))

    def action_open(self) -> None:
        """As Enter does."""
        self.query_one("#list", Menu).action_select()

    def action_open_file(self) -> None:
        """Homework from a file."""
        self.app.action_open_homework()

    def _look_at(self, packet: str) -> None:
        from steady.tui.screens.read import ReadScreen

        share = next(s for s in self.app.house.store.shares() if s.packet == packet)
        self.app.push_screen(ReadScreen("Shared", f"with {share.therapist}", self._told(share)))

    def _told(self, share: "Shared") -> Iterator[str]:
        """What a packet held, a line each."""
        at = share.at.astimezone()
        yield f"For {share.therapist}, whose figures read {share.fingerprint}."
        yield f"Written on {at.day} {at:%B %Y at %H:%M} to {share.file}"
        if share.message:
            yield f"Your message: {share.message}"
        yield ""
        for part in share.attempts:
            words = "with the words" if part.words else "levels only"
            danger = ", turns marked as danger too" if part.danger else ""
            yield f"{self._named(part.attempt)}: {words}{danger}"
        if share.notes:
            count = len(share.notes)
            yield f"{count} field note{'' if count == 1 else 's'}"
        yield ""
        yield "What was sent cannot be called back from here."

    def _named(self, attempt: int) -> str:
        """A rehearsal by its title and day; by its number where it was erased since."""
        from steady.store import NoSuchAttemptError

        try:
            kept = self.app.house.store.transcript(attempt)
        except NoSuchAttemptError:
            return f"Rehearsal {attempt}, erased here since"
        at = kept.started.astimezone()
        return f"{kept.start.scenario.title}, {kept.start.rung.value}, {at.day} {at:%B %H:%M}"

    @work(exclusive=True, group="ask")
    async def _forget(self, pack_id: str) -> None:
        """Say what goes and what stays, and ask."""
        from steady.homework.opening import forget, what_forgetting_takes
        from steady.tui.screens.ask import AskScreen

        house = self.app.house
        pack = house.store.pack(pack_id)
        if pack is None:
            return
        takes = what_forgetting_takes(pack, house.store, house.places)
        lines = [f"Forget the homework from {pack.therapist}?", "", "This goes:"]
        lines += [f"  {sentence}" for sentence in takes.goes]
        lines += ["", "This stays:", *(f"  {sentence}" for sentence in takes.stays)]
        answers = ("keep", "Keep it"), ("forget", "Forget it")
        if await self.app.push_screen_wait(AskScreen("\n".join(lines), *answers)) != "forget":
            return
        try:
            forget(pack, house.store, house.places)
        except SteadyError as fault:
            self._tell(str(fault))
            return
        house.scenarios_changed()
        self._show("Forgotten. Opening its file again brings it back.")


def _assignment(each: "Homework", titles: dict[str, str], today: datetime) -> Option:
    assigned = each.assigned
    title = titles.get(assigned.scenario, assigned.scenario)
    words = homework_words(each, today.date())
    line = Content.assemble(
        fit(title, _TITLE).rstrip(), (f"\n    {assigned.rung.value} · {words}", _QUIET)
    )
    return Menu.entry(f"homework:{assigned.id}", line)


def _share(share: "Shared", width: int) -> Option:
    when = day(share.at.astimezone().replace(tzinfo=None), datetime.now())
    count = len(share.attempts)
    what = f"{count} rehearsal{'' if count == 1 else 's'}"
    line = Content.assemble(
        fit(when, 18), fit(f"with {share.therapist}", min(32, width - _SHARE)), "  ", (what, _QUIET)
    )
    return Menu.entry(f"shared:{share.packet}", line)
