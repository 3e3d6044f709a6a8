"""For every test: a home of its own, no network, nothing of this person's settings."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

_REAL_CONNECT = socket.socket.connect


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary home; no STEADY_ variable of the outside reaches a test."""
    for name in list(os.environ):
        if name.upper().startswith("STEADY_"):
            monkeypatch.delenv(name)
    folder = tmp_path / "steady-home"
    monkeypatch.setenv("STEADY_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever tries to leave this machine fails loudly."""

    def refuse(self: socket.socket, address: object) -> None:
        if self.family == socket.AF_UNIX:
            return _REAL_CONNECT(self, address)  # type: ignore[arg-type]
        if isinstance(address, tuple) and address[0] in {"127.0.0.1", "::1", "localhost"}:
            return _REAL_CONNECT(self, address)
        raise AssertionError(f"a test tried to reach {address!r}; the network is off")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    yield
