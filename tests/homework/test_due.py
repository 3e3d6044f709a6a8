"""How homework is told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from steady.homework.due import due_words, homework_words
from steady.store import Assigned, Homework
from steady.terms import Rung

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "due today"),
        (1, "due tomorrow"),
        (2, "due in 2 days"),
        (7, "due in 7 days"),
        (8, "due 28 November"),
        (60, "due 19 January 2027"),
        (-1, "was for yesterday; still worth doing"),
        (-3, "was for Tuesday; still worth doing"),
        (-30, "was for 21 October; still worth doing"),
    ],
)
def test_a_day_is_told_from_where_one_stands(days: int, said: str) -> None:
    assert due_words(FRIDAY + timedelta(days), FRIDAY) == said


def test_without_a_day_nothing_is_said_of_one() -> None:
    assert due_words(None, FRIDAY) == ""


@pytest.mark.parametrize(
    ("done", "times", "due", "said"),
    [
        (1, 3, FRIDAY + timedelta(2), "1 of 3 done, due in 2 days"),
        (0, 1, None, "0 of 1 done"),
        (1, 1, FRIDAY - timedelta(9), "done"),
        (4, 3, FRIDAY, "all 3 done"),
    ],
)
def test_how_far_it_is(done: int, times: int, due: date | None, said: str) -> None:
    asked = Assigned("a", "p", "avoiding-me", Rung.GENTLE, times, due, None, "")
    homework = Homework(asked, "Dr Moreno", done, done, 0, datetime.now(UTC))
    assert homework_words(homework, FRIDAY) == said
