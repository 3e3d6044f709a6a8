"""One reply on its way: its first word awaited, stalls noticed, its text cleaned and counted."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from steady.model.faults import FaultKind, ModelFault
from steady.model.messages import Message
from steady.model.replies import LONGEST, Cleaner, estimate
from steady.settings import Model

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_EVENTS = "text/event-stream"
_LEFT = "stopped"  # in the record: the reply was left before its end


class Reply:
    """One request and what comes back. `fault` is what the record says ended it, or None."""

    def __init__(
        self, client: "AsyncOpenAI", settings: Model, body: dict[str, Any], deadline: float
    ) -> None:
        """A request not made yet; `deadline` is in the loop's time."""
        self.fault: str | None = None
        self.streamed = False
        self.text = ""
        self.first_word: float | None = None  # seconds after it was asked for
        self._client = client
        self._settings = settings
        self._body = body
        self._deadline = deadline
        self._stack = AsyncExitStack()
        self._cleaner = Cleaner()
        self._raw: AsyncGenerator[str, None] | None = None
        self._first = ""
        self._ended = False
        self._finished = False  # the server said that this was all
        self._counted: tuple[int, int] | None = None
        self._reached = False

    async def start(self) -> None:
        """Make the request and wait for the first piece. Raises ModelFault."""
        loop = asyncio.get_running_loop()
        asked = loop.time()
        patience = self._settings.first_word_timeout
        try:
            async with asyncio.timeout_at(min(asked + patience, self._deadline)):
                self._first = await self._next_piece(await self._connect())
        except TimeoutError:
            slow = asked + patience > self._deadline
            raise self._failed(
                self._too_slow()
                if slow
                else ModelFault(
                    FaultKind.NO_FIRST_WORD,
                    f"The model did not answer in {_seconds(patience)}.",
                )
            ) from None
        if not self._first:
            raise self._failed(ModelFault(FaultKind.EMPTY, "The model answered with nothing."))
        self.first_word = loop.time() - asked

    async def pieces(self) -> AsyncIterator[str]:
        """The text, piece by piece, the first at once. Raises ModelFault."""
        assert self._raw is not None, "a reply is started before it is read"
        piece = self._first
        while piece:
            self.text += piece
            yield piece
            if len(self.text) >= LONGEST:
                raise self._failed(
                    ModelFault(
                        FaultKind.TOO_LONG, "The model did not stop talking.", after_words=True
                    )
                )
            piece = await self._in_time(self._raw)

    async def whole(self) -> str:
        """The text to its end. Raises ModelFault."""
        async for _ in self.pieces():
            pass
        return self.text

    async def close(self) -> None:
        """Drop the connection, whatever is still on it."""
        if self.fault is None and not self._ended:
            self.fault = _LEFT
        if self._raw is not None:
            await self._raw.aclose()
        await self._stack.aclose()

    def tokens(self, messages: Sequence[Message]) -> tuple[int, int, bool]:
        """Tokens sent and received, and whether they had to be estimated.

        Nothing was used where the server was not reached or refused.
        """
        if self._counted is not None:
            return *self._counted, False
        if not self._reached:
            return 0, 0, False
        sent = sum(estimate(message.content) for message in messages)
        return sent, estimate(self.text), True

    async def _connect(self) -> AsyncGenerator[str, None]:
        """The raw pieces of text, from a stream or from a server that answers all at once."""
        from steady.model.wire import CLIENT_ERRORS, fault_of

        try:
            stream: Any = await self._client.chat.completions.create(**self._body)
            await self._stack.enter_async_context(stream)
            self._reached = True
            headers = stream.response.headers
            kind = headers.get("content-type", "").partition(";")[0].strip().lower()
            self.streamed = kind == _EVENTS
            self._raw = (
                self._streamed(stream)
                if self.streamed
                else self._at_once(await stream.response.aread())
            )
        except CLIENT_ERRORS as error:
            raise self._failed(fault_of(error, self._settings, after_words=False)) from None
        return self._raw

    async def _streamed(self, stream: Any) -> AsyncGenerator[str, None]:
        from steady.model.wire import came_to_its_end

        async for chunk in stream:
            self._count(getattr(chunk, "usage", None))
            if not chunk.choices:
                continue
            choice = chunk.choices[0]
            if choice.finish_reason:
                self._finished = True
            delta = choice.delta
            if delta is not None and isinstance(delta.content, str) and delta.content:
                yield delta.content
        self._finished = self._finished or came_to_its_end(stream.response)

    async def _at_once(self, body: bytes) -> AsyncGenerator[str, None]:
        """The text of one JSON body, from a server that does not stream."""
        found: Any = json.loads(body)
        try:
            usage = found.get("usage") or {}
            self._counted = _figures(usage.get("prompt_tokens"), usage.get("completion_tokens"))
            content = found["choices"][0]["message"]["content"]
        except (AttributeError, LookupError, TypeError):
            raise ValueError("no reply in the body") from None
        self._finished = True
        if isinstance(content, str) and content:
            yield content

    async def _in_time(self, raw: AsyncIterator[str]) -> str:
        """The next piece before the server counts as stalled."""
        loop = asyncio.get_running_loop()
        patience = self._settings.stall_timeout
        until = loop.time() + patience
        try:
            async with asyncio.timeout_at(min(until, self._deadline)):
                return await self._next_piece(raw)
        except TimeoutError:
            fault = (
                self._too_slow()
                if until > self._deadline
                else ModelFault(
                    FaultKind.STALLED,
                    f"The model stopped in the middle, for {_seconds(patience)}.",
                    after_words=True,
                )
            )
            raise self._failed(fault) from None

    async def _next_piece(self, raw: AsyncIterator[str]) -> str:
        """The next cleaned piece, or an empty text at the end."""
        from steady.model.wire import CLIENT_ERRORS, fault_of

        after_words = bool(self.text)
        while not self._ended:
            try:
                piece = await anext(raw, None)
            except CLIENT_ERRORS as error:
                fault = fault_of(error, self._settings, after_words=after_words)
                raise self._failed(fault) from None
            if piece is None:
                self._ended = True
                if rest := self._cleaner.finish():
                    return rest
                break
            if shown := self._cleaner.feed(piece[: 2 * LONGEST]):
                return shown[: LONGEST - len(self.text)]
        if not self._finished:
            raise self._failed(
                ModelFault(
                    FaultKind.CUT, "The connection to the model broke off.", after_words=after_words
                )
            )
        return ""

    def _count(self, usage: Any) -> None:
        if usage is not None:
            self._counted = _figures(
                getattr(usage, "prompt_tokens", None), getattr(usage, "completion_tokens", None)
            )

    def _too_slow(self) -> ModelFault:
        return ModelFault(
            FaultKind.TOO_SLOW,
            f"The model took longer than {_seconds(self._settings.total_timeout)}.",
            after_words=bool(self.text),
        )

    def _failed(self, fault: ModelFault) -> ModelFault:
        self.fault = fault.kind.value
        return fault


def _figures(sent: object, received: object) -> tuple[int, int] | None:
    """Tokens as a server counts them, or None where these are no counts."""
    if isinstance(sent, int) and isinstance(received, int) and sent >= 0 and received >= 0:
        return sent, received
    return None


def _seconds(amount: float) -> str:
    return f"{amount:g} second" + ("" if amount == 1 else "s")
