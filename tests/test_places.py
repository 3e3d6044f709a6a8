import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from steady.places import PlaceFault, owner_only, places, private_folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def _usual_mask() -> object:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_steady_home_holds_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEADY_HOME", str(tmp_path / "here"))
    found = places()
    assert found.data == tmp_path / "here"
    assert {found.database.parent, found.config.parent, found.own_scenarios.parent} == {found.data}
    assert not found.data.exists()


def test_a_relative_home_is_told_as_an_absolute_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEADY_HOME", "here")
    assert places().data == tmp_path / "here"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("STEADY_HOME", "~/there")
    assert places().data == tmp_path / "there"


def test_an_empty_home_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("STEADY_HOME", " ")
    with_empty = places().data
    monkeypatch.delenv("STEADY_HOME")
    assert with_empty == places().data
    assert with_empty.is_relative_to(tmp_path)
    assert with_empty.name == "steady"


def test_a_home_folder_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEADY_HOME", "~nobody-of-this-name/x")
    with pytest.raises(PlaceFault, match="STEADY_HOME"):
        places()


def test_the_shipped_scenarios_are_there() -> None:
    assert (places().shipped / "banks").is_dir()


def test_folders_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "a" / "b")
    assert (mode(made), mode(made.parent)) == (0o700, 0o700)


def test_a_folder_that_exists_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(mode=0o755)
    private_folder(tmp_path / "a")
    assert mode(tmp_path / "a") == 0o755


def test_files_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    with open(tmp_path / "key", "x", opener=owner_only) as file:
        file.write("x")
    assert mode(tmp_path / "key") == 0o600


def test_what_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PlaceFault, match="STEADY_HOME"):
        private_folder(tmp_path / "file" / "a")


def test_knowing_the_places_loads_platformdirs_only_when_asked_for_the_usual_ones(
    tmp_path: Path,
) -> None:
    program = "import sys, steady.places as p; p.places(); print('platformdirs' in sys.modules)"
    for home, loaded in ((str(tmp_path), b"False"), ("", b"True")):
        told = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "STEADY_HOME": home},
            capture_output=True,
            check=True,
        )
        assert told.stdout.strip() == loaded
