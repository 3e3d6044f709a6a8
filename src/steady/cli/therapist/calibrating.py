"""`steady therapist calibrate`: rate shared attempts blind, line by line."""

import textwrap
from typing import TYPE_CHECKING

import click

from steady.safety.cleaning import clean, one_line
from steady.terms import Criterion

if TYPE_CHECKING:
    from steady.office import Office, ToRate

_WIDTH = 72
_HELP = "0 to 3, - for no chance to show it, ? for what the levels mean, s to stop: "


class _Stopped(Exception):
    """The therapist has had enough for now."""


@click.command()
@click.option("--client", metavar="CLIENT", help="Draw from this client alone.")
@click.option(
    "--sample", type=click.IntRange(1, 500), default=20, metavar="N", help="How many to draw."
)
@click.option("--results", is_flag=True, help="The agreement so far, without rating.")
def calibrate(client: str | None, sample: int, results: bool) -> None:
    """Rate a drawn sample of shared attempts without seeing the program's levels.

    Then, for each criterion, how far the program and you agree: weighted kappa (1 full agreement,
    0 no more than chance) with the interval that holds it 95 times in 100. Below 0.4 a criterion
    is flagged wherever its levels are shown to you.
    """
    from steady.office import Office

    with Office() as office:
        if not results:
            ref = office.find(client).ref if client else None
            if not office.draw(sample, ref):
                click.echo(
                    "There is nothing to rate: no attempt came with its words that you have not "
                    "rated yet."
                )
            else:
                _rate(office, ref)
        _tell(office)


def _rate(office: "Office", ref: str | None) -> None:
    try:
        while (asked := office.to_rate(ref)) is not None:
            office.rate(asked.attempt, _ask(asked))
    except _Stopped:
        click.echo("Stopped; what you rated is kept, and the rest waits.")
    click.echo("")


def _ask(asked: "ToRate") -> dict[Criterion, int | None]:
    from steady.rubric.anchors import anchor

    click.echo("")
    click.echo(f"{one_line(asked.title)}, {asked.rung}. {asked.left} to rate.")
    for turn in asked.turns:
        who = "Client " if turn.speaker == "client" else "Partner"
        said = " ".join(clean(turn.text).split())
        click.echo(
            "\n".join(textwrap.wrap(f"{who}  {said}", _WIDTH, subsequent_indent=" " * 9)) or who
        )
    click.echo("")
    click.echo(_HELP)
    return {
        criterion: _level(criterion, f"  {anchor(criterion).name}") for criterion in asked.criteria
    }


def _level(criterion: Criterion, name: str) -> int | None:
    from steady.cli.asking import answer
    from steady.rubric.anchors import anchor

    while True:
        said = answer(f"{name}:")
        if said is None or said in {"s", "stop", "q"}:
            raise _Stopped
        if said == "-":
            return None
        if said in {"0", "1", "2", "3"}:
            return int(said)
        if said == "?":
            click.echo(f"    {anchor(criterion).asks}")
            for level, meaning in enumerate(anchor(criterion).levels):
                click.echo(f"    {level}  {meaning}")
            click.echo(f"    -  {anchor(criterion).unrated}")
        else:
            click.echo(f"    {_HELP.strip()}")


def _tell(office: "Office") -> None:
    from steady.rubric.anchors import anchor

    rated = office.store.rated()
    click.echo(f"{rated} attempt{'s' * (rated != 1)} rated by you so far.")
    for criterion, found in office.agreement().items():
        caution = "  Read with caution." if found.weak else ""
        click.echo(f"  {anchor(criterion).name:<15}{found.spoken}.{caution}")
