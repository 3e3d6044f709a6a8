"""Reading a TOML file that anybody may have written: bounded, and every refusal says where and why.

Kept apart from the models, so that a folder can be listed without paying for pydantic.
"""

import os
import re
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steady.errors import SteadyError
from steady.scenario.text import visible

LARGEST = 1_000_000
"""The largest file that is read, in bytes."""

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
# The parser's time grows with the square of the parts of one key, so a hostile key is met first.
_LONG_KEY = re.compile(
    r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){24}""", re.ASCII
)

# What the parser says, and what a person can do about it; the first that fits.
_SYNTAX = (
    (
        "Expected newline or end of document",
        "there is something after the value",
        'start a new line, or write \\" for a quotation mark inside the text',
    ),
    (
        "Unclosed array",
        "a list is not closed, a comma is missing in it, or a text in it ended early",
        'add the ] or the comma, or write \\" for a quotation mark inside the text',
    ),
    ("Unclosed inline table", "a { is not closed", "add the }"),
    ("Unterminated string", "a text is not closed", "add the closing quotation mark"),
    ("Expected '\"", "a text is not closed", "add the closing quotation mark"),
    ("Expected \"'", "a text is not closed", "add the closing quotation mark"),
    ("Illegal character '\\n'", "a text is not closed", "add the closing quotation mark"),
    ("Illegal character", "there is a control character in the text", "remove it"),
    ("Found invalid character", "there is a control character in the text", "remove it"),
    ("Unescaped '\\", "a \\ stands alone in a text", "write \\\\"),
    ("Expected '='", "there is no = after the key", 'write key = "text"'),
    ("Expected ']", "a section's name is not closed", "write [name] on a line of its own"),
    ("Invalid initial character for a key", "this is not a key", 'write key = "text"'),
    ("Invalid statement", "this is neither a key nor a section", "write # before a remark"),
    ("Invalid value", "the value cannot be read", 'put text between "quotation marks"'),
    ("Cannot overwrite a value", "this key was given before", "keep one of the two"),
    ("Duplicate inline table key", "this key was given before", "keep one of the two"),
    ("Cannot declare", "this section was opened before", "put both together"),
    ("Cannot mutate", "this section was opened before", "put both together"),
    ("Cannot redefine", "this section was opened before", "put both together"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file, where it is, and how to mend it.

    `line` counts from 1, and is 0 where the fault is the file itself; `key` is empty where no key
    is to blame. All texts are fit to be shown: nothing in them reaches a terminal as a command.
    """

    path: Path
    line: int
    key: str
    what: str
    mend: str

    def __str__(self) -> str:
        """`file:line: key: what; mend.`"""
        place = visible(str(self.path), 4096) + (f":{self.line}" if self.line else "")
        key = f"{self.key}: " if self.key else ""
        return f"{place}: {key}{self.what}; {self.mend}."


class Faulty(SteadyError):
    """A file that cannot be used. `fault` is the first thing wrong, `more` counts the rest."""

    def __init__(self, fault: Fault, more: int = 0) -> None:
        """The error for a fault."""
        rest = f" ({more} more.)" if more else ""
        super().__init__(f"{fault}{rest}")
        self.fault = fault
        self.more = more


def read(path: Path) -> bytes:
    """The bytes of a regular file no larger than `LARGEST`; raises `Faulty`."""

    def refused(what: str, mend: str) -> Faulty:
        return Faulty(Fault(path, 0, "", what, mend))

    # Without O_NONBLOCK a named pipe would hold the program until somebody writes to it.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except OSError as fault:
        reason = (fault.strerror or "the system refused").lower()
        raise refused(f"cannot be read: {reason}", "check its name and who may read it") from None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise refused("is not a regular file", "give the name of a file")
        parts, size = [], 0
        while size <= LARGEST and (part := os.read(handle, LARGEST + 1 - size)):
            parts.append(part)
            size += len(part)
    except OSError as fault:
        reason = (fault.strerror or "the system refused").lower()
        raise refused(f"cannot be read: {reason}", "copy it to another place") from None
    finally:
        os.close(handle)
    if size > LARGEST:
        raise refused(f"is larger than {LARGEST:,} bytes", "split it")
    return b"".join(parts)


def decode(data: bytes, path: Path) -> str:
    """The bytes as text with plain line ends, a byte order mark taken off; raises `Faulty`."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise Faulty(
            Fault(path, line, "", "this is not UTF-8 text", "save the file as UTF-8")
        ) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def parse(text: str, path: Path) -> dict[str, Any]:
    """The TOML of a text; raises `Faulty` with the line of the first fault."""
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise Faulty(Fault(path, line, "", "a key has too many dots", "shorten it"))
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Faulty(
            Fault(path, 1, "", "lists or tables lie too deep inside each other", "flatten them")
        ) from None
    except ValueError as fault:  # besides its own error, the parser lets through a too long number
        raise Faulty(_syntax_fault(str(fault), text, path)) from None


def _syntax_fault(message: str, text: str, path: Path) -> Fault:
    place = _PLACE.search(message)
    line = int(place["line"]) if place and place["line"] else _line_left_open(text)
    said = message[: place.start()] if place else message
    if place and not place["line"] and said == "Invalid value" and not text.rstrip().endswith("="):
        said = "Unclosed array"  # the file ended where the next entry of a list was looked for
    for start, what, mend in _SYNTAX:
        if said.startswith(start):
            return Fault(path, line, "", what, mend)
    return Fault(path, line, "", f"this is not TOML ({visible(said)})", "mend or remove it")


def _line_left_open(text: str) -> int:
    """The line where what is still open at the end of the text was opened."""
    from steady.scenario.lines import Lost, locate

    try:
        locate(text)
    except Lost as lost:
        return lost.line
    return text.count("\n") + 1
