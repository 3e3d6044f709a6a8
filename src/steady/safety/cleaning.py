"""Text from outside, made fit to be shown in a terminal and stored.

Escape sequences inside text would reach the terminal raw and could change its title, colors or
clipboard; bidirectional overrides can make a line read as something it is not.
"""

import re

MAX_STORED = 100_000
"""The longest text kept of one turn, in characters."""

# The text of a string sequence ends at its line's end: a sequence that is never closed loses its
# beginning only, and no words that follow it. Every repetition is possessive and stops at the next
# beginning, so that no text takes longer than its length.
_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*+[ -/]*+[@-~]"  # CSI
    r"|(?:\x1b[\]P_^X]|[\x90\x98\x9d\x9e\x9f])"  # OSC, DCS, APC, PM, SOS
    r"[^\x07\x1b\x80-\x9f\n]*+(?:\x07|\x1b\\|\x9c)"  # and their text
    r"|\x9b[0-?]*+[ -/]*+[@-~]"  # CSI as one C1 byte
    r"|\x1b[ -/]*+[0-~]?"  # two-character escapes, and a lone ESC
)
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    r"\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates
    r"\ufff9-\ufffb\ud800-\udfff]"  # annotations, lone surrogates
)


def clean(text: str) -> str:
    """The text without escape sequences, control characters and bidirectional overrides.

    Newlines and tabs stay, every kind of line end becomes a newline; nothing else is changed.
    """
    return _INVISIBLE.sub("", _SEQUENCES.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """The cleaned text on a single line, runs of white space folded to one space."""
    return " ".join(clean(text).split())
