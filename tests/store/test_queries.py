from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from steady.records import AttemptStart, Feedback, Practised, SelfRating
from steady.store import Store, Totals
from steady.terms import Criterion, Ending, Outcome, Rung

if TYPE_CHECKING:
    from store.conftest import Desk


def test_a_new_history_answers_every_question_with_nothing(desk: Desk) -> None:
    with desk.open() as store:
        assert store.unfinished() == ()
        assert store.practised() == ()
        assert store.totals() == Totals(0, 0, 0, 0, None, None)
        assert store.trend() == ()
        assert store.attempts() == ()
        assert store.last_states("minute", 3) == ()
        assert store.search("minute") == ()


def test_unfinished_attempts_come_newest_first_with_the_turns_that_stand(desk: Desk) -> None:
    with desk.open() as store:
        old = desk.attempt(store)
        desk.attempt(store, Outcome.HELD)
        new = desk.attempt(store, scenario="doodle", rung=Rung.GENTLE)
        store.replace_from(new, 2)
        found = store.unfinished()
        assert [(each.attempt, each.turns, each.client_turns) for each in found] == [
            (new, 2, 1),
            (old, 3, 1),
        ]
        assert (found[0].scenario, found[0].rung) == ("doodle", Rung.GENTLE)
        assert found[0].title == "“doodle”, a1"
        assert found[0].started > found[1].started
        assert store.unfinished(limit=1) == found[:1]


def test_practice_is_counted_per_scenario_and_rung(desk: Desk) -> None:
    with desk.open() as store:
        desk.attempt(store, Outcome.HELD_SHAKILY)
        desk.attempt(store, Outcome.BLEW_UP)
        desk.attempt(store, Outcome.GAVE_IN, rung=Rung.ACCUSED)
        desk.attempt(store, Outcome.STOPPED_EARLY, scenario="doodle")
        desk.attempt(store)
        found = store.practised()
        last = store.totals().last
    assert [
        (each.scenario, each.rung, each.times, each.last_outcome, each.best_outcome)
        for each in found
    ] == [
        ("doodle", Rung.FIRM, 1, Outcome.STOPPED_EARLY, Outcome.STOPPED_EARLY),
        ("minute", Rung.ACCUSED, 1, Outcome.GAVE_IN, Outcome.GAVE_IN),
        ("minute", Rung.FIRM, 2, Outcome.BLEW_UP, Outcome.HELD_SHAKILY),
    ]
    assert found[0].last == last


def test_a_scenario_practised_under_two_hashes_is_one_line_with_the_latest_title(
    desk: Desk,
) -> None:
    with desk.open() as store:
        for content_hash in ("a1", "b2"):
            attempt = store.begin(desk.start(content_hash=content_hash))
            store.end(attempt, desk.feedback())
        (found,) = store.practised()
    assert (found.times, found.title) == (2, "“minute”, b2")


def test_totals_count_the_whole_history(desk: Desk) -> None:
    with desk.open() as store:
        desk.attempt(store, Outcome.HELD)
        desk.attempt(store, Outcome.GAVE_IN, scenario="doodle")
        desk.attempt(store)
        totals = store.totals()
    assert (totals.finished, totals.unfinished, totals.client_turns, totals.scenarios) == (
        2,
        1,
        2,
        2,
    )
    assert totals.first == datetime(2026, 11, 20, 8, 31, tzinfo=UTC)
    assert totals.last is not None
    assert totals.last > totals.first


def test_the_trend_is_the_latest_finished_attempts_oldest_first(desk: Desk) -> None:
    with desk.open() as store:
        attempts = [desk.attempt(store, outcome) for outcome in Outcome]
        desk.attempt(store)
        store.rate_self(attempts[-1], "before", SelfRating(2, None))
        points = store.trend(limit=3)
    assert [(point.attempt, point.outcome) for point in points] == list(
        zip(attempts[-3:], list(Outcome)[-3:], strict=True)
    )
    assert points[0].levels == {
        Criterion.VALIDATION: 2,
        Criterion.CLEAR_ASK: 3,
        Criterion.FEW_WORDS: None,
    }
    assert (points[-1].before, points[-1].after) == (SelfRating(2, None), None)
    assert points[0].ended < points[1].ended < points[2].ended


def test_the_trend_goes_by_when_attempts_ended(desk: Desk) -> None:
    with desk.open() as store:
        carried_on = desk.attempt(store)
        quick = desk.attempt(store, Outcome.HELD)
        store.end(carried_on, desk.feedback())
        assert [point.attempt for point in store.trend()] == [quick, carried_on]


def test_the_trend_of_a_criterion_leaves_out_attempts_that_were_not_rated(desk: Desk) -> None:
    with desk.open() as store:
        rated = desk.attempt(store, Outcome.HELD)
        unrated = desk.attempt(store)
        store.end(unrated, desk.feedback(level=None))
        desk.attempt(store, Outcome.HELD, scenario="doodle")
        (point,) = store.trend("minute", Criterion.VALIDATION)
        assert (point.attempt, point.levels) == (rated, {Criterion.VALIDATION: 2})
        assert len(store.trend(criterion=Criterion.VALIDATION)) == 2
        assert len(store.trend("minute")) == 2
        assert store.trend(criterion=Criterion.FEW_WORDS) == ()
        assert store.trend("nowhere") == ()


def test_attempts_come_newest_first_in_pages(desk: Desk) -> None:
    with desk.open() as store:
        made = [desk.attempt(store, Outcome.HELD) for _ in range(3)]
        made.append(desk.attempt(store, scenario="doodle"))
        every = store.attempts()
        assert [each.attempt for each in every] == made[::-1]
        assert store.attempts(limit=2, offset=1) == every[1:3]
        assert store.attempts("doodle") == every[:1]
        assert store.attempts("minute", limit=1, offset=2) == every[3:]
        assert (every[0].outcome, every[0].ended, every[0].levels) == (None, None, {})
        assert every[1].levels[Criterion.CLEAR_ASK] == 3


def test_the_last_states_are_those_of_the_last_attempts_of_the_scenario(desk: Desk) -> None:
    with desk.open() as store:
        for state in ("one", "two", "three"):
            attempt = store.begin(desk.start())
            store.partner_turn(attempt, replace(desk.partner(0), state='"before"'))
            store.partner_turn(attempt, replace(desk.partner(2), state=f'"{state}"'))
        desk.attempt(store, scenario="doodle")
        store.begin(desk.start())  # nothing was said in it yet
        assert store.last_states("minute", 2) == ('"three"', '"two"')


def test_home_and_progress_never_walk_through_all_turns_or_attempts(desk: Desk) -> None:
    asked: list[str] = []
    with desk.open() as store:
        desk.attempt(store, Outcome.HELD)
        desk.attempt(store)
        store._db.conn.set_trace_callback(asked.append)
        store.unfinished()
        store.practised()
        store.totals()
        store.trend()
        store.trend("minute", Criterion.RETURN)
        store.attempts("minute", limit=5)
        store.last_states("minute", 3)
        store._db.conn.set_trace_callback(None)
        queries = [sql for sql in asked if sql.startswith("SELECT")]
        steps = [
            row[3] for sql in queries for row in store._db.conn.execute("EXPLAIN QUERY PLAN " + sql)
        ]
    assert len(queries) > 7
    walks = [step for step in steps if step.startswith("SCAN")]
    # A scan of an index stops at the limit; a scan of the bare table would not.
    allowed = ("tallies", "t", "json_each", "CONSTANT ROW", "subquery", "a USING", "attempts")
    assert [step for step in walks if not step.removeprefix("SCAN ").startswith(allowed)] == []
    assert not [step for step in walks if step in {"SCAN turns", "SCAN a", "SCAN levels"}]


@dataclass
class Model:
    """What the history ought to say, kept the slow and simple way."""

    scenario: str
    rung: Rung
    outcome: Outcome | None = None
    ended: int = 0


OPS = st.lists(
    st.tuples(
        st.sampled_from(("begin", "end", "end", "reopen", "forget")),
        st.integers(0, 5),
        st.sampled_from(("minute", "doodle")),
        st.sampled_from(list(Rung)),
        st.sampled_from(list(Outcome)),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None)
@given(OPS)
def test_the_counts_agree_with_counting_anew_whatever_was_done(
    ops: list[tuple[str, int, str, Rung, Outcome]],
) -> None:
    attempts: dict[int, Model] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "steady.db") as store,
    ):
        for step, (op, which, scenario, rung, outcome) in enumerate(ops):
            chosen = sorted(attempts)[which % len(attempts)] if attempts else None
            if op == "begin" or chosen is None:
                practised = Practised(scenario, "a1", scenario, "partner")
                start = AttemptStart(practised, rung, step, True, False, "plain")
                attempts[store.begin(start)] = Model(scenario, rung)
            elif op == "end":
                store.end(chosen, Feedback(outcome, Ending.STOPPED, (), None, None))
                attempts[chosen].outcome, attempts[chosen].ended = outcome, step
            elif op == "reopen":
                store.reopen(chosen)
                attempts[chosen].outcome = None
            else:
                store.forget_attempt(chosen)
                del attempts[chosen]
        found = {(each.scenario, each.rung): each for each in store.practised()}
        totals = store.totals()
    finished = [model for model in attempts.values() if model.outcome]
    assert set(found) == {(model.scenario, model.rung) for model in finished}
    for (scenario, rung), each in found.items():
        alike = [m for m in finished if (m.scenario, m.rung) == (scenario, rung)]
        assert each.times == len(alike)
        assert each.best_outcome == min(
            (m.outcome for m in alike if m.outcome), key=list(Outcome).index
        )
    assert (totals.finished, totals.unfinished) == (len(finished), len(attempts) - len(finished))
