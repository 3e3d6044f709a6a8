"""Importing on screen: one file or several, pasted, dropped, a folder; what came is said."""

from pathlib import Path

import pytest

from cases import STRONG, Talk, given, practised, shared
from driving import office_opened, sees, shown, typed, until
from steady.homework.keys import make_keys
from steady.homework.packets import seal
from steady.office import Office
from steady.tui.office.client import ClientScreen
from steady.tui.office.importing import ImportScreen, typed_files
from steady.tui.paths import PathFault


def a_packet(office: Office, folder: Path, name: str, message: str = "") -> Path:
    """A packet that was not taken in yet."""
    client = given(office, folder, name)
    practised(client, Talk(STRONG))
    return shared(client, office, folder, [Talk(STRONG)], message=message)


async def test_several_pasted_with_one_that_cannot_be_used(office: Office, tmp_path: Path) -> None:
    ana = a_packet(office, tmp_path, "Ana [/]", "It was hard [sighs].")
    ben = a_packet(office, tmp_path, "Ben").rename(tmp_path / "from ben.steady-packet")
    (tmp_path / "letter.steady-packet").write_text("a letter")
    async with office_opened() as pilot:
        await pilot.press("i")
        await sees(pilot, "Where are the packets?")
        await typed(pilot, f"{ana}\n'{ben}'\n{tmp_path / 'letter.steady-packet'}")
        await pilot.press("enter")
        await sees(pilot, "2 of 3 could be used")
        await sees(pilot, "Ana [/]: 1 new attempt.")
        await sees(pilot, "“It was hard [sighs].”")
        await sees(pilot, "Ben: 1 new attempt.")
        await sees(pilot, "is not a packet of shared practice")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ClientScreen))
        await sees(pilot, "Ben")
        await pilot.press("escape")
        await sees(pilot, "1 of 2 need a look")


async def test_the_same_packet_twice_changes_nothing(office: Office, tmp_path: Path) -> None:
    packet = a_packet(office, tmp_path, "Ana")
    async with office_opened() as pilot:
        await pilot.press("i")
        for told in ("Ana: 1 new attempt.", "this packet was imported before"):
            await typed(pilot, str(packet))
            await pilot.press("enter")
            await sees(pilot, told)
            await pilot.press("tab")
    assert len(office.store.attempts(office.store.clients()[0].ref)) == 1


async def test_a_packet_for_another_key_is_refused_in_a_sentence(
    office: Office, tmp_path: Path
) -> None:
    from dataclasses import replace

    from steady.homework.packets import read_packet

    other = make_keys("Dr Other", replace(office.places, data=tmp_path / "other"))
    mine = a_packet(office, tmp_path, "Ana")
    packet = read_packet(mine, office.keys.identity)
    mine.write_bytes(seal(packet, other.public_key))
    async with office_opened() as pilot:
        await pilot.press("i")
        await typed(pilot, str(mine))
        await pilot.press("enter")
        await sees(pilot, "0 of 1 could be used")
        assert "key" in shown(pilot)
        await pilot.press("escape")
        await sees(pilot, "1 client")


async def test_escape_stops_before_the_next_file_and_then_leaves(
    office: Office, tmp_path: Path
) -> None:
    packets = [a_packet(office, tmp_path, name) for name in ("Ana", "Ben")]
    async with office_opened() as pilot:
        await pilot.press("i")
        await sees(pilot, "Where are the packets?")
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)
        screen._waiting = list(packets)
        screen.action_leave()
        screen._take_next(2)
        await pilot.pause()
        assert pilot.app.screen is screen
        assert [office.store.attempts(client.ref) for client in office.store.clients()] == [(), ()]
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)


async def test_nothing_typed_and_places_that_are_not(office: Office) -> None:
    async with office_opened() as pilot:
        await pilot.press("i", "enter")
        await sees(pilot, "Type or paste where the file is.")
        await typed(pilot, "[/] 🙂 /no/such")
        await pilot.press("enter")
        await sees(pilot, "cannot be read")
        await pilot.press("escape")
        await sees(pilot, "Nobody is here yet.")


def test_a_folder_stands_for_its_packets_and_a_line_for_what_a_shell_would_see(
    tmp_path: Path,
) -> None:
    one, two = (tmp_path / f"{name}.steady-packet" for name in ("a b", "c"))
    for file in (one, two, tmp_path / "d.txt"):
        file.touch()
    assert typed_files(str(tmp_path)) == [one, two]
    assert typed_files(f"'{one}' {two}") == [one, two]
    assert typed_files(str(one).replace(" ", "\\ ")) == [one]
    assert typed_files(f"{one}\n\n{one}") == [one]
    assert typed_files(f"{one} it's") == [Path(f"{one} it's")]
    (tmp_path / "empty").mkdir()
    for nothing in ("", " \n ", str(tmp_path / "empty")):
        with pytest.raises(PathFault):
            typed_files(nothing)
