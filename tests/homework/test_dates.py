from datetime import date

import pytest

from steady.errors import UsageFault
from steady.homework.dates import due_day, past_day

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("today", FRIDAY),
        (" Tomorrow ", date(2026, 11, 21)),
        ("friday", date(2026, 11, 27)),
        ("Monday", date(2026, 11, 23)),
        ("in 2 weeks", date(2026, 12, 4)),
        ("in 1 day", date(2026, 11, 21)),
        ("IN  10   DAYS", date(2026, 11, 30)),
    ],
)
def test_a_day_ahead(written: str, meant: date) -> None:
    assert due_day(written, FRIDAY) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-10-01", date(2026, 10, 1)),
        ("yesterday", date(2026, 11, 19)),
        ("friday", FRIDAY),
        ("monday", date(2026, 11, 16)),
        ("saturday", date(2026, 11, 14)),
        ("4 weeks ago", date(2026, 10, 23)),
    ],
)
def test_a_day_back(written: str, meant: date) -> None:
    assert past_day(written, FRIDAY) == meant


@pytest.mark.parametrize(
    "written",
    ["", "soon", "12/01/2026", "2026-02-30", "20261201", "in two weeks", "[/]", "٢٠٢٦-١٢-٠١"],
)
def test_what_is_no_day_is_told_with_what_is_allowed(written: str) -> None:
    with pytest.raises(UsageFault, match="2026-12-01, today, tomorrow"):
        due_day(written, FRIDAY)
    with pytest.raises(UsageFault, match="2 weeks ago"):
        past_day(written, FRIDAY)


def test_a_day_that_is_over_is_no_day_to_be_due_on() -> None:
    with pytest.raises(UsageFault, match="2026-11-19 is over"):
        due_day("yesterday", FRIDAY)
