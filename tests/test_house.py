"""The order of the house: imports run downward only."""

import ast
from pathlib import Path

import pytest

import steady

ROOT = Path(steady.__file__).parent

# From the ground up. A room may use the rooms below its floor, and itself.
FLOORS = [
    {"terms", "records", "errors", "places", "closing", "weights", "__init__"},
    {"scenario"},
    {"settings", "settings_sources"},
    {"reading", "safety", "store"},
    {"model"},
    {"partner", "rubric"},
    {"practice", "homework", "progress"},
    {"home", "premises"},
    {"house", "office", "faults"},
    {"tui"},
    {"cli"},
    {"__main__"},
]
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def room_of(path: Path) -> str:
    """The room a source file stands in."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def rooms_used(path: Path) -> set[str]:
    """The rooms that a source file imports from, wherever in the file it does so."""
    used = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        for name in names:
            top, _, rest = name.partition(".")
            if top == "steady" and rest:
                used.add(rest.split(".")[0])
    return used


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_downward_only(path: Path) -> None:
    room = room_of(path)
    assert room in FLOOR_OF, f"{room} has no floor in the house; give it one in this test"
    for used in rooms_used(path) - {room}:
        ground = FLOOR_OF[used] == FLOOR_OF[room] == 0
        same_floor_settings = {used, room} <= {"settings", "settings_sources"}
        assert FLOOR_OF[used] < FLOOR_OF[room] or ground or same_floor_settings, (
            f"{room} uses {used}, which is not below it"
        )


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_source_file_grows_too_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400
