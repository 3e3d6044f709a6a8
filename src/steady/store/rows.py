"""From rows back to the records they were written from."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from sqlite3 import Connection

from steady.records import (
    EMBEDDED,
    AidUsed,
    AttemptStart,
    Change,
    ClientTurn,
    Feedback,
    Found,
    Keep,
    Level,
    PartnerTurn,
    Practised,
    ProposedMove,
    Reading,
    SelfRating,
    Stance,
    TimePhrase,
)
from steady.store.base import Connected, Row, as_time, statement
from steady.store.errors import damaged
from steady.store.views import Levels, SaidTurn
from steady.terms import Act, Aid, Criterion, Danger, Ending, Move, Outcome, Part, Rung, Speaker

# Each list of columns stands beside the method that takes them apart, in the same order.
_START = (
    "a.scenario, a.content_hash, s.title, s.relationship, a.rung, a.seed, a.aids_offered,"
    " a.slow, a.face, a.part, a.agreed, a.voice, a.assignment, a.probe, a.started, a.ended,"
    " a.aided, a.outcome, a.ending"
)
_TURN = (
    "id, number, speaker, text, act, tension, heard, trust, state, voice, quality, said_at,"
    " to_program, danger, replaced, probabilities, voice_why"
)
_MOVES = (
    'SELECT turn, move, "start", "end", probability FROM moves WHERE turn IN'
    " (SELECT id FROM turns WHERE attempt = ?) ORDER BY turn, place"
)
_TIMES = (
    'SELECT turn, "start", "end", text, adverbial, minutes FROM times WHERE turn IN'
    " (SELECT id FROM turns WHERE attempt = ?) ORDER BY turn, place"
)
TITLED = "attempts a JOIN scenarios s ON s.id = a.scenario AND s.content_hash = a.content_hash"

_Spans = Mapping[int, Sequence[Row]]


class Records(Connected):
    """Reading whole records. The methods expect to run inside one view of the database."""

    def _head(self, db: Connection, attempt: int) -> tuple[AttemptStart, Row]:
        """How the attempt began, and its started, ended, aided, outcome, ending."""
        row: Row | None = db.execute(
            statement("SELECT", _START, "FROM", TITLED, "WHERE a.id = ?"), (attempt,)
        ).fetchone()
        if row is None:
            raise self._no_such(attempt)
        scenario, content_hash, title, relationship, rung, seed, offered, slow = row[:8]
        face, part, agreed, voice, assignment, probe, *rest = row[8:]
        start = AttemptStart(
            scenario=Practised(scenario, content_hash, title, relationship),
            rung=self._word(Rung, rung),
            seed=seed,
            aids_offered=bool(offered),
            slow=bool(slow),
            face=face,
            part=self._word(Part, part),
            agreed=agreed,
            voice=voice,
            assignment=assignment,
            probe=bool(probe),
        )
        return start, tuple(rest)

    def _said(self, db: Connection, attempt: int, *, standing_only: bool) -> tuple[SaidTurn, ...]:
        """The attempt's turns in the order said."""
        standing = "AND replaced = 0" if standing_only else ""
        rows: list[Row] = db.execute(
            statement("SELECT", _TURN, "FROM turns WHERE attempt = ?", standing, "ORDER BY id"),
            (attempt,),
        ).fetchall()
        moves = self._spans(db, _MOVES, attempt)
        times = self._spans(db, _TIMES, attempt)
        return tuple(
            SaidTurn(self._turn(row, moves, times), as_time(row[11]), row[14]) for row in rows
        )

    def _spans(self, db: Connection, sql: str, attempt: int) -> _Spans:
        """What was found in the attempt's turns, by the turn's key."""
        rows: list[Row] = db.execute(sql, (attempt,)).fetchall()
        return {turn: [row[1:] for row in group] for turn, group in groupby(rows, lambda r: r[0])}

    def _turn(self, row: Row, moves: _Spans, times: _Spans) -> PartnerTurn | ClientTurn:
        key, number, speaker, text, act, tension, heard, trust, state, voice = row[:10]
        if self._word(Speaker, speaker) is Speaker.PARTNER:
            return PartnerTurn(
                number=number,
                text=text,
                act=self._maybe(Act, act),
                stance=Stance(tension, heard, trust),
                state=state,
                voice=voice,
                voice_why=row[16] or "",
            )
        reading = Reading(
            text=text,
            found=tuple(
                Found(self._word(Move, move), start, end, probability)
                for move, start, end, probability in moves.get(key, ())
            ),
            quality=row[10],
            times=tuple(TimePhrase(*phrase) for phrase in times.get(key, ())),
            probabilities=self._probabilities(row[15]),
        )
        return ClientTurn(
            number=number,
            text=text,
            reading=reading,
            danger=self._maybe(Danger, row[13]),
            to_program=bool(row[12]),
        )

    def _probabilities(self, stored: str | None) -> dict[Move, float]:
        if stored is None:
            return {}
        try:
            weighed = json.loads(stored)
        except ValueError as exc:
            raise damaged(self.path, "a turn's reading is not JSON") from exc
        return {self._word(Move, move): float(share) for move, share in weighed.items()}

    def _aids(self, db: Connection, attempt: int) -> tuple[AidUsed, ...]:
        rows = db.execute(
            "SELECT aid, number FROM aids_used WHERE attempt = ? ORDER BY id", (attempt,)
        ).fetchall()
        return tuple(AidUsed(self._word(Aid, aid), number) for aid, number in rows)

    def _draft(self, db: Connection, attempt: int) -> str:
        row = db.execute("SELECT text FROM drafts WHERE attempt = ?", (attempt,)).fetchone()
        return "" if row is None else str(row[0])

    def _ratings(self, db: Connection, attempt: int) -> tuple[SelfRating | None, SelfRating | None]:
        """The ratings before and after."""
        rows = db.execute(
            "SELECT moment, sure, tense FROM self_ratings WHERE attempt = ?", (attempt,)
        ).fetchall()
        found = {moment: SelfRating(sure, tense) for moment, sure, tense in rows}
        return found.get("before"), found.get("after")

    def _feedback(self, db: Connection, attempt: int, outcome: str, ending: str) -> Feedback:
        rows = db.execute(
            "SELECT reader, criterion, level, evidence, turn FROM levels WHERE attempt = ?",
            (attempt,),
        ).fetchall()
        levels = [
            Level(self._word(Criterion, criterion), *of_criterion)
            for _, criterion, *of_criterion in rows
        ]
        parts: Row = (
            db.execute(
                "SELECT keep_quote, keep_why, keep_turn, change_instead, change_try, change_mends,"
                " change_turn, coach FROM feedback WHERE attempt = ?",
                (attempt,),
            ).fetchone()
            or (None,) * 8
        )
        return Feedback(
            outcome=self._word(Outcome, outcome),
            ending=self._word(Ending, ending),
            levels=tuple(sorted(levels, key=lambda each: list(Criterion).index(each.criterion))),
            keep=None if parts[0] is None else Keep(*parts[:3]),
            change=None if parts[3] is None else Change(*parts[3:7]),
            reader=rows[0][0] if rows else EMBEDDED,
            coach=parts[7] or "",
            proposed=self._proposed(db, attempt),
        )

    def _proposed(self, db: Connection, attempt: int) -> tuple[ProposedMove, ...]:
        rows = db.execute(
            'SELECT t.number, p.reader, p.move, p."start", p."end", p.kept, p.why'
            " FROM proposed_moves p JOIN turns t ON t.id = p.turn WHERE t.attempt = ?"
            " ORDER BY p.id",
            (attempt,),
        ).fetchall()
        return tuple(
            ProposedMove(number, reader, self._word(Move, move), start, end, bool(kept), why)
            for number, reader, move, start, end, kept, why in rows
        )

    def _levels_of(self, db: Connection, attempts: Sequence[int]) -> dict[int, Levels]:
        """The levels of several attempts."""
        rows = db.execute(
            "SELECT attempt, criterion, level FROM levels"
            " WHERE attempt IN (SELECT value FROM json_each(?))",
            (json.dumps(attempts),),
        )
        found: defaultdict[int, dict[Criterion, int | None]] = defaultdict(dict)
        for attempt, criterion, level in rows:
            found[attempt][self._word(Criterion, criterion)] = level
        return {
            attempt: {criterion: of[criterion] for criterion in Criterion if criterion in of}
            for attempt, of in found.items()
        }

    def _readers_of(self, db: Connection, attempts: Sequence[int]) -> dict[int, str]:
        """What read the turns of several attempts, where it was more than the embedded reader."""
        rows = db.execute(
            "SELECT DISTINCT attempt, reader FROM levels"
            " WHERE attempt IN (SELECT value FROM json_each(?)) AND reader <> ?",
            (json.dumps(attempts), EMBEDDED),
        )
        return {attempt: str(reader) for attempt, reader in rows}

    def _ratings_of(
        self, db: Connection, attempts: Sequence[int]
    ) -> dict[tuple[int, str], SelfRating]:
        """The ratings of several attempts, by attempt and moment."""
        rows = db.execute(
            "SELECT attempt, moment, sure, tense FROM self_ratings"
            " WHERE attempt IN (SELECT value FROM json_each(?))",
            (json.dumps(attempts),),
        )
        return {(attempt, moment): SelfRating(sure, tense) for attempt, moment, sure, tense in rows}
