"""Checking scenario files: every fault, where it stands, and how to mend it."""

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from steady.scenario import rules
from steady.scenario.files import Fault, Faulty, decode, parse, read
from steady.scenario.head import is_id
from steady.scenario.lines import Lines, Lost, Step, locate
from steady.scenario.model import (
    FORMAT,
    Bank,
    Partner,
    Return,
    RungScene,
    Scenario,
    Source,
    Topic,
    Voice,
)
from steady.scenario.rules import Complaint, spoken
from steady.scenario.starters import MomentStarters, Starters
from steady.scenario.text import visible
from steady.terms import Relationship

BANKS = "banks"
STARTERS = "starters.toml"

_ANY = "*"
_WRITE = "write "
_SECTIONS: dict[type[BaseModel], dict[tuple[str, ...], type[BaseModel]]] = {
    Scenario: {
        (): Scenario,
        ("source",): Source,
        ("partner",): Partner,
        ("rungs", _ANY): RungScene,
        ("topics", _ANY): Topic,
        ("voice",): Voice,
        ("return",): Return,
    },
    Bank: {(): Bank, ("voice",): Voice},
    Starters: {(): Starters, ("starters", _ANY): MomentStarters},
}


def check_file(path: Path, shipped: Path) -> list[Fault]:
    """Every fault of one file, in order of its lines; none where it can be rehearsed.

    A file in a folder named `banks` is checked as a shared bank, any other as a scenario. `shipped`
    is the folder of shipped scenarios: its banks complete the file's own lines, and its ids are
    taken.
    """
    try:
        data = read(path)
    except Faulty as refused:
        return [refused.fault]
    return check_bytes(data, path, shipped)


def check_bytes(data: bytes, path: Path, shipped: Path) -> list[Fault]:
    """Every fault of a file's content; `path` is where it is, or is to be, kept."""
    try:
        text = decode(data, path)
        tree = parse(text, path)
    except Faulty as refused:
        return [refused.fault]
    try:
        lines = locate(text)
    except Lost as lost:
        return [Fault(path, lost.line, "", "lists lie too deep inside each other", "flatten them")]
    return sorted(
        {placed(complaint, path, lines) for complaint in _complaints(tree, path, shipped)},
        key=lambda fault: (fault.line, fault.key, fault.what),
    )


def bank_lines(relationship: object, shipped: Path) -> Mapping[str, Any]:
    """The bank of a relationship as parsed, or nothing where there is none that can be read."""
    if relationship not in list(Relationship):
        return {}
    path = shipped / BANKS / f"{relationship}.toml"
    try:
        return parse(decode(read(path), path), path)
    except Faulty:
        return {}  # the bank's own check says why


def _complaints(tree: Mapping[str, Any], path: Path, shipped: Path) -> Iterator[Complaint]:
    version = tree.get("format")
    if isinstance(version, int) and version > FORMAT:
        yield Complaint(
            ("format",), f"this format is newer than this program reads ({FORMAT})", "update Steady"
        )
    elif path.parent.name != BANKS:
        yield from _identity(tree, path, shipped)
        broken = [*rules.of_scenario(tree, bank_lines(tree.get("relationship"), shipped))]
        yield from broken
        yield from _misshapen(Scenario, tree, covered=bool(broken))
    elif path.name == STARTERS:
        yield from _misshapen(Starters, tree)
    else:
        broken = [*rules.of_lines(tree)]
        yield from broken
        if tree.get("relationship") in list(Relationship) and tree["relationship"] != path.stem:
            yield Complaint(
                ("relationship",), "differs from the file's name", f"write {visible(path.stem)}"
            )
        yield from _misshapen(Bank, tree, covered=bool(broken))


def _identity(tree: Mapping[str, Any], path: Path, shipped: Path) -> Iterator[Complaint]:
    own = tree.get("id")
    if not isinstance(own, str):
        return  # the model says so
    if is_id(own) and own != path.stem:
        yield Complaint(
            ("id",), "differs from the file's name", f'name the file "{visible(own)}.toml"'
        )
    taken = is_id(own) and (shipped / f"{own}.toml").exists()
    if taken and path.parent.resolve() != shipped.resolve():
        yield Complaint(
            ("id",),
            "is the id of a shipped scenario, which is never replaced",
            "choose another id and rename the file",
        )


def _misshapen(
    model: type[BaseModel], tree: Mapping[str, Any], covered: bool = False
) -> Iterator[Complaint]:
    """What the model refuses. The rules have placed its faults of the whole where `covered`."""
    try:
        model.model_validate(tree)
    except ValidationError as refused:
        errors = [e for e in refused.errors(include_url=False) if e["loc"] or not covered]
        complaints = [_complaint(model, error["type"], error["loc"], error) for error in errors]
        misspelled = {(*c.path[:-1], c.mend.removeprefix(_WRITE)) for c in complaints}
        for error, complaint in zip(errors, complaints, strict=True):
            if error["type"] != "missing" or complaint.path not in misspelled:
                yield complaint


def placed(complaint: Complaint, path: Path, lines: Lines) -> Fault:
    """A complaint as a fault of a file, at its line."""
    return Fault(
        path,
        lines.line(complaint.path),
        spoken(complaint.path),
        complaint.what,
        complaint.mend,
    )


def _complaint(
    model: type[BaseModel], kind: str, loc: tuple[Step, ...], error: Mapping[str, Any]
) -> Complaint:
    limits: Mapping[str, Any] = error.get("ctx", {})
    if loc and loc[-1] == "[key]":  # the name of a table's entry, not what it holds
        loc = loc[:-1]
    if kind == "extra_forbidden":
        return Complaint(loc, "is not a key of this section", _right_key(model, loc))
    if kind == "missing":
        return _missing(model, loc)
    if kind == "enum":
        return _not_among(loc, error["input"], limits["expected"])
    if kind == "value_error":  # raised by a rule of ours as "what; mend"
        what, _, mend = str(limits["error"]).partition("; ")
    elif kind == "list_type" and loc == ("topics",):
        what, mend = "is one section", "open each topic with [[topics]]"
    else:
        what, mend = _SENTENCES.get(kind, (str(error["msg"]), ""))
        what, mend = what.format_map(limits), mend.format_map(limits)
    return Complaint(loc, what, mend or "mend it")


_LIST = ("is not a list", 'write a list: ["one", "two"]')
_TABLE = ("is not a section", "open it with [name] on a line of its own")
_RANGE = "write a number within the limits that scenarios/README.md gives"
_SENTENCES = {
    "string_type": ("is not a text", 'write it between "quotation marks"'),
    "string_too_short": (
        "is shorter than {min_length} characters",
        "write it out, or leave it away where it is not needed",
    ),
    "string_too_long": ("is longer than {max_length} characters", "shorten it"),
    "string_pattern_mismatch": (
        "is not made of lower case words joined with hyphens",
        'write it like "you-never-listen"',
    ),
    "list_type": _LIST,
    "too_short": ("has {actual_length} entries, fewer than {min_length}", "add more"),
    "too_long": ("has more than {max_length} entries", "keep the best"),
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "int_type": ("is not a whole number", "write one without a point and without quotation marks"),
    "float_type": ("is not a number", "write one without quotation marks, such as 0.5"),
    "greater_than_equal": ("is less than {ge:g}", _RANGE),
    "less_than_equal": ("is more than {le:g}", _RANGE),
}


def _missing(model: type[BaseModel], loc: tuple[Step, ...]) -> Complaint:
    key = loc[-1]
    if loc in _SECTIONS[model] or key in {"lines", "rungs"}:
        opened = {"lines": "[lines.accuse]", "rungs": "[rungs.gentle]"}.get(str(key), f"[{key}]")
        return Complaint(loc, "this section is missing", f"add it, opened with {opened}")
    return Complaint(
        loc, "is missing", f"add {key} = … to {_called(loc[:-1])}, as scenarios/README.md explains"
    )


def _right_key(model: type[BaseModel], loc: tuple[Step, ...]) -> str:
    """What to do about a key that is unknown where it stands."""
    *above, key = loc
    here = _keys(model, tuple(above))
    if near := difflib.get_close_matches(str(key), here, 1):
        return _WRITE + near[0]
    homes = [place for place, part in _SECTIONS[model].items() if str(key) in _names(part)]
    if homes:
        return f"it belongs {' or '.join(_at(home) for home in homes)}"
    return f"remove it, or use one of {', '.join(here)}"


def _keys(model: type[BaseModel], loc: tuple[Step, ...]) -> list[str]:
    for place, part in _SECTIONS[model].items():
        if len(place) == len(loc) and all(
            step in (_ANY, here) for step, here in zip(place, loc, strict=True)
        ):
            return _names(part)
    return []


def _names(part: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in part.model_fields.items()]


def _at(place: tuple[str, ...]) -> str:
    if not place:
        return "at the top of the file, before the first [section]"
    return "in " + _called(place)


def _called(place: tuple[Step, ...]) -> str:
    """A section as it is opened."""
    if not place:
        return "the top of the file, before the first [section]"
    names = ".".join(
        {_ANY: "gentle"}.get(str(step), visible(str(step)))
        for step in place
        if place[0] != "topics" or step == "topics"
    )
    return f"[[{names}]]" if place[0] == "topics" else f"[{names}]"


def _not_among(path: tuple[Step, ...], given: object, expected: str) -> Complaint:
    allowed = re.findall(r"'([^']*)'", expected)
    what = f'"{visible(str(given))}" is not known here'
    if near := difflib.get_close_matches(str(given), allowed, 1):
        return Complaint(path, what, f'write "{near[0]}", or another of {", ".join(allowed)}')
    return Complaint(path, what, f"use one of {', '.join(allowed)}")
