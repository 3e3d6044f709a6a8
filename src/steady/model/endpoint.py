"""One server that speaks the chat API: asked, timed, retried and accounted for in this place only.

Words from the server are hostile until cleaned and bounded here. Nothing is asked of a host that
the person has not agreed to, and nothing once a daily limit of the settings is reached.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

from steady.model.faults import ModelFault
from steady.model.messages import Message, Purpose
from steady.records import ModelRequest, Usage
from steady.settings import Model

if TYPE_CHECKING:
    from pydantic import BaseModel

Shape = TypeVar("Shape", bound="BaseModel")
Notice = Callable[[str], None]
"""Is told, in one plain sentence, why the person waits."""


class Memory(Protocol):
    """Remembers small facts between runs: what a host agreed to and can do. The store is one."""

    def fact(self, key: str) -> str | None:
        """A fact, or None where it was never kept."""
        ...

    def keep_fact(self, key: str, value: str) -> None:
        """Keep a fact."""
        ...


class Ledger(Protocol):
    """Keeps what was asked of models. The store is one."""

    def record_request(self, request: ModelRequest) -> None:
        """Record one request, whatever became of it."""
        ...

    def usage_since(self, moment: datetime) -> Usage:
        """What was used from a moment on."""
        ...


class Structured(StrEnum):
    """How a server can be asked for a reply of a given shape, best first."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What one tiny request showed. None means that it could not be found out."""

    host: str
    local: bool
    model: str
    reached: bool
    key_accepted: bool | None = None
    model_there: bool | None = None
    streaming: bool | None = None
    structured: Structured | None = None
    first_word: float | None = None  # seconds
    fault: ModelFault | None = None


class Endpoint:
    """The model of the settings. Belongs to one event loop; close it when done."""

    def __init__(self, settings: Model, memory: Memory, ledger: Ledger) -> None:
        """Nothing is imported or asked until the first request."""
        self._settings = settings
        self._memory = memory
        self._ledger = ledger

    @asynccontextmanager
    async def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        purpose: Purpose,
        attempt: int | None = None,
        notice: Notice = lambda _: None,
    ) -> AsyncIterator[AsyncIterator[str]]:
        """The reply as it arrives: cleaned pieces of text, at most LONGEST characters in all.

        Leaving the block early, or being cancelled, drops the connection. Raises ModelFault, on
        entering or between pieces; after the first piece `after_words` is set and nothing is
        asked again.
        """
        self._begun = (messages, max_tokens, purpose, attempt, notice)
        raise NotImplementedError
        yield  # type: ignore[unreachable]

    async def structured(
        self,
        messages: Sequence[Message],
        shape: type[Shape],
        *,
        max_tokens: int,
        purpose: Purpose,
        attempt: int | None = None,
        notice: Notice = lambda _: None,
    ) -> Shape:
        """A reply of a shape, checked. Raises ModelFault."""
        self._begun = (messages, shape, max_tokens, purpose, attempt, notice)
        raise NotImplementedError

    async def check(self) -> CheckReport:
        """One tiny request to see what works; never raises for what a server does."""
        raise NotImplementedError

    async def close(self) -> None:
        """Close the connections; closing twice is harmless."""
