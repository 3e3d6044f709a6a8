"""What the history knows of the client's own lines, and of the pushes they have met."""

from dataclasses import dataclass
from datetime import datetime

from steady.store.base import Connected, as_time
from steady.terms import Act, Move, Part, Rung

LOOKED_BACK = 200
"""How many of the latest attempts at a scenario are looked at."""


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line the client said and let stand, in a finished attempt.

    `aided` says that a hint was open for this very line, `attempt_aided` that one was open anywhere
    in the attempt. `quality` is the reader's, 1 to 5.
    """

    attempt: int
    number: int
    text: str
    quality: float
    moves: frozenset[Move]
    aided: bool
    attempt_aided: bool
    rung: Rung
    said_at: datetime


class OwnWords(Connected):
    """Questions about one scenario's latest attempts. A StoreError on a damaged file."""

    def own_lines(self, scenario: str, attempts: int = LOOKED_BACK) -> tuple[OwnLine, ...]:
        """The client's standing lines to the partner in the latest finished talks, newest first.

        Lines that sounded like danger and lines said to the program are left out.
        """
        rows = self._rows(
            "SELECT t.attempt, t.number, t.text, t.quality, t.said_at, a.rung, a.aided,"
            " EXISTS (SELECT 1 FROM aids_used u"
            "  WHERE u.attempt = t.attempt AND u.number = t.number),"
            " (SELECT group_concat(m.move) FROM moves m WHERE m.turn = t.id)"
            " FROM (SELECT id, rung, aided FROM attempts"
            "  WHERE scenario = ? AND part = ? AND outcome IS NOT NULL"
            "  ORDER BY ended DESC LIMIT ?) a"
            " CROSS JOIN turns t ON t.attempt = a.id"
            " WHERE t.speaker = 'client' AND t.replaced = 0 AND t.to_program = 0"
            "  AND t.danger IS NULL"
            " ORDER BY t.id DESC",
            scenario,
            Part.TALK,
            attempts,
        )
        return tuple(
            OwnLine(
                attempt=attempt,
                number=number,
                text=text,
                quality=quality,
                moves=frozenset(
                    self._word(Move, move) for move in (moves or "").split(",") if move
                ),
                aided=bool(aided),
                attempt_aided=bool(attempt_aided),
                rung=self._word(Rung, rung),
                said_at=as_time(said_at),
            )
            for attempt, number, text, quality, said_at, rung, attempt_aided, aided, moves in rows
        )

    def pushes_met(
        self, scenario: str, rung: Rung, *, before: int | None = None, attempts: int = LOOKED_BACK
    ) -> frozenset[Act]:
        """What the partner has done in the latest attempts at a rung, lines said again included.

        Only attempts begun before the one of number `before` are looked at, where it is given.
        """
        rows = self._rows(
            "SELECT DISTINCT t.act FROM (SELECT id FROM attempts WHERE scenario = ? AND rung = ?"
            "  AND id < ifnull(?, id + 1) ORDER BY id DESC LIMIT ?) a"
            " CROSS JOIN turns t ON t.attempt = a.id"
            " WHERE t.speaker = 'partner' AND t.act IS NOT NULL",
            scenario,
            rung,
            before,
            attempts,
        )
        return frozenset(self._word(Act, act) for (act,) in rows)
