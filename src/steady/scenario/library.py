"""Finding scenarios: the shipped ones and the therapist's own.

Importing this is cheap; pydantic is loaded with the first scenario that is opened.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from steady.errors import SteadyError
from steady.places import Places
from steady.scenario.files import Fault, Faulty
from steady.scenario.head import Head, Origin, head_of, is_id
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
    """The scenarios of two folders. A file of one's own never replaces a shipped one."""

    def __init__(self, shipped: Path, own: Path) -> None:
        """A library over the shipped folder, which has `banks`, and the therapist's own."""
        self.shipped = shipped
        self.own = own

    @classmethod
    def at(cls, places: Places) -> "Library":
        """The library of this installation and this person."""
        return cls(places.shipped, places.own_scenarios)

    def listing(self) -> Listing:
        """Every scenario by its head, shipped first, each folder in order of file names.

        Only heads are read: a file whose head is sound may still be refused by `find`.
        """
        heads: list[Head] = []
        faults: list[Fault] = []
        for path, origin in self._files(faults.append):
            try:
                heads.append(self._head(path, origin))
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
            for folder, origin in self._folders():
                path = folder / f"{scenario_id}.toml"
                if path.exists():
                    return self._load(self._head(path, origin))
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

    def _folders(self) -> tuple[tuple[Path, Origin], ...]:
        return (self.shipped, "shipped"), (self.own, "own")

    def _files(self, refuse: Callable[[Fault], None]) -> Iterator[tuple[Path, Origin]]:
        for folder, origin in self._folders():
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
            yield from ((path, origin) for path in names[:MOST_FILES])

    def _head(self, path: Path, origin: Origin) -> Head:
        if origin == "own" and (self.shipped / path.name).exists():
            raise Faulty(
                Fault(
                    path,
                    0,
                    "",
                    "has the id of a shipped scenario, which is never replaced",
                    "choose another id and rename the file",
                )
            )
        return head_of(path, origin)

    def _load(self, head: Head) -> Found:
        from steady.scenario.loading import load_scenario

        bank = self.bank(head.relationship)
        scenario, content_hash = load_scenario(head.path, bank, self.shipped)
        return Found(head, scenario, bank, content_hash)
