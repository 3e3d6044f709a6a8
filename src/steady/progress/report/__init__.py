"""Reports on one client's shared practice: a page to read or print, a table, or JSON.

`as_html`, `as_csv` and `as_json` each turn a `Report` into the text of a file. Importing this is
cheap; the page's templates are loaded with the first page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from steady.progress.calibration import Agreement
from steady.progress.client import ClientView
from steady.store.caseload import CaseWords
from steady.terms import Criterion, Part

Form = Literal["html", "csv", "json"]

COMPUTED = (
    "Levels run from 0 (not yet) over 1 (emerging) and 2 (steady) to 3 (strong). A program works "
    "them out from the wording alone, by fixed rules; no person rated them, and they are not a "
    "measure of the person. Where an attempt gave no chance to show something, it is not rated."
)
"""What the scores are, as it stands in every report."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a report is made from.

    `agreement` is of the rubric with this therapist; `words` holds the words of attempts that
    are to be in the report, by the caseload's id (empty: no words); `notes` says whether the
    therapist's own notes are.
    """

    view: ClientView
    therapist: str
    made: datetime
    agreement: Mapping[Criterion, Agreement]
    words: Mapping[int, CaseWords] = field(default_factory=dict)
    notes: bool = False

    @property
    def weak(self) -> tuple[Agreement, ...]:
        """The criteria whose levels are to be read with caution."""
        return tuple(each for each in self.agreement.values() if each.weak)


def words_needed(view: ClientView, form: Form) -> tuple[int, ...]:
    """The attempts whose words a report of this form has room for: none in a table, the first
    and the latest talk at each scenario on a page, all in JSON."""
    if form == "csv":
        return ()
    if form == "json":
        return tuple(each.id for each in view.attempts if each.with_words)
    ends: dict[str, list[int]] = {}
    for each in view.attempts:
        if each.with_words and each.part is Part.TALK:
            ends[each.scenario.id] = [*ends.get(each.scenario.id, ())[:1], each.id]
    return tuple(attempt for found in ends.values() for attempt in found)


def rendered(report: Report, form: Form) -> bytes:
    """The bytes of a report's file."""
    if form == "csv":
        from steady.progress.report.as_csv import as_csv

        # The mark at the start is what makes spreadsheets read the file as UTF-8.
        return b"\xef\xbb\xbf" + as_csv(report).encode()
    if form == "json":
        from steady.progress.report.as_json import as_json

        return as_json(report).encode()
    from steady.progress.report.as_html import as_html

    return as_html(report).encode()
