"""The partner's whole state: small, plain, and stored with every line, so that it can resume."""

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from steady.records import Stance
from steady.terms import Act


@dataclass(frozen=True, slots=True)
class PartnerState:
    """What the partner feels, has done and remembers.

    `tension`, `heard` and `trust` run from 0 to 1. `reachable` says whether this partner can come
    round at all in this attempt; `slips` counts the client's turns that hurt. `promised` is the
    return the client last named. `said` holds the templates of every line spoken in the attempt,
    so that none is spoken twice.
    """

    tension: float
    heard: float
    trust: float
    reachable: bool
    pushes_left: int
    pushes_made: int = 0
    client_turns: int = 0
    asked: bool = False
    promised: str | None = None
    promised_minutes: int | None = None
    strikes: float = 0.0
    slips: int = 0
    withdrawals: int = 0
    concern_shown: bool = False
    condition_set: bool = False
    last_moves: tuple[str, ...] = ()
    last_acts: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def stance(self) -> Stance:
        """The figures shown and stored beside each line."""
        return Stance(round(self.tension, 3), round(self.heard, 3), round(self.trust, 3))

    @property
    def last_act(self) -> Act | None:
        """What the partner did last, or None after the opening line."""
        return Act(self.last_acts[-1]) if self.last_acts else None

    def did(self, act: Act, template: str) -> "PartnerState":
        """The state after performing an act with a line."""
        return replace(
            self, last_acts=(*self.last_acts, act.value)[-4:], said=(*self.said, template)
        )

    def to_json(self) -> str:
        """The state as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "PartnerState":
        """The state from JSON text written by `to_json`, by this version or an earlier one."""
        raw: dict[str, Any] = json.loads(text)
        known = {f.name for f in fields(cls)}
        facts: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in raw.items()
            if name in known
        }
        return cls(**facts)


def templates_said(state: str) -> frozenset[str]:
    """The templates of every line spoken up to a stored state."""
    return frozenset(PartnerState.from_json(state).said)
