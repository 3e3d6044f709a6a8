"""Writing an attempt down as it happens: what a method has returned from survives a power cut."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, LiteralString

from steady.records import (
    AidUsed,
    AttemptStart,
    ClientTurn,
    Feedback,
    PartnerTurn,
    Reading,
    SelfRating,
)
from steady.store.base import Connected, Row, statement, stored_text
from steady.terms import Outcome, Rung, Speaker

if TYPE_CHECKING:
    from sqlite_utils import Database

_MERGE_ALL = "INSERT INTO turns_fts (turns_fts) VALUES ('optimize')"


class Journal(Connected):
    """The writing half of the store. Every method is one transaction.

    All of them raise a StoreError when the database cannot take the record, and those that name
    an attempt raise NoSuchAttemptError when it is not there; nothing is ever half written.
    """

    def begin(self, start: AttemptStart) -> int:
        """Begins an attempt; returns its number, which is never given to another."""
        practised = start.scenario
        with self._writing() as db:
            now = self._now()
            db.execute(
                "INSERT OR IGNORE INTO scenarios VALUES (?, ?, ?, ?, ?)",
                (
                    practised.id,
                    practised.content_hash,
                    stored_text(practised.title),
                    practised.relationship,
                    now,
                ),
            )
            return _insert(
                db,
                "attempts",
                {
                    "scenario": practised.id,
                    "content_hash": practised.content_hash,
                    "rung": start.rung,
                    "part": start.part,
                    "agreed": stored_text(start.agreed),
                    "voice": start.voice,
                    "seed": start.seed,
                    "face": start.face,
                    "aids_offered": start.aids_offered,
                    "slow": start.slow,
                    "assignment": start.assignment,
                    "probe": start.probe,
                    "started": now,
                },
            )

    def partner_turn(self, attempt: int, turn: PartnerTurn) -> None:
        """Records what the partner is about to say."""
        with self._writing_on(attempt) as db:
            _insert(
                db,
                "turns",
                {
                    "attempt": attempt,
                    "number": turn.number,
                    "speaker": Speaker.PARTNER,
                    "text": stored_text(turn.text),
                    "act": turn.act,
                    "tension": turn.stance.tension,
                    "heard": turn.stance.heard,
                    "trust": turn.stance.trust,
                    "state": stored_text(turn.state),
                    "voice": turn.voice,
                    "voice_why": stored_text(turn.voice_why) or None,
                    "said_at": self._now(),
                },
            )

    def client_turn(self, attempt: int, turn: ClientTurn) -> None:
        """Records what the client said, with its reading; the draft it grew from goes."""
        weighed = turn.reading.probabilities
        with self._writing_on(attempt) as db:
            row = _insert(
                db,
                "turns",
                {
                    "attempt": attempt,
                    "number": turn.number,
                    "speaker": Speaker.CLIENT,
                    "text": stored_text(turn.text),
                    "quality": turn.reading.quality,
                    "said_at": self._now(),
                    "to_program": turn.to_program,
                    "danger": turn.danger,
                    "probabilities": json.dumps(dict(weighed)) if weighed else None,
                },
            )
            _insert_reading(db, row, turn.reading)
            db.execute("DELETE FROM drafts WHERE attempt = ?", (attempt,))

    def replace_from(self, attempt: int, number: int) -> None:
        """Goes back: the standing turns from `number` on are kept as replaced, and their numbers
        are free for what is said instead."""
        with self._writing_on(attempt) as db:
            times_before = _one(
                db, "SELECT ifnull(max(replaced), 0) FROM turns WHERE attempt = ?", attempt
            )
            db.execute(
                "UPDATE turns SET replaced = ? WHERE attempt = ? AND number >= ? AND replaced = 0",
                (times_before + 1, attempt, number),
            )

    def aid_used(self, attempt: int, aid: AidUsed) -> None:
        """Records an aid; from now on the attempt counts as aided, even if the turn is replaced."""
        with self._writing_on(attempt) as db:
            _insert(
                db,
                "aids_used",
                {
                    "attempt": attempt,
                    "aid": aid.aid,
                    "number": aid.number,
                    "used_at": self._now(),
                },
            )
            db.execute("UPDATE attempts SET aided = 1 WHERE id = ?", (attempt,))

    def rate_self(self, attempt: int, moment: str, rating: SelfRating) -> None:
        """Records how sure and how tense the client feels; rating again replaces.

        `moment` is "before" or "after" the attempt.
        """
        with self._writing_on(attempt) as db:
            db.execute(
                "INSERT OR REPLACE INTO self_ratings VALUES (?, ?, ?, ?, ?)",
                (attempt, moment, rating.sure, rating.tense, self._now()),
            )

    def keep_draft(self, attempt: int, text: str) -> None:
        """Keeps the words typed and not yet said; an empty text removes them."""
        with self._writing_on(attempt) as db:
            if text:
                db.execute(
                    "INSERT OR REPLACE INTO drafts VALUES (?, ?)", (attempt, stored_text(text))
                )
            else:
                db.execute("DELETE FROM drafts WHERE attempt = ?", (attempt,))

    def draft(self, attempt: int) -> str:
        """The words typed and not yet said, or an empty text."""
        row = self._row("SELECT text FROM drafts WHERE attempt = ?", attempt)
        return "" if row is None else str(row[0])

    def end(self, attempt: int, feedback: Feedback) -> None:
        """Ends an attempt with what the client is shown; ending it again replaces that."""
        with self._writing_on(attempt) as db:
            _clear_end(db, attempt)
            said = _one(
                db,
                "SELECT count(*) FROM turns WHERE attempt = ? AND speaker = 'client'"
                " AND replaced = 0 AND to_program = 0",
                attempt,
            )
            db.execute(
                "UPDATE attempts SET outcome = ?, ending = ?, ended = ?, client_turns = ?"
                " WHERE id = ?",
                (feedback.outcome, feedback.ending, self._now(), said, attempt),
            )
            _insert_feedback(db, attempt, feedback)
            _count_up(db, attempt)

    def reopen(self, attempt: int) -> None:
        """Takes an end back: outcome, levels, feedback and the rating after it are cleared.

        An attempt without an end stays as it is.
        """
        with self._writing_on(attempt) as db:
            _clear_end(db, attempt)
            db.execute(
                "DELETE FROM self_ratings WHERE attempt = ? AND moment = 'after'", (attempt,)
            )
            _count_up(db, attempt)

    def forget_attempt(self, attempt: int) -> None:
        """Erases an attempt with every word of it, from the search index and the log too.

        Copies kept before a change of the tables are separate files: see `copies_beside`.
        """
        with self._writing_on(attempt) as db:
            scenario, rung, content_hash = db.execute(
                "SELECT scenario, rung, content_hash FROM attempts WHERE id = ?", (attempt,)
            ).fetchone()
            db.execute("DELETE FROM attempts WHERE id = ?", (attempt,))
            db.execute(
                "DELETE FROM scenarios WHERE id = ? AND content_hash = ? AND NOT EXISTS"
                " (SELECT 1 FROM attempts WHERE scenario = ? AND content_hash = ?)",
                (scenario, content_hash, scenario, content_hash),
            )
            _recount(db, scenario, rung)
            db.execute(_MERGE_ALL)  # the index keeps deleted words until its parts are merged
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def keep_script(self, scenario_id: str, rung: Rung, text: str) -> None:
        """Keeps the client's own sentence for a rung; it replaces the one before."""
        with self._writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO scripts VALUES (?, ?, ?, ?)",
                (scenario_id, rung, stored_text(text), self._now()),
            )

    def script(self, scenario_id: str, rung: Rung) -> str | None:
        """The client's own sentence for a rung, or None where there is none yet."""
        row = self._row(
            "SELECT text FROM scripts WHERE scenario = ? AND rung = ?", scenario_id, rung
        )
        return None if row is None else str(row[0])

    def keep_fact(self, key: str, value: str) -> None:
        """Keeps a small fact about this person's use, such as that the first run was seen."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (key, stored_text(value)))

    def fact(self, key: str) -> str | None:
        """A small fact, or None where it was never kept."""
        row = self._row("SELECT value FROM facts WHERE key = ?", key)
        return None if row is None else str(row[0])

    @contextmanager
    def _writing_on(self, attempt: int) -> "Iterator[Database]":
        """A transaction about an attempt that must be there."""
        with self._writing() as db:
            if db.execute("SELECT 1 FROM attempts WHERE id = ?", (attempt,)).fetchone() is None:
                raise self._no_such(attempt)
            yield db


def _insert(db: "Database", table: str, row: dict[str, object]) -> int:
    """Inserts a row into a table with a whole-number key; returns the key."""
    return int(db.table(table).insert(row).last_rowid or 0)


def _one(db: "Database", sql: str, *values: object) -> int:
    return int(db.execute(sql, values).fetchone()[0])


def _insert_reading(db: "Database", row: int, reading: Reading) -> None:
    db.conn.executemany(
        "INSERT INTO moves VALUES (?, ?, ?, ?, ?, ?)",
        [
            (row, place, found.move, found.start, found.end, found.probability)
            for place, found in enumerate(reading.found)
        ],
    )
    db.conn.executemany(
        "INSERT INTO times VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row,
                place,
                time.start,
                time.end,
                stored_text(time.text),
                stored_text(time.adverbial),
                time.minutes,
            )
            for place, time in enumerate(reading.times)
        ],
    )


def _insert_feedback(db: "Database", attempt: int, feedback: Feedback) -> None:
    db.conn.executemany(
        "INSERT INTO levels VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                attempt,
                each.criterion,
                each.level,
                stored_text(each.evidence),
                each.turn,
                feedback.reader,
            )
            for each in feedback.levels
        ],
    )
    db.conn.executemany(
        'INSERT INTO proposed_moves (turn, reader, move, "start", "end", kept, why)'
        " SELECT id, ?, ?, ?, ?, ?, ? FROM turns"
        " WHERE attempt = ? AND number = ? AND replaced = 0",
        [
            (m.reader, m.move, m.start, m.end, m.kept, stored_text(m.why), attempt, m.turn)
            for m in feedback.proposed
        ],
    )
    keep, change = feedback.keep, feedback.change
    db.execute(
        "INSERT INTO feedback (attempt, keep_quote, keep_why, keep_turn, change_instead,"
        " change_try, change_mends, change_turn, coach) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            attempt,
            *(
                (stored_text(keep.quote), stored_text(keep.why), keep.turn)
                if keep
                else (None, None, None)
            ),
            *(
                (
                    stored_text(change.instead),
                    stored_text(change.try_),
                    stored_text(change.mends),
                    change.turn,
                )
                if change
                else (None, None, None, None)
            ),
            stored_text(feedback.coach) or None,
        ),
    )


def _clear_end(db: "Database", attempt: int) -> None:
    db.execute("DELETE FROM levels WHERE attempt = ?", (attempt,))
    db.execute("DELETE FROM feedback WHERE attempt = ?", (attempt,))
    db.execute(
        "DELETE FROM proposed_moves WHERE turn IN (SELECT id FROM turns WHERE attempt = ?)",
        (attempt,),
    )
    db.execute(
        "UPDATE attempts SET outcome = NULL, ending = NULL, ended = NULL, client_turns = NULL"
        " WHERE id = ?",
        (attempt,),
    )


def _count_up(db: "Database", attempt: int) -> None:
    scenario, rung = db.execute(
        "SELECT scenario, rung FROM attempts WHERE id = ?", (attempt,)
    ).fetchone()
    _recount(db, scenario, rung)


def _recount(db: "Database", scenario: str, rung: str) -> None:
    """Counts the finished attempts of a rung anew, from an index that holds all it needs."""
    finished: LiteralString = (
        "FROM attempts WHERE scenario = ? AND rung = ? AND outcome IS NOT NULL"
    )
    of_outcome: list[Row] = db.execute(
        statement("SELECT outcome, count(*), sum(client_turns)", finished, "GROUP BY outcome"),
        (scenario, rung),
    ).fetchall()
    db.execute("DELETE FROM tallies WHERE scenario = ? AND rung = ?", (scenario, rung))
    if not of_outcome:
        return
    newest = statement("SELECT id", finished, "ORDER BY ended DESC, id DESC LIMIT 1")
    last = _one(db, newest, scenario, rung)
    rank = {outcome.value: place for place, outcome in enumerate(Outcome)}
    best = min((outcome for outcome, _, _ in of_outcome), key=lambda o: rank.get(o, len(rank)))
    db.execute(
        "INSERT INTO tallies VALUES (?, ?, ?, ?, ?, ?)",
        (
            scenario,
            rung,
            sum(count for _, count, _ in of_outcome),
            sum(turns for _, _, turns in of_outcome),
            last,
            best,
        ),
    )
