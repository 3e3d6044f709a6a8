"""`steady share`: choose attempts, see what will travel, seal it for the therapist."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steady.errors import UsageFault
from steady.safety.cleaning import clean, one_line

if TYPE_CHECKING:
    from steady.homework.preview import Preview
    from steady.homework.sharing import Choice
    from steady.house import House
    from steady.store import OpenedPack, Store


@click.command()
@click.option(
    "--assignment",
    metavar="ID",
    help="The attempts of this assignment. Without it, and without --attempt: of all homework.",
)
@click.option(
    "--attempt",
    "attempts",
    metavar="N",
    type=click.IntRange(min=1),
    multiple=True,
    help="This attempt; may be given more than once. steady history has the numbers.",
)
@click.option("--levels-only", is_flag=True, help="How it went in figures, none of your words.")
@click.option("--include-danger", is_flag=True, help="Also turns marked as danger.")
@click.option("--notes", is_flag=True, help="Also your field notes that were not shared yet.")
@click.option("--message", default="", metavar="TEXT", help="A line to your therapist.")
@click.option("--to", metavar="NAME", help="Whom it is for, where there is more than one.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="The file to write.")
@click.option("--show", is_flag=True, help="Print every single thing in it before asking.")
@click.option("--yes", is_flag=True, help="Write it without asking, for scripts.")
@click.option("--list", "list_them", is_flag=True, help="What was shared, when and with whom.")
def share(
    assignment: str | None,
    attempts: tuple[int, ...],
    levels_only: bool,
    include_danger: bool,
    notes: bool,
    message: str,
    to: str | None,
    out: Path | None,
    show: bool,
    yes: bool,
    list_them: bool,
) -> int:
    """Seal chosen attempts into a file that your therapist alone can open.

    Without a choice, all finished attempts of your homework that were not shared yet. What will
    be in the file is shown first, and nothing else is ever in it.
    """
    from steady.house import House

    if assignment is not None and attempts:
        raise UsageFault("--assignment and --attempt are two ways to choose; use one of them.")
    if levels_only and include_danger:
        raise UsageFault("--levels-only sends no words, so there is nothing to --include-danger.")
    with House() as house:
        if list_them:
            for line in _shared(house.store):
                click.echo(line)
            return 0
        if out is None:
            raise UsageFault("name the file to write, such as --out for-my-therapist.steady-packet")
        from steady.homework import sharing
        from steady.homework.preview import preview

        whose, choices = _chosen(house, to, assignment, attempts, words=not levels_only)
        if include_danger:
            choices = [sharing.Choice(each.attempt, each.words, danger=True) for each in choices]
        draft = sharing.draft(
            house.store,
            house.library,
            whose,
            choices,
            message=message,
            notes=[note.id for note in house.store.field_notes(unshared=True)] if notes else (),
        )
        seen = preview(draft)
        _print(seen, everything=show)
        if not yes and not _agreed(seen):
            click.echo("Nothing was written.")
            return 1
        kept = sharing.write(draft, house.store, out)
    click.echo(f"Written to {one_line(str(out))}, sealed for {one_line(kept.therapist)}.")
    click.echo("Send it any way you like; it can be opened with their key alone.")
    return 0


def _chosen(
    house: "House",
    to: str | None,
    assignment: str | None,
    attempts: tuple[int, ...],
    *,
    words: bool,
) -> "tuple[OpenedPack, list[Choice]]":
    """For whom, and which attempts."""
    from steady.homework import sharing
    from steady.homework.assigned import find_assignment

    store = house.store
    if assignment is not None:
        found = find_assignment(store, assignment)
        whose = sharing.therapist(store, to or found.assigned.pack)
        return whose, [*sharing.default_choices(store, whose, found.assigned.id, words=words)]
    whose = sharing.therapist(store, to)
    if attempts:
        return whose, [sharing.Choice(attempt, words) for attempt in attempts]
    return whose, [*sharing.default_choices(store, whose, words=words)]


def _print(seen: "Preview", *, everything: bool) -> None:
    for line in seen.lines():
        click.echo(clean(line))
    if everything:
        click.echo("")
        for line in seen.everything():
            click.echo(clean(line))
    click.echo("")


def _agreed(seen: "Preview") -> bool:
    from steady.cli.asking import answer

    said = answer("Write it? [y]es, [s]how every word of it first, [N]o:")
    if said in {"s", "show"}:
        _print(seen, everything=True)
        said = answer("Write it? [y/N]")
    return said in {"y", "yes"}


def _shared(store: "Store") -> Iterator[str]:
    """What was shared, the newest first."""
    shares = store.shares()
    if not shares:
        yield "Nothing was shared yet."
    for each in shares:
        yield (
            f"{each.at.astimezone():%Y-%m-%d %H:%M}  {one_line(each.therapist)} "
            f"({each.fingerprint})"
        )
        for part in each.attempts:
            what = "with the words" if part.words else "levels only"
            danger = ", turns marked as danger too" if part.danger else ""
            yield f"    attempt {part.attempt}: {what}{danger}"
        if each.notes:
            yield f"    field notes: {len(each.notes)}"
        if each.message:
            yield f"    message: {one_line(each.message)}"
        yield f"    in {one_line(each.file)}"
