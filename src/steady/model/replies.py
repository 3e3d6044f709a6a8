"""What comes back from a model, made fit to be shown: cleaned, bounded, its JSON found."""

import json
import re
from typing import Any

from steady.safety.cleaning import clean

LONGEST = 20_000
"""The most that is taken of one reply, in characters; a reply that goes on is dropped there."""

_OPENS, _CLOSES = "<think>", "</think>"
_LONGEST_ESCAPE = 64
_UNFINISHED = re.compile(  # an escape sequence that reaches the end, and may go on
    r"(?:(?:\x1b\[|\x9b)[0-?]*[ -/]*"
    r"|(?:\x1b[\]P_^X]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x80-\x9f\n]*\x1b?"
    r"|\x1b[ -/]*)\Z"
)


class Cleaner:
    """Cleans a text that arrives in pieces; what a model thinks aloud first is left out.

    An escape sequence may be cut between two pieces, so what may be the beginning of one is held
    back until more has come.
    """

    def __init__(self) -> None:
        """A cleaner for one reply."""
        self._held = ""
        self._begun = False
        self._thinking = False

    def feed(self, piece: str) -> str:
        """What can be shown now that this piece has come."""
        text = self._held + piece
        if not self._begun:
            text, self._held = self._after_thought(text)
            if not text:
                return ""
            self._begun = True
        cut = self._whole(text)
        self._held = text[cut:]
        return clean(text[:cut])

    def finish(self) -> str:
        """What was still held back."""
        held, self._held = self._held, ""
        return "" if self._thinking else clean(held)

    def _after_thought(self, text: str) -> tuple[str, str]:
        """The reply proper as far as it has come, and what has to wait."""
        start = text.lstrip()
        if start.startswith(_OPENS):
            self._thinking = True
        if self._thinking:
            _, closed, after = start.partition(_CLOSES)
            if not closed:
                return "", _OPENS + start[-len(_CLOSES) :]
            self._thinking = False
            return after.lstrip(), ""
        if _OPENS.startswith(start):  # nothing yet, or perhaps a thought's beginning
            return "", text
        return start, ""

    @staticmethod
    def _whole(text: str) -> int:
        """Up to where the text holds no sequence that may still go on."""
        unfinished = _UNFINISHED.search(text, max(0, len(text) - _LONGEST_ESCAPE))
        return unfinished.start() if unfinished else len(text)


class NoJson(ValueError):
    """A reply holds no JSON object."""


def json_in(reply: str) -> Any:
    """The first JSON object in a reply, also in a fence or between words. Raises NoJson."""
    decoder = json.JSONDecoder()
    start = reply.find("{")
    while start >= 0:
        try:
            found, _ = decoder.raw_decode(reply, start)
        except (ValueError, RecursionError):
            start = reply.find("{", start + 1) if start < 2000 else -1
            continue
        return found
    raise NoJson


def estimate(text: str) -> int:
    """About how many tokens a text is, where a server does not say: one for four bytes."""
    return -(-len(text.encode("utf-8", "replace")) // 4)
