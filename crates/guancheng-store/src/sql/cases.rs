//! The log, the states and what is derived from them.

use super::texts;

macro_rules! row_columns {
    () => {
        "c.id, c.number, c.kind, c.version, c.state, c.stage, c.is_open, c.title, c.category, c.address, c.lon, c.lat, \
         c.cell, c.unit, c.holder_role, c.holder_unit, c.source, c.opened_at, c.changed_at, c.closed_at, c.clock, \
         c.due_at, c.warn_at, c.left_ms, c.on_time, c.need_to_know, c.reports, c.rework, c.seq, c.thumb"
    };
}
pub(crate) use row_columns;

macro_rules! record_columns {
    () => {
        "SELECT seq, case_id, case_seq, at, actor, payload, hash FROM records"
    };
}

texts! {
    NEXT = "INSERT INTO counters (series, value) VALUES (?1, 1)
        ON CONFLICT (series) DO UPDATE SET value = counters.value + 1 RETURNING value";
    ROW = concat!("SELECT ", row_columns!(), " FROM cases c WHERE c.id = ?1");
    BY_NUMBER = "SELECT id FROM cases WHERE number = ?1";
    STATE = "SELECT state FROM case_states WHERE case_id = ?1";
    RECORDS = concat!(record_columns!(), " WHERE case_id = ?1 ORDER BY case_seq");
    LOG = "SELECT seq, case_id, case_seq, at, actor, payload, hash, 0 FROM records WHERE seq > ?1
        UNION ALL SELECT seq, plan, plan_seq, at, actor, payload, hash, 1 FROM plan_records WHERE seq > ?1
        ORDER BY seq LIMIT ?2";
    HEAD = "SELECT seq, hash, at FROM (SELECT seq, hash, at FROM records ORDER BY seq DESC LIMIT 1)
        UNION ALL SELECT seq, hash, at FROM (SELECT seq, hash, at FROM plan_records ORDER BY seq DESC LIMIT 1)
        ORDER BY seq DESC LIMIT 1";
    CHANGES = concat!("SELECT r.seq, ", row_columns!(), " FROM records r CROSS JOIN cases c
        WHERE r.seq > ?1 AND c.id = r.case_id ORDER BY r.seq LIMIT ?2");
    TIMERS_DUE = "SELECT case_id, fire_at FROM timers WHERE fire_at <= ?1 ORDER BY fire_at, case_id LIMIT ?2";
    TIMER_OF = "SELECT case_id, fire_at FROM timers WHERE case_id = ?1";
    OUTBOX = "SELECT id, case_id, seq, at, effect, payload FROM outbox WHERE done_at IS NULL ORDER BY id LIMIT ?1";
    OUTBOX_DONE = "UPDATE outbox SET done_at = ?2 WHERE id = ?1 AND done_at IS NULL";
    TASKS = "SELECT case_id, state, role, unit, from_at, to_at FROM tasks WHERE case_id = ?1 ORDER BY id";

    /// A new case. The order of the columns is that of [`ROW`], then what is derived.
    INSERT = "INSERT INTO cases (id, number, kind, version, state, stage, is_open, title, category, address, lon, lat,
        cell, unit, holder_role, holder_unit, source, opened_at, changed_at, closed_at, clock, due_at, warn_at, left_ms,
        on_time, need_to_know, reports, rework, seq, thumb, quadkey, due_sort)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
        ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)";
    /// What a move changes. Setting an indexed column rewrites its index entries even to the same value, so what
    /// seldom changes has its own text.
    UPDATE_OFTEN = "UPDATE cases SET state = ?2, stage = ?3, is_open = ?4, unit = ?5, holder_role = ?6, holder_unit = ?7,
        changed_at = ?8, closed_at = ?9, clock = ?10, due_at = ?11, warn_at = ?12, left_ms = ?13, on_time = ?14,
        reports = ?15, rework = ?16, seq = ?17, thumb = ?18, due_sort = ?19 WHERE id = ?1";
    /// What seldom changes.
    UPDATE_SELDOM = "UPDATE cases SET number = ?2, kind = ?3, version = ?4, title = ?5, category = ?6, address = ?7,
        lon = ?8, lat = ?9, quadkey = ?10, cell = ?11, source = ?12, opened_at = ?13, need_to_know = ?14 WHERE id = ?1";
    PUT_STATE = "INSERT INTO case_states (case_id, state) VALUES (?1, ?2)
        ON CONFLICT (case_id) DO UPDATE SET state = excluded.state";
    INSERT_RECORD = "INSERT INTO records (seq, case_id, case_seq, at, actor, payload, hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    UNITS = "SELECT unit, open_due FROM case_units WHERE case_id = ?1 ORDER BY unit";
    PUT_UNIT = "INSERT INTO case_units (case_id, unit, opened_at, open_due) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (case_id, unit) DO UPDATE SET opened_at = excluded.opened_at, open_due = excluded.open_due";
    REMOVE_UNIT = "DELETE FROM case_units WHERE case_id = ?1 AND unit = ?2";
    PUT_PERSON = "INSERT INTO case_people (case_id, person) VALUES (?1, ?2) ON CONFLICT (case_id, person) DO NOTHING";
    PUT_TIMER = "INSERT INTO timers (case_id, fire_at) VALUES (?1, ?2)
        ON CONFLICT (case_id) DO UPDATE SET fire_at = excluded.fire_at WHERE timers.fire_at <> excluded.fire_at";
    REMOVE_TIMER = "DELETE FROM timers WHERE case_id = ?1";
    INSERT_OUTBOX = "INSERT INTO outbox (case_id, seq, at, effect, payload) VALUES (?1, ?2, ?3, ?4, ?5)";
    END_TASK = "UPDATE tasks SET to_at = ?2 WHERE case_id = ?1 AND to_at IS NULL";
    BEGIN_TASK = "INSERT INTO tasks (case_id, state, role, unit, from_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    INSERT_AUDIT = "INSERT INTO audit (at, actor, act, case_id, record, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    ADD_TALLY = "INSERT INTO tallies (kind, state, stage, is_open, unit, street, need_to_know, n)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (kind, state, stage, is_open, unit, street, need_to_know) DO UPDATE SET n = tallies.n + excluded.n";
    /// Losses have their own text: the check on `n` is made on the proposed row, before the conflict is seen.
    LOSE_TALLY = "UPDATE tallies SET n = n + ?8 WHERE kind = ?1 AND state = ?2 AND stage = ?3 AND is_open = ?4
        AND unit = ?5 AND street = ?6 AND need_to_know = ?7";
    TEXT = "SELECT words FROM case_texts WHERE case_id = ?1";
    PUT_TEXT = "INSERT INTO case_texts (case_id, words) VALUES (?1, ?2)
        ON CONFLICT (case_id) DO UPDATE SET words = excluded.words";
    WORDS_DELETE = crate::dialect::WORDS_DELETE;
    WORDS_INSERT = crate::dialect::WORDS_INSERT;
}
