"""Cuts out of a turn what hurts, as little as will do, and sees by reading what that leaves."""

from steady.records import Reading
from steady.rubric.exchange import ASKS
from steady.rubric.mends.grammar import opens
from steady.rubric.mends.moment import Moment
from steady.rubric.mends.parts import Parts
from steady.rubric.mends.plain import asks, is_warm, stings
from steady.rubric.mends.sureness import Sure, faults
from steady.rubric.mends.table import alone_harm, figure, holding, patterns
from steady.terms import HELPING, HURTING, Move

MOST_CUTS = 6


def harm(reading: Reading) -> float:
    """How much a turn hurts: the sure faults whole, the suspected by their likelihood."""
    sure = sum(found.probability for found in reading.found if found.move in HURTING)
    return len(reading.moves & HURTING) + sure


def without_harm(moment: Moment, text: str) -> str:
    """The text with what hurts cut out, or nothing where the rest would not stand."""
    parts = Parts(text)
    if len(parts) == 1 or parts.too_many:
        return ""
    kept = parts.whole()
    doubtful = Sure.NAMED not in faults(moment).values()
    for _ in range(MOST_CUTS):
        now = moment.read(parts.render(kept))
        if not now.moves & HURTING and not _unclean(moment, parts, kept):
            return _finished(moment, parts, kept)
        cuts = [left for left in parts.cuts(kept) if _begins_well(moment, parts, kept, left)]
        if doubtful:  # what takes the other in is not given up for a fault that may be none
            cuts = [left for left in cuts if not is_warm(parts.render(kept - left))]
        if not cuts:
            return ""
        kept = min(cuts, key=lambda left: _cost(moment, parts, kept, left))
    return ""


def _finished(moment: Moment, parts: Parts, kept: frozenset[int]) -> str:
    """What is kept, or nothing where the cut did not take out what the faults are made of."""
    gone = parts.whole() - kept
    cut_out = " ".join(" ".join(parts.words(place)) for place in sorted(gone))
    for move in moment.exchange.moves & {Move.BLAMES, Move.THREATENS, Move.YIELDS}:
        if not holding(move).search(cut_out):
            return ""
    left, lost = parts.render(kept), parts.render(gone)
    times = [time.text for time in moment.exchange.reading.times]
    ask_lost = asks(lost) and not asks(left)
    time_lost = any(time in lost for time in times) and not any(time in left for time in times)
    named = patterns("return", "when")[0]
    time_lost |= bool(named.search(lost)) and not named.search(left)
    if ask_lost or time_lost or not _took_out_a_fault(moment, parts, gone):
        return ""
    kept -= _scraps(moment, parts, kept)
    return parts.render(kept) if gone and kept else ""


def _took_out_a_fault(moment: Moment, parts: Parts, gone: frozenset[int]) -> bool:
    """Whether what was cut out shows a fault of the turn by itself, or begins like one."""
    counted = faults(moment)
    named = Sure.NAMED in counted.values()
    least = figure("gone_alone" if named else "gone_doubtful")
    for number in range(len(parts.sentences)):
        places = sorted(gone.intersection(parts.of_sentence(number)))
        for line in {parts.render(places), *(parts.render([place]) for place in places)} - {""}:
            odds = moment.read(line).probabilities
            likely = any(odds.get(fault, 0.0) >= least for fault in counted)
            first = named and any(
                found.search(line) for found in patterns("cutting", "first-to-go")
            )
            if likely or first or hurts_alone(moment, line):
                return True
    return False


def _scraps(moment: Moment, parts: Parts, kept: frozenset[int]) -> set[int]:
    """Words that were said to a sentence that is gone: "Over it!", "Seriously." """
    scraps: set[int] = set()
    for number in range(1, len(parts.sentences)):
        places, before = parts.of_sentence(number), parts.of_sentence(number - 1)
        if not kept.issuperset(places) or kept.intersection(before) - scraps:
            continue
        few = sum(len(parts.words(place)) for place in places) <= figure("alone_words") + 2
        line = parts.render(places)
        asked = asks(line) and moment.read(line).moves & ASKS
        if few and not asked and not opens(parts.words(places[0])):
            scraps.update(places)
    return scraps


def _begins_well(moment: Moment, parts: Parts, kept: frozenset[int], left: frozenset[int]) -> bool:
    """Whether a sentence that loses its beginning goes on with an ask."""
    for number in range(len(parts.sentences)):
        every = parts.of_sentence(number)
        rest = [place for place in every if place in left]
        if rest and rest[0] != every[0] and every[0] in kept:
            return bool(moment.read(parts.render(rest)).moves & ASKS)
    return True


def _cost(moment: Moment, parts: Parts, kept: frozenset[int], left: frozenset[int]) -> float:
    """What is left of the harm after a cut, and what was lost for it: helping moves and words."""
    now, then = moment.read(parts.render(kept)), moment.read(parts.render(left))
    gone = kept - left
    cut_out = parts.render(gone)
    lost = moment.read(cut_out)
    asks = 2.0 if now.moves & ASKS and not then.moves & ASKS else 0.0
    likely = any(found.search(cut_out) for found in patterns("cutting", "first-to-go"))
    return (
        harm(then)
        + _unclean(moment, parts, left)
        + figure("lost_move") * (len(now.moves & HELPING - then.moves) + asks)
        + figure("lost_word") * sum(len(parts.words(place)) for place in gone)
        - figure("gone_harm") * min(1.0, harm(lost))
        + figure("gone_help") * len(lost.moves & HELPING)
        - figure("gone_likely") * likely
    )


def _unclean(moment: Moment, parts: Parts, kept: frozenset[int]) -> int:
    """How many of the sentences that are left hurt alone, or are a reproach cut short."""
    count = 0
    for number in range(len(parts.sentences)):
        every = parts.of_sentence(number)
        places = kept.intersection(every)
        if not places:
            continue
        line = parts.render(places)
        cut_short = len(places) < len(every) and patterns("cutting", "stubs")[0].search(line)
        count += hurts_alone(moment, line) or bool(
            cut_short and not moment.read(line).moves & HELPING
        )
    return count


def hurts_alone(moment: Moment, line: str) -> bool:
    """Whether a sentence surely hurts by itself; of a word or two nothing can be said."""
    if stings(line):
        return True
    return len(line.split()) >= figure("alone_words") and any(
        found.probability >= alone_harm(found.move)
        for found in moment.read(line).found
        if found.move in HURTING
    )
