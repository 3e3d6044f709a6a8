"""`steady model`: whether the language model of the settings works, and what it may be sent."""

import asyncio
import json
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import click

from steady.errors import SteadyError
from steady.safety.cleaning import one_line

if TYPE_CHECKING:
    from steady.house import House
    from steady.model.checking import CheckReport

_WIDTH = 72


@click.group()
def model() -> None:
    """The language model of the settings; docs/models.md tells how to set one up."""


@model.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def check(as_json: bool) -> int:
    """Make one tiny request and say what works.

    A server that refuses a way of asking is asked in up to two more. Before the first request to
    another machine you are asked whether you agree.
    """
    from steady.house import House

    with House() as house:
        endpoint = house.endpoint
        if endpoint is None:
            raise SteadyError(
                "No language model is set up. Name base_url and model under [model] in "
                f"{house.places.config}; config.example.toml has examples."
            )
        if not _agreed(house):
            return 1
        report = asyncio.run(endpoint.check(lambda said: click.echo(said, err=True)))
    if as_json:
        click.echo(json.dumps(_as_json(report), indent=2))
    else:
        click.echo("\n".join(_lines(report)))
    return 0 if report.fault is None else 1


@model.command()
@click.argument("host")
def forget(host: str) -> int:
    """Take back what you agreed to for HOST: you are asked again before anything is sent."""
    from steady.house import House
    from steady.model.consent import forget as take_back

    with House() as house:
        there = take_back(host, house.store)
    name = one_line(host)
    click.echo(
        f"Nothing is sent to {name} until you agree again."
        if there
        else f"You had not agreed to {name}."
    )
    return 0


def _agreed(house: "House") -> bool:
    """Whether the host may be asked; the person is asked where there is a terminal."""
    from steady.model.consent import agree, agreed, host_of, question

    settings = house.settings.model
    if agreed(settings, house.store):
        return True
    host = host_of(settings.base_url)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise SteadyError(
            f"You have not agreed to send words to {host}. Run this in a terminal once, or add "
            f'agreed_hosts = ["{host}"] under [model] in {house.places.config}.'
        )
    for paragraph in question(settings):
        click.echo(textwrap.fill(one_line(paragraph), _WIDTH) + "\n")
    if not click.confirm("Do you agree?", default=False):
        click.echo("Nothing was sent.")
        return False
    agree(settings, house.store)
    return True


def _lines(report: "CheckReport") -> list[str]:
    """The report in plain words, a line for each thing."""
    where = "this machine" if report.local else "another machine"
    lines = [
        f"Server    {_yes(report.reached, 'reached', 'not reached')}: "
        f"{one_line(report.host)} ({where})"
    ]
    model = one_line(report.model)
    told = {
        "Key": _yes(report.key_accepted, "accepted, or none needed", "not accepted"),
        "Model": _yes(report.model_there, f"there: {model}", f"not there: {model}"),
        "Words": _yes(report.streaming, "come one by one", "come all at once"),
        "First": "" if report.first_word is None else f"word after {report.first_word:.2f} seconds",
        "JSON": _structured(report),
    }
    lines += [f"{name:<10}{what}" for name, what in told.items() if what]
    if report.fault is not None:
        lines += ["", str(report.fault)]
        if report.model_there is False:
            lines.append(
                'If it is there, look at base_url: the addresses of most servers end in "/v1".'
            )
        if report.fault.detail:
            lines.append(f"The server says: {report.fault.detail}")
    return lines


def _yes(known: bool | None, yes: str, no: str) -> str:
    """What was found out, or nothing where it was not."""
    return "" if known is None else yes if known else no


def _structured(report: "CheckReport") -> str:
    """How replies of a given shape can be had, which the coach needs."""
    if report.structured is not None:
        return f"replies of a given shape: yes ({report.structured.value})"
    if report.shaped is False:
        return "replies of a given shape: none came; the built-in coach will be used"
    return ""


def _as_json(report: "CheckReport") -> dict[str, Any]:
    fault = report.fault
    return {
        "host": report.host,
        "local": report.local,
        "model": report.model,
        "reached": report.reached,
        "key_accepted": report.key_accepted,
        "model_there": report.model_there,
        "streaming": report.streaming,
        "structured": report.structured,
        "first_word_seconds": report.first_word,
        "fault": None if fault is None else {"kind": fault.kind, "said": str(fault)},
    }
