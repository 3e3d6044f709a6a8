"""`steady history`: what was rehearsed, as a table, as CSV or as JSON."""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from steady.errors import UsageFault
from steady.rubric.readers import SHORT
from steady.terms import CRITERIA, Criterion, Part, part_of

if TYPE_CHECKING:
    from steady.records import Usage
    from steady.store import AttemptSummary, Levels, SaidTurn, Store, Transcript

_SHOWN = 30  # rows of the table unless told otherwise
_HEADINGS = ("no.", "date", "scenario", "rung", "outcome", "aids", "reader", "levels")
_LEGEND = (
    "Levels from 0 (not yet) to 3 (strong), in this order: "
    + ", ".join(criterion.replace("-", " ") for criterion in CRITERIA[Part.TALK])
    + ". A dash: not rated. Of a return: "
    + ", ".join(criterion.replace("-", " ") for criterion in CRITERIA[Part.RETURN])
    + "."
)
_STARTS_A_FORMULA = ("=", "+", "-", "@")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with every turn.")
@click.option("--csv", "as_csv", is_flag=True, help="For a spreadsheet; levels, no words.")
@click.option("--scenario", metavar="ID", help="Attempts of this scenario alone.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"At most N attempts. Without it the table shows {_SHOWN}; JSON and CSV hold all.",
)
@click.option(
    "--forget", type=click.IntRange(min=1), metavar="N", help="Erase attempt N with every word."
)
@click.option("--yes", is_flag=True, help="Erase it without asking, for scripts.")
def history(
    as_json: bool,
    as_csv: bool,
    scenario: str | None,
    limit: int | None,
    forget: int | None,
    yes: bool,
) -> int:
    """Attempts, finished or not, the newest first."""
    if as_json and as_csv:
        raise UsageFault("--json and --csv are two ways to print one history; choose one")
    from steady.places import places

    path = places().database
    if forget is not None:
        return _forget(path, forget, yes=yes)
    if _is_there(path):
        from steady.store import Store

        with Store.open(path) as store:
            if as_json:
                _print_json(store, store.attempts(scenario, limit))
            elif as_csv:
                _print_csv(store.attempts(scenario, limit))
            else:
                rows = limit or _SHOWN
                found = store.attempts(scenario, rows + 1)
                _print_table(found[:rows], scenario, more=len(found) > rows)
    elif as_csv:
        _print_csv(())
    elif not as_json:
        _print_table((), scenario, more=False)
    return 0


def _forget(path: Path, attempt: int, *, yes: bool) -> int:
    """Erase one attempt, after saying what goes and what cannot be called back."""
    from steady.cli.asking import agreed
    from steady.safety.cleaning import one_line
    from steady.store import Store, copies_beside
    from steady.store.errors import no_such_attempt

    if not _is_there(path):
        raise no_such_attempt(path, attempt)
    with Store.open(path) as store:
        said = store.transcript(attempt)
        title, when = one_line(said.start.scenario.title), said.started.astimezone()
        print(f"{title}, {said.start.rung}, {when:%Y-%m-%d %H:%M}: {len(said.turns)} turns.")
        print("Every word of it, its levels, ratings and field notes go, for good.")
        if any(part.attempt == attempt for each in store.shares() for part in each.attempts):
            print("It was shared; what your therapist has received stays with them.")
        if not yes and not agreed("Erase it?"):
            print("Nothing was erased.")
            return 1
        store.forget_attempt(attempt)
    print("Erased.")
    for copy in copies_beside(path):
        print(f"An older copy may still hold it: {one_line(str(copy))}")
    return 0


def _is_there(path: Path) -> bool:
    """Whether there is a history at all: looking at it must not begin one."""
    try:
        return path.exists()
    except OSError:
        return True  # the store knows how to say what stands in the way


def _print_table(attempts: Sequence["AttemptSummary"], scenario: str | None, *, more: bool) -> None:
    from steady.safety.cleaning import one_line

    if not attempts:
        whose = "" if scenario is None else f" of '{one_line(scenario)}'"
        print(f"No attempts{whose} yet; `steady practice ID` begins one.")
        return
    cells = [_HEADINGS, *((*_cells(each), _row_of_levels(each.levels)) for each in attempts)]
    cells = [tuple(one_line(cell) for cell in row) for row in cells]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        print("  ".join(map(str.ljust, row, widths)).rstrip())
    print()
    print(_LEGEND)
    if more:
        print("There are older attempts; --limit N shows more.")


def _cells(attempt: "AttemptSummary") -> tuple[str, ...]:
    return (
        str(attempt.attempt),
        f"{attempt.started.astimezone():%Y-%m-%d %H:%M}",
        attempt.scenario,
        attempt.rung,
        attempt.came_out or "unfinished",
        "aided" if attempt.aided else "unaided",
        SHORT.get(attempt.reader, attempt.reader) if attempt.levels else "",
    )


def _row_of_levels(levels: "Levels") -> str:
    if not levels:
        return ""
    part = part_of(levels)
    figures = (levels.get(criterion) for criterion in CRITERIA[part])
    row = " ".join("-" if figure is None else str(figure) for figure in figures)
    return f"return {row}" if part is Part.RETURN else row


def _print_csv(attempts: Sequence["AttemptSummary"]) -> None:
    rows = csv.writer(sys.stdout, lineterminator="\n")
    head = (
        "attempt",
        "started",
        "ended",
        "scenario",
        "title",
        "rung",
        "outcome",
        "aided",
        "reader",
    )
    rows.writerow((*head, *Criterion))
    for each in attempts:
        rows.writerow(
            [
                each.attempt,
                _stamp(each.started),
                _stamp(each.ended),
                _harmless(each.scenario),
                _harmless(each.title),
                each.rung,
                each.outcome or "unfinished",
                "yes" if each.aided else "no",
                each.reader if each.levels else None,
                *(each.levels.get(criterion) for criterion in Criterion),
            ]
        )


def _harmless(cell: str) -> str:
    """A cell on one line, without control signs, that no spreadsheet takes for a formula."""
    from steady.safety.cleaning import one_line

    cell = one_line(cell)
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def _print_json(store: "Store", attempts: Sequence["AttemptSummary"]) -> None:
    from steady.store import NoSuchAttemptError

    for each in attempts:
        try:
            transcript = store.transcript(each.attempt)
        except NoSuchAttemptError:  # forgotten in another window since the list was made
            continue
        print(json.dumps(_as_object(transcript, store.usage_of(each.attempt))))


def _as_object(said: "Transcript", usage: "Usage") -> dict[str, Any]:
    found = said.feedback
    keep, change = (found.keep, found.change) if found else (None, None)
    return {
        "attempt": said.attempt,
        "scenario": said.start.scenario.id,
        "title": said.start.scenario.title,
        "rung": said.start.rung,
        "seed": said.start.seed,
        "assignment": said.start.assignment,
        "probe": said.start.probe,
        "started": _stamp(said.started),
        "ended": _stamp(said.ended),
        "outcome": found.outcome if found else None,
        "ending": found.ending if found else None,
        "aided": said.aided,
        "aids": [{"aid": aid.aid, "turn": aid.number} for aid in said.aids],
        "before": said.before and {"sure": said.before.sure, "tense": said.before.tense},
        "after": said.after and {"sure": said.after.sure, "tense": said.after.tense},
        "levels": {
            level.criterion: {"level": level.level, "evidence": level.evidence, "turn": level.turn}
            for level in (found.levels if found else ())
        },
        "keep": keep and {"quote": keep.quote, "why": keep.why, "turn": keep.turn},
        "change": change
        and {
            "instead": change.instead,
            "try": change.try_,
            "mends": change.mends,
            "turn": change.turn,
        },
        "reader": found.reader if found else None,
        "coach": found.coach if found else None,
        "weighed": [
            {
                "turn": move.turn,
                "reader": move.reader,
                "move": move.move,
                "start": move.start,
                "end": move.end,
                "kept": move.kept,
                "why": move.why,
            }
            for move in (found.proposed if found else ())
        ],
        "voice": said.start.voice,
        "model": {
            "requests": usage.requests,
            "tokens": usage.tokens,
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "estimated": usage.estimated,
            "cost": usage.cost,
        },
        "turns": list(_turns(said.turns)),
    }


def _turns(turns: Sequence["SaidTurn"]) -> Iterator[dict[str, Any]]:
    from steady.records import PartnerTurn

    for said in turns:
        turn = said.turn
        common = {
            "turn": turn.number,
            "said": _stamp(said.said_at),
            "replaced": bool(said.replaced),
            "text": turn.text,
        }
        if isinstance(turn, PartnerTurn):
            stance = turn.stance
            yield {
                "speaker": "partner",
                **common,
                "act": turn.act or "open",
                "stance": {
                    "tension": stance.tension,
                    "heard": stance.heard,
                    "trust": stance.trust,
                },
                "voice": turn.voice,
                "why": turn.voice_why,
            }
        else:
            yield {
                "speaker": "client",
                **common,
                "quality": turn.reading.quality,
                "moves": [
                    {"move": found.move, "start": found.start, "end": found.end}
                    for found in turn.reading.found
                ],
                "danger": turn.danger,
                "to_program": turn.to_program,
            }


def _stamp(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
