"""`steady homework`: open what a therapist sent, list it, forget it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from steady.safety.cleaning import clean, one_line

if TYPE_CHECKING:
    from steady.homework.opening import Opening
    from steady.store import Homework

_WIDTH = 72
_MOST_SHOWN = 200  # of the words of a note in the list


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As one JSON list.")
@click.pass_context
def homework(ctx: click.Context, as_json: bool) -> None:
    """What your therapist assigned. Without a command: the list, what is due soonest first.

    An attempt counts when it was begun for the assignment and played to its end, however it went.
    """
    if ctx.invoked_subcommand is not None:
        return
    from steady.house import House

    with House() as house:
        found = house.store.homework() if house.places.database.exists() else ()
        titles = {head.id: head.title for head in house.library.heads()}
        if as_json:
            told = [_as_object(each, titles) for each in found]
            click.echo(json.dumps(told, indent=2, ensure_ascii=False))
            return
        if not found:
            click.echo(
                "There is no homework here yet; steady homework open FILE adds what your therapist "
                "sent you."
            )
        for line in _listed(found, titles):
            click.echo(line)


@homework.command("open")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Add it without asking, for scripts.")
def open_(file: Path, yes: bool) -> int:
    """Show who FILE is from and what it asks, then add it.

    Compare the fingerprint with the one your therapist reads to you: it shows that what you share
    can be opened by them alone.
    """
    from steady.homework.opening import look, take
    from steady.homework.packs import read_pack
    from steady.house import House

    read_pack(file)  # what is no pack is refused before a history is begun for it
    with House() as house:
        opening = look(file, house.store, house.library)
        for line in _told(opening):
            click.echo(line)
        if not opening.changes:
            return 0
        from steady.cli.asking import agreed

        if not yes and not agreed("Add it?"):
            click.echo("Nothing was added.")
            return 1
        take(opening, house.store, house.places)
    click.echo("Added. steady homework lists it, and home shows what is due first.")
    return 0


@homework.command()
@click.argument("pack", required=False)
@click.option("--yes", is_flag=True, help="Forget it without asking, for scripts.")
def forget(pack: str | None, yes: bool) -> int:
    """Forget the homework PACK: a therapist's name, or the beginning of a pack's id.

    What goes and what stays is said first.
    """
    from steady.homework.opening import find_pack, what_forgetting_takes
    from steady.homework.opening import forget as forget_pack
    from steady.house import House

    with House() as house:
        found = find_pack(house.store, pack)
        would = what_forgetting_takes(found, house.store, house.places)
        click.echo("What goes:")
        for line in would.goes:
            click.echo(f"  {one_line(line)}")
        click.echo("What stays:")
        for line in would.stays:
            click.echo(f"  {one_line(line)}")
        from steady.cli.asking import agreed

        if not yes and not agreed("Forget it?"):
            click.echo("Nothing was forgotten.")
            return 1
        forget_pack(found, house.store, house.places)
    click.echo("Forgotten.")
    return 0


def _listed(found: "tuple[Homework, ...]", titles: dict[str, str]) -> Iterator[str]:
    from steady.homework.assigned import SHORT
    from steady.homework.due import homework_words

    today = date.today()  # a day is due in the client's own time
    for each in found:
        asked = each.assigned
        title = one_line(titles.get(asked.scenario, asked.scenario))
        yield f"{asked.id[:SHORT]}  {title}, {asked.rung}"
        aids = f"; hints {asked.aids}" if asked.aids else ""
        yield f"          {homework_words(each, today)}{aids}. From {one_line(each.therapist)}."
        if asked.note:
            yield from _folded(asked.note[:_MOST_SHOWN], " " * 10)
    if found:
        yield ""
        yield "steady practice SCENARIO --assignment ID rehearses one, and it counts."


def _told(opening: "Opening") -> Iterator[str]:
    """Who a pack is from, and all that it asks."""
    pack = opening.pack
    yield f"From     {pack.therapist.name}"
    yield f"Key      {opening.fingerprint}"
    yield "         Ask them to read you theirs; only that key opens what you share."
    yield f"For      {pack.client.name}"
    if pack.message:
        yield ""
        yield from _folded(pack.message, "  ")
    yield ""
    for each in pack.assignments:
        times = "once" if each.times == 1 else f"{each.times} times"
        due = f", by {each.due:%A} {each.due.day} {each.due:%B %Y}" if each.due else ""
        aids = f", hints {each.aids}" if each.aids else ""
        yield f"  {each.scenario}, {each.rung}, {times}{due}{aids}"
        if each.note:
            yield from _folded(each.note, "    ")
    if pack.scenarios:
        names = ", ".join(scenario.id for scenario in pack.scenarios)
        yield ""
        yield f"It brings scenarios of the therapist's own: {names}."
    for caution in opening.cautions:
        yield ""
        yield from _folded(f"Take care. {caution}", "")
    yield ""
    if opening.standing == "same":
        yield "You have this already; nothing was changed."
    elif opening.standing == "older":
        yield "You have a newer one of this already; nothing was changed."
    elif opening.standing == "newer":
        yield "It takes the place of the one you have; what you practised stays."


def _folded(text: str, indent: str) -> Iterator[str]:
    import textwrap

    for paragraph in clean(text).splitlines():
        yield from textwrap.wrap(
            paragraph, _WIDTH, initial_indent=indent, subsequent_indent=indent
        ) or [""]


def _as_object(each: "Homework", titles: dict[str, str]) -> dict[str, Any]:
    asked = each.assigned
    return {
        "assignment": asked.id,
        "pack": asked.pack,
        "therapist": each.therapist,
        "scenario": asked.scenario,
        "title": titles.get(asked.scenario),
        "rung": asked.rung,
        "times": asked.times,
        "done": each.done,
        "finished": each.finished,
        "unshared": each.unshared,
        "due": asked.due.isoformat() if asked.due else None,
        "aids": asked.aids,
        "note": asked.note,
        "last": each.last.isoformat() if each.last else None,
    }
