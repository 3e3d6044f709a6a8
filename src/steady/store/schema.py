"""The tables of the practice history, and the steps that lead from older ones to these.

A step never changes once released: to alter the tables, add a step and raise `connection.FORMAT`.
This module is loaded only when a file needs steps: it brings the whole of sqlite-utils with it.
"""

from typing import NamedTuple

from sqlite_utils import Database, Migrations

from steady.store.connection import FORMAT


class Schema(NamedTuple):
    """The steps, and the number of steps a database of today has gone through."""

    steps: Migrations
    latest: int


_steps = Migrations("steady")

SCHEMA = Schema(_steps, latest=FORMAT)

# Times are UTC, ISO 8601 with milliseconds and a Z, so they sort as text. The enumerated words
# (rung, outcome, act, ...) are not checked here: the list of words may grow without a new step.
# Nor are figures worked out by the program: a rounding slip must never cost a typed sentence.
_FIRST = """
CREATE TABLE scenarios (  -- as practised: a changed file is a new row
    id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    title TEXT NOT NULL,
    relationship TEXT NOT NULL,
    first_practised TEXT NOT NULL,
    PRIMARY KEY (id, content_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- a forgotten attempt's number is never given again
    scenario TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    rung TEXT NOT NULL,
    part TEXT NOT NULL,  -- the talk itself, or the return to it
    agreed TEXT NOT NULL,  -- the return that was agreed, empty in the talk itself
    seed INTEGER NOT NULL,
    face TEXT NOT NULL,
    aids_offered INTEGER NOT NULL CHECK (aids_offered IN (0, 1)),
    slow INTEGER NOT NULL CHECK (slow IN (0, 1)),
    aided INTEGER NOT NULL DEFAULT 0 CHECK (aided IN (0, 1)),
    started TEXT NOT NULL,
    ended TEXT,
    outcome TEXT,
    ending TEXT,
    client_turns INTEGER,  -- said to the partner and standing, counted at the end
    FOREIGN KEY (scenario, content_hash) REFERENCES scenarios (id, content_hash),
    CHECK ((outcome IS NULL) = (ended IS NULL) AND (outcome IS NULL) = (ending IS NULL))
) STRICT;
CREATE INDEX attempts_by_scenario ON attempts (scenario);
CREATE INDEX attempts_unfinished ON attempts (started) WHERE outcome IS NULL;
CREATE INDEX attempts_finished ON attempts (ended) WHERE outcome IS NOT NULL;
CREATE INDEX attempts_finished_by_scenario
    ON attempts (scenario, ended, rung, outcome, client_turns) WHERE outcome IS NOT NULL;

CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    speaker TEXT NOT NULL CHECK (speaker IN ('client', 'partner')),
    text TEXT NOT NULL,
    act TEXT,
    tension REAL,
    heard REAL,
    trust REAL,
    state TEXT,  -- the partner's whole state after the line, JSON
    voice TEXT,
    quality REAL,
    said_at TEXT NOT NULL,
    to_program INTEGER NOT NULL DEFAULT 0 CHECK (to_program IN (0, 1)),
    danger TEXT,
    replaced INTEGER NOT NULL DEFAULT 0,  -- 0 while it stands, else which going-back took it away
    probabilities TEXT,  -- of every move the reader weighed, JSON
    CHECK (speaker = 'client' OR (tension + heard + trust IS NOT NULL AND state IS NOT NULL)),
    CHECK (speaker = 'partner' OR quality IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX turns_of_attempt ON turns (attempt, number, replaced);

CREATE TABLE moves (
    turn INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,  -- order within the turn
    move TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    probability REAL NOT NULL,
    PRIMARY KEY (turn, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE times (  -- returns the client named
    turn INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    adverbial TEXT NOT NULL,
    minutes INTEGER,
    PRIMARY KEY (turn, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE levels (
    attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    criterion TEXT NOT NULL,
    level INTEGER CHECK (level BETWEEN 0 AND 3),  -- NULL: no chance to show it
    evidence TEXT NOT NULL,
    turn INTEGER,
    reader TEXT NOT NULL DEFAULT 'embedded',
    PRIMARY KEY (attempt, criterion)
) STRICT, WITHOUT ROWID;

CREATE TABLE feedback (
    attempt INTEGER PRIMARY KEY REFERENCES attempts (id) ON DELETE CASCADE,
    keep_quote TEXT,
    keep_why TEXT,
    keep_turn INTEGER,
    change_instead TEXT,
    change_try TEXT,
    change_mends TEXT,
    change_turn INTEGER
) STRICT;

CREATE TABLE self_ratings (
    attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    moment TEXT NOT NULL CHECK (moment IN ('before', 'after')),
    sure INTEGER CHECK (sure BETWEEN 0 AND 10),
    tense INTEGER CHECK (tense BETWEEN 0 AND 10),
    rated_at TEXT NOT NULL,
    PRIMARY KEY (attempt, moment)
) STRICT, WITHOUT ROWID;

CREATE TABLE aids_used (
    id INTEGER PRIMARY KEY,
    attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    aid TEXT NOT NULL,
    number INTEGER NOT NULL,  -- of the client's turn it came before
    used_at TEXT NOT NULL
) STRICT;
CREATE INDEX aids_of_attempt ON aids_used (attempt);

CREATE TABLE drafts (
    attempt INTEGER PRIMARY KEY REFERENCES attempts (id) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE scripts (
    scenario TEXT NOT NULL,
    rung TEXT NOT NULL,
    text TEXT NOT NULL,
    changed TEXT NOT NULL,
    PRIMARY KEY (scenario, rung)
) STRICT, WITHOUT ROWID;

CREATE TABLE facts (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tallies (  -- finished attempts counted up, so that home never counts them
    scenario TEXT NOT NULL,
    rung TEXT NOT NULL,
    times INTEGER NOT NULL,
    client_turns INTEGER NOT NULL,
    last_attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    best_outcome TEXT NOT NULL,
    PRIMARY KEY (scenario, rung)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE turns_fts USING fts5 (
    text,
    content='turns',
    content_rowid='id',
    tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER turns_found AFTER INSERT ON turns BEGIN
    INSERT INTO turns_fts (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER turns_lost AFTER DELETE ON turns BEGIN
    INSERT INTO turns_fts (turns_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER turns_reworded AFTER UPDATE OF text ON turns BEGIN
    INSERT INTO turns_fts (turns_fts, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO turns_fts (rowid, text) VALUES (new.id, new.text);
END;
"""


@_steps()
def first_tables(db: Database) -> None:
    """Every table of the first release."""
    db.executescript(_FIRST)


# Rows of `turns`, `levels` and `feedback` from before have nothing in the new columns: no model
# was asked then.
_MODELS = """
ALTER TABLE attempts ADD COLUMN voice TEXT NOT NULL DEFAULT 'embedded';  -- the one chosen
ALTER TABLE turns ADD COLUMN voice_why TEXT;  -- why embedded words were used, a model being asked
ALTER TABLE feedback ADD COLUMN coach TEXT;  -- why a model's coach was not used, one being asked

CREATE TABLE model_requests (  -- each request made to a model, whatever became of it
    id INTEGER PRIMARY KEY,
    attempt INTEGER REFERENCES attempts (id) ON DELETE SET NULL,
    purpose TEXT NOT NULL,
    host TEXT NOT NULL,
    model TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    estimated INTEGER NOT NULL CHECK (estimated IN (0, 1)),  -- 1: the server did not count
    cost REAL,  -- NULL: no price is known
    fault TEXT
) STRICT;
CREATE INDEX model_requests_of_attempt ON model_requests (attempt);
CREATE INDEX model_requests_by_time ON model_requests (asked_at);

CREATE TABLE proposed_moves (  -- where a model and the embedded reading were weighed
    id INTEGER PRIMARY KEY,
    turn INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    reader TEXT NOT NULL,
    move TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
    why TEXT NOT NULL
) STRICT;
CREATE INDEX proposed_moves_of_turn ON proposed_moves (turn);
"""


@_steps()
def language_models(db: Database) -> None:
    """What models were asked, what was used of it, and why not."""
    db.executescript(_MODELS)


_HOMEWORK = """
ALTER TABLE attempts ADD COLUMN assignment TEXT;  -- kept when the pack is forgotten
ALTER TABLE attempts ADD COLUMN probe INTEGER NOT NULL DEFAULT 0 CHECK (probe IN (0, 1));
CREATE INDEX attempts_by_assignment ON attempts (assignment, part, outcome, ended)
    WHERE assignment IS NOT NULL;

CREATE TABLE packs (
    id TEXT PRIMARY KEY,
    therapist TEXT NOT NULL,
    public_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    client_ref TEXT NOT NULL,
    client_name TEXT NOT NULL,
    message TEXT NOT NULL,
    made TEXT NOT NULL,  -- by the therapist's clock
    opened TEXT NOT NULL,
    forgotten TEXT  -- when; NULL while it stands
) STRICT, WITHOUT ROWID;

CREATE TABLE assignments (
    id TEXT PRIMARY KEY,
    pack TEXT NOT NULL REFERENCES packs (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,  -- order within the pack
    scenario TEXT NOT NULL,
    rung TEXT NOT NULL,
    times INTEGER NOT NULL,
    due TEXT,  -- a day, in the client's own time
    aids TEXT CHECK (aids IN ('on', 'off')),  -- NULL: the client chooses
    note TEXT NOT NULL,
    withdrawn TEXT  -- when a newer pack left it out; NULL while it stands
) STRICT, WITHOUT ROWID;
CREATE INDEX assignments_of_pack ON assignments (pack, place);

CREATE TABLE shares (
    id INTEGER PRIMARY KEY,
    packet TEXT NOT NULL UNIQUE,
    sequence INTEGER NOT NULL UNIQUE,
    at TEXT NOT NULL,
    therapist TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    file TEXT NOT NULL,
    message TEXT NOT NULL
) STRICT;

CREATE TABLE shared_attempts (
    share INTEGER NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    attempt INTEGER NOT NULL,  -- may be forgotten since
    words INTEGER NOT NULL CHECK (words IN (0, 1)),
    danger INTEGER NOT NULL CHECK (danger IN (0, 1)),  -- turns so marked went along
    PRIMARY KEY (share, attempt)
) STRICT, WITHOUT ROWID;
CREATE INDEX shares_of_attempt ON shared_attempts (attempt);

CREATE TABLE field_notes (
    id TEXT PRIMARY KEY,
    scenario TEXT NOT NULL,
    attempt INTEGER REFERENCES attempts (id) ON DELETE CASCADE,
    said TEXT NOT NULL CHECK (said IN ('yes', 'no', 'not yet')),
    text TEXT NOT NULL,
    noted_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX field_notes_by_scenario ON field_notes (scenario, noted_at);
CREATE INDEX field_notes_of_attempt ON field_notes (attempt);

CREATE TABLE shared_notes (
    share INTEGER NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    note TEXT NOT NULL,  -- may be forgotten since
    PRIMARY KEY (share, note)
) STRICT, WITHOUT ROWID;
"""


@_steps()
def homework(db: Database) -> None:
    """Packs, assignments, what was shared, field notes; attempts may count for an assignment."""
    db.executescript(_HOMEWORK)
