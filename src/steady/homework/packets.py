"""Packets: what a client sends back, sealed so that the therapist alone can open it.

A sealed packet is JSON, packed with gzip, encrypted with age to one X25519 key. That keeps it
secret and whole; it does not prove who sent it.
"""

import gzip
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from steady.homework.errors import Altered, HomeworkFault, KeyFault, NotHomework, OtherKey
from steady.homework.files import named, read_bounded, too_large, write_private

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

    from steady.homework.formats import Packet

SUFFIX = ".steady-packet"

_AGE = b"age-encryption.org/v1\n"
_LONGEST_HEAD = 4_096
"""How many bytes may come before what is sealed; reading more would take longer and longer."""
_HEAD_ENDS = b"\n--- "
_GZIP = 16 + zlib.MAX_WBITS


def seal(packet: "Packet", public_key: str) -> bytes:
    """The packet encrypted to a therapist's public key (`age1…`).

    Raises TooLarge, and KeyFault where the key is not one.
    """
    import pyrage
    from pyrage import x25519

    from steady.homework.checking import crowded
    from steady.homework.formats import LARGEST_PACKET
    from steady.homework.recipient import is_sound

    plain = packet.model_dump_json(by_alias=True).encode()
    if len(plain) > LARGEST_PACKET or crowded(plain):
        raise too_large("The packet", LARGEST_PACKET)
    if not is_sound(public_key):
        raise KeyFault(
            "The therapist's key in the pack cannot be used, so nothing was written; ask for a "
            "new pack."
        )
    return pyrage.encrypt(gzip.compress(plain, mtime=0), [x25519.Recipient.from_str(public_key)])


def write_packet(packet: "Packet", public_key: str, path: Path, *, replace: bool = False) -> None:
    """Seal a packet into a file, whole or not at all. Raises HomeworkFault."""
    write_private(path, seal(packet, public_key), replace=replace)


def read_packet(path: Path, identity: "Identity") -> "Packet":
    """The packet in a file, opened with the therapist's key. Raises HomeworkFault."""
    from steady.homework.formats import LARGEST_PACKET

    return open_packet(read_bounded(path, LARGEST_PACKET), identity, named(path))


def open_packet(data: bytes, identity: "Identity", what: str = "the file") -> "Packet":
    """The packet in the bytes of a file; `what` names it. Raises HomeworkFault."""
    from steady.homework.checking import checked
    from steady.homework.formats import LARGEST_PACKET, PACKET, PACKET_VERSION, Packet

    if len(data) > LARGEST_PACKET:
        raise too_large(what, LARGEST_PACKET)
    if not data.startswith(_AGE):
        raise _not_sealed(data, what)
    if _HEAD_ENDS not in data[:_LONGEST_HEAD]:
        raise _spoilt(what)
    plain = _unpacked(_decrypted(data, identity, what), LARGEST_PACKET, what)
    return checked(plain, Packet, PACKET, PACKET_VERSION, what)


def _decrypted(data: bytes, identity: "Identity", what: str) -> bytes:
    import pyrage

    try:
        return pyrage.decrypt(data, [identity])
    except pyrage.DecryptError as fault:
        if "No matching keys" in str(fault):
            raise OtherKey(
                f"{what} was made for another therapist's key, so it cannot be opened here; ask "
                "the client to open your newest pack and share again."
            ) from None
        raise _spoilt(what) from None


def _unpacked(packed: bytes, largest: int, what: str) -> bytes:
    """Unpack, stopping at the bound: a small file may claim to hold a great deal."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        plain = unpacker.decompress(packed, largest + 1)
    except zlib.error:
        raise _spoilt(what) from None
    if len(plain) > largest:
        raise too_large(what, largest)
    if not unpacker.eof or unpacker.unused_data:
        raise _spoilt(what)
    return plain


def _not_sealed(data: bytes, what: str) -> HomeworkFault:
    if len(data) < len(_AGE) and data and _AGE.startswith(data):
        return _spoilt(what)
    if data.lstrip()[:1] == b"{" and b'"steady-pack"' in data[:4096]:
        return NotHomework(
            f"{what} is a pack of homework (.steady-pack); 'steady homework open' opens it. "
            "Nothing was changed."
        )
    return NotHomework(
        f"{what} is not a packet of shared practice (.steady-packet); nothing was changed."
    )


def _spoilt(what: str) -> Altered:
    return Altered(
        f"{what} was cut short or altered on its way; nothing was taken from it. Ask the client "
        "to share it again."
    )
