"""A house in the temporary home of the test, with everything real in it."""

from collections.abc import Iterator

import pytest

from steady.house import House


@pytest.fixture
def house() -> Iterator[House]:
    """The rooms behind the screens."""
    with House() as rooms:
        yield rooms
