"""Sharing: choose rehearsals, with their words or levels only. Nothing is written here yet."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static, TextArea

from steady.errors import SteadyError
from steady.homework.sharing import Choice as Chosen
from steady.homework.sharing import default_choices, draft
from steady.safety.cleaning import clean
from steady.tui.text import day, fit, plain, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from steady.store import AttemptSummary, FieldNote, OpenedPack
    from steady.tui.app import SteadyApp

LONGEST_MESSAGE = 4_000
"""The longest line to the therapist, in characters."""

WORDS, LEVELS, NOT = "words", "levels", "not"
SHARE = "share"

_KEYS = (
    ("← →", "what goes", ""),
    ("tab", "next", "app.focus_next"),
    ("enter", "see it first", "look"),
    ("esc", "back", "leave"),
)
_NOTHING = (
    "Nothing is chosen yet. The arrows left and right put words or levels on a rehearsal, or share"
    " a note."
)
_LATEST = 200
_OTHERS = 20  # rehearsals not set as homework that are offered too
_RUNG, _WHEN = 8, 12
_LABEL, _STATES = 49, 27  # of a row at 80 columns: what it is, and whether it goes
_SAID = {"yes": "said for real", "no": "another way", "not yet": "not yet"}


class Row(Choice):
    """A rehearsal or a note, and whether it goes."""


class ShareScreen(Screen[None]):
    """A row for each rehearsal; those of the homework not shared yet go unless told otherwise."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    ShareScreen .column { scrollbar-size-vertical: 1; }
    ShareScreen .text { width: 100%; height: auto; padding: 0 1; margin-bottom: 1; }
    ShareScreen .group { width: 100%; height: auto; padding: 0 1; text-style: bold; }
    ShareScreen Row { margin: 0; }
    ShareScreen #message {
        height: auto;
        min-height: 3;
        max-height: 6;
        margin-top: 1;
        border: round $border;
        border-title-color: $foreground 70%;
        background: $background;
        padding: 0 1;
    }
    ShareScreen #message:focus { border: round $accent; }
    ShareScreen #look {
        margin: 1 2;
        height: 1;
        min-width: 12;
        border: none;
        background: $panel;
        color: $accent;
        text-style: bold;
        padding: 0 2;
    }
    ShareScreen #look:focus { background: $accent; color: $background; text-style: bold; }
    ShareScreen #fault { color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "look", show=False),
        Binding("escape", "leave", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, to: "OpenedPack") -> None:
        """For the therapist of a pack."""
        super().__init__()
        self._to = to
        self._attempts: dict[str, int] = {}
        self._notes: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """What goes and what does not, a line to the therapist, and on."""
        store = self.app.house.store
        yield TopBar("Share", f"with {fit(self._to.therapist, 28).strip()}")
        offered = [choice.attempt for choice in default_choices(store, self._to)]
        finished = self._finished(offered)
        shared = self._shared()
        set_ = [finished[n] for n in offered if n in finished]
        others = [a for n, a in finished.items() if n not in offered][:_OTHERS]
        notes = store.field_notes(unshared=True)[:_OTHERS]
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(plain(_intro(self._to.therapist)), classes="text")
            yield from self._rows("Homework, not shared yet", set_, LEVELS, shared)
            yield from self._rows("Other rehearsals", others, NOT, shared)
            if notes:
                yield Static("What you noted", classes="group")
                yield from (self._note(note) for note in notes)
            if not set_ and not others and not notes:
                yield Static("There is no finished rehearsal to share yet.", classes="text")
            yield TextArea(store.fact(self._kept) or "", id="message", tab_behavior="focus")
            yield Button("See what would go", id="look")
            yield Static(id="fault", classes="text")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """The cursor stands on the first row."""
        message = self.query_one("#message", TextArea)
        message.border_title = plain(  # as a plain string it would be read as markup
            f"A line to {fit(self._to.therapist, 40).strip()}, if you like"
        )
        message.cursor_blink = False
        rows = self.query(Row)
        (rows.first() if rows else message).focus(scroll_visible=False)

    @property
    def _kept(self) -> str:
        """Under which name a line half written is kept."""
        return f"line-to:{self._to.fingerprint}"

    def action_leave(self) -> None:
        """Back; the line to the therapist waits for the next time."""
        self._keep_line()
        self.app.pop_screen()

    def _keep_line(self) -> None:
        text = self.query_one("#message", TextArea).text[:LONGEST_MESSAGE]
        store = self.app.house.store
        if text != (store.fact(self._kept) or ""):
            store.keep_fact(self._kept, text)

    @property
    def _label_width(self) -> int:
        return min(_LABEL, self.app.size.width - _STATES)

    def _finished(self, wanted: list[int]) -> "dict[int, AttemptSummary]":
        """The latest finished rehearsals, as far back as those wanted reach."""
        store, limit = self.app.house.store, _LATEST
        while True:
            latest = store.attempts(limit=limit)
            found = {each.attempt: each for each in latest if each.outcome is not None}
            if len(latest) < limit or all(number in found for number in wanted):
                return found
            limit *= 4

    def _shared(self) -> set[int]:
        """The rehearsals that went to this therapist before."""
        return {
            part.attempt
            for share in self.app.house.store.shares()
            if share.fingerprint == self._to.fingerprint
            for part in share.attempts
        }

    def _rows(
        self, heading: str, attempts: "list[AttemptSummary]", state: str, shared: set[int]
    ) -> ComposeResult:
        if not attempts:
            return
        yield Static(heading, classes="group")
        today = datetime.now()
        for attempt in attempts:
            name = f"attempt-{attempt.attempt}"
            self._attempts[name] = attempt.attempt
            when = day((attempt.ended or attempt.started).astimezone().replace(tzinfo=None), today)
            mark = "shared" if attempt.attempt in shared else when
            room = self._label_width - 2 - _RUNG - _WHEN
            label = f"{fit(attempt.title, room - 1)} {fit(attempt.rung.value, _RUNG)}{mark}"
            states = [WORDS, LEVELS, NOT]
            yield Row(label, states, states.index(state), id=name, label_width=self._label_width)

    def _note(self, note: "FieldNote") -> Row:
        name = f"note-{note.id}"
        self._notes[name] = note.id
        text = " ".join(note.text.split()) or _SAID[note.said]
        label = fit(text, self._label_width - 4).rstrip()
        return Row(label, [SHARE, NOT], 1, id=name, label_width=self._label_width)

    @on(Button.Pressed, "#look")
    def _pressed(self) -> None:
        self.action_look()

    def action_look(self) -> None:
        """Show all that would be in the packet."""
        from steady.tui.screens.packet import PacketScreen

        values = {row.id or "": row.value for row in self.query(Row)}
        choices = [
            Chosen(number, words=values[name] == WORDS)
            for name, number in self._attempts.items()
            if values[name] != NOT
        ]
        notes = [note for name, note in self._notes.items() if values[name] == SHARE]
        self._keep_line()
        message = clean(self.query_one("#message", TextArea).text).strip()
        house = self.app.house
        if not choices and not notes:
            self._tell(_NOTHING)
            return
        try:
            found = draft(
                house.store, house.library, self._to, choices, message=message, notes=notes
            )
        except SteadyError as fault:
            self._tell(str(fault))
            return
        self.query_one("#fault", Static).update(Content(""))
        self.app.push_screen(PacketScreen(found, message, notes, self._kept))

    def _tell(self, sentence: str) -> None:
        """Say what stands in the way, and bring it into sight once it has its place."""
        fault = self.query_one("#fault", Static)
        fault.update(styled(sentence, "$warning"))
        self.call_after_refresh(fault.scroll_visible, animate=False)


def _intro(therapist: str) -> str:
    return (
        f"You choose what {therapist} gets to see. Levels say how it went in figures, and none of"
        " what was said; words send the talk too. Nothing is written yet."
    )
