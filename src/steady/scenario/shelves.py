"""The folders scenarios stand in, and what is known of each.

Homework keeps a folder for each pack, named by the pack's id, with `from.json` (who sent it, and
when it was made) and the scenarios it brought in `scenarios`.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from steady.scenario.files import Faulty, decode, read
from steady.scenario.head import Origin
from steady.scenario.text import visible

LABEL = "from.json"
SCENARIOS = "scenarios"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of scenarios. `therapist` is who sent them, and `made` when, where a pack did."""

    folder: Path
    origin: Origin
    therapist: str = ""
    made: str = ""


def pack_shelves(packs: Path) -> list[Shelf]:
    """The scenario folders of the packs kept in a folder, the newest pack first."""
    try:
        names = sorted(path for path in packs.iterdir() if not path.name.startswith("."))
    except OSError:
        return []  # nothing was opened yet, or it cannot be listed, which opening will say
    shelves = [_shelf(path) for path in names if (path / SCENARIOS).is_dir()]
    return sorted(shelves, key=lambda shelf: shelf.made, reverse=True)


def _shelf(pack: Path) -> Shelf:
    try:
        label = json.loads(decode(read(pack / LABEL), pack / LABEL))
    except (Faulty, ValueError, RecursionError):
        label = None
    said = label if isinstance(label, dict) else {}
    therapist, made = (str(said.get(key, "")) for key in ("therapist", "made"))
    return Shelf(pack / SCENARIOS, "pack", visible(therapist, 120) or "a therapist", made)
