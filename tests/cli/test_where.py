import json
from pathlib import Path

import pytest

from steady.cli import run


def test_every_place_is_told_one_a_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["where"]) == 0
    told = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    paths = ["data", "database", "config", "scenarios", "packs", "shipped"]
    assert list(told) == [*paths, "profile", "profiles"]
    assert told["data"] == str(home)
    assert run(["where", "--json"]) == 0
    as_json = json.loads(capsys.readouterr().out)
    assert {name: as_json[name] for name in paths} == {name: told[name] for name in paths}
    assert (as_json["profile"], as_json["profiles"]) == (None, [])


def test_asking_makes_nothing(home: Path) -> None:
    assert run(["where"]) == 0
    assert not home.exists()
