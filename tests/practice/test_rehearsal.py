"""One rehearsal, from the opening line to the feedback."""

import pytest

from steady.house import House
from steady.practice.rehearsal import MAX_TURN, Alarm, Aside, Rehearsal, Reply
from steady.records import ClientTurn, PartnerTurn
from steady.terms import Aid, Ending, Outcome, Rung

KIND = "I hear you, I'm sorry it felt that way. I need 20 minutes, then I'll come to you."
STEADY = "I know it's hard to wait. I'm not leaving. In 20 minutes I'll come and sit with you."


def begun(house: House, rung: Rung = Rung.GENTLE, seed: int = 1) -> Rehearsal:
    """A rehearsal of the painter's scenario."""
    return house.begin(house.scene("avoiding-me", rung, seed=seed))


def texts(rehearsal: Rehearsal) -> list[str]:
    """Everything said that stands."""
    return [turn.text for turn in rehearsal.turns]


def test_it_opens_with_the_partners_line_already_kept(house: House) -> None:
    rehearsal = begun(house)
    kept = house.store.resume(rehearsal.attempt)
    assert [turn.text for turn in kept.turns] == [rehearsal.last_line.text]


def test_a_turn_is_answered_and_both_are_kept(house: House) -> None:
    rehearsal = begun(house)
    said = rehearsal.say(KIND)
    assert isinstance(said, Reply)
    assert said.partner.text == rehearsal.last_line.text
    kept = house.store.resume(rehearsal.attempt)
    assert [turn.text for turn in kept.turns] == texts(rehearsal)
    assert [turn.number for turn in kept.turns] == [0, 1, 2]


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "what do I say?", "idk what to say"])
def test_a_turn_said_to_the_program_gets_help_and_the_partner_hears_nothing(
    house: House, text: str
) -> None:
    rehearsal = begun(house)
    said = rehearsal.say(text)
    assert isinstance(said, Aside)
    assert "Alex" in said.help.text
    assert said.help.starter.endswith("…")
    assert rehearsal.exchanges == []
    assert isinstance(rehearsal.say(KIND), Reply)


def test_the_words_kept_are_clean(house: House) -> None:
    rehearsal = begun(house)
    rehearsal.say("\x1b]0;gone\x07I need \u202e20 minutes\x00, [sighs] then I'll come back")
    assert texts(rehearsal)[1] == "I need 20 minutes, [sighs] then I'll come back"


def test_a_very_long_turn_is_kept_whole_and_heard_in_part(house: House) -> None:
    rehearsal = begun(house)
    text = "I need a moment, because it is all a lot. " * 500
    said = rehearsal.say(text)
    assert isinstance(said, Reply)
    assert said.cut
    assert len(said.client.reading.text) == MAX_TURN
    assert house.store.resume(rehearsal.attempt).turns[1].text == text


@pytest.mark.parametrize(
    "text",
    ["👋🏽 ok, 20 minutes?", "חכה רגע בבקשה", "我需要二十分钟", "I need [/] a [b]minute[/b]", "k"],
)
def test_anybodys_words_can_be_said(house: House, text: str) -> None:
    rehearsal = begun(house)
    said = rehearsal.say(text)
    assert said.client.text == text
    assert rehearsal.last_line.text


def test_saying_a_turn_again_keeps_the_first_version(house: House) -> None:
    rehearsal = begun(house)
    rehearsal.say("whatever, leave it")
    rehearsal.say("I don't care any more")
    assert rehearsal.rewind(1) == "whatever, leave it"
    rehearsal.say(KIND)
    assert [t.text for t in rehearsal.turns if isinstance(t, ClientTurn)] == [KIND]
    replaced = [
        said.turn.text
        for said in house.store.transcript(rehearsal.attempt).turns
        if said.replaced and isinstance(said.turn, ClientTurn)
    ]
    assert "whatever, leave it" in replaced


def test_only_ones_own_turns_can_be_said_again(house: House) -> None:
    rehearsal = begun(house)
    with pytest.raises(ValueError, match="not one of yours"):
        rehearsal.rewind(0)


def test_hints_climb_one_rung_at_a_time_and_are_logged(house: House) -> None:
    rehearsal = begun(house)
    aids = []
    while hint := rehearsal.hint():
        aids.append(hint.aid)
    assert aids == [Aid.BREATH, Aid.STARTER, Aid.SCRIPT, Aid.SAMPLE]
    assert [used.aid for used in house.store.resume(rehearsal.attempt).aids] == aids
    rehearsal.say(KIND)
    again = rehearsal.hint()
    assert again is not None
    assert again.aid is Aid.BREATH


def test_the_script_hint_is_the_clients_own_once_edited(house: House) -> None:
    house.keep_script("avoiding-me", Rung.GENTLE, "Twenty minutes, then I'm all yours.")
    rehearsal = begun(house)
    hints = [rehearsal.hint() for _ in range(3)]
    assert hints[-1] is not None
    assert hints[-1].text == "Twenty minutes, then I'm all yours."


def test_a_stopped_rehearsal_gets_feedback_on_what_there_was(house: House) -> None:
    rehearsal = begun(house)
    rehearsal.say(KIND)
    found = rehearsal.close()
    assert (found.outcome, found.ending) == (Outcome.STOPPED_EARLY, Ending.STOPPED)
    assert found.keep is not None
    assert found.keep.quote in KIND


def test_a_rehearsal_with_nothing_said_praises_nothing(house: House) -> None:
    rehearsal = begun(house)
    rehearsal.say("idk what to say")
    found = rehearsal.close()
    assert found.keep is None
    assert all(level.level is None for level in found.levels)


def test_an_attempt_continues_where_it_was(house: House) -> None:
    rehearsal = begun(house, Rung.FIRM, seed=5)
    rehearsal.say(KIND)
    rehearsal.keep_draft("I was going to s")
    straight_on = begun(house, Rung.FIRM, seed=5)
    straight_on.say(KIND)

    resumed = house.resume(rehearsal.attempt)
    assert texts(resumed) == texts(rehearsal)
    assert house.draft(rehearsal.attempt) == "I was going to s"
    assert isinstance(resumed.say(STEADY), Reply)


def test_a_turn_whose_reply_was_lost_gets_it_on_return(house: House) -> None:
    rehearsal = begun(house)
    reply = rehearsal.say(KIND)
    assert isinstance(reply, Reply)
    lost = begun(house)
    house.store.client_turn(lost.attempt, reply.client)

    resumed = house.resume(lost.attempt)
    assert isinstance(resumed.turns[-1], PartnerTurn)
    assert len(resumed.turns) == 3


def test_after_the_end_a_turn_can_be_said_again_and_the_end_is_undone(house: House) -> None:
    rehearsal = begun(house)
    rehearsal.say("Fine, let's just talk now, you win. Forget what I wanted.")
    assert rehearsal.ending is Ending.CLIENT_GAVE_IN
    rehearsal.close()
    assert house.store.resume(rehearsal.attempt).ended is not None
    rehearsal.rewind(1)
    assert house.store.resume(rehearsal.attempt).ended is None
    assert isinstance(rehearsal.say(KIND), Reply)


def test_danger_stops_the_scene_before_the_partner_speaks(house: House) -> None:
    rehearsal = begun(house)
    said = rehearsal.say("I want to kill myself.")
    assert isinstance(said, Alarm)
    assert len([t for t in rehearsal.turns if isinstance(t, PartnerTurn)]) == 1
    kept = house.store.resume(rehearsal.attempt).turns[-1]
    assert isinstance(kept, ClientTurn)
    assert kept.danger is said.danger


def test_an_alarm_that_misread_lets_the_same_words_be_said(house: House) -> None:
    rehearsal = begun(house)
    alarm = rehearsal.say("I want to kill myself.")
    assert isinstance(alarm, Alarm)
    said = rehearsal.misread(alarm)
    assert not isinstance(said, Alarm)
    assert said.client.text == alarm.client.text
