"""What the rubric looks at: each turn of the client with the partner's line it answered."""

from dataclasses import dataclass

from steady.records import Reading
from steady.rubric.anchors import sure_of_hurt
from steady.terms import PUSHES, Act, Move

Rated = tuple[int | None, "Exchange | None", Move | None]
"""A level or None, with the turn that earned it and the move in it whose words show it."""

ASKS = frozenset({Move.ASSERTS, Move.COMMITS, Move.NEGOTIATES})
HEATED = frozenset({Move.BLAMES, Move.CONTEMPT, Move.THREATENS, Move.DEFENDS})
GIVES_WAY = frozenset({Move.YIELDS, Move.WITHDRAWS})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn of the client, `number` in the attempt, answering the partner's line.

    `act` is what the partner had just done, None for the opening line.
    """

    number: int
    partner: str
    act: Act | None
    reading: Reading

    @property
    def moves(self) -> frozenset[Move]:
        """The moves of the client's turn, hurting ones only where the reading is sure of them.

        Agreeing to a condition is not giving way.
        """
        shown = self.reading.without_doubtful_hurt(sure_of_hurt()).moves
        return shown - {Move.YIELDS} if self.act is Act.ACCEPT_WITH_CONDITION else shown

    @property
    def words(self) -> int:
        """How many words the client used."""
        return len(self.reading.text.split())


def after_first_ask(exchanges: list[Exchange]) -> list[Exchange]:
    """The turns that answered a push once an ask or limit was on the table."""
    for place, exchange in enumerate(exchanges):
        if exchange.moves & ASKS:
            return [later for later in exchanges[place + 1 :] if later.act in PUSHES]
    return []


def met(exchange: Exchange) -> bool:
    """Whether a push was met: something held or taken in, and nothing given up or heated."""
    steady = exchange.moves & (ASKS | {Move.VALIDATES, Move.REASSURES, Move.EXPRESSES})
    return bool(steady) and not exchange.moves & (HEATED | GIVES_WAY)
