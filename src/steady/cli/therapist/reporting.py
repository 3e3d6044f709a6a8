"""`steady therapist report`."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from steady.cli.therapist.choosing import choosing, chosen
from steady.errors import UsageFault
from steady.safety.cleaning import one_line

if TYPE_CHECKING:
    from steady.progress.report import Form

_FORMS = {".html": "html", ".csv": "csv", ".json": "json"}


@click.command()
@click.argument("client", metavar="CLIENT")
@click.option("--html", "form", flag_value="html", help="A page to read or print.")
@click.option("--csv", "form", flag_value="csv", help="A table for a spreadsheet; no words.")
@click.option("--json", "form", flag_value="json", help="Everything, for other programs.")
@choosing
@click.option("--words", is_flag=True, help="With shared words; without it, none are in it.")
@click.option("--notes", is_flag=True, help="With your own notes.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write.",
)
def report(
    client: str,
    form: str | None,
    since: str | None,
    until: str | None,
    scenario: str | None,
    rung: str | None,
    words: bool,
    notes: bool,
    force: bool,
    out: Path,
) -> None:
    """Write a report on CLIENT: what was assigned, a line for each criterion, what they told.

    Without --html, --csv or --json the end of the file's name decides. The file is not
    encrypted: keep it where you keep your records.
    """
    from steady.office import Office

    form = form or _FORMS.get(out.suffix.lower())
    if form is None:
        raise UsageFault("say which form: --html, --csv or --json.")
    with Office() as office:
        found = office.find(client)
        office.write_report(
            found.ref,
            cast("Form", form),
            out,
            chosen(office.today, since, until, scenario, rung),
            words=words,
            notes=notes,
            replace=force,
        )
    click.echo(f"Written to {one_line(str(out))}. It is not encrypted.")
