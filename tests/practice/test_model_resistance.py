"""Resistance holds with a model that always agrees: code decides, and the guard hears it."""

import random
from collections.abc import Iterator

import pytest

import resistance
from model.server import ModelServer, says
from steady.house import House
from steady.places import shipped_scenarios
from steady.practice.rehearsal import Heard
from steady.records import MODEL, PartnerTurn
from steady.terms import EASING, PUSHES, Outcome, Relationship, Rung

AGREES = "You're right, take all the time you need."
MOST_TURNS = 14
SCENARIOS = sorted(path.stem for path in shipped_scenarios().glob("*.toml"))


@pytest.fixture(scope="module")
def always_agrees() -> Iterator[ModelServer]:
    with ModelServer(always=says(*AGREES.split(" ")[:1], AGREES.removeprefix("You're"))) as server:
        yield server


async def rehearse(house: House, scenario: str, rung: Rung, strength: str) -> list[PartnerTurn]:
    """One rehearsal of a scripted client with the model's voice; the partner's turns."""
    scene = house.scene(scenario, rung, seed=7, voice=MODEL)
    kind = "partner" if scene.scenario.relationship is Relationship.PARTNER else "work"
    pool = resistance.clients()[strength][kind]
    dice = random.Random(f"{strength}:{scenario}:{rung}")
    rehearsal = house.begin(scene)
    voice = house.voices.of(rehearsal)
    assert voice is not None
    for _ in range(MOST_TURNS):
        moment = resistance._moment(rehearsal.last_line.act)
        heard = rehearsal.hear(dice.choice(pool[moment]))
        if not isinstance(heard, Heard):
            continue
        order = rehearsal.order(heard)
        rehearsal.answer(heard, await voice.render(order, lambda _: None, lambda _: None))
        if rehearsal.ending is not None:
            break
    rehearsal.close()
    return [turn for turn in rehearsal.turns if isinstance(turn, PartnerTurn) and turn.act]


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("rung", list(Rung))
async def test_a_weak_client_wins_nothing_from_a_model_that_always_agrees(
    house: House,
    always_agrees: ModelServer,
    scenario: str,
    rung: Rung,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STEADY_MODEL__BASE_URL", always_agrees.base_url)
    monkeypatch.setenv("STEADY_MODEL__MODEL", "tiny")
    try:
        turns = await rehearse(house, scenario, rung, "weak")
    finally:
        await house.close_endpoint()
    (kept,) = house.store.attempts()
    assert kept.outcome not in {Outcome.HELD, Outcome.HELD_SHAKILY}
    assert turns
    for turn in turns:
        if turn.act in PUSHES:
            assert turn.voice == "embedded"
            assert turn.voice_why == "the model softened where the scene pushes"
        if turn.act not in EASING:
            assert AGREES not in turn.text
    assert always_agrees.asked
