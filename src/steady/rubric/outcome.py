"""How the client came out of an attempt, from how the scene ended and how pushes were met."""

from steady.records import Feedback
from steady.rubric.exchange import ASKS, GIVES_WAY, HEATED, Exchange, after_first_ask, met
from steady.terms import Criterion, Ending, Move, Outcome, Part

_SHARE_MET = 0.75
_STEADY = 2
_SURRENDERS = frozenset({Move.YIELDS, Move.OVER_APOLOGISES, Move.UNDERCUTS})
_BY_ENDING = {
    Ending.CLIENT_GAVE_IN: Outcome.GAVE_IN,
    Ending.CLIENT_BLEW_UP: Outcome.BLEW_UP,
    Ending.CLIENT_SHUT_DOWN: Outcome.SHUT_DOWN,
    Ending.STOPPED: Outcome.STOPPED_EARLY,
}


def outcome(exchanges: list[Exchange], ending: Ending, part: Part = Part.TALK) -> Outcome:
    """The outcome: held where an ask stood to the end with nearly every push met.

    A partner who leaves without coming round stops the talk early: nothing was agreed, whatever
    the client did. Whether the client's part was done is for `part_was_done` to say. The return
    is held where it came to a good end, shakily after a hot turn.
    """
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if part is Part.RETURN:
        hot = any(exchange.moves & HEATED for exchange in exchanges)
        return Outcome.HELD_SHAKILY if hot else Outcome.HELD
    pushed = after_first_ask(exchanges)
    share = sum(map(met, pushed)) / len(pushed) if pushed else 1.0
    if not any(exchange.moves & ASKS for exchange in exchanges):
        return _fell(exchanges)
    clean = not any(exchange.moves & (HEATED | GIVES_WAY) for exchange in exchanges)
    if ending is Ending.LEFT_HURT:
        return Outcome.STOPPED_EARLY
    return Outcome.HELD if share >= _SHARE_MET and clean else Outcome.HELD_SHAKILY


def part_was_done(found: Feedback) -> bool:
    """Whether the partner left without coming round though the client had done their part."""
    steady = next((x.level for x in found.levels if x.criterion is Criterion.HOLDS_STEADY), None)
    return (
        found.ending is Ending.LEFT_HURT
        and found.outcome is Outcome.STOPPED_EARLY
        and (steady or 0) >= _STEADY
    )


def _fell(exchanges: list[Exchange]) -> Outcome:
    """What an attempt without a standing ask came to: heat, surrender or silence."""
    heat = sum(bool(exchange.moves & HEATED - {Move.DEFENDS}) for exchange in exchanges)
    surrender = sum(bool(exchange.moves & _SURRENDERS) for exchange in exchanges)
    silence = sum(not exchange.moves - {Move.WITHDRAWS} for exchange in exchanges)
    if heat > max(surrender, silence):
        return Outcome.BLEW_UP
    return Outcome.GAVE_IN if surrender >= silence else Outcome.SHUT_DOWN
