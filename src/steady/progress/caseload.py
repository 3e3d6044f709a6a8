"""The caseload at a glance: for each client what is due, when they last practised, what needs a
look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from steady.progress.client import KINDS
from steady.progress.due import Standing, State, standing
from steady.rubric.anchors import anchor
from steady.store.caseload import Assigned, Client, Recent
from steady.terms import CRITERIA, Criterion, Part

_WINDOW = 3
_SLIP = 2


class Look(StrEnum):
    """Why a client needs a look, the most pressing first."""

    DANGER = "danger"
    OVERDUE = "overdue"
    SLIPPING = "slipping"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to look, with a sentence that says what it is."""

    look: Look
    sentence: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A client in the caseload. `due` holds what is not done, soonest first (no date last)."""

    client: Client
    due: tuple[Standing, ...]
    reasons: tuple[Reason, ...]

    @property
    def next_due(self) -> Standing | None:
        """What is due next, overdue first."""
        return self.due[0] if self.due else None

    @property
    def looks(self) -> frozenset[Look]:
        """Why a look is needed, without the sentences."""
        return frozenset(reason.look for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class CaseloadView:
    """Everybody, those who need a look first, then by what is due, then by name."""

    rows: tuple[CaseRow, ...]

    @property
    def to_look_at(self) -> int:
        """How many clients need a look."""
        return sum(1 for row in self.rows if row.reasons)


def caseload(clients: Iterable[Client], assigned: Iterable[Assigned], today: date) -> CaseloadView:
    """The caseload as it stands today."""
    of_client: dict[str, list[Standing]] = {}
    for each in assigned:
        stands = standing(each, today)
        if stands.state is not State.DONE:
            of_client.setdefault(each.ref, []).append(stands)
    rows = []
    for client in clients:
        due = sorted(of_client.get(client.ref, ()), key=_by_day)
        rows.append(CaseRow(client, tuple(due), tuple(_reasons(client, due))))
    return CaseloadView(tuple(sorted(rows, key=_by_need)))


def slipping(recent: Sequence[Recent]) -> tuple[Criterion, float, float] | None:
    """The criterion that fell most, with its means over the last three attempts and the three
    before, or None.

    Attempts with aids, without, and probes are each compared with their own kind, so that doing
    without aids never looks like slipping. Two levels less over three attempts is a slip.
    """
    worst: tuple[int, Criterion, int, int] | None = None
    for kind in KINDS:
        of_kind = [each.levels for each in recent if each.kind == kind]
        if len(of_kind) < 2 * _WINDOW:
            continue
        for criterion in CRITERIA[Part.TALK]:
            rated = [level for each in of_kind if (level := each.get(criterion)) is not None]
            if len(rated) < 2 * _WINDOW:
                continue
            now, before = sum(rated[-_WINDOW:]), sum(rated[-2 * _WINDOW : -_WINDOW])
            if before - now >= _SLIP and (worst is None or before - now > worst[0]):
                worst = (before - now, criterion, now, before)
    return None if worst is None else (worst[1], worst[2] / _WINDOW, worst[3] / _WINDOW)


def _reasons(client: Client, due: Sequence[Standing]) -> Iterable[Reason]:
    if client.new_danger:
        many = client.new_danger > 1
        yield Reason(
            Look.DANGER,
            f"Words marked as danger came with {client.new_danger} attempt{'s' * many}.",
        )
    overdue = [each for each in due if each.state is State.OVERDUE]
    if overdue:
        first = overdue[0]
        more = f", and {len(overdue) - 1} more" if len(overdue) > 1 else ""
        yield Reason(
            Look.OVERDUE, f"{first.assigned.title}: {first.progress}, {first.spoken}{more}."
        )
    slip = slipping(client.recent)
    if slip:
        criterion, now, before = slip
        yield Reason(
            Look.SLIPPING,
            f"{anchor(criterion).name} fell from {before:.1f} to {now:.1f} over the last attempts.",
        )
    if client.new or client.new_field_notes:
        told = [
            f"{count} new {what}{'s' * (count > 1)}"
            for count, what in ((client.new, "attempt"), (client.new_field_notes, "field note"))
            if count
        ]
        yield Reason(Look.NEW, f"{' and '.join(told)}.")


def _by_day(due: Standing) -> tuple[bool, int]:
    return (due.days is None, due.days or 0)


def _by_need(row: CaseRow) -> tuple[int, int, str]:
    looks = list(Look)
    first = looks.index(row.reasons[0].look) if row.reasons else len(looks)
    days = row.due[0].days if row.due else None
    return (first, 10**6 if days is None else days, row.client.name.casefold())
