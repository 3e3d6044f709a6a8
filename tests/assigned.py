"""Homework as a therapist would send it: real keys, a real file."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from steady.homework.keys import TherapistKeys, make_keys
from steady.house import House
from steady.places import Places, places
from steady.terms import Rung

KIND = "I hear how hard today was for you. I need 20 minutes, then I'll come to you in the kitchen."


def therapist_home(folder: Path) -> Places:
    """The places of the therapist's own computer."""
    was = os.environ["STEADY_HOME"]
    os.environ["STEADY_HOME"] = str(folder / "therapist")
    try:
        return places()
    finally:
        os.environ["STEADY_HOME"] = was


def keys_of(folder: Path, name: str = "Dr Moreno") -> TherapistKeys:
    """A therapist's keys, made on their own computer."""
    return make_keys(name, therapist_home(folder))


def assignment(scenario: str = "avoiding-me", **more: object) -> dict[str, object]:
    """An assignment as it stands in a pack."""
    return {
        "id": str(uuid4()),
        "scenario": scenario,
        "rung": "firm",
        "times": 3,
        "due": str(date.today() + timedelta(days=2)),
        "aids": None,
        "note": "Take the kitchen one first. Slowly is fine.",
        **more,
    }


def pack_file(
    folder: Path,
    keys: TherapistKeys,
    *assignments: dict[str, object],
    scenarios: tuple[tuple[str, str], ...] = (),
    **more: object,
) -> Path:
    """A pack in a file, written as another program would write it."""
    tree = {
        "format": "steady-pack",
        "version": 1,
        "pack_id": str(uuid4()),
        "made": datetime.now(UTC).isoformat(),
        "therapist": {"name": keys.name, "public_key": keys.public_key},
        "client": {"ref": str(uuid4()), "name": "Sam"},
        "message": "See you on Thursday.",
        "assignments": list(assignments or (assignment(),)),
        "scenarios": [{"id": name, "toml": text} for name, text in scenarios],
        **more,
    }
    path = folder / "for sam.steady-pack"
    path.write_text(json.dumps(tree), "utf-8")
    return path


def opened_pack(folder: Path, keys: TherapistKeys, *assignments: dict[str, object]) -> Path:
    """A pack that the client has opened already."""
    from steady.homework.opening import look, take

    path = pack_file(folder, keys, *assignments)
    with House() as house:
        house.seen_welcome()
        take(look(path, house.store, house.library), house.store, house.places)
    return path


def rehearsed(
    *texts: str,
    scenario: str = "avoiding-me",
    rung: Rung = Rung.GENTLE,
    assignment: str | None = None,
    seed: int = 2,
    probe: bool = False,
) -> int:
    """A finished attempt in the history; returns its number."""
    with House() as house:
        house.seen_welcome()
        scene = house.scene(scenario, rung, seed=seed, assignment=assignment, probe=probe)
        rehearsal = house.begin(scene)
        for text in texts or (KIND,):
            if rehearsal.ending is None:
                rehearsal.say(text)
        rehearsal.close()
        return rehearsal.attempt
