"""`steady config`: the settings in force, and where each comes from."""

import json

import click

from steady import settings
from steady.places import places
from steady.safety.cleaning import one_line


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON list.")
def config(as_json: bool) -> None:
    """Print every setting in force, its value, and where it comes from.

    Settings stand in config.toml; an environment variable such as STEADY_PRACTICE__PACE goes
    before it. `steady where` tells where config.toml is looked for.
    """
    in_force = settings.explain(places())
    if as_json:
        click.echo(
            json.dumps(
                [
                    {"name": setting.name, "value": setting.value, "source": setting.source}
                    for setting in in_force
                ],
                indent=2,
            )
        )
        return
    longest_name = max(len(setting.name) for setting in in_force)
    values = [_as_written(setting.value) for setting in in_force]
    longest_value = max(map(len, values))
    for setting, value in zip(in_force, values, strict=True):
        click.echo(
            f"{setting.name:<{longest_name}}  {value:<{longest_value}}  {one_line(setting.source)}"
        )


def _as_written(value: str | bool | int | float | tuple[str, ...]) -> str:
    """The value as it is written in config.toml."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_as_written, value)) + "]"
    return f'"{one_line(value)}"' if isinstance(value, str) else str(value)
