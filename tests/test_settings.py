import dataclasses
import itertools
import json
import subprocess
import sys
import tomllib
import traceback
from pathlib import Path

import pytest

from steady import settings
from steady.places import Places, places
from steady.settings import Pace, Settings, SettingsFault, Theme

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"


@pytest.fixture
def at(home: Path) -> Places:
    home.mkdir()
    return places()


def sources(at: Places) -> dict[str, tuple[object, str]]:
    return {setting.name: (setting.value, setting.source) for setting in settings.explain(at)}


def refusal(at: Places, text: str) -> str:
    at.config.write_text(text)
    with pytest.raises(SettingsFault) as refused:
        settings.load(at)
    return str(refused.value)


def test_without_a_word_said_everything_is_at_its_default(at: Places) -> None:
    assert settings.load(at) == Settings()
    assert {source for _, source in sources(at).values()} == {"default"}


def test_the_file_goes_before_the_default_and_the_environment_before_the_file(
    at: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.config.write_text('[practice]\npace = "slow"\naids = false\n[appearance]\n')
    monkeypatch.setenv("STEADY_PRACTICE__AIDS", "true")
    monkeypatch.setenv("STEADY_PRACTICE__TYPING_SPEED", "0")
    found = settings.load(at)
    assert found.practice == settings.Practice(Pace.SLOW, aids=True, typing_speed=0)
    assert found.appearance == settings.Appearance()
    told = sources(at)
    assert told["practice.pace"] == (Pace.SLOW, f"{at.config}:2")
    assert told["practice.aids"] == (True, "environment STEADY_PRACTICE__AIDS")
    assert told["practice.typing_speed"] == (0, "environment STEADY_PRACTICE__TYPING_SPEED")
    assert told["appearance.theme"] == (Theme.STEADY_DARK, "default")


def test_an_empty_variable_counts_as_none(at: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEADY_PRACTICE__PACE", "")
    assert settings.load(at) == Settings()
    assert sources(at)["practice.pace"] == (Pace.NORMAL, "default")


def test_names_of_variables_may_be_written_in_small_letters(
    at: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("steady_safety__country", "DE")
    assert settings.load(at).safety.country == "DE"
    assert sources(at)["safety.country"] == ("DE", "environment steady_safety__country")


def test_variables_that_are_no_settings_by_their_form_are_left_alone(
    at: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEADY_PASSPHRASE", "x")
    assert settings.load(at) == Settings()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('\n[practice]\npace = "fast"', 3, "practice.pace: this value is not allowed; use one of"),
        ("[practice]\naids = 1", 2, "true or false"),
        ('[practice]\naids = "yes"', 2, "true or false"),
        ('[practice]\ntyping_speed = "9"', 2, "a whole number from 0 to 1000"),
        ("[practice]\ntyping_speed = true", 2, "a whole number from 0 to 1000"),
        ("[practice]\ntyping_speed = -1", 2, "a whole number from 0 to 1000"),
        ("[practice]\n\ntyping_speed = 1001", 3, "a whole number from 0 to 1000"),
        ('[safety]\ncountry = "usa"', 2, "two capital letters"),
        ('[safety]\ncountry = "US\\n"', 2, "two capital letters"),
        ('[practice]\npaec = "slow"', 2, "practice.paec: is not a setting; write pace under [pra"),
        ('[practise]\npace = "slow"', 1, "practise: is not a setting; write"),
        ('pace = "slow"', 1, "pace: is not a setting; write pace under [practice]"),
        ("practice = 3", 1, "open it with [practice]"),
        ("zzz = 1", 1, "the settings are appearance.theme, appearance.animations"),
        ('[practice]\npace = "slow', 2, "a text is not closed"),
        ("[practice]\n[practice]", 2, "opened before"),
        ('[model]\nbase_url = "localhost:11434"', 2, "the address of a server, such as"),
        ('[model]\napi_key = "a b"', 2, "the key that the service gave you"),
        ("[model]\ntemperature = 3", 2, "use a number from 0 to 2"),
        ("[model]\nstall_timeout = true", 2, "use a number from 0.1 to 600"),
        ("[model]\nstall_timeout = nan", 2, "use a number from 0.1 to 600"),
        ('[model]\nagreed_hosts = "a.example"', 2, "a list of hosts, such as"),
        ("[model]\nagreed_hosts = [1]", 2, "a list of hosts, such as"),
        ('[model]\nuse = "all"', 2, "use one of both, voice, coach"),
    ],
)
def test_a_fault_in_the_file_names_file_line_key_and_what_is_allowed(
    at: Places, text: str, line: int, said: str
) -> None:
    told = refusal(at, text)
    assert told.startswith(f"{at.config}:{line}: ")
    assert said in told
    assert "\n" not in told


def test_a_file_that_cannot_be_read_is_named(at: Places) -> None:
    at.config.mkdir()
    with pytest.raises(SettingsFault, match=r"config\.toml: is not a regular file"):
        settings.load(at)
    at.config.rmdir()
    at.config.symlink_to("nowhere")
    with pytest.raises(SettingsFault, match="no such file"):
        settings.load(at)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("STEADY_PRACTICE__PACE", "fast", "practice.pace; use one of normal, slow"),
        ("STEADY_PRACTICE__AIDS", "perhaps", "practice.aids; use true or false"),
        ("STEADY_PRACTICE__TYPING_SPEED", "5000", "a whole number from 0 to 1000"),
        ("STEADY_PRACTICE__PAEC", "slow", "not a setting; write STEADY_PRACTICE__PACE"),
        ("STEADY_PRACTISE__PACE", "slow", "not a setting; write STEADY_PRACTICE__PACE"),
        ("STEADY_PRACTICE", '{"pace": "slow"}', "not a setting"),
        ("STEADY_X__Y", "1", "not a setting; take it out"),
    ],
)
def test_a_fault_in_the_environment_names_the_variable_and_what_is_allowed(
    at: Places, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsFault) as refused:
        settings.load(at)
    assert str(refused.value).startswith(f"{name} in the environment is not")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "written", ["a.example, b.example:8443,", '["a.example", "b.example:8443"]']
)
def test_a_list_in_the_environment_is_written_with_commas_or_as_json(
    at: Places, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("STEADY_MODEL__AGREED_HOSTS", written)
    assert settings.load(at).model.agreed_hosts == ("a.example", "b.example:8443")


def test_a_list_in_the_environment_that_is_neither_is_refused(
    at: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEADY_MODEL__AGREED_HOSTS", '["hunter2"')
    with pytest.raises(SettingsFault) as refused:
        settings.load(at)
    assert str(refused.value).startswith("STEADY_MODEL__AGREED_HOSTS in the environment is not")
    assert "hunter2" not in str(refused.value)


def test_whole_numbers_do_where_a_number_is_wanted(at: Places) -> None:
    at.config.write_text("[model]\nstall_timeout = 5\n")
    assert settings.load(at).model.stall_timeout == 5.0


def test_of_a_key_it_is_only_told_whether_it_is_set(
    at: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sources(at)["model.api_key"] == ("not set", "default")
    monkeypatch.setenv("STEADY_MODEL__API_KEY", "hunter2")
    assert sources(at)["model.api_key"] == ("set", "environment STEADY_MODEL__API_KEY")
    loaded = settings.load(at)
    assert loaded.model.api_key == "hunter2"
    assert "hunter2" not in repr(loaded) + str(settings.explain(at))


def test_no_message_repeats_a_value(at: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in (
        '[practice]\npace = "hunter2"',
        '[practice]\nkey = "hunter2"',
        'practice = "hunter2"',
        '[practice]\npace = "hunter2',
        "[practice]\npace = hunter2",
        '[model]\napi_key = "hunter2 hunter2"',
        '[model]\nagreed_hosts = [["hunter2"]]',
    ):
        assert "hunter2" not in refusal(at, text)
    at.config.unlink()
    monkeypatch.setenv("STEADY_PRACTICE__PACE", "hunter2")
    with pytest.raises(SettingsFault) as refused:
        settings.load(at)
    assert "hunter2" not in "".join(traceback.format_exception(refused.value))


def test_more_faults_are_counted(at: Places) -> None:
    told = refusal(at, "[practice]\npace = 1\naids = 1\n")
    assert told.startswith(f"{at.config}:2: practice.pace")
    assert told.endswith("(1 more.)")


def test_the_example_holds_exactly_the_settings_with_their_defaults(at: Places) -> None:
    defaults = json.loads(json.dumps(dataclasses.asdict(Settings())))  # tuples as lists
    assert tomllib.loads(EXAMPLE.read_text()) == defaults
    at.config.write_text(EXAMPLE.read_text())
    assert settings.load(at) == Settings()


def test_the_example_says_of_every_setting_what_it_does() -> None:
    lines = EXAMPLE.read_text().splitlines()
    told = [
        line.split(" = ")[0]
        for before, line in itertools.pairwise(lines)
        if before.startswith("# ") and " = " in line and not line.startswith("#")
    ]
    assert told == [key for _, key, _ in settings.names()]


@pytest.mark.parametrize(("config", "loaded"), [(None, b"False"), ("", b"True")])
def test_pydantic_is_loaded_only_where_something_is_set(
    at: Places, config: str | None, loaded: bytes
) -> None:
    if config is not None:
        at.config.write_text(config)
    program = (
        "import sys; from steady import places, settings; settings.load(places.places());"
        "print('pydantic' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert told.stdout.strip() == loaded
