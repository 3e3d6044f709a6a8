"""One change for the attempt: the client's own line, with one thing mended."""

from collections.abc import Callable, Iterator
from itertools import islice

from steady.records import Change, Reading
from steady.rubric.exchange import ASKS, Exchange
from steady.rubric.mends.hold import names_return, wants_return
from steady.rubric.mends.moment import Moment
from steady.rubric.mends.plain import asks, asks_cleanly, is_warm
from steady.rubric.mends.proof import Proof
from steady.rubric.mends.showing import shown
from steady.rubric.mends.sureness import HOT, Sure, faults, worth_mending
from steady.rubric.mends.table import Kind, figure, kinds, patterns, swaps, table, words
from steady.rubric.mends.ways import WAYS
from steady.scenario.model import Scenario
from steady.terms import HURTING, PUSHES, Act, Move, Rung

_ANEW = frozenset({"anew"})
_MISSING = frozenset({"put-off"})  # what these mend can be seen in the words, whatever the fault
_KEEPING = frozenset(WAYS) - _ANEW  # the client's own words come before another line

Read = Callable[[str, str], Reading]
"""Reads a turn in the light of the partner's line."""


def change(exchanges: list[Exchange], scenario: Scenario, rung: Rung, read: Read) -> Change | None:
    """The most useful change of the attempt, or None where nothing needs one or none holds good.

    Every candidate is read again with `read` before it is proposed: what it mends must be gone or
    be there, nothing that hurts may be in it, and it must be no worse.
    """
    moments = moments_of(exchanges, scenario, rung, read)
    needs = [(moment, wanted) for moment in moments if (wanted := list(needed(moment)))]
    needs.sort(key=lambda need: -max(_usefulness(kind, need[0]) for kind in need[1]))
    for moment, wanted in needs:
        for ways in (_KEEPING, _ANEW):
            for kind in wanted:
                if found := _mended(kind, moment, ways):
                    return found
    return None


def moments_of(
    exchanges: list[Exchange], scenario: Scenario, rung: Rung, read: Read
) -> list[Moment]:
    """Every turn in its place."""
    return [
        Moment(
            exchange,
            exchanges[:place],
            exchanges[place + 1] if place + 1 < len(exchanges) else None,
            scenario,
            rung,
            read,
        )
        for place, exchange in enumerate(exchanges)
    ]


def _mended(kind: Kind, moment: Moment, ways: frozenset[str]) -> Change | None:
    """The first candidate of a kind that keeps what it promises, or None."""
    proof = Proof(kind, moment)
    for way, text in islice(_candidates(kind, moment, ways), int(figure("most_tries"))):
        if proof.holds(text, way):
            instead, try_ = shown(moment.text, text)
            return Change(instead, try_, says(kind, moment, way), moment.exchange.number)
    return None


def says(kind: Kind, moment: Moment, way: str) -> str:
    """What was mended; a fault that is not sure is not named."""
    counted = faults(moment)
    surest = max((counted.get(fault, Sure.FAINT) for fault in kind.faults), default=Sure.NAMED)
    anew = way == "anew"
    if surest is Sure.NAMED or way in _MISSING:
        drowned = anew and "drowned" in kind.says and moment.exchange.moves & ASKS
        return kind.mends("drowned" if drowned and asks(moment.text) else way)
    said = table()["doubtful"]
    likely_heat = surest is Sure.LIKELY and kind.faults & HOT
    return str((said["hot"] if likely_heat else said)["anew" if anew else "kept"])


def needed(moment: Moment) -> Iterator[Kind]:
    """The kinds of mend that a turn could do with."""
    if not worth_mending(moment):
        return
    hurts = faults(moment)
    named = Sure.NAMED in hurts.values()
    for kind in kinds():
        misses = not kind.faults and not named and _MISSES[kind.name](moment)
        if kind.faults & hurts.keys() or misses:
            yield kind


def _is_called_for(moment: Moment) -> bool:
    """Whether the partner pushed, or opened: what they gave way to needs no more asking."""
    return moment.exchange.act is None or moment.exchange.act in PUSHES


def _misses_time(moment: Moment) -> bool:
    reading = moment.exchange.reading
    named = any(names_return(exchange.reading) for exchange in moment.earlier)
    vague = any(found.search(moment.text) for found, _ in swaps("vague", "swaps"))
    return (
        _is_called_for(moment)
        and (vague or bool(reading.moves & ASKS) or asks(moment.text))
        and reading.quality < figure("timeless")
        and not names_return(reading)
        and not patterns("return", "when")[0].search(moment.text)
        and not named
        and wants_return(moment)
    )


def _misses_ask(moment: Moment) -> bool:
    reading = moment.exchange.reading
    asked = any(reading.probabilities.get(move, 0.0) >= figure("sure_ask") for move in ASKS)
    return (
        _is_called_for(moment)
        and not (asked and reading.moves & ASKS)
        and reading.quality < figure("askless")
        and not asks_cleanly(moment.text)
        and not is_warm(moment.text)
    )


def _misses_taking_in(moment: Moment) -> bool:
    reading = moment.exchange.reading
    heard = reading.moves & {Move.VALIDATES, Move.REASSURES} or is_warm(moment.text)
    low = reading.quality < figure("unheard") and not faults(moment)
    sure = any(reading.probabilities.get(move, 0.0) >= figure("sure_ask") for move in ASKS)
    return _is_called_for(moment) and sure and asks(moment.text) and low and not heard


def _is_long(moment: Moment) -> bool:
    return moment.exchange.words > figure("mended_words")


_MISSES: dict[str, Callable[[Moment], bool]] = {
    "time": _misses_time,
    "ask": _misses_ask,
    "taking-in": _misses_taking_in,
    "length": _is_long,
}


def _usefulness(kind: Kind, moment: Moment) -> float:
    """How much it would have helped: by kind, by what came of the turn, by its place."""
    reading, after = moment.exchange.reading, moment.after
    worth = kind.worth + figure("poor") * (3.0 - reading.quality)
    worth += figure("later") * len(moment.earlier) / (len(moment.earlier) + 4)
    if after is None:
        worth += figure("last_turn") if kind.faults else 0.0
    elif after.act in {Act(name) for name in words("moment", "answered_hard")}:
        worth += figure("answered_hard")
    elif not after.moves & HURTING and after.moves & {Move.VALIDATES, Move.REASSURES}:
        worth -= figure("made_good")
    return worth


def _candidates(kind: Kind, moment: Moment, ways: frozenset[str]) -> Iterator[tuple[str, str]]:
    for way in kind.ways:
        if way in ways:
            for text in WAYS[way](moment):
                yield way, text
