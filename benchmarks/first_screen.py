"""Time a terminal program from its start to the first screen that shows given words."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from dataclasses import dataclass
from pathlib import Path

import pyte

COLUMNS, ROWS = 120, 40
_TIMEOUT = 20.0
# Queries a terminal would answer, so that no program is charged for waiting on a reply.
_REPLIES = (
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
)


@dataclass(frozen=True)
class Seen:
    """Milliseconds to each awaited text, in the order asked, and the resident memory in MiB."""

    milliseconds: tuple[float, ...]
    resident: float


def time_to(command: list[str], texts: list[str], env: dict[str, str]) -> Seen:
    """Start a program on a fresh terminal of 120x40 and wait for each text in turn."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(env, TERM="xterm-256color", COLORTERM="truecolor")
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    found: list[float] = []
    try:
        while len(found) < len(texts):
            if time.perf_counter() - start > _TIMEOUT:
                raise TimeoutError(f"{command[0]} did not show {texts[len(found)]!r}")
            if not select.select([terminal], [], [], 0.5)[0]:
                continue
            data = os.read(terminal, 65536)
            for query, reply in _REPLIES:
                if query in data:
                    os.write(terminal, reply)
            stream.feed(_without_private(data))
            shown = "\n".join(screen.display)
            while len(found) < len(texts) and texts[len(found)] in shown:
                found.append((time.perf_counter() - start) * 1000)
        return Seen(tuple(found), _resident(child))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def _without_private(data: bytes) -> bytes:
    """The output without the sequences that pyte would print as text."""
    import re

    data = re.sub(rb"\x1b\[[<=>][0-9;]*[A-Za-z]", b"", data)
    data = re.sub(rb"\x1b\[\?[0-9;]*\$p", b"", data)
    return re.sub(rb"\x1b[P_^][^\x1b\x07]*(?:\x1b\\|\x07)", b"", data)


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
