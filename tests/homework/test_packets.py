"""Packets: sealed for one key, opened whole or not at all."""

import base64
import gzip
import os
import stat
from pathlib import Path

import pyrage
import pytest
from pydantic import ValidationError

from parcels import (
    IDENTITY,
    KEY,
    MADE,
    OTHER,
    SAID,
    as_bytes,
    as_tree,
    attempt,
    pack,
    packet,
    words,
)
from steady.homework.errors import (
    Altered,
    FileFault,
    HomeworkFault,
    KeyFault,
    NewerFormat,
    NotHomework,
    OtherKey,
    TooLarge,
)
from steady.homework.formats import LARGEST_PACKET, SharedTurn
from steady.homework.packets import open_packet, read_packet, seal, write_packet
from steady.homework.packs import pack_bytes
from steady.terms import Speaker

SEALED = seal(packet(), KEY)
PLAIN = packet().model_dump_json(by_alias=True).encode()


def sealed(plain: bytes) -> bytes:
    """Bytes sealed as a packet is."""
    return pyrage.encrypt(plain, [IDENTITY.to_public()])


def refused(data: bytes, kind: type[HomeworkFault]) -> str:
    """The sentence with which these bytes are refused."""
    with pytest.raises(kind) as fault:
        open_packet(data, IDENTITY, "ann.steady-packet")
    assert type(fault.value) is kind
    said = str(fault.value)
    assert said.isprintable()
    assert said.startswith("ann.steady-packet ")
    return said


def test_what_is_sealed_is_opened_whole() -> None:
    assert open_packet(SEALED, IDENTITY) == packet()


def test_nothing_of_it_can_be_read_on_the_way() -> None:
    for told in (b"Ann", b"steady-packet", b"I hear you", b"avoiding-me"):
        assert told in PLAIN
        assert told not in SEALED
        assert told not in gzip.compress(SEALED)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_written_packet_is_its_owners_alone(tmp_path: Path) -> None:
    write_packet(packet(), KEY, tmp_path / "ann.steady-packet")
    assert read_packet(tmp_path / "ann.steady-packet", IDENTITY) == packet()
    assert stat.S_IMODE((tmp_path / "ann.steady-packet").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mine")
    with pytest.raises(FileFault, match="already there"):
        write_packet(packet(), KEY, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"mine"


def test_another_key_opens_nothing() -> None:
    with pytest.raises(OtherKey, match="another therapist's key"):
        open_packet(SEALED, OTHER)


def test_it_is_sealed_for_a_key_and_nothing_else() -> None:
    for key in ("", "age1foo", "age1" + "q" * 58, "ssh-ed25519 AAAA"):
        with pytest.raises(KeyFault, match="cannot be used"):
            seal(packet(), key)


@pytest.mark.parametrize("left", [1, 10, 21, 60, 200, len(SEALED) // 2, -1])
def test_a_packet_cut_short_is_told(left: int) -> None:
    assert "cut short or altered" in refused(SEALED[:left], Altered)


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8, 0.99])
def test_a_packet_altered_in_one_sign_is_told(at: float) -> None:
    data = bytearray(SEALED)
    place = SEALED.index(b"\n--- ") + 60 + int(at * (len(SEALED) - SEALED.index(b"\n--- ") - 61))
    data[place] ^= 1
    refused(bytes(data), Altered)


@pytest.mark.parametrize(
    "data",
    [b"", b"Dear Ann,", PLAIN, b"\x1f\x8b" + bytes(50), bytes(1_000), b"age-encryption.org/v2\n"],
)
def test_what_is_no_packet_is_told(data: bytes) -> None:
    assert "is not a packet" in refused(data, NotHomework)


def test_a_pack_in_place_of_a_packet_is_named_as_one() -> None:
    assert "steady homework open" in refused(pack_bytes(pack()), NotHomework)
    inside = sealed(gzip.compress(pack_bytes(pack())))
    assert "steady homework open" in refused(inside, NotHomework)


def test_a_packet_of_a_newer_program_is_told() -> None:
    tree = as_tree(packet()) | {"version": 2, "songs": ["la"]}
    assert "Update Steady" in refused(sealed(gzip.compress(as_bytes(tree))), NewerFormat)


@pytest.mark.parametrize(
    "inside",
    [
        b"",
        PLAIN,  # not packed
        gzip.compress(PLAIN)[:-4],
        gzip.compress(PLAIN) + b"more",
        gzip.compress(PLAIN) * 2,
        gzip.compress(PLAIN[:300]),
    ],
)
def test_what_is_wrongly_packed_inside_the_seal_is_told(inside: bytes) -> None:
    refused(sealed(inside), Altered)


def test_a_small_file_that_unpacks_to_a_great_deal_is_refused() -> None:
    bomb = sealed(gzip.compress(bytes(LARGEST_PACKET + 1), 9))
    assert len(bomb) < 100_000
    assert "64 MB" in refused(bomb, TooLarge)


def test_many_small_things_are_refused_before_they_are_read() -> None:
    crowd = b'{"format":"steady-packet","version":1,"attempts":[' + b"[]," * 4_000_000 + b"[]]}"
    assert "more than homework ever does" in refused(sealed(gzip.compress(crowd, 1)), TooLarge)


def test_a_large_file_is_refused_by_its_size_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(TooLarge, match="64 MB"):
        read_packet(large, IDENTITY)
    with pytest.raises(TooLarge):
        open_packet(bytes(LARGEST_PACKET + 1), IDENTITY)


def test_a_head_with_a_crowd_of_receivers_is_not_read() -> None:
    """The library's time grows with their square: two thousand take it most of a minute."""

    def letters(data: bytes) -> bytes:
        return base64.b64encode(data).rstrip(b"=")

    stanza = b"-> X25519 " + letters(b"\x09" + bytes(31)) + b"\n" + letters(bytes(32)) + b"\n"
    head = b"age-encryption.org/v1\n" + stanza * 100_000 + b"--- " + letters(bytes(32)) + b"\n"
    refused(head + bytes(100), Altered)


def test_a_packet_for_a_few_receivers_is_opened_by_each() -> None:
    both = pyrage.encrypt(gzip.compress(PLAIN), [OTHER.to_public(), IDENTITY.to_public()])
    assert open_packet(both, IDENTITY) == open_packet(both, OTHER) == packet()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("sequence",), 0),
        (("sequence",), 2**63),
        (("sequence",), 1.0),
        (("sequence",), True),
        (("client", "id"), "ann"),
        (("attempts", 0, "number"), 0),
        (("attempts", 1, "number"), 7),  # twice the same
        (("attempts", 0, "levels", 0, "level"), 4),
        (("attempts", 0, "levels", 1, "criterion"), "validation"),  # twice the same
        (("attempts", 0, "outcome"), "won"),
        (("attempts", 0, "tension"), [0.5, 1.01]),
        (("attempts", 0, "tension"), [float("nan")]),
        (("attempts", 0, "scenario", "id"), "../x"),
        (("attempts", 0, "scenario", "content_hash"), "AB" * 32),
        (("attempts", 0, "face"), "\x1b[2J"),
        (("attempts", 0, "words", "turns", 2, "moves", 0, "end"), 1_000),
        (("attempts", 0, "words", "turns", 2, "moves", 0, "start"), 11),
        (("attempts", 0, "words", "turns", 2, "replaced"), 1),  # the same turn twice
        (("attempts", 0, "words", "turns", 0, "text"), "x" * 100_001),
        (("attempts", 0, "before", "sure"), 11),
        (("attempts", 1, "agreed"), "in 20 minutes"),  # quotes the client, without words
        (("field_notes", 0, "said"), "maybe"),
    ],
)
def test_every_bound_holds_inside_the_seal(path: tuple[str | int, ...], value: object) -> None:
    tree: object = as_tree(packet())
    holder: object = tree
    for step in path[:-1]:
        holder = holder[step]  # type: ignore[index]
    holder[path[-1]] = value  # type: ignore[index]
    refused(sealed(gzip.compress(as_bytes(tree))), Altered)


@pytest.mark.parametrize("bad", ["\x1b]0;title\x07", "\x00", "\u202e", "\x9b31m"])
def test_control_characters_are_taken_out_of_what_was_said(bad: str) -> None:
    tree = as_tree(packet())
    turns = tree["attempts"][0]["words"]["turns"]
    turns[3]["text"] += bad
    tree["message"] += bad
    tree["field_notes"][0]["text"] += bad
    assert open_packet(sealed(gzip.compress(as_bytes(tree))), IDENTITY) == packet()


def test_half_a_character_is_refused() -> None:
    tree = as_tree(packet()) | {"message": "\ud800"}
    refused(sealed(gzip.compress(as_bytes(tree))), Altered)


def test_a_move_never_lies_outside_its_turn() -> None:
    move = words().turns[2].moves[1]
    with pytest.raises(ValidationError, match="outside its turn"):
        SharedTurn(number=1, speaker=Speaker.CLIENT, text="I", moves=(move,), said_at=MADE)
    assert SAID[move.start : move.end] == "I need 20 minutes"


def test_an_attempt_without_words_has_none() -> None:
    plain = attempt(spoken=False).model_dump_json()
    assert "I hear you" not in plain
    assert "20 minutes" not in plain
