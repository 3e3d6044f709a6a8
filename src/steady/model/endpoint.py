"""One server that speaks the chat API: asked, timed, retried and accounted for in this place only.

Words from the server are hostile until cleaned and bounded here. Nothing is asked of a host that
the person has not agreed to, and nothing once a daily limit of the settings is reached.
"""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from steady.errors import SteadyError
from steady.model.abilities import (
    Abilities,
    Structured,
    not_stored_by,
    recall,
    remember,
)
from steady.model.accounts import cost_of, within_limits
from steady.model.consent import agreed, host_of
from steady.model.faults import FaultKind, ModelFault
from steady.model.messages import Message, Purpose
from steady.model.replies import json_in
from steady.model.reply import Reply
from steady.records import ModelRequest, Usage
from steady.settings import Model

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from pydantic import BaseModel

    from steady.model.checking import CheckReport

TRIES = 3
"""How often a request is made at most, where the first ones meet a fault that may pass."""

_FIRST_WAIT, _LONGEST_WAIT = 0.5, 4.0  # seconds between tries, where the server names none
_PASSING = frozenset({FaultKind.UNREACHABLE, FaultKind.CUT, FaultKind.BUSY, FaultKind.BROKEN})

Shape = TypeVar("Shape", bound="BaseModel")
Notice = Callable[[str], None]
"""Is told, in one plain sentence, why the person waits."""

Sleep = Callable[[float], Awaitable[None]]


class Memory(Protocol):
    """Remembers small facts between runs: what a host agreed to and can do. The store is one."""

    def fact(self, key: str) -> str | None:
        """A fact, or None where it was never kept."""
        ...

    def keep_fact(self, key: str, value: str) -> None:
        """Keep a fact."""
        ...


class Ledger(Protocol):
    """Keeps what was asked of models. The store is one."""

    def record_request(self, request: ModelRequest) -> None:
        """Record one request, whatever became of it."""
        ...

    def usage_since(self, moment: datetime) -> Usage:
        """What was used from a moment on."""
        ...


@dataclass(frozen=True, slots=True)
class _Order:
    """What one request asks for, apart from what the server turns out to be able to do."""

    messages: tuple[Message, ...]
    max_tokens: int
    purpose: Purpose
    attempt: int | None
    notice: Notice
    tries: int = TRIES
    format: dict[str, Any] | None = None  # of the reply, where one is asked for
    proven: bool = True  # whether the server is known to take that format
    temperature: float | None = None


class Endpoint:
    """The model of the settings."""

    def __init__(
        self, settings: Model, memory: Memory, ledger: Ledger, *, sleep: Sleep = asyncio.sleep
    ) -> None:
        """Nothing is imported or asked until the first request; `sleep` waits between tries."""
        self._settings = settings
        self._memory = memory
        self._ledger = ledger
        self._sleep = sleep
        self._client: tuple[asyncio.AbstractEventLoop, AsyncOpenAI] | None = None

    @asynccontextmanager
    async def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        purpose: Purpose,
        attempt: int | None = None,
        notice: Notice = lambda _: None,
    ) -> AsyncIterator[AsyncIterator[str]]:
        """The reply as it arrives: cleaned pieces of text, at most LONGEST characters in all.

        Leaving the block early, or being cancelled, drops the connection. Raises ModelFault, on
        entering or between pieces; after the first piece `after_words` is set and nothing is
        asked again.
        """
        order = _Order(
            tuple(messages),
            max_tokens,
            purpose,
            attempt,
            notice,
            temperature=self._settings.temperature,
        )
        async with self._open(order) as reply:
            yield reply.pieces()

    async def structured(
        self,
        messages: Sequence[Message],
        shape: type[Shape],
        *,
        max_tokens: int,
        purpose: Purpose,
        attempt: int | None = None,
        notice: Notice = lambda _: None,
    ) -> Shape:
        """A reply of a shape, checked. Raises ModelFault.

        The best way of asking is tried first; a refusal steps down, and the way that worked is
        remembered for this server and model. A shape is asked for strictly: it forbids extra
        fields and has no defaults.
        """
        order = _Order(tuple(messages), max_tokens, purpose, attempt, notice, temperature=0.0)
        known = recall(self._settings, self._memory).structured
        step = known or Structured.JSON_SCHEMA
        while True:
            try:
                text = await self._text(_shaped(order, step, shape, proven=known is step))
                found = shape.model_validate(json_in(text))
            except ModelFault as fault:
                below = step.next
                if below is None or known is step or not _refuses_format(fault):
                    raise
                step = below
            except ValueError:  # NoJson and pydantic's own
                sentence = "The model's answer was not in a form that can be used."
                raise ModelFault(FaultKind.NOT_JSON, sentence) from None
            else:
                self._keep(structured=step)
                return found

    async def check(self, notice: Notice = lambda _: None) -> "CheckReport":
        """One tiny request, or a few where the server refuses one, to see what works.

        Never raises for what a server does.
        """
        from steady.model.checking import checked

        return await checked(self, self._settings, notice)

    async def prepare(self) -> None:
        """Load what a request needs, in a thread, so that the first one need not wait for it."""
        await self._ready()

    async def close(self) -> None:
        """Close the client; closing twice is harmless."""
        client, self._client = self._client, None
        if client is not None and client[0] is asyncio.get_running_loop():
            await client[1].close()

    async def probe(
        self, messages: Sequence[Message], step: Structured, shape: type[Shape]
    ) -> Reply:
        """One request as `check` makes it, tried once; the reply has been read to its end."""
        order = _Order(
            tuple(messages), 200, Purpose.CHECK, None, lambda _: None, tries=1, temperature=0.0
        )
        async with self._open(_shaped(order, step, shape, proven=False)) as reply:
            await reply.whole()
        return reply

    def keep_step(self, step: Structured) -> None:
        """Remember how this server is asked for a shaped reply."""
        self._keep(structured=step)

    async def _text(self, order: _Order) -> str:
        async with self._open(order) as reply:
            return await reply.whole()

    @asynccontextmanager
    async def _open(self, order: _Order) -> AsyncIterator[Reply]:
        """A reply whose first piece has come; closed and accounted for at the end."""
        self._may_ask()
        client = await self._ready()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._settings.total_timeout
        reply = await self._begun(client, order, deadline)
        try:
            yield reply
        finally:
            await reply.close()
            self._record(order, reply)

    async def _begun(self, client: "AsyncOpenAI", order: _Order, deadline: float) -> Reply:
        """The reply begun. What the server refuses and can be left out is left out and noted."""
        can = recall(self._settings, self._memory)
        while True:
            try:
                reply = await self._tried(client, order, can, deadline)
            except ModelFault as fault:
                less = can.without(fault.detail) if fault.kind is FaultKind.REFUSED else None
                if less is None:
                    raise
                can = less
            else:
                remember(self._settings, self._memory, can)
                return reply

    async def _tried(
        self, client: "AsyncOpenAI", order: _Order, can: Abilities, deadline: float
    ) -> Reply:
        """The one place where a request is made again, before any word has been handed out."""
        import tenacity

        def wait(state: tenacity.RetryCallState) -> float:
            fault = state.outcome.exception() if state.outcome else None
            asked = fault.wait if isinstance(fault, ModelFault) else None
            return jittered(state) if asked is None else asked

        def told(state: tenacity.RetryCallState) -> None:
            fault = state.outcome.exception() if state.outcome else None
            order.notice(f"{_plainly(fault)} Trying again{_in(state.upcoming_sleep)}.")

        jittered = tenacity.wait_exponential_jitter(multiplier=_FIRST_WAIT, max=_LONGEST_WAIT)
        left = deadline - asyncio.get_running_loop().time()
        tries = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception(lambda fault: _may_pass(fault, order)),
            stop=tenacity.stop_after_attempt(order.tries) | tenacity.stop_before_delay(left),
            wait=wait,
            sleep=self._sleep,
            before_sleep=told,
            reraise=True,
        )
        return await tries(self._once, client, order, can, deadline)

    async def _once(
        self, client: "AsyncOpenAI", order: _Order, can: Abilities, deadline: float
    ) -> Reply:
        reply = Reply(client, self._settings, self._body(order, can), deadline)
        try:
            await reply.start()
        except BaseException:
            await reply.close()
            self._record(order, reply)
            raise
        return reply

    def _body(self, order: _Order, can: Abilities) -> dict[str, Any]:
        """The request as it is sent."""
        body: dict[str, Any] = {
            "model": self._settings.model,
            "messages": [{"role": each.role, "content": each.content} for each in order.messages],
            can.max_tokens: order.max_tokens,
            "stream": True,
        }
        if order.temperature is not None and can.temperature:
            body["temperature"] = order.temperature
        if can.usage:
            body["stream_options"] = {"include_usage": True}
        if order.format is not None:
            body["response_format"] = order.format
        if can.not_stored and (asked := not_stored_by(self._settings.base_url)):
            body["extra_body"] = asked
        return body

    def _may_ask(self) -> None:
        settings = self._settings
        if not settings.on:
            raise ModelFault(FaultKind.NOT_SET, "No language model is set up.")
        if not agreed(settings, self._memory):
            raise ModelFault(
                FaultKind.NOT_AGREED,
                f"You have not agreed to send words to {host_of(settings.base_url)}.",
            )
        within_limits(settings, self._ledger)

    async def _ready(self) -> "AsyncOpenAI":
        """The client, made in a thread: what it needs takes long to load."""
        loop = asyncio.get_running_loop()
        if self._client is None or self._client[0] is not loop:
            self._client = loop, await asyncio.to_thread(_new_client, self._settings)
        return self._client[1]

    def _keep(self, *, structured: Structured) -> None:
        can = recall(self._settings, self._memory)
        remember(self._settings, self._memory, replace(can, structured=structured))

    def _record(self, order: _Order, reply: Reply) -> None:
        sent, received, estimated = reply.tokens(order.messages)
        request = ModelRequest(
            attempt=order.attempt,
            purpose=order.purpose,
            host=host_of(self._settings.base_url),
            model=self._settings.model,
            prompt_tokens=sent,
            completion_tokens=received,
            estimated=estimated,
            cost=cost_of(self._settings, sent, received),
            fault=reply.fault,
        )
        # A ledger that cannot be written must not cost the line that came; where the disk is at
        # fault, the journal says so with the next turn.
        with suppress(SteadyError):
            self._ledger.record_request(request)


def _new_client(settings: Model) -> "AsyncOpenAI":
    import tenacity  # noqa: F401  # loaded here, in the thread

    from steady.model.wire import client_for, first_steps

    first_steps()
    client = client_for(settings)
    # What was loaded stays; left among what is looked through for garbage, its hundred thousands of
    # objects would stop a screen for a fifth of a second every now and then.
    gc.freeze()
    return client


def _shaped(order: _Order, step: Structured, shape: type[Any], *, proven: bool) -> _Order:
    """The order with a shape asked for in the way of a step."""
    import json

    schema = shape.model_json_schema()
    if step is Structured.JSON_SCHEMA:
        named = {"name": shape.__name__.lower(), "schema": schema, "strict": True}
        return replace(order, format={"type": step.value, step.value: named}, proven=proven)
    asked = Message(
        "system",
        "Answer with one JSON object and nothing else. It follows this JSON schema: "
        + json.dumps(schema),
    )
    messages = (asked, *order.messages)
    form = {"type": step.value} if step is Structured.JSON_OBJECT else None
    return replace(order, messages=messages, format=form, proven=proven)


def _refuses_format(fault: ModelFault) -> bool:
    """Whether a fault may be about the format asked for: some servers answer 500 to it."""
    return fault.kind is FaultKind.REFUSED or (
        fault.kind is FaultKind.BROKEN and fault.status in {500, 501, None}
    )


def _may_pass(fault: BaseException, order: _Order) -> bool:
    if not isinstance(fault, ModelFault) or fault.kind not in _PASSING:
        return False
    return not (order.format is not None and not order.proven and _refuses_format(fault))


def _plainly(fault: BaseException | None) -> str:
    return str(fault) if isinstance(fault, ModelFault) else "The model did not answer."


def _in(seconds: float) -> str:
    return f" in {round(seconds)} seconds" if seconds >= 2 else ""
