"""Where Steady keeps its files, and how it makes them: readable by their owner alone.

Everything lies in one folder, so that it can be copied, moved or erased as one thing.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from steady.errors import SteadyError, UsageFault

HOME = "STEADY_HOME"
"""The environment variable that names another data folder."""


_PROFILES = "profiles"
_LONGEST_PROFILE = 40


class PlaceFault(SteadyError):
    """A folder or file of Steady's own cannot be found or made."""


class ProfileFault(UsageFault):
    """A profile's name cannot be a folder's."""


class _Chosen:
    """Whose things are meant, while the program runs; None is the person without a profile."""

    profile: str | None = None


def use_profile(name: str | None) -> None:
    """Keep to one person's things from now on: all of `<data>/profiles/NAME`, None for none.

    Raises ProfileFault where the name holds more than letters, digits, hyphens and underscores.
    """
    _Chosen.profile = None if name is None else _profile_folder(name)


def profile() -> str | None:
    """The profile in use, or None."""
    return _Chosen.profile


def profiles() -> tuple[str, ...]:
    """The profiles there are, in order of the alphabet. Raises PlaceFault."""
    try:
        found = [path.name for path in (_data_folder() / _PROFILES).iterdir() if path.is_dir()]
    except FileNotFoundError:
        return ()
    except OSError as fault:
        raise PlaceFault(
            f"{_data_folder() / _PROFILES} cannot be listed: {fault.strerror}; check who may read "
            "it."
        ) from None
    return tuple(sorted(found))


def _profile_folder(name: str) -> str:
    import unicodedata

    folder = unicodedata.normalize("NFC", name.strip()).casefold()
    known = all(sign in "-_" or unicodedata.category(sign)[0] in "LMN" for sign in folder)
    if not known or not folder or len(folder) > _LONGEST_PROFILE or folder[0] in "-_":
        raise ProfileFault(
            f"A profile's name is one word of at most {_LONGEST_PROFILE} letters, digits, hyphens "
            "and underscores, such as --profile anna."
        )
    return folder


@dataclass(frozen=True, slots=True)
class Places:
    """The paths, all absolute; only `shipped` is sure to exist."""

    data: Path
    database: Path
    config: Path
    own_scenarios: Path
    shipped: Path

    @property
    def packs(self) -> Path:
        """Homework opened: a folder for each pack, with the scenarios it brought."""
        return self.data / "packs"

    @property
    def therapist_key(self) -> Path:
        """The therapist's private key."""
        return self.data / "therapist.key"

    @property
    def caseload(self) -> Path:
        """The therapist's database."""
        return self.data / "caseload.db"


def places() -> Places:
    """Where everything is, for the profile in use.

    A profile without settings of its own goes by those of the person without one. Raises
    `PlaceFault` where there is no home folder to keep it in.
    """
    data = shared = _data_folder()
    if _Chosen.profile is not None:
        data = data / _PROFILES / _Chosen.profile
    config = data / "config.toml"
    if data != shared and not config.exists():
        config = shared / "config.toml"
    return Places(
        data=data,
        database=data / "steady.db",
        config=config,
        own_scenarios=data / "scenarios",
        shipped=shipped_scenarios(),
    )


def shipped_scenarios() -> Path:
    """The scenarios that come with the program: inside it once installed, else beside `src`."""
    package = Path(__file__).resolve().parent
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parents[1] / "scenarios"


def private_folder(path: Path) -> Path:
    """Make a folder, and those above it, for its owner alone; one that exists stays as it is.

    Raises `PlaceFault`.
    """
    try:
        for folder in (*reversed(path.parents), path):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as fault:
        raise _refused(path, fault) from None
    return path


def owner_only(path: str | os.PathLike[str], flags: int) -> int:
    """An opener for `open(path, "x", opener=owner_only)`: new files are their owner's alone."""
    return os.open(path, flags, 0o600)


def _data_folder() -> Path:
    if named := os.environ.get(HOME, "").strip():
        try:
            return Path(named).expanduser().absolute()
        except RuntimeError:  # "~" or "~name" with no such home
            raise PlaceFault(f"{HOME} names a home folder that is not there.") from None
    import platformdirs

    folder = Path(platformdirs.user_data_dir("steady", appauthor=False))
    if not folder.is_absolute():
        raise PlaceFault(f"There is no home folder to keep anything in; name one with {HOME}.")
    return folder


def _refused(path: Path, fault: OSError) -> PlaceFault:
    reason = (fault.strerror or "the system refused").lower()
    return PlaceFault(f"{path} cannot be made: {reason}; name another data folder with {HOME}.")
