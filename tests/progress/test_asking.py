"""When it is asked whether something was said for real."""

from datetime import UTC, datetime, timedelta

import pytest

from steady.house import House
from steady.progress.asking import to_ask, was_asked
from steady.store import PractisedRung
from steady.terms import Outcome, Rung

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def practised(
    scenario: str = "avoiding-me", days_ago: float = 1, best: Outcome = Outcome.HELD
) -> PractisedRung:
    """A scenario rehearsed so many days ago."""
    last = NOW - days_ago * DAY
    return PractisedRung(scenario, "“Later”", Rung.FIRM, 1, last, best, best)


def asked(house: House, *rows: PractisedRung, at: datetime = NOW) -> str | None:
    """The scenario that is asked about."""
    found = to_ask(house.store, rows, at)
    return found.scenario if found else None


@pytest.fixture
def house() -> House:
    return House()


def test_what_held_is_asked_about_and_what_did_not_is_not(house: House) -> None:
    assert asked(house, practised()) == "avoiding-me"
    assert asked(house, practised(best=Outcome.HELD_SHAKILY)) == "avoiding-me"
    for lost in (Outcome.GAVE_IN, Outcome.BLEW_UP, Outcome.SHUT_DOWN, Outcome.STOPPED_EARLY):
        assert asked(house, practised(best=lost)) is None


def test_never_more_than_once_a_day_whatever_was_rehearsed(house: House) -> None:
    was_asked(house.store, "avoiding-me", NOW)
    rows = practised(), practised("doodle")
    assert asked(house, *rows) is None
    assert asked(house, *rows, at=NOW + DAY) == "doodle"


def test_the_same_scenario_waits_a_week(house: House) -> None:
    was_asked(house.store, "avoiding-me", NOW)
    for days in (1, 3, 6):
        assert asked(house, practised(), at=NOW + days * DAY) is None
    assert asked(house, practised(), at=NOW + 7 * DAY) == "avoiding-me"


def test_what_is_long_past_is_left_alone(house: House) -> None:
    assert asked(house, practised(days_ago=31)) is None


@pytest.mark.parametrize(("said", "again"), [("yes", False), ("no", False), ("not yet", True)])
def test_an_answer_ends_the_asking_but_not_yet_leaves_it_open(
    house: House, said: str, again: bool
) -> None:
    house.store.keep_field_note("avoiding-me", said)  # type: ignore[arg-type]
    later = datetime.now(UTC)
    row = PractisedRung("avoiding-me", "t", Rung.FIRM, 1, later - DAY, Outcome.HELD, Outcome.HELD)
    assert (to_ask(house.store, (row,), later) is not None) is again


@pytest.mark.parametrize("kept", ["", "{", "[]", "7", "null", '{"a": 1}'])
def test_what_cannot_be_read_does_not_stop_the_asking(house: House, kept: str) -> None:
    house.store.keep_fact("asked", kept)
    assert asked(house, practised()) == "avoiding-me"
