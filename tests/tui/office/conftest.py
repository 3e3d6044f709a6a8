"""A therapist with a key, in the temporary home of the test."""

from collections.abc import Iterator

import pytest

from cases import an_office
from steady.office import Office


@pytest.fixture
def office() -> Iterator[Office]:
    """The rooms behind the therapist's screens."""
    with an_office() as rooms:
        yield rooms
