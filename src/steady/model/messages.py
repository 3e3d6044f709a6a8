"""What is said to a model."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation with a model, redacted before it gets here."""

    role: Literal["system", "user", "assistant"]
    content: str


class Purpose(StrEnum):
    """What a request is made for, as the record of usage keeps it."""

    VOICE = "voice"
    COACH = "coach"
    CHECK = "check"
