"""From bytes to a checked model: one plain sentence for whatever is wrong."""

import json
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from steady.homework.errors import Altered, HomeworkFault, NewerFormat, NotHomework, TooLarge
from steady.safety.cleaning import one_line

_MOST_VALUES = 6_000_000
"""How many values a file may hold. Beyond it, reading would cost more memory than the file."""

_Model = TypeVar("_Model", bound=BaseModel)
_KINDS = {
    "steady-pack": "a pack of homework (.steady-pack)",
    "steady-packet": "a packet of shared practice (.steady-packet)",
}
_OPENERS = {
    "steady-pack": "'steady homework open' opens it",
    "steady-packet": "'steady therapist import' opens it",
}


class _Label(BaseModel):
    """What every homework file says of itself."""

    model_config = ConfigDict(extra="ignore", strict=True, hide_input_in_errors=True)

    format: str
    version: int


def crowded(data: bytes) -> bool:
    """Whether a file may hold more values than are read, told without reading it."""
    return data.count(b",") + data.count(b"[") + data.count(b"{") > _MOST_VALUES


def checked(
    data: bytes,
    model: type[_Model],
    form: Literal["steady-pack", "steady-packet"],
    version: int,
    what: str,
) -> _Model:
    """The model that a file's bytes spell out; `what` names the file in sentences.

    Raises NotHomework, NewerFormat, TooLarge or Altered.
    """
    if crowded(data):
        raise TooLarge(f"{what} holds more than homework ever does; it was not opened.")
    try:
        label = _Label.model_validate_json(data)
    except ValidationError:
        raise _unlabeled(data, form, what) from None
    if label.format != form:
        raise _other(label.format, form, what)
    if label.version > version:
        raise NewerFormat(
            f"{what} was written by a newer Steady (version {label.version} of the format; this "
            f"one reads {version}). Update Steady to open it; nothing was changed."
        )
    try:
        return model.model_validate_json(data)
    except ValidationError as fault:
        raise Altered(
            f"{what} breaks a rule of its format ({_first(fault)}), so it was altered or badly "
            "made; nothing was taken from it. Ask the sender for it again."
        ) from None


def _unlabeled(data: bytes, form: str, what: str) -> HomeworkFault:
    """The sentence for what has no readable label: cut short, or something else altogether."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{") and json.dumps(form).encode() in data[:4096]:
        return Altered(
            f"{what} was cut short or altered on its way; nothing was taken from it. Ask the "
            "sender for it again."
        )
    if start.startswith((b"age-encryption.org/", b"-----BEGIN AGE")) and form == "steady-pack":
        return _other("steady-packet", form, what)
    return NotHomework(f"{what} is not {_KINDS[form]}; nothing was changed.")


def _other(found: str, form: str, what: str) -> NotHomework:
    if found in _KINDS:
        return NotHomework(f"{what} is {_KINDS[found]}; {_OPENERS[found]}. Nothing was changed.")
    return NotHomework(f"{what} is not {_KINDS[form]}; nothing was changed.")


def _first(fault: ValidationError) -> str:
    """The first thing wrong: where it stands, and what it is; never what was written there."""
    error = fault.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(step) for step in error["loc"])
    return one_line(f"{place}: {error['msg']}" if place else error["msg"])[:200]
