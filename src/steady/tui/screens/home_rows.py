"""The lines of home: what each shows, and the name by which it is opened."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets.option_list import Option

from steady.tui.text import day, fit, styled
from steady.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from steady.home import AskRow, HomeView, HomeworkRow, NextRow
    from steady.store import Homework

_RUNG, _STATE, _SET_STATE = 9, 18, 26
_WHOLE, _AROUND = 69, 7  # cells of a line at 80 columns, and those that it never has
_SET_SHOWN = 6
_TITLE = 20  # cells that a title keeps beside a long reason
_QUIET = "$foreground 70%"


def options(
    view: "HomeView", ask: "AskRow | None", sought: str, today: datetime, width: int
) -> list[Option]:
    """Every line of home, or those whose name holds what is sought.

    `width` is that of the terminal, in cells.
    """
    return _Lines(min(_WHOLE, width - _AROUND), today).options(view, ask, sought)


class _Lines:
    """Lines of one width, seen from one day."""

    def __init__(self, width: int, today: datetime) -> None:
        """`width` in cells, without the sign before a line."""
        self._width = width
        self._today = today

    def options(self, view: "HomeView", ask: "AskRow | None", sought: str) -> list[Option]:
        found = list(self._scenarios(view, sought))
        if not sought:
            found = [*self._first(view, ask), *found]
            if view.attempts:
                count = f"{view.attempts} attempt{'' if view.attempts == 1 else 's'}"
                found.append(Menu.heading("So far"))
                found.append(Menu.entry("progress", self._row("Progress", "", count)))
            found.append(Menu.heading("With a therapist"))
            what = "see all" if view.homework else "open a file"
            found.append(Menu.entry("all-homework", self._row("Homework", "", what)))
        if not found:
            words = styled("Nothing here has that in its name.", "dim")
            found.append(Option(words, disabled=True))
        return found

    def _first(self, view: "HomeView", ask: "AskRow | None") -> Iterator[Option]:
        """What comes before the scenarios: a question, homework, what was begun, what is next."""
        if ask is not None:
            yield Menu.heading("Did you say it for real?")
            last = f"last: {day(ask.last, self._today)}"
            yield Menu.entry(f"ask:{ask.id}", self._row(ask.title, "", last))
        yield from self._homework(view.homework)
        if view.unfinished:
            yield Menu.heading("Carry on where you stopped")
            for attempt in view.unfinished:
                turns = f"{attempt.turns} turn{'' if attempt.turns == 1 else 's'} in"
                words = self._row(attempt.title, attempt.rung, turns)
                yield Menu.entry(f"attempt:{attempt.id}", words)
        if view.next:
            yield Menu.heading("Next for you")
            for row in view.next:
                kind = "probe" if row.probe else "next"
                rung = row.rung.value if row.rung else ""
                yield Menu.entry(f"{kind}:{row.id}:{rung}", self._next(row))

    def _homework(self, rows: "tuple[HomeworkRow, ...]") -> Iterator[Option]:
        """By therapist: what is left to do, then what can be shared. Two of one name stay two."""
        for key in dict.fromkeys(row.key for row in rows):
            theirs = [row for row in rows if row.key == key]
            unshared = sum(row.homework.unshared for row in theirs)
            shown = [row for row in theirs if not row.homework.complete]
            if not shown and not unshared:
                continue
            therapist = theirs[0].homework.therapist
            yield Menu.heading(fit(f"For {therapist}", self._width).rstrip())
            for row in shown[:_SET_SHOWN]:
                assigned = row.homework.assigned
                words = self._row(
                    row.title, assigned.rung.value, self._standing(row.homework), _SET_STATE
                )
                yield Menu.entry(f"homework:{assigned.id}", words)
            if len(shown) > _SET_SHOWN:
                yield Menu.entry("homework", f"{len(shown) - _SET_SHOWN} more")
            if unshared:
                rehearsed = f"{unshared} rehearsal{'' if unshared == 1 else 's'}"
                words = self._row(f"Share with {therapist}", "", rehearsed)
                yield Menu.entry(f"share:{theirs[0].homework.assigned.pack}", words)

    def _scenarios(self, view: "HomeView", sought: str) -> Iterator[Option]:
        for heading, rows in view.groups:
            found = [row for row in rows if sought in f"{row.title} {row.short}".lower()]
            if found:
                yield Menu.heading(fit(heading, self._width).rstrip())
                for row in found:
                    state = f"last: {day(row.last, self._today)}" if row.last else "not yet"
                    yield Menu.entry(f"open:{row.id}", self._row(row.title, row.rung or "", state))

    def _row(self, title: str, rung: str, state: str, room: int = _STATE) -> Content:
        return Content.assemble(
            fit(title, self._width - room - _RUNG - 2),
            "  ",
            (fit(rung, _RUNG), _QUIET),
            (fit(state, room).rstrip(), _QUIET),
        )

    def _next(self, row: "NextRow") -> Content:
        why = f": {row.why}"
        title = fit(row.title, max(self._width - len(why), _TITLE)).rstrip()
        return Content.assemble(
            title, (fit(why, self._width - Content(title).cell_length).rstrip(), _QUIET)
        )

    def _standing(self, homework: "Homework") -> str:
        """In few enough words for a line: "1 of 3 · due in 2 days"."""
        from steady.homework.due import due_words

        due, _, _ = due_words(homework.assigned.due, self._today.date()).partition(";")
        words = [f"{homework.done} of {homework.assigned.times}", due]
        return " · ".join(filter(None, words))
