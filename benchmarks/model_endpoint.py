"""How soon a model's first word is handed on after it has reached this machine.

usage: python benchmarks/model_endpoint.py [REPLIES]   (default 60)

A server on this machine notes the moment at which the first word of a reply is written to the
socket; what is measured is the time from then until the endpoint hands the word out, cleaned.
The first reply of a program is told apart: it loads the client.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from model.server import Handler, ModelServer, Reply
from steady.model.endpoint import Endpoint
from steady.model.messages import Message, Purpose
from steady.settings import Model
from steady.store import Store

BUDGET = 30.0  # milliseconds
LINE = ("Later", " when?", " You", " always", " say", " later.")
ASKED = (Message("system", "You are Alex." * 40), Message("user", "I need a minute."))


def noting(written: list[float]) -> Reply:
    """A reply that notes when its first word leaves."""

    def reply(to: Handler) -> None:
        to.head(200, "text/event-stream")
        written.append(time.perf_counter())
        for piece in LINE:
            to.delta(piece)
        to.delta(finish="stop")
        to.event("[DONE]")

    return reply


async def first_words(endpoint: Endpoint, written: list[float], replies: int) -> list[float]:
    """Milliseconds from the first word's arrival to its being handed out, for each reply."""
    waits = []
    for _ in range(replies):
        asking = endpoint.stream(ASKED, max_tokens=80, purpose=Purpose.VOICE)
        async with asking as pieces:
            await anext(pieces)
            waits.append((time.perf_counter() - written[-1]) * 1000)
            async for _ in pieces:
                pass
    return waits


def main() -> None:
    """Print the figures."""
    replies = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    written: list[float] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "steady.db") as store,
        ModelServer(always=noting(written)) as server,
    ):
        endpoint = Endpoint(Model(base_url=server.base_url, model="tiny"), store, store)
        start = time.perf_counter()
        waits = asyncio.run(first_words(endpoint, written, replies))
        took = (time.perf_counter() - start) * 1000 / replies
    later = sorted(waits[1:])
    print(f"first reply of the program: first word handed out after {waits[0]:.1f} ms")
    print(
        f"{len(later)} replies after it: median {statistics.median(later):.1f} ms,"
        f" 99 % {later[int(0.99 * len(later)) - 1]:.1f} ms (budget {BUDGET:.0f}, to the screen);"
        f" a whole reply {took:.1f} ms"
    )


if __name__ == "__main__":
    main()
