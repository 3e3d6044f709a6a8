"""Finding scenarios: the shipped ones, one's own, and those that homework brought.

Importing this is cheap; pydantic is loaded with the first scenario that is opened.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from steady.errors import SteadyError
from steady.places import Places
from steady.scenario.files import Fault, Faulty, read
from steady.scenario.head import Head, head_of, is_id
from steady.scenario.shelves import Shelf, pack_shelves
from steady.scenario.text import visible
from steady.terms import Act, Relationship

if TYPE_CHECKING:
    from steady.scenario.model import Bank, Scenario

MOST_FILES = 500
"""How many files of one folder are looked at."""


class UnknownScenario(SteadyError):
    """There is no scenario of this id. `nearest` is one that is spelled nearly so, or None."""

    def __init__(self, asked: str, nearest: str | None) -> None:
        """The error for an id that was asked for."""
        hint = f" Did you mean '{nearest}'?" if nearest else ""
        super().__init__(
            f"There is no scenario '{visible(asked)}'.{hint}"
            " 'steady scenarios list' names them all."
        )
        self.asked = asked
        self.nearest = nearest


class UnknownBank(SteadyError):
    """The shared lines of a relationship are missing from the installation."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The scenarios that can be chosen, and the files that cannot stand among them, with why."""

    heads: tuple[Head, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A scenario ready to be rehearsed, with the lines its relationship shares.

    `content_hash` is the SHA-256 of the file's bytes, in hexadecimal digits.
    """

    head: Head
    scenario: "Scenario"
    bank: "Bank"
    content_hash: str


class Library:
    """The scenarios of several folders.

    A file of one's own never replaces a shipped one, and one that homework brought replaces
    neither.
    """

    def __init__(self, shipped: Path, own: Path, packs: Path | None = None) -> None:
        """A library over the shipped folder, which has `banks`, one's own, and packs opened."""
        self.shipped = shipped
        self.own = own
        self.packs = packs

    @classmethod
    def at(cls, places: Places) -> "Library":
        """The library of this installation and this person."""
        return cls(places.shipped, places.own_scenarios, places.packs)

    def listing(self) -> Listing:
        """Every scenario by its head: shipped, own, of packs; each folder in order of file names.

        Only heads are read: a file whose head is sound may still be refused by `find`.
        """
        heads: list[Head] = []
        faults: list[Fault] = []
        for path, shelf in self._files(faults.append):
            try:
                heads.append(self._head(path, shelf))
            except Faulty as refused:
                faults.append(refused.fault)
        return Listing(tuple(heads), tuple(faults))

    def heads(self) -> tuple[Head, ...]:
        """The scenarios that can be chosen."""
        return self.listing().heads

    def find(self, scenario_id: str) -> Found:
        """A scenario by its id.

        Raises `UnknownScenario`, `Faulty` where its file or its bank cannot be used, and
        `UnknownBank` where the bank is not there.
        """
        if is_id(scenario_id):
            for shelf in self._shelves():
                path = shelf.folder / f"{scenario_id}.toml"
                if path.exists():
                    return self._load(self._head(path, shelf))
        import difflib

        known = [head.id for head in self.heads()]
        nearest = difflib.get_close_matches(scenario_id, known, 1, 0.5)
        raise UnknownScenario(scenario_id, nearest[0] if nearest else None)

    def bank(self, relationship: Relationship) -> "Bank":
        """The lines that a relationship shares. Raises `Faulty` or `UnknownBank`."""
        from steady.scenario.loading import load_bank

        path = self.shipped / "banks" / f"{relationship}.toml"
        if not path.exists():
            raise UnknownBank(
                f"The shared lines for {relationship} are not at {path}; install Steady again."
            )
        return load_bank(path)

    def starters(self, act: Act | None, relationship: Relationship) -> list[str]:
        """Sentence starters for the moment after an act, or for the opening where it is None.

        Those of the relationship come first; there may be none. Raises `Faulty`.
        """
        from steady.scenario.loading import load_starters

        path = self.shipped / "banks" / "starters.toml"
        return load_starters(path).at(act, relationship) if path.exists() else []

    def faults(self) -> tuple[Fault, ...]:
        """Every scenario file that `find` would refuse, with the first thing wrong in it.

        Unlike `listing`, this reads every file to its end.
        """
        listing = self.listing()
        faults = [*listing.faults]
        for head in listing.heads:
            try:
                self._load(head)
            except Faulty as refused:
                faults.append(refused.fault)
        return tuple(faults)

    def files(self) -> tuple[tuple[Path, ...], tuple[Fault, ...]]:
        """Every file to check, shared banks and starters too, and the faults of the folders."""
        faults: list[Fault] = []
        paths = [path for path, _ in self._files(faults.append)]
        banks = sorted((self.shipped / "banks").glob("*.toml"))
        return (*paths, *banks), tuple(faults)

    def _shelves(self) -> Iterator[Shelf]:
        yield Shelf(self.shipped, "shipped")
        yield Shelf(self.own, "own")
        if self.packs is not None:
            yield from pack_shelves(self.packs)

    def _files(self, refuse: Callable[[Fault], None]) -> Iterator[tuple[Path, Shelf]]:
        brought: set[str] = set()
        for shelf in self._shelves():
            folder, origin = shelf.folder, shelf.origin
            try:
                names = sorted(
                    path
                    for path in folder.iterdir()
                    if path.suffix == ".toml" and not path.name.startswith(".")
                )
            except FileNotFoundError:
                if origin == "shipped":
                    refuse(Fault(folder, 0, "", "is not there", "install Steady again"))
                continue
            except OSError:
                refuse(Fault(folder, 0, "", "cannot be listed", "check who may read it"))
                continue
            if len(names) > MOST_FILES:
                refuse(
                    Fault(
                        folder,
                        0,
                        "",
                        f"holds more than {MOST_FILES} scenarios; the rest is left out",
                        "move some away",
                    )
                )
            for path in names[:MOST_FILES]:
                if origin != "pack":
                    yield path, shelf
                elif path.name not in brought and not _same(path, self.own / path.name):
                    brought.add(path.name)  # of two packs, the newer one's stands
                    yield path, shelf

    def _head(self, path: Path, shelf: Shelf) -> Head:
        whose = ""
        if shelf.origin != "shipped" and (self.shipped / path.name).exists():
            whose = "a shipped scenario"
        elif shelf.origin == "pack" and (self.own / path.name).exists():
            whose = "a scenario of your own"
        if whose:
            raise Faulty(
                Fault(
                    path,
                    0,
                    "",
                    f"has the id of {whose}, which is never replaced",
                    "choose another id and rename the file",
                )
            )
        return head_of(path, shelf.origin, shelf.therapist)

    def _load(self, head: Head) -> Found:
        from steady.scenario.loading import load_scenario

        bank = self.bank(head.relationship)
        scenario, content_hash = load_scenario(head.path, bank, self.shipped)
        return Found(head, scenario, bank, content_hash)


def _same(path: Path, other: Path) -> bool:
    """Whether two files say the same; a therapist may open a pack of their own."""
    try:
        return read(path) == read(other)
    except Faulty:
        return False
