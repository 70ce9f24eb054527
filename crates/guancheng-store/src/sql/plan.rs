//! Records of plans, what cases report of them, and the rates of the operation.

use super::{cases::row_columns, texts};

texts! {
    PLANS = "SELECT DISTINCT plan FROM plan_records ORDER BY plan";
    PLAN_RECORDS = "SELECT plan, plan_seq, at, actor, payload FROM plan_records WHERE plan = ?1 AND plan_seq > ?2
        ORDER BY plan_seq";
    PLAN_SEQ = "SELECT coalesce(max(plan_seq), 0) FROM plan_records WHERE plan = ?1";
    INSERT_PLAN_RECORD = "INSERT INTO plan_records (seq, plan, plan_seq, at, actor, payload, hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    PUT_PROGRESS = "INSERT INTO progress (case_id, plan, commitment, step, day, month, amount, standing, unit, typed,
        opened_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (case_id) DO UPDATE SET plan = excluded.plan, commitment = excluded.commitment, step = excluded.step,
        day = excluded.day, month = excluded.month, amount = excluded.amount, standing = excluded.standing,
        unit = excluded.unit, typed = excluded.typed";
    PROGRESS_SUMS = "SELECT commitment, step, standing, count(*), sum(amount), min(day), max(day) FROM progress
        WHERE plan = ?1 AND day <= ?2 GROUP BY commitment, step, standing, month";
    /// Which commitments have reports from an area, by the half-open range of its cells.
    PROGRESS_IN = "SELECT DISTINCT p.commitment FROM progress p CROSS JOIN cases c
        WHERE p.plan = ?1 AND c.id = p.case_id AND c.cell >= ?2 AND c.cell < ?3";
    PROGRESS_COUNT = "SELECT count(*) FROM progress WHERE plan = ?1 AND commitment = ?2";
    PROGRESS_CASES = concat!("SELECT p.plan, p.commitment, p.step, p.day, p.amount, p.standing, p.unit, p.typed, ",
        row_columns!(), " FROM progress p CROSS JOIN cases c WHERE p.plan = ?1 AND p.commitment = ?2 AND c.id = p.case_id
        ORDER BY p.day DESC, p.case_id DESC LIMIT ?3");
    BURDEN = "SELECT unit, sum(typed), count(*) FROM progress
        WHERE plan = ?1 AND opened_at >= ?2 AND opened_at < ?3 AND unit IS NOT NULL GROUP BY unit ORDER BY unit";
    ADD_CLOSING = "INSERT INTO closings (kind, category, day, opened, closed, rated, on_time, first_time)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (kind, day, category) DO UPDATE SET opened = closings.opened + excluded.opened,
        closed = closings.closed + excluded.closed, rated = closings.rated + excluded.rated,
        on_time = closings.on_time + excluded.on_time, first_time = closings.first_time + excluded.first_time";
    CLOSINGS = "SELECT coalesce(sum(opened), 0), coalesce(sum(closed), 0), coalesce(sum(rated), 0),
        coalesce(sum(on_time), 0), coalesce(sum(first_time), 0), max(CASE WHEN rated > on_time THEN day END),
        max(CASE WHEN closed > first_time THEN day END) FROM closings
        WHERE kind = ?1 AND day BETWEEN ?2 AND ?3 AND substr(category, 1, length(?4)) = ?4";
}
