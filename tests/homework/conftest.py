"""A client's house for each test, and a therapist's pack to open in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import parcels
from homework_lines import KIND
from steady.homework.formats import Pack
from steady.homework.opening import look, take
from steady.homework.packs import write_pack
from steady.house import House
from steady.store import OpenedPack
from steady.terms import Rung


class Client:
    """A client at work: opens packs, rehearses, shares."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house = house
        self.store = house.store
        self.folder = folder

    def opened(self, pack: Pack | None = None, name: str = "a.steady-pack") -> OpenedPack:
        """Open a pack, from a file to the history."""
        file = self.folder / name
        write_pack(pack or parcels.pack(), file, replace=True)
        opening = look(file, self.store, self.house.library)
        kept = take(opening, self.store, self.house.places)
        self.house.scenarios_changed()
        return kept

    def rehearsed(
        self,
        *lines: str,
        assignment: int | None = None,
        scenario: str = "avoiding-me",
        rung: Rung = Rung.GENTLE,
        seed: int = 1,
    ) -> int:
        """Rehearse to the end of the scene, or to the end of the lines given; its number."""
        asked = f"00000000-0000-0000-0000-{assignment:012x}" if assignment else None
        scene = self.house.scene(scenario, rung, seed=seed, assignment=asked)
        rehearsal = self.house.begin(scene)
        for line in lines or (KIND,) * 30:
            if rehearsal.ending is None:
                rehearsal.say(line)
        rehearsal.close()
        return rehearsal.attempt


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with House() as house:
        yield Client(house, tmp_path)
