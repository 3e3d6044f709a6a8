"""While a model reads the turns of an attempt: a quiet wait that can be left at any time."""

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from steady.practice.coaching import Coach
from steady.practice.rehearsal import Rehearsal
from steady.records import Feedback
from steady.tui.text import plain
from steady.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from steady.tui.app import SteadyApp


class ReadingScreen(ModalScreen[Feedback]):
    """Gives back the feedback: with the model's reading, or the built-in one where the model failed
    or Esc was quicker."""

    app: "SteadyApp"
    DEFAULT_CSS = """
    ReadingScreen { align: center middle; background: $background; }
    ReadingScreen #reading { width: 60; max-width: 96%; height: auto; }
    ReadingScreen Static { width: 100%; height: auto; text-align: center; margin-bottom: 1; }
    ReadingScreen #why { color: $foreground 70%; }
    ReadingScreen KeyBar { text-align: left; margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "go_on", show=False)]

    def __init__(self, rehearsal: Rehearsal, found: Feedback) -> None:
        """Over a rehearsal that is closed, with its built-in feedback."""
        super().__init__()
        self._rehearsal = rehearsal
        self._found = found

    def compose(self) -> ComposeResult:
        """What is being done, and why it takes longer where it does."""
        with Vertical(id="reading"):
            yield Static("Reading your turns…")
            yield Static(id="why")
        yield KeyBar(("esc", "go on without", "go_on"))

    def on_mount(self) -> None:
        """Ask the model."""
        self._read()

    @work(exclusive=True, group="coach")
    async def _read(self) -> None:
        why = self.query_one("#why", Static)
        coach = self.app.house.coach
        read = await coach.read(self._rehearsal, self._found, lambda said: why.update(plain(said)))
        self.dismiss(read)

    def action_go_on(self) -> None:
        """The built-in feedback now; what the model still says is not waited for."""
        self.workers.cancel_group(self, "coach")
        self.dismiss(Coach.went_on(self._rehearsal, self._found))
