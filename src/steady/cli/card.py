"""`steady card`: the client's own best line for a scenario, as text or as a page to print."""

from pathlib import Path

import click

from steady.errors import SteadyError


class NoLine(SteadyError):
    """There is no line of the client's own to carry yet."""


@click.command()
@click.argument("scenario", metavar="SCENARIO")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a page to print, the size of a bank card.",
)
def card(scenario: str, page: Path | None) -> int:
    """Your own best line for a SCENARIO, to carry with you."""
    from steady.house import House
    from steady.progress.card import as_html, as_text
    from steady.progress.carrying import card_for

    with House() as house:
        # Looking for a line must not begin a history.
        there = house.places.database.exists()
        found = card_for(house.store, house.library, scenario) if there else None
        if found is None:
            house.scenario(scenario)  # says so where there is none of that name
            raise NoLine(
                f"There is no line of yours for '{scenario}' yet;"
                f" 'steady practice {scenario}' begins a rehearsal."
            )
    if page is None:
        click.echo(as_text(found), nl=False)
    else:
        from steady.tui.paths import write_new

        write_new(page, as_html(found).encode())
        click.echo(f"Written to {page}; open it in a browser to print it.")
    return 0
