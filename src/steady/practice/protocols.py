"""What a rehearsal is handed: a partner, a reader, a screen for danger and a journal."""

from collections.abc import Callable, Sequence
from typing import Protocol

from steady.partner.embedded import PartnerReply
from steady.partner.order import Line, Order, Rendered
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

    def order(
        self, before: PartnerState, reading: Reading, reply: PartnerReply, talk: Sequence[Line]
    ) -> Order:
        """What another voice needs to say that answer; `talk` is all said before the turn."""
        ...


class Voice(Protocol):
    """Finds the words for an order where the embedded line is not to be used."""

    @property
    def resting(self) -> bool:
        """Whether it has failed so that it is left alone for the rest of the attempt."""
        ...

    async def prepare(self) -> None:
        """Get ready while there is time, so that the first line need not wait."""
        ...

    async def render(
        self, order: Order, show: Callable[[str], None], notice: Callable[[str], None]
    ) -> Rendered:
        """The line. Never fails: the embedded line is what is left.

        `show` gets the whole text so far whenever more of it has come; an empty text takes back
        what was shown. `notice` gets plain sentences about what is happening.
        """
        ...

    def stopped(self, order: Order, shown: str) -> Rendered:
        """The line where the client stopped it after `shown` had come."""
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
