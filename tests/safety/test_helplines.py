"""Help lines, and what the program says."""

import re

import pytest

from steady.safety.helplines import UNCHECKED, countries, lines_for, spoken, told
from steady.terms import Danger

COUNTRIES = ("US", "GB", "IE", "CA", "AU", "NZ", "IN")


def test_the_countries_promised_are_there() -> None:
    assert set(COUNTRIES) <= set(countries())


@pytest.mark.parametrize("danger", list(Danger))
@pytest.mark.parametrize("country", [*COUNTRIES, "FR", "international", "says"])
def test_wherever_one_is_there_is_somebody_to_turn_to(country: str, danger: Danger) -> None:
    lines = lines_for(country, danger)
    assert lines[-1].number == "findahelpline.com"
    if country in COUNTRIES:
        assert len(lines) >= 3 or danger is Danger.HARM_TO_OTHERS
        assert any("mergency" in line.name for line in lines)


@pytest.mark.parametrize("danger", list(Danger))
def test_lines_made_for_it_come_before_the_general_ones(danger: Danger) -> None:
    own = lines_for("US", danger)[:-1]
    assert [len(line.kinds) for line in own] == sorted(len(line.kinds) for line in own)


def test_every_line_says_where_it_is_from_and_whether_it_was_checked() -> None:
    for country in countries():
        for danger in Danger:
            for line in lines_for(country, danger):
                assert line.source.startswith("https://")
                assert line.checked == UNCHECKED or re.search(r"\d{4}-\d\d-\d\d$", line.checked)
                assert ("not checked" in told(line)) == (line.checked == UNCHECKED)


@pytest.mark.parametrize("danger", list(Danger))
def test_the_program_speaks_plainly_and_says_that_nothing_was_sent(danger: Danger) -> None:
    words = " ".join(spoken(danger, "GB"))
    assert "stopped the practice" in words
    assert "Nothing of this was sent anywhere" in words
    assert len(words.split("Emergency")[0].split()) < 120
