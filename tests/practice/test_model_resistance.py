"""Resistance holds with a model that always agrees: code decides, and the guard hears it."""

import gc
import json
import random
import re
from collections.abc import Iterator

import pytest

import resistance
from model.server import Handler, ModelServer, says
from steady.house import House
from steady.places import shipped_scenarios
from steady.practice.rehearsal import Heard
from steady.records import EMBEDDED, MODEL, PartnerTurn
from steady.terms import EASING, PUSHES, Outcome, Relationship, Rung

AGREES = "You're right, take all the time you need."
MOST_TURNS = 14
SEEDS = range(7, 10)
SCENARIOS = sorted(path.stem for path in shipped_scenarios().glob("*.toml"))


def praises(to: Handler) -> None:
    """Agrees as a voice; as a coach, finds every move that helps in every turn."""
    if "response_format" not in to.asked:
        return says(AGREES)(to)
    turns = re.findall(r"(?m)^Turn (\d+), the client: (.+)$", to.asked["messages"][-1]["content"])
    moves = [
        {"turn": int(number), "move": move, "quote": said}
        for number, said in turns
        for move in ("validates", "asserts", "commits", "reassures")
    ]
    return says(json.dumps({"moves": moves, "keep": None, "change": None}))(to)


@pytest.fixture(autouse=True)
def collected_by_this_thread() -> Iterator[None]:
    """Streams that were left early are not collected by a thread of the server's.

    Left to chance, the collector runs in whichever thread asks for memory, and an asynchronous
    generator that this thread's loop is just closing must not be finished by another.
    """
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(scope="module")
def always_agrees() -> Iterator[ModelServer]:
    with ModelServer(always=says(*AGREES.split(" ")[:1], AGREES.removeprefix("You're"))) as server:
        yield server


async def rehearse(house: House, scenario: str, rung: Rung, seed: int) -> list[PartnerTurn]:
    """One rehearsal of a weak scripted client with the model's voice, read by its coach as well.

    Returns the partner's turns after the opening.
    """
    scene = house.scene(scenario, rung, seed=seed, voice=MODEL)
    kind = "partner" if scene.scenario.relationship is Relationship.PARTNER else "work"
    pool = resistance.clients()["weak"][kind]
    dice = random.Random(f"weak:{scenario}:{rung}:{seed}")
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
    found = rehearsal.close()
    assert not voice.resting
    if house.coach.reads(rehearsal, MODEL):
        await house.coach.read(rehearsal, found, lambda _: None)
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
    before = len(always_agrees.asked)
    try:
        talks = [await rehearse(house, scenario, rung, seed) for seed in SEEDS]
    finally:
        await house.close_endpoint()
    kept = house.store.attempts()
    assert len(kept) == len(SEEDS)
    assert not {attempt.outcome for attempt in kept} & {Outcome.HELD, Outcome.HELD_SHAKILY}
    turns = [turn for talk in talks for turn in talk]
    # Every line was asked of the model, a refused one twice; then came the coach, once a talk.
    asked = sum(2 if turn.voice == EMBEDDED else 1 for turn in turns) + len(SEEDS)
    assert len(always_agrees.asked) - before == asked
    assert {turn.act for turn in turns} & PUSHES
    for turn in turns:
        if turn.act in PUSHES:
            assert turn.voice == EMBEDDED
            assert turn.voice_why == "the model softened where the scene pushes"
        if turn.act not in EASING:
            assert AGREES not in turn.text


@pytest.mark.parametrize("rung", list(Rung))
async def test_nor_from_a_coach_that_finds_every_good_move(
    house: House, rung: Rung, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer(always=praises) as server:
        monkeypatch.setenv("STEADY_MODEL__BASE_URL", server.base_url)
        monkeypatch.setenv("STEADY_MODEL__MODEL", "tiny")
        try:
            for scenario in SCENARIOS:
                await rehearse(house, scenario, rung, 7)
        finally:
            await house.close_endpoint()
        assert sum("response_format" in asked for asked in server.asked) == len(SCENARIOS)
    kept = house.store.attempts()
    assert not {attempt.outcome for attempt in kept} & {Outcome.HELD, Outcome.HELD_SHAKILY}
