import json
from pathlib import Path

import pytest

from model.server import ModelServer, Reply, at_once, says, status
from steady.cli import run
from steady.house import House

READY = '{"ready": true}'


@pytest.fixture
def using(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("STEADY_MODEL__MODEL", "tiny")
    return monkeypatch


def check(
    using: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *replies: Reply
) -> tuple[int, str, int]:
    """The status, what is printed, and how often the server was asked."""
    with ModelServer(*replies) as server:
        using.setenv("STEADY_MODEL__BASE_URL", server.base_url)
        done = run(["model", "check"])
        return done, capsys.readouterr().out, len(server.asked)


def test_one_request_shows_that_all_is_well(
    using: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done, told, asked = check(using, capsys, says(READY[:4], READY[4:]))
    assert (done, asked) == (0, 1)
    assert "Server    reached: 127.0.0.1" in told
    assert "(this machine)" in told
    assert "Key       accepted, or none needed" in told
    assert "Model     there: tiny" in told
    assert "Words     come one by one" in told
    assert "yes (json_schema)" in told
    assert "First     word after " in told


def test_a_server_that_takes_another_way_of_asking_is_remembered(
    using: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done, told, asked = check(using, capsys, status(500), at_once(READY))
    assert (done, asked) == (0, 2)
    assert "yes (json_object)" in told
    assert "Words     come all at once" in told
    with House() as house:
        facts = house.store._rows("SELECT value FROM facts WHERE key LIKE 'model-can:%'")
    assert json.loads(facts[0][0])["structured"] == "json_object"


def test_a_server_that_gives_no_shapes_is_still_good_for_the_voice(
    using: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done, told, asked = check(using, capsys, *[says("blub")] * 3)
    assert (done, asked) == (0, 3)
    assert "none came; the built-in coach will be used" in told


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (status(401, "bad key"), ["Key       not accepted", "asks for a key", "says: bad key"]),
        (status(403), ["Server    reached", "does not let this key use the model"]),
        (
            status(404),
            ["Model     not there: tiny", "The server has no model called tiny at this address."],
        ),
        (status(429), ["Server    reached", "The model is busy."]),
    ],
)
def test_what_is_wrong_is_said_after_one_request(
    using: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    reply: Reply,
    told: list[str],
) -> None:
    done, out, asked = check(using, capsys, reply)
    assert (done, asked) == (1, 1)
    assert all(part in out for part in told), out


def test_the_report_as_json(using: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with ModelServer(status(404)) as server:
        using.setenv("STEADY_MODEL__BASE_URL", server.base_url)
        assert run(["model", "check", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["reached"], told["key_accepted"], told["model_there"]) == (True, True, False)
    assert told["fault"]["kind"] == "no-model"


def test_another_machine_is_not_asked_without_agreement(
    using: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    using.setenv("STEADY_MODEL__BASE_URL", "https://models.example/v1")
    assert run(["model", "check"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "You have not agreed to send words to models.example." in told.err
    assert 'agreed_hosts = ["models.example"]' in told.err


@pytest.mark.parametrize(("answer", "kept"), [("y\n", "yes"), ("n\n", None), ("\n", None)])
def test_in_a_terminal_the_person_is_asked_once(
    using: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answer: str,
    kept: str | None,
) -> None:
    import io
    import sys

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    using.setenv("STEADY_MODEL__BASE_URL", "http://models.example:9/v1")
    using.setattr(sys, "stdin", Terminal(answer))
    using.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    using.setattr("socket.getaddrinfo", _nowhere)
    assert run(["model", "check"]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "models.example:9. That is another" in told
    assert ("Nothing was sent." in told) is (kept is None)
    assert ("No server called models.example:9 can be found" in told) is (kept is not None)
    with House() as house:
        assert house.store.fact("agreed-host:models.example:9") == kept


def _nowhere(*args: object, **kwargs: object) -> object:
    import socket

    raise socket.gaierror(socket.EAI_NONAME, "not known")


def test_an_agreement_can_be_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    with House() as house:
        house.store.keep_fact("agreed-host:models.example", "yes")
    assert run(["model", "forget", "Models.example"]) == 0
    assert "until you agree again" in capsys.readouterr().out
    assert run(["model", "forget", "models.example"]) == 0
    assert "You had not agreed" in capsys.readouterr().out


def test_without_a_model_the_way_to_one_is_told(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["model", "check"]) == 1
    told = capsys.readouterr().err
    assert "No language model is set up" in told
    assert str(home / "config.toml") in told
