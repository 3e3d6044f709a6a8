"""Asking the caseload: clients, what was assigned, what came back."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from steady.records import AidUsed, Change, Found, Keep, Practised, SelfRating
from steady.store.base import Row, as_time, statement
from steady.store.caseload.base import Case
from steady.store.caseload.records import (
    Assigned,
    CaseAttempt,
    CaseFieldNote,
    CaseTurn,
    CaseWords,
    Client,
    PacketRow,
    Recent,
    Scored,
    TherapistNote,
)
from steady.store.errors import damaged
from steady.terms import Act, Aid, Criterion, Danger, Ending, Move, Outcome, Part, Rung, Speaker

_CLIENT = (
    "SELECT c.ref, c.name, c.created, c.assigned, ifnull(s.attempts, 0),"
    " (SELECT count(*) FROM attempts n WHERE n.client = c.id AND n.packet > c.looked),"
    " (SELECT count(*) FROM attempts n WHERE n.client = c.id AND n.packet > c.looked"
    "   AND n.danger),"
    " (SELECT count(*) FROM field_notes f WHERE f.client = c.id AND f.packet > c.looked),"
    " a.started, a.title, a.rung, a.outcome, s.recent"
    " FROM clients c LEFT JOIN standings s ON s.client = c.id"
    " LEFT JOIN attempts a ON a.id = s.last_attempt"
)
_ASSIGNED = (
    "SELECT a.id, c.ref, a.pack, a.scenario, a.title, a.rung, a.times, a.due, a.aids, a.note,"
    " a.made, a.shared FROM assignments a JOIN clients c ON c.id = a.client"
)
_ATTEMPT = (
    "SELECT a.id, c.ref, a.place, a.source, a.packet, a.packet > c.looked, a.number, a.assignment,"
    " a.scenario, a.content_hash, a.title, a.relationship, a.origin, a.rung, a.part, a.agreed,"
    " a.started, a.ended, a.outcome, a.ending, a.aids_offered, a.aided, a.probe, a.slow, a.face,"
    " a.client_turns, a.voice, a.sure_before, a.tense_before, a.sure_after, a.tense_after,"
    " a.aids, a.tension, a.words_digest IS NOT NULL, a.danger"
    " FROM attempts a JOIN clients c ON c.id = a.client"
)
_ASKED = "IN (SELECT value FROM json_each(?))"
_WITH_WORDS = f"SELECT id FROM attempts WHERE words_digest IS NOT NULL AND id {_ASKED}"  # noqa: S608
_TURNS = (
    "SELECT attempt, id, number, speaker, text, said_at, act, tension, heard, trust, quality,"  # noqa: S608
    f" replaced, to_program, told, danger FROM turns WHERE attempt {_ASKED} ORDER BY attempt, place"
)
_MOVES = (
    'SELECT m.turn, m.move, m."start", m."end", m.probability FROM turns t'  # noqa: S608
    f" CROSS JOIN moves m ON m.turn = t.id WHERE t.attempt {_ASKED} ORDER BY m.turn, m.place"
)
_EVIDENCE = (
    "SELECT attempt, criterion, evidence FROM levels"  # noqa: S608
    f" WHERE evidence <> '' AND attempt {_ASKED}"
)
_FEEDBACK = (
    "SELECT attempt, keep_quote, keep_why, keep_turn, change_instead, change_try,"  # noqa: S608
    f" change_mends, change_turn FROM feedback WHERE attempt {_ASKED}"
)
_ORDER = {criterion.value: place for place, criterion in enumerate(Criterion)}
_CRITERIA = {criterion.value: criterion for criterion in Criterion}  # quicker than the class


class Asking(Case):
    """The reading half. Every method raises a StoreError on a damaged file."""

    def clients(self) -> tuple[Client, ...]:
        """Everybody, by name."""
        rows = self._rows(statement(_CLIENT, "ORDER BY c.name COLLATE NOCASE, c.id"))
        return tuple(self._client(row) for row in rows)

    def client(self, ref: str) -> Client:
        """One client. Raises NoSuchClientError."""
        key = self._client_key(ref)
        (row,) = self._rows(statement(_CLIENT, "WHERE c.id = ?"), key)
        return self._client(row)

    def assigned(self, ref: str | None = None) -> tuple[Assigned, ...]:
        """What was assigned, to one client or to all, the newest pack first."""
        where = "" if ref is None else "WHERE c.ref = ?"
        rows = self._rows(
            statement(_ASSIGNED, where, "ORDER BY a.made DESC, a.pack, a.place"),
            *(() if ref is None else (ref,)),
        )
        return tuple(
            Assigned(
                id=key,
                ref=of,
                pack=pack,
                scenario=scenario,
                title=title,
                rung=self._word(Rung, rung),
                times=times,
                due=None if due is None else date.fromisoformat(due),
                aids=aids,
                note=note,
                made=as_time(made),
                shared=shared,
            )
            for key, of, pack, scenario, title, rung, times, due, aids, note, made, shared in rows
        )

    def attempts(self, ref: str) -> tuple[CaseAttempt, ...]:
        """Everything a client shared, in the order of their path, without the words."""
        key = self._client_key(ref)
        with self._reading() as db:
            rows: list[Row] = db.execute(
                statement(_ATTEMPT, "WHERE a.client = ? ORDER BY a.place"), (key,)
            ).fetchall()
            levels: list[Row] = db.execute(
                "SELECT l.attempt, l.criterion, l.level, l.reader FROM attempts a"
                " CROSS JOIN levels l ON l.attempt = a.id WHERE a.client = ?",
                (key,),
            ).fetchall()
        of_attempt = self._scored(levels)
        return tuple(self._attempt(row, of_attempt.get(row[0], ())) for row in rows)

    def in_order(self, ref: str) -> tuple[int, ...]:
        """The caseload's ids of everything a client shared, in the order of their path."""
        key = self._client_key(ref)
        rows = self._rows("SELECT id FROM attempts WHERE client = ? ORDER BY place", key)
        return tuple(attempt for (attempt,) in rows)

    def attempt(self, attempt: int) -> CaseAttempt:
        """One attempt, without its words. Raises NoSuchSharedAttemptError."""
        row = self._row(statement(_ATTEMPT, "WHERE a.id = ?"), attempt)
        if row is None:
            raise self._no_shared(attempt)
        levels = self._rows(
            "SELECT attempt, criterion, level, reader FROM levels WHERE attempt = ?", attempt
        )
        return self._attempt(row, self._scored(levels).get(attempt, ()))

    def words(self, attempt: int) -> CaseWords | None:
        """The words of an attempt, or None where only its levels were shared.

        Raises NoSuchSharedAttemptError.
        """
        if self._row("SELECT 1 FROM attempts WHERE id = ?", attempt) is None:
            raise self._no_shared(attempt)
        return self.words_of([attempt]).get(attempt)

    def words_of(self, attempts: Sequence[int]) -> dict[int, CaseWords]:
        """The words of several attempts; those whose levels alone were shared are not among
        them."""
        asked = json.dumps(attempts)
        turns: dict[int, list[CaseTurn]] = {}
        evidence: dict[int, dict[Criterion, str]] = {}
        with self._reading() as db:
            found: dict[int, list[Found]] = {}
            for turn, move, *where in db.execute(_MOVES, (asked,)):
                found.setdefault(turn, []).append(Found(self._word(Move, move), *where))
            for attempt, *row in db.execute(_TURNS, (asked,)):
                turn = self._turn(row, tuple(found.get(row[0], ())))
                turns.setdefault(attempt, []).append(turn)
            for attempt, criterion, text in db.execute(_EVIDENCE, (asked,)):
                evidence.setdefault(attempt, {})[self._word(Criterion, criterion)] = text
            feedback = {row[0]: row[1:] for row in db.execute(_FEEDBACK, (asked,))}
            came = [attempt for (attempt,) in db.execute(_WITH_WORDS, (asked,))]
        return {
            attempt: _words(
                turns.get(attempt, ()), evidence.get(attempt, {}), feedback.get(attempt)
            )
            for attempt in came
        }

    def field_notes(self, ref: str) -> tuple[CaseFieldNote, ...]:
        """What a client told of saying it for real, in the order in which it was sent."""
        rows = self._rows(
            "SELECT f.note, f.scenario, f.number, f.said, f.text, f.noted,"
            " (SELECT title FROM attempts a WHERE a.client = f.client"
            "   AND a.scenario = f.scenario ORDER BY a.place DESC LIMIT 1),"
            " f.packet > c.looked"
            " FROM field_notes f JOIN clients c ON c.id = f.client WHERE c.id = ?"
            " ORDER BY f.source, f.sequence, f.noted, f.id",
            self._client_key(ref),
        )
        return tuple(
            CaseFieldNote(
                key, scenario, number, said, text, as_time(noted), title or scenario, bool(new)
            )
            for key, scenario, number, said, text, noted, title, new in rows
        )

    def notes(self, ref: str) -> tuple[TherapistNote, ...]:
        """The therapist's notes about a client, the newest first."""
        rows = self._rows(
            "SELECT id, text, noted FROM notes WHERE client = ? ORDER BY id DESC",
            self._client_key(ref),
        )
        return tuple(TherapistNote(key, text, as_time(noted)) for key, text, noted in rows)

    def packets(self, ref: str) -> tuple[PacketRow, ...]:
        """The packets that came from a client: each machine's by sequence, the newest first."""
        rows = self._rows(
            "SELECT number, sequence, made, imported, name, message, attempts FROM packets"
            " WHERE client = ? ORDER BY source, sequence DESC, number DESC",
            self._client_key(ref),
        )
        return tuple(
            PacketRow(number, sequence, as_time(made), as_time(imported), name, message, attempts)
            for number, sequence, made, imported, name, message, attempts in rows
        )

    def _client(self, row: Row) -> Client:
        ref, name, created, assigned, attempts, new, danger, notes = row[:8]
        started, title, rung, outcome, recent = row[8:]
        return Client(
            ref=ref,
            name=name,
            created=as_time(created),
            assigned=bool(assigned),
            attempts=attempts,
            new=new,
            new_danger=danger,
            new_field_notes=notes,
            last_started=None if started is None else as_time(started),
            last_title=title or "",
            last_rung=self._maybe(Rung, rung),
            last_outcome=self._maybe(Outcome, outcome),
            recent=self._recent(recent),
        )

    def _recent(self, stored: str | None) -> tuple[Recent, ...]:
        if stored is None:
            return ()
        try:
            told = json.loads(stored)
        except ValueError as exc:
            raise damaged(self.path, "a standing is not JSON", self.kind.called) from exc
        return tuple(
            Recent(
                kind,
                self._word(Outcome, outcome),
                {self._criterion(name): level for name, level in levels.items()},
            )
            for kind, outcome, levels in told
        )

    def _criterion(self, stored: str) -> Criterion:
        return _CRITERIA.get(stored) or self._word(Criterion, stored)

    def _scored(self, rows: list[Row]) -> dict[int, tuple[Scored, ...]]:
        found: dict[int, list[Scored]] = {}
        for attempt, criterion, level, reader in rows:
            scored = Scored(self._criterion(criterion), level, reader)
            found.setdefault(attempt, []).append(scored)
        return {
            attempt: tuple(sorted(of, key=lambda each: _ORDER[each.criterion]))
            for attempt, of in found.items()
        }

    def _attempt(self, row: Row, levels: tuple[Scored, ...]) -> CaseAttempt:
        key, ref, place, source, packet, new, number, assignment = row[:8]
        scenario, content_hash, title, relationship, origin, rung, part, agreed = row[8:16]
        started, ended, outcome, ending, offered, aided, probe, slow, face = row[16:25]
        client_turns, voice, *ratings, aids, tension, with_words, danger = row[25:]
        return CaseAttempt(
            id=key,
            ref=ref,
            place=place,
            source=source,
            packet=packet,
            new=bool(new),
            number=number,
            assignment=assignment,
            scenario=Practised(scenario, content_hash, title, relationship),
            origin=origin,
            rung=self._word(Rung, rung),
            part=self._word(Part, part),
            agreed=agreed,
            started=as_time(started),
            ended=as_time(ended),
            outcome=self._word(Outcome, outcome),
            ending=self._word(Ending, ending),
            aids_offered=bool(offered),
            aided=bool(aided),
            probe=bool(probe),
            slow=bool(slow),
            face=face,
            client_turns=client_turns,
            voice=voice,
            levels=levels,
            before=_rating(*ratings[:2]),
            after=_rating(*ratings[2:]),
            aids=tuple(AidUsed(self._word(Aid, aid), at) for aid, at in json.loads(aids)),
            tension=tuple(json.loads(tension)),
            with_words=bool(with_words),
            danger=bool(danger),
        )

    def _turn(self, row: Sequence[Any], moves: tuple[Found, ...]) -> CaseTurn:
        return CaseTurn(
            number=row[1],
            speaker=self._word(Speaker, row[2]),
            text=row[3],
            said_at=as_time(row[4]),
            act=self._maybe(Act, row[5]),
            tension=row[6],
            heard=row[7],
            trust=row[8],
            quality=row[9],
            moves=moves,
            replaced=row[10],
            to_program=bool(row[11]),
            told=bool(row[12]),
            danger=self._maybe(Danger, row[13]),
        )


def _words(
    turns: Sequence[CaseTurn], evidence: dict[Criterion, str], feedback: Sequence[Any] | None
) -> CaseWords:
    told = feedback or (None,) * 7
    return CaseWords(
        turns=tuple(turns),
        evidence=evidence,
        keep=None if told[0] is None else Keep(*told[:3]),
        change=None if told[3] is None else Change(*told[3:]),
    )


def _rating(sure: int | None, tense: int | None) -> SelfRating | None:
    return None if sure is None and tense is None else SelfRating(sure, tense)
