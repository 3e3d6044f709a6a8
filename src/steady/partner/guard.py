"""The guard: what a line found by a model must not do, told by code alone.

It is pure: the same words, the same answer. It is run on the growing text before any of it is
shown, and once more on the whole. Its signs stand in `data/guard.toml` and `data/bearing.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from steady.partner.bearing import goes_against
from steady.partner.order import Order
from steady.safety.danger import outright
from steady.terms import Act

LONGEST = 420
"""Characters of one line; three sentences of speech are shorter."""

SENTENCES = 3
"""How many sentences one line may have."""

_PLAIN = str.maketrans({"'": "’", "‘": "’", "“": '"', "”": '"', "…": "."})
_WORD = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)*")
_END = re.compile(r'[.!?…]+["”’\')\]]*(?=\s|$)')
_SPOKEN = re.compile(r"[aeiouy]|^(h?m+|hm+|p?[pt]?sh+|pf+t?|tsk|psst|[dm]rs?)$")
_ONE_LETTER = frozenset({"i", "k"})
_SHINGLE = 6
_FEW_WORDS = 5
_SAME = 0.8
_FOREIGN = 0.3
_BRACKETED = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line may not be said: for the record, and for the model's one more try."""

    kind: str
    why: str
    again: str


@dataclass(frozen=True, slots=True)
class _Rules:
    refusals: Mapping[str, Refusal]
    signs: Mapping[str, tuple[str, ...]]
    languages: Mapping[str, frozenset[str]]


@cache
def _rules() -> _Rules:
    raw: dict[str, Any] = tomllib.loads(
        files("steady.partner").joinpath("data", "guard.toml").read_text("utf-8")
    )
    languages = {name: frozenset(words) for name, words in raw.pop("languages").items()}
    return _Rules(
        {kind: Refusal(kind, rule["why"], rule["again"]) for kind, rule in raw.items()},
        {kind: tuple(rule["signs"]) for kind, rule in raw.items() if "signs" in rule},
        languages,
    )


@cache
def _signs(kind: str, name: str) -> re.Pattern[str]:
    spoken = re.escape(_plain(name)) if name else r"\b\B"  # which is nowhere
    return re.compile("|".join(sign.replace("{name}", spoken) for sign in _rules().signs[kind]))


def _plain(text: str) -> str:
    return text.translate(_PLAIN).lower()


def _words(text: str) -> list[str]:
    return _WORD.findall(_plain(text))


def tidy(text: str, name: str) -> str:
    """The line without what many models put around it: blanks, quotation marks, its own name.

    Works on a growing text too: what may still turn out to be such a label is left out.
    """
    line = text.strip()
    label = f"{name}:"
    if name and line[: len(label)].lower() == label.lower():
        line = line[len(label) :].lstrip()
    elif name and label.lower().startswith(line.lower()):
        return ""
    for opening, closing in ('""', "“”", "''", "‘’"):
        if line.startswith(opening) and closing not in line[1:-1]:
            return line[1:].removesuffix(closing)
    return line


def first_sentences(text: str, count: int = SENTENCES) -> tuple[str, bool]:
    """The first sentences of a text, and whether anything comes after them."""
    for number, end in enumerate(_END.finditer(text), start=1):
        if number == count and text[end.end() :].strip():
            return text[: end.end()], True
    return text, False


def whole_sentences(text: str) -> str:
    """The text up to the end of its last whole sentence; may be empty."""
    ends = [end.end() for end in _END.finditer(text)]
    return text[: ends[-1]] if ends else ""


class Guard:
    """The guard over one line to be said."""

    def __init__(self, order: Order, told: Iterable[str] = ()) -> None:
        """`told` are the instructions given to the model, whose words the line must not repeat."""
        self._order = order
        self._told = _shingles(" ".join(told)) if told else frozenset()
        self._own = {*_shingles(" ".join(order.examples)), *_shingles(order.embedded)}
        reference = " ".join((order.embedded, *order.examples, *order.spoken))
        self._language = _language(reference)
        self._latin = _latin_share(reference) > 0.5

    def growing(self, text: str) -> Refusal | None:
        """Whether what has come so far may be shown; None where it may."""
        return self._look(text, whole=False)

    def whole(self, text: str) -> Refusal | None:
        """Whether the line may be said; None where it may."""
        if not _speaks(text) and not (self._order.act is Act.GO_SILENT and text.strip()):
            return _rules().refusals["empty"]
        return self._look(text, whole=True)

    def _look(self, text: str, *, whole: bool) -> Refusal | None:
        refusals = _rules().refusals
        kind = (
            self._long(text)
            or self._sign_in(text)
            or self._foreign(text, whole=whole)
            or self._told_back(text)
            or (self._heard_before(text) if whole else None)
            or ("danger" if whole and outright(text) is not None else None)
            or goes_against(self._order.act, text, whole=whole)
        )
        return refusals[kind] if kind else None

    def _sign_in(self, text: str) -> str | None:
        plain = _plain(text)
        if self._order.act is Act.GO_SILENT:  # silence may be shown: "(looks away)"
            plain = _BRACKETED.sub("", plain)
        name = self._order.name
        return next((kind for kind in _rules().signs if _signs(kind, name).search(plain)), None)

    def _long(self, text: str) -> str | None:
        return "too-long" if len(text) > LONGEST or first_sentences(text)[1] else None

    def _foreign(self, text: str, *, whole: bool) -> str | None:
        if self._latin and _latin_share(text) < 1 - _FOREIGN:
            return "other-language"
        if not self._latin and whole and _latin_share(text) > 1 - _FOREIGN:
            return "other-language"
        found = _language(text)
        if found is None or self._language is None or found == self._language:
            return None
        return "other-language"

    def _told_back(self, text: str) -> str | None:
        return "echoes" if (_shingles(text) - self._own) & self._told else None

    def _heard_before(self, text: str) -> str | None:
        if any(_same(text, line) for line in self._order.spoken):
            return "repeats"
        return "parrots" if _same(text, self._order.said) else None


def _speaks(text: str) -> bool:
    """Whether there is a word in it that somebody might say: "No", "Hm", but not "z".

    Words of other alphabets may be one sign long and need no vowel.
    """
    return any(
        word in _ONE_LETTER or not word.isascii() or (len(word) > 1 and _SPOKEN.search(word))
        for word in _words(text)
    )


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of six words."""
    words = _words(text)
    return frozenset(tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def _same(text: str, other: str) -> bool:
    """Whether two lines are one: word for word, or nearly where they are longer."""
    ours, theirs = _words(text), _words(other)
    if ours == theirs:
        return bool(ours)
    if min(len(ours), len(theirs)) < _FEW_WORDS:
        return False
    mine, others = set(ours), set(theirs)
    return len(mine & others) / len(mine | others) >= _SAME


def _latin_share(text: str) -> float:
    """The share of Latin letters among the letters; 1 where there are none."""
    letters = [sign for sign in text if sign.isalpha()]
    if not letters:
        return 1.0
    return sum(sign < "\u0250" or "\u1e00" <= sign < "\u1f00" for sign in letters) / len(letters)


def _language(text: str) -> str | None:
    """The language whose small words a text has most of, or None where that cannot be told."""
    words = _words(text)
    counts = sorted(
        (
            (sum(word in small for word in words), name)
            for name, small in _rules().languages.items()
        ),
        reverse=True,
    )
    (most, name), (next_most, _) = counts[0], counts[1]
    return name if most >= 2 and most > next_most else None
