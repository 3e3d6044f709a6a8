"""`steady therapist`: assign, import, look, report, calibrate. Each command is loaded when run."""

from collections.abc import Mapping
from typing import ClassVar

import click

from steady.cli import LazyGroup

_ROOM = "steady.cli.therapist"
COMMANDS = {
    "init": (f"{_ROOM}.assigning:init", "Make your key, once."),
    "assign": (f"{_ROOM}.assigning:assign", "Write a pack of homework for a client."),
    "import": (f"{_ROOM}.importing:import_", "Take in what clients shared."),
    "clients": (f"{_ROOM}.clients:clients", "Everybody: what is due, what needs a look."),
    "show": (f"{_ROOM}.showing:show", "One client's path, or one attempt."),
    "note": (f"{_ROOM}.clients:note", "Write a note about a client, for yourself."),
    "search": (f"{_ROOM}.clients:search", "Find shared words and notes."),
    "report": (f"{_ROOM}.reporting:report", "A page, a table or JSON on one client."),
    "calibrate": (f"{_ROOM}.calibrating:calibrate", "Rate blind, and see how far you agree."),
    "forget": (f"{_ROOM}.clients:forget", "Erase a client and all they shared."),
}


class TherapistGroup(LazyGroup):
    """The therapist's commands."""

    table: ClassVar[Mapping[str, tuple[str, str]]] = COMMANDS
    called: ClassVar[str] = "steady therapist"


@click.group(cls=TherapistGroup, invoke_without_command=True)
@click.pass_context
def therapist(ctx: click.Context) -> None:
    """For therapists: set homework and review what clients choose to share.

    Without a command, the therapist's screens open. CLIENT is a name or, where two share a name,
    the first letters and digits of the reference that 'steady therapist clients' shows.
    """
    if ctx.invoked_subcommand is None:
        from steady.tui import open_office

        ctx.exit(open_office())
