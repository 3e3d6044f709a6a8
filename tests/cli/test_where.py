import json
from pathlib import Path

import pytest

from steady.cli import run


def test_every_place_is_told_one_a_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["where"]) == 0
    told = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert list(told) == ["data", "database", "config", "scenarios", "shipped"]
    assert told["data"] == str(home)
    assert run(["where", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == told


def test_asking_makes_nothing(home: Path) -> None:
    assert run(["where"]) == 0
    assert not home.exists()
