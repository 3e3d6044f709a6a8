"""Writing down what the therapist does: clients, packs, notes, what was looked at, own levels."""

from collections.abc import Callable, Iterable
from uuid import uuid4

from steady.store.base import statement, stored_text
from steady.store.caseload.base import Case, stamp
from steady.store.caseload.records import KeptAgreement, PackMade
from steady.terms import Criterion

_MERGE_ALL = "INSERT INTO said (said) VALUES ('optimize')"


class Desk(Case):
    """Every method is one transaction, and raises a StoreError where it cannot be carried out.

    Those that name a client or an attempt raise NoSuchClientError or NoSuchSharedAttemptError
    where it is not there.
    """

    def add_client(self, name: str) -> str:
        """A new client, also where another has the same name; returns the new reference."""
        ref = str(uuid4())
        with self._changing() as db:
            db.execute(
                "INSERT INTO clients (ref, name, created, assigned) VALUES (?, ?, ?, 1)",
                (ref, stored_text(name), self._now()),
            )
        return ref

    def rename_client(self, ref: str, name: str) -> None:
        """Gives a client another name; who it is does not change."""
        key = self._client_key(ref)
        with self._changing() as db:
            db.execute("UPDATE clients SET name = ? WHERE id = ?", (stored_text(name), key))

    def forget_client(self, ref: str) -> None:
        """Erases a client with every word they shared, from the search index and the log too."""
        key = self._client_key(ref)
        with self._changing() as db:
            db.execute("DELETE FROM clients WHERE id = ?", (key,))
            db.execute(_MERGE_ALL)
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def keep_pack(
        self, pack: PackMade, name: str = "", then: Callable[[], None] = lambda: None
    ) -> None:
        """Keeps what was assigned; a reference that is not known yet is a new client's, `name`d
        so. `then` (which writes the pack) is called before it is final."""
        with self._changing() as db:
            now = self._now()
            db.execute(
                "INSERT INTO clients (ref, name, created, assigned) VALUES (?, ?, ?, 1)"
                " ON CONFLICT (ref) DO UPDATE SET assigned = 1",
                (pack.ref, stored_text(name), now),
            )
            (key,) = db.execute("SELECT id FROM clients WHERE ref = ?", (pack.ref,)).fetchone()
            db.execute(
                "INSERT INTO packs VALUES (?, ?, ?, ?)",
                (pack.id, key, stored_text(pack.message), now),
            )
            db.executemany(
                "INSERT INTO assignments (id, client, pack, place, scenario, title, rung, times,"
                " due, aids, note, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        each.id,
                        key,
                        pack.id,
                        place,
                        each.scenario,
                        stored_text(each.title),
                        each.rung,
                        each.times,
                        each.due.isoformat() if each.due else None,
                        each.aids,
                        stored_text(each.note),
                        stamp(each.made),
                    )
                    for place, each in enumerate(pack.assignments)
                ],
            )
            then()

    def note(self, ref: str, text: str) -> None:
        """Adds a note about a client."""
        key = self._client_key(ref)
        with self._changing() as db:
            db.execute(
                "INSERT INTO notes (client, text, noted) VALUES (?, ?, ?)",
                (key, stored_text(text), self._now()),
            )

    def forget_note(self, note: int) -> None:
        """Erases a note; one that is not there is nothing to complain of."""
        with self._changing() as db:
            db.execute("DELETE FROM notes WHERE id = ?", (note,))

    def looked_at(self, ref: str) -> None:
        """The therapist has seen what came from this client so far."""
        key = self._client_key(ref)
        newest = "(SELECT ifnull(max(number), 0) FROM packets WHERE client = clients.id)"
        seen = statement("SELECT looked >=", newest, "FROM clients WHERE id = ?")
        if self._row(seen, key) == (1,):
            return  # nothing to write, so the screen waits for no disk
        with self._changing() as db:
            db.execute(statement("UPDATE clients SET looked =", newest, "WHERE id = ?"), (key,))

    def draw(self, attempts: Iterable[int]) -> None:
        """Keeps which attempts were drawn for rating, in their order; those drawn before stay."""
        with self._changing() as db:
            db.executemany(
                "INSERT OR IGNORE INTO draws (attempt, drawn) VALUES (?, ?)",
                [(attempt, self._now()) for attempt in attempts],
            )

    def rate(self, attempt: int, levels: dict[Criterion, int | None]) -> None:
        """Keeps the therapist's own levels for an attempt; rating it again replaces them."""
        with self._changing() as db:
            if db.execute("SELECT 1 FROM attempts WHERE id = ?", (attempt,)).fetchone() is None:
                raise self._no_shared(attempt)
            now = self._now()
            db.execute("DELETE FROM ratings WHERE attempt = ?", (attempt,))
            db.executemany(
                "INSERT INTO ratings VALUES (?, ?, ?, ?)",
                [(attempt, criterion, level, now) for criterion, level in levels.items()],
            )
            db.execute("UPDATE draws SET rated = 1 WHERE attempt = ?", (attempt,))

    def keep_agreement(self, found: KeptAgreement) -> None:
        """Keeps the agreement of one criterion, in place of the one before."""
        with self._changing() as db:
            db.execute(
                "INSERT OR REPLACE INTO agreement VALUES (?, ?, ?, ?, ?, ?)",
                (
                    found.criterion,
                    found.digest,
                    found.pairs,
                    found.kappa,
                    found.low,
                    found.high,
                ),
            )
