from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from progress.test_caseload import client
from steady.progress.client import ClientView, Slice, client_view, compared
from steady.store.caseload import CaseAttempt, PacketRow
from steady.terms import Criterion, Ending, Outcome, Part, Rung
from store.caseload.conftest import Practice

TODAY = date(2026, 11, 20)


@pytest.fixture
def practice() -> Practice:
    return Practice(Path("nowhere"))


def view(
    *attempts: CaseAttempt, chosen: Slice | None = None, packets: tuple[PacketRow, ...] = ()
) -> ClientView:
    placed = [
        replace(each, id=100 + place, place=place, source=each.source or 1)
        for place, each in enumerate(attempts, start=1)
    ]
    return client_view(client("Ana"), placed, (), (), (), packets, TODAY, chosen or Slice())


def test_aided_unaided_and_probes_are_lines_of_their_own(practice: Practice) -> None:
    found = view(
        practice.attempt(1, aided=True, level=1),
        practice.attempt(2, level=2),
        practice.attempt(3, probe=True, level=0),
        practice.attempt(4, level=None),
        practice.attempt(5, level=3, reader="some-model"),
    )
    line = next(each for each in found.lines if each.criterion is Criterion.VALIDATION)
    assert [(p.position, p.level, p.kind) for p in line.points] == [
        (0, 1, "aided"),
        (1, 2, "unaided"),
        (2, 0, "probe"),
        (4, 3, "unaided"),
    ]
    assert [point.reader for point in line.of("unaided")] == ["embedded", "some-model"]
    assert found.readers == ("embedded", "some-model")


def test_the_return_has_lines_of_its_own(practice: Practice) -> None:
    found = view(practice.attempt(1, part=Part.RETURN), practice.attempt(2))
    assert [p.attempt for line in found.lines for p in line.points] == [102, 102]
    assert all(not line.points for line in found.return_lines)


def test_what_is_looked_at_can_be_chosen(practice: Practice) -> None:
    path = [
        practice.attempt(number, day=number, scenario=scenario, rung=rung)
        for number, scenario, rung in (
            (1, "a", Rung.GENTLE),
            (5, "b", Rung.FIRM),
            (9, "a", Rung.FIRM),
        )
    ]
    assert [a.number for a in view(*path, chosen=Slice(scenario="a")).attempts] == [1, 9]
    assert [a.number for a in view(*path, chosen=Slice(rung=Rung.FIRM)).attempts] == [5, 9]
    between = Slice(since=date(2026, 11, 2), until=date(2026, 11, 9))
    assert [a.number for a in view(*path, chosen=between).attempts] == [5, 9]
    found = view(*path, chosen=Slice(scenario="none"))
    assert found.attempts == ()
    assert [key for key, _ in found.scenarios] == ["a", "b"]  # to choose from


def test_rungs_and_outcomes_are_counted(practice: Practice) -> None:
    found = view(
        practice.attempt(1, rung=Rung.FIRM, outcome=Outcome.GAVE_IN),
        practice.attempt(2, rung=Rung.GENTLE),
        practice.attempt(3, rung=Rung.FIRM, outcome=Outcome.HELD_SHAKILY),
    )
    assert [(r.rung, r.times, r.held, r.best, r.last) for r in found.rungs] == [
        (Rung.GENTLE, 1, 1, Outcome.HELD, Outcome.HELD),
        (Rung.FIRM, 2, 0, Outcome.HELD_SHAKILY, Outcome.HELD_SHAKILY),
    ]
    assert found.outcomes[Outcome.GAVE_IN] == 1
    assert found.outcomes[Outcome.BLEW_UP] == 0


def test_a_partner_who_left_is_told_apart_from_a_client_who_stopped(practice: Practice) -> None:
    early = Outcome.STOPPED_EARLY
    found = view(
        practice.attempt(1, outcome=early, ending=Ending.LEFT_HURT),
        practice.attempt(2, outcome=early, ending=Ending.STOPPED),
        practice.attempt(3, outcome=early, ending=Ending.LEFT_HURT),
        practice.attempt(4),
    )
    assert found.outcomes_told == (("held", 1), ("partner left", 2), ("stopped early", 1))
    (rung,) = found.rungs
    assert (rung.best_told, rung.last_told) == ("held", "held")
    (left,) = view(practice.attempt(1, outcome=early, ending=Ending.LEFT_HURT)).rungs
    assert (left.best_told, left.last_told) == ("partner left", "partner left")


def test_a_clock_that_went_back_is_told(practice: Practice) -> None:
    assert view(practice.attempt(1, day=3), practice.attempt(2, day=4)).clock == ""
    assert "clock" in view(practice.attempt(1, day=5), practice.attempt(2, day=4)).clock
    now = datetime(2026, 11, 20, tzinfo=UTC)
    ahead = PacketRow(1, 1, now + timedelta(days=40), now, "Ana", "", 1)
    assert "clock" in view(practice.attempt(1), packets=(ahead,)).clock


def test_the_first_and_the_latest_talk_are_compared(practice: Practice) -> None:
    path = [
        practice.attempt(1, scenario="b"),
        practice.attempt(2, scenario="a", rung=Rung.GENTLE),
        practice.attempt(3, scenario="a"),
        practice.attempt(4, scenario="a"),
        practice.attempt(5, scenario="a", part=Part.RETURN),
    ]
    found = compared(path, "a")
    assert found is not None
    assert (found.first.number, found.latest.number, found.between) == (2, 4, 1)
    on_rung = compared(path, "a", Rung.FIRM)
    assert on_rung is not None
    assert (on_rung.first.number, on_rung.latest.number, on_rung.between) == (3, 4, 0)
    assert compared(path, "c") is None
