"""One thing that worked, in the client's own words."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from steady.records import Keep
from steady.rubric.exchange import ASKS, HEATED, Exchange
from steady.terms import HURTING, PUSHES, Move

PRAISED = (
    Move.VALIDATES,
    Move.COMMITS,
    Move.ASSERTS,
    Move.REASSURES,
    Move.NEGOTIATES,
    Move.EXPRESSES,
    Move.DESCRIBES,
)
"""What is praised, what is hardest to do in the moment first."""


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("steady.rubric").joinpath("data", "keeps.toml").read_text("utf-8"))


def keep(exchanges: list[Exchange], name: str) -> Keep | None:
    """The words most worth keeping, or None where nothing can be pointed at.

    A turn that also hurts is passed over: wrong praise teaches the wrong thing. `name` is how
    the partner is called.
    """
    best: tuple[float, Exchange, Move] | None = None
    for exchange in exchanges:
        if exchange.moves & HURTING:
            continue
        for move in exchange.moves:
            if move in PRAISED and (worth := _worth(exchange, move)) > (best[0] if best else 0.0):
                best = worth, exchange, move
    if best is None:
        return None
    _, exchange, move = best
    return Keep(exchange.reading.words_of(move), why(exchange, move, name), exchange.number)


def _worth(exchange: Exchange, move: Move) -> float:
    """How much a move is worth here: its place in the order, more under a push, by quality."""
    worth = 1.0 - 0.1 * PRAISED.index(move)
    if exchange.act in PUSHES:
        worth += 0.25
    if move is Move.VALIDATES and exchange.moves & ASKS:
        worth += 0.25
    return worth + 0.1 * (exchange.reading.quality - 3.0)


def why(exchange: Exchange, move: Move, name: str) -> str:
    """What a helping move did where it stood; `name` is how the partner is called."""
    rows = _table()[move.value]
    if move is Move.VALIDATES and exchange.moves & ASKS and not exchange.moves & HEATED:
        sentence = rows["before-need"]
    elif exchange.act in PUSHES and "under-push" in rows:
        sentence = rows["under-push"]
    else:
        sentence = rows["alone"]
    deeds = _table()["did"]
    did = deeds.get(exchange.act.value if exchange.act else "opening", deeds["opening"])
    text: str = sentence.format(name=name, did=did.format(name=name))
    return text[0].upper() + text[1:]
