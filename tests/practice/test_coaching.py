"""When a model reads an attempt, what it may be shown, and what stands when it fails."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from model.server import ModelServer, Reply, says, status
from practice.coached import FIRM, KIND, reply
from steady.house import House
from steady.practice.coaching import WENT_ON
from steady.practice.rehearsal import Alarm, Rehearsal
from steady.records import BOTH, EMBEDDED, MODEL, Feedback
from steady.terms import Rung

DANGER = "I want to kill myself"
GOOD = says(reply({"turn": 3, "quote": "I'm not leaving you"}))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with ModelServer() as open_server:
        monkeypatch.setenv("STEADY_MODEL__BASE_URL", open_server.base_url)
        monkeypatch.setenv("STEADY_MODEL__MODEL", "tiny")
        yield open_server


@pytest.fixture
def house(server: ModelServer, home: Path) -> Iterator[House]:
    with House() as open_house:
        yield open_house


def rehearse(house: House, *said: str) -> Rehearsal:
    rehearsal = house.begin(house.scene("avoiding-me", Rung.ACCUSED, seed=3))
    for text in said or (KIND, FIRM):
        rehearsal.say(text)
    return rehearsal


def read(house: House, rehearsal: Rehearsal) -> tuple[Feedback, Feedback]:
    """The built-in feedback, and the one with the model's reading."""
    found = rehearsal.close()

    async def reading() -> Feedback:
        return await house.coach.read(rehearsal, found, lambda _: None)

    return found, asyncio.run(reading())


def test_the_feedback_with_the_models_reading_is_what_the_journal_keeps(
    house: House, server: ModelServer
) -> None:
    server.replies.append(GOOD)
    rehearsal = rehearse(house)
    found, with_model = read(house, rehearsal)
    assert (found.reader, with_model.reader) == (EMBEDDED, BOTH)
    assert with_model.keep is not None
    assert with_model.keep.quote == "I'm not leaving you"
    kept = house.store.transcript(rehearsal.attempt).feedback
    assert kept == with_model
    assert {(m.turn, m.reader) for m in with_model.proposed} >= {(1, "model"), (3, "model")}
    assert house.store.usage_of(rehearsal.attempt).requests == 1
    (summary,) = house.store.attempts()
    (point,) = house.store.trend()
    assert summary.reader == point.reader == BOTH


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        (status(401), "asks for a key, and none is set."),
        (says("You did great!"), "The model's answer was not in a form that can be used."),
        (says('{"moves": [], "keep": null, "change": null}'), "The model missed too much"),
        (says(reply()[:-30]), "not in a form that can be used."),
    ],
)
def test_what_fails_leaves_the_built_in_feedback_and_one_quiet_sentence(
    house: House, server: ModelServer, fails: Reply, said: str
) -> None:
    server.replies.append(fails)
    rehearsal = rehearse(house)
    found, with_model = read(house, rehearsal)
    assert (with_model.levels, with_model.keep, with_model.change) == (
        found.levels,
        found.keep,
        found.change,
    )
    assert with_model.reader == EMBEDDED
    assert said in with_model.coach
    assert with_model.coach.endswith("The built-in coach read your turns.")
    assert house.store.transcript(rehearsal.attempt).feedback == with_model
    assert len(server.asked) == 1


def test_who_does_not_wait_keeps_the_built_in_feedback(house: House) -> None:
    rehearsal = rehearse(house)
    found = rehearsal.close()
    went_on = house.coach.went_on(rehearsal, found)
    assert went_on.levels == found.levels
    kept = house.store.transcript(rehearsal.attempt).feedback
    assert kept is not None
    assert kept.coach == WENT_ON


@pytest.mark.parametrize(
    ("use", "voice", "reads"),
    [
        ("both", MODEL, True),
        ("both", EMBEDDED, False),
        ("coach", EMBEDDED, True),
        ("voice", MODEL, False),
    ],
)
def test_a_model_reads_where_it_was_chosen_to(
    house: House, monkeypatch: pytest.MonkeyPatch, use: str, voice: str, reads: bool
) -> None:
    monkeypatch.setenv("STEADY_MODEL__USE", use)
    with House() as other:
        assert other.coach.reads(rehearse(other), voice) is reads


def test_without_a_model_none_reads(home: Path) -> None:
    with House() as plain:
        assert not plain.coach.reads(rehearse(plain), MODEL)


def test_an_attempt_with_danger_in_it_or_nothing_said_is_not_read(house: House) -> None:
    quiet = house.begin(house.scene("avoiding-me", Rung.GENTLE, seed=3))
    assert not house.coach.reads(quiet, MODEL)
    alarmed = rehearse(house, KIND)
    assert isinstance(alarmed.say(DANGER), Alarm)
    assert not house.coach.reads(alarmed, MODEL)


def test_a_misread_turn_and_what_answered_it_are_not_shown(
    house: House, server: ModelServer
) -> None:
    server.replies.append(says(reply()))
    rehearsal = rehearse(house, KIND, FIRM)
    alarm = rehearsal.say(f"{DANGER} with all this laundry")
    assert isinstance(alarm, Alarm)
    answer = rehearsal.misread(alarm)
    rehearsal.say("I'll be back in 20 minutes.")
    assert house.coach.reads(rehearsal, MODEL)
    read(house, rehearsal)
    (asked,) = server.asked
    sent = asked["messages"][1]["content"]
    assert "laundry" not in sent
    assert "kill" not in sent
    assert rehearsal.turns[-3].text not in sent
    assert answer.client.number in rehearsal.private
