"""A place as people type or paste it: with quotes, with a tilde, as a terminal drops it."""

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from steady.errors import SteadyError
from steady.places import owner_only
from steady.safety.cleaning import one_line

_ESCAPED = re.compile(r"\\([ '\"()&\[\]\\])")
_QUOTES = "\"'“”‘’"
_FIRST_FREE = range(2, 1000)


class PathFault(SteadyError):
    """What was typed names no place that can be used."""


def typed_path(text: str) -> Path:
    """The place that was typed or pasted. Raises `PathFault` where nothing was.

    What is there under the very words typed is meant by them; else quotes around them, a tilde,
    the backslashes of a shell and `file://` are taken as they are meant.
    """
    words = one_line(text)
    if not words.strip(_QUOTES + " "):
        raise PathFault("Type or paste where the file is.")
    try:
        if Path(words).exists():
            return Path(words)
        if words[0] in _QUOTES:
            words = words.strip(_QUOTES + " ")
        if words.startswith("file:"):
            words = unquote(urlsplit(words).path)
        plain = Path(words).expanduser()
        if plain.exists() or os.name == "nt":
            return plain
        return Path(_ESCAPED.sub(r"\1", words)).expanduser()
    except (OSError, RuntimeError, ValueError):  # too long, no such home, a broken address
        raise PathFault("That is not a place on this computer.") from None


def place_to_write(text: str, name: str) -> Path:
    """Where a new file goes: the file typed, or one called `name` in the folder typed.

    Raises `PathFault` where there is no such folder, or a file is there already.
    """
    path = typed_path(text)
    try:
        if path.is_dir():
            return free(path / name)
        if path.exists():
            raise PathFault(f"There is a file called {path.name} already; give another name.")
        if not path.parent.is_dir():
            raise PathFault(f"There is no folder {path.parent}; give one that is there.")
    except OSError as fault:
        raise PathFault(f"{path} cannot be used: {_said(fault)}.") from None
    return path


def free(path: Path) -> Path:
    """The place itself where nothing is there, else the first that is free: name-2, name-3."""
    places = (path, *(path.with_stem(f"{path.stem}-{number}") for number in _FIRST_FREE))
    return next((place for place in places if not place.exists()), path)


def write_new(path: Path, data: bytes) -> None:
    """Write a new file for its owner alone; one that is there is never replaced.

    Raises `PathFault`.
    """
    try:
        with open(path, "xb", opener=owner_only) as file:
            file.write(data)
    except FileExistsError:
        raise PathFault(f"{path} is there already; give another name.") from None
    except OSError as fault:
        raise PathFault(f"{path} cannot be written: {_said(fault)}.") from None


def default_folder() -> Path:
    """The folder offered first: Documents where there is one, else home, else here."""
    try:
        home = Path.home()
    except RuntimeError:
        return Path.cwd()
    documents = home / "Documents"
    return documents if documents.is_dir() else home


def _said(fault: OSError) -> str:
    return (fault.strerror or "the system refused").lower()
