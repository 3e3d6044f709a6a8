"""Commands: each parses its words, calls one room and prints. Loaded only when called."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

import click

from steady import __version__
from steady.faults import told

# Name → where the command lives and what `--help` says of it without importing it.
COMMANDS = {
    "practice": ("steady.cli.practice:practice", "Rehearse a scenario."),
    "scenarios": ("steady.cli.scenarios:scenarios", "List, show and check scenarios."),
    "homework": (
        "steady.cli.homework:homework",
        "What your therapist assigned: open, list, forget.",
    ),
    "share": ("steady.cli.share:share", "Give your therapist what you choose, sealed."),
    "therapist": (
        "steady.cli.therapist:therapist",
        "For therapists: assign, import, clients, reports.",
    ),
    "history": ("steady.cli.history:history", "What was rehearsed, and how it went."),
    "card": ("steady.cli.card:card", "Your own best line for a scenario, to carry with you."),
    "rate": ("steady.cli.rate:rate", "Read turns from a file and print their moves."),
    "model": ("steady.cli.model:model", "A language model: what works, and what it may be sent."),
    "where": ("steady.cli.where:where", "Where Steady keeps things."),
    "config": ("steady.cli.config:config", "The settings in force, and where each comes from."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it.

    `table` is of the form of `COMMANDS`, `called` how the group itself is called.
    """

    table: ClassVar[Mapping[str, tuple[str, str]]] = COMMANDS
    called: ClassVar[str] = "steady"

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which they are told."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in self.table:
            return None
        module, name = self.table[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), name)
        _take_profile(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, told_of) for name, (_, told_of) in self.table.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command for the words given; an unknown one names the nearest."""
        name = args[0]
        if name not in self.table:
            import difflib

            near = difflib.get_close_matches(name, self.table, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"There is no command '{name}'.{hint} '{self.called} --help' lists them.")
        return super().resolve_command(ctx, args)


def _choose_profile(ctx: click.Context, _: click.Parameter, name: str | None) -> None:
    """Keep to one person's things. At the top, no name means the person without a profile."""
    if name is not None or ctx.parent is None:
        from steady.places import use_profile

        use_profile(name)


def _profile_option() -> click.Option:
    return click.Option(
        ["--profile"],
        metavar="NAME",
        callback=_choose_profile,
        expose_value=False,
        is_eager=True,
        help="Someone else's things on this computer, kept apart.",
    )


def _take_profile(command: click.Command) -> None:
    """Let a command, and those below it, be told whose things are meant."""
    if not any(option.name == "profile" for option in command.params):
        command.params.append(_profile_option())
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _take_profile(below)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    params=[_profile_option()],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="steady")
@click.pass_context
def steady(ctx: click.Context) -> None:
    """Rehearse hard conversations with a simulated partner.

    Without a command, the program opens. It works without a network or an account, and keeps
    what you say on this machine.
    """
    if ctx.invoked_subcommand is None:
        from steady.tui import open_program

        ctx.exit(open_program())


def run(words: list[str]) -> int:
    """Run the command named by the words after `steady`; returns the exit status."""

    def work() -> int:
        try:
            status = steady.main(args=words, prog_name="steady", standalone_mode=False)
        except click.ClickException as fault:
            fault.show()
            return fault.exit_code
        except click.Abort:
            return 130
        return status if isinstance(status, int) else 0

    return told(work)
