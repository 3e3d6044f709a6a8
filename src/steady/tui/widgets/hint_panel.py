"""The hint that is open, above the box: a paced breath, or words that may be used."""

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from steady.practice.hints import BREATH, Hint
from steady.terms import Aid
from steady.tui.text import plain

_LABELS = {
    Aid.BREATH: "A breath",
    Aid.STARTER: "A way in",
    Aid.SCRIPT: "Your script",
    Aid.SAMPLE: "One way to say it",
}
_MORE, _LAST = "F1 for more", "the last hint for this moment"


class HintPanel(Static):
    """Hidden until a hint is opened; a breath moves once a second unless animations are off."""

    DEFAULT_CSS = """
    HintPanel {
        display: none;
        width: 100%;
        max-width: 76;
        height: auto;
        padding: 0 2;
        color: $accent;
        margin-bottom: 1;
    }
    """

    def __init__(self) -> None:
        """Nothing open."""
        super().__init__()
        self._timer: Timer | None = None
        self._second = 0

    def open(self, hint: Hint, *, more: bool) -> None:
        """Show a hint; `more` says whether the ladder goes on."""
        self.close()
        self.display = True
        label = f"{_LABELS[hint.aid]}  "
        tail = f"  ({_MORE if more else _LAST})"
        self._words = Content.assemble((label, "bold"), plain(hint.text), (tail, "dim"))
        self.update(self._words)
        if hint.aid is Aid.BREATH and self.app.animation_level != "none":
            self._second = 0
            self._timer = self.set_interval(1.0, self._breathe)

    def reopen(self) -> None:
        """Show the hint that was opened last once more, where it was put away."""
        self.display = True

    def close(self) -> None:
        """Put the hint away."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.display = False

    def _breathe(self) -> None:
        cycle = BREATH.inward + BREATH.outward
        if self._second >= cycle * BREATH.rounds:
            self.update(self._words)
            if self._timer is not None:
                self._timer.stop()
            return
        second = self._second % cycle
        if second < BREATH.inward:
            word, done = "in ", second + 1
        else:
            word, done = "out", BREATH.outward - (second - BREATH.inward) - 1
        self.update(
            Content.assemble(
                (f"Breathe {word}  ", "bold"), "●" * done + "·" * (BREATH.outward - done)
            )
        )
        self._second += 1
