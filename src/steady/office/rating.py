"""Calibration: attempts drawn, rated blind, and how far therapist and rubric agree."""

import random
from typing import TYPE_CHECKING

from steady.office.facts import ToRate
from steady.office.rooms import Rooms
from steady.terms import CRITERIA, Criterion

if TYPE_CHECKING:
    from steady.progress.calibration import Agreement


class Rating(Rooms):
    """Rating shared attempts blind."""

    def draw(
        self, wanted: int | None = None, ref: str | None = None, seed: int | None = None
    ) -> int:
        """Draw attempts to be rated blind, of one client or of all; returns how many there are
        to rate now. Those drawn before and not yet rated come first and count."""
        from steady.progress.calibration import SAMPLE, drawn

        wanted = SAMPLE if wanted is None else wanted
        waiting = len(self.store.to_rate(ref))
        if waiting < wanted:
            chance = random.Random(seed)  # noqa: S311
            self.store.draw(drawn(self.store.drawable(ref), wanted - waiting, chance))
        return len(self.store.to_rate(ref))

    def to_rate(self, ref: str | None = None) -> ToRate | None:
        """The next attempt to be rated, of one client or of all; None where none is left of
        those drawn.

        It holds what the rubric looks at: no turn that was said again differently, was said to
        the program, or is marked as danger.
        """
        waiting = self.store.to_rate(ref)
        if not waiting:
            return None
        attempt = self.store.attempt(waiting[0])
        words = self.store.words(attempt.id)
        return ToRate(
            attempt.id,
            attempt.scenario.title,
            attempt.rung,
            tuple(
                turn
                for turn in (words.turns if words else ())
                if not (turn.replaced or turn.to_program or turn.danger)
            ),
            CRITERIA[attempt.part],
            len(waiting),
        )

    def rate(self, attempt: int, levels: dict[Criterion, int | None]) -> None:
        """Keep the therapist's own levels, 0 to 3 or None for no chance to show it."""
        self.store.rate(attempt, levels)

    def agreement(self) -> "dict[Criterion, Agreement]":
        """The agreement of the rubric with this therapist, criterion by criterion.

        Worked out when a rating has changed, and kept.
        """
        from steady.progress.calibration import Agreement, by_criterion, digest, work_out

        kept = {each.criterion: each for each in self.store.agreement()}
        found = {}
        for criterion, pairs in by_criterion(self.store.rated_pairs()).items():
            known = kept.get(criterion)
            if pairs and (known is None or known.digest != digest(pairs)):
                known = work_out(criterion, pairs)
                self.store.keep_agreement(known)
            found[criterion] = (
                Agreement(criterion, known.pairs, known.kappa, known.low, known.high)
                if known and pairs
                else Agreement(criterion, 0, None, None, None)
            )
        return found
