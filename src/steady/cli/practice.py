"""`steady practice`: one rehearsal, on screen, as plain lines or as events."""

import random
import sys

import click

from steady.errors import UsageFault
from steady.safety.cleaning import one_line
from steady.settings import Voice
from steady.terms import Part, Rung

_SEEDS = 2**31
_LONGEST_TIME = 80


@click.command()
@click.argument("scenario", metavar="ID")
@click.option(
    "--rung",
    type=click.Choice([rung.value for rung in Rung]),
    default=Rung.GENTLE.value,
    show_default=True,
    help="How hard the partner pushes.",
)
@click.option("--seed", type=click.IntRange(0, _SEEDS - 1), help="Same seed, same rehearsal.")
@click.option("--slow", is_flag=True, help="The partner's reply waits until you are ready.")
@click.option("--no-aids", is_flag=True, help="Rehearse without hints.")
@click.option(
    "--return",
    "agreed",
    metavar="TIME",
    help='Rehearse the return instead: the agreed time, such as "in 20 minutes", is over.',
)
@click.option(
    "--partner",
    type=click.Choice([voice.value for voice in Voice]),
    help="Whose words the partner's are; the settings say so if you don't.",
)
@click.option("--plain", is_flag=True, help="As plain lines, also for screen readers.")
@click.option("--json", "as_json", is_flag=True, help="As events, one JSON object a line.")
def practice(
    scenario: str,
    rung: str,
    seed: int | None,
    slow: bool,
    no_aids: bool,
    agreed: str | None,
    partner: str | None,
    plain: bool,
    as_json: bool,
) -> int:
    """Rehearse the scenario ID; `steady scenarios list` names them."""
    if plain and as_json:
        raise UsageFault("--plain and --json are two ways to show one rehearsal; choose one")
    from steady.house import House

    face = "json" if as_json else "plain" if plain else "screen"
    if face == "screen" and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageFault(
            "there is no terminal here to show the rehearsal on; use --plain for lines"
        )
    with House() as house:
        if partner == Voice.MODEL:
            house.voices.must_be_offered()
            if face != "screen":  # which asks
                house.voices.must_be_agreed()
        scene = house.scene(
            scenario,
            Rung(rung),
            seed=random.randrange(_SEEDS) if seed is None else seed,  # noqa: S311
            aids_offered=not no_aids,
            slow=slow,
            face=face,
            part=Part.TALK if agreed is None else Part.RETURN,
            agreed=one_line(agreed or "")[:_LONGEST_TIME],
            voice=partner,
        )
        if face == "screen":
            from steady.tui import open_program

            return open_program(scene)
        from steady.cli.answering import Answering

        rehearsal = house.begin(scene)
        with Answering.of(house, rehearsal) as answering:
            if face == "json":
                from steady.cli import as_events

                as_events.rehearse(rehearsal, sys.stdin, sys.stdout, answering)
            else:
                from steady.cli import as_lines

                country = house.settings.safety.country
                as_lines.rehearse(rehearsal, sys.stdin, sys.stdout, country, answering)
    return 0
