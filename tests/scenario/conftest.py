from pathlib import Path

import pytest

from shelves import Shelf, stocked


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Banks and starters, and no scenario yet."""
    return stocked(tmp_path)
