"""Importing: packets by their place, one or several; each whole or not at all."""

import shlex
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from steady.errors import SteadyError
from steady.safety.cleaning import one_line
from steady.tui.office.told import told_rows
from steady.tui.paths import PathFault, typed_path
from steady.tui.text import plain, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.say_box import SayBox
from steady.tui.widgets.sheet import Row, Sheet, blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steady.store.caseload import Taken
    from steady.tui.office.app import OfficeApp

MOST_FILES = 500
"""How many files are taken at a time."""

_QUESTION = (
    "Where are the packets? Type or paste their places, one on each line, or drop the files here."
    " A folder stands for every packet in it."
)
_KEYS = (
    ("enter", "import", "take"),
    ("ctrl+j", "a new line", ""),
    ("esc", "back", "leave"),
)
_AFTER = (
    ("enter", "open the client", "open"),
    ("tab", "more files", "more"),
    ("esc", "back", "leave"),
)


class ImportScreen(Screen[None]):
    """A box for places; below it, file by file, what came of them."""

    app: "OfficeApp"
    DEFAULT_CSS = """
    ImportScreen #question { width: 100%; height: auto; padding: 0 1; margin-bottom: 1; }
    ImportScreen Sheet { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab", "more", show=False, priority=True),
    ]

    def __init__(self) -> None:
        """Nothing imported yet."""
        super().__init__()
        self._waiting: list[Path] = []
        self._came: list[tuple[str, Taken | str]] = []

    def compose(self) -> ComposeResult:
        """The question, the box, the results."""
        yield TopBar("Import what clients sent")
        with Vertical(classes="column"):
            yield Static(plain(_QUESTION), id="question")
            yield SayBox(id="places")
            yield Sheet(id="came")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """The cursor stands in the box."""
        self.query_one(SayBox).focus()

    @on(SayBox.Said)
    def _said(self, event: SayBox.Said) -> None:
        """Take what was named; what was imported before stays listed below."""
        if self._waiting:
            return
        try:
            self._waiting = typed_files(event.text)
        except PathFault as fault:
            self._came.insert(0, ("", str(fault)))
            self._show()
            return
        self._take_next(len(self._waiting))

    def action_take(self) -> None:
        """As Enter does."""
        self.post_message(SayBox.Said(self.query_one(SayBox).text))

    def _take_next(self, of: int) -> None:
        """One file, then a look at the screen, then the next."""
        if not self._waiting:
            self._done()
            return
        self.query_one(TopBar).tell(f"{of - len(self._waiting) + 1} of {of}")
        path = self._waiting.pop(0)
        try:
            came: Taken | str = self.app.office.take(path)
        except SteadyError as fault:
            came = str(fault)
        self._came.insert(0, (path.name, came))
        self.call_after_refresh(self._take_next, of)

    def _done(self) -> None:
        good = sum(1 for _, came in self._came if not isinstance(came, str))
        self.query_one(TopBar).tell(f"{good} of {len(self._came)} could be used")
        self._show()
        if good:
            self.query_one(SayBox).text = ""
            self.query_one(Sheet).focus()
            self.query_one(KeyBar).show_keys(*_AFTER)

    def _show(self) -> None:
        self.query_one(Sheet).fill(self._rows, from_top=True)

    def _rows(self, width: int) -> "Sequence[Row]":
        from steady.homework.importing import told

        rows: list[Row] = []
        for file, came in self._came:
            if isinstance(came, str):
                rows += told_rows(styled(came, "$warning"), width)
            else:
                first, *more = told(came)
                rows.append(Row(styled(first, "bold"), f"client:{came.ref}"))
                for sentence in more:
                    rows += told_rows(sentence, width, indent=2)
                if came.message and not came.again:
                    rows += told_rows(f"“{came.message.strip()}”", width, indent=4)
            if file and not isinstance(came, str):
                rows.append(Row(Content.styled(f"  {one_line(file)}", "$foreground 60%")))
            rows.append(blank())
        return rows

    @on(Sheet.Chosen)
    def _open(self, event: Sheet.Chosen) -> None:
        """To the client it came from."""
        self.app.pop_screen()
        self.app.show_client(event.name.partition(":")[2])

    def action_leave(self) -> None:
        """Back; while files are being taken in, first stop before the next one."""
        if self._waiting:
            self._waiting.clear()
        else:
            self.app.pop_screen()

    def action_open(self) -> None:
        """As Enter does."""
        self.query_one(Sheet).action_open()

    def action_more(self) -> None:
        """Between the box and what came."""
        box = self.query_one(SayBox)
        if self.focused is box and self.query_one(Sheet).here:
            self.query_one(Sheet).focus()
            self.query_one(KeyBar).show_keys(*_AFTER)
        else:
            box.focus()
            self.query_one(KeyBar).show_keys(*_KEYS)


def typed_files(text: str) -> list[Path]:
    """The files that were typed, pasted or dropped, each once; a folder stands for its packets.

    A line is one place where there is such a file, else as many as a shell would see in it.
    Raises PathFault where nothing was named, or too much.
    """
    found: dict[Path, None] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        whole = typed_path(line)
        places = [whole] if whole.exists() else _several(line) or [whole]
        for place in places:
            for file in islice(_packets(place), MOST_FILES + 1):
                found[file] = None
    if not found:
        raise PathFault(
            "There is no packet in that folder; their names end in .steady-packet."
            if text.strip()
            else "Type or paste where the file is."
        )
    if len(found) > MOST_FILES:
        raise PathFault(f"These are more than {MOST_FILES} files; name fewer at a time.")
    return list(found)


def _several(line: str) -> list[Path]:
    """The places that a shell would see in a line, if there is something at each of them."""
    try:
        words = shlex.split(line)
    except ValueError:
        return []
    places = [typed_path(word) for word in words if word.strip()]
    return places if all(place.exists() for place in places) else []


def _packets(place: Path) -> list[Path]:
    try:
        return sorted(place.glob("*.steady-packet")) if place.is_dir() else [place]
    except OSError:
        return [place]
