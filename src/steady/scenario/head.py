"""The head of a scenario file: what a list of scenarios needs, read in well under a millisecond.

Only the lines before the first `[section]` are parsed, and checked here without pydantic, which
would cost more time to import than a screenful of heads takes to read.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from steady.scenario.files import Fault, Faulty, decode, parse, read
from steady.scenario.text import is_one_line, unshowable
from steady.terms import Relationship

Origin = Literal["shipped", "own", "pack"]
"""Whose file a scenario is: the program's, one's own, or a therapist's, brought by homework."""

_FIRST_SECTION = re.compile(rb"^[ \t]*\[", re.MULTILINE)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 60
_LONGEST_TEXT = 120


@dataclass(frozen=True, slots=True)
class Head:
    """A scenario as it stands in a list.

    `origin` says whose file it is; `therapist` is the name of who sent it, where a pack brought
    it, and else empty.
    """

    id: str
    title: str
    short: str
    relationship: Relationship
    origin: Origin
    path: Path
    therapist: str = ""


def is_id(text: str) -> bool:
    """Whether a text has the form of a scenario's id."""
    return len(text) <= _LONGEST_ID and _ID.fullmatch(text) is not None


def head_of(path: Path, origin: Origin, therapist: str = "") -> Head:
    """The head of a file. Raises `Faulty` where it cannot stand in a list.

    The rest of the file is not looked at: it may still hold faults.
    """
    data = read(path)
    section = _FIRST_SECTION.search(data)
    text = decode(data[: section.start()] if section else data, path)
    try:
        tree = parse(text, path)
    except Faulty:
        # The bracket may have stood inside a list or a text over several lines: take it all.
        text = decode(data, path)
        tree = parse(text, path)

    def refused(key: str, what: str, mend: str) -> Faulty:
        from steady.scenario.lines import locate

        return Faulty(Fault(path, locate(text).line((key,)), key, what, mend))

    texts = {}
    for key in ("id", "title", "short", "relationship"):
        value = tree.get(key)
        if not isinstance(value, str) or not value.strip():
            raise refused(key, "is missing or not a text", f'write {key} = "…" near the top')
        texts[key] = value.strip()
    if not is_id(texts["id"]):
        raise refused(
            "id", "is not made of lower case words joined with hyphens", "write it like a-small-ask"
        )
    if texts["id"] != path.stem:
        raise refused("id", "differs from the file's name", "rename the one or the other")
    for key in ("title", "short"):
        if len(texts[key]) > _LONGEST_TEXT:
            raise refused(key, f"is longer than {_LONGEST_TEXT} characters", "shorten it")
        if unshowable(texts[key]) or not is_one_line(texts[key]):
            raise refused(key, "holds a line break or a control character", "take it out")
    if texts["relationship"] not in list(Relationship):
        raise refused(
            "relationship", "is not known", f"use one of {', '.join(sorted(Relationship))}"
        )
    return Head(
        texts["id"],
        texts["title"],
        texts["short"],
        Relationship(texts["relationship"]),
        origin,
        path,
        therapist,
    )
