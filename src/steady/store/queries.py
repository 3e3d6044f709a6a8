"""Asking the history: what home, progress, transcripts and search show."""

from steady.records import EMBEDDED
from steady.store.base import Row, as_time, statement, stored_text
from steady.store.rows import TITLED, Records
from steady.store.views import (
    AttemptSummary,
    Hit,
    PractisedRung,
    Resumed,
    Totals,
    Transcript,
    TrendPoint,
    Unfinished,
)
from steady.terms import Criterion, Ending, Outcome, Rung, Speaker

_EVERYTHING = -1  # as a LIMIT
_MOST_WORDS = 32  # in one search; the library refuses a few hundred
_RATED = (
    "AND EXISTS (SELECT 1 FROM levels l WHERE l.attempt = a.id AND l.criterion = ?"
    " AND l.level IS NOT NULL)"
)
_WITH_WORDS = "SELECT rowid AS id FROM turns_fts WHERE turns_fts MATCH ?"
_AS_WRITTEN = "SELECT id FROM turns WHERE instr(text, ?)"


class Queries(Records):
    """The reading half of the store. Every method raises a StoreError on a damaged file."""

    def unfinished(self, limit: int | None = None) -> tuple[Unfinished, ...]:
        """Attempts that can be carried on, newest first."""
        rows = self._rows(
            statement(
                "SELECT a.id, a.scenario, s.title, a.rung, a.started,",
                "(SELECT count(*) FROM turns t WHERE t.attempt = a.id AND t.replaced = 0),",
                "(SELECT count(*) FROM turns t WHERE t.attempt = a.id AND t.replaced = 0",
                "AND t.speaker = 'client')",
                "FROM",
                TITLED,
                "WHERE a.outcome IS NULL",
                "ORDER BY a.started DESC, a.id DESC LIMIT ?",
            ),
            _EVERYTHING if limit is None else limit,
        )
        return tuple(
            Unfinished(
                attempt=attempt,
                scenario=scenario,
                title=title,
                rung=self._word(Rung, rung),
                turns=turns,
                client_turns=client_turns,
                started=as_time(started),
            )
            for attempt, scenario, title, rung, started, turns, client_turns in rows
        )

    def practised(self) -> tuple[PractisedRung, ...]:
        """Every scenario and rung practised to an end, the most recent first."""
        rows = self._rows(
            statement(
                "SELECT t.scenario, s.title, t.rung, t.times, a.ended, a.outcome, t.best_outcome",
                "FROM tallies t CROSS JOIN",
                TITLED,
                "WHERE a.id = t.last_attempt",
                "ORDER BY a.ended DESC, a.id DESC",
            )
        )
        return tuple(
            PractisedRung(
                scenario=scenario,
                title=title,
                rung=self._word(Rung, rung),
                times=times,
                last=as_time(last),
                last_outcome=self._word(Outcome, last_outcome),
                best_outcome=self._word(Outcome, best_outcome),
            )
            for scenario, title, rung, times, last, last_outcome, best_outcome in rows
        )

    def totals(self) -> Totals:
        """The whole history in a few figures."""
        row = self._row(
            "SELECT (SELECT ifnull(sum(times), 0) FROM tallies),"
            " (SELECT count(*) FROM attempts WHERE outcome IS NULL),"
            " (SELECT ifnull(sum(client_turns), 0) FROM tallies),"
            " (SELECT count(DISTINCT scenario) FROM tallies),"
            " (SELECT started FROM attempts ORDER BY id LIMIT 1),"
            " (SELECT max(ended) FROM attempts WHERE outcome IS NOT NULL)"
        )
        assert row is not None  # a SELECT without FROM always gives one row
        finished, unfinished, client_turns, scenarios, first, last = row
        return Totals(
            finished=finished,
            unfinished=unfinished,
            client_turns=client_turns,
            scenarios=scenarios,
            first=None if first is None else as_time(first),
            last=None if last is None else as_time(last),
        )

    def trend(
        self,
        scenario: str | None = None,
        criterion: Criterion | None = None,
        limit: int = 200,
    ) -> tuple[TrendPoint, ...]:
        """The latest `limit` finished attempts, oldest first, as a chart draws them.

        With a `criterion`, only attempts in which it was rated, and only its level.
        """
        values = [value for value in (scenario, criterion) if value is not None]
        asked = statement(
            "SELECT a.id, a.ended, a.scenario, a.rung, a.aided, a.outcome, a.ending, a.probe",
            "FROM attempts a",
            "WHERE a.outcome IS NOT NULL",
            "" if scenario is None else "AND a.scenario = ?",
            "" if criterion is None else _RATED,
            "ORDER BY a.ended DESC, a.id DESC LIMIT ?",
        )
        with self._reading() as db:
            rows: list[Row] = db.execute(asked, (*values, limit)).fetchall()
            keys = [row[0] for row in rows]
            levels = self._levels_of(db, keys)
            readers = self._readers_of(db, keys)
            ratings = self._ratings_of(db, keys)
        return tuple(
            TrendPoint(
                attempt=attempt,
                ended=as_time(ended),
                scenario=of_scenario,
                rung=self._word(Rung, rung),
                aided=bool(aided),
                outcome=self._word(Outcome, outcome),
                ending=self._word(Ending, ending),
                levels={
                    each: level
                    for each, level in levels.get(attempt, {}).items()
                    if criterion in (None, each)
                },
                before=ratings.get((attempt, "before")),
                after=ratings.get((attempt, "after")),
                probe=bool(probe),
                reader=readers.get(attempt, EMBEDDED),
            )
            for attempt, ended, of_scenario, rung, aided, outcome, ending, probe in reversed(rows)
        )

    def attempts(
        self, scenario: str | None = None, limit: int | None = None, offset: int = 0
    ) -> tuple[AttemptSummary, ...]:
        """Attempts, finished or not, those begun last first."""
        values = () if scenario is None else (scenario,)
        asked = statement(
            "SELECT a.id, a.scenario, s.title, a.rung, a.started, a.ended, a.outcome, a.ending,",
            "a.aided, a.client_turns, a.probe FROM",
            TITLED,
            "" if scenario is None else "WHERE a.scenario = ?",
            "ORDER BY a.id DESC LIMIT ? OFFSET ?",
        )
        with self._reading() as db:
            rows: list[Row] = db.execute(
                asked,
                (*values, _EVERYTHING if limit is None else limit, offset),
            ).fetchall()
            keys = [row[0] for row in rows]
            levels = self._levels_of(db, keys)
            readers = self._readers_of(db, keys)
        return tuple(
            AttemptSummary(
                attempt=attempt,
                scenario=each_scenario,
                title=title,
                rung=self._word(Rung, rung),
                started=as_time(started),
                ended=None if ended is None else as_time(ended),
                outcome=self._maybe(Outcome, outcome),
                ending=self._maybe(Ending, ending),
                aided=bool(aided),
                client_turns=client_turns,
                levels=levels.get(attempt, {}),
                probe=bool(probe),
                reader=readers.get(attempt, EMBEDDED),
            )
            for (
                attempt,
                each_scenario,
                title,
                rung,
                started,
                ended,
                outcome,
                ending,
                aided,
                client_turns,
                probe,
            ) in rows
        )

    def resume(self, attempt: int) -> Resumed:
        """Everything needed to carry an attempt on, or to go back in a finished one."""
        with self._reading() as db:
            start, (started, ended, *_) = self._head(db, attempt)
            before, after = self._ratings(db, attempt)
            return Resumed(
                attempt=attempt,
                start=start,
                started=as_time(started),
                ended=None if ended is None else as_time(ended),
                turns=tuple(said.turn for said in self._said(db, attempt, standing_only=True)),
                aids=self._aids(db, attempt),
                before=before,
                after=after,
                draft=self._draft(db, attempt),
            )

    def transcript(self, attempt: int) -> Transcript:
        """An attempt in full, with turns that were said again."""
        with self._reading() as db:
            start, (started, ended, aided, outcome, ending) = self._head(db, attempt)
            before, after = self._ratings(db, attempt)
            return Transcript(
                attempt=attempt,
                start=start,
                started=as_time(started),
                ended=None if ended is None else as_time(ended),
                aided=bool(aided),
                turns=self._said(db, attempt, standing_only=False),
                feedback=None if outcome is None else self._feedback(db, attempt, outcome, ending),
                aids=self._aids(db, attempt),
                before=before,
                after=after,
            )

    def last_states(self, scenario_id: str, attempts: int) -> tuple[str, ...]:
        """The partner's state after the last line of each of the last attempts at a scenario.

        On any rung, the latest attempt first; attempts with nothing said in them do not count.
        """
        rows = self._rows(
            "SELECT (SELECT state FROM turns t WHERE t.attempt = a.id AND t.speaker = 'partner'"
            "  ORDER BY t.id DESC LIMIT 1)"
            " FROM attempts a WHERE scenario = ?"
            "  AND EXISTS (SELECT 1 FROM turns t WHERE t.attempt = a.id AND t.speaker = 'partner')"
            " ORDER BY id DESC LIMIT ?",
            scenario_id,
            attempts,
        )
        return tuple(str(state) for (state,) in rows)

    def search(self, text: str, limit: int = 50) -> tuple[Hit, ...]:
        """Turns that hold all the words of `text`, the newest first.

        Case and accents make no difference, and the last word may be the beginning of a longer
        one. A text without a letter or digit ("?!", an emoji) is looked for as it is written.
        """
        text = stored_text(text).replace("\0", " ").strip()
        if not text:
            return ()
        query = _as_query(text)
        found = _WITH_WORDS if query else _AS_WRITTEN
        rows = self._rows(
            statement(
                "SELECT t.attempt, a.scenario, s.title, a.rung, t.number, t.speaker, t.text,",
                "t.said_at, t.replaced FROM (",
                found,
                "ORDER BY 1 DESC LIMIT ?) f",
                "CROSS JOIN turns t ON t.id = f.id CROSS JOIN",
                TITLED,
                "WHERE a.id = t.attempt ORDER BY t.id DESC",
            ),
            query or text,
            limit,
        )
        return tuple(
            Hit(
                attempt=attempt,
                scenario=scenario,
                title=title,
                rung=self._word(Rung, rung),
                number=number,
                speaker=self._word(Speaker, speaker),
                text=said,
                said_at=as_time(said_at),
                replaced=bool(replaced),
            )
            for attempt, scenario, title, rung, number, speaker, said, said_at, replaced in rows
        )


def _as_query(text: str) -> str:
    """The words of a text as a full-text query in which nothing is an operator.

    Words without a letter or digit are left out: the index holds none of them.
    """
    words = [word for word in text.split() if any(sign.isalnum() for sign in word)]
    quoted = ['"' + word.replace('"', '""') + '"' for word in words[:_MOST_WORDS]]
    return " ".join(quoted) + " *" if quoted else ""
