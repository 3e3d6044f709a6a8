"""The ways a turn can be mended. Each gives candidates, the closest to the client's words first."""

from collections.abc import Callable, Iterator
from itertools import islice

from steady.rubric.exchange import ASKS
from steady.rubric.mends import plain
from steady.rubric.mends.blame import turned
from steady.rubric.mends.cutting import hurts_alone, without_harm
from steady.rubric.mends.grammar import points_back
from steady.rubric.mends.hold import (
    added,
    asks,
    asks_pause,
    led,
    names_return,
    returns,
    takings_in,
    wants_return,
)
from steady.rubric.mends.moment import Moment, joined
from steady.rubric.mends.parts import MOST_PIECES, Parts
from steady.rubric.mends.table import figure, patterns, swaps
from steady.rubric.mends.wording import swapped, timed
from steady.terms import HURTING, Move

_HEARS = frozenset({Move.VALIDATES, Move.REASSURES})
_OWN = ASKS | {Move.EXPRESSES}
_KEPT = frozenset({Move.VALIDATES, Move.REASSURES, Move.EXPRESSES, Move.DESCRIBES})
_MOST_LINES = 3


def _cut(moment: Moment) -> Iterator[str]:
    """What hurts is left out."""
    rest = without_harm(moment, moment.text)
    cold = moment.exchange.reading.quality < figure("all_helping")
    if rest and (plain.asks_cleanly(rest) or (not cold and plain.takes_in_cleanly(rest))):
        yield rest


def _cut_and_lead(moment: Moment) -> Iterator[str]:
    """What hurts is left out, and the other is taken in first."""
    for rest in _cut(moment):
        if not moment.read(rest).moves & _HEARS:
            for line in islice(takings_in(moment), _MOST_LINES):
                yield led(moment, line, rest)


def _cut_and_ask(moment: Moment) -> Iterator[str]:
    """Of the client's words what takes in or feels is kept, and the ask is put behind."""
    rest = _sentences_with(moment, _KEPT)
    if plain.asks(moment.text) or not _worth_keeping(moment, rest):
        return
    for ask in islice(_parts_of(moment, behind=rest), _MOST_LINES):
        yield added(moment, rest, ask)


def _worth_keeping(moment: Moment, text: str) -> bool:
    """Whether words without an ask are worth keeping beside one: warm, or surely a feeling."""
    if not text or len(text.split()) > figure("kept_words"):
        return False
    felt = moment.read(text).probabilities.get(Move.EXPRESSES, 0.0) >= figure("felt")
    return plain.takes_in_cleanly(text) or (felt and plain.is_clean(text))


def _sentences_with(moment: Moment, wanted: frozenset[Move], text: str = "") -> str:
    """The sentences that show such a move and do not hurt, or nothing where none or all do."""
    parts = Parts(text or moment.text)
    kept: list[int] = []
    if parts.too_many:
        return ""
    for number in range(len(parts.sentences)):
        places = parts.of_sentence(number)
        line = parts.render(places)
        found = moment.read(line).moves
        fits = found & wanted and not found & HURTING and not hurts_alone(moment, line)
        if fits and len(parts.words(places[0])) + len(places) > 2:
            kept += places
    if not kept or len(kept) == len(parts) or points_back(parts.words(kept[0])):
        return ""
    return parts.render(kept)


def _own(moment: Moment) -> Iterator[str]:
    """Of the client's words what takes in, asks or feels is kept, the other taken in first."""
    rest = _sentences_with(moment, _OWN | _HEARS)
    if not plain.asks_cleanly(rest):
        return
    if moment.read(rest).moves & _HEARS:
        yield rest
    for line in islice(takings_in(moment), _MOST_LINES):
        yield led(moment, line, rest)


def _turn(moment: Moment) -> Iterator[str]:
    """A reproach becomes what it does to the speaker; an ask may stand behind it."""
    for text, line in turned(moment, moment.text):
        rest = without_harm(moment, text) if moment.read(text).moves & HURTING else ""
        for kept in [text, *([rest] if line in rest else [])]:
            if not plain.is_clean(kept):
                continue
            yield kept
            for said in islice(takings_in(moment), _MOST_LINES):
                yield led(moment, said, kept)
            if not plain.asks(kept) and len(kept.split()) <= figure("kept_words"):
                for ask in islice(_parts_of(moment), _MOST_LINES):
                    yield added(moment, kept, ask)


def _parts_of(moment: Moment, behind: str = "") -> Iterator[str]:
    """Asks to stand behind words; behind warm ones none that is meant for heat."""
    warm = plain.is_warm(behind)
    for ask in asks(moment):
        if not ask.whole and not (warm and patterns("tail", "cross")[0].search(ask.text)):
            yield ask.text


def _anew(moment: Moment) -> Iterator[str]:
    """Another line: the other taken in, and what the client came for."""
    heard = list(islice(takings_in(moment, plain=False), _MOST_LINES))
    scene = moment.scenario.rungs[moment.rung]
    for ask in islice(asks(moment), _MOST_LINES):
        for line in [""] if ask.whole else heard:
            yield moment.written(joined(line, ask.text))
    for line in (scene.script, *scene.samples):
        if len(line.split()) <= figure("ask_words"):
            yield moment.written(line)


def _reworded(*sections: str) -> Callable[[Moment], Iterator[str]]:
    """Words of the sections are taken out; what still hurts is cut."""

    def way(moment: Moment) -> Iterator[str]:
        for text in _swapped_all(moment.text, sections):
            rest = without_harm(moment, text) if moment.read(text).moves & HURTING else ""
            for kept in (text, rest):
                if kept and kept != moment.text and plain.asks_cleanly(kept):
                    yield kept

    return way


def _unhedge_and_more(moment: Moment) -> Iterator[str]:
    """The hedges are taken out, and a time or a taking in stands beside the ask."""
    for text in _swapped_all(moment.text, ("apologies", "hedges")):
        for kept in (text, _sentences_with(moment, _OWN | _HEARS, text)):
            if not plain.asks_cleanly(kept):
                continue
            if asks_pause(kept) and not names_return(moment.read(kept)):
                for line in islice(returns(moment), _MOST_LINES):
                    yield added(moment, kept, line)
            for line in islice(takings_in(moment), _MOST_LINES):
                yield led(moment, line, kept)


def _swapped_all(text: str, sections: tuple[str, ...]) -> Iterator[str]:
    if not sections:
        yield text
        return
    for swapped_once in swapped(text, sections[0]):
        yield from _swapped_all(swapped_once, sections[1:])


def _lead(moment: Moment) -> Iterator[str]:
    """The other is taken in first."""
    if plain.asks_cleanly(moment.text):
        for line in islice(takings_in(moment), _MOST_LINES):
            yield led(moment, line, moment.text)


def _way_back(moment: Moment) -> Iterator[str]:
    """A turn that leaves for a while says when it goes on."""
    if asks_pause(moment.text) and plain.asks_cleanly(moment.text):
        for line in islice(returns(moment), 2 * _MOST_LINES):
            yield added(moment, moment.text, line)


def _time(moment: Moment) -> Iterator[str]:
    """A time is named."""
    vague = _is_vague(moment)
    if patterns("return", "invites")[0].search(moment.text):
        return
    if plain.asks_cleanly(moment.text) or (vague and not plain.stings(moment.text)):
        yield from islice(timed(moment, moment.text), 2 * _MOST_LINES)


def _put_off(moment: Moment) -> Iterator[str]:
    """What is put off to some time is put off to a time that is named."""
    if _is_vague(moment) and wants_return(moment):
        yield from _time(moment)


def _is_vague(moment: Moment) -> bool:
    return any(found.search(moment.text) for found, _ in swaps("vague", "swaps"))


def _ask(moment: Moment) -> Iterator[str]:
    """The ask is put behind words that are worth keeping."""
    if _worth_keeping(moment, moment.text):
        for line in islice(_parts_of(moment, behind=moment.text), _MOST_LINES):
            yield added(moment, moment.text, line)


def _shorten(moment: Moment) -> Iterator[str]:
    """Only the sentences that take in, ask and name a time are kept."""
    parts = Parts(moment.text)
    wanted = (frozenset({Move.VALIDATES}), frozenset({Move.ASSERTS}), frozenset({Move.COMMITS}))
    kept: set[int] = set()
    for moves in wanted:
        for number, one in enumerate(parts.sentences[:MOST_PIECES]):
            line = moment.text[one.start : one.end]
            found = moment.read(line).moves
            if found & moves and not found & HURTING and len(line.split()) <= figure("kept_words"):
                kept.update(parts.of_sentence(number))
                break
    if kept:
        yield parts.render(kept)


WAYS: dict[str, Callable[[Moment], Iterator[str]]] = {
    "cut": _cut,
    "cut-and-lead": _cut_and_lead,
    "cut-and-ask": _cut_and_ask,
    "own": _own,
    "way-back": _way_back,
    "turn": _turn,
    "anew": _anew,
    "unhedge": _reworded("hedges"),
    "unhedge-and-more": _unhedge_and_more,
    "unsorry": _reworded("apologies"),
    "plain": _reworded("apologies", "hedges"),
    "lead": _lead,
    "time": _time,
    "put-off": _put_off,
    "ask": _ask,
    "shorten": _shorten,
}
