"""The `openai` package and what is under it: the only file that imports them, and only when asked.

The client's own retries are off, it follows no redirect (words go to the host that was agreed to
and no other), it takes nothing from OPENAI_* variables but what the settings say, and a reply can
never fill the memory.
"""

import asyncio
import json
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from email.utils import parsedate_to_datetime
from time import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2
import openai

from steady.model.consent import host_of, is_local
from steady.model.faults import FaultKind, ModelFault
from steady.safety.cleaning import one_line
from steady.settings import Model

if TYPE_CHECKING:
    from openai import AsyncOpenAI

MOST_BYTES = 8_000_000
"""The most that is read of one reply, all of it together."""

_LONGEST_DETAIL = 200
_TAIL = 64
_NO_KEY = "none"  # a local server wants no key, the client insists on one
_TELLTALE = ("x-stainless-", "openai-")  # headers that tell of this machine or of another account


class _TooMuch(Exception):
    """A server does not stop sending."""


_END = b"[DONE]"  # what a stream of events ends with
_ENDED = "steady.ended"


class _Bounded(httpx2.AsyncByteStream):
    """A reply's bytes, up to MOST_BYTES of them; remembers the last few."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream
        self.last = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MOST_BYTES
        async for chunk in self._stream:
            left -= len(chunk)
            if left < 0:
                raise _TooMuch
            self.last = (self.last + chunk[-_TAIL:])[-_TAIL:]
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


class _Transport(httpx2.AsyncHTTPTransport):
    """The plain transport, its replies bounded and its requests without telltale headers."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        for name in list(request.headers):
            if name.lower().startswith(_TELLTALE):
                del request.headers[name]
        response = await super().handle_async_request(request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = response.extensions[_ENDED] = _Bounded(response.stream)
        return response


def came_to_its_end(response: httpx2.Response) -> bool:
    """Whether a stream of events said that it was over; some servers say so in no other way."""
    bounded = response.extensions.get(_ENDED)
    return isinstance(bounded, _Bounded) and _END in bounded.last


def client_for(settings: Model) -> "AsyncOpenAI":
    """A client for the server of the settings. Keeps no connection open between requests: a
    person types for longer than servers hold one, and nothing is left to close."""
    for name in ("openai", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)  # requests hold what was said
    limits = httpx2.Limits(max_keepalive_connections=0)
    return openai.AsyncOpenAI(
        api_key=settings.api_key or _NO_KEY,
        base_url=settings.base_url,
        max_retries=0,
        http_client=httpx2.AsyncClient(
            transport=_Transport(limits=limits, proxy=_proxy(settings.base_url)),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx2.Timeout(None, connect=settings.connect_timeout),
        ),
    )


def first_steps() -> None:
    """Take a client through one reply that never leaves this process.

    The package builds much of itself on first use, which would hold up the loop that draws the
    screen; done in a thread beforehand, nobody waits for it.
    """
    asyncio.run(_first_steps())


async def _first_steps() -> None:
    chunk = {
        "id": "",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "",
        "choices": [{"index": 0, "delta": {"content": "."}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    }
    body = f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n".encode()

    def answered(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=body)

    inside = httpx2.AsyncClient(transport=httpx2.MockTransport(answered), trust_env=False)
    async with openai.AsyncOpenAI(
        api_key=_NO_KEY, base_url="http://localhost", max_retries=0, http_client=inside
    ) as client:
        stream = await client.chat.completions.create(
            model=".",
            messages=[{"role": "user", "content": "."}],
            max_tokens=1,
            temperature=0.0,
            stream=True,
            stream_options={"include_usage": True},
        )
        async for _ in stream:
            pass


def _proxy(base_url: str) -> str | None:
    """The proxy that the environment names for a server, none for this machine."""
    address = urlsplit(base_url)
    if is_local(base_url) or proxy_bypass(address.hostname or ""):
        return None
    found = getproxies()
    return found.get(address.scheme) or found.get("all")


def fault_of(error: BaseException, settings: Model, *, after_words: bool) -> ModelFault:
    """What an error of the client means, as a person is told it."""
    kind, sentence, told = _told(error, settings)
    return ModelFault(kind, sentence, after_words=after_words, **told)


def _told(error: BaseException, settings: Model) -> tuple[FaultKind, str, dict[str, Any]]:
    if isinstance(error, openai.APIStatusError):
        return _refused(error, settings)
    host = host_of(settings.base_url)
    causes = list(_causes(error))
    if any(isinstance(cause, _TooMuch) for cause in causes):
        return FaultKind.TOO_LONG, "The model did not stop talking.", {}
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return FaultKind.DNS, f"No server called {host} can be found from here.", {}
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return FaultKind.NOT_SECURE, f"The connection to {host} is not secure.", {}
    connecting = (httpx2.ConnectError, httpx2.ConnectTimeout)
    if any(isinstance(cause, connecting) for cause in causes):
        return FaultKind.UNREACHABLE, f"The model at {host} cannot be reached.", {}
    if isinstance(error, openai.APIError) and not isinstance(error, openai.APIConnectionError):
        said = {"detail": _detail(str(error), settings)}
        return FaultKind.BROKEN, "The model's server met a fault of its own.", said
    if isinstance(error, ValueError):
        return FaultKind.NOT_JSON, "What the server sends is no reply of a model.", {}
    return FaultKind.CUT, "The connection to the model broke off.", {}


def _refused(
    error: "openai.APIStatusError", settings: Model
) -> tuple[FaultKind, str, dict[str, Any]]:
    status = error.status_code
    told: dict[str, Any] = {"status": status, "detail": _detail(_said(error), settings)}
    if status == 401:
        key = "did not accept the key" if settings.api_key else "asks for a key, and none is set"
        return FaultKind.REFUSED_KEY, f"The model's server {key}.", told
    if status == 403:
        return FaultKind.FORBIDDEN, "The model's server does not let this key use the model.", told
    if status == 404:
        model = one_line(settings.model)
        return FaultKind.NO_MODEL, f"The server has no model called {model} at this address.", told
    if status == 429:
        told["wait"] = _wait(error.response.headers)
        return FaultKind.BUSY, _busy(told["wait"]), told
    if status >= 500:
        told["wait"] = _wait(error.response.headers)
        return FaultKind.BROKEN, f"The model's server met a fault of its own ({status}).", told
    if 300 <= status < 400:
        sentence = "The model's server sends requests to another address; it was not followed."
        return FaultKind.REFUSED, sentence, told
    return FaultKind.REFUSED, f"The model's server refused the request ({status}).", told


def _busy(wait: float | None) -> str:
    if not wait or wait < 1:
        return "The model is busy."
    seconds = round(wait)
    return f"The model is busy and asks to wait {seconds:,} second{'s' if seconds != 1 else ''}."


def _said(error: "openai.APIStatusError") -> str:
    """The server's own words about a refusal."""
    body = error.body
    if isinstance(body, dict):
        inner = body.get("error", body)
        message = inner.get("message") if isinstance(inner, dict) else inner
        param = body.get("param") or ""
        return f"{message or ''} {param}"
    return str(body or error.message)


def _detail(said: str, settings: Model) -> str:
    """A server's words, cleaned, cut, and without the key, which some servers repeat."""
    if settings.api_key:
        said = said.replace(settings.api_key, "(the key)")
    return one_line(said[: 4 * _LONGEST_DETAIL])[:_LONGEST_DETAIL]


def _wait(headers: httpx2.Headers) -> float | None:
    """How long a server asks to be left alone, in seconds: a number or a date."""
    try:
        if (exact := headers.get("retry-after-ms")) is not None:
            return max(0.0, float(exact) / 1000)
        stated = headers.get("retry-after")
        if stated is None:
            return None
        if stated.strip().replace(".", "", 1).isdigit():
            return float(stated)
        return max(0.0, parsedate_to_datetime(stated).timestamp() - time())
    except (ValueError, OverflowError):
        return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what led to it, those of a group of tries to connect included."""
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        found = todo.pop()
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        todo += [found.__cause__, found.__context__]
        if isinstance(found, BaseExceptionGroup):
            todo += found.exceptions


CLIENT_ERRORS: tuple[type[BaseException], ...] = (
    openai.OpenAIError,
    httpx2.HTTPError,
    httpx2.StreamError,
    _TooMuch,
    ValueError,  # a line of the stream that is not JSON
    OSError,
)
