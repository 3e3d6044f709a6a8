"""A server that speaks the chat API as it is scripted to, with every way in which one can fail.

Its replies stand in a queue; when that is empty, `always` is given. It keeps what it was asked.
A stall is a wait for the test's end, so that no test sleeps.
"""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Reply = Callable[["Handler"], None]
"""Answers one request."""

USAGE = {"prompt_tokens": 40, "completion_tokens": 7, "total_tokens": 47}


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    owner: "ModelServer"

    def do_POST(self) -> None:
        size = int(self.headers.get("content-length", 0))
        asked = json.loads(self.rfile.read(size))
        asked["_path"] = self.path
        asked["_headers"] = {name.lower(): value for name, value in self.headers.items()}
        self.owner.asked.append(asked)
        reply = self.owner.next_reply()
        try:
            reply(self)
        except (BrokenPipeError, ConnectionResetError):
            self.owner.dropped.set()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""

    @property
    def asked(self) -> dict[str, Any]:
        """The request being answered."""
        return self.owner.asked[-1]

    def head(self, status: int, kind: str, headers: dict[str, str] | None = None) -> None:
        """The status line and the headers; the body ends with the connection."""
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("connection", "close")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()

    def event(self, data: object) -> None:
        """One event of a stream."""
        text = data if isinstance(data, str) else json.dumps(data)
        self.wfile.write(f"data: {text}\n\n".encode())
        self.wfile.flush()

    def delta(self, content: str | None = None, finish: str | None = None) -> None:
        """One piece of a streamed reply."""
        delta = {} if content is None else {"role": "assistant", "content": content}
        self.event(
            {
                "id": "c1",
                "object": "chat.completion.chunk",
                "created": 1,
                "model": "tiny",
                "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
            }
        )

    def stall(self) -> None:
        """Says nothing more until the test is over."""
        self.owner.over.wait(30)


class ModelServer:
    """The server, on a port of its own on this machine."""

    def __init__(self, *replies: Reply, always: Reply | None = None) -> None:
        self.asked: list[dict[str, Any]] = []
        self.replies: deque[Reply] = deque(replies)
        self.always = always
        self.over = threading.Event()
        self.dropped = threading.Event()
        handler = type("Handler", (Handler,), {"owner": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = False
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))

    @property
    def base_url(self) -> str:
        """What goes into the settings."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def next_reply(self) -> Reply:
        """The next of the queue; a request that no test expects is answered with 418."""
        if self.replies:
            return self.replies.popleft()
        return self.always or status(418)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.over.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def says(*pieces: str, usage: bool = True, finish: str | None = "stop", done: bool = True) -> Reply:
    """A good streamed reply in pieces, with the tokens counted where that was asked for.

    Without `finish` and `done` it stops without having said that this was all.
    """

    def reply(to: Handler) -> None:
        to.head(200, "text/event-stream")
        for piece in pieces:
            to.delta(piece)
        if finish:
            to.delta(finish=finish)
        if usage and to.asked.get("stream_options", {}).get("include_usage"):
            to.event(
                {
                    "id": "c1",
                    "object": "chat.completion.chunk",
                    "created": 1,
                    "model": "tiny",
                    "choices": [],
                    "usage": USAGE,
                }
            )
        if done:
            to.event("[DONE]")

    return reply


def at_once(text: str | None, usage: bool = True) -> Reply:
    """One JSON body, from a server that ignores `stream`."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text},
        "finish_reason": "stop",
    }
    body: dict[str, Any] = {"id": "c1", "object": "chat.completion", "choices": [choice]}
    if usage:
        body["usage"] = USAGE
    return sends(json.dumps(body))


def sends(body: str, kind: str = "application/json", code: int = 200) -> Reply:
    """A body as it is, with a good status unless another is given."""

    def reply(to: Handler) -> None:
        to.head(code, kind)
        to.wfile.write(body.encode())

    return reply


def status(code: int, message: str = "no", headers: dict[str, str] | None = None) -> Reply:
    """A refusal."""

    def reply(to: Handler) -> None:
        to.head(code, "application/json", headers)
        to.wfile.write(json.dumps({"error": {"message": message, "code": code}}).encode())

    return reply


def stalls(*pieces: str) -> Reply:
    """Says these pieces and then nothing, the connection left open."""

    def reply(to: Handler) -> None:
        to.head(200, "text/event-stream")
        for piece in pieces:
            to.delta(piece)
        to.stall()

    return reply


def keeps_silent() -> Reply:
    """Takes the request and does not even send a status."""
    return lambda to: to.stall()


def cuts(*pieces: str) -> Reply:
    """Says these pieces and drops the connection in the middle of the next event."""

    def reply(to: Handler) -> None:
        to.head(200, "text/event-stream", {"content-length": "1000000"})
        for piece in pieces:
            to.delta(piece)
        to.wfile.write(b'data: {"id": "c1", "cho')
        to.wfile.flush()

    return reply


def events(lines: Iterable[str]) -> Reply:
    """A stream of these lines as they are."""

    def reply(to: Handler) -> None:
        to.head(200, "text/event-stream")
        for line in lines:
            to.wfile.write(line.encode() + b"\n\n")
        to.wfile.flush()

    return reply


def drips(pieces: Iterable[str], gate: threading.Event) -> Reply:
    """Says the first piece, and the rest once the gate is open."""

    def reply(to: Handler) -> None:
        to.head(200, "text/event-stream")
        for place, piece in enumerate(pieces):
            if place == 1:
                gate.wait(30)
            to.delta(piece)
        to.delta(finish="stop")
        to.event("[DONE]")

    return reply
