"""What a model may propose, as it is asked for: strict shapes without defaults.

Loaded only when a model is asked: pydantic takes longer to import than a turn to answer.
"""

from pydantic import BaseModel, ConfigDict


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProposedMove(_Strict):
    """A move, and the words of the turn that show it."""

    turn: int
    move: str
    quote: str


class ProposedKeep(_Strict):
    """The words most worth keeping."""

    turn: int
    quote: str


class ProposedChange(_Strict):
    """One sentence of a turn, and a better version of it."""

    turn: int
    instead: str
    rewrite: str


class Proposals(_Strict):
    """A model's whole reply."""

    moves: list[ProposedMove]
    keep: ProposedKeep | None
    change: ProposedChange | None
