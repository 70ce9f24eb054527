//! A calendar, two indicators and random cases for tests.

use std::sync::LazyLock;

use guancheng_base::{Instant, Name};
use guancheng_calendar::{Calendar, CalendarSpec};
use proptest::prelude::*;

use crate::{
    Better, Cite, Exact, Indicator, IndicatorKind, PeriodKind, Rounding, TimeRule,
    fact::{CaseFact, Condition, Literal, Op, Operand},
    indicator::{Agg, Empty, Evidence, Exclusion, Measure, PeriodValue},
};

/// UTC+8; days and midnights need no loaded year.
pub(crate) static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let spec = CalendarSpec {
        id: "office".into(),
        title: "Office".to_owned(),
        zone: "Asia/Shanghai".to_owned(),
        basis: Vec::new(),
        hours: vec![(9 * 3600, 17 * 3600)],
        close_of_business: None,
        weekend: [false, false, false, false, false, true, true],
        off: Default::default(),
        work: Default::default(),
        years: [2014].into(),
        source: [(2014, "test".to_owned())].into(),
    };
    Calendar::compile(spec).expect("a sound calendar")
});

pub(crate) fn at(text: &str) -> Instant {
    CALENDAR.parse_local(text).expect(text)
}

pub(crate) fn condition(f: &str, op: &str, with: Operand) -> Condition {
    Condition { f: f.into(), op: Op::parse(op).expect(op), with }
}

pub(crate) fn is(f: &str, yes: bool) -> Condition {
    condition(f, "=", Operand::One(Literal::Flag(yes)))
}

pub(crate) fn count(conditions: Vec<Condition>) -> Measure {
    Measure { agg: Agg::Count, conditions }
}

/// 按期处置率: disposed in time of those due; postponed ones are left out.
pub(crate) fn on_time() -> Indicator {
    Indicator {
        cite: Cite { basis: vec!["示例".into()], ..Cite::bare("case.on_time_rate") },
        title: "按期处置率".into(),
        number: Some("13".into()),
        variant_of: None,
        owner: "数字城管".into(),
        from: None,
        kind: IndicatorKind::Ratio,
        unit: "%".into(),
        better: Better::Up,
        fact: "case".into(),
        time: TimeRule::Column("due_at".into()),
        population: Vec::new(),
        by: ["district", "street", "grid"].map(Name::from).into(),
        num: count(vec![condition("disposed_at", "<=", Operand::Column("due_at".into()))]),
        den: Some(count(Vec::new())),
        subset: true,
        exclude: vec![Exclusion { why: "批准缓办".into(), conditions: vec![is("hung_approved", true)] }],
        exclude_flag_above: Some(Exact::int(15)),
        distinct: None,
        mature_after: None,
        fallback: None,
        min_den: Exact::ONE,
        empty: Empty::NotRated,
        decimals: 2,
        rounding: Rounding::HalfUp,
        periods: PeriodKind::ALL.into(),
        to_date: true,
        period_value: PeriodValue::Last,
        target: None,
        counter: Vec::new(),
        evidence: Evidence::System,
    }
}

/// A case due at `due`, disposed `late_by` milliseconds after it if at all.
pub(crate) fn case(n: usize, place: [&str; 3], due: Instant, late_by: Option<i64>) -> CaseFact {
    let [district, street, grid] = place.map(|code| (!code.is_empty()).then(|| Name::from(code)));
    CaseFact {
        district,
        street,
        grid,
        due_at: Some(due),
        disposed_at: late_by.map(|ms| due.plus_ms(ms)),
        ..CaseFact::new(format!("case:{n:04}"))
    }
}

/// Cases of the third quarter of 2014 and its neighbours, in nested places, some of them nowhere.
pub(crate) fn world() -> impl Strategy<Value = Vec<CaseFact>> {
    let minute = 60_000_i64;
    let one = (
        0_usize..4,
        0_usize..3,
        0_usize..3,
        0_i64..150 * 1440,
        proptest::option::of(-2000_i64..2000),
        0_u8..10,
        0_i64..3,
    );
    let one = one.prop_map(move |(district, street, grid, due, late, dice, failed)| {
        let place = [format!("d{district}"), format!("d{district}s{street}"), format!("d{district}s{street}g{grid}")];
        let place = place.each_ref().map(String::as_str);
        let place = if dice == 0 { ["", "", ""] } else { place };
        let due = at("2014-06-15").plus_ms(due * minute);
        CaseFact {
            hung_approved: (dice == 1).then_some(true),
            failed_checks: Some(failed),
            handle_ms: late.map(|late| (late + 2000) * minute),
            ..case(0, place, due, late.map(|late| late * minute))
        }
    });
    proptest::collection::vec(one, 0..60).prop_map(|mut rows: Vec<CaseFact>| {
        for (n, row) in rows.iter_mut().enumerate() {
            row.row = format!("case:{n:04}").into();
        }
        rows
    })
}
