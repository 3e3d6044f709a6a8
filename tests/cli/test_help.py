"""`steady --help` and what it costs to ask."""

import subprocess
import sys

from steady.cli import COMMANDS


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    """Run `steady` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "steady", *words],
        capture_output=True,
        text=True,
        check=True,
    )


def test_help_names_every_command() -> None:
    told = run("--help").stdout
    assert all(name in told for name in COMMANDS)


def test_help_imports_no_room_that_it_does_not_need() -> None:
    imported = run("--help").stderr
    for heavy in ("textual", "sqlite_utils", "pydantic", "openai", "steady.reading"):
        assert f" {heavy}\n" not in imported


def test_every_command_has_help_of_its_own() -> None:
    for name in COMMANDS:
        assert "Usage:" in run(name, "--help").stdout
