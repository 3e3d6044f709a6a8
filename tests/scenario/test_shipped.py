"""The scenarios that come with the program."""

from pathlib import Path

import pytest

from steady.places import shipped_scenarios
from steady.scenario.check import check_file
from steady.scenario.library import Library
from steady.terms import Relationship

SHIPPED = shipped_scenarios()
FILES = sorted(path for path in SHIPPED.rglob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_has_no_faults(path: Path) -> None:
    assert [str(fault) for fault in check_file(path, SHIPPED)] == []


def test_every_relationship_has_a_scenario_and_every_scenario_opens(tmp_path: Path) -> None:
    library = Library(SHIPPED, tmp_path)
    heads = library.heads()
    assert {head.relationship for head in heads} == set(Relationship)
    for head in heads:
        assert library.find(head.id).scenario.title == head.title


def test_there_are_starters_for_the_opening_of_every_relationship(tmp_path: Path) -> None:
    library = Library(SHIPPED, tmp_path)
    for relationship in Relationship:
        assert library.starters(None, relationship)
