"""What `data/mends.toml` says, read once: word lists, patterns, lines, the order of the kinds."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from steady.terms import Move

_LIST = re.compile(r"(?<!P)<([a-z-]+)>")
_SPACE = re.compile(r" ([*?])?")
_BEHIND = re.compile(r"\(\?<[!=][^()]*\)")  # what stands before: its width must be fixed


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mend.

    `faults` are the moves it mends and `missing` those it puts in; a turn needs it where a fault
    is shown, or where none of `missing` is. `gain` is how much better the turn must
    then be rated; `ways` name how it is tried, in order; `says` has for a way, or else for `kept`,
    the sentence on what was mended.
    """

    name: str
    faults: frozenset[Move]
    missing: frozenset[Move]
    worth: float
    gain: float
    ways: tuple[str, ...]
    says: dict[str, str]

    def mends(self, way: str) -> str:
        """What was mended, where it was mended this way."""
        return self.says.get(way, self.says["kept"])


@cache
def table() -> dict[str, Any]:
    """The file as it stands."""
    return tomllib.loads(files("steady.rubric").joinpath("data", "mends.toml").read_text("utf-8"))


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of mend, the most useful first."""
    found = [
        Kind(
            name,
            frozenset(Move(move) for move in row.get("faults", ())),
            frozenset(Move(move) for move in row.get("missing", ())),
            float(row["worth"]),
            float(row.get("gain", 0.0)),
            tuple(row["ways"]),
            dict(row["says"]),
        )
        for name, row in table()["kinds"].items()
    ]
    return tuple(sorted(found, key=lambda kind: -kind.worth))


def figure(name: str) -> float:
    """One of the figures a mend is measured by."""
    return float(table()["figures"][name])


def alone_harm(move: Move) -> float:
    """How likely a fault must be in a sentence read alone to count there."""
    return float(table()["figures"]["alone_harm"][move.value])


@cache
def words(section: str, name: str) -> frozenset[str]:
    """A list of words, written in the file as one text with spaces between."""
    return frozenset(str(table()[section][name]).split())


def pattern(text: str) -> re.Pattern[str]:
    """A pattern of the file, compiled: case does not count, an apostrophe may be left out.

    A space stands for any white space. `<name>` is a list of the section `lists`.
    """
    lists = table()["lists"]
    filled = _LIST.sub(lambda m: f"(?:{lists[m[1]]})", text)
    return re.compile(
        "".join(
            part.replace(" ", r"\s") if _BEHIND.match(part) else _loosened(part)
            for part in re.split(f"({_BEHIND.pattern})", filled)
        ),
        re.IGNORECASE,
    )


def _loosened(part: str) -> str:
    return _SPACE.sub(lambda m: rf"\s{m[1] or '+'}", part.replace("'", "['’]?"))


@cache
def patterns(section: str, name: str) -> tuple[re.Pattern[str], ...]:
    """Every pattern of a list."""
    return tuple(pattern(text) for text in table()[section][name])


@cache
def holding(move: Move) -> re.Pattern[str]:
    """What words that show a fault are made of."""
    return pattern(table()["cutting"]["holds"][move.value])


@cache
def swaps(section: str, name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pairs of a pattern and what stands in its place."""
    return tuple((pattern(row[0]), str(row[1])) for row in table()[section][name])
