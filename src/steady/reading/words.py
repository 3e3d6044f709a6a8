"""Text as the reader sees it: plain lower-case words, each tied to its place in what was typed.

Spelling is evened out here and nowhere else: capitals, curly quotes, missing apostrophes, texting
and dialect spellings, stretched letters. A contraction becomes its words ("I'm" is `i` `am`), so a
cue needs to be written once only.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

ENDERS = frozenset({".", "?", "!", "...", "\n"})
"""The marks that end a sentence; a cue may name them like words."""

_PIECE = re.compile(
    r"(?P<word>[^\W\d_]+(?:['’‘ʼ`´][^\W\d_]+)*['’]?)"
    r"|(?P<number>[£$€]?\d+(?:[.:,]\d+)*(?:[^\W\d_]+|%)?)"
    r"|(?P<dots>\.{2,}|…)"
    r"|(?P<ender>[.!?‽]+)"
    r"|(?P<line>\n)"
    r"|(?P<dash>\s[-–—~]+\s|[—–]|--+)"
    r"|(?P<mark>[,;:()\[\]\"“”*/])"
    r"|(?P<sign>[^\w\s])"
)
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
_CLOCK = re.compile(r"^(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?(?:am|pm|ish|a|p)?$")
_CLOCK_SURE = re.compile(r"^(?:(?:[01]?\d|2[0-4])[:.][0-5]\d(?:am|pm)?|(?:1[0-2]|[1-9])(?:am|pm))$")
_MINUTES = re.compile(r"^(\d+)(min|mins|m|minutes|minute|h|hr|hrs|hours|hour|s|secs)$")
_UNIT = {"m": "minutes", "min": "minutes", "mins": "minutes", "minute": "minutes"}
_QUOTES = frozenset('"“”')
_SIGNS = frozenset({"So", "Sk", "Sc"})
_UNIT |= {"h": "hours", "hr": "hours", "hrs": "hours", "hour": "hours", "s": "seconds"}


@dataclass(slots=True)
class Words:
    """A text cut into words and marks.

    `words`, `starts` and `ends` run side by side; the offsets are those of the original text.
    `breaks` holds the indices of words before which a comma, dash, bracket or quotation mark
    stood; `quoted` those that stand between quotation marks; `shouted` those typed in capitals.
    """

    text: str
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    quoted: set[int] = field(default_factory=set)
    shouted: set[int] = field(default_factory=set)
    acted: set[int] = field(default_factory=set)
    stretched: int = 0


def plain(piece: str) -> str:
    """A word in lower case with straight apostrophes."""
    return piece.lower().translate(_APOSTROPHES)


def unstretch(word: str, known: Collection[str]) -> str:
    """A word without stretched letters: "soooo" is "so", "pleeease" is "please"."""
    twice = _STRETCHED.sub(r"\1\1", word)
    if twice in known:
        return twice
    return _STRETCHED.sub(r"\1", word)


class Speller:
    """Cuts text into words by a table of spellings."""

    def __init__(self, spellings: Mapping[str, list[str]], known: Collection[str] = ()) -> None:
        """`spellings` gives a typed word its plain words; `known` words are never shortened."""
        self._spellings = spellings
        self._known = known

    def cut(self, text: str) -> Words:
        """The words of a text."""
        out = Words(text)
        quote = star = -1  # the first word after a mark that is still open
        for found in _PIECE.finditer(text):
            kind, piece = found.lastgroup, found[0]
            if kind == "word":
                self._word(out, piece, found.start(), found.end())
            elif kind == "number":
                for word in _number(plain(piece)):
                    _add(out, word, found.start(), found.end())
            elif kind in ("dots", "ender", "line"):
                word = _ender(piece)
                if not (out.words and out.words[-1] == "\n" == word):
                    _add(out, word, found.start(), found.end())
            elif kind == "sign":
                if unicodedata.category(piece) in _SIGNS:
                    _add(out, piece, found.start(), found.end())
            else:
                here = len(out.words)
                out.breaks.add(here)
                if piece in _QUOTES:
                    quote = _enclose(out.quoted, quote, here)
                elif piece == "*":
                    star = _enclose(out.acted, star, here)
        return out

    def _word(self, out: Words, piece: str, start: int, end: int) -> None:
        first = len(out.words)
        low = plain(piece)
        for word in self._spellings.get(low) or self._odd(low, out):
            _add(out, word, start, end)
        if end - start > 2 and piece.isupper():
            out.shouted.update(range(first, len(out.words)))

    def _odd(self, word: str, out: Words) -> list[str]:
        """The words of a spelling that is not in the table as it stands."""
        if _STRETCHED.search(word):
            out.stretched += 1
            word = unstretch(word, self._known)
            if word in self._spellings:
                return self._spellings[word]
        if len(word) > 4 and word.endswith("in") and f"{word}g" in self._known:
            return [f"{word}g"]
        if word.endswith("'"):
            word = word[:-1]
            if word.endswith("in"):
                word += "g"
            return self._spellings.get(word, [word])
        if "'" in word:
            head, *rest = _possessive(word)
            return [*self._spellings.get(head, [head]), *rest]
        return [word]


def _add(out: Words, word: str, start: int, end: int) -> None:
    out.words.append(word)
    out.starts.append(start)
    out.ends.append(end)


def _enclose(inside: set[int], opened: int, here: int) -> int:
    """Opens a pair of marks, or closes it and takes in the words between."""
    if opened < 0:
        return here
    inside.update(range(opened, here))
    return -1


def _possessive(word: str) -> list[str]:
    """A noun and what hangs on its apostrophe."""
    head, _, tail = word.rpartition("'")
    known = {"s": "'s", "ll": "will", "re": "are", "ve": "have", "d": "would", "m": "am"}
    if tail in known:
        return [head, known[tail]]
    if tail == "t" and head.endswith("n"):
        return [head[:-1], "not"]
    return [word.replace("'", "")]


def _number(word: str) -> list[str]:
    """A number, parted from its unit: "20mins" is `20` `minutes`."""
    if found := _MINUTES.match(word):
        return [found[1], _UNIT.get(found[2], found[2])]
    return [word]


def _ender(piece: str) -> str:
    if piece == "\n":
        return "\n"
    if "?" in piece or "‽" in piece:
        return "?"
    if "!" in piece:
        return "!"
    return "." if piece == "." else "..."


def number_classes(word: str) -> tuple[str, ...]:
    """The classes of a word that begins with a digit or a currency sign."""
    if word[0] in "£$€":
        return ("<money>",)
    if not word[0].isdigit():
        return ()
    classes = ["<num>"] if word.isdigit() else []
    if _CLOCK.match(word):
        classes.append("<clock>")
        if _CLOCK_SURE.match(word):
            classes.append("<clock-sure>")
    if word.endswith(("st", "nd", "rd", "th")):
        classes.append("<ordinal>")
    return tuple(classes)
