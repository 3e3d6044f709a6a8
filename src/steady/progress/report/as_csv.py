"""A report as a table, one row for each attempt, for a spreadsheet."""

import csv
import io

from steady.progress.report import Report
from steady.records import SelfRating
from steady.safety.cleaning import one_line
from steady.store.caseload import CaseAttempt
from steady.terms import Criterion

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_HEAD = (
    "order",
    "attempt",
    "started (as stated)",
    "ended (as stated)",
    "scenario",
    "title",
    "part",
    "rung",
    "practiced",
    "outcome",
    "turns",
    "assigned",
    "sure before (0-10)",
    "tense before (0-10)",
    "sure after (0-10)",
    "tense after (0-10)",
    "voice",
    "read by",
)
_CAUTION = "read with caution"


def as_csv(report: Report) -> str:
    """The table, its lines ended as spreadsheets expect. Levels are 0 to 3, empty: not rated.

    No cell is taken for a formula: one that would be gets an apostrophe before it.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow([*_HEAD, *Criterion, _CAUTION])
    caution = "; ".join(f"{each.criterion}: agreement {each.kappa:.2f}" for each in report.weak)
    for attempt in report.view.attempts:
        rows.writerow([harmless(cell) for cell in (*_row(attempt), caution)])
    return out.getvalue()


def harmless(cell: object) -> object:
    """A cell as it can be written: text on one line that no spreadsheet takes for a formula."""
    if not isinstance(cell, str):
        return cell
    # Looked at before it is cleaned too: some programs drop what is cleaned away here.
    risky = cell.startswith(_STARTS_A_FORMULA)
    cell = one_line(cell)
    return f"'{cell}" if risky or cell.startswith(_STARTS_A_FORMULA) else cell


def _row(attempt: CaseAttempt) -> tuple[object, ...]:
    levels = attempt.levels_by_criterion
    readers = sorted({level.reader for level in attempt.levels})
    return (
        attempt.place,
        attempt.number,
        attempt.started.astimezone().strftime("%Y-%m-%d %H:%M"),
        attempt.ended.astimezone().strftime("%Y-%m-%d %H:%M"),
        attempt.scenario.id,
        attempt.scenario.title,
        attempt.part.value,
        attempt.rung.value,
        attempt.kind,
        attempt.came_out,
        attempt.client_turns,
        "yes" if attempt.assignment else "no",
        *_felt(attempt.before),
        *_felt(attempt.after),
        attempt.voice,
        " ".join(readers),
        *(levels.get(criterion) for criterion in Criterion),
    )


def _felt(rating: SelfRating | None) -> tuple[int | None, int | None]:
    return (rating.sure, rating.tense) if rating else (None, None)
