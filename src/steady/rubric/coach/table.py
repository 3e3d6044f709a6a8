"""What `data/coach.toml` says, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table() -> dict[str, Any]:
    """The file as it stands."""
    return tomllib.loads(files("steady.rubric").joinpath("data", "coach.toml").read_text("utf-8"))


@cache
def word_set(name: str) -> frozenset[str]:
    """A list of words."""
    return frozenset(table()["words"][name].split())
