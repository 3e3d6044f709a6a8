"""Names and contact data in a client's words, replaced before the words leave this machine.

One redactor serves one attempt: the same name gets the same placeholder throughout, and what was
replaced once is replaced wherever it turns up again. Nothing is sure here: a name typed in small
letters where none is expected can be missed, so the person is told what is sent before agreeing.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files

from steady.safety.contacts import CONTACTS, is_street

NAME = "NAME"
_UNKNOWN = {
    NAME: "someone",
    "ADDRESS": "that address",
    "PHONE": "that number",
    "MAIL": "that mail address",
    "LINK": "that page",
}
"""What is shown for a placeholder that stands for nothing: a model made it up."""

_PLACEHOLDER = re.compile(
    r"(?<![^\W\d_])(NAME|ADDRESS|PHONE|MAIL|LINK)_(\d{1,4})(?!\d)", re.IGNORECASE
)
_BEGINNINGS = frozenset(kind[:cut] for kind in _UNKNOWN for cut in range(1, len(kind) + 1))
_TAIL = re.compile(r"(?<![^\W\d_])([A-Za-z]{1,7})(_\d{0,4})?\Z")
_WORD = re.compile(r"[^\W\d_]+(?:['’‘-][^\W\d_]+)*")
_FIGURES = re.compile(r"[\d_]\w*")
_ENDS = ("", ".", "!", "?", "…", "\n", ":", ";")
_SKIPPED = " \t\"'“”‘’«»(*_-–—"


@dataclass(frozen=True, slots=True)
class _Lists:
    """The data files: what tells a name from a word."""

    given: frozenset[str]
    also_words: frozenset[str]
    before: frozenset[str]
    kin: frozenset[str]
    said: frozenset[str]
    no_names: frozenset[str]
    no_street: frozenset[str]
    everyday: frozenset[str]


@cache
def _lists() -> _Lists:
    data = files("steady.safety").joinpath("data")
    written = tomllib.loads(data.joinpath("names.toml").read_text("utf-8"))
    everyday = frozenset(data.joinpath("everyday.txt").read_text("utf-8").split())
    return _Lists(everyday=everyday, **{name: frozenset(t.split()) for name, t in written.items()})


@cache
def _plain_words() -> frozenset[str]:
    return _lists().everyday | _lists().no_names


class Redactor:
    """Replaces names, street addresses, phone numbers, mail addresses, links and handles."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        """`known` are texts whose words are no secret: the scenario's own names and setting."""
        self._known = frozenset(
            _plain(word)
            for text in known
            for found in _WORD.findall(text)
            for word in _parts(found)
        )
        self._placeholders: dict[tuple[str, str], str] = {}
        self._meant: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    @property
    def hidden(self) -> Mapping[str, str]:
        """What was replaced so far: each placeholder and the words it stands for."""
        return dict(self._meant)

    def hide(self, text: str) -> str:
        """The text with a placeholder for each thing that could tell who is meant."""
        for kind, pattern in CONTACTS:
            text = pattern.sub(partial(self._contact, kind), text)
        shown, end = [], 0
        for start, stop in self._names(text):
            shown += [text[end:start], self._placeholder(NAME, text[start:stop])]
            end = stop
        return "".join([*shown, text[end:]])

    def restore(self, text: str) -> str:
        """The text with the client's own words back in the place of every placeholder."""
        return _PLACEHOLDER.sub(self._restored, text)

    def _restored(self, found: re.Match[str]) -> str:
        kind = found[1].upper()
        return self._meant.get(f"{kind}_{int(found[2])}", _UNKNOWN[kind])

    def _contact(self, kind: str, found: re.Match[str]) -> str:
        if not is_street(found, _lists().no_street):
            return found[0]
        if _PLACEHOLDER.search(found[0]):
            return found[0]
        words = found["what"]
        at = found.start("what") - found.start()
        return found[0][:at] + self._placeholder(kind, words) + found[0][at + len(words) :]

    def _placeholder(self, kind: str, words: str) -> str:
        key = kind, _plain(words) if kind == NAME else " ".join(words.casefold().split())
        if key not in self._placeholders:
            number = self._counts[kind] = self._counts.get(kind, 0) + 1
            self._placeholders[key] = f"{kind}_{number}"
            name = kind == NAME and words.islower()
            self._meant[f"{kind}_{number}"] = words[0].upper() + words[1:] if name else words
        return self._placeholders[key]

    def _names(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the names stand, without a possessive ending."""
        words = list(_WORD.finditer(text))
        shouting = sum(map(str.isupper, text)) > sum(map(str.islower, text))
        for place, found in enumerate(words):
            if _is_placeholder(text, found):
                continue
            bare = re.sub(r"['’‘]s?\Z", "", found[0])
            for size in (len(bare), len(bare) - 1):
                name = found[0][:size]
                if size < len(bare) and not (bare.lower().endswith("s") and size > 3):
                    break
                if self._is_name(text, words, place, name, shouting, plural=size < len(bare)):
                    yield found.start(), _whole(text, found, size)
                    break

    def _is_name(
        self,
        text: str,
        words: list[re.Match[str]],
        place: int,
        name: str,
        shouting: bool,
        *,
        plural: bool,
    ) -> bool:
        lists, plain, found = _lists(), _plain(name), words[place]
        if not plain or plain in self._known:
            return False
        if (NAME, plain) in self._placeholders or plain in lists.given:
            return True
        if plural:
            return False
        inside = text[: found.start()].rstrip(_SKIPPED)[-1:] not in _ENDS
        capital = name[0].isupper() and not shouting and (len(name) == 1 or not name.isupper())
        if plain in lists.also_words and capital and inside:
            return True
        if len(plain) < 2 or _plain_words() & {plain, *plain.split("-")}:
            return False
        return (capital and inside and not plain.isdigit()) or self._is_called(text, words, place)

    def _is_called(self, text: str, words: list[re.Match[str]], place: int) -> bool:
        """Whether the words around call for a name: "my friend …", "mr …", "… said"."""
        lists = _lists()
        before = _beside(text, words, place, -1)
        if before in lists.before:
            return True
        if before in lists.kin and _beside(text, words, place - 1, -1) in _OWNED:
            return not words[place][0].endswith(_OF_VERBS)
        return before not in _OWNED | _ARTICLES and _beside(text, words, place, 1) in lists.said


_OWNED = frozenset({"my", "our", "his", "her", "their", "your"})
_ARTICLES = frozenset({"a", "an", "the", "this", "that", "every", "no", "some", "another"})
_OF_VERBS = ("ed", "ing", "es", "'s", "n't")  # "my father swallowed", not "my father swallow"


def _beside(text: str, words: list[re.Match[str]], place: int, step: int) -> str:
    """The word next to one, or an empty text where a mark stands between."""
    other = place + step
    if not 0 <= other < len(words) or place < 0:
        return ""
    first, second = sorted((place, other))
    between = text[words[first].end() : words[second].start()]
    return _plain(words[other][0]) if not between.strip(" .") else ""


def _whole(text: str, found: re.Match[str], size: int) -> int:
    """Where a name ends: with the figures that are written onto it, as in "sam99"."""
    end = found.start() + size
    figures = _FIGURES.match(text, end) if end == found.end() else None
    return figures.end() if figures else end


def _is_placeholder(text: str, found: re.Match[str]) -> bool:
    return found[0] in _UNKNOWN and text[found.end() : found.end() + 1] == "_"


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").replace("‘", "'")


def _parts(word: str) -> Iterator[str]:
    """A word, and what is left of it without a possessive ending."""
    yield word
    if (bare := re.sub(r"['’‘]s?\Z", "", word)) != word:
        yield bare


class Restorer:
    """Restores a text that arrives in pieces; holds back only what may begin a placeholder."""

    def __init__(self, redactor: Redactor) -> None:
        """A restorer for one streamed text."""
        self._redactor = redactor
        self._held = ""

    def feed(self, piece: str) -> str:
        """What can be shown now that this piece has come."""
        text = self._held + piece
        tail = _TAIL.search(text)
        whole = tail is not None and (
            tail[1].upper() in _UNKNOWN if tail[2] else tail[1].upper() in _BEGINNINGS
        )
        cut = tail.start() if tail is not None and whole else len(text)
        self._held = text[cut:]
        return self._redactor.restore(text[:cut])

    def finish(self) -> str:
        """What was still held back."""
        held, self._held = self._held, ""
        return self._redactor.restore(held)
