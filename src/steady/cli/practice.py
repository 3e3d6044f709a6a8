"""`steady practice`: one rehearsal, on screen, as plain lines or as events."""

import random
import sys
from typing import TYPE_CHECKING

import click

from steady.errors import UsageFault
from steady.safety.cleaning import one_line
from steady.settings import Voice
from steady.terms import Part, Rung

if TYPE_CHECKING:
    from steady.house import House
    from steady.store import Homework

_SEEDS = 2**31
_LONGEST_TIME = 80


@click.command()
@click.argument("scenario", metavar="ID")
@click.option(
    "--rung",
    type=click.Choice([rung.value for rung in Rung]),
    help="How hard the partner pushes: gentle, unless homework says otherwise.",
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
    "--assignment",
    metavar="ID|auto",
    help="Homework this counts for; auto: the first that is due and fits the scenario and rung.",
)
@click.option("--probe", is_flag=True, help="A check without hints, kept apart in your progress.")
@click.option(
    "--partner",
    type=click.Choice([voice.value for voice in Voice]),
    help="Whose words the partner's are; the settings say so if you don't.",
)
@click.option("--plain", is_flag=True, help="As plain lines, also for screen readers.")
@click.option("--json", "as_json", is_flag=True, help="As events, one JSON object a line.")
def practice(
    scenario: str,
    rung: str | None,
    seed: int | None,
    slow: bool,
    no_aids: bool,
    agreed: str | None,
    assignment: str | None,
    probe: bool,
    partner: str | None,
    plain: bool,
    as_json: bool,
) -> int:
    """Rehearse the scenario ID; `steady scenarios list` names them.

    It counts for homework only where --assignment says so.
    """
    if plain and as_json:
        raise UsageFault("--plain and --json are two ways to show one rehearsal; choose one")
    from steady.house import House

    face = "json" if as_json else "plain" if plain else "screen"
    if face == "screen" and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageFault(
            "there is no terminal here to show the rehearsal on; use --plain for lines"
        )
    with House() as house:
        homework = _homework(house, scenario, rung, assignment)
        asked = homework.assigned if homework else None
        aids = not no_aids
        if asked is not None and asked.aids is not None:
            aids = asked.aids == "on"
        if partner == Voice.MODEL:
            house.voices.must_be_offered()
            if face != "screen":  # which asks
                house.voices.must_be_agreed()
        scene = house.scene(
            scenario,
            Rung(rung) if rung else asked.rung if asked else Rung.GENTLE,
            seed=random.randrange(_SEEDS) if seed is None else seed,  # noqa: S311
            aids_offered=aids,
            slow=slow,
            face=face,
            part=Part.TALK if agreed is None else Part.RETURN,
            agreed=one_line(agreed or "")[:_LONGEST_TIME],
            assignment=asked.id if asked else None,
            probe=probe,
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


def _homework(
    house: "House", scenario: str, rung: str | None, asked: str | None
) -> "Homework | None":
    """The homework that this rehearsal counts for, where one was asked for.

    Raises UsageFault where it is for another scenario or rung. What fits and was not asked for is
    named on standard error, so that nobody practises beside the homework unawares.
    """
    if asked is None and not house.places.database.exists():
        return None
    from steady.homework.assigned import SHORT, find_assignment, fitting

    wanted = Rung(rung) if rung else None
    if asked is None or asked == "auto":
        found = fitting(house.store, scenario, wanted or (Rung.GENTLE if asked is None else None))
        if asked is None and found is not None:
            _note(
                f"This fits homework from {found.therapist}; --assignment "
                f"{found.assigned.id[:SHORT]} makes it count."
            )
            return None
        if found is None and asked:
            _note("No homework that is still open fits this; it is kept as practice of your own.")
        return found
    found = find_assignment(house.store, asked)
    if found.assigned.scenario != scenario or wanted not in {None, found.assigned.rung}:
        raise UsageFault(
            f"that assignment is for {found.assigned.scenario}, {found.assigned.rung}; rehearse "
            "that, or leave --assignment out"
        )
    return found


def _note(sentence: str) -> None:
    print(f"steady: {one_line(sentence)}", file=sys.stderr)
