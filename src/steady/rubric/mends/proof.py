"""Whether a mended turn keeps what it promises, by reading it again."""

from dataclasses import dataclass

from steady.records import Reading
from steady.rubric.exchange import ASKS
from steady.rubric.mends.hold import asks_pause, names_return
from steady.rubric.mends.moment import Moment
from steady.rubric.mends.plain import asks_cleanly
from steady.rubric.mends.sureness import HOT, Sure, faults
from steady.rubric.mends.table import Kind, figure, patterns
from steady.terms import HURTING, Move

_SUBSTANCE = ASKS | {Move.EXPRESSES, Move.REASSURES, Move.VALIDATES}
_LEAST = {"anew": "least_quality", "turn": "least_turned"}
_LETS_GO = frozenset({Move.YIELDS, Move.OVER_APOLOGISES, Move.UNDERCUTS, Move.WITHDRAWS})


@dataclass(frozen=True, slots=True)
class Proof:
    """What a candidate for one kind of mend in one place must show when it is read again."""

    kind: Kind
    moment: Moment

    def holds(self, text: str, way: str) -> bool:
        """Whether the candidate, made in this way, is better, by reading it."""
        old = self.moment.exchange.reading
        if not text or text == self.moment.text or _is_broken(text, self.moment.text):
            return False
        if way == "anew" and not self._may_replace():
            return False
        if len(text.split()) > max(figure("mended_words"), self.moment.exchange.words):
            return False
        new = self.moment.read(text)
        needed = ASKS if self.kind.faults & _LETS_GO else _SUBSTANCE
        if self._hurts(new, way) or not new.moves & needed:
            return False
        if way != "anew" and not self._keeps_ask(text):
            return False
        least = figure(_LEAST.get(way, "least_kept"))
        faint = self.kind.faults and self._surest() is Sure.FAINT
        gain = figure("faint_gain") if faint else 0.0
        if new.quality < max(old.quality + gain, least):
            return False
        if way == "put-off":
            return Move.COMMITS in new.moves
        if self.kind.missing:
            gained = new.quality >= old.quality + self.kind.gain
            return gained and bool(new.moves & self.kind.missing)
        if Move.THREATENS in self.kind.faults and patterns("stays", "or-else")[0].search(text):
            return False
        return all(
            new.probabilities.get(fault, 0.0)
            <= figure("fault_left") * old.probabilities.get(fault, 1.0)
            for fault in self.kind.faults & old.moves
        )

    def _hurts(self, new: Reading, way: str) -> bool:
        """Whether it hurts in a way that counts: a doubt about the client's line may stay.

        What is put off to a named time may still read a little as giving way.
        """
        old = self.moment.exchange.reading
        doubts = old.moves & HURTING - faults(self.moment).keys()
        if way == "put-off":
            doubts |= old.moves & self.kind.faults
        return any(
            move not in doubts
            or new.probabilities.get(move, 0.0) > old.probabilities.get(move, 0.0)
            for move in new.moves & HURTING
        )

    def _may_replace(self) -> bool:
        """Whether the client's line may give way to another: not a good ask, nor on a doubt."""
        old, surest = self.moment.exchange.reading, self._surest()
        if surest is Sure.FAINT or (surest is not Sure.NAMED and asks_cleanly(self.moment.text)):
            return False
        asked = max(old.probabilities.get(move, 0.0) for move in ASKS)
        if not old.moves & ASKS or asked < figure("sure_ask"):
            return True
        if surest is Sure.NAMED:
            return old.quality < figure("own_ask_hot" if self.kind.faults & HOT else "own_ask")
        return old.quality < figure("askless")

    def _surest(self) -> Sure | None:
        """How sure the surest of the faults to be mended is."""
        counted = faults(self.moment)
        return max((counted[fault] for fault in self.kind.faults if fault in counted), default=None)

    def _keeps_ask(self, text: str) -> bool:
        """Whether what the client asked, and the time they named, is still in the words."""
        old, new = self.moment.exchange.reading, self.moment.read(text)
        if old.moves & ASKS and not new.moves & ASKS:
            return False
        if names_return(new):
            return True
        sure = old.probabilities.get(Move.COMMITS, 0.0) >= figure("sure_time")
        when = patterns("return", "when")[0]
        said = asks_pause(self.moment.text) and when.search(self.moment.text)
        return not (sure and names_return(old)) and not (said and not when.search(text))


def _is_broken(text: str, before: str) -> bool:
    """Whether a text has marks or ends that no sentence has, or joints it had not before."""
    return any(found.search(text) for found in patterns("speech", "broken")) or any(
        found.search(text) and not found.search(before) for found in patterns("speech", "grown")
    )
