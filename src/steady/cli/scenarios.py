"""`steady scenarios`: list, show and check them."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steady.places import places
from steady.safety.cleaning import clean, one_line
from steady.scenario.library import Found, Library
from steady.scenario.text import visible

if TYPE_CHECKING:
    from steady.scenario.files import Fault
    from steady.scenario.model import Scenario

_WIDTH = 72
_MOST_FAULTS = 100
"""How many faults of one file are printed."""


@click.group()
def scenarios() -> None:
    """List, show and check scenarios: the shipped ones and your own."""


@scenarios.command("list")
@click.option("--json", "as_json", is_flag=True, help="As one JSON list.")
def list_them(as_json: bool) -> None:
    """List the scenarios that can be rehearsed."""
    listing = Library.at(places()).listing()
    if as_json:
        click.echo(
            json.dumps(
                [
                    {
                        "id": head.id,
                        "title": head.title,
                        "short": head.short,
                        "relationship": head.relationship,
                        "origin": head.origin,
                        "therapist": head.therapist,
                        "path": str(head.path),
                    }
                    for head in listing.heads
                ],
                indent=2,
            )
        )
    else:
        longest = max((len(head.id) for head in listing.heads), default=0)
        for head in listing.heads:
            click.echo(
                f"{head.id:<{longest}}  {head.relationship:<10}  {head.origin:<7}  "
                f"{one_line(head.title)}"
            )
    for fault in listing.faults:
        click.echo(f"Left out: {one_line(str(fault))}", err=True)


@scenarios.command()
@click.argument("scenario", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def show(scenario: str, as_json: bool) -> None:
    """Show the scenario ID: the situation, the partner, the rungs, what may sting."""
    found = Library.at(places()).find(scenario)
    if as_json:
        whole = found.scenario.model_dump(mode="json", by_alias=True)
        whole |= {"origin": found.head.origin, "content_hash": found.content_hash}
        click.echo(json.dumps(whole, indent=2))
        return
    for paragraph in _told(found):
        click.echo(paragraph)


@scenarios.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> int:
    """Check scenario files; without FILE, all that are shipped and all of your own.

    Every fault is printed as file:line: key: what is wrong; how to mend it.
    """
    from steady.scenario.check import check_file

    library = Library.at(places())
    held_back: Sequence[Fault] = ()
    if not files:
        files, held_back = library.files()
    _tell(held_back)
    sound = not held_back
    for path in files:
        faults = check_file(path, library.shipped)
        _tell(faults[:_MOST_FAULTS])
        if len(faults) > _MOST_FAULTS:
            click.echo(f"{visible(str(path), 4096)}: {len(faults) - _MOST_FAULTS} more faults.")
        sound = sound and not faults
    if not sound:
        return 1
    click.echo("1 file, no faults." if len(files) == 1 else f"{len(files)} files, no faults.")
    return 0


def _tell(faults: Sequence["Fault"]) -> None:
    for fault in faults:
        click.echo(one_line(str(fault)))


def _told(found: Found) -> Iterator[str]:
    """The scenario as paragraphs, cleaned and folded for a terminal."""
    scenario = found.scenario
    partner = scenario.partner
    yield one_line(scenario.title)
    whose = f"from {one_line(found.head.therapist)}" if found.head.therapist else found.head.origin
    yield f"{scenario.id} · {scenario.relationship} · {whose}"
    yield ""
    yield from _section("The situation", scenario.setting)
    yield from _section("What you need", scenario.need)
    yield from _section(partner.name or "The other person", partner.manner)
    yield _folded(f"Softened by: {partner.softened_by}")
    yield _folded(f"Inflamed by: {partner.inflamed_by}")
    yield ""
    yield from _rungs(scenario)
    yield from _section("May sting", "; ".join(scenario.content_notes) or "nothing noted")
    yield from _section("Source", f"{scenario.source.transcript}: {scenario.source.moment}")


def _rungs(scenario: "Scenario") -> Iterator[str]:
    from steady.terms import Rung

    for rung in Rung:
        scene = scenario.rungs[rung]
        times = "once" if scene.pushes_for == 1 else f"{scene.pushes_for} times"
        yield f"Rung: {rung}"
        yield _folded(f"Pushes at least {times}; comes round: {scene.comes_round}.")
        yield _folded(f'Script: "{scene.script}"')
        yield ""


def _section(heading: str, text: str) -> Iterator[str]:
    yield one_line(heading)
    yield _folded(text)
    yield ""


def _folded(text: str) -> str:
    """A text cleaned, indented and folded to the width of the program."""
    return textwrap.fill(
        " ".join(clean(text).split()), _WIDTH, initial_indent="  ", subsequent_indent="  "
    )
