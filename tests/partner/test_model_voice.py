"""The model's voice over a real endpoint and a scripted server: every way it can go."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from model.conftest import Desk
from model.server import (
    ModelServer,
    at_once,
    cuts,
    drips,
    keeps_silent,
    says,
    sends,
    stalls,
    status,
)
from partner.orders import PRESS, order_for
from steady.partner.model_voice import STOPPED, ModelVoice
from steady.partner.order import Order, Rendered
from steady.safety.redaction import Redactor
from steady.terms import Act

if TYPE_CHECKING:
    from model.server import Reply

AGREES = "You're right, take all the time you need."
PUSH = ("Half past eight. ", "And if ", "you don't?")
LINE = "Half past eight. And if you don't?"


@dataclass
class Talk:
    """A voice over a server, and what a screen would have shown."""

    desk: Desk
    shown: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    patience: float = 30.0

    def __post_init__(self) -> None:
        self.endpoint = self.desk.endpoint()
        self.voice = ModelVoice(
            self.endpoint, Redactor(["Alex"]), 1, name="Alex", patience=self.patience
        )

    def queue(self, *replies: Reply) -> None:
        self.desk.server.replies.extend(replies)

    async def line(self, order: Order = PRESS) -> Rendered:
        return await self.voice.render(order, self.shown.append, self.told.append)

    @property
    def requests(self) -> int:
        return len(self.desk.server.asked)


@pytest.fixture
def talk() -> Iterator[Talk]:
    with ModelServer() as server:
        yield Talk(Desk(server))


async def test_a_line_is_shown_as_it_comes_and_said_as_it_was_shown(talk: Talk) -> None:
    talk.queue(says(*PUSH))
    assert await talk.line() == Rendered(LINE, "model")
    assert talk.shown == ["Half past eight.", "Half past eight. And if", LINE]
    assert (talk.requests, talk.told) == (1, [])


async def test_a_refused_line_is_taken_back_and_asked_for_once_more_with_the_reason(
    talk: Talk,
) -> None:
    talk.queue(says("Well. ", "You're ", "right, ", "take all the time you need."), says(*PUSH))
    assert await talk.line() == Rendered(LINE, "model")
    assert talk.shown[:3] == ["Well.", "Well. You're", ""]
    assert not any("right" in text for text in talk.shown)
    assert talk.requests == 2
    again = talk.desk.server.asked[1]["messages"]
    assert [message["role"] for message in again] == ["system", "user", "assistant", "user"]
    assert "You softened or agreed" in again[-1]["content"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (AGREES, "softened"),
        ("*sighs* Later when?", "told a story"),
        ("You: okay, let's talk.", "spoke for you"),
        ("As an AI I can't do that.", "stepped out"),
        ("Und was mache ich jetzt? Immer warte ich auf dich, und du bist nicht da.", "language"),
        ('```json\n{"line": "Later when?"}\n```', "plain speech"),
        ("你总是这样。", "language"),
        ("...", "nothing"),
        (PRESS.spoken[0], "repeated a line"),
        ("word " * 100_000, "too long"),
    ],
)
async def test_a_line_refused_twice_gives_way_to_the_embedded_one(
    talk: Talk, line: str, why: str
) -> None:
    talk.queue(says(line), says(line))
    found = await talk.line()
    assert (found.text, found.voice) == (PRESS.embedded, "embedded")
    assert why in found.why
    assert talk.requests == 2
    assert talk.shown[-1:] == [""]
    assert talk.told == []


@pytest.mark.parametrize("act", [Act.ACCEPT, Act.ACCEPT_WITH_CONDITION])
async def test_a_push_where_the_scene_comes_round_is_refused(talk: Talk, act: Act) -> None:
    push = "You always say that and you never come back."
    talk.queue(says(push), says("Okay. I'll put the kettle on."))
    found = await talk.line(order_for(act))
    assert found == Rendered("Okay. I'll put the kettle on.", "model")


@pytest.mark.parametrize(
    ("reply", "requests"),
    [
        (status(401), 1),
        (status(403), 1),
        (status(404), 1),
        (status(400), 1),
        (status(429), 3),
        (status(429, headers={"retry-after": "1"}), 3),
        (status(500), 3),
        (status(503), 3),
        (keeps_silent(), 1),
        (stalls(), 1),
        (stalls("And if"), 1),
        (cuts("And if"), 1),
        (says(), 1),
        (at_once(""), 1),
        (sends("<html>", "text/html"), 1),
    ],
    ids=[
        "401", "403", "404", "400", "429", "429-after", "500", "503", "silent", "stalled-before",
        "stalled-after", "cut-after", "nothing", "empty", "html",
    ],
)  # fmt: skip
async def test_whatever_fails_the_embedded_line_is_said_with_one_quiet_sentence(
    talk: Talk, reply: Reply, requests: int
) -> None:
    talk.desk.server.always = reply
    found = await talk.line()
    assert (found.text, found.voice) == (PRESS.embedded, "embedded")
    assert found.why
    assert talk.requests == requests
    assert talk.told[-1].endswith("Alex goes on in the built-in voice; your words are saved.")
    assert sum("built-in voice" in sentence for sentence in talk.told) == 1
    assert (talk.shown or [""])[-1] == ""


@pytest.mark.parametrize("ends", [stalls, cuts])
async def test_whole_sentences_that_came_before_a_break_stand(talk: Talk, ends: object) -> None:
    talk.queue(ends("Half past eight. ", "And if"))  # type: ignore[operator]
    found = await talk.line()
    assert (found.text, found.voice) == ("Half past eight.", "model")
    assert found.why
    assert talk.shown[-1] == "Half past eight."
    assert talk.requests == 1
    assert "stands" in talk.told[-1]


async def test_a_server_that_ignores_streaming_is_heard_all_the_same(talk: Talk) -> None:
    talk.queue(at_once(LINE))
    assert await talk.line() == Rendered(LINE, "model")


async def test_control_bytes_reach_nobody(talk: Talk) -> None:
    talk.queue(says("Half past \x1b]0;gone\x07eight", ". And\x00 if you \x9b31mdon't?"))
    found = await talk.line()
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in found.text)
    assert not any("\x1b" in text for text in talk.shown)


async def test_only_three_sentences_are_listened_to(talk: Talk) -> None:
    talk.queue(says("No. Not now. ", "And not later. ", "And another thing: sit down."))
    found = await talk.line()
    assert found == Rendered("No. Not now. And not later.", "model")


async def test_after_a_fault_that_lasts_nobody_is_kept_waiting_again(talk: Talk) -> None:
    talk.queue(status(401))
    first, second = await talk.line(), await talk.line()
    assert (second.text, second.voice, second.why) == (first.text, "embedded", first.why)
    assert talk.requests == 1
    assert len(talk.told) == 1


async def test_after_two_faults_in_a_row_the_model_is_left_alone(talk: Talk) -> None:
    talk.queue(stalls(), says(*PUSH), stalls(), stalls())
    voices = [(await talk.line()).voice for _ in range(6)]
    assert voices == ["embedded", "model", "embedded", "embedded", "embedded", "embedded"]
    assert talk.requests == 4


async def test_the_whole_line_has_a_time_to_be_found_in() -> None:
    with ModelServer(keeps_silent()) as server:
        desk = Desk(server)
        talk = Talk(desk, patience=0.05)
        found = await talk.line()
    assert found.voice == "embedded"
    assert "too long" in found.why


async def test_stopping_drops_the_connection_and_keeps_what_came(talk: Talk) -> None:
    gate = threading.Event()
    talk.queue(drips(["You always say ", "that."], gate))
    came = asyncio.Event()

    def show(text: str) -> None:
        talk.shown.append(text)
        came.set()

    speaking = asyncio.create_task(talk.voice.render(PRESS, show, talk.told.append))
    await came.wait()
    speaking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await speaking
    gate.set()
    kept = talk.voice.stopped(PRESS, talk.shown[-1])
    assert kept == Rendered("You always say…", "model", STOPPED)
    assert talk.requests == 1


@pytest.mark.parametrize(
    ("act", "came", "kept"),
    [
        (Act.PRESS, "You always", "You always…"),
        (Act.PRESS, "You always say that.", "You always say that."),
        (Act.PRESS, "Half past eight. And if you,", "Half past eight. And if you…"),
        (Act.ACCEPT, "Okay. I'll be", "Okay."),
        (Act.ACCEPT, "Okay, I'll", None),
        (Act.PRESS, "", None),
        (Act.PRESS, "Okay, sure", None),
    ],
)
def test_what_came_before_a_stop_is_kept_where_it_may_stand(
    talk: Talk, act: Act, came: str, kept: str | None
) -> None:
    found = talk.voice.stopped(order_for(act), came)
    assert found.voice == ("embedded" if kept is None else "model")
    assert found.text == (PRESS.embedded if kept is None else kept)
    assert found.why == STOPPED


async def test_names_stay_here_and_come_back_in_what_is_shown() -> None:
    with ModelServer() as server:
        talk = Talk(Desk(server))

        def answers(to: object) -> None:
            asked = to.asked["messages"][1]["content"]  # type: ignore[attr-defined]
            said = asked.split("<just_said>\nThey: ")[1].split("\n")[0]
            placeholder = said.removeprefix("Ask ").removesuffix(", he saw it.")
            says("Why ", placeholder[:2], placeholder[2:], "? Why not me?")(to)  # type: ignore[arg-type]

        server.replies.append(answers)
        found = await talk.line(order_for(Act.PRESS, said="Ask Jonathan, he saw it."))
        assert "Jonathan" not in str(server.asked)
    assert found.text == "Why Jonathan? Why not me?"
    assert talk.shown[-1] == found.text
    assert all(text == found.text[: len(text)] for text in talk.shown)
