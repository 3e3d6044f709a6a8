"""Homework in the history: what counts, what was shared, what was said for real."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from steady.store import (
    Assigned,
    NoSuchAttemptError,
    OpenedPack,
    SharedPart,
    Store,
    StoreRefusedError,
)
from steady.terms import Ending, Outcome, Part, Rung, counts_as_done

if TYPE_CHECKING:
    from store.conftest import Desk

MADE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PACK = OpenedPack("p1", "Dr Moreno", "age1x", "1234", "r1", "Ann", "Hello", MADE, MADE)
ASKED = Assigned("a1", "p1", "minute", Rung.FIRM, 3, date(2026, 11, 24), None, "Slowly [sighs]")


def done(
    desk: Desk,
    store: Store,
    outcome: Outcome = Outcome.HELD,
    *,
    ending: Ending = Ending.ACCEPTED,
    part: Part = Part.TALK,
    assignment: str | None = "a1",
    probe: bool = False,
) -> int:
    """An attempt begun for an assignment and finished."""
    start = replace(desk.start(), assignment=assignment, part=part, probe=probe)
    attempt = store.begin(start)
    store.client_turn(attempt, desk.client(1))
    store.end(attempt, desk.feedback(outcome, ending=ending))
    return attempt


def share(store: Store, *attempts: int, packet: str = "k1", fingerprint: str = "1234") -> int:
    return store.keep_share(
        packet=packet,
        therapist="Dr Moreno",
        fingerprint=fingerprint,
        file="/f",
        message="Hello",
        attempts=[SharedPart(attempt, True, False) for attempt in attempts],
        then=lambda _: None,
    )


@pytest.mark.parametrize("ending", list(Ending))
@pytest.mark.parametrize("part", list(Part))
def test_what_counts_in_the_history_is_what_counts_by_the_rule(
    desk: Desk, ending: Ending, part: Part
) -> None:
    with desk.open() as store:
        store.keep_pack(PACK, [ASKED])
        done(desk, store, ending=ending, part=part)
        (homework,) = store.homework()
        assert homework.done == counts_as_done(part, ending)
        assert homework.finished == 1


def test_only_what_was_begun_for_it_and_finished_counts(desk: Desk) -> None:
    with desk.open() as store:
        store.keep_pack(PACK, [ASKED, replace(ASKED, id="a2")])
        store.begin(replace(desk.start(), assignment="a1"))
        done(desk, store, assignment=None)
        done(desk, store, assignment="a2")
        first, second = store.homework()
        assert (first.done, first.finished, first.last) == (0, 0, None)
        assert (second.done, second.complete) == (1, False)
        for _ in range(3):
            done(desk, store)
        assert store.homework()[0].complete


def test_an_end_taken_back_no_longer_counts(desk: Desk) -> None:
    with desk.open() as store:
        store.keep_pack(PACK, [ASKED])
        store.reopen(done(desk, store))
        assert store.homework()[0].done == 0


def test_how_an_attempt_began_is_kept(desk: Desk) -> None:
    with desk.open() as store:
        attempt = done(desk, store, probe=True)
    with desk.open() as store:
        start = store.transcript(attempt).start
        assert (start.assignment, start.probe) == ("a1", True)
        assert store.resume(attempt).start == start
        plain = store.begin(desk.start())
        start = store.transcript(plain).start
        assert (start.assignment, start.probe) == (None, False)


def test_what_is_due_soonest_comes_first_and_what_is_due_never_last(desk: Desk) -> None:
    with desk.open() as store:
        store.keep_pack(
            PACK,
            [
                replace(ASKED, id="whenever", due=None),
                replace(ASKED, id="later", due=date(2026, 12, 1)),
                replace(ASKED, id="soon", due=date(2026, 11, 21)),
            ],
        )
        assert [each.assigned.id for each in store.homework()] == ["soon", "later", "whenever"]
        assert store.assignment("soon") == store.homework()[0]
        assert store.assignment("nowhere") is None


def test_what_a_pack_says_comes_back_as_it_was(desk: Desk) -> None:
    with desk.open() as store:
        store.keep_pack(PACK, [ASKED])
    with desk.open() as store:
        (kept,) = store.packs()
        assert replace(kept, opened=MADE) == PACK
        assert store.homework()[0].assigned == ASKED


def test_an_assignment_of_another_pack_is_never_overwritten(desk: Desk) -> None:
    with desk.open() as store:
        store.keep_pack(PACK, [ASKED])
        store.keep_pack(replace(PACK, id="p2"), [replace(ASKED, note="theirs")])
        assert store.assignment("a1") == store.homework("p1")[0]
        assert store.homework("p1")[0].assigned.note == ASKED.note
        assert store.homework("p2") == ()


def test_what_fails_last_undoes_it_all(desk: Desk) -> None:
    def fail(*_: object) -> None:
        raise KeyError("no")

    with desk.open() as store:
        with pytest.raises(KeyError):
            store.keep_pack(PACK, [ASKED], fail)
        assert store.packs() == ()
        store.keep_pack(PACK, [ASKED])
        with pytest.raises(KeyError):
            store.forget_pack("p1", fail)
        assert len(store.homework()) == 1
        with pytest.raises(KeyError):
            store.keep_share(
                packet="k",
                therapist="",
                fingerprint="",
                file="",
                message="",
                attempts=[],
                then=fail,
            )
        assert store.shares() == ()


def test_a_sequence_grows_and_a_packet_is_kept_once(desk: Desk) -> None:
    with desk.open() as store:
        attempt = done(desk, store)
        assert store.last_sequence() == 0
        assert [share(store, attempt, packet=f"k{n}") for n in range(3)] == [1, 2, 3]
        with pytest.raises(StoreRefusedError):
            share(store, attempt, packet="k1")
        assert store.last_sequence() == 3
        assert [each.sequence for each in store.shares()] == [3, 2, 1]


def test_what_was_shared_stays_told_when_the_attempt_is_forgotten(desk: Desk) -> None:
    with desk.open() as store:
        attempt = done(desk, store)
        share(store, attempt)
        store.forget_attempt(attempt)
        assert store.shares()[0].attempts == (SharedPart(attempt, True, False),)


def test_unshared_is_what_this_therapist_has_not_had_since_it_ended(desk: Desk) -> None:
    with desk.open() as store:
        store.keep_pack(PACK, [ASKED])
        first, second = done(desk, store), done(desk, store)
        share(store, first, packet="k1")
        share(store, second, packet="k2", fingerprint="another")
        assert store.attempts_of("a1") == (first, second)
        assert store.attempts_of("a1", unshared=True) == (second,)
        assert store.homework()[0].unshared == 1
        store.end(first, desk.feedback())  # gone on with, and ended anew
        assert store.attempts_of("a1", unshared=True) == (first, second)


def test_field_notes_are_kept_newest_first(desk: Desk) -> None:
    with desk.open() as store:
        attempt = done(desk, store)
        first = store.keep_field_note("minute", "not yet", "")
        second = store.keep_field_note("minute", "yes", "It went well [sighs]", attempt=attempt)
        other = store.keep_field_note("other", "no")
        assert store.field_notes() == (other, second, first)
        assert store.field_notes("minute") == (second, first)
        store.keep_share(
            packet="k",
            therapist="",
            fingerprint="",
            file="",
            message="",
            attempts=[],
            notes=[first.id],
            then=lambda _: None,
        )
        assert store.field_notes(unshared=True) == (other, second)
        assert store.field_notes("minute", unshared=True) == (second,)
        store.forget_field_note(other.id)
        store.forget_field_note(other.id)
        assert store.field_notes() == (second, first)
        with pytest.raises(NoSuchAttemptError):
            store.keep_field_note("minute", "yes", attempt=99)


def test_home_counts_homework_from_an_index(desk: Desk) -> None:
    with desk.open() as store:
        store.keep_pack(PACK, [ASKED])
        plan = store._rows(
            "EXPLAIN QUERY PLAN SELECT count(*) FROM attempts a WHERE a.assignment = ?"
            " AND a.part = ? AND a.outcome IS NOT NULL AND a.outcome <> ?",
            "a1",
            "talk",
            "stopped-early",
        )
        assert "COVERING INDEX attempts_by_assignment" in str(plan)
