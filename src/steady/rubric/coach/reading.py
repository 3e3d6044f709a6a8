"""A model reads an attempt: asked once, its proposals checked, levels computed by the same code.

The feedback it leads to is computed as without it, from settled readings; the words to keep and
the change are the model's only where they pass every check.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from steady.model.faults import FaultKind, ModelFault
from steady.model.messages import Purpose
from steady.records import BOTH, Feedback, Reading
from steady.rubric.change import moments_of
from steady.rubric.coach.checks import Refused, Rewrite, checked_change, checked_keep
from steady.rubric.coach.prompts import MOST_TURNS, messages_for
from steady.rubric.coach.weighing import Vote, credible, settled
from steady.rubric.exchange import Exchange
from steady.rubric.feedback import feedback
from steady.safety.cleaning import clean
from steady.scenario.model import Scenario
from steady.terms import Ending, Move, Part, Rung

if TYPE_CHECKING:
    from steady.model.endpoint import Endpoint, Notice
    from steady.rubric.coach.proposals import Proposals
    from steady.safety.redaction import Redactor

MOST_TOKENS = 2_000
"""The longest reply of a coach, in tokens."""

_MOST_MOVES = 16 * MOST_TURNS
_LABELS = {move.value: move for move in Move}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a coach reads. `private` are the numbers of turns that must not leave this machine."""

    number: int
    exchanges: list[Exchange]
    ending: Ending
    scenario: Scenario
    rung: Rung
    part: Part
    read: Callable[[str, str], Reading]
    private: frozenset[int] = frozenset()


async def coached(
    endpoint: "Endpoint", redactor: "Redactor", attempt: Attempt, notice: "Notice"
) -> Feedback:
    """The feedback with a model's reading weighed in. Raises ModelFault where there is none."""
    from steady.rubric.coach.proposals import Proposals

    shown = _shown(attempt)
    if not shown:
        raise ModelFault(FaultKind.EMPTY, "There is no turn here for a model to read.")
    proposals = await endpoint.structured(
        messages_for(shown, attempt.scenario, redactor.hide),
        Proposals,
        max_tokens=MOST_TOKENS,
        purpose=Purpose.COACH,
        attempt=attempt.number,
        notice=notice,
    )
    return weighed(proposals, shown, attempt, redactor.restore)


def _shown(attempt: Attempt) -> list[Exchange]:
    """What a model is shown: no private turn, nor the line that answered one, which may echo it."""
    shown: list[Exchange] = []
    echo = False
    for exchange in attempt.exchanges:
        private = exchange.number in attempt.private
        if not private:
            shown.append(replace(exchange, partner="…") if echo else exchange)
        echo = private
    return shown[-MOST_TURNS:]


def weighed(
    proposals: "Proposals", shown: list[Exchange], attempt: Attempt, restore: Callable[[str], str]
) -> Feedback:
    """The feedback that proposals lead to. Raises ModelFault where they are not to be relied on."""

    def said(words: str) -> str:
        return clean(restore(words))

    votes = [
        Vote(each.turn, _LABELS[each.move], said(each.quote))
        for each in proposals.moves[:_MOST_MOVES]
        if each.move in _LABELS
    ]
    if not credible(shown, votes):
        raise ModelFault(
            FaultKind.GUARD, "The model missed too much of what you said to be relied on."
        )
    numbers = {exchange.number for exchange in shown}
    done = settled(attempt.exchanges, votes, numbers)
    found = feedback(
        done.exchanges, attempt.ending, attempt.scenario, attempt.rung, attempt.read, attempt.part
    )
    reasons = []
    if (keep := proposals.keep) is not None:
        try:
            name = attempt.scenario.partner.name or f"the {attempt.scenario.relationship}"
            turns = [exchange for exchange in done.exchanges if exchange.number in numbers]
            kept = checked_keep(keep.turn, said(keep.quote), turns, name)
            found = replace(found, keep=kept)
        except Refused as why:
            reasons.append(f"The model's words to keep were not used: {why}.")
    if (change := proposals.change) is not None:
        moments = [
            moment
            for moment in moments_of(done.exchanges, attempt.scenario, attempt.rung, attempt.read)
            if moment.exchange.number in numbers
        ]
        rewrite = Rewrite(change.turn, said(change.instead), said(change.rewrite))
        try:
            found = replace(found, change=checked_change(rewrite, moments))
        except Refused as why:
            reasons.append(f"The model's change was not used: {why}.")
    return replace(found, reader=BOTH, coach=" ".join(reasons), proposed=done.proposed)
