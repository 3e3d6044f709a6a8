"""Packs and packets as anybody might write them: nothing but a plain sentence comes of it.

usage: python fuzz_formats.py [CASES]   (default 20000)

Half of the cases are bytes (noise, and sound files cut, flipped and spliced; for packets also
inside the seal), half are structure (sound files whose fields were changed, dropped, added or
doubled). Each pack goes all the way: read, checked, weighed and taken into a history. A case fails
if anything but a HomeworkFault is raised, or if after one the history or a folder has changed.
"""

import gzip
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import pyrage
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from parcels import IDENTITY, OTHER, as_bytes, as_tree, listing, pack, packet
from steady.homework.errors import HomeworkFault
from steady.homework.opening import find_pack, forget, look, take
from steady.homework.packets import open_packet, seal
from steady.homework.packs import pack_bytes, parse_pack
from steady.house import House
from steady.safety.cleaning import clean

PACK = pack()
PACKET = packet()
PACK_FILE = pack_bytes(PACK)
PACKET_FILE = seal(PACKET, str(IDENTITY.to_public()))
PLAIN = PACKET.model_dump_json(by_alias=True).encode()
_TEXTS = (
    "",
    " ",
    "\x1b]0;owned\x07",
    "\x00",
    "\u202eevil",
    "\ud800",
    "../../etc/passwd",
    "..",
    "/",
    "con",
    "[/]",
    "{time}",
    "=1+1",
    "age1" + "q" * 58,
    "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z",  # opened by anybody
    "AGE1" + "Q" * 58,
    "2026-02-30",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "2026-11-20T09:30:00",
    "NaN",
    "x" * 300,
    "a" * 300_000,
    "🙂" * 50,
    "avoiding-me",
    "steady-pack",
    "steady-packet",
    "00000000-0000-0000-0000-000000000001",
)
_VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2,
    3.5,
    1e308,
    -0.0,
    float("nan"),
    float("inf"),
    2**53,
    2**63,
    10**400,
    [],
    {},
    [[]],
    [None] * 300,
    {"": 0},
    [1, "a", None],
)


def value(random: Random) -> Any:
    """Something that might stand in a file, sound or not."""
    pick = random.random()
    if pick < 0.5:
        return deepcopy(random.choice(_VALUES))
    if pick < 0.8:
        return random.choice(_TEXTS)
    if pick < 0.85:
        deep: Any = 0
        for _ in range(random.choice((5, 150, 400))):
            deep = [deep] if random.random() < 0.5 else {"a": deep}
        return deep
    return "".join(chr(random.choice((random.randrange(128), random.randrange(0x11000))))
                   for _ in range(random.randrange(40)))  # fmt: skip


def spoilt_tree(whole: dict[str, Any], random: Random) -> bytes:
    """A sound file with one to five of its fields changed, dropped, added or doubled."""
    tree = json.loads(json.dumps(whole))
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        holder, key = random.choice([*_places(tree)])
        pick = random.random()
        if pick < 0.6:
            holder[key] = value(random)
        elif pick < 0.75:
            del holder[key]
        elif isinstance(holder, list):
            holder.extend([holder[key]] * random.choice((1, 2, 500)))
        elif pick < 0.9:
            holder[random.choice(("extra", "__class__", "", *holder))] = value(random)
        elif isinstance(holder[key], str):
            at = random.randrange(len(holder[key]) + 1)
            holder[key] = holder[key][:at] + random.choice(_TEXTS) + holder[key][at:]
        if not tree:
            break
    return as_bytes(tree)


def _places(tree: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Every field of a tree, as what holds it and the key it is held by."""
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, inner in [*steps]:
        yield tree, key
        if isinstance(inner, dict | list) and len(inner) < 50 and depth < 20:
            yield from _places(inner, depth + 1)


def spoilt_bytes(data: bytes, random: Random) -> bytes:
    """A sound file cut, flipped, spliced or replaced by noise."""
    pick = random.random()
    at, to = sorted((random.randrange(len(data) + 1), random.randrange(len(data) + 1)))
    if pick < 0.2:
        return data[:at]
    if pick < 0.3:
        return data[at:]
    if pick < 0.5:
        flipped = bytearray(data)
        for _ in range(random.randrange(1, 9)):
            flipped[random.randrange(len(data))] = random.randrange(256)
        return bytes(flipped)
    if pick < 0.7:
        return data[:at] + random.randbytes(random.randrange(60)) + data[to:]
    if pick < 0.8:
        return data[:to] + data[at:]
    if pick < 0.9:
        return random.randbytes(random.randrange(3_000))
    return random.choice(
        (b"", b"{", b"\xef\xbb\xbf", b"\x1f\x8b", b"age-encryption.org/v1\n", b"[" * 50_000)
    ) + (data if random.random() < 0.5 else random.randbytes(100))


def sealed(plain: bytes, random: Random) -> bytes:
    """Bytes sealed as a packet is, now and then packed or sealed wrongly."""
    pick = random.random()
    packed = plain if pick < 0.1 else gzip.compress(plain, 1)
    if 0.1 <= pick < 0.2:
        packed = spoilt_bytes(packed, random)
    whose = OTHER if pick > 0.95 else IDENTITY
    return pyrage.encrypt(packed, [whose.to_public()])


class Trial:
    """A home of its own, to which hostile packs are handed."""

    def __init__(self, home: Path) -> None:
        """A trial in a folder; STEADY_HOME must name it."""
        self.house = House()
        self.file = home.parent / "hostile.steady-pack"
        self.told: Counter[str] = Counter()
        _ = self.house.store

    def pack(self, data: bytes) -> None:
        """A pack's bytes, from the file to the history."""
        self.file.write_bytes(data)
        house = self.house
        before = self._state()
        try:
            opening = look(self.file, house.store, house.library)
            take(opening, house.store, house.places)
        except HomeworkFault as fault:
            self._refused(fault)
            assert self._state() == before, "something changed on failure"
            return
        self.told["taken"] += 1
        found = parse_pack(data)
        assert parse_pack(pack_bytes(found)) == found
        _no_controls(found.model_dump())
        root = house.places.packs.resolve()
        assert all(path.resolve().is_relative_to(root) for path in root.rglob("*"))
        forget(find_pack(house.store, str(found.pack_id)), house.store, house.places)

    def packet(self, data: bytes) -> None:
        """A packet's bytes, opened with the therapist's key."""
        before = self._state()
        try:
            found = open_packet(data, IDENTITY)
        except HomeworkFault as fault:
            self._refused(fault)
        else:
            self.told["opened"] += 1
            assert open_packet(seal(found, str(IDENTITY.to_public())), IDENTITY) == found
            _no_controls(found.model_dump())
        assert self._state() == before, "something changed on failure"

    def _refused(self, fault: HomeworkFault) -> None:
        said = str(fault)
        assert said and "\n" not in said and said == clean(said), said
        assert len(said) < 1_000, said
        self.told[type(fault).__name__] += 1

    def _state(self) -> object:
        folder = self.house.places.packs
        return (
            self.house.store._connection.total_changes,
            listing(folder) if folder.exists() else {},
        )


def _no_controls(tree: Any) -> None:
    if isinstance(tree, dict):
        for key, inner in tree.items():
            if key != "toml":  # checked by the scenario's own rules
                _no_controls(inner)
    elif isinstance(tree, list | tuple):
        for inner in tree:
            _no_controls(inner)
    elif isinstance(tree, str):
        assert tree == clean(tree)


def cases(trial: Trial) -> dict[str, Callable[[Random], None]]:
    """Each way of making a hostile file, by name."""
    pack_tree, packet_tree = as_tree(PACK), as_tree(PACKET)
    return {
        "packs as bytes": lambda r: trial.pack(spoilt_bytes(PACK_FILE, r)),
        "packs as structure": lambda r: trial.pack(spoilt_tree(pack_tree, r)),
        "packets as bytes": lambda r: trial.packet(spoilt_bytes(PACKET_FILE, r)),
        "packets as bytes inside the seal": lambda r: trial.packet(
            sealed(spoilt_bytes(PLAIN, r), r)
        ),
        "packets as structure": lambda r: trial.packet(sealed(spoilt_tree(packet_tree, r), r)),
    }


SHARES = {
    "packs as bytes": 0.2,
    "packs as structure": 0.25,
    "packets as bytes": 0.15,
    "packets as bytes inside the seal": 0.15,
    "packets as structure": 0.25,
}


def run(case: Callable[[Random], None], examples: int) -> None:
    """Try so many cases of one kind; raises on the first that is not refused as it should be."""

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.randoms(use_true_random=False))
    def tried(random: Random) -> None:
        case(random)

    tried()


@contextmanager
def trial() -> Iterator[Trial]:
    """A trial in a home that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        before = os.environ.get("STEADY_HOME")
        os.environ["STEADY_HOME"] = str(home)
        try:
            made = Trial(home)
            with made.house:
                yield made
        finally:
            if before is None:
                del os.environ["STEADY_HOME"]
            else:
                os.environ["STEADY_HOME"] = before


def main() -> int:
    """Run as many cases as asked and tell what came of them."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with trial() as made:
        for name, case in cases(made).items():
            made.told.clear()
            start = time.perf_counter()
            examples = round(total * SHARES[name])
            run(case, examples)
            spent = time.perf_counter() - start
            told = ", ".join(f"{kind} {count:,}" for kind, count in made.told.most_common())
            tried = sum(made.told.values())
            print(f"{name}: {tried:,} cases in {spent:.0f} s: {told}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
