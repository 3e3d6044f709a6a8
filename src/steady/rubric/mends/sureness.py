"""Which turns are to be mended, and how sure it is what is wrong with them."""

from collections.abc import Iterator
from enum import IntEnum

from steady.rubric.mends.grammar import word_list
from steady.rubric.mends.moment import Moment
from steady.rubric.mends.plain import is_warm, stings
from steady.rubric.mends.table import figure, patterns, table, words
from steady.terms import HELPING, HURTING, Act, Move

HOT = frozenset({Move.CONTEMPT, Move.BLAMES, Move.DEFENDS, Move.THREATENS})
"""The faults that heat a talk up."""


class Sure(IntEnum):
    """How sure a fault is, and so what may be done about it."""

    FAINT = 1  # its words may be taken out
    LIKELY = 2  # another line may stand in its place
    NAMED = 3  # what is wrong with it may be said


def faults(moment: Moment) -> dict[Move, Sure]:
    """The faults of a turn, each with how sure it is.

    A fault in a poor line is likelier than one in a good line, and heat beside warm words is less
    likely; words that sting by themselves make it sure.
    """
    reading = moment.exchange.reading
    stung = stings(moment.text)
    warm = is_warm(moment.text)
    counted: dict[Move, Sure] = {}
    for found in reading.found:
        if found.move not in HURTING:
            continue
        hot = found.move in HOT
        weight = found.probability - figure("by_quality") * (reading.quality - 3.0)
        likely = reading.quality < figure("doubtful") and (
            weight >= figure("counts") or reading.quality < figure("poor_line")
        )
        if (stung and hot) or weight >= figure("named"):
            counted[found.move] = Sure.NAMED
        elif weight >= figure("sure") or (likely and not (warm and hot)):
            counted[found.move] = Sure.LIKELY
        elif weight >= figure("faint") and reading.quality < figure("faint_below"):
            counted[found.move] = Sure.FAINT
    if reading.quality < figure("said_below"):
        counted |= {move: Sure.FAINT for move in _said(moment.text) if move not in counted}
    return counted


def _said(text: str) -> Iterator[Move]:
    """The faults that single words show, though the turn is not read so."""
    if stings(text):
        yield Move.CONTEMPT
    if any(found.search(text) for found in patterns("stays", "gives-back")):
        yield Move.UNDERCUTS
    if len(patterns("stays", "sorry")[0].findall(text)) >= figure("sorries"):
        yield Move.OVER_APOLOGISES


def worth_mending(moment: Moment) -> bool:
    """Whether a turn is speech to the partner that could be said better."""
    reading = moment.exchange.reading
    likely = reading.probabilities.get(Move.OFF_TASK, 0.0) >= figure("off_task")
    if Move.OFF_TASK in reading.moves or likely or not is_speech(moment.text) or _agrees(moment):
        return False
    return bool(faults(moment)) or (
        reading.quality < figure("good_enough")
        and bool(
            reading.moves & HELPING
            or len(moment.text.split()) > 2
            or reading.quality < figure("poor_line")
        )
    )


def _agrees(moment: Moment) -> bool:
    """Whether a turn says yes to what was agreed: that is the end of the talk, not a surrender."""
    settled = moment.exchange.act in {Act.ACCEPT_WITH_CONDITION, Act.ACCEPT}
    said = " ".join(word_list(moment.text))
    return settled and any(p.fullmatch(said) for p in patterns("speech", "agrees"))


def is_speech(text: str) -> bool:
    """Whether a turn is made of words that can be mended: no gibberish, no bare grunt."""
    found = word_list(text)
    if not found or any(p.fullmatch(" ".join(found)) for p in patterns("speech", "too_little")):
        return False
    if patterns("speech", "to-program")[0].search(text):
        return False
    noise = sum(bool(patterns("speech", "noise")[0].fullmatch(word)) for word in found)
    if 3 * noise >= len(found):
        return False
    known = sum(word in words("speech", "known") for word in found)
    return known > 0 and known / len(found) >= float(table()["speech"]["share"])
