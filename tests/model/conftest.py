"""A server for each test, and an endpoint over it that keeps its books in memory."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from model.server import ModelServer
from steady.model.endpoint import Endpoint
from steady.model.messages import Message, Purpose
from steady.records import ModelRequest, Usage
from steady.settings import Model

ASKED = (Message("system", "You are Alex."), Message("user", "I need a minute."))
QUICK = {"first_word_timeout": 0.2, "stall_timeout": 0.2, "connect_timeout": 0.5}


@dataclass
class Books:
    """Memory and ledger of a test."""

    facts: dict[str, str] = field(default_factory=dict)
    requests: list[ModelRequest] = field(default_factory=list)

    def fact(self, key: str) -> str | None:
        return self.facts.get(key)

    def keep_fact(self, key: str, value: str) -> None:
        self.facts[key] = value

    def record_request(self, request: ModelRequest) -> None:
        self.requests.append(request)

    def usage_since(self, moment: datetime) -> Usage:
        sent = sum(request.prompt_tokens for request in self.requests)
        received = sum(request.completion_tokens for request in self.requests)
        cost = sum(request.cost or 0.0 for request in self.requests)
        return Usage(len(self.requests), sent, received, False, cost)


@dataclass
class Desk:
    """An endpoint over a scripted server. What it waited between tries stands in `waits`."""

    server: ModelServer
    books: Books = field(default_factory=Books)
    waits: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def endpoint(self, **settings: Any) -> Endpoint:
        async def wait(seconds: float) -> None:
            self.waits.append(seconds)

        chosen = {"base_url": self.server.base_url, "model": "tiny", **QUICK, **settings}
        return Endpoint(Model(**chosen), self.books, self.books, sleep=wait)

    async def pieces(
        self, endpoint: Endpoint | None = None, attempt: int | None = None
    ) -> list[str]:
        """What a stream hands out, to its end."""
        asking = (endpoint or self.endpoint()).stream(
            ASKED, max_tokens=80, purpose=Purpose.VOICE, attempt=attempt, notice=self.told.append
        )
        async with asking as reply:
            return [piece async for piece in reply]


@pytest.fixture
def desk() -> Iterator[Desk]:
    with ModelServer() as server:
        yield Desk(server)


@pytest.fixture
def full_port() -> Iterator[int]:
    """A port of this machine whose queue is full: it neither takes a connection nor refuses it."""
    with ExitStack() as held:
        taken = held.enter_context(socket.socket())
        taken.bind(("127.0.0.1", 0))
        taken.listen(0)
        for _ in range(4):
            waiting = held.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(taken.getsockname())
        yield taken.getsockname()[1]
