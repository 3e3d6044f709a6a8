"""The caseload as lines."""

from collections.abc import Iterator
from datetime import date

from textual.content import Content

from steady.progress.caseload import CaseloadView, CaseRow, Look
from steady.tui.office.told import QUIET, counted, folded, names, on_day
from steady.tui.text import fit, plain, styled
from steady.tui.widgets.sheet import Row, blank, heading

_NAME = 28  # cells of a name above the reasons for a look
_LAST = 20  # cells of when they last practiced
_KEY = 3
_ROOMY = 66
_EMPTY = (
    "Nobody is here yet.",
    "Begin with homework: choose what a client rehearses, and a small file is written, the pack,"
    " which you hand over any way you like. Your client opens it, practices, and chooses what"
    " comes back to you in a packet.",
)
_ALSO = (
    ("import", "Import what clients sent", "i"),
    ("assign", "Assign homework", "a"),
    ("search:", "Search shared words and notes", "s"),
    ("calibrate", "Rate blind, to see how far the program agrees with you", "c"),
    ("help", "Help", "?"),
)


def caseload_rows(view: CaseloadView, sought: str, today: date, width: int) -> list[Row]:
    """Everybody, or those whose name has what is sought."""
    if not view.rows:
        return list(_empty(width))
    called = names(row.client for row in view.rows)
    wanted = " ".join(sought.casefold().split())
    found = [row for row in view.rows if wanted in called[row.client.ref].casefold()]
    rows: list[Row] = []
    look = [row for row in found if row.reasons]
    rest = [row for row in found if not row.reasons]
    if look:
        rows.append(heading("Needs a look"))
        for row in look:
            rows.extend(_to_look_at(row, called[row.client.ref], today, width))
        rows.append(blank())
    if rest:
        rows.append(heading("Everybody else" if look else "Clients"))
        rows.extend(_quiet(row, called[row.client.ref], today, width) for row in rest)
        rows.append(blank())
    if not found:
        rows += [Row(plain("Nobody has that in their name.")), blank()]
    rows.extend(_also(sought, width))
    return rows


def _empty(width: int) -> Iterator[Row]:
    for paragraph in _EMPTY:
        yield from (Row(line) for line in folded(paragraph, width))
        yield blank()
    yield Row(Content("Assign homework to a first client"), "assign")
    yield Row(Content("Import what a client sent"), "import")
    yield Row(Content("Help"), "help")


def _also(sought: str, width: int) -> Iterator[Row]:
    if sought:
        yield Row(
            Content.assemble("Search shared words for ", plain(f"“{fit(sought, 40).strip()}”")),
            "search:",
        )
        return
    yield heading("Also")
    for name, words, key in _ALSO:
        yield Row(Content.assemble(fit(words, width - _KEY), " ", (key, QUIET)), name)


def _to_look_at(row: CaseRow, called: str, today: date, width: int) -> Iterator[Row]:
    name = f"client:{row.client.ref}"

    def first() -> Content:
        return Content.assemble((fit(called, _NAME), "bold"), "  ", (_last(row, today), QUIET))

    yield Row(first, name)
    for reason in row.reasons:
        style = "bold $warning" if reason.look is Look.DANGER else ""
        for line in folded(reason.sentence, width, indent=2, style=style):
            yield Row(line, name)


def _quiet(row: CaseRow, called: str, today: date, width: int) -> Row:
    column = (width - (_LAST if width > _ROOMY else _LAST - 3)) // 2 - 1

    def line() -> Content:
        return Content.assemble(
            fit(called, column), " ", fit(_due(row), column), " ", styled(_last(row, today), QUIET)
        )

    return Row(line, f"client:{row.client.ref}")


def _due(row: CaseRow) -> str:
    due = row.next_due
    if due is None:
        return "nothing open"
    more = f" (+{len(row.due) - 1})" if len(row.due) > 1 else ""
    return f"{due.progress}, {due.spoken}{more}"


def _last(row: CaseRow, today: date) -> str:
    client = row.client
    if client.last_started is None:
        return "nothing yet"
    if row.reasons:
        outcome = f", {client.last_outcome.spoken}" if client.last_outcome else ""
        attempts = counted(client.attempts, "attempt")
        return f"last: {on_day(client.last_started, today)}{outcome} · {attempts}"
    return f"last: {on_day(client.last_started, today)}"
