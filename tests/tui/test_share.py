"""Sharing on screen: chosen, seen, and only then written."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from assigned import KIND, assignment, keys_of, opened_pack, rehearsed
from driving import opened, sees, shown, until
from steady.homework.formats import Packet
from steady.homework.in_the_room import therapist_here
from steady.homework.keys import TherapistKeys, make_keys
from steady.homework.packets import open_packet
from steady.house import House
from steady.office import Office
from steady.places import places, use_profile
from steady.terms import Rung
from steady.tui.screens.packet import PacketScreen
from steady.tui.screens.share import ShareScreen

DARK = "I want to kill myself tonight"


def homework(tmp_path: Path, *attempts: tuple[str, ...]) -> TherapistKeys:
    """A client with homework from Dr Moreno, rehearsed once for each tuple of turns."""
    keys = keys_of(tmp_path)
    set_ = assignment()
    opened_pack(tmp_path, keys, set_)
    for turns in attempts:
        rehearsed(*turns, rung=Rung.FIRM, assignment=str(set_["id"]))
    return keys


async def to_share(pilot: Pilot[None]) -> None:
    """From home to the choosing."""
    await sees(pilot, "Share with Dr Moreno")
    await pilot.press("down", "enter")
    await sees(pilot, "You choose what Dr Moreno gets to see")


async def written(pilot: Pilot[None], place: str) -> None:
    """From the preview to the file."""
    await pilot.press("end", "enter")
    await sees(pilot, "Where should the packet go?")
    pilot.app.screen.query_one(Input).value = place
    await pilot.press("enter")


def opened_by(keys: TherapistKeys, folder: Path) -> Packet:
    """What the therapist finds in the one packet in a folder."""
    (path,) = folder.glob("*.steady-packet")
    return open_packet(path.read_bytes(), keys.identity)


async def test_levels_go_unless_words_are_chosen(tmp_path: Path) -> None:
    keys = homework(tmp_path, (KIND,), ("I need a moment, later maybe",))
    out = tmp_path / "out"
    out.mkdir()
    async with opened() as pilot:
        await to_share(pilot)
        assert shown(pilot).count("[levels]") == 2
        await pilot.press("left")
        assert shown(pilot).count("[words]") == 1
        pilot.app.screen.query_one(TextArea).text = "See you [Thursday]"
        await pilot.press("enter")
        await sees(pilot, "nothing is written yet")
        assert "See you [Thursday]" in shown(pilot)
        assert "Levels only" in shown(pilot)
        await written(pilot, str(out))
        await sees(pilot, "Steady sends nothing by itself")
        await pilot.press("enter")
        await sees(pilot, "q leave")
        assert "Share with Dr Moreno" not in shown(pilot)
        await pilot.press("h")
        await sees(pilot, "Shared so far")
    packet = opened_by(keys, out)
    first, second = packet.attempts
    assert first.words is not None
    assert KIND in [turn.text for turn in first.words.turns]
    assert second.words is None
    assert packet.message == "See you [Thursday]"


async def test_every_line_is_there_to_be_read_before_anything_is_written(tmp_path: Path) -> None:
    homework(tmp_path, (KIND,))
    async with opened((120, 60)) as pilot:
        await to_share(pilot)
        await pilot.press("left", "enter")
        await sees(pilot, "nothing is written yet")
        await pilot.press("enter")
        await sees(pilot, "I hear how hard today was for you.")
        await sees(pilot, "Levels, 0 to 3")
        await pilot.press("escape")
        await sees(pilot, "nothing is written yet")
        await pilot.press("escape")
        await sees(pilot, "[words]")
        await pilot.press("escape")
        await sees(pilot, "q leave")
    with House() as house:
        assert house.store.shares() == ()


async def test_turns_marked_as_danger_stay_here_without_a_yes_of_their_own(
    tmp_path: Path,
) -> None:
    keys = homework(tmp_path, (KIND, DARK))
    out = tmp_path / "out"
    out.mkdir()
    async with opened() as pilot:
        await to_share(pilot)
        await pilot.press("left", "enter")
        await sees(pilot, "one turn marked as danger")
        await pilot.press("down", "enter")
        await sees(pilot, "No, it stays here")
        await pilot.press("enter")
        await sees(pilot, "one turn marked as danger")
        await written(pilot, str(out))
        await sees(pilot, "Steady sends nothing by itself")
    (attempt,) = opened_by(keys, out).attempts
    assert attempt.words is not None
    assert DARK not in [turn.text for turn in attempt.words.turns]


async def test_with_a_yes_they_go_and_it_can_be_taken_back(tmp_path: Path) -> None:
    homework(tmp_path, (KIND, DARK))
    async with opened() as pilot:
        await to_share(pilot)
        await pilot.press("left", "enter")
        await sees(pilot, "Send the turn marked as danger too")
        await pilot.press("down", "enter")
        await sees(pilot, "Yes, Dr Moreno may read it")
        await pilot.press("down", "enter")
        await sees(pilot, "after all")
        assert "one turn marked" not in shown(pilot)
        await pilot.press("down", "enter")
        await sees(pilot, "one turn marked as danger")


async def test_what_is_not_homework_and_notes_can_go_along_too(tmp_path: Path) -> None:
    keys = homework(tmp_path, (KIND,))
    rehearsed(KIND, scenario="need-a-minute")
    with House() as house:
        house.store.keep_field_note("avoiding-me", "yes", "I said it in the kitchen")
    out = tmp_path / "out"
    out.mkdir()
    async with opened() as pilot:
        await to_share(pilot)
        assert "Other rehearsals" in shown(pilot)
        await pilot.press("down", "left", "down", "left")
        await pilot.press("enter")
        await sees(pilot, "Field notes, with their words: 1")
        await written(pilot, str(out / "k.steady-packet"))
        await sees(pilot, "Steady sends nothing by itself")
    packet = opened_by(keys, out)
    assert [each.scenario.id for each in packet.attempts] == ["avoiding-me", "need-a-minute"]
    assert packet.field_notes[0].text == "I said it in the kitchen"


async def test_a_line_half_written_waits_and_is_gone_once_it_went(tmp_path: Path) -> None:
    homework(tmp_path, (KIND,))
    async with opened() as pilot:
        await to_share(pilot)
        pilot.app.screen.query_one(TextArea).text = "half a line [/]"
        await pilot.press("escape")
        await sees(pilot, "q leave")
        await pilot.press("enter")
        await sees(pilot, "half a line [/]")
        await pilot.press("enter")
        await sees(pilot, "nothing is written yet")
        await written(pilot, str(tmp_path))
        await sees(pilot, "Steady sends nothing by itself")
        await pilot.press("enter")
        await sees(pilot, "q leave")
        await pilot.app.run_action("share")
        await sees(pilot, "shared")
        assert "half a line" not in shown(pilot)


async def test_nothing_chosen_is_said_and_nothing_happens(tmp_path: Path) -> None:
    homework(tmp_path, (KIND,))
    async with opened() as pilot:
        await to_share(pilot)
        await pilot.press("right", "enter")
        await sees(pilot, "Nothing is chosen yet.")
        await sees(pilot, "or share a note.")
        assert isinstance(pilot.app.screen, ShareScreen)


async def test_a_place_that_cannot_be_written_is_said_and_nothing_is_recorded(
    tmp_path: Path,
) -> None:
    homework(tmp_path, (KIND,))
    (tmp_path / "taken").touch()
    async with opened() as pilot:
        await to_share(pilot)
        await pilot.press("enter")
        await sees(pilot, "nothing is written yet")
        for place, told in (
            ("", "Type or paste"),
            (str(tmp_path / "taken"), "already"),
            (str(tmp_path / "gone" / "x"), "no folder"),
        ):
            await written(pilot, place) if isinstance(pilot.app.screen, PacketScreen) else None
            pilot.app.screen.query_one(Input).value = place
            await pilot.press("enter")
            await sees(pilot, told)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, PacketScreen))
    with House() as house:
        assert house.store.shares() == ()


async def test_what_was_in_a_packet_stays_visible(tmp_path: Path) -> None:
    homework(tmp_path, (KIND,))
    async with opened() as pilot:
        await to_share(pilot)
        await pilot.press("enter")
        await sees(pilot, "nothing is written yet")
        await written(pilot, str(tmp_path))
        await sees(pilot, "Steady sends nothing by itself")
        await pilot.press("enter")
        await sees(pilot, "q leave")
        await pilot.press("h")
        await sees(pilot, "Shared so far")
        await pilot.press("down", "down", "down", "enter")
        await sees(pilot, "levels only")
        assert "cannot be called back" in shown(pilot)


async def test_sharing_from_the_palette_without_homework_shows_where_to_begin() -> None:
    with House() as house:
        house.seen_welcome()
    async with opened() as pilot:
        await sees(pilot, "With a partner")
        await pilot.app.run_action("share")
        await sees(pilot, "Nothing is set here yet")


async def test_in_the_room_it_goes_into_the_caseload_only_by_a_choice(
    tmp_path: Path, home: Path
) -> None:
    keys = make_keys("Dr Moreno", places())
    set_ = assignment()
    opened_pack(tmp_path, keys, set_)
    rehearsed(KIND, rung=Rung.FIRM, assignment=str(set_["id"]))
    async with opened() as pilot:
        await to_share(pilot)
        await pilot.press("enter")
        await sees(pilot, "Show it to Dr Moreno here")
        await pilot.press("end", "enter")
        await sees(pilot, "and nothing else of yours")
        await pilot.press("enter")
        await sees(pilot, "nothing is written yet")
        assert not places().caseload.exists()
        await pilot.press("end", "enter")
        await sees(pilot, "Not now")
        await pilot.press("down", "enter")
        await sees(pilot, "It is there to look at")
        await pilot.press("escape")
        await sees(pilot, "q leave")
        await pilot.press("h")
        await sees(pilot, "Shared so far")
    with Office() as office:
        (client,) = office.store.clients()
        (attempt,) = office.store.attempts(client.ref)
    assert (client.name, attempt.scenario.id) == ("Sam", "avoiding-me")


async def test_another_therapists_key_on_this_computer_gets_nothing(tmp_path: Path) -> None:
    homework(tmp_path, (KIND,))
    make_keys("Dr Moreno", places())
    async with opened() as pilot:
        await to_share(pilot)
        await pilot.press("enter")
        await sees(pilot, "Write the packet to a file")
        assert "Show it to" not in shown(pilot)


async def test_a_client_with_a_profile_finds_the_therapist_of_this_computer(
    tmp_path: Path,
) -> None:
    keys = make_keys("Dr Moreno", places())
    use_profile("sam")
    try:
        set_ = assignment()
        opened_pack(tmp_path, keys, set_)
        rehearsed(KIND, rung=Rung.FIRM, assignment=str(set_["id"]))
        with House() as house:
            (to,) = house.store.packs()
            here = therapist_here(to, house.places)
        assert here is not None
        assert here.caseload.parent.name == "steady-home"
    finally:
        use_profile(None)


async def test_a_line_too_long_to_send_is_said_and_stays(tmp_path: Path) -> None:
    homework(tmp_path, (KIND,))
    async with opened() as pilot:
        await to_share(pilot)
        pilot.app.screen.query_one(TextArea).text = "x" * 4001
        await pilot.press("enter")
        await until(pilot, lambda: bool(str(pilot.app.screen.query_one("#fault").render())))
        assert isinstance(pilot.app.screen, ShareScreen)
        assert len(pilot.app.screen.query_one(TextArea).text) == 4001


async def test_the_mouse_chooses_what_goes(tmp_path: Path) -> None:
    homework(tmp_path, (KIND,))
    async with opened() as pilot:
        await to_share(pilot)
        await pilot.click("Row", offset=(51, 0))
        await sees(pilot, "[words]")
        await pilot.click("#look")
        await sees(pilot, "nothing is written yet")
        assert "With the words" in shown(pilot)
