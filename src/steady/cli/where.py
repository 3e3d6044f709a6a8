"""`steady where`: where Steady keeps things."""

import json

import click

from steady.places import places, profile, profiles
from steady.safety.cleaning import one_line


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def where(as_json: bool) -> None:
    """Print where Steady keeps things, one place a line, and the profiles there are.

    STEADY_HOME names another data folder; each profile has a folder of its own in it.
    """
    found = places()
    named = {
        "data": found.data,
        "database": found.database,
        "config": found.config,
        "scenarios": found.own_scenarios,
        "packs": found.packs,
        "shipped": found.shipped,
    }
    if as_json:
        told: dict[str, object] = {name: str(path) for name, path in named.items()}
        told |= {"profile": profile(), "profiles": list(profiles())}
        click.echo(json.dumps(told, indent=2))
        return
    for name, path in named.items():
        click.echo(f"{name:<11}{one_line(str(path))}")
    click.echo(f"{'profile':<11}{profile() or 'none; --profile NAME uses one'}")
    click.echo(f"{'profiles':<11}{one_line(', '.join(profiles())) or 'none'}")
