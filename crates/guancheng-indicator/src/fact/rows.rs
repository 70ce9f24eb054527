//! The tables of facts that the case side fills. One list of columns makes the struct, the access by name and the
//! schema, so that none of the three can differ.

use std::collections::BTreeMap;

use guancheng_base::{Instant, Name};

use super::{Column, ColumnKind, Datum, Fact};
use crate::Exact;

macro_rules! column_type {
    (text) => { Option<Name> };
    (flag) => { Option<bool> };
    (whole) => { Option<i64> };
    (happened) => { Option<Instant> };
    (planned) => { Option<Instant> };
}

macro_rules! column_kind {
    (text) => {
        ColumnKind::Text
    };
    (flag) => {
        ColumnKind::Flag
    };
    (whole) => {
        ColumnKind::Number
    };
    (happened) => {
        ColumnKind::Happened
    };
    (planned) => {
        ColumnKind::Planned
    };
}

macro_rules! datum {
    (text, $value:expr) => {
        $value.clone().map_or(Datum::Absent, Datum::Text)
    };
    (flag, $value:expr) => {
        $value.map_or(Datum::Absent, Datum::Flag)
    };
    (whole, $value:expr) => {
        $value.map_or(Datum::Absent, |n| Datum::Number(Exact::int(n)))
    };
    (happened, $value:expr) => {
        $value.map_or(Datum::Absent, Datum::Moment)
    };
    (planned, $value:expr) => {
        $value.map_or(Datum::Absent, Datum::Moment)
    };
}

macro_rules! facts {
    ($(#[$doc:meta])* $name:ident { $($column:ident: $kind:ident, $about:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            /// What leads back to the row.
            pub row: Name,
            $(#[doc = $about] pub $column: column_type!($kind),)*
        }

        impl $name {
            /// The columns, in order.
            pub const COLUMNS: &'static [Column] =
                &[$(Column { name: stringify!($column), kind: column_kind!($kind), about: $about }),*];

            /// A row of which nothing is known yet.
            pub fn new(row: impl Into<Name>) -> Self {
                $name { row: row.into(), $($column: None),* }
            }
        }

        impl Fact for $name {
            fn row(&self) -> &Name {
                &self.row
            }

            fn get(&self, column: &str) -> Datum {
                match column {
                    $(stringify!($column) => datum!($kind, self.$column),)*
                    _ => Datum::Absent,
                }
            }
        }
    };
}

facts! {
    /// One row per case, filed or not, as known at the moment the facts are made.
    CaseFact {
        kind: text, "The procedure the case runs.";
        category: text, "Category and filing condition.";
        class: text, "`component` 部件 or `event` 事件.";
        source: text, "Way the report came in, a code of the pack.";
        source_kind: text, "`collector` 监督员, `public` 公众, or `other`: who found it.";
        district: text, "District at the due moment.";
        street: text, "Street at the due moment.";
        community: text, "Community at the due moment.";
        grid: text, "Unit grid cell at the due moment.";
        office: text, "Office that holds or held the case at the due moment.";
        department: text, "Professional department responsible at the due moment.";
        collector: text, "Post or person that reported it, or whose duty grid it lies in.";
        intake: text, "Intake clerk who took or refused it.";
        shift_leader: text, "Shift leader on duty when it was filed.";
        dispatcher: text, "Dispatcher who dispatched it first.";
        outcome: text, "`open`, `closed`, `rejected`, `merged`, `voided`, `out_of_scope`.";
        reported_at: happened, "Report received.";
        accepted_at: happened, "Accepted by intake 受理.";
        rejected_at: happened, "Refused 不予受理 or 不予立案.";
        filed_at: happened, "Filed 立案.";
        voided_at: happened, "Voided 作废.";
        dispatched_at: happened, "First dispatched 派遣.";
        disposed_at: happened, "Feedback that passed the check, or the last one before it.";
        checked_at: happened, "Last check answered.";
        closed_at: happened, "Closed 结案.";
        accept_due: planned, "Until when it had to be accepted.";
        file_due: planned, "Until when it had to be filed.";
        dispatch_due: planned, "Until when it had to be dispatched.";
        due_at: planned, "Until when it has to be disposed of, after extensions and pauses.";
        first_due_at: planned, "The same before any extension or pause.";
        valid_report: flag, "The report was true and within scope: filed, or voided after filing.";
        verified_true: flag, "A public report that verification found true 核实属实.";
        missed: flag, "Confirmed as what a collector should have reported and did not 漏报.";
        wrong_dispatch: flag, "Dispatched to a second, different unit 错误派遣.";
        hanging: flag, "Hanging 挂账 now.";
        hung_approved: flag, "Hanging or postponement was approved 批准缓办.";
        exempt: flag, "A ruling on an objection exempts it from evaluation; the overdue fact stays.";
        has_reporter: flag, "Somebody outside reported it and can be asked.";
        reporter_says_fixed: flag, "What the reporter said when asked; absent if not asked or no answer.";
        satisfaction: text, "`very_satisfied`, `satisfied`, `neutral`, `dissatisfied`; absent if not asked.";
        asked_back: flag, "The reporter was called back 回访.";
        failed_checks: whole, "Checks that failed, each of which is a rework.";
        extensions: whole, "Extensions granted 延期.";
        returns: whole, "Send-backs by units 退件、推诿.";
        accept_ms: whole, "Milliseconds of the case's own time unit until accepted.";
        handle_ms: whole, "Milliseconds of the case's own time unit used for disposal.";
        limit_ms: whole, "Milliseconds of the limit in the same unit.";
    }
}

facts! {
    /// One row per verification or check sent, or to be sent, to a collector.
    TaskFact {
        task: text, "`verify` 核实 (before filing) or `check` 核查 (after feedback).";
        case: text, "The case, as in its own row.";
        source_kind: text, "Who found the case.";
        district: text, "District of the case.";
        street: text, "Street of the case.";
        community: text, "Community of the case.";
        grid: text, "Unit grid cell of the case.";
        department: text, "Department of the case.";
        collector: text, "Who has to answer.";
        intake: text, "Intake clerk who has to send it.";
        shift_leader: text, "Shift leader on duty.";
        needed_at: happened, "From when it had to be sent.";
        sent_at: happened, "Sent.";
        answered_at: happened, "Answered.";
        send_due: planned, "Until when it had to be sent.";
        due_at: planned, "Until when it has to be answered.";
        passed: flag, "Verified true, or the check passed.";
    }
}

facts! {
    /// One row per thing that happened and is counted by itself: a failed check, a merit, a demerit, a repeated place.
    OccurrenceFact {
        event: text, "What happened, e.g. `case.check_failed`, `merit.recorded`.";
        case: text, "The case it belongs to, if it does.";
        source: text, "Way the case came in.";
        district: text, "District.";
        street: text, "Street.";
        community: text, "Community.";
        grid: text, "Unit grid cell.";
        office: text, "Office it is counted for.";
        department: text, "Department it is counted for.";
        collector: text, "Collector it is counted for.";
        intake: text, "Intake clerk it is counted for.";
        shift_leader: text, "Shift leader it is counted for.";
        dispatcher: text, "Dispatcher it is counted for.";
        at: happened, "When.";
        count: whole, "How often, where one row stands for several.";
        exempt: flag, "A ruling on an objection exempts it.";
    }
}

/// A row of a register or of another table: columns by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherFact {
    /// What leads back to the row.
    pub row: Name,
    /// Its values.
    pub values: BTreeMap<Name, Datum>,
}

impl Fact for OtherFact {
    fn row(&self) -> &Name {
        &self.row
    }

    fn get(&self, column: &str) -> Datum {
        self.values.get(column).cloned().unwrap_or(Datum::Absent)
    }
}
