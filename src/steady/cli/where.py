"""`steady where`: where Steady keeps things."""

import json

import click

from steady.places import places
from steady.safety.cleaning import one_line


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def where(as_json: bool) -> None:
    """Print where Steady keeps things, one place a line.

    STEADY_HOME names another data folder.
    """
    found = places()
    named = {
        "data": found.data,
        "database": found.database,
        "config": found.config,
        "scenarios": found.own_scenarios,
        "shipped": found.shipped,
    }
    if as_json:
        click.echo(json.dumps({name: str(path) for name, path in named.items()}, indent=2))
        return
    for name, path in named.items():
        click.echo(f"{name:<11}{one_line(str(path))}")
