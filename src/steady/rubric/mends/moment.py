"""The turn to be mended, in its place: what was said before it, and how it can be read anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from steady.records import Reading
from steady.rubric.exchange import Exchange
from steady.rubric.mends.grammar import in_their_hand
from steady.scenario.model import Scenario
from steady.terms import Relationship, Rung

Read = Callable[[str, str], Reading]
"""Reads a turn in the light of the partner's line."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One turn of the client with the turns before it.

    `after` is the exchange that followed, None where the turn was the last.
    """

    exchange: Exchange
    earlier: Sequence[Exchange]
    after: Exchange | None
    scenario: Scenario
    rung: Rung
    reader: Read
    _known: dict[str, Reading] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What the client said."""
        return self.exchange.reading.text

    @property
    def at_work(self) -> bool:
        """Whether the partner is somebody from work."""
        return self.scenario.relationship is not Relationship.PARTNER

    @property
    def circle(self) -> str:
        """The name of the lines that fit the relationship: `partner` or `work`."""
        return "work" if self.at_work else "partner"

    def read(self, text: str) -> Reading:
        """A text read as if it had been said in this place; read once."""
        if text not in self._known:
            self._known[text] = self.reader(text, self.exchange.partner)
        return self._known[text]

    def written(self, line: str) -> str:
        """A line as this client would type it."""
        return in_their_hand(line, self.text)

    def choose(self, count: int) -> int:
        """Which of so many variants this turn begins with; always the same for the same turn."""
        return (self.exchange.number // 2 + len(self.exchange.partner)) % count if count else 0


def joined(*parts: str) -> str:
    """Sentences put one behind the other; a part without an end gets one."""
    out = ""
    for part in (part.strip() for part in parts):
        if not part:
            continue
        if out and out[-1].isalnum():
            out += "."
        out += (" " if out else "") + part
    return out
