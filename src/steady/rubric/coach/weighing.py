"""Settling what a model and the embedded reading each found in a turn, by one rule.

Each move has the embedded reading's probability. Found by both, it counts. Proposed by the model
alone, it counts only from `proposed_from` on; found by the embedded reading alone, it is dropped
only below `dropped_below`. A move the model found carries the mean of that probability and 1, any
other its own. A model that misses what the embedded reading is surest of is not weighed at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from steady.records import EMBEDDED, MODEL, Found, ProposedMove, Reading
from steady.rubric.coach.quoting import span_of
from steady.rubric.coach.table import table
from steady.rubric.exchange import Exchange
from steady.terms import Move

BOTH_FOUND = "both readings found it"
PROPOSED = "the model found it and the built-in reading thought it possible"
UNLIKELY = "the model found it and the built-in reading thought it unlikely"
STANDS = "the built-in reading was sure enough of it"
DROPPED = "the built-in reading was in doubt and the model did not find it"
NOT_QUOTED = "the quoted words do not stand in the turn"


@dataclass(frozen=True, slots=True)
class Vote:
    """A move that a model found in a turn, and the words it quotes for it."""

    turn: int
    move: Move
    quote: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The exchanges with their settled readings, and what was weighed for each."""

    exchanges: list[Exchange]
    proposed: tuple[ProposedMove, ...]


def credible(exchanges: Sequence[Exchange], votes: Iterable[Vote]) -> bool:
    """Whether the model found enough of the moves that the embedded reading is surest of."""
    figures = table()["moves"]
    surest = {
        (exchange.number, found.move)
        for exchange in exchanges
        for found in exchange.reading.found
        if found.probability >= figures["surest"]
    }
    found = {
        (vote.turn, vote.move)
        for vote in votes
        for exchange in exchanges
        if exchange.number == vote.turn and span_of(vote.quote, exchange.reading.text)
    }
    return bool(len(surest & found) >= figures["share_of_surest"] * len(surest))


def settled(exchanges: Sequence[Exchange], votes: Sequence[Vote], read: set[int]) -> Settled:
    """The rule laid on every turn that the model was shown; `read` are their numbers."""
    done: list[Exchange] = []
    proposed: list[ProposedMove] = []
    for exchange in exchanges:
        if exchange.number not in read:
            done.append(exchange)
            continue
        of_turn = {vote.move: vote for vote in reversed(votes) if vote.turn == exchange.number}
        reading, weighed = _settle(exchange.number, exchange.reading, of_turn)
        done.append(replace(exchange, reading=reading))
        proposed += weighed
    return Settled(done, tuple(proposed))


def _settle(
    number: int, reading: Reading, votes: Mapping[Move, Vote]
) -> tuple[Reading, list[ProposedMove]]:
    figures = table()["moves"]
    embedded = {found.move: found for found in reading.found}
    kept: list[Found] = []
    weighed: list[ProposedMove] = []

    def settle(who: str, found: Found, why: str, *, counts: bool) -> None:
        weighed.append(ProposedMove(number, who, found.move, found.start, found.end, counts, why))
        if counts:
            kept.append(found)

    for move in Move:
        vote, own = votes.get(move), embedded.get(move)
        span = span_of(vote.quote, reading.text) if vote else None
        likely = own.probability if own else reading.probabilities.get(move, 0.0)
        if vote and span is None:
            weighed.append(ProposedMove(number, MODEL, move, 0, 0, False, NOT_QUOTED))
        if span is not None:
            counts = own is not None or likely >= figures["proposed_from"]
            why = BOTH_FOUND if own else PROPOSED if counts else UNLIKELY
            settle(MODEL, Found(move, *span, (likely + 1) / 2), why, counts=counts)
        elif own is not None:
            counts = likely >= figures["dropped_below"]
            settle(EMBEDDED, own, STANDS if counts else DROPPED, counts=counts)
    kept.sort(key=lambda found: (found.start, found.end, found.move))
    return replace(reading, found=tuple(kept)), weighed
