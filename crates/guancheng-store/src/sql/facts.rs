//! What facts are derived again from.

use super::texts;

texts! {
    CHANGED = "SELECT DISTINCT r.case_id FROM records r CROSS JOIN cases c
        WHERE r.seq > ?1 AND c.id = r.case_id AND c.kind = ?2 ORDER BY r.case_id";
}
