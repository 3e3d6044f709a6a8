"""From a file to a checked model: the part of the library that needs pydantic."""

import hashlib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from steady.scenario.check import check_bytes, placed
from steady.scenario.files import Faulty, decode, parse, read
from steady.scenario.lines import locate
from steady.scenario.model import Bank, Scenario
from steady.scenario.rules import gaps
from steady.scenario.starters import Starters

_Model = TypeVar("_Model", bound=BaseModel)


def load_scenario(path: Path, bank: Bank, shipped: Path) -> tuple[Scenario, str]:
    """A scenario that can be rehearsed with this bank, and the SHA-256 of its file.

    Raises `Faulty`. Faults that spoil no rehearsal, such as a line written twice, are left to
    the check.
    """
    data = read(path)
    scenario = _modeled(Scenario, data, path, shipped)
    if missing := [*gaps({"lines": scenario.lines}, {"lines": bank.lines})]:
        fault = placed(missing[0], path, locate(decode(data, path)))
        raise Faulty(fault, len(missing) - 1)
    return scenario, hashlib.sha256(data).hexdigest()


def load_bank(path: Path) -> Bank:
    """A shared bank of lines. Raises `Faulty`."""
    return _modeled(Bank, read(path), path, path.parents[1])


def load_starters(path: Path) -> Starters:
    """The sentence starters. Raises `Faulty`."""
    return _modeled(Starters, read(path), path, path.parents[1])


def _modeled(model: type[_Model], data: bytes, path: Path, shipped: Path) -> _Model:
    tree = parse(decode(data, path), path)
    try:
        return model.model_validate(tree)
    except ValidationError:
        faults = check_bytes(data, path, shipped)
        raise Faulty(faults[0], len(faults) - 1) from None
