"""A model's words on a real terminal: from the server's write to the word on screen; and memory.

usage: python benchmarks/model_voice.py [LINES]   (default 200)

The program runs on a pseudo-terminal against a server of this process on the loopback. Each line is
said again with ctrl+r, so that one run gives many. Measured: from the moment the server has written
the first piece, and each later piece, to the moment its word is read off the terminal.
"""

import fcntl
import json
import os
import pty
import queue
import signal
import statistics
import struct
import sys
import tempfile
import termios
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from first_screen import COLUMNS, ROWS, _resident

WORDS = 8
THINKS = 0.3  # seconds before the first piece; models take that long or longer
BETWEEN = 0.03  # seconds between pieces, about the pace of a hosted model
_TIMEOUT = 30.0


class Pieces(BaseHTTPRequestHandler):
    """Streams a line of words that occur nowhere else, and notes when each was written."""

    written: "queue.Queue[tuple[str, float]]" = queue.Queue()
    count = 0

    def do_POST(self) -> None:
        """One line."""
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        Pieces.count += 1
        time.sleep(THINKS)
        for place in range(WORDS):
            word = f"w{_letters(Pieces.count)}{_letters(place)}q"
            end = "." if place == WORDS - 1 else " "
            piece = {"choices": [{"index": 0, "delta": {"content": f"{word}{end}"}}]}
            self.wfile.write(f"data: {json.dumps(piece)}\n\n".encode())
            self.wfile.flush()
            Pieces.written.put((word, time.perf_counter()))
            time.sleep(BETWEEN)
        last = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
        self.wfile.write(f"data: {json.dumps(last)}\n\ndata: [DONE]\n\n".encode())
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")


class Terminal:
    """The program on a terminal of 120x40, and all that it has written."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self.child, self._master = pty.fork()
        if self.child == 0:
            os.environ.update(env, TERM="xterm-256color", COLORTERM="truecolor")
            os.execvp(command[0], command)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._seen = b""
        self._moments: list[tuple[int, float]] = []  # how much had been read, and when
        self._more = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:  # the program has ended
                return
            moment = time.perf_counter()
            with self._more:
                self._seen += data
                self._moments.append((len(self._seen), moment))
                self._more.notify_all()

    def sees(self, word: str) -> float:
        """Wait for a word; the moment at which it was read."""
        with self._more:
            if not self._more.wait_for(lambda: word.encode() in self._seen, _TIMEOUT):
                raise TimeoutError(f"never shown: {word}")
            end = self._seen.index(word.encode()) + len(word)
            return next(moment for read, moment in self._moments if read >= end)

    def forget(self) -> None:
        """Start to look anew."""
        with self._more:
            self._seen = b""
            self._moments = []

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def close(self) -> None:
        """End the program."""
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self._master)


def main() -> None:
    """Print median and 99th percentile, for the first word of a line and for the others."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pieces)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    first: list[float] = []
    later: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        env = {
            "STEADY_HOME": home,
            "STEADY_MODEL__BASE_URL": f"http://127.0.0.1:{server.server_address[1]}/v1",
            "STEADY_MODEL__MODEL": "tiny",
        }
        steady = str(Path(sys.executable).with_name("steady"))
        command = [steady, "practice", "avoiding-me", "--rung", "accused", "--seed", "3"]
        terminal = Terminal([*command, "--partner", "model"], env)
        try:
            terminal.sees("avoiding me")
            terminal.sees("say it")
            time.sleep(1)
            terminal.press("I need 20 minutes and then I will come to you")
            time.sleep(0.5)
            for number in range(lines + 1):
                terminal.forget()
                terminal.press("\r")
                for place in range(WORDS):
                    word, written = Pieces.written.get(timeout=_TIMEOUT)
                    took = (terminal.sees(word) - written) * 1000
                    if number:  # the first line loads what the others use
                        (later if place else first).append(took)
                terminal.sees("say it")
                if number < lines:
                    terminal.forget()
                    terminal.press("\x12")
                    terminal.sees("Which of your lines")
                    terminal.press("\r")
                    terminal.sees("turn 1")
                    time.sleep(0.1)
            resident = _resident(terminal.child)
        finally:
            terminal.close()
    for name, times in (("first word", first), ("later words", later)):
        cut = statistics.quantiles(times, n=100)
        print(
            f"{name:12} of {len(times):5}: median {cut[49]:.1f} ms, 99 % {cut[98]:.1f} ms,"
            f" most {max(times):.1f} ms" + (" (budget 30)" if times is first else "")
        )
    print(f"resident memory after it: {resident:.0f} MiB (budget 90)")


if __name__ == "__main__":
    main()
