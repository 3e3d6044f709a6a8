"""Rating blind: what was said, one criterion at a time, a single key for each."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from steady.errors import SteadyError
from steady.rubric.anchors import anchor
from steady.safety.cleaning import one_line
from steady.store.caseload import CaseTurn
from steady.terms import Criterion, Speaker
from steady.tui.office.agreement import agreement_rows
from steady.tui.office.told import QUIET, counted, folded, told_rows
from steady.tui.text import fit, plain, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.sheet import Row, Sheet, blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steady.office import ToRate
    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("0 to 3", "rate", ""),
    ("-", "no chance to show it", "rate('-')"),
    ("backspace", "undo", "undo"),
    ("↑ ↓", "read", ""),
    ("esc", "stop", "leave"),
)
_END_KEYS = (("↑ ↓", "read on", ""), ("m", "rate more", "more"), ("esc", "back", "leave"))
_NOTHING = "There is nothing to rate: no attempt came with its words that you have not rated yet."
_UNRATED = "-"
_WHO = 9


class CalibrateScreen(Screen[None]):
    """The talk above, the criterion to be rated below; at the end, how far both agree.

    An attempt is kept once its last criterion is rated, or, stopped before, with those that were.
    """

    app: "OfficeApp"
    DEFAULT_CSS = """
    CalibrateScreen #said { height: 1fr; }
    CalibrateScreen #rate { height: auto; max-height: 10; overflow-y: hidden; }
    CalibrateScreen #asked {
        width: 100%; height: auto; padding: 0 2; border-top: solid $border; margin-top: 0;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        *(Binding(str(level), f"rate('{level}')", show=False) for level in range(4)),
        Binding("minus,n", "rate('-')", show=False),
        Binding("backspace", "undo", show=False),
        Binding("m", "more", show=False),
    ]

    def __init__(self) -> None:
        """Nothing drawn yet."""
        super().__init__()
        self._asked: ToRate | None = None
        self._levels: dict[Criterion, int | None] = {}
        self._rated = 0
        self._nothing = False

    def compose(self) -> ComposeResult:
        """The talk, what is asked, the answers."""
        yield TopBar("Rate blind")
        with Vertical(classes="column"):
            yield Sheet(id="said")
            yield Static(id="asked")
            yield Sheet(id="rate")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """Draw a sample and show the first."""
        self.query_one("#rate").can_focus = False
        self.query_one("#said").focus()
        self.action_more()

    def action_more(self) -> None:
        """Draw, where nothing is being rated."""
        if self._asked is not None:
            return
        try:
            self._nothing = not self.app.office.draw()
        except SteadyError as fault:
            self.app.notify(one_line(str(fault)), markup=False)
            self._nothing = True
        self._next()

    @property
    def _criterion(self) -> Criterion | None:
        """The one to be rated now."""
        if self._asked is None:
            return None
        return next((each for each in self._asked.criteria if each not in self._levels), None)

    def _next(self) -> None:
        self._levels = {}
        self._asked = self.app.office.to_rate()
        if self._asked is None:
            self._end()
            return
        self.query_one("#asked").display = self.query_one("#rate").display = True
        self.query_one(KeyBar).show_keys(*_KEYS)
        self.query_one("#title", Static).update(plain(one_line(self._asked.title)))
        self.query_one(TopBar).tell(f"{self._asked.rung} · {self._asked.left} to rate")
        self.query_one("#said", Sheet).fill(self._talk, from_top=True)
        self._ask()

    def _ask(self) -> None:
        criterion = self._criterion
        if criterion is None or self._asked is None:
            return
        named = anchor(criterion)
        done = [
            f"{anchor(each).name} {_UNRATED if level is None else level}"
            for each, level in self._levels.items()
        ]
        place = f"{len(self._levels) + 1} of {len(self._asked.criteria)}"
        self.query_one("#asked", Static).update(
            Content.assemble(
                (f"{place}  ", QUIET),
                (named.name, "bold $accent"),
                f"  {named.asks}",
                (("\nso far: " + ", ".join(done)) if done else "", QUIET),
            )
        )
        self.query_one("#rate", Sheet).fill(self._answers, from_top=True)

    def _answers(self, width: int) -> "Sequence[Row]":
        criterion = self._criterion
        if criterion is None:
            return ()
        named = anchor(criterion)
        rows = [
            Row(Content.assemble((f"{level}  ", "bold"), meaning), f"rate:{level}")
            for level, meaning in enumerate(named.levels)
        ]
        rows.append(Row(Content.assemble(("-  ", "bold"), named.unrated), "rate:-"))
        return rows

    def _talk(self, width: int) -> "Sequence[Row]":
        if self._asked is None:
            return ()
        return [row for turn in self._asked.turns for row in _turn(turn, width)]

    @on(Sheet.Chosen, "#rate")
    def _clicked(self, event: Sheet.Chosen) -> None:
        """As its key does."""
        self.action_rate(event.name.partition(":")[2])

    def action_rate(self, said: str) -> None:
        """Keep a level and go on; after the last, to the next attempt."""
        criterion = self._criterion
        if self._asked is None or criterion is None:
            return
        self._levels[criterion] = None if said == _UNRATED else int(said)
        if self._criterion is not None:
            self._ask()
        elif self._keep():
            self._next()

    def action_undo(self) -> None:
        """Rate the criterion before once more."""
        if self._levels:
            self._levels.popitem()
            self._ask()

    def _keep(self) -> bool:
        """Keep what was rated of this attempt."""
        if self._asked is None or not self._levels:
            return True
        try:
            self.app.office.rate(self._asked.attempt, self._levels)
        except SteadyError as fault:
            self.app.notify(one_line(str(fault)), markup=False)
            return False
        self._rated += 1
        return True

    def action_leave(self) -> None:
        """Stop: what was rated is kept and its result shown; then back."""
        if self._asked is None:
            self.app.pop_screen()
        elif self._keep():
            self._asked = None
            self._levels = {}
            self._end()

    def _end(self) -> None:
        self.query_one("#asked").display = self.query_one("#rate").display = False
        self.query_one("#title", Static).update("How far the program and you agree")
        self.query_one(TopBar).tell("")
        self.query_one(KeyBar).show_keys(*_END_KEYS)
        self.query_one("#said", Sheet).fill(self._told, from_top=True)

    def _told(self, width: int) -> "Sequence[Row]":
        office = self.app.office
        rows: list[Row] = []
        if self._rated:
            words = f"{counted(self._rated, 'attempt')} kept just now; the rest waits."
            rows += told_rows(words, width, style="bold")
        elif self._nothing:
            rows += told_rows(_NOTHING, width)
        if rows:
            rows.append(blank())
        try:
            rows += agreement_rows(office.agreement(), office.store.rated(), width)
        except SteadyError as fault:
            rows += told_rows(styled(str(fault), "$warning"), width)
        return rows


def _turn(turn: CaseTurn, width: int) -> "Iterator[Row]":
    client = turn.speaker is Speaker.CLIENT
    if turn.told:
        yield from (Row(line) for line in folded(turn.text, width, indent=_WHO, style="italic"))
    else:
        who, style = ("Client", "bold $accent") if client else ("Partner", "bold $primary")
        for place, line in enumerate(folded(turn.text or "(nothing)", width - _WHO)):
            yield Row(Content.assemble((fit("" if place else who, _WHO), style), line))
        if turn.to_program:
            yield Row(styled(" " * _WHO + "said to the program", QUIET))
    yield blank()
