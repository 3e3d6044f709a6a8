"""Which way a line of the partner leans: does it push, does it ease, does it grant what was asked?

Code has decided what the partner does; this only tells whether words found elsewhere do it. It
reads signs from `data/bearing.toml` and is surest with the wording of language models. A line may
show no sign at all, and then nothing is held against it.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from steady.terms import EASING, PUSHES, Act

_PLAIN = str.maketrans({"'": "’", "‘": "’", "“": '"', "”": '"', "…": "."})

_NO_BUT = r"(?![^.?!]*\bbut\b)"  # "I get it, but …" is no ease
_SURE = frozenset({"grants", "eases", "pushes-hard"})
_AFTER = {"eases-unless-but": _NO_BUT, "eases-mildly": _NO_BUT}


@dataclass(frozen=True, slots=True)
class Bearing:
    """The signs in a line; the names are explained in `data/bearing.toml`."""

    grants: bool = False
    eases: bool = False
    eases_unless_but: bool = False
    eases_mildly: bool = False
    conditions: bool = False
    pushes_hard: bool = False
    pushes: bool = False

    @property
    def as_ease(self) -> bool:
        """Whether the line softens or gives in."""
        nearly = self.eases_unless_but and not self.pushes_hard
        return (
            self.grants
            or self.eases
            or nearly
            or (self.eases_mildly and not self.pushes and not self.pushes_hard)
        )

    @property
    def as_push(self) -> bool:
        """Whether the line pushes."""
        eases = self.grants or self.eases or self.eases_unless_but or self.eases_mildly
        eases = eases or self.conditions
        return self.pushes_hard or (self.pushes and not eases)


@dataclass(frozen=True, slots=True)
class _Signs:
    everywhere: dict[str, re.Pattern[str]]
    at_start: dict[str, re.Pattern[str]]


@cache
def _signs() -> _Signs:
    raw: dict[str, Any] = tomllib.loads(
        files("steady.partner").joinpath("data", "bearing.toml").read_text("utf-8")
    )
    starts = raw.pop("starts")
    fillers = starts.pop("fillers")
    return _Signs(
        {
            name: re.compile(f"(?:{'|'.join(patterns)}){_AFTER.get(name, '')}")
            for name, patterns in raw.items()
        },
        {name: re.compile(rf"{fillers}\W*+{pattern}") for name, pattern in starts.items()},
    )


def bearing(line: str, *, whole: bool = True) -> Bearing:
    """The signs in a line; in a growing one the sure signs alone are looked for."""
    signs = _signs()
    plain = line.translate(_PLAIN).lower()
    found = {
        name.replace("-", "_"): pattern.search(plain) is not None
        for name, pattern in signs.everywhere.items()
        if whole or name in _SURE
    }
    for name, pattern in signs.at_start.items():
        if pattern.match(plain):
            found[name.replace("-", "_")] = True
    return Bearing(**found)


def goes_against(act: Act, line: str, *, whole: bool) -> str | None:
    """What a line does that its act must not: "eases", "grants", "pushes", or None.

    In a growing line only the sure signs count: what is still to come may outweigh the others.
    """
    found = bearing(line, whole=whole)
    sure_ease = found.grants or found.eases
    if act in PUSHES:
        return "eases" if sure_ease or (whole and found.as_ease) else None
    if act in {Act.ACCEPT, Act.ACCEPT_WITH_CONDITION}:
        return "pushes" if found.pushes_hard or (whole and found.as_push) else None
    if act in EASING:
        if act is Act.WAVER and found.grants:
            return "grants"
        return "pushes" if found.pushes_hard else None
    if act in {Act.LEAVE_HURT, Act.GO_SILENT}:
        return "eases" if sure_ease else None
    if act is Act.LET_GO:  # which may well leave the other be
        return "eases" if found.eases else None
    return "grants" if found.grants else None
