"""Sharing: what was chosen travels, and nothing else."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from homework_lines import DANGER, KIND
from parcels import IDENTITY, KEY, OTHER, ROUGH, assignment, pack
from steady.homework.errors import FileFault, HomeworkFault, NothingToShare, TooLarge
from steady.homework.formats import PackTherapist
from steady.homework.opening import forget
from steady.homework.packets import open_packet, read_packet
from steady.homework.preview import Preview, preview
from steady.homework.sharing import (
    Choice,
    Draft,
    default_choices,
    draft,
    therapist,
    therapists,
    write,
)
from steady.practice.rehearsal import Alarm
from steady.records import AidUsed, PartnerTurn, SelfRating, Stance
from steady.terms import Act, Aid, Outcome, Part, Rung, Speaker

if TYPE_CHECKING:
    from homework.conftest import Client
    from steady.homework.formats import Packet

ELSEWHERE = pack(
    pack_id=UUID(int=101),
    therapist=PackTherapist(name="Dr Silva", public_key=str(OTHER.to_public())),
    assignments=(assignment(9),),
    scenarios=(),
)


def drafted(client: Client, *choices: Choice, message: str = "", to: str | None = None) -> Draft:
    whose = therapist(client.store, to)
    return draft(client.store, client.house.library, whose, choices, message=message)


def shared(client: Client, *choices: Choice, name: str = "a.steady-packet") -> Packet:
    """Share, and open it at the therapist's."""
    write(drafted(client, *choices), client.store, client.folder / name)
    return read_packet(client.folder / name, IDENTITY)


def test_by_default_all_finished_attempts_of_the_homework_not_yet_shared(client: Client) -> None:
    client.opened()
    first, second = client.rehearsed(assignment=1), client.rehearsed(assignment=1, seed=2)
    client.rehearsed()  # of one's own
    client.house.begin(client.house.scene("avoiding-me", Rung.GENTLE, assignment=str(UUID(int=1))))
    to = therapist(client.store)
    assert default_choices(client.store, to) == (Choice(first), Choice(second))
    shared(client, Choice(first))
    assert default_choices(client.store, to, words=False) == (Choice(second, words=False),)
    assert default_choices(client.store, to, str(UUID(int=2))) == ()
    assert client.store.homework()[0].unshared == 1


def test_an_attempt_gone_on_with_after_it_was_shared_is_to_be_shared_again(client: Client) -> None:
    client.opened()
    attempt = client.rehearsed(assignment=1)
    shared(client, Choice(attempt))
    kept = client.store.transcript(attempt).feedback
    assert kept is not None
    client.store.reopen(attempt)
    client.store.end(attempt, kept)
    assert default_choices(client.store, therapist(client.store)) == (Choice(attempt),)


def test_with_words_the_whole_talk_travels(client: Client) -> None:
    client.opened()
    attempt = client.rehearsed(ROUGH, KIND, assignment=1)
    client.store.rate_self(attempt, "before", SelfRating(2, None))
    client.store.aid_used(attempt, AidUsed(Aid.SCRIPT, 3))
    found = shared(client, Choice(attempt)).attempts[0]
    said = client.store.transcript(attempt)
    assert found.words is not None
    assert [turn.text for turn in found.words.turns] == [each.turn.text for each in said.turns]
    assert found.words.turns[1].moves or found.words.turns[3].moves
    assert (found.number, found.assignment, found.aided) == (attempt, UUID(int=1), True)
    assert found.before is not None
    assert (found.before.sure, found.before.tense) == (2, None)
    assert [(aid.aid, aid.number) for aid in found.aids] == [(Aid.SCRIPT, 3)]
    assert len(found.tension) == sum(t.speaker is Speaker.PARTNER for t in found.words.turns)
    assert said.feedback is not None
    assert {each.criterion: each.level for each in found.levels} == {
        each.criterion: each.level for each in said.feedback.levels
    }


def test_with_levels_only_not_a_word_of_the_client_is_in_it(client: Client) -> None:
    client.opened()
    attempt = client.rehearsed(assignment=1)
    whole = drafted(client, Choice(attempt, words=False)).packet
    assert whole.attempts[0].words is None
    assert whole.attempts[0].levels
    assert whole.attempts[0].outcome is Outcome.HELD
    text = whole.model_dump_json()
    for word in ("I hear", "20 minutes", "come to you", "hard today"):
        assert word not in text


def test_the_return_that_was_agreed_is_a_clients_word_too(client: Client) -> None:
    client.opened()
    scene = client.house.scene(
        "avoiding-me", Rung.GENTLE, seed=1, part=Part.RETURN, agreed="after your shift"
    )
    rehearsal = client.house.begin(scene)
    rehearsal.say("I said I would come, and here I am.")
    rehearsal.close()
    number = rehearsal.attempt
    spoken = drafted(client, Choice(number)).packet.attempts[0]
    assert spoken.agreed == "after your shift"
    assert "after your shift" not in drafted(client, Choice(number, False)).packet.model_dump_json()


def test_turns_marked_as_danger_stay_here_without_a_yes_of_their_own(client: Client) -> None:
    client.opened()
    attempt = client.rehearsed(KIND, DANGER, KIND, assignment=1)
    dr = drafted(client, Choice(attempt))
    assert DANGER not in dr.packet.model_dump_json()
    assert dr.left_out == {attempt: 1}
    agreed = drafted(client, Choice(attempt, danger=True))
    assert DANGER in agreed.packet.model_dump_json()
    assert agreed.left_out == {attempt: 0}


def test_danger_said_again_as_misread_stays_here_with_what_was_made_of_it(client: Client) -> None:
    client.opened()
    rehearsal = client.house.begin(client.house.scene("avoiding-me", Rung.GENTLE, seed=1))
    alarm = rehearsal.say(DANGER)
    assert isinstance(alarm, Alarm)
    rehearsal.misread(alarm)
    rehearsal.close()
    whole = drafted(client, Choice(rehearsal.attempt)).packet
    assert DANGER not in whole.model_dump_json()
    assert "kill" not in whole.model_dump_json()
    assert whole.attempts[0].words is not None


def test_a_line_of_the_partner_that_repeats_a_turn_marked_as_danger_stays_here(
    client: Client,
) -> None:
    client.opened()
    rehearsal = client.house.begin(client.house.scene("avoiding-me", Rung.GENTLE, seed=1))
    rehearsal.say(DANGER)
    attempt = rehearsal.attempt
    stance = Stance(0.5, 0.5, 0.5)
    for number, line in ((2, "“Kill myself”, you say?"), (3, "Later when?")):
        client.store.partner_turn(attempt, PartnerTurn(number, line, Act.PRESS, stance, "{}"))
    rehearsal.close()
    found = drafted(client, Choice(attempt))
    assert found.packet.attempts[0].words is not None
    texts = [turn.text for turn in found.packet.attempts[0].words.turns]
    assert texts[1:] == ["Later when?"]
    assert found.left_out == {attempt: 1}


def test_a_turn_said_again_travels_with_what_it_replaced(client: Client) -> None:
    client.opened()
    rehearsal = client.house.begin(client.house.scene("avoiding-me", Rung.GENTLE, seed=1))
    rehearsal.say("whatever")
    rehearsal.rewind(1)
    rehearsal.say(KIND)
    rehearsal.close()
    found = shared(client, Choice(rehearsal.attempt)).attempts[0]
    assert found.words is not None
    mine = [(t.text, t.replaced) for t in found.words.turns if t.speaker is Speaker.CLIENT]
    assert mine == [("whatever", 1), (KIND, 0)]
    assert found.client_turns == 1


def test_field_notes_travel_only_when_chosen(client: Client) -> None:
    client.opened()
    attempt = client.rehearsed(assignment=1)
    note = client.store.keep_field_note("avoiding-me", "yes", f"It went well. {ROUGH}")
    to = therapist(client.store)
    library = client.house.library
    assert "It went well" not in drafted(client, Choice(attempt)).packet.model_dump_json()
    alone = draft(client.store, library, to, [], notes=[note.id])
    assert alone.packet.field_notes[0].text == f"It went well. {ROUGH}"
    write(alone, client.store, client.folder / "note.steady-packet")
    assert client.store.field_notes(unshared=True) == ()
    with pytest.raises(NothingToShare):
        draft(client.store, library, to, [], notes=["gone"])


def test_the_preview_is_the_packet_itself(client: Client) -> None:
    client.opened()
    first = client.rehearsed(KIND, DANGER, assignment=1)
    second = client.rehearsed(assignment=1, seed=2)
    dr = drafted(client, Choice(first), Choice(second, words=False), message=f"Hello {ROUGH}")
    seen: Preview = preview(dr)
    assert (seen.therapist, seen.client, seen.message) == ("Dr Moreno", "Ann", f"Hello {ROUGH}")
    assert [each.words for each in seen.attempts] == [True, False]
    assert seen.attempts[0].left_out == 1
    assert "marked as danger stays here" in seen.attempts[0].told
    told = "\n".join(seen.everything())

    def leaves(tree: object) -> list[str]:
        if isinstance(tree, dict):
            return [leaf for inner in tree.values() for leaf in leaves(inner)]
        if isinstance(tree, list):
            return [leaf for inner in tree for leaf in leaves(inner)]
        return [] if tree is None else [str(tree)]

    for leaf in leaves(dr.packet.model_dump(mode="json")):
        assert leaf in told
    lines = "\n".join(seen.lines())
    assert "Levels only" in lines
    assert dr.to.fingerprint in lines


def test_a_share_is_written_and_remembered(client: Client) -> None:
    client.opened()
    first = client.rehearsed(KIND, DANGER, assignment=1)
    second = client.rehearsed(assignment=1, seed=2)
    dr = drafted(client, Choice(first, danger=True), Choice(second, words=False), message="Hello")
    file = client.folder / "a.steady-packet"
    kept = write(dr, client.store, file)
    assert open_packet(file.read_bytes(), IDENTITY) == dr.packet
    assert client.store.shares() == (kept,)
    assert (kept.therapist, kept.fingerprint, kept.file) == (
        "Dr Moreno",
        dr.to.fingerprint,
        str(file),
    )
    assert [(p.attempt, p.words, p.danger) for p in kept.attempts] == [
        (first, True, True),
        (second, False, False),
    ]
    assert (kept.message, kept.sequence) == ("Hello", 1)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_packet_is_its_owners_alone(client: Client) -> None:
    client.opened()
    shared(client, Choice(client.rehearsed(assignment=1)))
    assert stat.S_IMODE((client.folder / "a.steady-packet").stat().st_mode) == 0o600


def test_each_packet_has_a_higher_sequence_and_the_client_stays_one(client: Client) -> None:
    client.opened()
    attempt = client.rehearsed(assignment=1)
    made = [shared(client, Choice(attempt), name=f"{n}.steady-packet") for n in range(3)]
    assert [each.sequence for each in made] == [1, 2, 3]
    assert len({each.packet_id for each in made}) == 3
    assert len({each.client.id for each in made}) == 1
    assert made[0].client.ref == UUID(int=200)


def test_two_previews_at_once_do_not_share_a_sequence(client: Client) -> None:
    client.opened()
    attempt = client.rehearsed(assignment=1)
    first, second = drafted(client, Choice(attempt)), drafted(client, Choice(attempt))
    write(second, client.store, client.folder / "second")
    write(first, client.store, client.folder / "first")
    found = [read_packet(client.folder / n, IDENTITY).sequence for n in ("second", "first")]
    assert found == [1, 2]


def test_what_cannot_be_written_is_not_remembered(client: Client) -> None:
    client.opened()
    dr = drafted(client, Choice(client.rehearsed(assignment=1)))
    (client.folder / "letter").write_text("Dear Ann")
    for name in ("letter", "no/such/folder"):
        with pytest.raises(FileFault):
            write(dr, client.store, client.folder / name)
    assert (client.folder / "letter").read_text() == "Dear Ann"
    assert client.store.shares() == ()


def test_what_is_not_remembered_is_not_left_written(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.opened()
    dr = drafted(client, Choice(client.rehearsed(assignment=1)))
    commit = client.store._connection

    class Failing:
        def __getattr__(self, name: str) -> object:
            return getattr(commit, name)

        def execute(self, sql: str, *words: Any) -> object:
            if sql == "COMMIT":
                raise OSError(28, "No space left on device")
            return commit.execute(sql, *words)

    monkeypatch.setattr(client.store, "_connection", Failing())
    with pytest.raises(OSError, match="space"):
        write(dr, client.store, client.folder / "a.steady-packet")
    monkeypatch.undo()
    assert not (client.folder / "a.steady-packet").exists()
    assert client.store.shares() == ()


def test_nothing_chosen_or_not_finished_is_told(client: Client) -> None:
    client.opened()
    with pytest.raises(NothingToShare, match="nothing to share"):
        drafted(client)
    begun = client.house.begin(client.house.scene("avoiding-me", Rung.GENTLE, seed=1))
    with pytest.raises(NothingToShare, match="not finished"):
        drafted(client, Choice(begun.attempt))
    with pytest.raises(TooLarge, match="message"):
        drafted(client, Choice(client.rehearsed()), message="x" * 4_001)


def test_whom_it_is_for_is_clear_or_asked(client: Client) -> None:
    with pytest.raises(HomeworkFault, match="nobody to share with"):
        therapist(client.store)
    kept = client.opened()
    client.opened(ELSEWHERE, "b.steady-pack")
    assert {each.therapist for each in therapists(client.store)} == {"Dr Moreno", "Dr Silva"}
    with pytest.raises(HomeworkFault, match="--to"):
        therapist(client.store)
    assert therapist(client.store, "dr silva").therapist == "Dr Silva"
    assert therapist(client.store, kept.fingerprint[:9]).public_key == KEY
    assert therapist(client.store, kept.id).public_key == KEY
    with pytest.raises(HomeworkFault, match="no therapist of that name"):
        therapist(client.store, "Dr Nobody")
    forget(kept, client.store, client.house.places)
    assert therapist(client.store).therapist == "Dr Silva"


def test_one_therapist_never_learns_of_anothers_assignment(client: Client) -> None:
    client.opened()
    client.opened(ELSEWHERE, "b.steady-pack")
    attempt = client.rehearsed(assignment=1)
    found = drafted(client, Choice(attempt), to="Dr Silva").packet
    assert found.attempts[0].assignment is None
    assert str(UUID(int=1)) not in found.model_dump_json()
    assert drafted(client, Choice(attempt), to="Dr Moreno").packet.attempts[0].assignment


def test_a_share_with_one_therapist_leaves_it_unshared_with_the_other(client: Client) -> None:
    client.opened()
    client.opened(ELSEWHERE, "b.steady-pack")
    attempt = client.rehearsed(assignment=1)
    dr = drafted(client, Choice(attempt), to="Dr Silva")
    write(dr, client.store, client.folder / "silva.steady-packet")
    to = therapist(client.store, "Dr Moreno")
    assert default_choices(client.store, to) == (Choice(attempt),)


def test_an_attempt_of_a_forgotten_scenario_can_still_be_shared(client: Client) -> None:
    kept = client.opened()
    client.opened(ELSEWHERE, "b.steady-pack")
    attempt = client.rehearsed(scenario="my-ask", rung=Rung.FIRM, assignment=2)
    forget(kept, client.store, client.house.places)
    found = drafted(client, Choice(attempt), to="Dr Silva").packet.attempts[0]
    assert (found.scenario.id, found.scenario.origin) == ("my-ask", "gone")
