"""Finding shared words: what was said or written, and the way to it."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from steady.errors import SteadyError
from steady.safety.cleaning import one_line
from steady.terms import Speaker
from steady.tui.office.told import QUIET, counted, names, on_day
from steady.tui.text import fit, plain, styled
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.sheet import Row, Sheet, blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steady.store.caseload import CaseHit
    from steady.tui.office.app import OfficeApp

_KEYS = (
    ("enter", "open", "open"),
    ("tab", "other words", "words"),
    ("esc", "back", "app.pop_screen"),
)
_LIMIT = 100
_HINT = (
    "Type words and press enter. Whatever holds all of them is found: shared turns, field notes,"
    " messages, and your own notes. The last word may be a beginning."
)
_BEFORE = 24  # cells of the text shown before the first word found


class SearchScreen(Screen[None]):
    """A box for words; below it what holds them, the newest first."""

    app: "OfficeApp"
    DEFAULT_CSS = """
    SearchScreen Input { height: 3; border: round $border; background: $background; }
    SearchScreen Input:focus { border: round $accent; }
    SearchScreen Sheet { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("tab", "words", show=False, priority=True),
    ]

    def __init__(self, ref: str | None = None, words: str = "") -> None:
        """Among all clients' words, or those of one; `words` are looked for at once."""
        super().__init__()
        self._ref = ref
        self._words = words
        self._hits: tuple[CaseHit, ...] = ()
        self._fault = ""
        self._called: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The box and what is found."""
        yield TopBar("Search")
        with Vertical(classes="column"):
            yield Input(self._words, placeholder="Words", id="words")
            yield Sheet(id="hits")
        yield KeyBar(*_KEYS)

    def on_mount(self) -> None:
        """The cursor stands in the box, or on what was found at once."""
        box = self.query_one(Input)
        box.cursor_blink = False
        box.focus()
        try:
            self._called = names(self.app.office.store.clients())
        except SteadyError as fault:
            self._fault = str(fault)
        if self._ref is not None:
            self.query_one(TopBar).tell(f"of {self._called.get(self._ref, '')}")
        if self._words.strip():
            self._search()
        else:
            self.query_one(Sheet).fill(self._rows)

    @on(Input.Submitted)
    def _search(self) -> None:
        """Look for the words in the box."""
        self._words, self._fault = self.query_one(Input).value, ""
        try:
            self._hits = self.app.office.search(self._words, self._ref, _LIMIT)
        except SteadyError as fault:
            self._hits, self._fault = (), str(fault)
        self.query_one(Sheet).fill(self._rows, from_top=True)
        if self._hits:
            self.query_one(Sheet).focus()

    def _rows(self, width: int) -> "Sequence[Row]":
        from steady.tui.office.told import told_rows

        if self._fault:
            return told_rows(styled(self._fault, "$warning"), width)
        if not self._words.strip():
            return told_rows(_HINT, width, style=QUIET)
        if not self._hits:
            return told_rows("Nothing that was shared holds all of these words.", width)
        rows: list[Row] = []
        for place, hit in enumerate(self._hits):
            rows += [*self._hit(place, hit, width), blank()]
        turns = sum(1 for hit in self._hits if hit.kind == "turn")
        if turns >= _LIMIT:
            rows += told_rows(
                f"The newest {counted(turns, 'turn')}; more words find fewer.", width, style=QUIET
            )
        return rows

    def _hit(self, place: int, hit: "CaseHit", width: int) -> "Sequence[Row]":
        name = f"hit:{place}"
        kind = {"note": "your note"}.get(hit.kind, hit.kind)
        if hit.speaker is not None:
            kind = "client" if hit.speaker is Speaker.CLIENT else "partner"
        where = f" · {one_line(hit.title)}" if hit.title else ""
        again = " · said again later" if hit.replaced else ""
        when = on_day(hit.at, self.app.office.today)
        about = f" · {when} · {kind}{again}{where}"
        called = fit(self._called.get(hit.ref, one_line(hit.name)), 24).rstrip()
        first = Content.assemble((called, "bold"), styled(about, QUIET))
        return (Row(first, name), Row(excerpt(hit.text, self._words, width - 2), name))

    @on(Sheet.Chosen)
    def _open(self, event: Sheet.Chosen) -> None:
        """To the turn, or to the client whose note or message it is."""
        hit = self._hits[int(event.name.partition(":")[2])]
        if hit.attempt is None:
            self.app.show_client(hit.ref)
            return
        words = self.app.office.store.words(hit.attempt)
        turns = words.turns if words else ()
        found = (
            n
            for n, turn in enumerate(turns)
            if turn.number == hit.number
            and turn.speaker is hit.speaker
            and bool(turn.replaced) == hit.replaced
            and turn.text == hit.text
        )
        self.app.show_attempt(hit.attempt, next(found, None))

    def action_open(self) -> None:
        """As Enter does where the cursor is."""
        if self.focused is self.query_one(Input):
            self._search()
        else:
            self.query_one(Sheet).action_open()

    def action_words(self) -> None:
        """Between the box and what was found."""
        box, hits = self.query_one(Input), self.query_one(Sheet)
        (hits if self.focused is box and hits.here else box).focus()


def excerpt(text: str, words: str, width: int) -> Content:
    """A line of the text around the first word found, the words found in bold."""
    line = one_line(text)
    lowered = line.casefold()
    wanted = [word.casefold().strip('.,;:!?"“”') for word in words.split()]
    if len(lowered) != len(line):  # folding moved the letters: nothing can be pointed at
        return Content("  ") + plain(fit(line, width).rstrip())
    places = [at for word in wanted if word and (at := lowered.find(word)) >= 0]
    begin = max(0, min(places, default=0) - _BEFORE)
    if begin:
        begin = line.find(" ", begin) + 1 or begin
    shown = plain(("… " if begin else "") + line[begin:])
    folded = shown.plain.casefold()
    if len(folded) == len(shown.plain):
        for word in wanted:
            at = folded.find(word) if word else -1
            while at >= 0:
                shown = shown.stylize("bold underline", at, at + len(word))
                at = folded.find(word, at + len(word))
    return Content("  ") + shown.truncate(width, ellipsis=True)
