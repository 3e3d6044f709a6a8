"""Sentence starters: the first words of an answer, offered as a hint."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from steady.scenario.model import Short
from steady.terms import Act, Relationship

OPENING = "opening"


def _moment(name: str) -> str:
    if name != OPENING and name not in list(Act):
        raise ValueError(f"is not a moment of a talk; use {OPENING} or the name of an act")
    return name


Moment = Annotated[str, AfterValidator(_moment)]
Starts = Annotated[list[Short], Field(min_length=1, max_length=40)]


class MomentStarters(BaseModel):
    """Starters for one moment: for anybody, and for one relationship alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    any: Starts
    partner: Starts | None = None
    supervisor: Starts | None = None
    colleague: Starts | None = None


class Starters(BaseModel):
    """The file `banks/starters.toml`: starters for the opening and after acts of the partner."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    starters: dict[Moment, MomentStarters]

    def at(self, act: Act | None, relationship: Relationship) -> list[str]:
        """Starters after an act, or for the opening where it is None; there may be none.

        Those of the relationship come before those for anybody.
        """
        moment = self.starters.get(OPENING if act is None else act.value)
        if moment is None:
            return []
        particular: list[str] | None = getattr(moment, relationship.value)
        return [*(particular or []), *moment.any]
