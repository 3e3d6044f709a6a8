"""`--profile`: people on one computer, kept apart."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from steady.cli import run
from steady.house import House
from steady.places import places, use_profile
from steady.terms import Rung


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run([*words]) == 0
    return capsys.readouterr().out


@pytest.fixture(autouse=True)
def _nobody_afterwards() -> object:
    yield
    use_profile(None)


def test_each_profile_has_a_history_of_its_own(home: Path) -> None:
    for name, attempts in (("anna", 1), ("ben", 2)):
        use_profile(name)
        with House() as house:
            for _ in range(attempts):
                house.begin(house.scene("avoiding-me", Rung.GENTLE, seed=1))
    for whose, attempts in (("anna", 1), ("ben", 2), (None, 0)):
        use_profile(whose)
        with House() as house:
            assert len(house.store.attempts()) == attempts
    assert (home / "profiles" / "anna" / "steady.db").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--profile", "anna", "where", "--json"),
        ("where", "--profile", "anna", "--json"),
        ("where", "--json", "--profile=Anna"),
        ("--profile", "ben", "where", "--json", "--profile", "anna"),
    ],
)
def test_it_may_stand_before_or_after_the_command(
    capsys: pytest.CaptureFixture[str], home: Path, words: tuple[str, ...]
) -> None:
    found = json.loads(told(capsys, *words))
    assert found["profile"] == "anna"
    assert found["database"] == str(home / "profiles" / "anna" / "steady.db")


def test_one_command_does_not_choose_for_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "--profile", "anna", "where")
    assert json.loads(told(capsys, "where", "--json"))["profile"] is None


def test_commands_below_commands_take_it_too(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    told(capsys, "scenarios", "list", "--profile", "anna")
    told(capsys, "homework", "--profile", "anna")
    assert run(["homework", "forget", "--profile", "anna"]) == 1
    assert "no homework here yet" in capsys.readouterr().err
    assert not (home / "steady.db").exists()


def test_every_command_can_be_told_whose_things_are_meant() -> None:
    from steady.cli import COMMANDS, steady

    for name in COMMANDS:
        command = steady.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert [option.name for option in command.params].count("profile") == 1


@pytest.mark.parametrize(
    "name",
    ["", " ", "..", ".", "../x", "/etc", "a/b", "a\\b", "-a", "_", "a b", "x" * 41, "\x1b[m"],
)
def test_a_name_that_could_lead_elsewhere_is_refused(
    capsys: pytest.CaptureFixture[str], home: Path, name: str
) -> None:
    assert run([f"--profile={name}", "where"]) == 2
    assert "A profile's name is one word" in capsys.readouterr().err
    assert not home.exists()


@pytest.mark.parametrize(
    ("name", "folder"), [("Zoë", "zoë"), ("Zoe\u0308", "zoë"), ("АННА", "анна"), ("李-2", "李-2")]
)
def test_names_of_any_alphabet_are_names_however_they_are_written(name: str, folder: str) -> None:
    use_profile(name)
    assert places().data.name == folder


def test_profiles_are_listed_by_where(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("ben", "anna"):
        use_profile(name)
        with House() as house:
            assert house.store.attempts() == ()
    assert json.loads(told(capsys, "where", "--json"))["profiles"] == ["anna", "ben"]
    assert "anna, ben" in told(capsys, "where")


def test_a_profile_goes_by_the_common_settings_until_it_has_its_own(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[safety]\ncountry = "DE"\n')
    use_profile("anna")
    assert House().settings.safety.country == "DE"
    own = home / "profiles" / "anna"
    own.mkdir(parents=True)
    (own / "config.toml").write_text('[safety]\ncountry = "FR"\n')
    assert House().settings.safety.country == "FR"
    use_profile(None)
    assert House().settings.safety.country == "DE"


def test_without_a_profile_nothing_of_it_is_loaded() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, steady.places as p; p.places();"
         " print('unicodedata' in sys.modules, 'click' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["False", "False"]
