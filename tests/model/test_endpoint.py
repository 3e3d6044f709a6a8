from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest

from model.conftest import ASKED
from model.server import (
    at_once,
    cuts,
    drips,
    events,
    keeps_silent,
    says,
    sends,
    stalls,
    status,
)
from steady.model.faults import FaultKind, ModelFault
from steady.model.messages import Purpose
from steady.model.replies import LONGEST
from steady.settings import Model
from steady.store import StoreBusyError

if TYPE_CHECKING:
    from model.conftest import Desk
    from model.server import Reply
    from steady.model.endpoint import Endpoint


async def fault(desk: Desk, endpoint: Endpoint | None = None) -> ModelFault:
    with pytest.raises(ModelFault) as met:
        await desk.pieces(endpoint)
    return met.value


async def test_a_reply_comes_piece_by_piece_and_is_asked_for_once(desk: Desk) -> None:
    desk.server.replies.append(says("Later", " when?"))
    assert await desk.pieces() == ["Later", " when?"]
    (asked,) = desk.server.asked
    assert asked["model"] == "tiny"
    assert asked["messages"] == [
        {"role": "system", "content": "You are Alex."},
        {"role": "user", "content": "I need a minute."},
    ]
    assert (asked["max_tokens"], asked["stream"], asked["temperature"]) == (80, True, 0.8)
    assert asked["_path"] == "/v1/chat/completions"
    assert desk.told == []


@pytest.mark.parametrize("reply", [says("Fine.", finish=None), says("Fine.", done=False)])
async def test_one_sign_that_this_was_all_is_enough(desk: Desk, reply: Reply) -> None:
    desk.server.always = reply
    assert await desk.pieces() == ["Fine."]


async def test_pieces_are_handed_out_as_they_arrive(desk: Desk) -> None:
    gate = threading.Event()
    desk.server.replies.append(drips(["Later", " when?"], gate))
    asking = desk.endpoint(stall_timeout=60).stream(ASKED, max_tokens=80, purpose=Purpose.VOICE)
    async with asking as reply:
        assert await anext(reply) == "Later"
        gate.set()
        assert [piece async for piece in reply] == [" when?"]


async def test_nothing_of_this_machine_or_another_account_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "not-ours")
    monkeypatch.setenv("OPENAI_ORG_ID", "not-ours")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "not-ours")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.0.2.1")
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:9")
    desk.server.replies.append(says("Fine."))
    await desk.pieces(desk.endpoint(api_key="k-1"))
    headers = desk.server.asked[0]["_headers"]
    assert headers["authorization"] == "Bearer k-1"
    assert "not-ours" not in str(headers)
    assert not [name for name in headers if name.startswith(("x-stainless", "openai"))]


REFUSALS: list[tuple[Reply, FaultKind, int, str]] = [
    (status(401), FaultKind.REFUSED_KEY, 1, "asks for a key, and none is set"),
    (status(403), FaultKind.FORBIDDEN, 1, "does not let this key use the model"),
    (status(404), FaultKind.NO_MODEL, 1, "no model called tiny"),
    (status(429), FaultKind.BUSY, 3, "The model is busy."),
    (status(429, headers={"retry-after": "7"}), FaultKind.BUSY, 3, "asks to wait 7 seconds"),
    (status(429, headers={"retry-after": "120"}), FaultKind.BUSY, 1, "asks to wait 120 seconds"),
    (status(500), FaultKind.BROKEN, 3, "met a fault of its own (500)"),
    (status(503), FaultKind.BROKEN, 3, "met a fault of its own (503)"),
    (status(400), FaultKind.REFUSED, 1, "refused the request (400)"),
    (
        status(307, headers={"location": "http://192.0.2.1/v1"}),
        FaultKind.REFUSED,
        1,
        "not followed",
    ),
    (keeps_silent(), FaultKind.NO_FIRST_WORD, 1, "did not answer in 0.2 seconds"),
    (stalls(), FaultKind.NO_FIRST_WORD, 1, "did not answer in 0.2 seconds"),
    (cuts(), FaultKind.CUT, 3, "broke off"),
    (says(finish=None, done=False), FaultKind.CUT, 3, "broke off"),
    (says(), FaultKind.EMPTY, 1, "answered with nothing"),
    (says("", "\x07\x1b[31m"), FaultKind.EMPTY, 1, "answered with nothing"),
    (at_once(""), FaultKind.EMPTY, 1, "answered with nothing"),
    (at_once(None), FaultKind.EMPTY, 1, "answered with nothing"),
    (sends("<html>Log in</html>", "text/html"), FaultKind.NOT_JSON, 1, "no reply of a model"),
    (sends('{"error": "busy"}'), FaultKind.NOT_JSON, 1, "no reply of a model"),
    (sends("[]"), FaultKind.NOT_JSON, 1, "no reply of a model"),
    (events(["data: {not json", "data: [DONE]"]), FaultKind.NOT_JSON, 1, "no reply of a model"),
    (events(['data: {"error": {"message": "full"}}']), FaultKind.BROKEN, 3, "fault of its own"),
]


@pytest.mark.parametrize(("reply", "kind", "requests", "said"), REFUSALS)
async def test_what_fails_before_the_first_word(
    desk: Desk, reply: Reply, kind: FaultKind, requests: int, said: str
) -> None:
    desk.server.always = reply
    met = await fault(desk)
    assert (met.kind, met.after_words) == (kind, False)
    assert said in str(met)
    assert len(desk.server.asked) == requests
    assert len(desk.told) == len(desk.waits) == requests - 1
    assert [request.fault for request in desk.books.requests] == [kind.value] * requests


async def test_a_refused_connection_is_tried_three_times(desk: Desk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refuses
        port = taken.getsockname()[1]
        met = await fault(desk, desk.endpoint(base_url=f"http://127.0.0.1:{port}/v1"))
    assert met.kind is FaultKind.UNREACHABLE
    assert str(met) == f"The model at 127.0.0.1:{port} cannot be reached."
    assert len(desk.books.requests) == 3
    assert desk.told[0].endswith("cannot be reached. Trying again.")


async def test_a_host_that_takes_no_connection_is_not_waited_for_as_long_as_a_first_word(
    desk: Desk, full_port: int
) -> None:
    silent = desk.endpoint(
        base_url=f"http://127.0.0.1:{full_port}/v1", connect_timeout=0.2, first_word_timeout=30
    )
    met = await fault(desk, silent)
    assert met.kind is FaultKind.UNREACHABLE
    assert str(met) == f"The model at 127.0.0.1:{full_port} cannot be reached."
    assert len(desk.books.requests) == 3


async def test_a_name_that_leads_nowhere(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: Any, **kwargs: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    url, host = "https://models.example/v1", "models.example"
    met = await fault(desk, desk.endpoint(base_url=url, agreed_hosts=(host,)))
    assert met.kind is FaultKind.DNS
    assert str(met) == "No server called models.example can be found from here."
    assert len(desk.books.requests) == 1


async def test_a_server_that_does_not_speak_tls_is_not_trusted(desk: Desk) -> None:
    url = desk.server.base_url.replace("http:", "https:")
    met = await fault(desk, desk.endpoint(base_url=url, first_word_timeout=30))
    assert met.kind is FaultKind.NOT_SECURE


@pytest.mark.parametrize(
    ("reply", "kind", "said"),
    [
        (stalls("You said", " later."), FaultKind.STALLED, "in the middle, for 0.2 seconds"),
        (cuts("You said", " later."), FaultKind.CUT, "broke off"),
        (says("You said", " later.", finish=None, done=False), FaultKind.CUT, "broke off"),
    ],
)
async def test_what_fails_in_the_middle_keeps_the_words_and_is_not_tried_again(
    desk: Desk, reply: Reply, kind: FaultKind, said: str
) -> None:
    desk.server.always = reply
    came = []
    with pytest.raises(ModelFault) as met:
        asking = desk.endpoint().stream(ASKED, max_tokens=80, purpose=Purpose.VOICE)
        async with asking as pieces:
            async for piece in pieces:
                came.append(piece)
    assert "".join(came) == "You said later."
    assert (met.value.kind, met.value.after_words) == (kind, True)
    assert said in str(met.value)
    assert len(desk.server.asked) == 1
    assert desk.books.requests[0].fault == kind.value


async def test_a_reply_may_not_take_longer_than_the_whole_allows(desk: Desk) -> None:
    desk.server.always = stalls("Well,")
    met = await fault(desk, desk.endpoint(total_timeout=0.2, stall_timeout=60))
    assert (met.kind, met.after_words) == (FaultKind.TOO_SLOW, True)
    assert str(met) == "The model took longer than 0.2 seconds."


@pytest.mark.parametrize("make", [says, at_once])
async def test_a_reply_of_a_hundred_thousand_words_is_dropped(desk: Desk, make: Any) -> None:
    desk.server.always = make("and then " * 50_000)
    came = 0
    with pytest.raises(ModelFault) as met:
        asking = desk.endpoint().stream(ASKED, max_tokens=80, purpose=Purpose.VOICE)
        async with asking as pieces:
            async for piece in pieces:
                came += len(piece)
    assert (met.value.kind, came) == (FaultKind.TOO_LONG, LONGEST)
    assert len(desk.server.asked) == 1


async def test_a_line_without_end_does_not_fill_the_memory(desk: Desk) -> None:
    desk.server.always = sends("x" * 9_000_000, "text/event-stream")
    met = await fault(desk, desk.endpoint(first_word_timeout=30))
    assert (met.kind, len(desk.server.asked)) == (FaultKind.TOO_LONG, 1)


async def test_control_bytes_never_come_through(desk: Desk) -> None:
    desk.server.always = says("\x1b]0;owned\x07Lat\x1b[3", "1mer\x00\x9b2J", " \u202ewhen?\x08")
    assert "".join(await desk.pieces()) == "Later when?"


async def test_what_a_model_thinks_aloud_is_not_the_reply(desk: Desk) -> None:
    desk.server.always = says("<thi", "nk>They are lying</th", "ink>\n\nLater", " when?")
    assert "".join(await desk.pieces()) == "Later when?"
    desk.server.always = says("<think>and so on")
    assert (await fault(desk)).kind is FaultKind.EMPTY


async def test_another_language_comes_through_as_it_is(desk: Desk) -> None:
    desk.server.always = says("Später, ", "wann? 😐 いつ")
    assert "".join(await desk.pieces()) == "Später, wann? 😐 いつ"


async def test_a_server_that_ignores_stream_still_works(desk: Desk) -> None:
    desk.server.always = at_once("Later when?")
    assert await desk.pieces() == ["Later when?"]
    (request,) = desk.books.requests
    assert (request.prompt_tokens, request.completion_tokens, request.estimated) == (40, 7, False)


async def test_a_server_that_recovers_is_heard_and_the_wait_is_told(desk: Desk) -> None:
    desk.server.replies += [status(429, headers={"retry-after": "7"}), status(503), says("Fine.")]
    assert await desk.pieces() == ["Fine."]
    assert desk.waits[0] == 7.0
    assert (
        desk.told[0] == "The model is busy and asks to wait 7 seconds. Trying again in 7 seconds."
    )
    assert desk.told[1].startswith("The model's server met a fault of its own (503). Trying again")
    assert [request.fault for request in desk.books.requests] == ["busy", "broken", None]


@pytest.mark.parametrize("stated", ["-1", "soon", "nan", "1e400", "99999999999999999999"])
async def test_a_wait_that_makes_no_sense_is_not_waited_for(desk: Desk, stated: str) -> None:
    desk.server.replies += [status(429, headers={"retry-after": stated}), says("Fine.")]
    endpoint = desk.endpoint()
    try:
        await desk.pieces(endpoint)
    except ModelFault as busy:
        assert busy.kind is FaultKind.BUSY
    assert all(0 <= wait <= 60 for wait in desk.waits)


async def test_leaving_early_drops_the_connection(desk: Desk) -> None:
    desk.server.always = says(*["word "] * 200_000)
    asking = desk.endpoint().stream(ASKED, max_tokens=80, purpose=Purpose.VOICE)
    async with asking as reply:
        assert await anext(reply) == "word "
    assert await asyncio.to_thread(desk.server.dropped.wait, 30)
    (request,) = desk.books.requests
    assert (request.fault, request.estimated) == ("stopped", True)


async def test_being_stopped_drops_the_connection(desk: Desk) -> None:
    desk.server.always = stalls("Well,")
    heard = asyncio.Event()

    async def listen() -> None:
        asking = desk.endpoint(stall_timeout=60).stream(ASKED, max_tokens=80, purpose=Purpose.VOICE)
        async with asking as reply:
            async for _ in reply:
                heard.set()

    listening = asyncio.create_task(listen())
    await heard.wait()
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    (request,) = desk.books.requests
    assert request.fault == "stopped"


async def test_tokens_and_cost_are_kept_with_the_attempt(desk: Desk) -> None:
    desk.server.always = says("Fine.")
    await desk.pieces(desk.endpoint(price_in=2.0, price_out=10.0), attempt=4)
    (request,) = desk.books.requests
    assert (request.attempt, request.purpose, request.model) == (4, "voice", "tiny")
    assert (request.prompt_tokens, request.completion_tokens, request.estimated) == (40, 7, False)
    assert request.cost == pytest.approx((40 * 2 + 7 * 10) / 1e6)


async def test_books_that_cannot_be_kept_do_not_cost_the_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise StoreBusyError("Another program is holding the practice history.")

    monkeypatch.setattr(desk.books, "record_request", refuse)
    desk.server.always = says("Fine.")
    assert await desk.pieces() == ["Fine."]


async def test_tokens_are_estimated_where_the_server_does_not_count(desk: Desk) -> None:
    desk.server.always = says("Fine, then. Go.", usage=False)
    await desk.pieces()
    (request,) = desk.books.requests
    assert (request.prompt_tokens, request.completion_tokens, request.estimated) == (8, 4, True)
    assert request.cost is None


async def test_a_field_that_is_refused_is_left_out_from_then_on(desk: Desk) -> None:
    desk.server.replies += [
        status(400, "Unknown field: stream_options"),
        status(400, "Unsupported parameter: 'max_tokens'; use 'max_completion_tokens' instead."),
        status(400, "'temperature' does not support 0.8 with this model."),
        says("Fine."),
        says("Again."),
    ]
    endpoint = desk.endpoint()
    await desk.pieces(endpoint)
    assert len(desk.server.asked) == 4
    await desk.pieces(endpoint)
    last = desk.server.asked[-1]
    assert len(desk.server.asked) == 5
    assert last["max_completion_tokens"] == 80
    assert not {"stream_options", "temperature", "max_tokens"} & last.keys()


async def test_a_host_is_asked_not_to_store_only_where_that_is_known(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.server.always = says("Fine.")
    await desk.pieces()
    assert "store" not in desk.server.asked[0]
    from steady.model import abilities

    monkeypatch.setattr(abilities, "_not_stored", lambda: {"127.0.0.1": {"store": False}})
    desk.server.replies += [says("Fine."), status(400, "Unknown parameter: 'store'."), says("!")]
    await desk.pieces()
    assert desk.server.asked[1]["store"] is False
    await desk.pieces()
    assert "store" not in desk.server.asked[3]


async def test_the_key_is_nowhere_to_be_read(desk: Desk) -> None:
    desk.server.always = status(401, "wrong key k-secret given")
    endpoint = desk.endpoint(api_key="k-secret")
    met = await fault(desk, endpoint)
    assert met.detail == "wrong key (the key) given"
    assert "did not accept the key" in str(met)
    everything = (repr(endpoint.__dict__), repr(met.__dict__), repr(desk.books), repr(met.args))
    assert not any("k-secret" in text for text in everything)
    assert "k-secret" not in repr(Model(api_key="k-secret"))


async def test_nothing_is_asked_of_a_host_that_was_not_agreed_to(desk: Desk) -> None:
    met = await fault(desk, desk.endpoint(base_url="https://models.example/v1"))
    assert met.kind is FaultKind.NOT_AGREED
    assert str(met) == "You have not agreed to send words to models.example."
    assert desk.books.requests == []


async def test_without_a_model_there_is_nothing_to_ask(desk: Desk) -> None:
    assert (await fault(desk, desk.endpoint(model=""))).kind is FaultKind.NOT_SET
    assert desk.server.asked == []


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ({"daily_tokens": 47}, "The limit of 47 tokens that you set for a day is reached."),
        (
            {"daily_cost": 0.00015, "price_in": 2.0, "price_out": 10.0},
            "The limit of 0.0001 USD that you set for a day is reached.",
        ),
    ],
)
async def test_a_daily_limit_stops_politely(desk: Desk, limit: dict[str, Any], said: str) -> None:
    desk.server.always = says("Fine.")
    endpoint = desk.endpoint(**limit)
    assert await desk.pieces(endpoint) == ["Fine."]
    met = await fault(desk, endpoint)
    assert (met.kind, len(desk.server.asked)) == (FaultKind.LIMIT_REACHED, 1)
    assert str(met) == said or "0.0002 USD" in str(met)


async def test_a_limit_on_costs_without_prices_is_not_passed_over(desk: Desk) -> None:
    met = await fault(desk, desk.endpoint(daily_cost=1.0))
    assert met.kind is FaultKind.NOT_SET
    assert "set price_in and price_out" in str(met)


def test_an_endpoint_outlives_the_loop_it_was_first_used_in(desk: Desk) -> None:
    desk.server.always = says("Fine.")
    endpoint = desk.endpoint()
    for _ in range(2):
        assert asyncio.run(desk.pieces(endpoint)) == ["Fine."]


def test_what_is_told_names_the_partner_and_what_still_stands() -> None:
    met = ModelFault(FaultKind.NO_FIRST_WORD, "The model did not answer in 20 seconds.")
    assert met.told("Alex") == (
        "The model did not answer in 20 seconds. Alex goes on in the built-in voice; "
        "your words are saved."
    )
