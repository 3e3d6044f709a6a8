"""Help for a turn said to the program instead of the partner."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from steady.practice.scene import Scene
from steady.terms import Act


@dataclass(frozen=True, slots=True)
class Help:
    """A sentence to the client and a sentence starter (may be empty)."""

    text: str
    starter: str


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str], ...]:
    raw = tomllib.loads(files("steady.practice").joinpath("data", "asides.toml").read_text("utf-8"))
    return tuple((re.compile("|".join(row["hears"])), row["says"]) for row in raw.values())


def help_for(text: str, scene: Scene, act: Act | None, moment: int) -> Help:
    """What to say to a client who spoke to the program."""
    spoken = text.strip().lower().replace("’", "'")
    says = next(says for pattern, says in _kinds() if pattern.search(spoken))
    starters = scene.starters(act)
    return Help(says.format(name=scene.name), starters[moment % len(starters)] if starters else "")
