"""Searching shared words, and what calibration asks."""

from typing import LiteralString

from steady.store.base import Row, as_time, statement, stored_text
from steady.store.caseload.base import Case
from steady.store.caseload.records import CaseHit, KeptAgreement, RatedPair
from steady.terms import Criterion, Rung, Speaker

_MOST_WORDS = 32  # in one search; the library refuses a few hundred

# What is found, by kind of text: how it is called, and a query from the found rows to what a hit
# shows. Few are written by hand (messages, notes), so they come before the many turns.
_KINDS: tuple[tuple[int, LiteralString], ...] = (
    (
        1,
        "SELECT 'field note', c.ref, c.name, x.text, x.noted, NULL, NULL, NULL, x.scenario, NULL,"
        " 0 FROM f CROSS JOIN field_notes x ON x.id = f.id JOIN clients c ON c.id = x.client",
    ),
    (
        2,
        "SELECT 'message', c.ref, c.name, x.message, x.made, NULL, NULL, NULL, '', NULL, 0"
        " FROM f CROSS JOIN packets x ON x.number = f.id JOIN clients c ON c.id = x.client",
    ),
    (
        3,
        "SELECT 'note', c.ref, c.name, x.text, x.noted, NULL, NULL, NULL, '', NULL, 0"
        " FROM f CROSS JOIN notes x ON x.id = f.id JOIN clients c ON c.id = x.client",
    ),
    (
        0,
        "SELECT 'turn', c.ref, c.name, x.text, x.said_at, x.attempt, x.number, x.speaker,"
        " a.title, a.rung, x.replaced FROM f CROSS JOIN turns x ON x.id = f.id"
        " JOIN attempts a ON a.id = x.attempt JOIN clients c ON c.id = x.client",
    ),
)
_FOUND: LiteralString = (
    "WITH f AS (SELECT rowid - ? AS id FROM said WHERE said MATCH ?"
    " AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?)"
)


class Searching(Case):
    """Finding words, and what was rated."""

    def search(self, text: str, ref: str | None = None, limit: int = 50) -> tuple[CaseHit, ...]:
        """What was said or written and holds all the words of `text`, the newest first.

        Of one client, or of all. Field notes, messages and the therapist's own notes come before
        turns; at most `limit` of each. Case and accents make no difference, and the last word may
        be the beginning of a longer one. A text without a letter or digit finds nothing.
        """
        query = _as_query(stored_text(text).replace("\0", " "))
        if not query:
            return ()
        if ref is not None:
            query = f"({query}) AND whose : c{self._client_key(ref)}"
        hits: list[CaseHit] = []
        for kind, shown in _KINDS:
            base = kind << 56
            rows = self._rows(
                statement(_FOUND, shown, "ORDER BY f.id DESC"),
                base,
                query,
                base,
                base + (1 << 56) - 1,
                limit,
            )
            hits.extend(self._hit(row) for row in rows)
        return tuple(hits)

    def drawable(self, ref: str | None = None) -> dict[str, tuple[int, ...]]:
        """By client, the attempts that came with words and were never drawn for rating."""
        where = "" if ref is None else "AND c.ref = ?"
        rows = self._rows(
            statement(
                "SELECT c.ref, a.id FROM attempts a JOIN clients c ON c.id = a.client",
                "WHERE a.words_digest IS NOT NULL AND a.client_turns > 0",
                "AND a.id NOT IN (SELECT attempt FROM draws)",
                where,
                "ORDER BY a.id",
            ),
            *(() if ref is None else (ref,)),
        )
        found: dict[str, list[int]] = {}
        for whose, attempt in rows:
            found.setdefault(whose, []).append(attempt)
        return {whose: tuple(attempts) for whose, attempts in found.items()}

    def to_rate(self, ref: str | None = None) -> tuple[int, ...]:
        """The attempts drawn and not rated yet, of one client or of all, in the order drawn.

        Those whose words the client took back wait.
        """
        rows = self._rows(
            statement(
                "SELECT d.attempt FROM draws d JOIN attempts a ON a.id = d.attempt",
                "JOIN clients c ON c.id = a.client",
                "WHERE NOT d.rated AND a.words_digest IS NOT NULL",
                "" if ref is None else "AND c.ref = ?",
                "ORDER BY d.id",
            ),
            *(() if ref is None else (ref,)),
        )
        return tuple(attempt for (attempt,) in rows)

    def rated(self) -> int:
        """How many attempts the therapist has rated."""
        row = self._row("SELECT count(DISTINCT attempt) FROM ratings")
        return int(row[0]) if row else 0

    def rated_pairs(self) -> tuple[RatedPair, ...]:
        """Every level that both the rubric and the therapist gave, in the order rated."""
        rows = self._rows(
            "SELECT r.attempt, r.criterion, l.level, r.level, l.reader FROM ratings r"
            " JOIN levels l ON l.attempt = r.attempt AND l.criterion = r.criterion"
            " WHERE r.level IS NOT NULL AND l.level IS NOT NULL"
            " ORDER BY r.rated, r.attempt, r.criterion"
        )
        return tuple(
            RatedPair(attempt, self._word(Criterion, criterion), rubric, therapist, reader)
            for attempt, criterion, rubric, therapist, reader in rows
        )

    def agreement(self) -> tuple[KeptAgreement, ...]:
        """The agreement on each criterion as it was last worked out."""
        rows = self._rows("SELECT criterion, digest, pairs, kappa, low, high FROM agreement")
        return tuple(
            KeptAgreement(self._word(Criterion, criterion), digest, pairs, kappa, low, high)
            for criterion, digest, pairs, kappa, low, high in rows
        )

    def _hit(self, row: Row) -> CaseHit:
        kind, ref, name, text, at, attempt, number, speaker, title, rung, replaced = row
        return CaseHit(
            kind=kind,
            ref=ref,
            name=name,
            text=text,
            at=as_time(at),
            attempt=attempt,
            number=number,
            speaker=self._maybe(Speaker, speaker),
            title=title,
            rung=self._maybe(Rung, rung),
            replaced=bool(replaced),
        )


def _as_query(text: str) -> str:
    """The words of a text as a query over the texts alone, in which nothing is an operator."""
    words = [word for word in text.split() if any(sign.isalnum() for sign in word)]
    quoted = ['"' + word.replace('"', '""') + '"' for word in words[:_MOST_WORDS]]
    return "text : (" + " AND ".join(quoted) + " *)" if quoted else ""
