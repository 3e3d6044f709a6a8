"""`steady therapist init` and `assign`."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steady.safety.cleaning import clean, one_line
from steady.terms import Rung

if TYPE_CHECKING:
    from steady.homework.assigning import Draft
    from steady.office import Office

_LIKE_A_REF = re.compile(r"(?=.*\d)[0-9a-f-]{6,36}")


@click.command()
@click.option("--name", required=True, metavar="NAME", help="Your name as clients know it.")
def init(name: str) -> None:
    """Make your key and your caseload, once.

    What clients share is encrypted to this key; nobody else can read it, and without the key
    neither can you.
    """
    from steady.homework.keys import how_to_back_up
    from steady.office import Office

    with Office() as office:
        keys = office.set_up(name)
        click.echo(f"Made for {one_line(keys.name)}.")
        click.echo(f"Fingerprint  {keys.fingerprint}")
        click.echo("Read it to each client once, when they open your first pack.")
        click.echo("")
        click.echo(one_line(how_to_back_up(keys)))


@click.command()
@click.argument("client", metavar="CLIENT")
@click.argument("scenarios", metavar="SCENARIO...", nargs=-1, required=True)
@click.option(
    "--rung",
    type=click.Choice([rung.value for rung in Rung]),
    help="How hard the partner pushes. Without it: the lowest not held yet, as far as shared.",
)
@click.option("--times", type=click.IntRange(1, 50), default=1, metavar="N", help="How often.")
@click.option(
    "--due", metavar="DATE", help="2026-12-01, tomorrow, friday, in 2 weeks. Without: no date."
)
@click.option("--aids", type=click.Choice(["on", "off"]), help="Without it the client chooses.")
@click.option("--note", default="", metavar="TEXT", help="A note to each of these scenarios.")
@click.option("--message", default="", metavar="TEXT", help="A line with the pack as a whole.")
@click.option("--new", is_flag=True, help="A new client, also where one has this name already.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The pack to write.",
)
def assign(
    client: str,
    scenarios: tuple[str, ...],
    rung: str | None,
    times: int,
    due: str | None,
    aids: str | None,
    note: str,
    message: str,
    new: bool,
    out: Path,
) -> None:
    """Write a pack of homework for CLIENT, who is added to your caseload where they are new.

    Send the file any way you like: it holds what you assign and your public key, no secret.
    """
    from steady.homework.assigning import Wanted
    from steady.homework.dates import due_day
    from steady.office import Office

    with Office() as office:
        day = due_day(due, office.today) if due else None
        ref, name = (None, client) if new else _whose(office, client)
        wanted = [
            Wanted(
                scenario,
                Rung(rung) if rung else office.suggested_rung(ref, scenario),
                times,
                day,
                aids,
                note,
            )
            for scenario in scenarios
        ]
        draft = office.draft(ref, name, wanted, message)
        alike = () if new or ref else office.alike(name)
        office.give(draft, out)
        _tell(draft)
        if alike:
            others = ", ".join(f"{one_line(each.name)} ({each.ref[:8]})" for each in alike)
            click.echo(f"They are another person than {others}. If one of these was meant,")
            click.echo(f"'steady therapist forget {draft.made.ref[:8]}' takes this back.")
        click.echo("")
        click.echo(f"Written to {one_line(str(out))}. Your fingerprint, to read aloud:")
        click.echo(f"  {office.keys.fingerprint}")


def _whose(office: "Office", asked: str) -> tuple[str | None, str]:
    """The client meant, or None and the name of a new one; a reference is never a new name."""
    from steady.office import NoSuchPerson, SeveralPeople

    try:
        found = office.find(asked, exactly=True)
    except SeveralPeople:
        raise
    except NoSuchPerson:
        if _LIKE_A_REF.fullmatch(asked.strip().lower()):
            raise
        return None, asked
    return found.ref, found.name


def _tell(draft: "Draft") -> None:
    added = f", new in your caseload ({draft.made.ref[:8]})" if draft.new_client else ""
    click.echo(f"For {one_line(draft.name)}{added}. They will read:")
    if draft.pack.message:
        click.echo(f"  {one_line(draft.pack.message)}")
    for each in draft.preview:
        click.echo(f"  {one_line(each.title)}: {each.line}")
        for line in clean(each.note).splitlines():
            click.echo(f"    {line}")
        if each.travels:
            click.echo("    (your own scenario; it travels in the pack)")
