"""What text from a file may hold, and how a piece of it is quoted in a message.

Terminals obey control characters, and bidirectional overrides make a line read as something it is
not. A scenario has no use for either, so both are faults; a message that names such text shows the
characters by their numbers.
"""

import re

_UNSHOWABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    r"\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates
    r"\u2028\u2029\ufff9-\ufffb\ud800-\udfff]"  # separators, annotations, lone surrogates
)
_BREAKS = re.compile(r"[\t\n]")


def unshowable(text: str) -> str | None:
    """The first character that a scenario may not hold, as `U+001B`, or None."""
    found = _UNSHOWABLE.search(text)
    return None if found is None else f"U+{ord(found[0]):04X}"


def is_one_line(text: str) -> bool:
    """Whether a text has neither a line break nor a tab inside."""
    return _BREAKS.search(text) is None


def visible(text: str, longest: int = 60) -> str:
    """The text fit for a message: on one line, its control characters by number, shortened."""
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    text = _UNSHOWABLE.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
    return _BREAKS.sub(" ", text)
