"""Progress: a line per criterion on a fixed scale; aided, unaided and probes apart; field notes;
and past attempts."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from steady.progress.trends import Trend, trends
from steady.records import BOTH, EMBEDDED
from steady.rubric.anchors import anchor
from steady.terms import Part, part_of
from steady.tui.screens.field_notes import note_line
from steady.tui.text import LEVEL_BARS, day, fit, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.store import AttemptSummary, FieldNote
    from steady.tui.app import SteadyApp

_KEYS = (
    ("← →", "one scenario", "narrow(1)"),
    ("enter", "read back", "open"),
    ("c", "my card", "carry"),
    ("n", "field notes", "notes"),
    ("esc", "back", "app.pop_screen"),
)
_WIDE, _NARROW = 78, 50  # cells of a terminal with room for the hour; all without the title
_SHOWN = 200
_ALL = "all"
_UNRATED = "·"
_NOTES_SHOWN = 2
_NAME, _LINE, _PROBES = 15, 22, 9
_MARKS = {EMBEDDED: "b", BOTH: "m"}
_READERS = "After an m, a model read the turns too; after a b, the built-in reader alone."
_WORDS = ("not yet", "emerging", "steady", "strong")


class ProgressScreen(Screen[None]):
    """Everything, or one scenario at a time."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    ProgressScreen #which { width: 100%; height: 1; margin-bottom: 1; }
    ProgressScreen #lines { width: 100%; height: auto; padding: 0 1; margin-bottom: 1; }
    ProgressScreen #notes { width: 100%; height: auto; padding: 0 1; margin-bottom: 1; }
    ProgressScreen #attempts { height: auto; }
    ProgressScreen .column { scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,p,q", "app.pop_screen", show=False),
        Binding("left", "narrow(-1)", show=False),
        Binding("right", "narrow(1)", show=False),
        Binding("c", "carry", show=False),
        Binding("n", "notes", show=False),
    ]

    def __init__(self) -> None:
        """Progress over all scenarios."""
        super().__init__()
        self._names: list[tuple[str | None, str]] = []
        self._titles: dict[str, str] = {}
        self._place = 0

    def compose(self) -> ComposeResult:
        """Which scenario, the lines, the attempts."""
        house = self.app.house
        practised = {row.scenario: row.title for row in house.store.practised()}
        shorts = {head.id: head.short for head in house.library.heads()}
        self._titles = practised
        self._names = [
            (None, _ALL),
            *((id_, shorts.get(id_, title)) for id_, title in practised.items()),
        ]
        finished = house.store.totals().finished
        yield TopBar("Progress", f"{finished} attempt{'' if finished == 1 else 's'}")
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(id="which")
            yield Static(id="lines")
            yield Static(id="notes")
            yield Menu(id="attempts")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """Everything first."""
        self._show()
        self.query_one("#attempts").focus(scroll_visible=False)

    def action_narrow(self, step: int) -> None:
        """Another scenario, or all of them."""
        self._place = (self._place + step) % len(self._names)
        self._show()

    def _show(self) -> None:
        scenario, name = self._names[self._place]
        shown = Content.assemble((" ‹ ", "$accent"), (name, "bold"), (" ›", "$accent"))
        self.query_one("#which", Static).update(shown)
        store = self.app.house.store
        points = store.trend(scenario)
        self.query_one("#lines", Static).update(_chart(trends(points)))
        self._show_notes(store.field_notes(scenario))
        menu = self.query_one("#attempts", Menu)
        menu.clear_options()
        today = datetime.now()
        found = [a for a in store.attempts(scenario, limit=_SHOWN) if a.outcome is not None]
        menu.add_options([_attempt(attempt, today, self.app.size.width) for attempt in found])
        if not found:
            menu.add_option(Option(styled("Nothing finished yet.", "dim"), disabled=True))
        else:
            menu.highlighted = 0

    def _show_notes(self, notes: "tuple[FieldNote, ...]") -> None:
        """The latest field notes, a line each."""
        today = datetime.now()
        shown = [
            Content("  ") + note_line(note, self._titles, today) for note in notes[:_NOTES_SHOWN]
        ]
        more = len(notes) - len(shown)
        if more > 0:
            shown.append(Content.styled(f"  and {more} more; n reads them all", "$foreground 70%"))
        box = self.query_one("#notes", Static)
        box.update(Content("\n").join([Content.styled("For real", "bold"), *shown]))
        box.display = bool(shown)

    def action_notes(self) -> None:
        """Every field note, or the question where a scenario has none yet."""
        scenario, name = self._names[self._place]
        if scenario is not None and not self.app.house.store.field_notes(scenario):
            from steady.tui.screens.field_note import FieldNoteScreen

            self.app.push_screen(FieldNoteScreen(scenario, name))
        else:
            from steady.tui.screens.field_notes import FieldNotesScreen

            self.app.push_screen(FieldNotesScreen(scenario, name, self._titles))

    def action_carry(self) -> None:
        """The line to carry for the scenario shown, or for one that is asked for."""
        from steady.tui.screens.card import CardScreen

        scenario, name = self._names[self._place]
        if scenario is None:
            self.app.action_carry()
        else:
            self.app.push_screen(CardScreen(scenario, name))

    def on_screen_resume(self) -> None:
        """A note made from here shows."""
        if self._names:
            scenario, _ = self._names[self._place]
            self._show_notes(self.app.house.store.field_notes(scenario))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The lines stay in sight until the cursor goes down the list of attempts."""
        if event.option_index:
            event.option_list.scroll_visible(animate=False)
        else:
            column = self.query_one(VerticalScroll)
            self.call_after_refresh(column.scroll_home, animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Read an attempt back."""
        from steady.tui.screens.transcript import TranscriptScreen

        self.app.push_screen(TranscriptScreen(int(event.option_id or "0")))

    def action_open(self) -> None:
        """As Enter does."""
        self.query_one("#attempts", Menu).action_select()


def _chart(lines: tuple[Trend, ...]) -> Content:
    probed = any(line.probes for line in lines)
    heads = f"{'':{_NAME}}{'without hints':{_LINE}}{'with hints':{_LINE}}"
    rows = [Content.styled(heads + ("checks" if probed else ""), "$foreground 70%")]
    for line in lines:
        name = anchor(line.criterion).name
        rows.append(
            Content.assemble(
                fit(name, _NAME),
                (fit(_drawn(line.unaided, line.unaided_by, _LINE - 1), _LINE), "$primary"),
                (fit(_drawn(line.aided, line.aided_by, _LINE - 1), _LINE), "$primary"),
                (_drawn(line.probes, line.probes_by, _PROBES) if probed else "", "$primary"),
            )
        )
    legend = "  ".join(f"{bar} {word}" for bar, word in zip(LEVEL_BARS, _WORDS, strict=True))
    rows.append(Content.styled(f"\n{legend}  {_UNRATED} not rated", "$foreground 70%"))
    if any(BOTH in (*line.aided_by, *line.unaided_by, *line.probes_by) for line in lines):
        rows.append(Content.styled(_READERS, "$foreground 70%"))
    return Content("\n").join(rows)


def _drawn(levels: tuple[int | None, ...], readers: tuple[str, ...], room: int) -> str:
    """The latest bars that fit; where another reader begins, its mark stands before its bar."""
    drawn, after = "", ""
    for level, reader in zip(reversed(levels), reversed(readers), strict=True):
        bar = _UNRATED if level is None else LEVEL_BARS[level]
        joint = _MARKS.get(after, "") if after != reader else ""
        if len(bar + joint + drawn) >= room:
            break
        drawn, after = bar + joint + drawn, reader
    first = _MARKS.get(after, "") if after != EMBEDDED else ""
    return first + drawn or "–"


def _attempt(attempt: "AttemptSummary", today: datetime, width: int) -> Option:
    """A line of the list; on a narrow terminal it does without the hour."""
    when = (attempt.ended or attempt.started).astimezone()
    outcome = attempt.came_out or "not finished"
    wide, on = width >= _WIDE, day(when.replace(tzinfo=None), today)
    returned = part_of(attempt.levels) is Part.RETURN
    where = "return" if returned else attempt.rung.value
    aids = "hints" if attempt.aided else "check" if attempt.probe else ""
    return Menu.entry(
        str(attempt.attempt),
        Content.assemble(
            *((fit(f"{on} {when:%H:%M}", 18), " ") if wide else (fit(on, 11), " ")),
            fit(attempt.title, 18 if wide else max(8, width - _NARROW)),
            "  ",
            (fit(where, 8), "$foreground 70%"),
            fit(outcome, 14),
            (f"{aids} m".strip() if attempt.reader == BOTH else aids, "$foreground 70%"),
        ),
    )
