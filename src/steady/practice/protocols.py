"""What a rehearsal is handed: a partner, a reader, a screen for danger and a journal."""

from typing import Protocol

from steady.partner.embedded import PartnerReply
from steady.partner.state import PartnerState
from steady.records import (
    AidUsed,
    AttemptStart,
    ClientTurn,
    Feedback,
    PartnerTurn,
    Reading,
    SelfRating,
)
from steady.terms import Danger


class Partner(Protocol):
    """Opens the scene and answers each turn."""

    def open(self) -> PartnerReply:
        """The opening line."""
        ...

    def reply(self, before: PartnerState, reading: Reading) -> PartnerReply:
        """The answer to a turn, from the state before it."""
        ...


class Reader(Protocol):
    """Finds the moves in a turn."""

    def read(self, text: str, partner: str = "") -> Reading:
        """The reading of a turn in the light of the partner's line before it."""
        ...


class Screen(Protocol):
    """Notices danger in a client's words, before anything else is done with them."""

    def __call__(self, text: str) -> Danger | None:
        """The kind of danger, or None."""
        ...


class Journal(Protocol):
    """Keeps an attempt; each call is durable before it returns."""

    def begin(self, start: AttemptStart) -> int:
        """A new attempt; returns its number."""
        ...

    def partner_turn(self, attempt: int, turn: PartnerTurn) -> None:
        """A line of the partner."""
        ...

    def client_turn(self, attempt: int, turn: ClientTurn) -> None:
        """A turn of the client; the draft is cleared."""
        ...

    def replace_from(self, attempt: int, number: int) -> None:
        """Mark every live turn from this number on as replaced; nothing is deleted."""
        ...

    def aid_used(self, attempt: int, aid: AidUsed) -> None:
        """An aid was opened."""
        ...

    def rate_self(self, attempt: int, moment: str, rating: SelfRating) -> None:
        """A self-rating, `moment` being "before" or "after"."""
        ...

    def keep_draft(self, attempt: int, text: str) -> None:
        """The words typed but not yet said."""
        ...

    def end(self, attempt: int, feedback: Feedback) -> None:
        """The attempt is over, with its outcome, levels, keep and change."""
        ...

    def reopen(self, attempt: int) -> None:
        """Undo an end, so that a turn can be said again."""
        ...
