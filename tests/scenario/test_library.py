import hashlib
import os
from pathlib import Path

import pytest

from shelves import Shelf
from steady.scenario.files import Faulty
from steady.scenario.library import MOST_FILES, UnknownBank, UnknownScenario
from steady.terms import Act, Relationship


def test_shipped_scenarios_stand_before_ones_own_and_each_says_whose_it_is(shelf: Shelf) -> None:
    shelf.put("b-shipped")
    shelf.put("a-own", own=True)
    shelf.put("a-shipped")
    listing = shelf.library.listing()
    assert [(head.id, head.origin) for head in listing.heads] == [
        ("a-shipped", "shipped"),
        ("b-shipped", "shipped"),
        ("a-own", "own"),
    ]
    assert listing.faults == ()


def test_a_found_scenario_comes_with_its_bank_and_the_hash_of_its_bytes(shelf: Shelf) -> None:
    path = shelf.put("never-yes", ('relationship = "partner"', 'relationship = "colleague"'))
    found = shelf.library.find("never-yes")
    assert found.scenario.id == found.head.id == "never-yes"
    assert found.bank.relationship is Relationship.COLLEAGUE
    assert found.content_hash == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_hash_changes_with_any_byte(shelf: Shelf) -> None:
    path = shelf.put("never-yes")
    before = shelf.library.find("never-yes").content_hash
    path.write_bytes(path.read_bytes() + b"\n")
    assert shelf.library.find("never-yes").content_hash != before


def test_an_unknown_id_names_the_nearest(shelf: Shelf) -> None:
    shelf.put("avoiding-me")
    shelf.put("movie-night")
    with pytest.raises(UnknownScenario, match="Did you mean 'avoiding-me'") as refused:
        shelf.library.find("avoidin-me")
    assert refused.value.nearest == "avoiding-me"
    with pytest.raises(UnknownScenario) as refused:
        shelf.library.find("zzz")
    assert refused.value.nearest is None
    assert "Did you mean" not in str(refused.value)


@pytest.mark.parametrize("asked", ["../secret", "a/b", "", ".", "x\x1b[2J", "never-yes\n", "/etc"])
def test_an_id_is_never_taken_for_a_path(shelf: Shelf, asked: str) -> None:
    shelf.put("never-yes")
    shelf.put("secret").rename(shelf.shipped.parent / "secret.toml")
    with pytest.raises(UnknownScenario) as refused:
        shelf.library.find(asked)
    assert "\x1b" not in str(refused.value)


def test_ones_own_file_never_replaces_a_shipped_one_and_is_named(shelf: Shelf) -> None:
    shelf.put("never-yes")
    own = shelf.put("never-yes", ("You never say yes", "Mine"), own=True)
    listing = shelf.library.listing()
    assert [head.origin for head in listing.heads] == ["shipped"]
    assert [fault.path for fault in listing.faults] == [own]
    assert "id of a shipped scenario" in listing.faults[0].what
    assert shelf.library.find("never-yes").scenario.title == '"You never say yes"'


def test_a_shipped_id_stays_taken_while_the_shipped_file_is_broken(shelf: Shelf) -> None:
    shipped = shelf.put("never-yes", ("short =", "shrt ="))
    own = shelf.put("never-yes", own=True)
    assert shelf.library.heads() == ()
    assert [fault.path for fault in shelf.library.listing().faults] == [shipped, own]
    with pytest.raises(Faulty, match="short"):
        shelf.library.find("never-yes")


def test_a_broken_file_stops_no_other(shelf: Shelf) -> None:
    shelf.put("sound")
    no_toml = shelf.put("no-toml", ("short =", "short"))
    no_rung = shelf.put("no-rung", ("[rungs.firm]", "[rungs.frim]"))
    (shelf.own / "noise.toml").write_bytes(b"\xff\xfe\x00")
    os.mkfifo(shelf.own / "pipe.toml")
    (shelf.own / "folder.toml").mkdir()
    assert [head.id for head in shelf.library.heads()] == ["no-rung", "sound"]
    faults = {fault.path: fault for fault in shelf.library.faults()}
    assert set(faults) == {
        no_toml,
        no_rung,
        *(shelf.own / name for name in ("noise.toml", "pipe.toml", "folder.toml")),
    }
    assert faults[no_toml].line == 5
    assert shelf.library.find("sound").scenario.id == "sound"
    with pytest.raises(Faulty, match=r"no-rung\.toml:\d+: rungs\.firm"):
        shelf.library.find("no-rung")


def test_hidden_files_and_other_files_are_passed_over(shelf: Shelf) -> None:
    shelf.put("never-yes", own=True).rename(shelf.own / ".never-yes.toml")
    (shelf.own / "notes.txt").write_text("x")
    (shelf.own / "never-yes.toml~").write_text("x")
    listing = shelf.library.listing()
    assert (listing.heads, listing.faults) == ((), ())


def test_a_folder_without_end_is_bounded_and_named(shelf: Shelf) -> None:
    for number in range(MOST_FILES + 1):
        (shelf.own / f"x{number:03}.toml").touch()
    faults = shelf.library.listing().faults
    assert len([fault for fault in faults if fault.path != shelf.own]) == MOST_FILES
    assert [fault.what for fault in faults if fault.path == shelf.own] == [
        "holds more than 500 scenarios; the rest is left out"
    ]


def test_no_folder_of_ones_own_is_no_fault_but_no_shipped_folder_is(shelf: Shelf) -> None:
    shelf.own.rmdir()
    shelf.put("never-yes")
    assert shelf.library.listing().faults == ()
    shelf.shipped.rename(shelf.shipped.parent / "gone")
    assert [fault.what for fault in shelf.library.listing().faults] == ["is not there"]


def test_a_scenario_that_would_leave_the_partner_speechless_is_not_opened(shelf: Shelf) -> None:
    path = shelf.put("never-yes", without=Act.WAVER)
    shelf.library.find("never-yes")
    shelf.put_bank(Relationship.PARTNER, without=Act.WAVER)
    with pytest.raises(Faulty, match="there is no line for waver"):
        shelf.library.find("never-yes")
    assert [fault.path for fault in shelf.library.faults()] == [path]


def test_a_missing_bank_is_named(shelf: Shelf) -> None:
    shelf.put("never-yes")
    (shelf.shipped / "banks" / "partner.toml").unlink()
    with pytest.raises(UnknownBank, match="install Steady again"):
        shelf.library.find("never-yes")


def test_a_broken_bank_is_named_with_its_line(shelf: Shelf) -> None:
    shelf.put("never-yes")
    bank = shelf.put_bank(Relationship.PARTNER, ('before_push = ["Well."]', "before_push = 3"))
    line = bank.read_text().splitlines().index("before_push = 3") + 1
    with pytest.raises(Faulty, match=rf"partner\.toml:{line}: voice\.before_push"):
        shelf.library.find("never-yes")


def test_starters_of_the_relationship_come_before_those_for_anybody(shelf: Shelf) -> None:
    starters = shelf.library.starters
    assert starters(None, Relationship.PARTNER) == ["I love you, and…", "I hear you. I…"]
    assert starters(None, Relationship.COLLEAGUE) == ["I hear you. I…"]
    assert starters(Act.ACCUSE, Relationship.PARTNER) == ["I see why it looks that way. I…"]


def test_where_there_are_no_starters_none_are_offered(shelf: Shelf) -> None:
    assert shelf.library.starters(Act.LET_GO, Relationship.PARTNER) == []
    (shelf.shipped / "banks" / "starters.toml").unlink()
    assert shelf.library.starters(None, Relationship.PARTNER) == []


def test_the_files_of_the_library_are_its_scenarios_banks_and_starters(shelf: Shelf) -> None:
    shipped, own = shelf.put("a-shipped"), shelf.put("b-own", own=True)
    paths, faults = shelf.library.files()
    banks = shelf.shipped / "banks"
    names = ["colleague.toml", "partner.toml", "starters.toml", "supervisor.toml"]
    assert list(paths) == [shipped, own, *(Path(banks, name) for name in names)]
    assert faults == ()
