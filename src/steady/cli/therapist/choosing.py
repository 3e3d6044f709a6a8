"""Options that choose which attempts are looked at, shared by `show` and `report`."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from steady.errors import UsageFault
from steady.terms import Rung

if TYPE_CHECKING:
    from steady.progress.client import Slice


def choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --from, --to, --scenario and --rung to a command."""
    for option in (
        click.option(
            "--rung", type=click.Choice([rung.value for rung in Rung]), help="On this rung alone."
        ),
        click.option("--scenario", metavar="ID", help="At this scenario alone."),
        click.option("--to", "until", metavar="DATE", help="Until this day, included."),
        click.option(
            "--from", "since", metavar="DATE", help="From this day: 2026-10-01, 4 weeks ago."
        ),
    ):
        command = option(command)
    return command


def chosen(
    today: date, since: str | None, until: str | None, scenario: str | None, rung: str | None
) -> "Slice":
    """Which attempts are looked at. Raises UsageFault where a day cannot be read."""
    from steady.homework.dates import past_day
    from steady.progress.client import Slice

    found = Slice(
        past_day(since, today) if since else None,
        past_day(until, today) if until else None,
        scenario,
        Rung(rung) if rung else None,
    )
    if found.since and found.until and found.since > found.until:
        raise UsageFault("--from is later than --to; turn them round.")
    return found
