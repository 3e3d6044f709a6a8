"""The house: what home shows, and what is suggested next."""

import subprocess
import sys
from pathlib import Path

import pytest

from steady.house import House
from steady.terms import Outcome, Rung

KIND = "I hear how hard today was for you. I need 20 minutes, then I'll come to you."


@pytest.fixture
def house() -> House:
    """The rooms over the temporary home."""
    return House()


def test_the_first_time_is_the_first_time_once(house: House) -> None:
    assert house.home().first_run
    house.seen_welcome()
    assert not house.home().first_run


def test_home_groups_the_twelve_scenarios(house: House) -> None:
    groups = dict(house.home().groups)
    assert len(groups["With a partner"]) == 10
    assert len(groups["At work"]) == 2


def test_home_shows_what_was_done_and_what_is_unfinished(house: House) -> None:
    done = house.begin(house.scene("need-a-minute", Rung.FIRM, seed=1))
    done.say(KIND)
    done.close()
    begun = house.begin(house.scene("movie-night", Rung.GENTLE, seed=1))
    begun.say(KIND)
    view = house.home()
    row = next(row for _, rows in view.groups for row in rows if row.id == "need-a-minute")
    assert row.rung == "firm"
    assert row.last is not None
    assert [(open_.id, open_.turns) for open_ in view.unfinished] == [(begun.attempt, 1)]
    assert view.attempts == 1


def test_the_rung_to_try_next_is_the_lowest_not_yet_held(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert house.suggested_rung("avoiding-me") is Rung.GENTLE
    from dataclasses import replace

    attempt = house.begin(house.scene("avoiding-me", Rung.GENTLE, seed=1))
    attempt.say(KIND)
    found = attempt.close()
    house.store.reopen(attempt.attempt)
    house.store.end(attempt.attempt, replace(found, outcome=Outcome.HELD))
    assert house.suggested_rung("avoiding-me") is Rung.FIRM


def test_a_script_is_kept_per_scenario_and_rung(house: House) -> None:
    house.keep_script("avoiding-me", Rung.FIRM, "  My own words.  ")
    assert house.script("avoiding-me", Rung.FIRM) == "My own words."
    assert house.script("avoiding-me", Rung.GENTLE) != "My own words."
    house.keep_script("avoiding-me", Rung.FIRM, "   ")
    assert house.script("avoiding-me", Rung.FIRM) == "My own words."


def test_a_broken_file_is_named_and_the_rest_goes_on(house: House, home: Path) -> None:
    own = home / "scenarios"
    own.mkdir(parents=True)
    own.joinpath("mine.toml").write_text('format = 1\nid = "mine"\n')
    assert any("mine.toml" in sentence for sentence in house.scenario_faults())
    assert len([row for _, rows in house.home().groups for row in rows]) == 12


def test_the_first_paint_pays_for_no_room_behind_the_screens() -> None:
    code = (
        "import sys; from steady.tui.app import SteadyApp; import steady.faults;"
        "print([m for m in sys.modules if m.split('.')[0] in"
        " {'click', 'pydantic', 'pydantic_settings', 'sqlite_utils', 'openai', 'tomllib'}"
        " or m in {'steady.store', 'steady.reading', 'steady.house', 'steady.practice'}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
