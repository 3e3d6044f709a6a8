"""Assigning: from what the therapist chose to a pack, and what the client will read in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from steady.homework.errors import HomeworkFault
from steady.homework.files import read_bounded
from steady.homework.packs import write_pack
from steady.safety.cleaning import clean, one_line
from steady.store.caseload import Assigned, Caseload, PackMade
from steady.terms import Rung

if TYPE_CHECKING:
    from steady.homework.formats import Pack
    from steady.homework.keys import TherapistKeys
    from steady.scenario.library import Found, Library

MOST_TIMES = 50
"""How often a scenario may be assigned at once."""

LONGEST_NOTE = 1_000
"""Characters in a note to an assignment."""

LONGEST_NAME = 120
"""Characters in a client's name."""

_LARGEST_SCENARIO = 256 * 1024
_MOST_ASSIGNMENTS = 200


class BadAssignment(HomeworkFault):
    """What was chosen cannot be assigned as it is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One scenario to be assigned. `aids` is "on", "off", or None: the client chooses."""

    scenario: str
    rung: Rung
    times: int = 1
    due: date | None = None
    aids: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """An assignment as the client will read it, and whether its scenario travels in the pack."""

    title: str
    line: str
    note: str
    travels: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack that is ready to be written. `new_client`: nobody of that reference is known yet."""

    pack: "Pack"
    made: PackMade
    name: str
    new_client: bool
    preview: tuple[Preview, ...]


def draft(
    keys: "TherapistKeys",
    library: "Library",
    wanted: Sequence[Wanted],
    *,
    ref: str | None,
    name: str,
    message: str = "",
) -> Draft:
    """A pack for a client; `ref` is None for a new one.

    Raises BadAssignment, or what the library raises where a scenario cannot be used.
    """
    name = one_line(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadAssignment(f"A client's name has 1 to {LONGEST_NAME} characters.")
    if not 0 < len(wanted) <= _MOST_ASSIGNMENTS:
        raise BadAssignment(f"A pack holds 1 to {_MOST_ASSIGNMENTS} scenarios.")
    for each in wanted:
        _check(each)
    found = {each.scenario: library.find(each.scenario) for each in wanted}
    now = datetime.now(UTC)
    new_client = ref is None
    whose = ref or str(uuid4())
    assigned = tuple(
        Assigned(
            id=str(uuid4()),
            ref=whose,
            pack="",
            scenario=each.scenario,
            title=found[each.scenario].scenario.title,
            rung=each.rung,
            times=each.times,
            due=each.due,
            aids=each.aids,
            note=clean(each.note).strip(),
            made=now,
        )
        for each in wanted
    )
    pack = _pack(keys, whose, name, clean(message).strip(), assigned, found, now)
    made = PackMade(str(pack.pack_id), whose, pack.message, assigned)
    own = {each.id for each in pack.scenarios}
    preview = tuple(
        Preview(each.title, _line(each), each.note, each.scenario in own) for each in assigned
    )
    return Draft(pack, made, name, new_client, preview)


def give(chosen: Draft, path: Path, caseload: Caseload, *, replace: bool = False) -> None:
    """Write the pack and keep what was assigned: both or neither.

    A file that is there is left alone unless `replace` is set. Raises HomeworkFault or
    StoreError.
    """
    caseload.keep_pack(
        chosen.made, chosen.name, lambda: write_pack(chosen.pack, path, replace=replace)
    )


def _check(wanted: Wanted) -> None:
    if not 1 <= wanted.times <= MOST_TIMES:
        raise BadAssignment(f"A scenario is assigned 1 to {MOST_TIMES} times.")
    if len(wanted.note) > LONGEST_NOTE:
        raise BadAssignment(
            f"The note has {len(wanted.note)} characters, and {LONGEST_NOTE} fit; shorten it."
        )


def _pack(
    keys: "TherapistKeys",
    ref: str,
    name: str,
    message: str,
    assigned: Sequence[Assigned],
    found: "dict[str, Found]",
    now: datetime,
) -> "Pack":
    from steady.homework.formats import (
        LONGEST_MESSAGE,
        PACK,
        PACK_VERSION,
        Assignment,
        Pack,
        PackClient,
        PackScenario,
        PackTherapist,
    )

    if len(message) > LONGEST_MESSAGE:
        raise BadAssignment(f"The message is longer than {LONGEST_MESSAGE} characters; shorten it.")
    return Pack(
        format=PACK,
        version=PACK_VERSION,
        pack_id=uuid4(),
        made=now,
        therapist=PackTherapist(name=keys.name, public_key=keys.public_key),
        client=PackClient(ref=UUID(ref), name=name),
        message=message,
        assignments=tuple(
            Assignment(
                id=UUID(each.id),
                scenario=each.scenario,
                rung=each.rung,
                times=each.times,
                due=each.due,
                aids="on" if each.aids == "on" else "off" if each.aids == "off" else None,
                note=each.note,
            )
            for each in assigned
        ),
        scenarios=tuple(
            PackScenario(id=of.head.id, toml=toml) for of, toml in _own(found.values())
        ),
    )


def _own(found: "Iterable[Found]") -> "Iterator[tuple[Found, str]]":
    """The scenarios that the client does not have: all but the shipped ones."""
    for of in found:
        if of.head.origin != "shipped":
            data = read_bounded(of.head.path, _LARGEST_SCENARIO)
            yield of, data.decode("utf-8").removeprefix("\ufeff")


def _line(assigned: Assigned) -> str:
    """An assignment in one line, as the client's home tells it."""
    times = "once" if assigned.times == 1 else f"{assigned.times} times"
    parts = [assigned.rung.value, times]
    if assigned.due:
        parts.append(f"by {assigned.due:%A}, {assigned.due.day} {assigned.due:%B %Y}")
    if assigned.aids == "on":
        parts.append("with hints")
    elif assigned.aids == "off":
        parts.append("without hints")
    return ", ".join(parts)
