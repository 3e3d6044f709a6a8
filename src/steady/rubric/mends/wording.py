"""Takes single words out of a turn: heaps of apology, hedges, a time that is none."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from steady.rubric.exchange import ASKS
from steady.rubric.mends.grammar import begin, word_list, writes_small
from steady.rubric.mends.hold import asks_pause, named_time, returns, usual_time, wants_return
from steady.rubric.mends.moment import Moment, joined
from steady.rubric.mends.pieces import sentences
from steady.rubric.mends.plain import asks
from steady.rubric.mends.table import patterns, swaps, words

_HELD = "\ue000"  # stands for the word that stays, while the others go
_SPACES = re.compile(r"[ \t]{2,}")
_STRAY = re.compile(r"\s+([,.;!?])|^[\s,;.!?…-]+")
_DOUBLE = re.compile(r",\s*([.!?])|([.!?]),")


def swapped(text: str, section: str) -> Iterator[str]:
    """The text with the words of a section taken out or replaced, sentence by sentence.

    Where the section has words of which one may stay, the text with the first of them comes first.
    """
    for found, put in swaps(section, "one"):
        first = next(
            (m for one in sentences(text) if (m := found.match(text[one.start : one.end]))), None
        )
        if first is not None:
            at = text.find(first.string)
            held = text[:at] + _HELD + " " + text[at + first.end() :].lstrip(" ,.!")
            yield _settled(_swapped(held, section), put, small=writes_small(text))
    if rest := _swapped(text, section):
        yield rest


def _settled(text: str, put: str, *, small: bool) -> str:
    """The text with the word that stays back in its place."""
    word = put.lower() if small else put
    after = text.partition(_HELD)[2].lstrip()
    mark = " " if re.match(r"(?:to|for|about|that|i|if)\b", after, re.IGNORECASE) else ", "
    tail = after if small or after[:2] in {"I ", "I'"} else after[:1].lower() + after[1:]
    return text.partition(_HELD)[0] + (word + mark + tail if after else word + ".")


def _swapped(text: str, section: str) -> str:
    lines: list[str] = []
    small = writes_small(text)
    before = 0
    for one in sentences(text):
        line = _swap(text[one.start : one.end], swaps(section, "swaps"), small=small)
        if line:
            lines.append((text[before : one.start] if lines else "") + line)
        before = one.end
    return "".join(lines).strip()


def _swap(line: str, pairs: Sequence[tuple[re.Pattern[str], str]], *, small: bool) -> str:
    out = line
    for found, put in pairs:
        out = found.sub(partial(_put, put=put), out)
    if out == line:
        return line
    out = _DOUBLE.sub(lambda m: m[1] or m[2], _STRAY.sub(lambda m: m[1] or "", out))
    out = _SPACES.sub(" ", out).strip()
    if all(word in words("grammar", "dregs") for word in word_list(out)):
        return _HELD if _HELD in out else ""
    out = out[:-1] + "." if out[-1] in ",;" else out
    return out if out.startswith(_HELD) else begin(_asked(out, line), lower=small)


def _put(match: re.Match[str], put: str) -> str:
    """What stands in the place of a match, small inside a sentence."""
    said = match.expand(put)
    inside = match.start() and not match.string[: match.start()].rstrip().endswith((".", "!", "?"))
    return said[:1].lower() + said[1:] if inside and not said.startswith(("I ", "I'")) else said


def _asked(line: str, before: str) -> str:
    """A line that became a question ends like one."""
    question = patterns("grammar", "questions")[0]
    if not question.match(line) or question.match(before):
        return line
    return line.rstrip(".,") + "?" if line[-1:].isalnum() or line[-1:] in ".," else line


def timed(moment: Moment, text: str) -> Iterator[str]:
    """The text with a time in it: a vague one replaced, else a sentence put behind."""
    if not wants_return(moment):
        return
    when = named_time(moment) or usual_time(moment)
    for found, put in swaps("vague", "swaps"):
        mended, count = found.subn(partial(_put, put=put.format(when=when)), text, count=1)
        if count:
            yield begin(mended, lower=writes_small(text))
    last = text[sentences(text)[-1].start :]
    asked = asks(last) and moment.read(last).moves & ASKS and "?" not in last
    if asks_pause(text) or (moment.at_work and asked):
        for line in returns(moment):
            yield joined(text, moment.written(line))
