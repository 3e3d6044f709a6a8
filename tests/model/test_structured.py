from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel, ConfigDict

from model.conftest import ASKED
from model.server import at_once, says, stalls, status
from steady.model.faults import FaultKind, ModelFault
from steady.model.messages import Purpose
from steady.model.replies import NoJson, json_in

if TYPE_CHECKING:
    from model.conftest import Desk
    from steady.model.endpoint import Endpoint


class Line(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str
    sure: bool


GOOD = '{"text": "Later when?", "sure": true}'


async def ask(desk: Desk, endpoint: Endpoint | None = None) -> Line:
    return await (endpoint or desk.endpoint()).structured(
        ASKED, Line, max_tokens=200, purpose=Purpose.COACH, notice=desk.told.append
    )


def formats(desk: Desk) -> list[str | None]:
    return [asked.get("response_format", {}).get("type") for asked in desk.server.asked]


async def test_a_shape_is_asked_for_in_the_best_way_first(desk: Desk) -> None:
    desk.server.always = says(GOOD[:9], GOOD[9:])
    assert await ask(desk) == Line(text="Later when?", sure=True)
    (asked,) = desk.server.asked
    schema = asked["response_format"]["json_schema"]
    assert (schema["strict"], schema["schema"]["required"]) == (True, ["text", "sure"])
    assert schema["schema"]["additionalProperties"] is False
    assert asked["temperature"] == 0.0


@pytest.mark.parametrize("refusal", [400, 422, 500])
async def test_a_refusal_steps_down_without_asking_again_and_is_remembered(
    desk: Desk, refusal: int
) -> None:
    desk.server.replies += [status(refusal), status(refusal), says(GOOD), says(GOOD)]
    endpoint = desk.endpoint()
    await ask(desk, endpoint)
    assert formats(desk) == ["json_schema", "json_object", None]
    assert "JSON schema" in desk.server.asked[2]["messages"][0]["content"]
    assert (desk.waits, desk.told) == ([], [])
    await ask(desk, endpoint)
    assert formats(desk)[3:] == [None]


async def test_what_worked_is_remembered_for_this_server_and_model_alone(desk: Desk) -> None:
    desk.server.replies += [status(400), says(GOOD), says(GOOD), says(GOOD)]
    await ask(desk)
    await ask(desk, desk.endpoint())
    await ask(desk, desk.endpoint(model="other"))
    assert formats(desk) == ["json_schema", "json_object", "json_object", "json_schema"]


async def test_a_fault_that_may_pass_is_tried_again_once_the_way_is_known(desk: Desk) -> None:
    desk.server.replies += [says(GOOD), status(500), says(GOOD)]
    await ask(desk)
    await ask(desk)
    assert formats(desk) == ["json_schema"] * 3
    assert len(desk.waits) == 1


@pytest.mark.parametrize(
    "reply",
    [
        f"```json\n{GOOD}\n```",
        f"Here you are:\n\n{GOOD}\n\nI hope it helps {{}}.",
        f"<think>{{not this}}</think>{GOOD}",
        f"{{broken {GOOD}",
    ],
)
async def test_json_in_a_fence_or_between_words_is_found(desk: Desk, reply: str) -> None:
    desk.server.always = says(reply)
    assert await ask(desk) == Line(text="Later when?", sure=True)
    assert len(desk.server.asked) == 1


@pytest.mark.parametrize(
    "reply",
    [
        "Later when?",
        '{"text": "Later when?", "sure": tr',
        "[" * 5000,
        '{"a":' * 3000,
        '{"text": "Later when?"}',
        '{"text": 3, "sure": true}',
        '{"text": "x", "sure": true, "score": 3}',
    ],
)
async def test_a_reply_of_another_shape_is_a_fault_and_is_not_asked_for_again(
    desk: Desk, reply: str
) -> None:
    desk.server.always = says(reply)
    with pytest.raises(ModelFault) as met:
        await ask(desk)
    assert met.value.kind is FaultKind.NOT_JSON
    assert str(met.value) == "The model's answer was not in a form that can be used."
    assert len(desk.server.asked) == 1


@pytest.mark.parametrize(
    ("reply", "kind", "requests"),
    [
        (status(401), FaultKind.REFUSED_KEY, 1),
        (status(429), FaultKind.BUSY, 3),
        (status(503), FaultKind.BROKEN, 3),
        (stalls('{"text"'), FaultKind.STALLED, 1),
        (says(""), FaultKind.EMPTY, 1),
        (status(400), FaultKind.REFUSED, 3),  # once in each way of asking
    ],
)
async def test_other_faults_are_those_of_any_request(
    desk: Desk, reply: object, kind: FaultKind, requests: int
) -> None:
    desk.server.always = reply  # type: ignore[assignment]
    with pytest.raises(ModelFault) as met:
        await ask(desk)
    assert (met.value.kind, len(desk.server.asked)) == (kind, requests)


async def test_a_server_that_ignores_stream_gives_shapes_too(desk: Desk) -> None:
    desk.server.always = at_once(GOOD)
    assert (await ask(desk)).sure


def test_json_without_an_object_is_none() -> None:
    for reply in ("", "{", "[1]", "{{{{", "null"):
        with pytest.raises(NoJson):
            json_in(reply)
    assert json_in('x {"a": {"b": 1}} y') == {"a": {"b": 1}}
    assert json_in(json.dumps({"a": "{"})) == {"a": "{"}
