"""Taking in a packet: all of it, in one transaction, or nothing.

What is newer is told by the packets' sequence alone; no clock is asked.
"""

import json
from collections import defaultdict
from hashlib import sha256
from heapq import merge
from sqlite3 import Connection

from steady.records import SelfRating
from steady.store.base import Row, stored_text
from steady.store.caseload.base import Case, stamp
from steady.store.caseload.records import (
    CaseAttempt,
    CaseFieldNote,
    CasePacket,
    CaseTurn,
    CaseWords,
    Taken,
)
from steady.terms import Ending, Part

LATEST = 12
"""How many of a client's latest attempts at a talk the caseload keeps at hand."""

_MERGE_ALL = "INSERT INTO said (said) VALUES ('optimize')"
_COLUMNS = (
    "digest, words_digest, danger, assignment, scenario, title, content_hash, relationship,"
    " origin, rung, part, agreed, started, ended, outcome, ending, aids_offered, aided, probe,"
    " slow, face, client_turns, voice, sure_before, tense_before, sure_after, tense_after, aids,"
    " tension"
)
_MARKS = ", ".join("?" * len(_COLUMNS.split(",")))
_INSERT = (
    "INSERT INTO attempts (client, source, number, sequence, packet, first_packet, "  # noqa: S608
    f"{_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, {_MARKS})"
)
_UPDATE = (
    "UPDATE attempts SET (sequence, packet, "  # noqa: S608
    f"{_COLUMNS}) = (?, ?, {_MARKS}) WHERE id = ?"
)


class Taking(Case):
    """Importing."""

    def take(self, packet: CasePacket) -> Taken:
        """Takes a packet in, whole or not at all.

        The same packet again changes nothing. An attempt that is here already is replaced by a
        packet of a higher sequence from the same machine, never by an older one. A reference
        that is not known gets a client of its own. Raises a StoreError.
        """
        with self._changing() as db:
            taken = _take(db, packet, self._now())
        if taken.withdrawn:
            self._rows("PRAGMA wal_checkpoint(TRUNCATE)")  # the words went from the log too
        return taken


def _take(db: Connection, packet: CasePacket, now: str) -> Taken:
    client, source, stranger = _whose(db, packet, now)
    seen = "SELECT 1 FROM packets WHERE source = ? AND packet = ?"
    if db.execute(seen, (source, packet.id)).fetchone():
        return Taken(packet.ref, _name(db, client), again=True)
    number = _insert_packet(db, client, source, packet, now)
    desk = _Desk(db, client, source, packet.sequence, number)
    for attempt, words in packet.attempts:
        desk.take_attempt(attempt, words)
    for note in packet.field_notes:
        desk.take_field_note(note)
    _set_in_order(db, client)
    _count(db, client)
    counts = desk.counts
    if counts["withdrawn"]:
        db.execute(_MERGE_ALL)  # the index keeps deleted words until its parts are merged
    return Taken(
        packet.ref,
        _name(db, client),
        stranger=stranger,
        new=counts["new"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        older=counts["older"],
        withdrawn=counts["withdrawn"],
        field_notes=counts["field_notes"],
        message=packet.message,
    )


class _Desk:
    """One packet being taken in."""

    def __init__(
        self, db: Connection, client: int, source: int, sequence: int, packet: int
    ) -> None:
        self._db = db
        self._client = client
        self._source = source
        self._sequence = sequence
        self._packet = packet
        self.counts: defaultdict[str, int] = defaultdict(int)

    def take_attempt(self, attempt: CaseAttempt, words: CaseWords | None) -> None:
        """Inserts an attempt, replaces it, or leaves it."""
        values = _values(attempt, words)
        kept: Row | None = self._db.execute(
            "SELECT id, sequence, digest, words_digest FROM attempts"
            " WHERE source = ? AND number = ?",
            (self._source, attempt.number),
        ).fetchone()
        if kept is None:
            head = (self._client, self._source, attempt.number, self._sequence)
            row = self._db.execute(_INSERT, (*head, self._packet, self._packet, *values))
            self.counts["new"] += 1
            self._insert_rest(int(row.lastrowid or 0), attempt, words)
            return
        key, sequence, digest, words_digest = kept
        if sequence >= self._sequence:
            self.counts["older"] += 1
        elif digest == values[0]:
            self.counts["unchanged"] += 1
            self._db.execute("UPDATE attempts SET sequence = ? WHERE id = ?", (self._sequence, key))
        else:
            self.counts["updated"] += 1
            self.counts["withdrawn"] += words_digest is not None and words is None
            for table in ("turns", "levels", "feedback"):
                self._db.execute(f"DELETE FROM {table} WHERE attempt = ?", (key,))  # noqa: S608
            if words is not None and words_digest not in (None, values[1]):
                # What the therapist rated are no longer these words.
                self._db.execute("DELETE FROM ratings WHERE attempt = ?", (key,))
                self._db.execute("DELETE FROM draws WHERE attempt = ?", (key,))
            self._db.execute(_UPDATE, (self._sequence, self._packet, *values, key))
            self._insert_rest(key, attempt, words)

    def take_field_note(self, note: CaseFieldNote) -> None:
        """Inserts a field note, replaces it, or leaves it."""
        whose = (self._source, note.id)
        kept = self._db.execute(
            "SELECT sequence, scenario, number, said, text, noted FROM field_notes"
            " WHERE source = ? AND note = ?",
            whose,
        ).fetchone()
        noted = stamp(note.noted)
        told = (note.scenario, note.number, note.said, stored_text(note.text), noted)
        if kept is not None and (kept[0] >= self._sequence or kept[1:] == told):
            return
        self._db.execute("DELETE FROM field_notes WHERE source = ? AND note = ?", whose)
        self._db.execute(
            "INSERT INTO field_notes (client, source, note, sequence, packet, scenario, number,"
            " said, text, noted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._client, *whose, self._sequence, self._packet, *told),
        )
        self.counts["field_notes"] += 1

    def _insert_rest(self, key: int, attempt: CaseAttempt, words: CaseWords | None) -> None:
        evidence = words.evidence if words else {}
        self._db.executemany(
            "INSERT INTO levels VALUES (?, ?, ?, ?, ?)",
            [
                (key, s.criterion, s.level, s.reader, stored_text(evidence.get(s.criterion, "")))
                for s in attempt.levels
            ],
        )
        if words is None:
            return
        for place, turn in enumerate(words.turns):
            self._insert_turn(key, place, turn)
        keep, change = words.keep, words.change
        if keep or change:
            told = (keep.quote, keep.why, keep.turn) if keep else (None,) * 3
            changed = (
                (change.instead, change.try_, change.mends, change.turn) if change else (None,) * 4
            )
            self._db.execute(
                "INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (key, *told, *changed)
            )

    def _insert_turn(self, attempt: int, place: int, turn: CaseTurn) -> None:
        row = self._db.execute(
            "INSERT INTO turns (client, attempt, place, number, speaker, text, act, tension,"
            " heard, trust, quality, said_at, to_program, told, danger, replaced)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._client,
                attempt,
                place,
                turn.number,
                turn.speaker,
                stored_text(turn.text),
                turn.act,
                turn.tension,
                turn.heard,
                turn.trust,
                turn.quality,
                stamp(turn.said_at),
                turn.to_program,
                turn.told,
                turn.danger,
                turn.replaced,
            ),
        )
        self._db.executemany(
            "INSERT INTO moves VALUES (?, ?, ?, ?, ?, ?)",
            [
                (row.lastrowid, number, each.move, each.start, each.end, each.probability)
                for number, each in enumerate(turn.moves)
            ],
        )


def _whose(db: Connection, packet: CasePacket, now: str) -> tuple[int, int, bool]:
    """The client and the machine of a packet, and whether the client had to be made."""
    row = db.execute("SELECT id FROM clients WHERE ref = ?", (packet.ref,)).fetchone()
    stranger = row is None
    if row is None:
        made = db.execute(
            "INSERT INTO clients (ref, name, created, assigned) VALUES (?, ?, ?, 0)",
            (packet.ref, stored_text(packet.name), now),
        )
        row = (made.lastrowid,)
    client = int(row[0])
    db.execute(
        "INSERT OR IGNORE INTO sources (client, machine) VALUES (?, ?)", (client, packet.machine)
    )
    (source,) = db.execute(
        "SELECT id FROM sources WHERE client = ? AND machine = ?", (client, packet.machine)
    ).fetchone()
    return client, int(source), stranger


def _name(db: Connection, client: int) -> str:
    return str(db.execute("SELECT name FROM clients WHERE id = ?", (client,)).fetchone()[0])


def _insert_packet(db: Connection, client: int, source: int, packet: CasePacket, now: str) -> int:
    row = db.execute(
        "INSERT INTO packets (source, client, packet, sequence, made, imported, name, message,"
        " attempts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            source,
            client,
            packet.id,
            packet.sequence,
            stamp(packet.made),
            now,
            stored_text(packet.name),
            stored_text(packet.message),
            len(packet.attempts),
        ),
    )
    return int(row.lastrowid or 0)


def _values(attempt: CaseAttempt, words: CaseWords | None) -> tuple[object, ...]:
    """What is stored of an attempt, in the order of the columns."""
    told = (
        any(turn.danger for turn in words.turns) if words else False,
        attempt.assignment,
        attempt.scenario.id,
        stored_text(attempt.scenario.title),
        attempt.scenario.content_hash,
        attempt.scenario.relationship,
        attempt.origin,
        attempt.rung,
        attempt.part,
        stored_text(attempt.agreed),
        stamp(attempt.started),
        stamp(attempt.ended),
        attempt.outcome,
        attempt.ending,
        attempt.aids_offered,
        attempt.aided,
        attempt.probe,
        attempt.slow,
        attempt.face,
        attempt.client_turns,
        attempt.voice,
        *_figures(attempt.before),
        *_figures(attempt.after),
        json.dumps([(aid.aid, aid.number) for aid in attempt.aids]),
        json.dumps(attempt.tension),
    )
    said = None if words is None else _digest(words.turns)
    return (_digest((told, attempt.levels, words)), said, *told)


def _figures(rating: SelfRating | None) -> tuple[int | None, int | None]:
    return (rating.sure, rating.tense) if rating else (None, None)


def _digest(told: object) -> str:
    return sha256(repr(told).encode("utf-8", "replace")).hexdigest()


def _set_in_order(db: Connection, client: int) -> None:
    """Puts a client's attempts in order.

    On one machine the attempts' own numbers say what came first. Attempts of several machines
    are laid side by side by their stated times, a clock that was set back standing still until
    it has caught up, so that none of them ever changes the order of a machine's own.
    """
    of_source: dict[int, list[tuple[str, int, int]]] = {}
    old: dict[int, int] = {}
    rows = db.execute(
        "SELECT id, source, started, place FROM attempts WHERE client = ? ORDER BY source, number",
        (client,),
    )
    for key, source, started, place in rows:
        path = of_source.setdefault(source, [])
        path.append((max(started, path[-1][0]) if path else started, source, key))
        old[key] = place
    db.executemany(
        "UPDATE attempts SET place = ? WHERE id = ?",
        [
            (place, key)
            for place, (_, _, key) in enumerate(
                merge(*of_source.values(), key=lambda each: each[:2]), start=1
            )
            if old[key] != place
        ],
    )


def _count(db: Connection, client: int) -> None:
    """Counts a client's path anew."""
    db.execute("DELETE FROM standings WHERE client = ?", (client,))
    db.execute(
        "UPDATE assignments SET shared = (SELECT count(*) FROM attempts a"
        " WHERE a.assignment = assignments.id AND a.client = assignments.client"
        " AND a.part = ? AND a.ending <> ?) WHERE client = ?",
        (Part.TALK, Ending.STOPPED, client),
    )
    (attempts,) = db.execute("SELECT count(*) FROM attempts WHERE client = ?", (client,)).fetchone()
    if not attempts:
        return
    (last,) = db.execute(
        "SELECT id FROM attempts WHERE client = ? ORDER BY place DESC LIMIT 1", (client,)
    ).fetchone()
    recent = db.execute(
        "SELECT id, CASE WHEN probe THEN 'probe' WHEN aided THEN 'aided' ELSE 'unaided' END,"
        " outcome FROM attempts WHERE client = ? AND part = ? ORDER BY place DESC LIMIT ?",
        (client, Part.TALK, LATEST),
    ).fetchall()
    told = [
        (
            kind,
            outcome,
            dict(db.execute("SELECT criterion, level FROM levels WHERE attempt = ?", (key,))),
        )
        for key, kind, outcome in reversed(recent)
    ]
    db.execute(
        "INSERT INTO standings VALUES (?, ?, ?, ?)", (client, attempts, last, json.dumps(told))
    )
