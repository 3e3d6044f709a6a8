"""The folder of a pack's scenarios, changed in one step together with the history."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from steady.homework.errors import FileFault
from steady.homework.files import named
from steady.places import owner_only, private_folder
from steady.scenario.shelves import LABEL, SCENARIOS

if TYPE_CHECKING:
    from steady.homework.formats import Pack

_LEFT_BEHIND = 3600  # seconds; no change of another window takes as long


class PackShelf:
    """Where the scenarios of one pack stand: `<packs>/<pack id>/scenarios`."""

    def __init__(self, packs: Path, pack: str) -> None:
        """The shelf of the pack of this id; there may be none yet."""
        self._packs = packs
        self._place = packs / pack
        self._old: Path | None = None
        self._put = False

    def scenarios(self) -> tuple[str, ...]:
        """The ids of the scenarios on it."""
        try:
            found = sorted(path.stem for path in (self._place / SCENARIOS).glob("*.toml"))
        except OSError:
            return ()
        return tuple(found)

    def holds(self, pack: "Pack") -> bool:
        """Whether every scenario that a pack brings stands here as it came."""
        try:
            return all(
                (self._place / SCENARIOS / f"{each.id}.toml").read_bytes() == each.toml.encode()
                for each in pack.scenarios
            )
        except OSError:
            return False

    @contextmanager
    def filled(self, pack: "Pack") -> Iterator[Callable[[], None]]:
        """Prepare the shelf with a pack's scenarios; calling what is given puts it in place.

        Whatever is raised inside the block puts back what was there. Raises FileFault.
        """
        staged = self._beside("new") if pack.scenarios else None
        with self._changing(staged):
            if staged is not None:
                _fill(staged, pack)
            yield lambda: self._swap(staged)

    @contextmanager
    def emptied(self) -> Iterator[Callable[[], None]]:
        """As `filled`, but what is called takes the shelf away."""
        with self._changing(None):
            yield lambda: self._swap(None)

    @contextmanager
    def _changing(self, staged: Path | None) -> Iterator[None]:
        try:
            yield
        except BaseException as fault:
            self._put_back(staged)
            if isinstance(fault, OSError):
                raise self._refused(fault) from None
            raise
        if self._old is not None:
            shutil.rmtree(self._old, ignore_errors=True)
        self._sweep()

    def _sweep(self) -> None:
        """Take away what a program killed in the middle of a change left behind."""
        for left in (*self._packs.glob(".new-*"), *self._packs.glob(".old-*")):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _LEFT_BEHIND:
                    shutil.rmtree(left, ignore_errors=True)

    def _swap(self, staged: Path | None) -> None:
        if self._place.exists():
            old = self._beside("old")
            self._place.rename(old)
            self._old = old
        if staged is not None:
            staged.rename(self._place)
            self._put = True

    def _put_back(self, staged: Path | None) -> None:
        if self._put:
            shutil.rmtree(self._place, ignore_errors=True)
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)
        if self._old is not None:
            self._old.rename(self._place)
            self._old = None

    def _beside(self, what: str) -> Path:
        return self._packs / f".{what}-{uuid4().hex}"

    def _refused(self, fault: OSError) -> FileFault:
        reason = (fault.strerror or "the system refused").lower()
        return FileFault(
            f"{named(self._packs)} cannot be changed: {reason}; nothing was taken from the pack. "
            "Look at who may write there, and at the room on the disk."
        )


def _fill(folder: Path, pack: "Pack") -> None:
    private_folder(folder / SCENARIOS)
    label = {
        "therapist": pack.therapist.name,
        "made": pack.made.isoformat(timespec="milliseconds"),
    }
    _write(folder / LABEL, json.dumps(label, ensure_ascii=False).encode())
    for scenario in pack.scenarios:
        _write(folder / SCENARIOS / f"{scenario.id}.toml", scenario.toml.encode())


def _write(path: Path, data: bytes) -> None:
    with open(path, "xb", opener=owner_only) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
