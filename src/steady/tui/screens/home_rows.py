"""The lines of home: what each shows, and the name by which it is opened."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets.option_list import Option

from steady.tui.text import day, fit, styled
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.home import AskRow, HomeRow, HomeView, HomeworkRow, NextRow
    from steady.store import Homework

_TITLE, _RUNG = 41, 9
_SET_TITLE, _SET_STATE = 32, 26
_WHOLE = 69
_SET_SHOWN = 6
_QUIET = "$foreground 70%"


def options(view: "HomeView", ask: "AskRow | None", sought: str, today: datetime) -> list[Option]:
    """Every line of home, or those whose name holds what is sought."""
    found = list(_found(view, sought, today))
    if not sought:
        found = [*_first(view, ask, today), *found]
        if view.attempts:
            count = f"{view.attempts} attempt{'' if view.attempts == 1 else 's'}"
            found.append(Menu.heading("So far"))
            found.append(Menu.entry("progress", _row("Progress", "", count)))
    if not found:
        found.append(Option(styled("Nothing here has that in its name.", "dim"), disabled=True))
    return found


def _first(view: "HomeView", ask: "AskRow | None", today: datetime) -> Iterator[Option]:
    """What comes before the scenarios: a question, homework, what was begun, what is next."""
    if ask is not None:
        yield Menu.heading("Did you say it for real?")
        yield Menu.entry(f"ask:{ask.id}", _row(ask.title, "", f"last: {day(ask.last, today)}"))
    yield from _homework(view.homework, today)
    if view.unfinished:
        yield Menu.heading("Carry on where you stopped")
        for attempt in view.unfinished:
            turns = f"{attempt.turns} turn{'' if attempt.turns == 1 else 's'} in"
            yield Menu.entry(f"attempt:{attempt.id}", _row(attempt.title, attempt.rung, turns))
    if view.next:
        yield Menu.heading("Next for you")
        for row in view.next:
            kind = "probe" if row.probe else "next"
            rung = row.rung.value if row.rung else ""
            yield Menu.entry(f"{kind}:{row.id}:{rung}", _next(row))


def _standing(homework: "Homework", today: datetime) -> str:
    """In few enough words for a line: "1 of 3 · due in 2 days"."""
    from steady.homework.due import due_words

    due, _, _ = due_words(homework.assigned.due, today.date()).partition(";")
    words = [f"{homework.done} of {homework.assigned.times}", due]
    return fit(" · ".join(filter(None, words)), _SET_STATE).rstrip()


def _homework(rows: "tuple[HomeworkRow, ...]", today: datetime) -> Iterator[Option]:
    """By therapist: what is left to do, then what can be shared."""
    for therapist in dict.fromkeys(row.homework.therapist for row in rows):
        theirs = [row for row in rows if row.homework.therapist == therapist]
        unshared = sum(row.homework.unshared for row in theirs)
        shown = [row for row in theirs if not row.homework.complete]
        if not shown and not unshared:
            continue
        yield Menu.heading(f"For {therapist}")
        for row in shown[:_SET_SHOWN]:
            assigned = row.homework.assigned
            state = _standing(row.homework, today)
            yield Menu.entry(
                f"homework:{assigned.id}",
                Content.assemble(
                    fit(row.title, _SET_TITLE),
                    "  ",
                    (fit(assigned.rung.value, _RUNG), _QUIET),
                    (state, _QUIET),
                ),
            )
        if len(shown) > _SET_SHOWN:
            yield Menu.entry("homework", _row(f"{len(shown) - _SET_SHOWN} more", "", ""))
        if unshared:
            rehearsed = f"{unshared} rehearsal{'' if unshared == 1 else 's'}"
            words = _row(f"Share with {therapist}", "", rehearsed)
            yield Menu.entry(f"share:{theirs[0].homework.assigned.pack}", words)


def _found(view: "HomeView", sought: str, today: datetime) -> Iterator[Option]:
    for heading, rows in view.groups:
        found = [row for row in rows if sought in f"{row.title} {row.short}".lower()]
        if found:
            yield Menu.heading(heading)
            for row in found:
                state = _last(row, today)
                yield Menu.entry(f"open:{row.id}", _row(row.title, row.rung or "", state))


def _row(title: str, rung: str, state: str) -> Content:
    return Content.assemble(fit(title, _TITLE), "  ", (fit(rung, _RUNG), _QUIET), (state, _QUIET))


def _next(row: "NextRow") -> Content:
    why = f": {row.why}"
    return Content.assemble(fit(row.title, _WHOLE - len(why)).rstrip(), (why, _QUIET))


def _last(row: "HomeRow", today: datetime) -> str:
    return f"last: {day(row.last, today)}" if row.last else "not yet"
