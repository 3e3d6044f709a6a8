"""How homework is told: how far it is and when it is due, gently and in plain words."""

from datetime import date

from steady.store.homework_views import Homework

_SOON = 7  # days within which a day is told by its distance


def done_words(homework: Homework) -> str:
    """How far it is, such as "1 of 3 done"."""
    return f"{homework.done} of {homework.assigned.times} done"


def due_words(due: date | None, today: date) -> str:
    """When it is due, seen from today in the client's own time; empty where there is no day."""
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return f"was for {_day(due, today)}; still worth doing"
    if days == 0:
        return "due today"
    if days == 1:
        return "due tomorrow"
    return f"due in {days} days" if days <= _SOON else f"due {_day(due, today)}"


def homework_words(homework: Homework, today: date) -> str:
    """The whole line, such as "1 of 3 done, due in 2 days"; when done, no day is named."""
    if homework.complete:
        return "done" if homework.done == 1 else f"all {homework.assigned.times} done"
    due = due_words(homework.assigned.due, today)
    return ", ".join(part for part in (done_words(homework), due) if part)


def _day(due: date, today: date) -> str:
    ago = (today - due).days
    if ago == 1:
        return "yesterday"
    if 0 < ago < _SOON:
        return f"{due:%A}"
    year = "" if due.year == today.year else f" {due.year}"
    return f"{due.day} {due:%B}{year}"
