"""The first time, and an empty caseload."""

from driving import office_opened, sees, shown, typed
from steady.office import Office
from steady.places import places
from steady.terms import Rung


async def test_the_first_screen_makes_the_key_and_says_where_it_is_kept() -> None:
    async with office_opened() as pilot:
        await sees(pilot, "Under which name do your clients know you?")
        await typed(pilot, "Dr Moreno [she]")
        await pilot.press("enter")
        await sees(pilot, "the key is made")
        words = " ".join(shown(pilot).split())
        assert "Made for Dr Moreno [she]." in words
        assert "therapist.key" in words
        assert "Copy that file once" in words
        with Office() as office:
            assert office.keys.name == "Dr Moreno [she]"
            assert office.keys.fingerprint in words
        await pilot.press("enter")
        await sees(pilot, "Nobody is here yet.")
    assert places().therapist_key.stat().st_mode & 0o077 == 0


async def test_a_name_is_needed_and_escape_leaves_without_a_key() -> None:
    async with office_opened() as pilot:
        await sees(pilot, "Under which name")
        await pilot.press("enter")
        await sees(pilot, "A therapist needs a name")
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app._exit
    assert not places().therapist_key.exists()
    assert not places().caseload.exists()


async def test_a_first_time_in_a_small_window_goes_on_once_it_has_grown() -> None:
    async with office_opened((50, 15)) as pilot:
        await pilot.resize_terminal(80, 24)
        await sees(pilot, "Under which name")
        await typed(pilot, "Dr Moreno")
        await pilot.press("enter", "enter")
        await sees(pilot, "Nobody is here yet.")


async def test_an_empty_caseload_says_what_to_do_first_and_leads_there(office: Office) -> None:
    async with office_opened() as pilot:
        await sees(pilot, "Begin with homework")
        await pilot.press("enter")
        await sees(pilot, "Type the name of a first client.")
        await pilot.press("escape")
        await sees(pilot, "Nobody is here yet.")


async def test_help_names_the_keys_the_places_and_the_fingerprint(office: Office) -> None:
    async with office_opened() as pilot:
        await sees(pilot, "Nobody is here yet.")
        await pilot.press("question_mark")
        await sees(pilot, "find a client by name")
        await pilot.press("end")
        await sees(pilot, office.keys.fingerprint)
        await pilot.press("escape")
        await sees(pilot, "Nobody is here yet.")


async def test_a_spoilt_key_is_told_where_it_is_needed(office: Office) -> None:
    office.places.therapist_key.write_text("not a key")
    async with office_opened() as pilot:
        await pilot.press("i")
        await typed(pilot, "/no/such.steady-packet")
        await pilot.press("enter")
        await sees(pilot, "holds no key that can be read")


def test_the_rung_offered_is_the_lowest(office: Office) -> None:
    assert office.suggested_rung(None, "avoiding-me") is Rung.GENTLE
