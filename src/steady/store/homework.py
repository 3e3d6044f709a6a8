"""Writing homework down: packs opened and forgotten, packets written, field notes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from steady.store.base import Connected, stored_text
from steady.store.homework_views import Assigned, FieldNote, OpenedPack, Said, SharedPart

if TYPE_CHECKING:
    from sqlite_utils import Database


def _nothing() -> None:
    pass


def _stamp(moment: datetime) -> str:
    said = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return said.replace("+00:00", "Z")


class HomeworkJournal(Connected):
    """The writing half of homework in the store. Every method is one transaction."""

    def keep_pack(
        self,
        pack: OpenedPack,
        assignments: Sequence[Assigned],
        then: Callable[[], None] = _nothing,
    ) -> None:
        """Keeps a pack in place of an older one of the same id, or beside the others.

        `opened` is set to now. Assignments that the older one had and this one has not are marked
        withdrawn. `then` is called last, before anything is final: what it raises undoes it all.
        """
        with self._writing() as db:
            now = self._now()
            db.execute(
                "INSERT INTO packs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
                " ON CONFLICT (id) DO UPDATE SET therapist = excluded.therapist,"
                " public_key = excluded.public_key, fingerprint = excluded.fingerprint,"
                " client_ref = excluded.client_ref, client_name = excluded.client_name,"
                " message = excluded.message, made = excluded.made, opened = excluded.opened,"
                " forgotten = NULL",
                (
                    pack.id,
                    stored_text(pack.therapist),
                    pack.public_key,
                    pack.fingerprint,
                    pack.client_ref,
                    stored_text(pack.client_name),
                    stored_text(pack.message),
                    _stamp(pack.made),
                    now,
                ),
            )
            db.execute(
                "UPDATE assignments SET withdrawn = ? WHERE pack = ? AND withdrawn IS NULL",
                (now, pack.id),
            )
            for place, each in enumerate(assignments):
                _keep_assignment(db, place, replace(each, pack=pack.id))
            then()

    def forget_pack(self, pack: str, then: Callable[[], None] = _nothing) -> None:
        """Forgets a pack: its assignments, notes and message go; attempts and shares stay.

        That it was there, from whom and since when is kept, so that it can be told. `then` is
        called last, before anything is final.
        """
        with self._writing() as db:
            db.execute(
                "UPDATE packs SET forgotten = ?, message = '' WHERE id = ? AND forgotten IS NULL",
                (self._now(), pack),
            )
            db.execute("DELETE FROM assignments WHERE pack = ?", (pack,))
            then()

    def keep_share(
        self,
        *,
        packet: str,
        therapist: str,
        fingerprint: str,
        file: str,
        message: str,
        attempts: Sequence[SharedPart],
        then: Callable[[int], None],
        notes: Sequence[str] = (),
    ) -> int:
        """Keeps what a packet held, and returns its sequence, one higher than the last.

        `then` (which writes the packet) is called with the sequence before anything is final:
        what it raises undoes it all, and no other window can take the same sequence meanwhile.
        """
        with self._writing() as db:
            sequence = int(
                db.execute("SELECT ifnull(max(sequence), 0) + 1 FROM shares").fetchone()[0]
            )
            share = db.execute(
                "INSERT INTO shares (packet, sequence, at, therapist, fingerprint, file, message)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                (
                    packet,
                    sequence,
                    self._now(),
                    stored_text(therapist),
                    fingerprint,
                    stored_text(file),
                    stored_text(message),
                ),
            ).fetchone()[0]
            db.conn.executemany(
                "INSERT INTO shared_attempts VALUES (?, ?, ?, ?)",
                [(share, each.attempt, each.words, each.danger) for each in attempts],
            )
            db.conn.executemany(
                "INSERT INTO shared_notes VALUES (?, ?)", [(share, note) for note in notes]
            )
            then(sequence)
        return sequence

    def keep_field_note(
        self, scenario: str, said: Said, text: str = "", *, attempt: int | None = None
    ) -> FieldNote:
        """Keeps a field note, and returns it as kept.

        Raises NoSuchAttemptError where an attempt is named that is not there.
        """
        from uuid import uuid4  # home, which needs none, must not wait for it

        with self._writing() as db:
            if attempt is not None and not _is_there(db, attempt):
                raise self._no_such(attempt)
            note = FieldNote(
                str(uuid4()), scenario, attempt, said, stored_text(text), datetime.now(UTC)
            )
            now = self._now()
            db.execute(
                "INSERT INTO field_notes VALUES (?, ?, ?, ?, ?, ?)",
                (note.id, scenario, attempt, said, note.text, now),
            )
            return replace(note, noted_at=datetime.fromisoformat(now))

    def forget_field_note(self, note: str) -> None:
        """Erases a field note; one that is not there is no fault."""
        with self._writing() as db:
            db.execute("DELETE FROM field_notes WHERE id = ?", (note,))
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_there(db: "Database", attempt: int) -> bool:
    return db.execute("SELECT 1 FROM attempts WHERE id = ?", (attempt,)).fetchone() is not None


def _keep_assignment(db: "Database", place: int, each: Assigned) -> None:
    """Keeps an assignment; one of the same id and pack is replaced, of another pack it is not."""
    db.execute(
        "INSERT INTO assignments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
        " ON CONFLICT (id) DO UPDATE SET place = excluded.place, scenario = excluded.scenario,"
        " rung = excluded.rung, times = excluded.times, due = excluded.due, aids = excluded.aids,"
        " note = excluded.note, withdrawn = NULL WHERE pack = excluded.pack",
        (
            each.id,
            each.pack,
            place,
            each.scenario,
            each.rung,
            each.times,
            None if each.due is None else each.due.isoformat(),
            each.aids,
            stored_text(each.note),
        ),
    )
