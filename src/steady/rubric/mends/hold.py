"""What can stand beside the client's words or in their place: taking in, asking, coming back."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from steady.records import Reading
from steady.rubric.exchange import ASKS
from steady.rubric.mends.grammar import begin, capitals, hangs, strip_joint, word_list
from steady.rubric.mends.moment import Moment, joined
from steady.rubric.mends.pieces import sentences
from steady.rubric.mends.plain import asks_cleanly
from steady.rubric.mends.table import figure, pattern, patterns, swaps, table
from steady.terms import HURTING, PUSHES, Act, Criterion, Move


def takings_in(moment: Moment, *, plain: bool = True) -> Iterator[str]:
    """Short acknowledgements of what the partner said, what was heard first, then what was done.

    With `plain` there are some for the opening line too, which fit any.
    """
    line = moment.exchange.partner
    data = table()["takes-in"]
    found: list[str] = []
    for row in data["heard"] if moment.exchange.act in _HEARD_AFTER else ():
        if row.get("circle", moment.circle) == moment.circle and pattern(row["hears"]).search(line):
            found += _turned_to(row["says"], moment)
            break
    act = moment.exchange.act.value if moment.exchange.act else "opening"
    if act in data and (plain or act != "opening"):
        rows = data[act]
        found += _turned_to([*rows.get(moment.circle, ()), *rows.get("any", ())], moment)
    yield from dict.fromkeys(found)


def _turned_to(lines: Sequence[str], moment: Moment) -> list[str]:
    """The lines, beginning with the one this turn begins with."""
    at = moment.choose(len(lines))
    return [*lines[at:], *lines[:at]]


_HEARD_AFTER = PUSHES - {Act.CALL_OUT, Act.NOTICE_SILENCE, Act.NOTICE_CHANGE} | {None}


@dataclass(frozen=True, slots=True)
class Ask:
    """A line that holds what the client came for; a `whole` one also takes the other in."""

    text: str
    whole: bool


def asks(moment: Moment) -> Iterator[Ask]:
    """What the client came for: their own earlier ask, then the scenario's lines for the rung.

    Of a scenario's line only the ask is taken where it can stand alone, else the whole line.
    """
    earlier = earlier_ask(moment)
    if earlier:
        yield Ask(earlier, whole=False)
    scene = moment.scenario.rungs[moment.rung]
    for line in (scene.script, *_turned_to(scene.samples, moment)):
        if tail := _tail(moment, line):
            yield Ask(tail, whole=False)
        elif len(line.split()) <= figure("ask_words") and moment.read(line).moves & ASKS:
            yield Ask(line, whole=True)


def earlier_ask(moment: Moment) -> str:
    """The last plain ask of this attempt said again, one with a time before one without, or ""."""
    found = ""
    for exchange in reversed(moment.earlier):
        long = exchange.words > 2 * figure("mended_words")
        if long or not exchange.moves & ASKS or exchange.moves & HURTING:
            continue
        held = [text for text in _sentences(exchange.reading.text) if _is_ask(moment, text)]
        line = _still(" ".join(held[:2]))
        if not line or len(line.split()) > figure("ask_words"):
            continue
        if names_return(moment.read(line)) or not wants_return(moment):
            return line
        found = found or line
    return next((joined(found, when) for when in returns(moment)), found) if found else ""


def _is_ask(moment: Moment, text: str) -> bool:
    """Whether a sentence asks or limits plainly and neither hurts nor hangs in the air."""
    reading = moment.read(text)
    return asks_cleanly(text) and bool(reading.moves & ASKS) and not reading.moves & HURTING


def _still(line: str) -> str:
    """An ask said again: "I need" becomes "I still need"."""
    if re.search(r"\bstill\b", line, re.IGNORECASE):
        return line
    for found, put in swaps("again", "swaps"):
        turned, count = found.subn(put, line, count=1)
        if count:
            return turned
    return line


def _sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in sentences(text)]


def _tail(moment: Moment, line: str) -> str:
    """A scenario's line from its first ask on, or nothing where it would hang in the air."""
    parts = _sentences(line)
    for at, part in enumerate(parts):
        if moment.read(part).moves & ASKS:
            tail = " ".join(parts[at:])
            short = len(tail.split()) <= figure("ask_words")
            return tail if short and stands_alone(part) else ""
    return ""


def stands_alone(line: str) -> bool:
    """Whether a sentence says what it is about without the one before it."""
    begins, others, wants, points = patterns("tail", "hanging")
    if begins.search(line) or others.search(line) or wants.search(line):
        return False
    plain = patterns("tail", "plain")[0].search(line)
    return bool(plain) and not points.search(line)


def wants_return(moment: Moment) -> bool:
    """Whether a time to go on belongs into this turn: the scenario asks for one, or a pause was."""
    return Criterion.RETURN in moment.scenario.criteria or asks_pause(moment.text)


def asks_pause(text: str) -> bool:
    """Whether the words ask for a pause, alone."""
    if patterns("pause", "together")[0].search(text):
        return False
    return any(found.search(text) for found in patterns("pause", "asks"))


def names_return(reading: Reading) -> bool:
    """Whether the words say when it goes on."""
    return Move.COMMITS in reading.moves or bool(_fitting(reading))


def returns(moment: Moment) -> Iterator[str]:
    """Sentences that say when it goes on: the client's own time, the scenario's, a plain one."""
    data = table()["return"]
    when = named_time(moment)
    pause = asks_pause(moment.text)
    kind = "pause" if pause else "matter"
    if pause and (long := patterns("pause", "long")[0].search(moment.text)):
        right_before = long.start() >= sentences(moment.text)[-1].start
        yield from data["then" if right_before else "after"]["any"]
    if when:
        for line in data[kind][moment.circle]:
            yield str(line).format(when=when)
    scene = moment.scenario.rungs[moment.rung]
    found = []
    for line in (scene.script, *scene.samples):
        for part in _sentences(line):
            if len(part.split()) <= figure("return_words") and _says_when(moment, part, pause):
                found.append(part)
    yield from _turned_to(found, moment)
    if not when:
        for line in data[kind][moment.circle]:
            yield str(line).format(when=usual_time(moment))


def _says_when(moment: Moment, part: str, pause: bool) -> bool:
    """Whether a line of the scenario says when it goes on, after a pause or with the matter."""
    reading = moment.read(part)
    if Move.COMMITS not in reading.moves or not _fitting(reading) or not stands_alone(part):
        return False
    comes_back = patterns("return", "comes-back")[0].search(part)
    goes = patterns("return", "goes")[0].search(part)
    if pause:
        return bool(comes_back and not goes)
    return bool(patterns("return", "goes-on")[0].search(part))


def usual_time(moment: Moment) -> str:
    """A time that fits the scenario: the first its lines name, else one for the relationship."""
    scene = moment.scenario.rungs[moment.rung]
    for line in (scene.script, *scene.samples):
        if when := _fitting(moment.read(line)):
            return when
    return str(table()["return"]["default"][moment.circle])


def _fitting(reading: Reading) -> str:
    """The last time of a text that can end a sentence, or nothing."""
    for time in reversed(reading.times):
        if patterns("return", "fits")[0].match(time.text):
            keep = time.text[0] if time.text.split()[0] in capitals() else time.text[0].lower()
            return keep + time.text[1:]
    return ""


def named_time(moment: Moment) -> str:
    """The time the client named in this attempt, in words that can end a sentence, or nothing."""
    for exchange in reversed(moment.earlier):
        if when := _fitting(exchange.reading):
            return when
    return ""


def added(moment: Moment, text: str, line: str) -> str:
    """A text with a line put behind it, in the client's hand."""
    return joined(text, moment.written(line))


def led(moment: Moment, line: str, text: str) -> str:
    """A text with an acknowledgement put before it, in place of its run-up."""
    small = moment.written(line)
    parts = sentences(text)
    while len(parts) > 1 and hangs(word_list(text[parts[0].start : parts[0].end])):
        text = text[parts[1].start :]
        parts = sentences(text)
    rest = strip_joint(text)
    return joined(small, begin(rest, lower=small[:1].islower()))
