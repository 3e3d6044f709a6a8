"""The therapist's key: made once, kept close, never lost by this program."""

import os
import stat

import pyrage
import pytest

from steady.homework.errors import KeyFault
from steady.homework.fingerprint import fingerprint
from steady.homework.keys import have_keys, how_to_back_up, load_keys, make_keys
from steady.homework.recipient import is_sound
from steady.places import places


def test_a_key_is_made_once_and_found_again() -> None:
    assert not have_keys(places())
    made = make_keys("  Dr  Moreno\x1b[2J ", places())
    assert have_keys(places())
    found = load_keys(places())
    assert (found.name, found.public_key) == ("Dr Moreno", made.public_key)
    assert str(found.identity) == str(made.identity)
    sealed = pyrage.encrypt(b"words", [pyrage.x25519.Recipient.from_str(made.public_key)])
    assert pyrage.decrypt(sealed, [found.identity]) == b"words"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_its_file_is_its_owners_alone_and_is_closed_again_when_opened_to_others() -> None:
    path = make_keys("Dr Moreno", places()).path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    load_keys(places())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_is_never_overwritten() -> None:
    path = make_keys("Dr Moreno", places()).path
    before = path.read_bytes()
    with pytest.raises(KeyFault, match="already") as told:
        make_keys("Dr Other", places())
    assert str(path) in str(told.value)
    assert path.read_bytes() == before


def test_a_damaged_key_is_told_and_never_overwritten() -> None:
    path = make_keys("Dr Moreno", places()).path
    for content in (b"", b"# name: x\n", b"AGE-SECRET-KEY-1QQQQ\n", b"\xff" * 100):
        path.write_bytes(content)
        with pytest.raises(KeyFault, match="put the copy you kept"):
            load_keys(places())
        with pytest.raises(KeyFault, match="already"):
            make_keys("Dr Moreno", places())
        assert path.read_bytes() == content


def test_without_a_key_it_is_said_how_one_is_made() -> None:
    with pytest.raises(KeyFault, match="steady therapist init"):
        load_keys(places())


@pytest.mark.parametrize("name", ["", "  ", "\x1b[31m", "x" * 121])
def test_a_name_that_clients_could_not_read_is_refused(name: str) -> None:
    with pytest.raises(KeyFault):
        make_keys(name, places())
    assert not have_keys(places())


def test_the_secret_is_in_no_message_and_no_repr() -> None:
    keys = make_keys("Dr Moreno", places())
    assert "SECRET" not in repr(keys)
    assert "SECRET" not in how_to_back_up(keys)
    assert str(keys.path) in how_to_back_up(keys)


def test_the_file_is_one_that_age_reads() -> None:
    lines = make_keys("Dr Moreno", places()).path.read_text().splitlines()
    assert next(line for line in lines if not line.startswith("#")).startswith("AGE-SECRET-KEY-1")


def test_a_fingerprint_is_short_and_worked_out_from_the_key() -> None:
    key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
    assert is_sound(key)
    assert fingerprint(key) == "3974 3111 5486 8342 1183 4081"
    groups = fingerprint(make_keys("Dr Moreno", places()).public_key).split()
    assert [len(group) for group in groups] == [4] * 6
    assert "".join(groups).isdigit()
