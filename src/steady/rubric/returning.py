"""The criteria of the return: kept the time, opened softly, went back to the matter."""

import re

from steady.rubric.exchange import HEATED, Exchange, Rated
from steady.terms import Act, Move

_KIND = (Move.VALIDATES, Move.EXPRESSES, Move.REASSURES, Move.NEGOTIATES)
_SIDE = (Move.EXPRESSES, Move.DESCRIBES, Move.ASSERTS)
_HERE = re.compile(
    r"\b(i.?m back|i am back|here i am|i.?m here|i said|as (i )?promised|like i (said|promised)"
    r"|time.?s up|minutes? (are|is) (up|over)|it.?s (time|been))\b",
    re.IGNORECASE,
)
_EARLY = 2


def kept_time(exchanges: list[Exchange]) -> Rated:
    """Whether the client opened the talk when the time was up, and said so."""
    if not exchanges:
        return None, None, None
    first = exchanges[0]
    if first.moves & {Move.WITHDRAWS, Move.YIELDS}:
        return 0, first, Move.WITHDRAWS if Move.WITHDRAWS in first.moves else Move.YIELDS
    opened = next((e for e in exchanges if e.moves), None)
    if opened is None:
        return 0, None, None
    shown = next(move for move in Move if move in opened.moves)
    if opened is not first and any(e.act is Act.NOTICE_SILENCE for e in exchanges):
        return 1, opened, shown
    said_so = bool(first.reading.times) or _HERE.search(first.reading.text) is not None
    return (3 if said_so else 2), opened, shown


def soft_opening(exchanges: list[Exchange]) -> Rated:
    """How the first turn begins."""
    if not exchanges:
        return None, None, None
    first = exchanges[0]
    hot = next((move for move in Move if move in first.moves & HEATED), None)
    kind = next((move for move in _KIND if move in first.moves), None)
    if hot is not None:
        return (1 if kind or hot is Move.DEFENDS else 0), first, hot
    return (3, first, kind) if kind else (2, None, None)


def back_to_matter(exchanges: list[Exchange]) -> Rated:
    """Whether the client said their side of the matter and took in the other's."""
    if not exchanges:
        return None, None, None
    said = [e for e in exchanges if any(move in e.moves for move in _SIDE) or _asks(e)]
    if not said:
        return 0, None, None
    shown = next((move for move in _SIDE if move in said[0].moves), None)
    if exchanges.index(said[0]) >= _EARLY:
        return 1, said[0], shown
    took_in = any(Move.VALIDATES in e.moves for e in exchanges)
    own = any(move in e.moves for e in said for move in _SIDE)
    return (3 if own and took_in else 2), said[0], shown


def _asks(exchange: Exchange) -> bool:
    return "?" in exchange.reading.text
