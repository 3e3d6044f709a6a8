"""Packs: what is written can be read, and what cannot be trusted is refused in one sentence."""

import json
import os
import stat
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pydantic import ValidationError

from parcels import as_bytes, as_tree, assignment, own_toml, pack, packet
from steady.homework.errors import (
    Altered,
    FileFault,
    HomeworkFault,
    NewerFormat,
    NotHomework,
    TooLarge,
)
from steady.homework.formats import LARGEST_PACK, PackScenario, PackTherapist
from steady.homework.packs import check_scenarios, pack_bytes, parse_pack, read_pack, write_pack
from steady.places import shipped_scenarios

FORBIDDEN = ("\x1b]0;title\x07", "\x00", "\u202e", "\x9b31m")


def told(fault: HomeworkFault) -> str:
    """The sentence of a fault: one line, with no sign a terminal obeys."""
    said = str(fault)
    assert said.isprintable()
    return said


def test_what_is_written_is_read_back_whole(tmp_path: Path) -> None:
    whole = pack()
    write_pack(whole, tmp_path / "ann.steady-pack")
    assert read_pack(tmp_path / "ann.steady-pack") == whole


def test_a_pack_is_readable_json_that_says_what_it_is() -> None:
    tree = json.loads(pack_bytes(pack()))
    assert (tree["format"], tree["version"]) == ("steady-pack", 1)
    assert tree["assignments"][1]["aids"] == "off"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_written_file_is_its_owners_alone_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    write_pack(pack(), tmp_path / "ann.steady-pack")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["ann.steady-pack"]
    assert stat.S_IMODE((tmp_path / "ann.steady-pack").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Ann")
    with pytest.raises(FileFault, match="already there"):
        write_pack(pack(), tmp_path / "letter")
    assert (tmp_path / "letter").read_text() == "Dear Ann"


@pytest.mark.parametrize("name", ["no/such/folder/x", "x" * 300, "a\x00b", "."])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileFault) as refused:
        write_pack(pack(), tmp_path / name)
    told(refused.value)


@pytest.mark.parametrize("name", ["missing", "folder", "x" * 300, "a\x00b"])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileFault) as refused:
        read_pack(tmp_path / name)
    told(refused.value)


@pytest.mark.skipif(os.name != "posix", reason="pipes are POSIX's")
def test_a_pipe_is_not_waited_on(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileFault, match="not a file"):
        read_pack(tmp_path / "pipe")


def test_a_file_beyond_the_bound_is_refused_by_its_size(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(2**40)  # a terabyte that takes no room: reading it would never end
    with pytest.raises(TooLarge, match="4 MB"):
        read_pack(large)


def test_a_pack_beyond_the_bound_cannot_be_made() -> None:
    scenarios = tuple(PackScenario(id=f"s{n}", toml="é" * 200_000) for n in range(12))
    with pytest.raises(TooLarge):
        pack_bytes(pack(scenarios=scenarios))
    assert LARGEST_PACK < 12 * 400_000


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b"", NotHomework, "is not a pack"),
        (b"Dear Ann,", NotHomework, "is not a pack"),
        (b"[1, 2]", NotHomework, "is not a pack"),
        (b"{}", NotHomework, "is not a pack"),
        (b'{"format": "recipe", "version": 1}', NotHomework, "is not a pack"),
        (b'{"format": "steady-pack", "version": "1"}', Altered, "cut short or altered"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), NotHomework, "is not a pack"),
        (b"age-encryption.org/v1\n" + bytes(100), NotHomework, "steady therapist import"),
        (pack_bytes(pack())[:500], Altered, "cut short or altered"),
        (as_bytes(as_tree(pack()) | {"version": 2}), NewerFormat, "Update Steady"),
        (as_bytes(as_tree(pack()) | {"version": 2, "new": []}), NewerFormat, "Update Steady"),
        (as_bytes(as_tree(packet())), NotHomework, "packet of shared practice"),
        (b'{"format": "steady-pack", "version": 1, "a": ' + b"[" * 90_000, Altered, "cut short"),
    ],
)
def test_what_is_no_pack_gets_one_sentence(
    data: bytes, kind: type[HomeworkFault], said: str
) -> None:
    with pytest.raises(kind, match=said) as refused:
        parse_pack(data, "ann.steady-pack")
    assert told(refused.value).startswith("ann.steady-pack ")


def test_what_was_written_in_a_broken_pack_is_never_repeated() -> None:
    tree = as_tree(pack())
    tree["assignments"][0]["rung"] = "\x1b[31mMY SECRET"
    with pytest.raises(Altered) as refused:
        parse_pack(as_bytes(tree))
    assert "assignments.0.rung" in told(refused.value)
    assert "SECRET" not in str(refused.value)


@pytest.mark.parametrize(
    "scenario",
    ["..", "../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "A", "con.toml", "", "a" * 61, "a\n"],
)
def test_an_id_that_could_lead_elsewhere_is_refused(scenario: str) -> None:
    for key, field in (("assignments", "scenario"), ("scenarios", "id")):
        tree = as_tree(pack())
        tree[key][0][field] = scenario
        with pytest.raises(Altered):
            parse_pack(as_bytes(tree))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("pack_id", "../../x"),
        ("made", "yesterday"),
        ("made", "2026-11-20T09:30:00"),  # of no zone
        ("made", "9999-12-31T23:59:59-23:00"),
        ("made", 1_790_000_000),
        ("message", "x" * 4_001),
        ("message", None),
        ("assignments", []),
        ("assignments", [as_tree(pack())["assignments"][0]] * 2),  # the same twice
        ("assignments", {}),
        ("scenarios", [{"id": "a", "toml": "x"}] * 2),
        ("therapist", {"name": "\x1b\x07", "public_key": as_tree(pack())["therapist"]}),
        ("extra", 1),
    ],
)
def test_every_bound_holds(key: str, value: object) -> None:
    with pytest.raises(Altered):
        parse_pack(as_bytes(as_tree(pack()) | {key: value}))


@pytest.mark.parametrize(
    "key",
    [
        "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z",  # anybody could open it
        "age1" + "q" * 58,
        "ssh-ed25519 AAAA",
        "",
    ],
)
def test_a_key_that_could_keep_no_secret_is_refused(key: str) -> None:
    tree = as_tree(pack())
    tree["therapist"]["public_key"] = key
    with pytest.raises(Altered, match="public_key"):
        parse_pack(as_bytes(tree))
    with pytest.raises(ValidationError):
        PackTherapist(name="Dr Moreno", public_key=key)


@pytest.mark.parametrize("bad", FORBIDDEN)
def test_control_characters_are_taken_out_of_every_text(bad: str) -> None:
    tree = as_tree(pack())
    tree["message"] += bad
    tree["therapist"]["name"] += bad
    tree["assignments"][0]["note"] += bad
    assert parse_pack(as_bytes(tree)) == pack()


def test_names_are_one_line() -> None:
    tree = as_tree(pack())
    tree["client"]["name"] = " Ann\r\n  of  the\tlake "
    assert parse_pack(as_bytes(tree)).client.name == "Ann of the lake"


def test_times_of_any_zone_are_kept_as_utc() -> None:
    there = datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=-8)))
    found = parse_pack(pack_bytes(pack(made=there)))
    assert found.made == there
    assert found.made.tzinfo == UTC


def test_a_byte_order_mark_of_an_editor_does_no_harm() -> None:
    assert parse_pack(b"\xef\xbb\xbf" + pack_bytes(pack())) == pack()


def test_a_scenario_is_checked_as_any_other_file_is() -> None:
    shipped = shipped_scenarios()
    check_scenarios(pack(), shipped)
    for toml in ("id = ", own_toml("another-id"), own_toml("my-ask", '\nextra = "\\u001b"\n')):
        broken = pack(scenarios=(PackScenario(id="my-ask", toml=toml),))
        with pytest.raises(Altered, match=r"my-ask\.toml"):
            check_scenarios(broken, shipped)


def test_a_scenario_never_takes_the_place_of_a_shipped_one() -> None:
    toml = (shipped_scenarios() / "avoiding-me.toml").read_text("utf-8")
    theirs = pack(scenarios=(PackScenario(id="avoiding-me", toml=toml),))
    with pytest.raises(Altered, match="never replaced"):
        check_scenarios(theirs, shipped_scenarios())


def test_an_assignment_asks_for_one_to_fifty_times() -> None:
    for times in (0, 51, -1):
        with pytest.raises(ValidationError):
            assignment(times=times)
    assert [assignment(times=times).times for times in (1, 50)] == [1, 50]
