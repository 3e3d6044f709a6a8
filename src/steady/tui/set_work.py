"""How far an assignment is, in a few words."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from steady.store import Homework

_WEEK = 7


def standing(homework: "Homework", today: date) -> str:
    """How often it was done and until when there is time: "1 of 3 · due in 2 days"."""
    times = homework.assigned.times
    done = f"{min(homework.done, times)} of {times}"
    if homework.complete:
        return f"{done} · done"
    due = due_words(homework.assigned.due, today)
    return f"{done} · {due}" if due else done


def due_words(due: date | None, today: date) -> str:
    """A day that is set, seen from today; one that is past is said without reproach."""
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return "due today"
    if days == 1:
        return "due tomorrow"
    if days > 1:
        return f"due in {days} days" if days <= 2 * _WEEK else f"by {due.day} {due:%B}"
    if days == -1:
        return "was for yesterday"
    if days > -_WEEK:
        return f"was for {due:%A}"
    return f"was for {due.day} {due:%B}"
