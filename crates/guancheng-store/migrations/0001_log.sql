-- The log of the city, the state of its cases, and what is derived from both in the same commit.

CREATE TABLE counters (
    series TEXT PRIMARY KEY,
    value  INTEGER NOT NULL CHECK (value > 0)
) STRICT, WITHOUT ROWID;

-- One row per case, narrow on purpose: lists read only this table, the state lies in case_states.
CREATE TABLE cases (
    id           INTEGER PRIMARY KEY CHECK (id > 0),
    number       TEXT NOT NULL UNIQUE CHECK (number <> ''),
    kind         TEXT NOT NULL,
    version      INTEGER NOT NULL,
    state        TEXT NOT NULL,
    stage        TEXT,
    is_open      INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    title        TEXT NOT NULL,
    category     TEXT,
    address      TEXT NOT NULL,
    lon          REAL,
    lat          REAL,
    quadkey      INTEGER,
    cell         INTEGER CHECK (cell BETWEEN 1 AND 999999999999999),
    unit         INTEGER,
    holder_role  TEXT,
    holder_unit  INTEGER,
    source       TEXT NOT NULL,
    opened_at    INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    closed_at    INTEGER,
    clock        TEXT,
    due_at       INTEGER,
    warn_at      INTEGER,
    left_ms      INTEGER,
    -- due_at, or the end of time: a list sorted by it needs no case for NULL.
    due_sort     INTEGER NOT NULL,
    on_time      INTEGER CHECK (on_time IN (0, 1)),
    need_to_know INTEGER NOT NULL CHECK (need_to_know IN (0, 1)),
    reports      INTEGER NOT NULL CHECK (reports >= 0),
    rework       INTEGER NOT NULL CHECK (rework >= 0),
    seq          INTEGER NOT NULL CHECK (seq > 0),
    thumb        INTEGER,
    CONSTRAINT cases_open_or_closed CHECK ((is_open = 1) = (closed_at IS NULL)),
    CONSTRAINT cases_rated_when_closed CHECK (is_open = 0 OR on_time IS NULL),
    CONSTRAINT cases_place_whole CHECK ((lon IS NULL) = (lat IS NULL) AND (lon IS NULL) = (quadkey IS NULL)),
    CONSTRAINT cases_due_has_clock CHECK (clock IS NOT NULL OR (due_at IS NULL AND warn_at IS NULL AND left_ms IS NULL)),
    CONSTRAINT cases_due_sort CHECK (due_sort = coalesce(due_at, 9223372036854775807))
) STRICT;

-- The desk: open cases by time left. It carries what desk and map filter by and show as lights, so that counting and
-- drawing all open cases touches no row.
CREATE INDEX cases_desk ON cases (due_sort, id, state, kind, unit, cell, holder_role, holder_unit, need_to_know,
    is_open, on_time, warn_at, clock, stage, category, source, opened_at, lon, lat) WHERE is_open = 1;
CREATE INDEX cases_opened ON cases (opened_at, id);
CREATE INDEX cases_changed ON cases (changed_at, id);
CREATE INDEX cases_unit ON cases (unit, opened_at, id);
-- A street is the first nine of a cell's fifteen digits; smaller areas hold few cases, larger ones a fair share of all.
CREATE INDEX cases_street ON cases (cell / 1000000, opened_at, id);
CREATE INDEX cases_cell ON cases (cell, opened_at, id);
CREATE INDEX cases_category ON cases (category, opened_at, id);
CREATE INDEX cases_quadkey ON cases (quadkey, id) WHERE quadkey IS NOT NULL;

CREATE INDEX cases_secret ON cases (id) WHERE need_to_know = 1;

CREATE TABLE case_states (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    state   TEXT NOT NULL
) STRICT;

-- The offices a case concerns, with the sort keys of the lists an office looks at.
CREATE TABLE case_units (
    case_id   INTEGER NOT NULL REFERENCES cases (id),
    unit      INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    open_due  INTEGER,
    PRIMARY KEY (case_id, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_units_opened ON case_units (unit, opened_at, case_id);
CREATE INDEX case_units_due ON case_units (unit, open_due, case_id) WHERE open_due IS NOT NULL;

CREATE TABLE case_people (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person  INTEGER NOT NULL,
    PRIMARY KEY (case_id, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_people_person ON case_people (person, case_id);

-- The truth. Gapless by seq; each hash covers its row and the hash before it.
CREATE TABLE records (
    seq      INTEGER PRIMARY KEY CHECK (seq > 0),
    case_id  INTEGER NOT NULL REFERENCES cases (id),
    case_seq INTEGER NOT NULL CHECK (case_seq > 0),
    at       INTEGER NOT NULL,
    actor    TEXT NOT NULL CHECK (actor <> ''),
    payload  TEXT NOT NULL,
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (case_id, case_seq)
) STRICT;

CREATE TABLE timers (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    fire_at INTEGER NOT NULL
) STRICT;
CREATE INDEX timers_fire ON timers (fire_at, case_id);

CREATE TABLE outbox (
    id      INTEGER PRIMARY KEY CHECK (id > 0),
    case_id INTEGER NOT NULL REFERENCES cases (id),
    seq     INTEGER NOT NULL REFERENCES records (seq),
    at      INTEGER NOT NULL,
    effect  TEXT NOT NULL,
    payload TEXT NOT NULL,
    done_at INTEGER
) STRICT;
CREATE INDEX outbox_waiting ON outbox (id) WHERE done_at IS NULL;

CREATE TABLE tasks (
    id      INTEGER PRIMARY KEY CHECK (id > 0),
    case_id INTEGER NOT NULL REFERENCES cases (id),
    state   TEXT NOT NULL,
    role    TEXT,
    unit    INTEGER,
    from_at INTEGER NOT NULL,
    to_at   INTEGER,
    CONSTRAINT tasks_held CHECK (role IS NOT NULL OR unit IS NOT NULL)
) STRICT;
CREATE INDEX tasks_case ON tasks (case_id, id);
-- A case is held once at a time.
CREATE UNIQUE INDEX tasks_one_present ON tasks (case_id) WHERE to_at IS NULL;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY CHECK (id > 0),
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL CHECK (actor <> ''),
    act     TEXT NOT NULL,
    case_id INTEGER,
    record  INTEGER REFERENCES records (seq),
    detail  TEXT NOT NULL,
    CONSTRAINT audit_record_has_case CHECK (record IS NULL OR case_id IS NOT NULL)
) STRICT;
CREATE INDEX audit_case ON audit (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX audit_actor ON audit (actor, id);

-- How many cases there are, kept with every change; zero stands for no unit and no cell. Counts over all cases read
-- this, counts over open cases read cases_desk.
CREATE TABLE tallies (
    kind         TEXT NOT NULL,
    state        TEXT NOT NULL,
    stage        TEXT NOT NULL,
    is_open      INTEGER NOT NULL,
    unit         INTEGER NOT NULL,
    street       INTEGER NOT NULL,
    need_to_know INTEGER NOT NULL,
    n            INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (kind, state, stage, is_open, unit, street, need_to_know)
) STRICT, WITHOUT ROWID;

-- The words a case is found by, cut into pairs of characters (search.rs). Contentless: only positions are kept.
CREATE VIRTUAL TABLE case_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
-- What stands in the index beside number, title and address, so that it can be built anew.
CREATE TABLE case_texts (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    words   TEXT NOT NULL
) STRICT;
