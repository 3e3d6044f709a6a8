"""Reading and writing homework files: bounded, and never half written."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from steady.homework.errors import FileFault, TooLarge
from steady.places import owner_only
from steady.safety.cleaning import one_line

_PART = 2**20


def named(path: Path) -> str:
    """A file's name as it is told in a sentence."""
    return one_line(str(path))


def read_bounded(path: Path, largest: int) -> bytes:
    """The bytes of a regular file of at most `largest` bytes.

    A larger one is refused by its size, before it is read. Raises FileFault and TooLarge.
    """
    # Without O_NONBLOCK a named pipe would hold the program until somebody writes to it.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except (OSError, ValueError) as fault:
        raise _unread(path, fault) from None
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise FileFault(
                f"{named(path)} is not a file; give the name of the file you were sent."
            )
        if found.st_size > largest:
            raise too_large(named(path), largest)
        parts, size = [], 0
        while size <= largest and (part := os.read(handle, min(_PART, largest + 1 - size))):
            parts.append(part)
            size += len(part)
    except OSError as fault:
        raise _unread(path, fault) from None
    finally:
        os.close(handle)
    if size > largest:
        raise too_large(named(path), largest)
    return b"".join(parts)


def too_large(what: str, largest: int) -> TooLarge:
    """The sentence for a file beyond its bound, which is given in bytes."""
    return TooLarge(
        f"{what} is larger than {largest // 2**20} MB, more than homework ever is; it was not "
        "opened. Ask the sender for the file again."
    )


def write_private(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a file for its owner alone, whole or not at all.

    A file that is there is left alone unless `replace` is set. Raises FileFault.
    """
    if not replace and os.path.lexists(path):
        raise FileFault(f"{named(path)} is already there and was left as it is; name another file.")
    part = path.parent / f".{path.name[:60]}.{uuid4().hex[:8]}.part"
    try:
        with open(part, "xb", opener=owner_only) as file:  # Path.open has no opener
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except (OSError, ValueError) as fault:
        with suppress(OSError, ValueError):
            part.unlink(missing_ok=True)
        reason = _reason(fault)
        raise FileFault(
            f"{named(path)} cannot be written: {reason}; name a file in a folder you may write."
        ) from None


def _unread(path: Path, fault: OSError | ValueError) -> FileFault:
    return FileFault(
        f"{named(path)} cannot be read: {_reason(fault)}; check its name and who may read it."
    )


def _reason(fault: OSError | ValueError) -> str:
    said = fault.strerror if isinstance(fault, OSError) else "this is no name for a file"
    return (said or "the system refused").lower()
