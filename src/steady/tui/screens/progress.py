"""Progress: a line per criterion on a fixed scale, aided and unaided apart, and past attempts."""

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
from steady.tui.text import LEVEL_BARS, day, fit, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.store import AttemptSummary
    from steady.tui.app import SteadyApp

_KEYS = (
    ("← →", "one scenario", "narrow(1)"),
    ("↑ ↓", "attempts", ""),
    ("enter", "read it back", "open"),
    ("esc", "back", "app.pop_screen"),
)
_SHOWN = 200
_ALL = "all"
_UNRATED = "·"
_WIDEST = 25
_MARKS = {EMBEDDED: "b", BOTH: "m"}
_READERS = "After an m, a model read the turns too; after a b, the built-in reader alone."
_WORDS = ("not yet", "emerging", "steady", "strong")


class ProgressScreen(Screen[None]):
    """Everything, or one scenario at a time."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    ProgressScreen #which { width: 100%; height: 1; margin-bottom: 1; }
    ProgressScreen #lines { width: 100%; height: auto; padding: 0 1; margin-bottom: 1; }
    ProgressScreen #attempts { height: auto; }
    ProgressScreen .column { scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,p,q", "app.pop_screen", show=False),
        Binding("left", "narrow(-1)", show=False),
        Binding("right", "narrow(1)", show=False),
    ]

    def __init__(self) -> None:
        """Progress over all scenarios."""
        super().__init__()
        self._names: list[tuple[str | None, str]] = []

    def compose(self) -> ComposeResult:
        """Which scenario, the lines, the attempts."""
        house = self.app.house
        practised = {row.scenario: row.title for row in house.store.practised()}
        shorts = {head.id: head.short for head in house.library.heads()}
        self._names = [
            (None, _ALL),
            *((id_, shorts.get(id_, title)) for id_, title in practised.items()),
        ]
        finished = house.store.totals().finished
        yield TopBar("Progress", f"{finished} attempt{'' if finished == 1 else 's'}")
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(id="which")
            yield Static(id="lines")
            yield Menu(id="attempts")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """Everything first."""
        self._place = 0
        self._show()
        self.query_one("#attempts").focus()

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
        menu = self.query_one("#attempts", Menu)
        menu.clear_options()
        today = datetime.now()
        found = [a for a in store.attempts(scenario, limit=_SHOWN) if a.outcome is not None]
        menu.add_options([_attempt(attempt, today) for attempt in found])
        if not found:
            menu.add_option(Option(styled("Nothing finished yet.", "dim"), disabled=True))
        else:
            menu.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Read an attempt back."""
        from steady.tui.screens.transcript import TranscriptScreen

        self.app.push_screen(TranscriptScreen(int(event.option_id or "0")))

    def action_open(self) -> None:
        """As Enter does."""
        self.query_one("#attempts", Menu).action_select()


def _chart(lines: tuple[Trend, ...]) -> Content:
    rows = [Content.styled(f"{'':16}{'without hints':26}with hints", "$foreground 70%")]
    for line in lines:
        name = anchor(line.criterion).name
        rows.append(
            Content.assemble(
                fit(name, 16),
                (fit(_drawn(line.unaided, line.unaided_by), 26), "$primary"),
                (_drawn(line.aided, line.aided_by), "$primary"),
            )
        )
    legend = "  ".join(f"{bar} {word}" for bar, word in zip(LEVEL_BARS, _WORDS, strict=True))
    rows.append(Content.styled(f"\n{legend}  {_UNRATED} not rated", "$foreground 70%"))
    if any(BOTH in (*line.aided_by, *line.unaided_by) for line in lines):
        rows.append(Content.styled(_READERS, "$foreground 70%"))
    return Content("\n").join(rows)


def _drawn(levels: tuple[int | None, ...], readers: tuple[str, ...]) -> str:
    """The latest bars that fit; where another reader begins, its mark stands before its bar."""
    drawn, after = "", ""
    for level, reader in zip(reversed(levels), reversed(readers), strict=True):
        bar = _UNRATED if level is None else LEVEL_BARS[level]
        joint = _MARKS.get(after, "") if after != reader else ""
        if len(bar + joint + drawn) >= _WIDEST:
            break
        drawn, after = bar + joint + drawn, reader
    first = _MARKS.get(after, "") if after != EMBEDDED else ""
    return first + drawn or "–"


def _attempt(attempt: "AttemptSummary", today: datetime) -> Option:
    when = (attempt.ended or attempt.started).astimezone()
    outcome = attempt.outcome.spoken if attempt.outcome else "not finished"
    returned = part_of(attempt.levels) is Part.RETURN
    where = "return" if returned else attempt.rung.value
    aids = "hints" if attempt.aided else ""
    return Menu.entry(
        str(attempt.attempt),
        Content.assemble(
            fit(f"{day(when.replace(tzinfo=None), today)} {when:%H:%M}", 16),
            fit(attempt.title, 23),
            "  ",
            (fit(where, 8), "$foreground 70%"),
            fit(outcome, 14),
            (f"{aids} m".strip() if attempt.reader == BOTH else aids, "$foreground 70%"),
        ),
    )
