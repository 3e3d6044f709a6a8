"""The program on screen. Importing this room is cheap; Textual is loaded when it opens."""

import sys
from typing import TYPE_CHECKING

from steady.errors import UsageFault

if TYPE_CHECKING:
    from steady.practice.scene import Scene


def open_program(scene: "Scene | None" = None) -> int:
    """Open the program, in the middle of a scene if one is given; returns the exit status.

    Raises UsageFault where there is no terminal to draw on.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageFault(
            "there is no terminal here to draw on; 'steady practice ID --plain' works with lines"
        )
    from steady.tui.app import SteadyApp

    app = SteadyApp(scene)
    app.run()
    return app.return_code or 0


def open_office() -> int:
    """Open the therapist's screens; returns the exit status.

    Raises UsageFault where there is no terminal to draw on.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageFault(
            "there is no terminal here to draw on; 'steady therapist clients' and the other "
            "commands work with lines"
        )
    from steady.tui.office.app import OfficeApp

    app = OfficeApp()
    app.run()
    return app.return_code or 0
