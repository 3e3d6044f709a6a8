"""An attempt read back: every turn, those said again marked, and the feedback it got."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from steady.records import MODEL, ClientTurn, PartnerTurn
from steady.rubric.anchors import anchor
from steady.rubric.readers import told_of_reader
from steady.tui.text import dots, plain, styled
from steady.tui.voice import VOICES, used
from steady.tui.widgets.bars import KeyBar, TopBar
from steady.tui.widgets.lines import TurnLine

if TYPE_CHECKING:
    from steady.store import SaidTurn, Transcript
    from steady.tui.app import SteadyApp


class TranscriptScreen(Screen[None]):
    """Scrolled with the arrows."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    TranscriptScreen .turns { padding: 0 2; }
    TranscriptScreen .end { width: 100%; height: auto; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "app.pop_screen", show=False)]

    def __init__(self, attempt: int) -> None:
        """The attempt of this number."""
        super().__init__()
        self._attempt = attempt

    def compose(self) -> ComposeResult:
        """The turns in the order said, then the feedback."""
        house = self.app.house
        kept = house.store.transcript(self._attempt)
        name = house.partner_name(kept.start.scenario.id)
        when = kept.started.astimezone()
        spoken = [
            said.turn
            for said in kept.turns
            if isinstance(said.turn, PartnerTurn) and said.turn.act is not None
        ]
        by_model = any(turn.voice == MODEL or turn.voice_why for turn in spoken)
        yield TopBar(kept.start.scenario.title, f"{kept.start.rung.value} · {when:%d %B %H:%M}")
        with VerticalScroll(classes="column turns"):
            for said in kept.turns:
                if isinstance(said.turn, PartnerTurn) and said.turn.told:
                    yield Static(styled(said.turn.text, "italic"), classes="end")
                else:
                    yield _turn(said, name, marked=by_model)
            yield Static(_end(kept), classes="end")
            if used_up := used(
                house.store.usage_of(self._attempt),
                sum(turn.voice == MODEL for turn in spoken),
                len(spoken) if by_model else 0,
                house.voices.currency,
            ):
                yield Static(plain(used_up), classes="end")
        yield KeyBar(("↑ ↓", "read on", ""), ("esc", "back", "app.pop_screen"))


def _turn(said: "SaidTurn", name: str, *, marked: bool) -> TurnLine:
    """A turn; `marked` says that it is told whose words the partner's are."""
    partner = isinstance(said.turn, PartnerTurn)
    text = said.turn.text or "(nothing)"
    if isinstance(said.turn, PartnerTurn) and said.turn.act is not None and marked:
        why = f": {said.turn.voice_why}" if said.turn.voice_why else ""
        text += f"  ({VOICES[said.turn.voice]}{why})"
    if isinstance(said.turn, ClientTurn) and said.turn.to_program:
        text += "  (to the program)"
    if said.replaced and not partner:
        text += "  (said again below)"
    classes = "partner" if partner else "client"
    who = name if partner else "You"
    return TurnLine(who, text, f"{classes} replaced" if said.replaced else classes)


def _end(kept: "Transcript") -> Content:
    found = kept.feedback
    if found is None:
        return styled("Not finished; home carries on where you stopped.", "italic")
    parts = [styled(found.came_out, "bold")]
    if found.keep:
        parts.append(
            Content.assemble(
                ("What worked  ", "bold"), plain(f"“{found.keep.quote}” {found.keep.why}")
            )
        )
    if found.change:
        parts.append(
            Content.assemble(
                ("One change   ", "bold"),
                plain(f"instead of {found.change.instead}  try  {found.change.try_}"),
            )
        )
    parts.extend(
        Content.assemble(
            anchor(level.criterion).name.ljust(16), styled(dots(level.level), "$primary")
        )
        for level in found.levels
    )
    if told := told_of_reader(found):
        parts.append(plain(told))
    return Content("\n").join(parts)
