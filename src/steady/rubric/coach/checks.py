"""Whether what a model proposes to keep or to change may be shown.

Whatever is refused is simply not used: the embedded keep or change stands in its place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from steady.records import Change, Keep, one_time
from steady.rubric.change import needed, says
from steady.rubric.coach.quoting import span_of
from steady.rubric.coach.table import table, word_set
from steady.rubric.exchange import Exchange
from steady.rubric.keep import PRAISED, why
from steady.rubric.mends.moment import Moment
from steady.rubric.mends.pieces import sentences
from steady.rubric.mends.plain import is_clean
from steady.rubric.mends.proof import Proof
from steady.rubric.mends.showing import shown
from steady.terms import HURTING, Move

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FIGURE = re.compile(r"\d+")
_LAST_MARKS = ".!?…"


class Refused(Exception):
    """A proposal may not be shown; the message says why, for the record."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A sentence of a turn, and what a model would put in its place."""

    turn: int
    instead: str
    words: str


def checked_keep(turn: int, quote: str, exchanges: Sequence[Exchange], name: str) -> Keep:
    """The words proposed to be kept, with the reason that code gives for it. Raises Refused.

    They must stand in the turn, in words that show a helping move, and nothing in that turn may
    hurt. `name` is how the partner is called.
    """
    exchange = next((each for each in exchanges if each.number == turn), None)
    if exchange is None:
        raise Refused("the words to keep are of no turn that was shown")
    span = span_of(quote, exchange.reading.text)
    if span is None:
        raise Refused("the words to keep do not stand in the turn")
    if exchange.moves & HURTING:
        raise Refused("the turn with the words to keep also hurts")
    start, end = span
    shows = {
        found.move
        for found in exchange.reading.found
        if found.start < end and start < found.end and found.move in exchange.moves
    }
    move = next((move for move in PRAISED if move in shows), None)
    if move is None:
        raise Refused("the words to keep show no move that helps")
    return Keep(exchange.reading.text[start:end], why(exchange, move, name), turn)


def checked_change(rewrite: Rewrite, moments: Sequence[Moment]) -> Change:
    """The change proposed, as it is shown. Raises Refused.

    It must pass what every change passes (`mends/proof.py`), and keep to the client's meaning.
    """
    moment = next((each for each in moments if each.exchange.number == rewrite.turn), None)
    if moment is None:
        raise Refused("the change is of no turn that was shown")
    span = span_of(rewrite.instead, moment.text)
    if span is None:
        raise Refused("the words to change do not stand in the turn")
    words = rewrite.words.strip()
    _is_one_sentence(words)
    _hurts_nobody(words, moment)
    _keeps_meaning(words, moment)
    text = _put(moment.text, span, words)
    _promises_nothing_new(text, moment)
    for kind in needed(moment):
        if Proof(kind, moment).holds(text, "coach"):
            instead, try_ = shown(moment.text, text)
            return Change(instead, try_, says(kind, moment, "coach"), rewrite.turn)
    raise Refused("the change does not read better than the turn")


def _is_one_sentence(words: str) -> None:
    if "\n" in words or len(sentences(words)) != 1:
        raise Refused("the change is not one sentence")
    if len(words.split()) > table()["words"]["most_rewritten"]:
        raise Refused("the change is too long")


def _hurts_nobody(words: str, moment: Moment) -> None:
    """By plain signs and read alone: in a whole turn, kind words can drown one that stings."""
    likely = moment.read(words).probabilities
    most = table()["words"]["harm_alone"]
    if not is_clean(words) or any(likely.get(move, 0.0) > most for move in HURTING):
        raise Refused("the change has something in it that hurts or takes the ask back")


def _keeps_meaning(words: str, moment: Moment) -> None:
    new, own = _content(words), _content(moment.text)
    if not new or len(new & own) < table()["words"]["own_words"] * len(new):
        raise Refused("the change is not in the client's own words")


def _promises_nothing_new(text: str, moment: Moment) -> None:
    """A time, a number or a vow that the client did not give is none to put in their mouth."""
    said = [moment.text, *(each.reading.text for each in moment.earlier)]
    named = [
        time
        for reading in (moment.exchange.reading, *(each.reading for each in moment.earlier))
        for time in reading.times
    ]
    new = moment.read(text)
    strange = [
        time
        for time in new.times
        if not any(one_time(time.adverbial, known.adverbial) for known in named)
    ]
    figures = set(_FIGURE.findall(text)) - set(_FIGURE.findall(" ".join(said)))
    vows = _plain(text) & word_set("promises") - _plain(moment.text)
    commits = Move.COMMITS in new.moves - moment.exchange.reading.moves and not named
    if strange or figures or vows or commits:
        raise Refused("the change promises what the client did not")


def _put(text: str, span: tuple[int, int], words: str) -> str:
    """The text with words in the place of others, without two marks at their end."""
    start, end = span
    while words[-1] in _LAST_MARKS and end < len(text) and text[end] in _LAST_MARKS:
        end += 1
    return text[:start] + words + text[end:]


def _plain(text: str) -> set[str]:
    return {word.lower().replace("’", "'") for word in _WORD.findall(text)}


def _content(text: str) -> set[str]:
    """The content words of a text, each by its beginning."""
    stem: int = table()["words"]["stem"]
    return {word[:stem] for word in _plain(text) - word_set("empty")}
