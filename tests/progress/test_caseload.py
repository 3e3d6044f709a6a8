from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from steady.progress.caseload import Look, caseload, slipping
from steady.progress.due import State, spoken_days, standing
from steady.store.caseload import Assigned, Client, Recent
from steady.terms import Criterion, Outcome, Rung

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def client(name: str, **more: Any) -> Client:
    told: dict[str, Any] = {
        "ref": name,
        "name": name,
        "created": NOW,
        "assigned": True,
        "attempts": 0,
        "new": 0,
        "new_danger": 0,
        "new_field_notes": 0,
        "last_started": None,
        "last_title": "",
        "last_rung": None,
        "last_outcome": None,
        "recent": (),
    }
    return Client(**(told | more))


def assigned(ref: str, day: int | None, shared: int = 0, times: int = 3) -> Assigned:
    return Assigned(
        id=f"{ref} {day}",
        ref=ref,
        pack="p",
        scenario="need-a-minute",
        title="“I need a minute”",
        rung=Rung.FIRM,
        times=times,
        due=None if day is None else date(2026, 11, day),
        aids=None,
        note="",
        made=NOW,
        shared=shared,
    )


def recent(*levels: int | None, kind: str = "unaided") -> tuple[Recent, ...]:
    return tuple(Recent(kind, Outcome.HELD, {Criterion.RETURN: level}) for level in levels)


def test_who_needs_a_look_comes_first_then_what_is_due_then_the_name() -> None:
    view = caseload(
        [
            client("Zoë"),
            client("ben", attempts=3, new=2),
            client("Ana"),
            client("Cleo", new=1, new_danger=1),
            client("Dan"),
            client("Eve", recent=recent(3, 3, 3, 1, 1, 1)),
            client("Finn"),
        ],
        [assigned("Zoë", 22), assigned("Dan", 18), assigned("Ana", None)],
        TODAY,
    )
    assert [row.client.name for row in view.rows] == [
        "Cleo",
        "Dan",
        "Eve",
        "ben",
        "Zoë",
        "Ana",
        "Finn",
    ]
    assert [sorted(row.looks) for row in view.rows[:4]] == [
        [Look.DANGER, Look.NEW],
        [Look.OVERDUE],
        [Look.SLIPPING],
        [Look.NEW],
    ]
    assert view.to_look_at == 4
    assert view.rows[1].reasons[0].sentence == "“I need a minute”: 0 of 3, 2 days overdue."
    assert view.rows[2].reasons[0].sentence == "Return fell from 3.0 to 1.0 over the last attempts."


def test_what_is_done_is_neither_due_nor_overdue() -> None:
    (row,) = caseload([client("Ana")], [assigned("Ana", 1, shared=3)], TODAY).rows
    assert row.due == ()
    assert row.next_due is None
    assert row.reasons == ()


def test_what_is_due_soonest_comes_first_and_no_date_last() -> None:
    given = [assigned("Ana", None), assigned("Ana", 25), assigned("Ana", 10)]
    (row,) = caseload([client("Ana")], given, TODAY).rows
    assert [each.days for each in row.due] == [-10, 5, None]


def test_how_an_assignment_stands() -> None:
    found = [standing(assigned("Ana", day), TODAY).state for day in (19, 20, 23, 24, None)]
    assert found == [State.OVERDUE, State.SOON, State.SOON, State.OPEN, State.OPEN]
    assert [spoken_days(days) for days in (-2, -1, 0, 1, 5, None)] == [
        "2 days overdue",
        "1 day overdue",
        "due today",
        "due tomorrow",
        "due in 5 days",
        "no date",
    ]


def test_slipping_is_two_levels_over_three_attempts_of_one_kind() -> None:
    assert slipping(recent(3, 3, 3, 3, 2, 2)) == (Criterion.RETURN, 7 / 3, 3.0)
    assert slipping(recent(3, 3, 3, 3, 3, 2)) is None
    assert slipping(recent(0, 3, 3, 3, None, 2, 2, 2)) == (Criterion.RETURN, 2.0, 3.0)
    assert slipping(recent(3, 3, 1, 1, 1)) is None  # too few to tell
    assert slipping(recent(1, 1, 1, 3, 3, 3)) is None


def test_doing_without_aids_does_not_look_like_slipping() -> None:
    path = recent(3, 3, 3, kind="aided") + recent(1, 1, 1)
    assert slipping(path) is None
