CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE clients (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,  -- who it is, whatever the name
    name TEXT NOT NULL,
    created TEXT NOT NULL,
    assigned INTEGER NOT NULL CHECK (assigned IN (0, 1)),  -- 0: known only from a packet
    looked INTEGER NOT NULL DEFAULT 0  -- the newest packet there was when last looked at
) STRICT;

CREATE TABLE notes (  -- the therapist's own
    id INTEGER PRIMARY KEY,
    client INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    noted TEXT NOT NULL
) STRICT;

CREATE INDEX notes_of_client ON notes (client);

CREATE TABLE packs (
    id TEXT PRIMARY KEY,
    client INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    message TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX packs_of_client ON packs (client);

CREATE TABLE assignments (
    id TEXT PRIMARY KEY,
    client INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    pack TEXT NOT NULL REFERENCES packs (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,  -- order within the pack
    scenario TEXT NOT NULL,
    title TEXT NOT NULL,
    rung TEXT NOT NULL,
    times INTEGER NOT NULL,
    due TEXT,  -- a day
    aids TEXT,  -- on, off, or NULL: the client chooses
    note TEXT NOT NULL,
    made TEXT NOT NULL,
    shared INTEGER NOT NULL DEFAULT 0  -- attempts at it that came back and count
) STRICT, WITHOUT ROWID;

CREATE INDEX assignments_of_client ON assignments (client);

CREATE INDEX assignments_of_pack ON assignments (pack);

CREATE TABLE sources (  -- each machine (or profile) a client shares from, with a count of its own
    id INTEGER PRIMARY KEY,
    client INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    machine TEXT NOT NULL,
    UNIQUE (client, machine)
) STRICT;

CREATE TABLE packets (
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order of importing
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    client INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    packet TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    made TEXT NOT NULL,
    imported TEXT NOT NULL,
    name TEXT NOT NULL,  -- the client's, as the packet says
    message TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    UNIQUE (source, packet)
) STRICT;

CREATE INDEX packets_of_client ON packets (client, sequence);

CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    place INTEGER NOT NULL DEFAULT 0,  -- order on the client's path
    sequence INTEGER NOT NULL,  -- of the newest packet it came in
    packet INTEGER NOT NULL REFERENCES packets (number) ON DELETE CASCADE,  -- that last changed it
    first_packet INTEGER NOT NULL,
    digest TEXT NOT NULL,  -- of all of it, to tell a change
    words_digest TEXT,  -- NULL: only levels came
    danger INTEGER NOT NULL CHECK (danger IN (0, 1)),
    assignment TEXT,
    scenario TEXT NOT NULL,
    title TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    relationship TEXT NOT NULL,
    origin TEXT NOT NULL,
    rung TEXT NOT NULL,
    part TEXT NOT NULL,
    agreed TEXT NOT NULL,
    "started" TEXT NOT NULL,
    ended TEXT NOT NULL,
    outcome TEXT NOT NULL,
    ending TEXT NOT NULL,
    aids_offered INTEGER NOT NULL,
    aided INTEGER NOT NULL,
    probe INTEGER NOT NULL,
    slow INTEGER NOT NULL,
    face TEXT NOT NULL,
    client_turns INTEGER NOT NULL,
    voice TEXT NOT NULL,
    sure_before INTEGER,
    tense_before INTEGER,
    sure_after INTEGER,
    tense_after INTEGER,
    aids TEXT NOT NULL,  -- JSON: pairs of aid and turn number
    tension TEXT NOT NULL,  -- JSON: the partner's, after each line
    UNIQUE (source, number)
) STRICT;

CREATE INDEX attempts_of_client ON attempts (client, place);

CREATE INDEX attempts_by_packet ON attempts (client, packet, danger);

CREATE INDEX attempts_of_assignment ON attempts (assignment) WHERE assignment IS NOT NULL;

CREATE TABLE levels (
    attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    criterion TEXT NOT NULL,
    level INTEGER CHECK (level BETWEEN 0 AND 3),  -- NULL: no chance to show it
    reader TEXT NOT NULL,
    evidence TEXT NOT NULL,
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

CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    client INTEGER NOT NULL,  -- whose, for the search alone
    attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,  -- order said
    number INTEGER NOT NULL,
    speaker TEXT NOT NULL,
    text TEXT NOT NULL,
    act TEXT,
    tension REAL,
    heard REAL,
    trust REAL,
    quality REAL,
    said_at TEXT NOT NULL,
    to_program INTEGER NOT NULL,
    told INTEGER NOT NULL,
    danger TEXT,
    replaced INTEGER NOT NULL  -- 0 while it stands, else which going-back took it away
) STRICT;

CREATE UNIQUE INDEX turns_of_attempt ON turns (attempt, place);

CREATE TABLE moves (
    turn INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    move TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    probability REAL NOT NULL,
    PRIMARY KEY (turn, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE field_notes (
    id INTEGER PRIMARY KEY,
    client INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    note TEXT NOT NULL,  -- its own identity
    sequence INTEGER NOT NULL,
    packet INTEGER NOT NULL REFERENCES packets (number) ON DELETE CASCADE,
    scenario TEXT NOT NULL,
    number INTEGER,  -- of the attempt it belongs to
    said TEXT NOT NULL,
    text TEXT NOT NULL,
    noted TEXT NOT NULL,
    UNIQUE (source, note)
) STRICT;

CREATE INDEX field_notes_of_client ON field_notes (client, packet);

CREATE TABLE standings (  -- each client's path in a few figures, so that the caseload never counts
    client INTEGER PRIMARY KEY REFERENCES clients (id) ON DELETE CASCADE,
    attempts INTEGER NOT NULL,
    last_attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    recent TEXT NOT NULL  -- JSON: the levels of the latest attempts at a talk, oldest first
) STRICT;

CREATE TABLE ratings (  -- the therapist's own levels, given blind
    attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    criterion TEXT NOT NULL,
    level INTEGER CHECK (level BETWEEN 0 AND 3),  -- NULL: the therapist saw no chance to show it
    rated TEXT NOT NULL,
    PRIMARY KEY (attempt, criterion)
) STRICT, WITHOUT ROWID;

CREATE TABLE draws (  -- which attempts were drawn for rating, in order
    id INTEGER PRIMARY KEY,
    attempt INTEGER NOT NULL UNIQUE REFERENCES attempts (id) ON DELETE CASCADE,
    drawn TEXT NOT NULL,
    rated INTEGER NOT NULL DEFAULT 0 CHECK (rated IN (0, 1))
) STRICT;

CREATE TABLE agreement (  -- worked out from the ratings of one criterion, so long as they stay
    criterion TEXT PRIMARY KEY,
    digest TEXT NOT NULL,  -- of the ratings it was worked out from
    pairs INTEGER NOT NULL,
    kappa REAL,
    low REAL,
    high REAL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE said USING fts5 (
    text, whose, content='', tokenize='unicode61 remove_diacritics 2'
);

CREATE TRIGGER turns_found AFTER INSERT ON turns BEGIN
    INSERT INTO said (rowid, text, whose)
    VALUES (new.id + 0, new.text, 'c' || new.client);
END;

CREATE TRIGGER turns_lost AFTER DELETE ON turns BEGIN
    INSERT INTO said (said, rowid, text, whose)
    VALUES ('delete', old.id + 0, old.text, 'c' || old.client);
END;

CREATE TRIGGER field_notes_found AFTER INSERT ON field_notes BEGIN
    INSERT INTO said (rowid, text, whose)
    VALUES (new.id + 72057594037927936, new.text, 'c' || new.client);
END;

CREATE TRIGGER field_notes_lost AFTER DELETE ON field_notes BEGIN
    INSERT INTO said (said, rowid, text, whose)
    VALUES ('delete', old.id + 72057594037927936, old.text, 'c' || old.client);
END;

CREATE TRIGGER packets_found AFTER INSERT ON packets BEGIN
    INSERT INTO said (rowid, text, whose)
    VALUES (new.number + 144115188075855872, new.message, 'c' || new.client);
END;

CREATE TRIGGER packets_lost AFTER DELETE ON packets BEGIN
    INSERT INTO said (said, rowid, text, whose)
    VALUES ('delete', old.number + 144115188075855872, old.message, 'c' || old.client);
END;

CREATE TRIGGER notes_found AFTER INSERT ON notes BEGIN
    INSERT INTO said (rowid, text, whose)
    VALUES (new.id + 216172782113783808, new.text, 'c' || new.client);
END;

CREATE TRIGGER notes_lost AFTER DELETE ON notes BEGIN
    INSERT INTO said (said, rowid, text, whose)
    VALUES ('delete', old.id + 216172782113783808, old.text, 'c' || old.client);
END;
