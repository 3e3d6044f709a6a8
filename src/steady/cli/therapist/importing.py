"""`steady therapist import`."""

import sys
from pathlib import Path

import click

from steady.safety.cleaning import clean, one_line


@click.command("import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
def import_(files: tuple[Path, ...]) -> int:
    """Take in packets (.steady-packet) that clients sent you.

    Each file is taken whole or not at all; one that cannot be used is named, and the others are
    still taken. The same file twice changes nothing.
    """
    from steady.errors import SteadyError
    from steady.homework.importing import told
    from steady.office import Office

    refused = 0
    with Office() as office:
        _ = office.keys  # without a key no file can be opened: said once, not for each
        for path in files:
            try:
                taken = office.take(path)
            except SteadyError as fault:
                print(f"steady: {one_line(str(fault))}", file=sys.stderr)
                refused += 1
                continue
            for sentence in told(taken):
                click.echo(one_line(sentence))
            if taken.message and not taken.again:
                for line in clean(taken.message).splitlines():
                    click.echo(f"    {line}")
    return 1 if refused else 0
