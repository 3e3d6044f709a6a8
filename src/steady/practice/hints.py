"""The hint ladder: a breath, a sentence starter, the client's script, a sample line."""

from dataclasses import dataclass
from random import Random

from steady.practice.scene import Scene
from steady.terms import Act, Aid


@dataclass(frozen=True, slots=True)
class Breath:
    """A paced breath, in seconds."""

    inward: int = 4
    outward: int = 6
    rounds: int = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """One rung of the ladder as it is shown; a breath has no text of its own to say."""

    aid: Aid
    text: str


BREATH = Breath()


class HintLadder:
    """The hints for one moment of a scene, opened one at a time.

    `moment` is the number of the coming turn, so that the same moment offers the same hints.
    """

    def __init__(self, scene: Scene, act: Act | None, moment: int) -> None:
        """The ladder after the partner's act."""
        dice = Random(f"{scene.seed}:{moment}")  # noqa: S311
        starters = scene.starters(act)
        samples = scene.scenario.rungs[scene.rung].samples
        breath = f"Breathe in for {BREATH.inward}, out for {BREATH.outward}. {scene.name} waits."
        self._rungs = [Hint(Aid.BREATH, breath)]
        if starters:
            self._rungs.append(Hint(Aid.STARTER, dice.choice(starters)))
        self._rungs.append(Hint(Aid.SCRIPT, scene.script))
        self._rungs.append(Hint(Aid.SAMPLE, dice.choice(samples)))
        self._next = 0

    def climb(self) -> Hint | None:
        """The next hint, or None when the ladder is at its top."""
        if self._next >= len(self._rungs):
            return None
        self._next += 1
        return self._rungs[self._next - 1]

    @property
    def next_aid(self) -> Aid | None:
        """What the next hint would be, or None at the top."""
        return self._rungs[self._next].aid if self._next < len(self._rungs) else None
