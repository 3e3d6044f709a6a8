"""Packs: the file a therapist hands to a client. Data, checked and bounded, never code."""

from pathlib import Path
from typing import TYPE_CHECKING

from steady.homework.errors import Altered
from steady.homework.files import named, read_bounded, too_large, write_private

if TYPE_CHECKING:
    from steady.homework.formats import Pack

SUFFIX = ".steady-pack"


def read_pack(path: Path) -> "Pack":
    """The pack in a file. Its scenarios are not looked at: see `check_scenarios`.

    Raises HomeworkFault.
    """
    from steady.homework.formats import LARGEST_PACK

    return parse_pack(read_bounded(path, LARGEST_PACK), named(path))


def parse_pack(data: bytes, what: str = "the file") -> "Pack":
    """The pack that the bytes of a file spell out; `what` names it. Raises HomeworkFault."""
    from steady.homework.checking import checked
    from steady.homework.formats import LARGEST_PACK, PACK, PACK_VERSION, Pack

    if len(data) > LARGEST_PACK:
        raise too_large(what, LARGEST_PACK)
    return checked(data.removeprefix(b"\xef\xbb\xbf"), Pack, PACK, PACK_VERSION, what)


def pack_bytes(pack: "Pack") -> bytes:
    """A pack as it is written: readable JSON. Raises TooLarge."""
    from steady.homework.formats import LARGEST_PACK

    data = pack.model_dump_json(indent=2).encode() + b"\n"
    if len(data) > LARGEST_PACK:
        raise too_large("The pack", LARGEST_PACK)
    return data


def write_pack(pack: "Pack", path: Path, *, replace: bool = False) -> None:
    """Write a pack, whole or not at all. Raises HomeworkFault."""
    write_private(path, pack_bytes(pack), replace=replace)


def check_scenarios(pack: "Pack", shipped: Path, what: str = "the pack") -> None:
    """Check each scenario a pack brings as `steady scenarios check` would.

    `shipped` is the folder of shipped scenarios, whose ids are taken. Raises Altered, naming the
    first fault, where one could not be rehearsed.
    """
    from steady.scenario.check import check_bytes

    for scenario in pack.scenarios:
        faults = check_bytes(scenario.toml.encode(), Path(f"{scenario.id}.toml"), shipped)
        if faults:
            raise Altered(
                f"{what} brings a scenario that cannot be rehearsed ({faults[0]}) Nothing was "
                "taken from it; ask the sender to mend it."
            )
