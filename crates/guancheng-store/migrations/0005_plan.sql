-- Plans. Their records share one sequence and one hash chain with those of cases; their state is folded in memory.

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

-- What cases report of a plan: one row per case, derived from its state in the same commit. Amounts are thousandths,
-- days count from 1970, months are year * 12 + month - 1.
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
-- A ledger page is one walk over this index.
CREATE INDEX progress_line ON progress (plan, commitment, step, standing, month, day, amount);
CREATE INDEX progress_typed ON progress (plan, opened_at, unit, typed);

-- Openings and endings by civil day, kept with every change, so that a rate never scans cases.
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
