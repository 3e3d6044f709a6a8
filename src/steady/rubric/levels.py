"""Levels of the seven criteria, computed from the moves of an attempt.

Each function is one criterion. It returns the level 0 to 3, or None where the attempt gave no
chance to show it, with the words that earned it. What the levels mean stands in
`data/anchors.toml`; why they are computed so, in `docs/rubric.md`.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from steady.records import Level, one_time
from steady.rubric.anchors import long_turn
from steady.rubric.exchange import ASKS, HEATED, Exchange, Rated, after_first_ask, met
from steady.rubric.returning import back_to_matter, kept_time, soft_opening
from steady.terms import CRITERIA, Criterion, Ending, Move, Part

_CONTEMPT = frozenset({Move.CONTEMPT, Move.THREATENS})
_OWN = frozenset({Move.EXPRESSES, Move.ASSERTS})
_WORDY = frozenset({Move.OVER_APOLOGISES, Move.UNDERCUTS})
_MOST, _HALF, _SOME = 0.6, 0.5, 0.3


def levels(
    exchanges: list[Exchange],
    ending: Ending,
    matters: Sequence[Criterion],
    part: Part = Part.TALK,
) -> tuple[Level, ...]:
    """The level of every criterion of a part; `matters` are those the scenario turns on."""
    rated: dict[Criterion, Callable[[], Rated]] = {
        Criterion.KEPT_TIME: lambda: kept_time(exchanges),
        Criterion.SOFT_OPENING: lambda: soft_opening(exchanges),
        Criterion.BACK_TO_MATTER: lambda: back_to_matter(exchanges),
        Criterion.VALIDATION: lambda: _validation(exchanges),
        Criterion.OWN_VOICE: lambda: _own_voice(exchanges),
        Criterion.CLEAR_ASK: lambda: _clear_ask(exchanges),
        Criterion.RETURN: lambda: _return(exchanges, Criterion.RETURN in matters),
        Criterion.HOLDS_STEADY: lambda: _holds_steady(exchanges, ending),
        Criterion.RESPECT: lambda: _respect(exchanges, ending),
        Criterion.FEW_WORDS: lambda: _few_words(exchanges),
    }
    return tuple(_level(criterion, *rated[criterion]()) for criterion in CRITERIA[part])


def _level(
    criterion: Criterion, level: int | None, exchange: Exchange | None, move: Move | None
) -> Level:
    if level is None or exchange is None or move is None:
        return Level(criterion, level)
    return Level(criterion, level, exchange.reading.words_of(move), exchange.number)


def _showing(exchanges: list[Exchange], move: Move) -> list[Exchange]:
    return [exchange for exchange in exchanges if move in exchange.moves]


def _first(exchanges: list[Exchange], *moves: Move) -> tuple[Exchange | None, Move | None]:
    """The first turn that shows one of the moves, tried in order, with that move."""
    for move in moves:
        for exchange in exchanges:
            if move in exchange.moves:
                return exchange, move
    return None, None


def _validation(exchanges: list[Exchange]) -> Rated:
    if not exchanges:
        return None, None, None
    showing = _showing(exchanges, Move.VALIDATES)
    clean = [exchange for exchange in showing if not exchange.moves & (HEATED | _CONTEMPT)]
    where = _first(clean or showing, Move.VALIDATES)
    share = len(clean) / len(exchanges)
    if not showing:
        return 0, None, None
    if share >= _MOST and any(_before_need(exchange) for exchange in clean):
        return 3, *where
    if len(clean) > 1 or (clean and clean[0] is exchanges[0]):
        return 2, *where
    return 1, *where


def _before_need(exchange: Exchange) -> bool:
    """Whether the other was taken in before the own need in this turn, or without one."""
    starts = {found.move: found.start for found in exchange.reading.found}
    need = min((starts[move] for move in ASKS if move in starts), default=None)
    return need is None or starts[Move.VALIDATES] <= need


def _own_voice(exchanges: list[Exchange]) -> Rated:
    if not exchanges:
        return None, None, None
    own = [exchange for exchange in exchanges if exchange.moves & _OWN]
    blaming = _showing(exchanges, Move.BLAMES)
    if not own:
        return 0, *_first(blaming, Move.BLAMES)
    where = _first(own, Move.EXPRESSES, Move.ASSERTS)
    if blaming:
        return (1 if len(own) >= len(blaming) else 0), *where
    both = _showing(own, Move.EXPRESSES) and _showing(own, Move.ASSERTS)
    return (3 if both else 2), *where


def _clear_ask(exchanges: list[Exchange]) -> Rated:
    if not exchanges:
        return None, None, None
    asking = _showing(exchanges, Move.ASSERTS)
    if not asking:
        return 0, *_first(exchanges, Move.UNDERCUTS, Move.YIELDS)
    clear = [exchange for exchange in asking if not exchange.moves & {Move.UNDERCUTS, Move.YIELDS}]
    taken_back = any(
        Move.YIELDS in later.moves and not later.moves & ASKS
        for later in exchanges
        if later.number > asking[0].number
    )
    where = _first(clear or asking, Move.ASSERTS)
    if not clear or taken_back:
        return 1, *where
    again = any(exchange.number > clear[0].number for exchange in clear)
    return (3 if again else 2), *where


def _return(exchanges: list[Exchange], matters: bool) -> Rated:
    naming = _showing(exchanges, Move.COMMITS)
    pausing = [e for e in exchanges if e.moves & {Move.ASSERTS, Move.WITHDRAWS}]
    if not naming:
        return (0, None, None) if pausing and matters else (None, None, None)
    where = naming[-1], Move.COMMITS
    dropped = any(
        e.moves & {Move.YIELDS, Move.WITHDRAWS} and not e.moves & ASKS
        for e in exchanges
        if e.number > naming[0].number
    )
    times = [time.adverbial for e in naming if (time := e.reading.return_named)]
    changed = any(_other_time(a, b) for a, b in pairwise(times))
    if dropped or changed:
        return 1, *where
    pushed_later = [e for e in after_first_ask(exchanges) if e.number > naming[0].number]
    return (3 if any(met(e) for e in pushed_later) else 2), *where


def _other_time(before: str, now: str) -> bool:
    """Whether two returns differ though they are of one kind: 'at eight' and then 'at nine'."""
    alike = before.split(maxsplit=1)[0] == now.split(maxsplit=1)[0]
    return alike and not one_time(before, now)


def _holds_steady(exchanges: list[Exchange], ending: Ending) -> Rated:
    pushed = after_first_ask(exchanges)
    if not pushed:
        gave_way = ending in {Ending.CLIENT_GAVE_IN, Ending.CLIENT_BLEW_UP, Ending.CLIENT_SHUT_DOWN}
        return (0, *_last_fault(exchanges)) if gave_way else (None, None, None)
    good = [exchange for exchange in pushed if met(exchange)]
    where = _first(good[-1:], Move.ASSERTS, Move.COMMITS, Move.VALIDATES, Move.REASSURES)
    if ending in {Ending.CLIENT_GAVE_IN, Ending.CLIENT_BLEW_UP} or not good:
        return 0, *_last_fault(exchanges)
    if len(good) == len(pushed) and len(pushed) > 1:
        return 3, *where
    return (2 if len(good) / len(pushed) >= _HALF else 1), *where


def _last_fault(exchanges: list[Exchange]) -> tuple[Exchange | None, Move | None]:
    return _first(
        exchanges[-1:], Move.YIELDS, Move.CONTEMPT, Move.THREATENS, Move.BLAMES, Move.WITHDRAWS
    )


def _respect(exchanges: list[Exchange], ending: Ending) -> Rated:
    if not any(exchange.moves for exchange in exchanges):
        return None, None, None
    hard = [exchange for exchange in exchanges if exchange.moves & _CONTEMPT]
    blaming = _showing(exchanges, Move.BLAMES)
    silent = [e for e in _showing(exchanges, Move.WITHDRAWS) if not e.moves & ASKS]
    defending = _showing(exchanges, Move.DEFENDS)
    if len(hard) > 1 or ending is Ending.CLIENT_BLEW_UP:
        return 0, *_first(hard or blaming, Move.CONTEMPT, Move.THREATENS, Move.BLAMES)
    if hard or silent or len(blaming) > 1:
        return 1, *_first(exchanges, Move.CONTEMPT, Move.THREATENS, Move.WITHDRAWS, Move.BLAMES)
    if blaming or defending:
        return 2, *_first(exchanges, Move.BLAMES, Move.DEFENDS)
    if not any(
        exchange.moves & (_OWN | ASKS | {Move.VALIDATES, Move.REASSURES}) for exchange in exchanges
    ):
        return None, None, None  # nothing was risked, so nothing was kept respectful
    return 3, *_first(exchanges, Move.VALIDATES, Move.REASSURES, Move.ASSERTS, Move.EXPRESSES)


def _few_words(exchanges: list[Exchange]) -> Rated:
    asking = [e for e in exchanges if e.moves & (ASKS | {Move.UNDERCUTS, Move.OVER_APOLOGISES})]
    if not asking:
        return None, None, None
    wordy = [e for e in asking if e.moves & _WORDY or e.words > long_turn()]
    where = _first(wordy, Move.OVER_APOLOGISES, Move.UNDERCUTS)
    share = len(wordy) / len(asking)
    if not wordy:
        return 3, *_first(asking, Move.ASSERTS, Move.COMMITS)
    if len(wordy) == 1 and len(asking) > 1:
        return 2, *where
    return (1 if share <= _MOST else 0), *where
