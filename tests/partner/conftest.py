"""A real scenario and its bank."""

import pytest

from steady.places import shipped_scenarios
from steady.scenario.library import Found, Library


@pytest.fixture(scope="session")
def found() -> Found:
    """The shipped scenario in which the partner says that the client is avoiding them."""
    shipped = shipped_scenarios()
    return Library(shipped, shipped / "none").find("avoiding-me")
