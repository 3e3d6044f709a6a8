"""The therapist's key pair: made once, kept in a file of its owner's alone, never replaced.

The file is an age identity file, so that the `age` program reads it too.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from steady.homework.errors import KeyFault
from steady.homework.files import named, read_bounded
from steady.homework.fingerprint import fingerprint
from steady.places import Places, owner_only, private_folder
from steady.safety.cleaning import one_line

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

_LARGEST = 16_384  # bytes of a key file
_LONGEST_NAME = 120
_NAME = re.compile(r"^# name: (.*)$", re.MULTILINE)
_SECRET = re.compile(r"^(AGE-SECRET-KEY-1[0-9A-Z]+)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TherapistKeys:
    """A therapist's name and keys. `public_key` travels in packs; `identity` opens packets."""

    name: str
    public_key: str
    path: Path
    identity: "Identity" = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """The public key's fingerprint, to be read aloud."""
        return fingerprint(self.public_key)


def have_keys(places: Places) -> bool:
    """Whether there is a key file, sound or not."""
    return places.therapist_key.exists()


def make_keys(name: str, places: Places) -> TherapistKeys:
    """Make the key pair, once, under the name that clients will see.

    Raises KeyFault where there is a key already (it is never overwritten) or the name is empty.
    """
    from pyrage import x25519

    name = one_line(name)
    if not name:
        raise KeyFault('A therapist needs a name that clients know: --name "Dr Moreno".')
    if len(name) > _LONGEST_NAME:
        raise KeyFault(f"That name is longer than {_LONGEST_NAME} characters; shorten it.")
    identity = x25519.Identity.generate()
    public_key = str(identity.to_public())
    text = (
        "# The private key that opens what clients of this therapist share. Whoever has this file\n"
        "# can read it all: keep a copy where only you can reach it, and send it to nobody.\n"
        f"# name: {name}\n"
        f"# public key: {public_key}\n"
        f"{identity}\n"
    )
    path = places.therapist_key
    private_folder(path.parent)
    try:
        file = open(path, "x", encoding="utf-8", opener=owner_only)  # noqa: SIM115
    except FileExistsError:
        raise KeyFault(
            f"There is a key already in {named(path)}; it was left as it is, since what clients "
            "share can be read with no other. To begin anew, move that file away first."
        ) from None
    except OSError as fault:
        raise _refused(path, "made", fault) from None
    try:
        with file:
            file.write(text)
    except OSError as fault:
        with suppress(OSError):
            path.unlink()
        raise _refused(path, "made", fault) from None
    return TherapistKeys(name, public_key, path, identity)


def load_keys(places: Places) -> TherapistKeys:
    """The key pair. Raises KeyFault where there is none, or the file holds none."""
    import pyrage
    from pyrage import x25519

    path = places.therapist_key
    if not path.exists():
        raise KeyFault('There is no key yet; steady therapist init --name "…" makes one, once.')
    text = read_bounded(path, _LARGEST).decode("utf-8", "replace")
    secret, name = _SECRET.search(text), _NAME.search(text)
    try:
        identity = x25519.Identity.from_str(secret[1] if secret else "")
    except pyrage.IdentityError:
        raise KeyFault(
            f"{named(path)} holds no key that can be read; put the copy you kept in its place."
        ) from None
    if os_closed := path.stat().st_mode & 0o077:
        with suppress(OSError):
            path.chmod(path.stat().st_mode & ~os_closed & 0o777)
    called = one_line(name[1])[:_LONGEST_NAME] if name else ""
    return TherapistKeys(called or "Therapist", str(identity.to_public()), path, identity)


def how_to_back_up(keys: TherapistKeys) -> str:
    """What a therapist is told once the key is made."""
    return (
        f"Your key is in {named(keys.path)}. Copy that file once to a place only you can reach, "
        "such as an encrypted stick. Without it, what clients share cannot be read by anybody; "
        "with it, anybody can read it."
    )


def _refused(path: Path, what: str, fault: OSError) -> KeyFault:
    reason = (fault.strerror or "the system refused").lower()
    return KeyFault(f"{named(path)} cannot be {what}: {reason}; look at the folder and try again.")
