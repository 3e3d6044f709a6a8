"""What one rehearsal is about: scenario, rung, and the words that help the client."""

from collections.abc import Callable
from dataclasses import dataclass

from steady.records import EMBEDDED, AttemptStart, Practised
from steady.scenario.model import Bank, Scenario
from steady.terms import Act, Part, Rung

Starters = Callable[[Act | None], list[str]]
"""Sentence starters for the moment after an act of the partner, or None for the opening."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A scenario at a rung, as one client rehearses it.

    `script` is the client's own sentence for this rung; `starters` gives sentence starters for
    a moment; `face` is where it is rehearsed ("screen", "plain" or "json"). In the return, `agreed`
    is the time that was agreed ("in 20 minutes"). `voice` is who finds the partner's words:
    "embedded" or "model". `assignment` is the homework it is rehearsed for; a `probe` is unaided,
    against a push not met before.
    """

    scenario: Scenario
    content_hash: str
    bank: Bank | None
    rung: Rung
    seed: int
    script: str
    starters: Starters
    aids_offered: bool = True
    slow: bool = False
    face: str = "screen"
    part: Part = Part.TALK
    agreed: str = ""
    voice: str = EMBEDDED
    assignment: str | None = None
    probe: bool = False

    @property
    def name(self) -> str:
        """How the partner is called on screen."""
        return self.scenario.partner.name or f"the {self.scenario.relationship}"

    def as_start(self) -> AttemptStart:
        """What the journal keeps of the scene when an attempt begins."""
        practised = Practised(
            self.scenario.id,
            self.content_hash,
            self.scenario.title,
            self.scenario.relationship.value,
        )
        return AttemptStart(
            practised,
            self.rung,
            self.seed,
            self.aids_offered,
            self.slow,
            self.face,
            self.part,
            self.agreed,
            self.voice,
            self.assignment,
            self.probe,
        )
