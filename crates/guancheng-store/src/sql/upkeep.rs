//! Health, verification, rebuilding and copying.

use super::texts;

texts! {
    OPEN_CASES = "SELECT coalesce(sum(n), 0) FROM tallies WHERE is_open = 1";
    ALL_CASES = "SELECT coalesce(sum(n), 0) FROM tallies";
    TIMERS_DUE = "SELECT count(*) FROM timers WHERE fire_at <= ?1";
    OUTBOX_WAITING = "SELECT count(*) FROM outbox WHERE done_at IS NULL";
    /// Rows that should be the same number: cases, states, and the sum of the tallies.
    CASE_ROWS = "SELECT count(*) FROM cases";
    STATE_ROWS = "SELECT count(*) FROM case_states";
    /// Groups whose tally is not what the rows say.
    WRONG_TALLIES = "SELECT count(*) FROM (SELECT kind, state, coalesce(stage, '') AS stage, is_open, coalesce(unit, 0) AS unit,
        coalesce(cell, 0) / 1000000 AS street, need_to_know, count(*) AS n FROM cases GROUP BY 1, 2, 3, 4, 5, 6, 7) c
        LEFT JOIN tallies t ON t.kind = c.kind AND t.state = c.state AND t.stage = c.stage AND t.is_open = c.is_open
        AND t.unit = c.unit AND t.street = c.street AND t.need_to_know = c.need_to_know
        WHERE t.n IS NULL OR t.n <> c.n";
    /// Records without an audit row.
    UNAUDITED = "SELECT count(*) FROM records r WHERE NOT EXISTS
        (SELECT 1 FROM audit a WHERE a.case_id = r.case_id AND a.record = r.seq)";
    /// Open cases whose next wake is missing are allowed; ended cases with a wake are not.
    ENDED_WITH_TIMER = "SELECT count(*) FROM timers t JOIN cases c ON c.id = t.case_id WHERE c.is_open = 0";
    CASE_IDS = "SELECT id FROM cases WHERE id > ?1 ORDER BY id LIMIT ?2";
    INTEGRITY = crate::dialect::INTEGRITY;
    CREATE_STEPS = "CREATE TABLE IF NOT EXISTS schema_steps (version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT";
    NEWEST_STEP = "SELECT max(version) FROM schema_steps";
    STEP_DONE = "INSERT INTO schema_steps (version, name) VALUES (?1, ?2)";
    /// Counts the tallies of a city that was loaded.
    TALLY_ANEW = "INSERT INTO tallies (kind, state, stage, is_open, unit, street, need_to_know, n)
        SELECT kind, state, coalesce(stage, ''), is_open, coalesce(unit, 0), coalesce(cell, 0) / 1000000, need_to_know,
        count(*) FROM cases GROUP BY 1, 2, 3, 4, 5, 6, 7";
    /// What the word index of a city that was loaded is made of.
    WORDS_ANEW = "SELECT c.id, c.number, c.title, c.address, t.words FROM case_texts t CROSS JOIN cases c
        WHERE c.id = t.case_id ORDER BY c.id";
}
