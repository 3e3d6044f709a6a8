"""What a server can do with a model, remembered: what it refused once is not asked again."""

import json
import re
import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from steady.model.consent import host_of
from steady.settings import Model

if TYPE_CHECKING:
    from steady.model.endpoint import Memory


_NOT_STORED = re.compile(r"\b(?:store|provider|data_collection)\b")


class Structured(StrEnum):
    """How a server can be asked for a reply of a given shape, best first."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    TEXT = "text"

    @property
    def next(self) -> "Structured | None":
        """The step below, or None at the bottom."""
        order = list(Structured)
        place = order.index(self) + 1
        return order[place] if place < len(order) else None


@dataclass(frozen=True, slots=True)
class Abilities:
    """What has been found out. `structured` is None until a shaped reply has come back."""

    structured: Structured | None = None
    usage: bool = True  # counts tokens when asked while streaming
    not_stored: bool = True  # takes the field that asks it not to store
    temperature: bool = True
    max_tokens: str = "max_tokens"  # what the limit of a reply is called

    def without(self, refusal: str) -> "Abilities | None":
        """What to try after a refusal in these words, or None where they name nothing optional."""
        words = refusal.lower()
        if self.max_tokens == "max_tokens" and "max_tokens" in words:
            return replace(self, max_tokens="max_completion_tokens")
        if self.usage and ("stream_options" in words or "include_usage" in words):
            return replace(self, usage=False)
        if self.temperature and "temperature" in words:
            return replace(self, temperature=False)
        if self.not_stored and _NOT_STORED.search(words):
            return replace(self, not_stored=False)
        return None


@cache
def _not_stored() -> dict[str, dict[str, Any]]:
    written = files("steady.model").joinpath("data", "not_stored.toml").read_text("utf-8")
    return tomllib.loads(written)


def not_stored_by(base_url: str) -> dict[str, Any]:
    """What is added to a request so that the host does not keep it; nothing where none is known."""
    return _not_stored().get(host_of(base_url).partition(":")[0], {})


def _key(settings: Model) -> str:
    return f"model-can:{host_of(settings.base_url)}:{settings.model}"


def recall(settings: Model, memory: "Memory") -> Abilities:
    """What is remembered of this server and model; the best is hoped of one not met before."""
    kept = memory.fact(_key(settings))
    if kept is None:
        return Abilities()
    try:
        found = json.loads(kept)
        step = found["structured"]
        return Abilities(
            structured=None if step is None else Structured(step),
            usage=bool(found["usage"]),
            not_stored=bool(found["not_stored"]),
            temperature=bool(found["temperature"]),
            max_tokens=str(found["max_tokens"]),
        )
    except (ValueError, KeyError, TypeError):
        return Abilities()  # of another version; it is found out again


def remember(settings: Model, memory: "Memory", can: Abilities) -> None:
    """Keep what was found out, where it is news."""
    if can == recall(settings, memory):
        return
    kept = {
        "structured": can.structured,
        "usage": can.usage,
        "not_stored": can.not_stored,
        "temperature": can.temperature,
        "max_tokens": can.max_tokens,
    }
    memory.keep_fact(_key(settings), json.dumps(kept))
