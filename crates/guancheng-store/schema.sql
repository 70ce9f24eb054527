CREATE INDEX audit_actor ON audit (actor, id);
CREATE INDEX audit_case ON audit (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX case_people_person ON case_people (person, case_id);
CREATE INDEX case_units_due ON case_units (unit, open_due, case_id) WHERE open_due IS NOT NULL;
CREATE INDEX case_units_opened ON case_units (unit, opened_at, case_id);
CREATE INDEX cases_category ON cases (category, opened_at, id);
CREATE INDEX cases_cell ON cases (cell, opened_at, id);
CREATE INDEX cases_changed ON cases (changed_at, id);
CREATE INDEX cases_desk ON cases (due_sort, id, warn_at, need_to_know, kind, cell, clock, state, unit, holder_role,
    holder_unit, stage, category, source, opened_at, lon, lat, is_open, on_time) WHERE is_open = 1;
CREATE INDEX cases_held ON cases (holder_unit, due_sort, id, need_to_know, kind, cell, state, holder_role, is_open)
    WHERE is_open = 1 AND holder_unit IS NOT NULL;
CREATE INDEX cases_opened ON cases (opened_at, id);
CREATE INDEX cases_quadkey ON cases (quadkey, id) WHERE quadkey IS NOT NULL;
CREATE INDEX cases_role ON cases (holder_role, due_sort, id, need_to_know, kind, cell, state, holder_unit, is_open)
    WHERE is_open = 1 AND holder_role IS NOT NULL;
CREATE INDEX cases_secret ON cases (id) WHERE need_to_know = 1;
CREATE INDEX cases_street ON cases (cell / 1000000, opened_at, id);
CREATE INDEX cases_unit ON cases (unit, opened_at, id);
CREATE INDEX files_sha256 ON files (sha256);
CREATE INDEX idempotency_at ON idempotency (at);
CREATE INDEX outbox_waiting ON outbox (id) WHERE done_at IS NULL;
CREATE INDEX progress_line ON progress (plan, commitment, step, standing, month, day, amount);
CREATE INDEX progress_typed ON progress (plan, opened_at, unit, typed);
CREATE INDEX reports_case ON reports (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX tasks_case ON tasks (case_id, id);
CREATE UNIQUE INDEX tasks_one_present ON tasks (case_id) WHERE to_at IS NULL;
CREATE INDEX timers_fire ON timers (fire_at, case_id);
CREATE INDEX tokens_person ON tokens (person, id);
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
CREATE TABLE case_people (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    person  INTEGER NOT NULL,
    PRIMARY KEY (case_id, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE case_states (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    state   TEXT NOT NULL
) STRICT;
CREATE TABLE case_texts (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    words   TEXT NOT NULL
) STRICT;
CREATE TABLE case_units (
    case_id   INTEGER NOT NULL REFERENCES cases (id),
    unit      INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    open_due  INTEGER,
    PRIMARY KEY (case_id, unit)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE case_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE TABLE 'case_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'case_words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'case_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);
CREATE TABLE 'case_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
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
CREATE TABLE closings (
    kind       TEXT NOT NULL,
    category   TEXT NOT NULL,
    day        INTEGER NOT NULL,
    opened     INTEGER NOT NULL,
    closed     INTEGER NOT NULL,
    rated      INTEGER NOT NULL,
    on_time    INTEGER NOT NULL,
    first_time INTEGER NOT NULL,
    PRIMARY KEY (kind, day, category)
) STRICT, WITHOUT ROWID;
CREATE TABLE contacts (
    report_id INTEGER PRIMARY KEY REFERENCES reports (id),
    name      TEXT,
    phone     TEXT,
    CONSTRAINT contacts_say_something CHECK (name IS NOT NULL OR phone IS NOT NULL)
) STRICT;
CREATE TABLE counters (
    series TEXT PRIMARY KEY,
    value  INTEGER NOT NULL CHECK (value > 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE files (
    id          INTEGER PRIMARY KEY CHECK (id > 0),
    media       TEXT NOT NULL CHECK (media IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
    sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
    bytes       INTEGER NOT NULL CHECK (bytes > 0),
    width       INTEGER,
    height      INTEGER,
    has_thumb   INTEGER NOT NULL CHECK (has_thumb IN (0, 1)),
    taken_at    INTEGER,
    lon         REAL,
    lat         REAL,
    accuracy_m  REAL,
    tags        TEXT NOT NULL,
    exif_taken  TEXT,
    exif_lon    REAL,
    exif_lat    REAL,
    orientation INTEGER CHECK (orientation BETWEEN 1 AND 8),
    at          INTEGER NOT NULL,
    by          INTEGER,
    CONSTRAINT files_size_whole CHECK ((width IS NULL) = (height IS NULL)),
    CONSTRAINT files_place_whole CHECK ((lon IS NULL) = (lat IS NULL) AND (exif_lon IS NULL) = (exif_lat IS NULL)),
    CONSTRAINT files_thumb_of_picture CHECK (has_thumb = 0 OR media <> 'application/pdf')
) STRICT;
CREATE TABLE grants (
    id       INTEGER PRIMARY KEY,
    role     TEXT NOT NULL,
    post     INTEGER REFERENCES posts (id),
    person   INTEGER REFERENCES people (id),
    office   INTEGER REFERENCES offices (id),
    area_low INTEGER,
    area_end INTEGER,
    kinds    TEXT NOT NULL,
    from_at  INTEGER NOT NULL,
    until_at INTEGER,
    CONSTRAINT grants_to_one CHECK ((post IS NULL) <> (person IS NULL)),
    CONSTRAINT grants_area_whole CHECK ((area_low IS NULL) = (area_end IS NULL) AND (area_low IS NULL OR area_low < area_end))
) STRICT;
CREATE TABLE idempotency (
    actor   TEXT NOT NULL,
    key     TEXT NOT NULL,
    request BLOB NOT NULL CHECK (length(request) = 32),
    at      INTEGER NOT NULL,
    status  INTEGER,
    case_id INTEGER,
    body    TEXT,
    PRIMARY KEY (actor, key),
    CONSTRAINT idempotency_answer_whole CHECK ((status IS NULL) = (body IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE logins (
    person     INTEGER PRIMARY KEY REFERENCES people (id),
    hash       TEXT NOT NULL CHECK (hash LIKE '$argon2id$%'),
    changed_at INTEGER NOT NULL
) STRICT;
CREATE TABLE offices (
    id     INTEGER PRIMARY KEY,
    code   TEXT NOT NULL UNIQUE,
    name   TEXT NOT NULL,
    parent INTEGER REFERENCES offices (id),
    kind   TEXT NOT NULL,
    CONSTRAINT offices_not_above_itself CHECK (parent IS NULL OR parent <> id)
) STRICT;
CREATE TABLE outbox (
    id      INTEGER PRIMARY KEY CHECK (id > 0),
    case_id INTEGER NOT NULL REFERENCES cases (id),
    seq     INTEGER NOT NULL REFERENCES records (seq),
    at      INTEGER NOT NULL,
    effect  TEXT NOT NULL,
    payload TEXT NOT NULL,
    done_at INTEGER
) STRICT;
CREATE TABLE people (
    id    INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL
) STRICT;
CREATE TABLE plan_records (
    seq      INTEGER PRIMARY KEY CHECK (seq > 0),
    plan     INTEGER NOT NULL CHECK (plan > 0),
    plan_seq INTEGER NOT NULL CHECK (plan_seq > 0),
    at       INTEGER NOT NULL,
    actor    TEXT NOT NULL CHECK (actor <> ''),
    payload  TEXT NOT NULL,
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (plan, plan_seq)
) STRICT;
CREATE TABLE posts (
    id     INTEGER PRIMARY KEY,
    office INTEGER NOT NULL REFERENCES offices (id),
    title  TEXT NOT NULL,
    duties TEXT NOT NULL
) STRICT;
CREATE TABLE progress (
    case_id    INTEGER PRIMARY KEY REFERENCES cases (id),
    plan       INTEGER NOT NULL,
    commitment TEXT NOT NULL,
    step       TEXT NOT NULL,
    day        INTEGER NOT NULL,
    month      INTEGER NOT NULL,
    amount     INTEGER NOT NULL,
    standing   TEXT NOT NULL CHECK (standing IN ('pending', 'counted', 'inspected', 'failed', 'refused')),
    unit       INTEGER,
    typed      INTEGER NOT NULL CHECK (typed >= 0),
    opened_at  INTEGER NOT NULL
) STRICT;
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
CREATE TABLE reports (
    id       INTEGER PRIMARY KEY CHECK (id > 0),
    case_id  INTEGER REFERENCES cases (id),
    code     TEXT NOT NULL UNIQUE CHECK (code <> ''),
    source   TEXT NOT NULL,
    text     TEXT NOT NULL,
    lang     TEXT NOT NULL,
    lon      REAL,
    lat      REAL,
    address  TEXT NOT NULL,
    at       INTEGER NOT NULL,
    by       INTEGER,
    category TEXT,
    CONSTRAINT reports_place_whole CHECK ((lon IS NULL) = (lat IS NULL))
) STRICT;
CREATE TABLE schema_steps (version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE sessions (
    hash       BLOB PRIMARY KEY CHECK (length(hash) = 32),
    person     INTEGER NOT NULL REFERENCES people (id),
    csrf       TEXT NOT NULL,
    opened_at  INTEGER NOT NULL,
    rotated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE settings (
    key  TEXT PRIMARY KEY,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
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
CREATE TABLE tenures (
    person         INTEGER NOT NULL REFERENCES people (id),
    post           INTEGER NOT NULL REFERENCES posts (id),
    from_at        INTEGER NOT NULL,
    to_at          INTEGER,
    substitute_for INTEGER REFERENCES people (id),
    PRIMARY KEY (person, post, from_at),
    CONSTRAINT tenures_forward CHECK (to_at IS NULL OR to_at >= from_at)
) STRICT, WITHOUT ROWID;
CREATE TABLE timers (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    fire_at INTEGER NOT NULL
) STRICT;
CREATE TABLE tokens (
    id         INTEGER PRIMARY KEY,
    hash       BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    person     INTEGER NOT NULL REFERENCES people (id),
    label      TEXT NOT NULL,
    scopes     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
