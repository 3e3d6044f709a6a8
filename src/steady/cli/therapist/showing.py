"""`steady therapist show`: one client's path, or one attempt, as lines."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from steady.cli.therapist.choosing import choosing, chosen
from steady.errors import UsageFault
from steady.safety.cleaning import clean, one_line
from steady.terms import CRITERIA, Part

if TYPE_CHECKING:
    from steady.office import Office, SharedAttempt
    from steady.progress.client import ClientView, Line
    from steady.records import SelfRating
    from steady.store.caseload import CaseAttempt, CaseTurn, Client

_WIDTH = 72
_SHOWN = 20  # attempts of the list, unless told otherwise


@click.command()
@click.argument("client", metavar="CLIENT")
@choosing
@click.option("--limit", type=click.IntRange(min=1), default=_SHOWN, metavar="N", help="Attempts.")
@click.option(
    "--attempt",
    type=click.IntRange(min=1),
    metavar="N",
    help="The attempt of this number, with its words where shared.",
)
@click.option("--compare", metavar="ID", help="The first and the latest attempt at a scenario.")
def show(
    client: str,
    since: str | None,
    until: str | None,
    scenario: str | None,
    rung: str | None,
    limit: int,
    attempt: int | None,
    compare: str | None,
) -> None:
    """Show what CLIENT shared: homework, a line for each criterion, rungs, notes, attempts."""
    from steady.office import Office

    with Office() as office:
        found = office.find(client)
        if attempt is not None:
            lines = _one(office, found, attempt)
        elif compare is not None:
            lines = _both(office, found, compare)
        else:
            view = office.client(found.ref, chosen(office.today, since, until, scenario, rung))
            lines = _path(view, office, limit)
        for line in lines:
            click.echo(line)
        if attempt is None and compare is None:
            office.looked_at(found.ref)


def _path(view: "ClientView", office: "Office", limit: int) -> Iterator[str]:
    yield f"{one_line(view.client.name)} ({view.client.ref[:8]})"
    if not view.client.assigned:
        yield "Nothing was assigned here to this client; they are known from a packet alone."
    if view.clock:
        yield from _folded(view.clock)
    yield ""
    yield from _assigned(view)
    yield from _criteria(view, office)
    yield from _rungs(view)
    yield from _told(view)
    yield from _attempts(view.attempts, limit)


def _assigned(view: "ClientView") -> Iterator[str]:
    if not view.assignments:
        return
    yield "Assigned"
    for each in view.assignments:
        asked = each.assigned
        yield f"  {one_line(asked.title)}, {asked.rung}: {each.progress} shared, {each.spoken}"
    yield ""


def _criteria(view: "ClientView", office: "Office") -> Iterator[str]:
    lines = [line for line in (*view.lines, *view.return_lines) if line.points]
    if not lines:
        return
    from steady.progress.client import KINDS
    from steady.rubric.anchors import anchor

    agreement = office.agreement()
    yield "Levels, 0 to 3, worked out from the wording: the first five and the last five"
    heads = ("", *KINDS)
    rows: list[tuple[str, ...]] = [heads]
    for line in lines:
        weak = " *" if agreement[line.criterion].weak else ""
        name = anchor(line.criterion).name + weak
        returned = " (return)" if line.part is Part.RETURN else ""
        rows.append((name + returned, *(_course(line, kind) for kind in KINDS)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield ("  " + "  ".join(map(str.ljust, row, widths))).rstrip()
    if any(agreement[line.criterion].weak for line in lines):
        yield "  * Read with caution: your own ratings agree with these only weakly."
    models = [reader for reader in view.readers if reader != "embedded"]
    if models:
        yield f"  Some turns were read with a model: {one_line(', '.join(models))}."
    yield ""


def _course(line: "Line", kind: str) -> str:
    levels = [point.level for point in line.of(kind)]
    if not levels:
        return "-"
    if len(levels) < 10:
        return f"{sum(levels) / len(levels):.1f} ({len(levels)})"
    return f"{sum(levels[:5]) / 5:.1f} to {sum(levels[-5:]) / 5:.1f} ({len(levels)})"


def _rungs(view: "ClientView") -> Iterator[str]:
    if not view.rungs:
        return
    yield "Rungs"
    for each in view.rungs:
        yield (
            f"  {one_line(each.title)}, {each.rung}: practiced {each.times}, held {each.held}, "
            f"best {each.best_told}, last {each.last_told}"
        )
    yield ""


def _told(view: "ClientView") -> Iterator[str]:
    if view.field_notes:
        yield "Said for real?"
        for note in view.field_notes:
            when = f"{note.noted.astimezone():%Y-%m-%d}"
            yield f"  {when}  {one_line(note.title)}: {note.said}"
            yield from _folded(note.text, "      ")
        yield ""
    messages = [packet for packet in view.packets if packet.message]
    if messages:
        yield "Messages"
        for packet in messages:
            yield f"  {packet.made.astimezone():%Y-%m-%d}, as stated"
            yield from _folded(packet.message, "      ")
        yield ""
    if view.notes:
        yield "Your notes"
        for own in view.notes:
            yield f"  {own.noted.astimezone():%Y-%m-%d %H:%M}"
            yield from _folded(own.text, "      ")
        yield ""


def _attempts(attempts: "Sequence[CaseAttempt]", limit: int) -> Iterator[str]:
    if not attempts:
        yield "No attempts here yet."
        return
    yield "Attempts, the latest first; levels in the order above, a dash: not rated"
    for each in list(reversed(attempts))[:limit]:
        returned = " (return)" if each.part is Part.RETURN else ""
        new = "new " if each.new else ""
        words = "words" if each.with_words else "levels"
        yield (
            f"  {each.place:>4}  {each.started.astimezone():%Y-%m-%d %H:%M}  "
            f"{one_line(each.scenario.title)}{returned}"
        )
        yield (f"        {each.rung}, {each.kind}, {each.came_out}; {_levels(each)}; {new}{words}")
    if len(attempts) > limit:
        yield f"There are {len(attempts) - limit} more; --limit N shows them."


def _levels(attempt: "CaseAttempt") -> str:
    levels = attempt.levels_by_criterion
    figures = (levels.get(criterion) for criterion in CRITERIA[attempt.part])
    return " ".join("-" if figure is None else str(figure) for figure in figures)


def _one(office: "Office", client: "Client", place: int) -> Iterator[str]:
    for each in office.store.attempts(client.ref):
        if each.place == place:
            return _transcript(office.attempt(each.id))
    raise UsageFault(
        f"There is no attempt {place} of {one_line(client.name)}; without --attempt they are "
        "listed with their numbers."
    )


def _both(office: "Office", client: "Client", scenario: str) -> Iterator[str]:
    found = office.side_by_side(client.ref, scenario)
    if found is None:
        raise UsageFault(
            f"{one_line(client.name)} shared no attempt at '{one_line(scenario)[:60]}'."
        )
    yield "The only attempt" if found.only_one else "The first attempt"
    yield from _transcript(found.first)
    if not found.only_one:
        yield ""
        yield f"The latest attempt, {found.between} between"
        yield from _transcript(found.latest)


def _transcript(full: "SharedAttempt") -> Iterator[str]:
    from steady.rubric.anchors import anchor, meaning

    attempt = full.attempt
    yield one_line(attempt.scenario.title)
    yield (
        f"{attempt.started.astimezone():%Y-%m-%d %H:%M} as stated, {attempt.rung}, {attempt.kind}, "
        f"{attempt.came_out}"
    )
    yield f"Before: {_felt(attempt.before)}. After: {_felt(attempt.after)}."
    yield ""
    if full.words is None:
        yield "The client shared levels alone, no words."
    else:
        for turn in full.words.turns:
            yield from _turn(turn, attempt)
    yield ""
    for level in attempt.levels:
        figure = "not rated" if level.level is None else f"{level.level} of 3"
        reader = "" if level.reader == "embedded" else f", read with {one_line(level.reader)}"
        yield f"{anchor(level.criterion).name}: {figure}{reader}"
        yield from _folded(meaning(level.criterion, level.level), "    ")
        yield f"    {full.agreement[level.criterion].spoken}"


def _turn(turn: "CaseTurn", attempt: "CaseAttempt") -> Iterator[str]:
    who = "Client " if turn.speaker == "client" else "Partner"
    marks = [
        mark
        for mark, here in (
            ("said again differently", turn.replaced),
            ("to the program", turn.to_program),
            (f"marked as danger: {turn.danger}", turn.danger),
            ("shown, not spoken", turn.told),
        )
        if here
    ]
    for aid in attempt.aids:
        if turn.speaker == "client" and aid.number == turn.number and not turn.replaced:
            marks.append(f"after a hint: {aid.aid}")
    said = " ".join(clean(turn.text).split())
    yield from textwrap.wrap(
        f"{who}  {said}", _WIDTH, subsequent_indent=" " * 9, drop_whitespace=True
    ) or [who]
    for found in turn.moves:
        yield f"         [{found.move}] {one_line(turn.text[found.start : found.end])}"
    if marks:
        yield f"         ({'; '.join(marks)})"


def _felt(rating: "SelfRating | None") -> str:
    if rating is None:
        return "not told"
    told = (("sure", rating.sure), ("tense", rating.tense))
    return ", ".join(f"{name} {figure} of 10" for name, figure in told if figure is not None)


def _folded(text: str, indent: str = "") -> Iterator[str]:
    for paragraph in clean(text).splitlines():
        yield from textwrap.wrap(paragraph, _WIDTH, initial_indent=indent, subsequent_indent=indent)
