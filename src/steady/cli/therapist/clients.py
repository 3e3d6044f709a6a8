"""`steady therapist clients`, `note`, `search` and `forget`."""

import json
from typing import TYPE_CHECKING, Any

import click

from steady.safety.cleaning import one_line

if TYPE_CHECKING:
    from steady.progress.caseload import CaseRow

_LONGEST = 24  # signs of a name in the table
_HEADINGS = ("client", "reference", "due", "last practiced", "needs a look")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON list.")
def clients(as_json: bool) -> None:
    """List your clients: those who need a look first, then by what is due."""
    from steady.office import SHORT, Office

    with Office() as office:
        rows = office.caseload().rows if office.places.caseload.exists() else ()
    if as_json:
        click.echo(json.dumps([_as_object(row) for row in rows], indent=2, ensure_ascii=False))
        return
    if not rows:
        click.echo("No clients yet; steady therapist assign CLIENT SCENARIO --out FILE adds one.")
        return
    cells = [
        _HEADINGS,
        *(
            (
                one_line(row.client.name)[:_LONGEST],
                row.client.ref[:SHORT],
                _due(row),
                _last(row),
                ", ".join(reason.look for reason in row.reasons),
            )
            for row in rows
        ),
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row_of_cells in cells:
        click.echo("  ".join(map(str.ljust, row_of_cells, widths)).rstrip())
    reasons = [(row, reason) for row in rows for reason in row.reasons if reason.look != "new"]
    if reasons:
        click.echo("")
        for row, reason in reasons:
            click.echo(f"{one_line(row.client.name)}: {one_line(reason.sentence)}")


@click.command()
@click.argument("client", metavar="CLIENT")
@click.argument("text", metavar="TEXT")
def note(client: str, text: str) -> None:
    """Write a note about CLIENT, for yourself alone. 'show' lists them."""
    from steady.office import Office

    with Office() as office:
        found = office.find(client)
        office.note(found.ref, text)
    click.echo(f"Noted for {one_line(found.name)}.")


@click.command()
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option("--client", metavar="CLIENT", help="Of this client alone.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, metavar="N", help="At most N.")
def search(words: tuple[str, ...], client: str | None, limit: int) -> None:
    """Find what was said or written and holds all of WORDS: shared turns, field notes, messages
    and your own notes."""
    from steady.office import Office

    with Office() as office:
        ref = office.find(client).ref if client else None
        hits = office.search(" ".join(words), ref, limit)
    for hit in hits:
        where = f", {one_line(hit.title)}" if hit.title else ""
        who = f" ({hit.speaker})" if hit.speaker else ""
        click.echo(f"{one_line(hit.name)}, {hit.at.astimezone():%Y-%m-%d}, {hit.kind}{who}{where}")
        click.echo(f"    {one_line(hit.text)[:300]}")
    if not hits:
        click.echo("Nothing holds these words.")


@click.command()
@click.argument("client", metavar="CLIENT")
@click.option("--yes", is_flag=True, help="Erase without asking, for scripts.")
def forget(client: str, yes: bool) -> int:
    """Erase CLIENT from your caseload, with every word they shared and your notes.

    What they keep on their own computer stays there; a packet imported again brings it back.
    """
    from steady.cli.asking import agreed
    from steady.office import Office

    with Office() as office:
        found = office.find(client)
        attempts = f"{found.attempts} attempt{'s' * (found.attempts != 1)}"
        if not yes and not agreed(f"Erase {one_line(found.name)} with {attempts} and your notes?"):
            click.echo("Nothing was erased.")
            return 1
        office.forget(found.ref)
    click.echo("Erased.")
    return 0


def _due(row: "CaseRow") -> str:
    due = row.next_due
    if due is None:
        return "nothing open"
    more = f" (+{len(row.due) - 1})" if len(row.due) > 1 else ""
    return f"{due.progress}, {due.spoken}{more}"


def _last(row: "CaseRow") -> str:
    client = row.client
    if client.last_started is None:
        return "nothing shared"
    return f"{client.last_started.astimezone():%Y-%m-%d}"


def _as_object(row: "CaseRow") -> dict[str, Any]:
    client = row.client
    return {
        "ref": client.ref,
        "name": client.name,
        "attempts": client.attempts,
        "new": client.new,
        "last": client.last_started.isoformat() if client.last_started else None,
        "due": [
            {
                "assignment": due.assigned.id,
                "scenario": due.assigned.scenario,
                "rung": due.assigned.rung,
                "times": due.assigned.times,
                "shared": due.assigned.shared,
                "due": due.assigned.due.isoformat() if due.assigned.due else None,
                "days": due.days,
            }
            for due in row.due
        ],
        "look": [{"why": reason.look, "sentence": reason.sentence} for reason in row.reasons],
    }
