"""A model's coach in the line faces."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from model.server import ModelServer, says, status
from practice.coached import FIRM, KIND, reply
from steady.cli import as_events, as_lines
from steady.cli.answering import Answering
from steady.house import House
from steady.terms import Rung

SAID = f"{KIND}\n{FIRM}\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with ModelServer() as open_server:
        monkeypatch.setenv("STEADY_MODEL__BASE_URL", open_server.base_url)
        monkeypatch.setenv("STEADY_MODEL__MODEL", "tiny")
        monkeypatch.setenv("STEADY_MODEL__USE", "coach")
        monkeypatch.setenv("STEADY_MODEL__PRICE_IN", "1000")
        yield open_server


def as_json() -> list[dict[str, Any]]:
    out = io.StringIO()
    with House() as house:
        rehearsal = house.begin(house.scene("avoiding-me", Rung.ACCUSED, seed=3, face="json"))
        with Answering.of(house, rehearsal) as answering:
            as_events.rehearse(rehearsal, io.StringIO(SAID), out, answering)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def as_text() -> str:
    out = io.StringIO()
    with House() as house:
        rehearsal = house.begin(house.scene("avoiding-me", Rung.ACCUSED, seed=3, face="plain"))
        with Answering.of(house, rehearsal) as answering:
            as_lines.rehearse(rehearsal, io.StringIO(SAID), out, "US", answering)
    return out.getvalue()


def test_the_events_say_who_read_and_what_it_took(server: ModelServer) -> None:
    server.replies.append(says(reply({"turn": 3, "quote": "I'm not leaving you"})))
    *_, notice, _, feedback = as_json()
    assert notice == {"event": "notice", "text": "Reading your turns."}
    assert (feedback["reader"], feedback["coach"]) == ("embedded+model", "")
    assert feedback["keep"]["quote"] == "I'm not leaving you"
    assert feedback["model"] == {
        "requests": 1,
        "tokens": 47,
        "estimated": False,
        "cost": 0.04,
        "currency": "USD",
    }


def test_the_lines_say_so_too(server: ModelServer) -> None:
    server.replies.append(says(reply()))
    told = as_text()
    assert "(Reading your turns.)" in told
    assert "Read by a model too; the levels are computed by the same rules." in told
    assert "The model took 47 tokens, 0.04 USD." in told


def test_what_fails_is_told_once_under_the_built_in_feedback(server: ModelServer) -> None:
    server.replies.append(status(401))
    feedback = as_json()[-1]
    assert feedback["reader"] == "embedded"
    assert feedback["coach"].endswith("none is set. The built-in coach read your turns.")
    server.replies.append(status(401))
    assert as_text().count("The built-in coach read your turns.") == 1


def test_without_a_model_nothing_is_told_of_one(home: object) -> None:
    feedback = as_json()[-1]
    assert (feedback["reader"], feedback["coach"], feedback["model"]) == ("embedded", "", None)
    assert "model" not in as_text()
