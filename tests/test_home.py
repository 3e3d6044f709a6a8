"""All that home shows."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from assigned import KIND, assignment, keys_of, opened_pack, rehearsed
from steady.house import House
from steady.progress.next import Due, Probe, to_text
from steady.progress.planning import state_of
from steady.terms import Rung


def planned(house: House, *due: Due, probe: Probe | None = None) -> None:
    """A plan as if it had just been worked out."""
    of = state_of(house.store.totals(), datetime.now(UTC))
    house.store.keep_fact("plan", to_text(due, probe, of))


LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def test_before_the_first_rehearsal_there_is_nothing_to_plan_or_ask() -> None:
    with House() as house:
        view = house.home()
    assert (view.next, view.ask, view.homework, view.plan_is_old) == ((), None, (), False)


def test_after_a_rehearsal_the_plan_is_old_until_it_is_worked_out() -> None:
    rehearsed(KIND)
    with House() as house:
        assert house.home().plan_is_old
        house.plan_next()
        assert not house.home().plan_is_old


def test_what_is_due_is_told_with_its_reason_and_a_scenario_that_is_gone_is_not() -> None:
    rehearsed(KIND)
    with House() as house:
        gone = Due("gone", Rung.FIRM, LONG_AGO, LONG_AGO, slipped=True)
        slipping = Due("need-a-minute", Rung.FIRM, LONG_AGO, LONG_AGO, slipped=True)
        planned(house, gone, slipping, probe=Probe("gone", Rung.FIRM))
        (row,) = house.home().next
    assert (row.id, row.rung, row.probe) == ("need-a-minute", Rung.FIRM, False)
    assert row.why == "it held before, and was harder last time"


def test_a_probe_stands_beside_what_is_due() -> None:
    rehearsed(KIND)
    with House() as house:
        planned(house, probe=Probe("avoiding-me", Rung.FIRM))
        (row,) = house.home().next
    assert (row.id, row.rung, row.probe) == ("avoiding-me", Rung.FIRM, True)


def test_homework_stands_with_its_title_soonest_first(tmp_path: Path) -> None:
    later = assignment("need-a-minute", due="2030-01-02")
    sooner = assignment("avoiding-me", due="2030-01-01")
    opened_pack(tmp_path, keys_of(tmp_path), later, sooner, assignment("movie-night", due=None))
    with House() as house:
        titles = [row.homework.assigned.scenario for row in house.home().homework]
    assert titles == ["avoiding-me", "need-a-minute", "movie-night"]


def test_a_damaged_plan_is_an_old_one() -> None:
    rehearsed(KIND)
    with House() as house:
        house.store.keep_fact("plan", "[/]")
        assert house.home().plan_is_old
        assert house.home().next == ()


def test_home_loads_nothing_heavy() -> None:
    rehearsed(KIND)
    with House() as house:
        house.plan_next()
    code = (
        "import sys\n"
        "from steady.house import House\n"
        "with House() as house: house.home()\n"
        "heavy = {'fsrs', 'pydantic', 'pyrage', 'sqlite_utils', 'jinja2', 'openai', 'uuid'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
