"""Help lines by country, and what the program says for itself when words sound like danger."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from steady.terms import Danger

UNCHECKED = "not checked"
_EVERYWHERE = "international"
_SAYS = "says"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number to call or a page to open.

    `kinds` are the dangers it is for; `checked` is when the number was last seen at a page of the
    organization or a government, or "not checked".
    """

    name: str
    number: str
    hours: str
    kinds: tuple[Danger, ...]
    source: str
    checked: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(
        files("steady.safety").joinpath("data", "helplines.toml").read_text("utf-8")
    )


def countries() -> tuple[str, ...]:
    """The two-letter codes of the countries that have lines of their own."""
    return tuple(code for code in _table() if code not in {_SAYS, _EVERYWHERE})


def lines_for(country: str, danger: Danger) -> list[HelpLine]:
    """The lines for a danger in a country, the international directory last.

    Those for few dangers come before those for all; a country without lines has the directory.
    """
    table = _table()
    own = _lines(table.get(country, {}) if country in countries() else {}, danger)
    own.sort(key=lambda line: len(line.kinds))
    return own + _lines(table[_EVERYWHERE], danger)


def spoken(danger: Danger, country: str = "US") -> tuple[str, ...]:
    """What the program says, a paragraph a line, then the help lines."""
    words: list[str] = _table()[_SAYS][danger.value]["words"]
    lines = [told(line) for line in lines_for(country, danger)]
    return (*(part for word in words for part in (word, "")), *lines)


def told(line: HelpLine) -> str:
    """A help line as it is shown; one whose number was not checked says so."""
    doubt = "  (number not checked)" if line.checked == UNCHECKED else ""
    return f"{line.name}:  {line.number}{doubt}"


def _lines(country: dict[str, Any], danger: Danger) -> list[HelpLine]:
    found = [
        HelpLine(**{**row, "kinds": tuple(Danger(kind) for kind in row["kinds"])})
        for row in country.get("lines", [])
    ]
    return [line for line in found if danger in line.kinds]
