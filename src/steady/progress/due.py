"""When homework is due, and how that is said."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from steady.store.caseload import Assigned

_SOON = 3  # days


class State(StrEnum):
    """How an assignment stands, as far as what was shared can tell."""

    OVERDUE = "overdue"
    SOON = "due soon"
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Standing:
    """An assignment and how it stands today. `days` until it is due, below 0 when overdue."""

    assigned: Assigned
    state: State
    days: int | None

    @property
    def spoken(self) -> str:
        """ "due in 2 days", "due today", "3 days overdue", "done", or "no date"."""
        if self.state is State.DONE:
            return "done"
        return spoken_days(self.days)

    @property
    def progress(self) -> str:
        """ "1 of 3"."""
        return f"{self.assigned.shared} of {self.assigned.times}"


def standing(assigned: Assigned, today: date) -> Standing:
    """How an assignment stands today."""
    days = None if assigned.due is None else (assigned.due - today).days
    if assigned.complete:
        state = State.DONE
    elif days is None or days > _SOON:
        state = State.OPEN
    else:
        state = State.OVERDUE if days < 0 else State.SOON
    return Standing(assigned, state, days)


def spoken_days(days: int | None) -> str:
    """The days until something is due, as words."""
    if days is None:
        return "no date"
    if days in (-1, 0, 1):
        return {-1: "1 day overdue", 0: "due today", 1: "due tomorrow"}[days]
    return f"due in {days} days" if days > 0 else f"{-days} days overdue"
