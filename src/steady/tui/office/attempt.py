"""One attempt: what was said where it was shared, the levels and what they rest on."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from steady.errors import SteadyError
from steady.safety.cleaning import one_line
from steady.tui.office.told import on_day, told_rows
from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.sheet import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steady.office import SharedAttempt
    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("↑ ↓", "read on", ""),
    ("← →", "earlier, later", "turn(1)"),
    ("c", "beside the first", "compare"),
    ("n", "note", "note"),
    ("esc", "back", "app.pop_screen"),
)


class AttemptScreen(Screen[None]):
    """Read with the arrows; left and right go along the client's path."""

    app: "OfficeApp"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "app.pop_screen", show=False),
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
        Binding("c", "compare", show=False),
        Binding("n", "note", show=False),
        Binding("question_mark", "app.show_help", show=False),
    ]

    def __init__(self, attempt: int, turn: int | None = None) -> None:
        """The attempt of this number in the caseload; `turn` is to be in sight at once."""
        super().__init__()
        self._attempt = attempt
        self._turn = turn
        self._full: SharedAttempt | None = None
        self._path: tuple[int, ...] = ()
        self._sent: tuple[str, ...] = ()
        self._turns: tuple[int, ...] = ()

    def compose(self) -> ComposeResult:
        """The frame."""
        yield TopBar("")
        with Vertical(classes="column"):
            yield Sheet(id="said")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """Read it and show it."""
        self.query_one(Sheet).focus()
        self._read()

    def _read(self) -> None:
        office = self.app.office
        try:
            full = self._full = office.attempt(self._attempt)
            if not self._path:
                self._path = office.store.in_order(full.client.ref)
            self._sent = self._came_along(full)
        except SteadyError as fault:
            sentence = one_line(str(fault))
            self.query_one(Sheet).fill(partial(told_rows, sentence))
            return
        place = self._path.index(self._attempt) + 1 if self._attempt in self._path else 0
        self.query_one("#title", Static).update(plain(one_line(full.attempt.scenario.title)))
        name = one_line(full.client.name)
        self.query_one(TopBar).tell(f"{place} of {len(self._path)} · {name}")
        self.query_one(Sheet).fill(self._rows, from_top=True)
        if self._turn is not None:
            self.call_after_refresh(self._to_turn)

    def _to_turn(self) -> None:
        """To the turn that was asked for, now that its line is known."""
        if self._turn is not None and self._turn < len(self._turns):
            self.query_one(Sheet).show_row(self._turns[self._turn])
        self._turn = None

    def _rows(self, width: int) -> "Sequence[Row]":
        from steady.tui.office.attempt_told import attempt_told

        assert self._full is not None
        told = attempt_told(self._full, self._sent, self.app.office.today, width)
        self._turns = told.turns
        return told.rows

    def _came_along(self, full: "SharedAttempt") -> tuple[str, ...]:
        """The message of the packet it came with last, and the field notes on it."""
        store, attempt = self.app.office.store, full.attempt
        today = self.app.office.today
        told = [
            f"In the packet's message: “{packet.message.strip()}”"
            for packet in store.packets(attempt.ref)
            if packet.number == attempt.packet and packet.message.strip()
        ]
        for note in store.field_notes(attempt.ref):
            if note.number == attempt.number and note.scenario == attempt.scenario.id:
                said = {"yes": "said for real", "no": "not said"}.get(note.said, "not said yet")
                words = f": “{note.text.strip()}”" if note.text.strip() else ""
                told.append(f"{said}, {on_day(note.noted, today)}{words}")
        return tuple(told)

    def action_turn(self, step: int) -> None:
        """The attempt before or after on the client's path."""
        if self._attempt in self._path:
            place = self._path.index(self._attempt) + step
            if 0 <= place < len(self._path):
                self._attempt = self._path[place]
                self._read()

    def action_compare(self) -> None:
        """The first attempt at this scenario beside the latest."""
        if self._full is not None:
            attempt = self._full.attempt
            self.app.show_beside(attempt.ref, attempt.scenario.id)

    def action_note(self) -> None:
        """A note on this client, of one's own."""
        from steady.tui.office.write import WriteScreen

        if self._full is not None:
            office, ref = self.app.office, self._full.client.ref
            asked = "A note for yourself. It stays in your caseload; no client ever sees it."
            self.app.push_screen(WriteScreen(asked, lambda text: office.note(ref, text)))
