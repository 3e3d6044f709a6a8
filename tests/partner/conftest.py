"""A real scenario and its bank."""

from collections.abc import Iterator

import pytest

from steady.house import House
from steady.places import shipped_scenarios
from steady.scenario.library import Found, Library


@pytest.fixture(scope="session")
def found() -> Found:
    """The shipped scenario in which the partner says that the client is avoiding them."""
    shipped = shipped_scenarios()
    return Library(shipped, shipped / "none").find("avoiding-me")


@pytest.fixture
def house() -> Iterator[House]:
    """The rooms behind the screens, in the temporary home of the test."""
    with House() as rooms:
        yield rooms
