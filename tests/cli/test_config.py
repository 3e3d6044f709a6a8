import json
from pathlib import Path

import pytest

from steady.cli import run


@pytest.fixture
def config(home: Path) -> Path:
    home.mkdir()
    return home / "config.toml"


def test_every_setting_is_told_with_its_value_and_its_source(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text('# mine\n[practice]\npace = "slow"\n')
    monkeypatch.setenv("STEADY_PRACTICE__AIDS", "false")
    assert run(["config"]) == 0
    told = {
        name: (value, source)
        for name, value, source in (
            line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()
        )
    }
    assert told["practice.pace"] == ('"slow"', f"{config}:3")
    assert told["practice.aids"] == ("false", "environment STEADY_PRACTICE__AIDS")
    assert told["safety.country"] == ('"US"', "default")


def test_the_settings_as_json_keep_their_types(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["config", "--json"]) == 0
    told = {setting["name"]: setting["value"] for setting in json.loads(capsys.readouterr().out)}
    assert told["practice.aids"] is True
    assert told["practice.typing_speed"] == 60
    assert told["practice.pace"] == "normal"


def test_a_fault_is_one_sentence(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text('[practice]\npace = "fast"\n')
    assert run(["config"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"steady: {config}:2: practice.pace")
