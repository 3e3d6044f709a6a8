from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from steady.errors import UsageFault
from steady.homework.assigning import BadAssignment, Wanted
from steady.homework.errors import FileFault, HomeworkFault, KeyFault, OtherKey
from steady.homework.formats import Packet
from steady.homework.importing import told
from steady.homework.packets import seal
from steady.homework.packs import read_pack
from steady.office import NoSuchPerson, Office
from steady.progress.caseload import Look
from steady.progress.due import State
from steady.scenario.library import UnknownScenario
from steady.terms import Criterion, Rung

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = datetime(2026, 11, 20, 9, 0)


@pytest.fixture
def office() -> Iterator[Office]:
    with Office(now=lambda: TODAY) as made:
        made.set_up("Dr Moreno")
        yield made


def shared(ref: str, name: str, *, sequence: int = 1, level: int = 2, **more: object) -> Packet:
    """A packet as a client's machine would make it, with one attempt."""
    machine = more.pop("machine", "7d444840-9dc0-11d1-b245-5ffdce74fad2")
    attempt = {
        "number": 1,
        "assignment": more.pop("assignment", None),
        "scenario": {
            "id": "need-a-minute",
            "title": "“I need a minute”",
            "content_hash": "a" * 64,
            "relationship": "partner",
            "origin": "shipped",
        },
        "rung": "gentle",
        "started": "2026-11-18T19:00:00Z",
        "ended": "2026-11-18T19:05:00Z",
        "outcome": "held",
        "ending": "accepted",
        "aids_offered": True,
        "aided": False,
        "client_turns": 1,
        "levels": [{"criterion": "validation", "level": level}],
        "words": more.pop("words", None),
    }
    packet = {
        "format": "steady-packet",
        "version": 1,
        "packet_id": str(uuid4()),
        "client": {"id": machine, "ref": ref, "name": name},
        "sequence": sequence,
        "made": "2026-11-19T08:00:00Z",
        "attempts": [attempt],
        **more,
    }
    return Packet.model_validate_json(json.dumps(packet))


WORDS = {
    "turns": [
        {
            "number": 0,
            "speaker": "partner",
            "text": "Later when?",
            "said_at": TODAY.isoformat() + "Z",
        },
        {
            "number": 1,
            "speaker": "client",
            "text": "[sighs] I hear you. I need a minute.",
            "said_at": TODAY.isoformat() + "Z",
            "quality": 4,
            "moves": [{"move": "validates", "start": 8, "end": 19, "probability": 0.9}],
        },
    ],
    "evidence": {"validation": "I hear you."},
}


def given(office: Office, tmp_path: Path, *wanted: Wanted, name: str = "Ana") -> str:
    """The reference of a new client to whom this was assigned."""
    draft = office.draft(None, name, wanted or (Wanted("need-a-minute", Rung.GENTLE),))
    office.give(draft, tmp_path / f"{uuid4()}.steady-pack")
    return draft.made.ref


def sent(office: Office, tmp_path: Path, packet: Packet) -> Path:
    path = tmp_path / f"{packet.packet_id}.steady-packet"
    path.write_bytes(seal(packet, office.keys.public_key))
    return path


def test_a_key_is_made_once_and_never_replaced(office: Office) -> None:
    assert office.is_set_up()
    key = office.places.therapist_key.read_bytes()
    with pytest.raises(KeyFault, match="already"):
        office.set_up("Dr Moreno")
    assert office.places.therapist_key.read_bytes() == key


def test_a_pack_says_what_was_assigned_and_the_caseload_keeps_it(
    office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "ana.steady-pack"
    wanted = Wanted(
        "need-a-minute", Rung.FIRM, times=3, due=date(2026, 12, 1), aids="off", note="[slow] k 🙂"
    )
    draft = office.draft(None, " Ana \n M. ", (wanted,), "See you on Tuesday.")
    assert office.caseload().rows == ()
    assert draft.preview[0].line == "firm, 3 times, by Tuesday, 1 December 2026, without hints"
    office.give(draft, file)
    pack = read_pack(file)
    assert pack.therapist.name == "Dr Moreno"
    assert pack.therapist.public_key == office.keys.public_key
    assert pack.client.name == "Ana M."
    (assignment,) = pack.assignments
    assert (assignment.times, assignment.aids, assignment.note) == (3, "off", "[slow] k 🙂")
    assert pack.scenarios == ()
    (row,) = office.caseload().rows
    assert row.client.ref == str(pack.client.ref)
    assert row.next_due is not None
    assert row.next_due.assigned.id == str(assignment.id)
    assert (row.next_due.progress, row.next_due.spoken) == ("0 of 3", "due in 11 days")


def test_a_scenario_of_ones_own_travels_with_the_pack(office: Office, tmp_path: Path) -> None:
    shipped = (office.places.shipped / "need-a-minute.toml").read_text("utf-8")
    office.places.own_scenarios.mkdir(parents=True)
    own = shipped.replace('id = "need-a-minute"', 'id = "my-own"', 1)
    (office.places.own_scenarios / "my-own.toml").write_text(own, "utf-8")
    draft = office.draft(
        None, "Ana", (Wanted("my-own", Rung.GENTLE), Wanted("movie-night", Rung.GENTLE))
    )
    assert [each.travels for each in draft.preview] == [True, False]
    office.give(draft, tmp_path / "p.steady-pack")
    (carried,) = read_pack(tmp_path / "p.steady-pack").scenarios
    assert (carried.id, carried.toml) == ("my-own", own)


def test_a_pack_that_cannot_be_written_is_not_kept_either(office: Office, tmp_path: Path) -> None:
    there = tmp_path / "there.steady-pack"
    there.write_text("a letter")
    draft = office.draft(None, "Ana", (Wanted("need-a-minute", Rung.GENTLE),))
    for file in (there, tmp_path / "no folder" / "x.steady-pack"):
        with pytest.raises(FileFault):
            office.give(draft, file)
    assert there.read_text() == "a letter"
    assert office.caseload().rows == ()


@pytest.mark.parametrize(
    ("wanted", "name", "fault"),
    [
        (Wanted("no-such", Rung.GENTLE), "Ana", UnknownScenario),
        (Wanted("need-a-minute", Rung.GENTLE, times=0), "Ana", BadAssignment),
        (Wanted("need-a-minute", Rung.GENTLE, times=51), "Ana", BadAssignment),
        (Wanted("need-a-minute", Rung.GENTLE, note="x" * 1001), "Ana", BadAssignment),
        (Wanted("need-a-minute", Rung.GENTLE), " \x1b[2J ", BadAssignment),
        (Wanted("need-a-minute", Rung.GENTLE), "x" * 121, BadAssignment),
    ],
)
def test_what_cannot_be_assigned_is_told(
    office: Office, wanted: Wanted, name: str, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        office.draft(None, name, (wanted,))


def test_an_attempt_that_comes_back_counts_for_its_assignment(
    office: Office, tmp_path: Path
) -> None:
    ref = given(
        office, tmp_path, Wanted("need-a-minute", Rung.GENTLE, due=date(2026, 11, 19), times=1)
    )
    (row,) = office.caseload().rows
    assert row.looks == {Look.OVERDUE}
    packet = shared(ref, "Ana", assignment=row.due[0].assigned.id)
    taken = office.take(sent(office, tmp_path, packet))
    assert told(taken) == ("Ana: 1 new attempt.",)
    (row,) = office.caseload().rows
    assert row.due == ()
    assert row.looks == {Look.NEW}
    assert office.reasons(ref) == row.reasons
    office.looked_at(ref)
    assert office.reasons(ref) == ()
    assert office.caseload().rows[0].reasons == ()
    (stands,) = office.client(ref).assignments
    assert (stands.state, stands.progress) == (State.DONE, "1 of 1")


def test_importing_twice_changes_nothing(office: Office, tmp_path: Path) -> None:
    ref = given(office, tmp_path)
    path = sent(office, tmp_path, shared(ref, "Ana", words=WORDS))
    office.take(path)
    office.close()
    before = office.places.caseload.read_bytes()
    again = office.take(path)
    office.close()
    assert told(again) == ("Ana: this packet was imported before; nothing changed.",)
    assert office.places.caseload.read_bytes() == before


def test_a_packet_for_another_key_leaves_everything_as_it_was(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEADY_HOME", str(tmp_path / "another home"))
    with Office() as other:
        other.set_up("Dr Other")
        path = sent(other, tmp_path, shared(str(uuid4()), "Ana"))
    with pytest.raises(OtherKey):
        office.take(path)
    assert office.caseload().rows == ()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"age-encryption.org/v1\n-> X25519 x\n"])
def test_a_file_that_is_no_packet_gets_one_sentence(
    office: Office, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "x.steady-packet"
    path.write_bytes(content)
    with pytest.raises(HomeworkFault) as fault:
        office.take(path)
    assert "\n" not in str(fault.value)
    assert office.caseload().rows == ()


def test_a_client_nobody_assigned_to_is_told_of_plainly(office: Office, tmp_path: Path) -> None:
    ref = str(uuid4())
    taken = office.take(sent(office, tmp_path, shared(ref, "Ana")))
    assert taken.stranger
    assert f"reference {ref[:8]}" in told(taken)[1]
    assert not office.find("Ana").assigned


def test_a_client_is_found_by_name_or_by_reference(office: Office, tmp_path: Path) -> None:
    ana, other, ben = (given(office, tmp_path, name=name) for name in ("Ana", "ana", "Бен"))
    assert office.find(" бен ").ref == ben
    assert office.find(ana[:8]).ref == ana
    assert office.find(other.upper()).ref == other
    with pytest.raises(NoSuchPerson, match="more than one") as fault:
        office.find("ANA")
    assert ana[:8] in str(fault.value)
    assert other[:8] in str(fault.value)
    with pytest.raises(NoSuchPerson, match="Did you mean Ana"):
        office.find("Anna")
    with pytest.raises(NoSuchPerson, match="steady therapist clients"):
        office.find("")
    longer = given(office, tmp_path, name="Ben Åkesson")
    assert office.find("BEN").ref == longer
    with pytest.raises(NoSuchPerson):
        office.find("ben", exactly=True)
    with pytest.raises(NoSuchPerson):
        office.find("Be")


def test_first_and_latest_attempt_stand_side_by_side(office: Office, tmp_path: Path) -> None:
    ref = given(office, tmp_path)
    assert office.side_by_side(ref, "need-a-minute") is None
    office.take(sent(office, tmp_path, shared(ref, "Ana", words=WORDS)))
    found = office.side_by_side(ref, "need-a-minute")
    assert found is not None
    assert found.only_one
    assert found.latest.words is not None
    assert found.latest.words.turns[1].moves[0].start == 8
    assert office.side_by_side(ref, "need-a-minute", Rung.FIRM) is None


def test_shared_words_are_found(office: Office, tmp_path: Path) -> None:
    ref = given(office, tmp_path)
    office.take(
        sent(office, tmp_path, shared(ref, "Ana", words=WORDS, message="a minute of yours"))
    )
    office.note(ref, "Needs a minute too.")
    assert [hit.kind for hit in office.search("minute")] == ["message", "note", "turn"]
    assert [hit.text for hit in office.search("SIGHS hea", ref)] == [WORDS["turns"][1]["text"]]  # type: ignore[index]
    for nothing in ("", "?!", '"', "text : x", "zebra", "whose : c1", "c1"):
        assert office.search(nothing) == ()
    assert office.search("minute", given(office, tmp_path, name="Ben")) == ()


def test_an_empty_note_is_refused(office: Office, tmp_path: Path) -> None:
    ref = given(office, tmp_path)
    with pytest.raises(UsageFault):
        office.note(ref, " \x07\n")
    office.note(ref, "Смелее 🙂")
    assert [note.text for note in office.client(ref).notes] == ["Смелее 🙂"]


def test_rating_is_blind_and_its_agreement_is_kept(office: Office, tmp_path: Path) -> None:
    ref = given(office, tmp_path)
    for number in range(12):
        machine = str(uuid4())
        packet = shared(ref, "Ana", machine=machine, level=number % 4, words=WORDS)
        office.take(sent(office, tmp_path, packet))
    assert office.draw(5, seed=1) == 5
    assert office.draw(12, seed=1) == 12
    left = 12
    while (rating := office.to_rate()) is not None:
        assert rating.left == left
        assert {turn.text for turn in rating.turns} == {each["text"] for each in WORDS["turns"]}  # type: ignore[index]
        level = office.attempt(rating.attempt).attempt.levels[0].level
        office.rate(rating.attempt, {Criterion.VALIDATION: level, Criterion.RESPECT: 3})
        left -= 1
    found = office.agreement()[Criterion.VALIDATION]
    assert (found.pairs, found.kappa, found.weak) == (12, 1.0, False)
    assert office.agreement()[Criterion.RESPECT].pairs == 0  # the rubric gave no level
    assert office.agreement()[Criterion.VALIDATION] == found
    assert {each.criterion for each in office.store.agreement()} == {Criterion.VALIDATION}


def test_a_sample_can_be_of_one_client(office: Office, tmp_path: Path) -> None:
    ana, ben = (given(office, tmp_path, name=name) for name in ("Ana", "Ben"))
    for ref in (ana, ben):
        office.take(sent(office, tmp_path, shared(ref, "x", words=WORDS)))
    assert office.draw(5, ana) == 1
    assert office.to_rate(ben) is None
    asked = office.to_rate(ana)
    assert asked is not None
    assert office.store.attempt(asked.attempt).ref == ana
    assert office.draw(5) == 2
