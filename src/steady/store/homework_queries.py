"""Asking for homework: what is due, what was shared, what was said for real."""

import json
from collections import defaultdict
from datetime import date

from steady.store.base import Connected, Row, as_time, statement
from steady.store.homework_views import (
    Assigned,
    FieldNote,
    Homework,
    OpenedPack,
    Shared,
    SharedPart,
)
from steady.terms import Ending, Part, Rung

_PACK = (
    "id, therapist, public_key, fingerprint, client_ref, client_name, message, made, opened,"
    " forgotten"
)
# The columns of Homework, in the order in which `_homework` takes them apart.
_HOMEWORK = (
    "s.id, s.pack, s.scenario, s.rung, s.times, s.due, s.aids, s.note, p.therapist,"
    " (SELECT count(*) FROM attempts a WHERE a.assignment = s.id AND a.part = ?"
    "  AND a.outcome IS NOT NULL AND a.ending <> ?),"
    " (SELECT count(*) FROM attempts a WHERE a.assignment = s.id AND a.outcome IS NOT NULL),"
    " (SELECT count(*) FROM attempts a WHERE a.assignment = s.id AND a.outcome IS NOT NULL"
    "  AND NOT EXISTS (SELECT 1 FROM shared_attempts h JOIN shares t ON t.id = h.share"
    "   WHERE h.attempt = a.id AND t.fingerprint = p.fingerprint AND t.at >= a.ended)),"
    " (SELECT max(a.ended) FROM attempts a WHERE a.assignment = s.id AND a.outcome IS NOT NULL)"
    " FROM assignments s JOIN packs p ON p.id = s.pack"
)
_UNSHARED = (
    "AND NOT EXISTS (SELECT 1 FROM shared_attempts h JOIN shares t ON t.id = h.share"
    " JOIN assignments s ON s.id = a.assignment JOIN packs p ON p.id = s.pack"
    " WHERE h.attempt = a.id AND t.fingerprint = p.fingerprint AND t.at >= a.ended)"
)
_NOTE = "id, scenario, attempt, said, text, noted_at FROM field_notes"


class HomeworkQueries(Connected):
    """The reading half of homework in the store."""

    def packs(self, *, forgotten: bool = False) -> tuple[OpenedPack, ...]:
        """The packs that stand, those opened last first; with `forgotten`, those that do not."""
        rows = self._rows(
            statement(
                "SELECT",
                _PACK,
                "FROM packs WHERE",
                "forgotten IS NOT NULL" if forgotten else "forgotten IS NULL",
                "ORDER BY opened DESC, id",
            )
        )
        return tuple(_pack(row) for row in rows)

    def pack(self, pack: str) -> OpenedPack | None:
        """A pack by its id, forgotten or not, or None where it was never opened."""
        row = self._row(statement("SELECT", _PACK, "FROM packs WHERE id = ?"), pack)
        return None if row is None else _pack(row)

    def homework(self, pack: str | None = None) -> tuple[Homework, ...]:
        """The assignments that stand: what is due soonest first, then in the packs' own order."""
        rows = self._rows(
            statement(
                "SELECT",
                _HOMEWORK,
                "WHERE s.withdrawn IS NULL AND p.forgotten IS NULL",
                "" if pack is None else "AND p.id = ?",
                "ORDER BY s.due IS NULL, s.due, p.opened, p.id, s.place",
            ),
            Part.TALK,
            Ending.STOPPED,
            *(() if pack is None else (pack,)),
        )
        return tuple(self._homework(row) for row in rows)

    def assignment(self, assignment: str) -> Homework | None:
        """An assignment by its id, withdrawn ones too, or None where its pack is not there."""
        row = self._row(
            statement("SELECT", _HOMEWORK, "WHERE s.id = ?"),
            Part.TALK,
            Ending.STOPPED,
            assignment,
        )
        return None if row is None else self._homework(row)

    def holder_of(self, assignment: str) -> str | None:
        """The id of the pack that an assignment came in, or None."""
        row = self._row("SELECT pack FROM assignments WHERE id = ?", assignment)
        return None if row is None else str(row[0])

    def attempts_of(self, assignment: str, *, unshared: bool = False) -> tuple[int, ...]:
        """The finished attempts begun for an assignment, oldest first.

        With `unshared`, those that were in no packet to its therapist since they ended.
        """
        rows = self._rows(
            statement(
                "SELECT a.id FROM attempts a WHERE a.assignment = ? AND a.outcome IS NOT NULL",
                _UNSHARED if unshared else "",
                "ORDER BY a.id",
            ),
            assignment,
        )
        return tuple(int(row[0]) for row in rows)

    def unfinished_of(self, scenarios: tuple[str, ...]) -> int:
        """How many attempts at these scenarios can still be carried on."""
        row = self._row(
            "SELECT count(*) FROM attempts WHERE outcome IS NULL"
            " AND scenario IN (SELECT value FROM json_each(?))",
            json.dumps(scenarios),
        )
        return 0 if row is None else int(row[0])

    def last_sequence(self) -> int:
        """The sequence of the last packet written, 0 where there was none."""
        row = self._row("SELECT ifnull(max(sequence), 0) FROM shares")
        return 0 if row is None else int(row[0])

    def shares(self) -> tuple[Shared, ...]:
        """Every packet written, the newest first."""
        with self._reading() as db:
            rows: list[Row] = db.execute(
                "SELECT id, packet, sequence, at, therapist, fingerprint, file, message"
                " FROM shares ORDER BY sequence DESC"
            ).fetchall()
            attempts: defaultdict[int, list[SharedPart]] = defaultdict(list)
            for share, attempt, words, danger in db.execute(
                "SELECT share, attempt, words, danger FROM shared_attempts ORDER BY share, attempt"
            ):
                attempts[share].append(SharedPart(attempt, bool(words), bool(danger)))
            notes: defaultdict[int, list[str]] = defaultdict(list)
            for share, note in db.execute("SELECT share, note FROM shared_notes"):
                notes[share].append(note)
        return tuple(
            Shared(
                packet=packet,
                sequence=sequence,
                at=as_time(at),
                therapist=therapist,
                fingerprint=fingerprint,
                file=file,
                message=message,
                attempts=tuple(attempts[key]),
                notes=tuple(notes[key]),
            )
            for key, packet, sequence, at, therapist, fingerprint, file, message in rows
        )

    def field_notes(
        self, scenario: str | None = None, *, unshared: bool = False
    ) -> tuple[FieldNote, ...]:
        """Field notes, the newest first: of a scenario, or of all; `unshared` those in no packet
        yet."""
        rows = self._rows(
            statement(
                "SELECT",
                _NOTE,
                "WHERE" if scenario is not None or unshared else "",
                "" if scenario is None else "scenario = ?",
                "AND" if scenario is not None and unshared else "",
                "id NOT IN (SELECT note FROM shared_notes)" if unshared else "",
                "ORDER BY noted_at DESC, id",
            ),
            *(() if scenario is None else (scenario,)),
        )
        return tuple(
            FieldNote(key, of, attempt, said, text, as_time(noted_at))
            for key, of, attempt, said, text, noted_at in rows
        )

    def _homework(self, row: Row) -> Homework:
        key, pack, scenario, rung, times, due, aids, note, therapist = row[:9]
        done, finished, unshared, last = row[9:]
        return Homework(
            assigned=Assigned(
                id=key,
                pack=pack,
                scenario=scenario,
                rung=self._word(Rung, rung),
                times=times,
                due=None if due is None else date.fromisoformat(due),
                aids=aids,
                note=note,
            ),
            therapist=therapist,
            done=done,
            finished=finished,
            unshared=unshared,
            last=None if last is None else as_time(last),
        )


def _pack(row: Row) -> OpenedPack:
    key, therapist, public_key, fingerprint, ref, name, message, made, opened, forgotten = row
    return OpenedPack(
        id=key,
        therapist=therapist,
        public_key=public_key,
        fingerprint=fingerprint,
        client_ref=ref,
        client_name=name,
        message=message,
        made=as_time(made),
        opened=as_time(opened),
        forgotten=None if forgotten is None else as_time(forgotten),
    )
