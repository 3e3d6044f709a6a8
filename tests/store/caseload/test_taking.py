from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from steady.store import NotADatabaseError, Store, StoreError
from steady.store.caseload import Caseload, CasePacket, Scored
from steady.terms import Criterion, Danger
from store.caseload.conftest import SENTENCE, uuid

if TYPE_CHECKING:
    from store.caseload.conftest import Practice


def dump(practice: Practice) -> list[str]:
    """Everything that stands in the caseload, as text."""
    with closing(sqlite3.connect(practice.path)) as raw:
        return list(raw.iterdump())


def test_what_was_shared_comes_back_as_it_was_sent(practice: Practice) -> None:
    sent = practice.attempt(aided=True)
    packet = practice.packet(
        sent,
        words=practice.words("[sighs] почекай 🙂 k"),
        message="See you on Tuesday.",
        field_notes=(practice.field_note(),),
    )
    with practice.open() as caseload:
        taken = caseload.take(packet)
        assert (taken.new, taken.field_notes, taken.stranger) == (1, 1, True)
        (kept,) = caseload.attempts(packet.ref)
        assert kept == caseload.attempt(kept.id)
        assert caseload.in_order(packet.ref) == (kept.id,)
        assert kept == replace(
            sent,
            with_words=True,
            id=kept.id,
            ref=packet.ref,
            place=1,
            source=kept.source,
            packet=kept.packet,
            new=True,
        )
        assert caseload.words(kept.id) == practice.words("[sighs] почекай 🙂 k")
        (note,) = caseload.field_notes(packet.ref)
        assert (note.text, note.title, note.new) == ("Alex listened.", "“need-a-minute”", True)
        (row,) = caseload.packets(packet.ref)
        assert (row.message, row.attempts) == ("See you on Tuesday.", 1)


def test_levels_alone_come_without_words(practice: Practice) -> None:
    packet = practice.packet(practice.attempt())
    with practice.open() as caseload:
        caseload.take(packet)
        (kept,) = caseload.attempts(packet.ref)
        assert not kept.with_words
        assert caseload.words(kept.id) is None
        assert [each.level for each in kept.levels] == [2, 3, None]


def test_the_same_packet_twice_changes_nothing(practice: Practice) -> None:
    packet = practice.packet(practice.attempt(), words=practice.words())
    with practice.open() as caseload:
        caseload.take(packet)
        caseload.looked_at(packet.ref)
    before = dump(practice)
    with practice.open() as caseload:
        assert caseload.take(packet).again
        assert caseload.client(packet.ref).new == 0
    assert dump(practice) == before


def test_a_newer_packet_updates_the_same_attempts(practice: Practice) -> None:
    first = practice.packet(practice.attempt(1), practice.attempt(2))
    second = practice.packet(
        practice.attempt(1), practice.attempt(2, level=3), practice.attempt(3), sequence=2
    )
    with practice.open() as caseload:
        caseload.take(first)
        caseload.looked_at(first.ref)
        taken = caseload.take(second)
        assert (taken.new, taken.updated, taken.unchanged) == (1, 1, 1)
        levels = [each.levels[0].level for each in caseload.attempts(first.ref)]
        assert levels == [2, 3, 2]
        assert [each.new for each in caseload.attempts(first.ref)] == [False, True, True]
        assert caseload.client(first.ref).new == 2


@pytest.mark.parametrize(
    "made", [datetime(2001, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)]
)
def test_an_older_packet_never_overwrites_a_newer_one_whatever_its_clock_says(
    practice: Practice, made: datetime
) -> None:
    newer = practice.packet(practice.attempt(1, level=3), sequence=5)
    older = practice.packet(
        practice.attempt(1, level=0), practice.attempt(2), sequence=4, made=made
    )
    with practice.open() as caseload:
        caseload.take(newer)
        taken = caseload.take(older)
        assert (taken.new, taken.older) == (1, 1)
        assert [each.levels[0].level for each in caseload.attempts(newer.ref)] == [3, 2]
        assert [row.sequence for row in caseload.packets(newer.ref)] == [5, 4]


def test_what_did_not_change_is_still_as_new_as_its_newest_packet(practice: Practice) -> None:
    with practice.open() as caseload:
        for sequence, level in ((1, 2), (3, 2), (2, 0)):
            packet = practice.packet(practice.attempt(1, level=level), sequence=sequence)
            caseload.take(packet)
        (kept,) = caseload.attempts(packet.ref)
        assert kept.levels[0].level == 2


def test_words_that_the_client_no_longer_shares_go_also_from_the_search(
    practice: Practice,
) -> None:
    packet = practice.packet(practice.attempt(1), words=practice.words("xylophone and more"))
    with practice.open() as caseload:
        caseload.take(packet)
        assert len(caseload.search("xylophone")) == 1
        taken = caseload.take(practice.packet(practice.attempt(1), sequence=2))
        assert (taken.updated, taken.withdrawn) == (1, 1)
        (kept,) = caseload.attempts(packet.ref)
        assert caseload.words(kept.id) is None
        assert caseload.search("xylophone") == ()
    assert b"xylophone" not in practice.path.read_bytes()


def test_two_clients_of_one_name_stay_two(practice: Practice) -> None:
    with practice.open() as caseload:
        mine = caseload.add_client("Ana")
        for who in ("ana", "another ana"):
            caseload.take(practice.packet(practice.attempt(), who=who, name="Ana"))
        found = caseload.clients()
        assert [each.name for each in found] == ["Ana"] * 3
        assert {each.ref for each in found} == {mine, uuid("ana"), uuid("another ana")}
        assert [each.assigned for each in found] == [True, False, False]


def test_a_client_keeps_the_name_the_therapist_gave(practice: Practice) -> None:
    with practice.open() as caseload:
        ref = caseload.add_client("Ana M., Tuesdays")
        taken = caseload.take(replace(practice.packet(practice.attempt(), name="Ana"), ref=ref))
        assert (taken.name, taken.stranger) == ("Ana M., Tuesdays", False)


def test_two_machines_of_one_client_never_overwrite_each_other(practice: Practice) -> None:
    with practice.open() as caseload:
        caseload.take(practice.packet(practice.attempt(1, day=3), practice.attempt(2, day=9)))
        packet = practice.packet(
            practice.attempt(1, day=1, level=0),
            practice.attempt(2, day=5, level=1),
            machine="ana's other computer",
            sequence=7,
        )
        caseload.take(packet)
        path = caseload.attempts(packet.ref)
        assert [each.started.day for each in path] == [1, 3, 5, 9]
        assert [each.place for each in path] == [1, 2, 3, 4]


def test_a_clock_set_back_does_not_change_the_order_of_attempts(practice: Practice) -> None:
    packet = practice.packet(
        practice.attempt(1, day=18), practice.attempt(2, day=2), practice.attempt(3, day=19)
    )
    late = practice.packet(practice.attempt(4, day=1), sequence=2)
    with practice.open() as caseload:
        caseload.take(late)
        caseload.take(packet)
        path = caseload.attempts(packet.ref)
        assert [each.number for each in path] == [1, 2, 3, 4]
        assert [each.started.day for each in path] == [18, 2, 19, 1]  # shown as stated
        last = caseload.client(packet.ref).last_started
        assert last is not None
        assert last.day == 1


def test_a_packet_that_breaks_a_rule_leaves_everything_as_it_was(practice: Practice) -> None:
    good = practice.packet(practice.attempt(1))
    with practice.open() as caseload:
        caseload.take(good)
    before = dump(practice)
    bad = practice.attempt(3)
    bad = replace(bad, levels=(Scored(Criterion.RESPECT, 9, "embedded"),))
    with practice.open() as caseload, pytest.raises(StoreError, match="refused a record"):
        caseload.take(practice.packet(practice.attempt(2), bad, sequence=2, words=practice.words()))
    assert dump(practice) == before


def test_danger_that_was_sent_is_counted_until_it_is_looked_at(practice: Practice) -> None:
    words = practice.words()
    marked = replace(words.turns[1], danger=Danger.SELF_HARM)
    words = replace(words, turns=(words.turns[0], marked, words.turns[2]))
    packet = practice.packet(practice.attempt(), words=words)
    with practice.open() as caseload:
        caseload.take(packet)
        assert caseload.client(packet.ref).new_danger == 1
        assert caseload.attempts(packet.ref)[0].danger
        caseload.looked_at(packet.ref)
        assert caseload.client(packet.ref).new_danger == 0
        assert caseload.attempts(packet.ref)[0].danger


def test_field_notes_are_told_once_and_changed_by_newer_packets_alone(practice: Practice) -> None:
    def sent(sequence: int, said: str) -> CasePacket:
        return practice.packet(
            sequence=sequence, field_notes=(practice.field_note(said=said, text=said),)
        )

    with practice.open() as caseload:
        for sequence, said in ((2, "not yet"), (3, "yes"), (1, "no")):
            caseload.take(sent(sequence, said))
        (note,) = caseload.field_notes(uuid("ana"))
        assert note.said == "yes"
        assert [hit.text for hit in caseload.search("yes")] == ["yes"]
        assert caseload.search("not yet") == ()


def test_ratings_stay_with_the_words_they_were_given_for(practice: Practice) -> None:
    with practice.open() as caseload:
        packet = practice.packet(practice.attempt(), words=practice.words())
        caseload.take(packet)
        (kept,) = caseload.attempts(packet.ref)
        caseload.draw([kept.id])
        caseload.rate(kept.id, {Criterion.VALIDATION: 1, Criterion.CLEAR_ASK: None})
        caseload.take(practice.packet(practice.attempt(level=3), sequence=2))  # levels only
        assert [(pair.rubric, pair.therapist) for pair in caseload.rated_pairs()] == [(3, 1)]
        caseload.take(
            practice.packet(practice.attempt(), sequence=3, words=practice.words(SENTENCE))
        )
        assert caseload.rated() == 1
        caseload.take(
            practice.packet(practice.attempt(), sequence=4, words=practice.words("Fine."))
        )
        assert caseload.rated() == 0
        assert caseload.drawable() == {packet.ref: (kept.id,)}


def test_a_history_is_no_caseload_and_a_caseload_no_history(practice: Practice) -> None:
    practice.open().close()
    with pytest.raises(NotADatabaseError, match="not a practice history"):
        Store.open(practice.path)
    other = practice.path.with_name("steady.db")
    Store.open(other).close()
    with pytest.raises(NotADatabaseError, match="not a caseload of Steady"):
        Caseload.open(other)


def test_erasing_a_client_erases_their_words_from_the_file(practice: Practice) -> None:
    packet = practice.packet(
        practice.attempt(),
        words=practice.words("xylophone"),
        field_notes=(practice.field_note(text="glockenspiel"),),
        message="marimba",
    )
    with practice.open() as caseload:
        caseload.take(packet)
        caseload.note(packet.ref, "timpani")
        caseload.take(practice.packet(practice.attempt(), who="ben", words=practice.words()))
        caseload.forget_client(packet.ref)
        assert [each.ref for each in caseload.clients()] == [uuid("ben")]
        assert len(caseload.search("minutes")) == 1
    whole = practice.path.read_bytes()
    for word in (b"xylophone", b"glockenspiel", b"marimba", b"timpani"):
        assert word not in whole
