-- The organisation, and how people prove who they are.

CREATE TABLE offices (
    id     INTEGER PRIMARY KEY,
    code   TEXT NOT NULL UNIQUE,
    name   TEXT NOT NULL,
    parent INTEGER REFERENCES offices (id),
    kind   TEXT NOT NULL,
    CONSTRAINT offices_not_above_itself CHECK (parent IS NULL OR parent <> id)
) STRICT;

CREATE TABLE posts (
    id     INTEGER PRIMARY KEY,
    office INTEGER NOT NULL REFERENCES offices (id),
    title  TEXT NOT NULL,
    duties TEXT NOT NULL
) STRICT;

CREATE TABLE people (
    id    INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL
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

CREATE TABLE logins (
    person     INTEGER PRIMARY KEY REFERENCES people (id),
    hash       TEXT NOT NULL CHECK (hash LIKE '$argon2id$%'),
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    hash       BLOB PRIMARY KEY CHECK (length(hash) = 32),
    person     INTEGER NOT NULL REFERENCES people (id),
    csrf       TEXT NOT NULL,
    opened_at  INTEGER NOT NULL,
    rotated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
    id         INTEGER PRIMARY KEY,
    hash       BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    person     INTEGER NOT NULL REFERENCES people (id),
    label      TEXT NOT NULL,
    scopes     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX tokens_person ON tokens (person, id);

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
CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE settings (
    key  TEXT PRIMARY KEY,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
