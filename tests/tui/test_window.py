"""The program leaves when its window is closed over it, also where nothing tells it so."""

import os
import pty
import signal
import subprocess
import sys


def test_a_closed_window_takes_the_program_along() -> None:
    master, terminal = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "steady"],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        # as under `make`, which keeps the hang-up to itself
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),  # noqa: PLW1509
        start_new_session=True,
    )
    os.close(terminal)
    drawn = b""
    while b"enter" not in drawn:
        drawn += os.read(master, 65536)
    os.close(master)
    assert program.wait(timeout=30) == 0
