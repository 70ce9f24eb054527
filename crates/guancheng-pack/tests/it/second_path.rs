//! The national indicators, computed a second time from their sentences: plain comparisons over the rows, without the
//! definitions. On random months the two paths agree to the last digit.

use std::{collections::BTreeMap, path::Path};

use guancheng_base::{Instant, Name};
use guancheng_calendar::Calendar;
use guancheng_indicator::{
    Exact, Period, Rounding,
    evaluate::{Question, Value, evaluate},
    fact::{CaseFact, TaskFact},
};
use guancheng_pack::Pack;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn flag(&mut self) -> Option<bool> {
        [Some(true), Some(false), None][self.below(3) as usize]
    }

    fn word(&mut self, words: &[&str]) -> Option<Name> {
        words.get(self.below(words.len() as u64 + 1) as usize).map(|word| Name::from(*word))
    }

    /// A moment around September 2014, or none.
    fn moment(&mut self, from: Instant) -> Option<Instant> {
        let minutes = self.below(75 * 24 * 60) as i64;
        (self.below(4) > 0).then(|| from.plus_ms(minutes * 60_000))
    }
}

fn case(dice: &mut Dice, from: Instant, n: usize) -> CaseFact {
    let due_at = dice.moment(from);
    // Every fourth is disposed of exactly when it is due: the edge belongs to the good side.
    let disposed_at = if dice.below(4) == 0 { due_at } else { dice.moment(from) };
    CaseFact {
        district: dice.word(&["a", "b"]),
        department: dice.word(&["x", "y", "z"]),
        source_kind: dice.word(&["collector", "public"]),
        outcome: dice.word(&["open", "closed", "rejected", "out_of_scope"]),
        reported_at: dice.moment(from),
        accepted_at: dice.moment(from),
        rejected_at: dice.moment(from),
        filed_at: dice.moment(from),
        voided_at: dice.moment(from),
        dispatched_at: dice.moment(from),
        disposed_at,
        closed_at: dice.moment(from),
        accept_due: dice.moment(from),
        file_due: dice.moment(from),
        dispatch_due: dice.moment(from),
        due_at,
        valid_report: dice.flag(),
        verified_true: dice.flag(),
        missed: dice.flag(),
        wrong_dispatch: dice.flag(),
        hung_approved: dice.flag().filter(|_| n.is_multiple_of(3)),
        exempt: dice.flag().filter(|_| n.is_multiple_of(5)),
        has_reporter: dice.flag(),
        reporter_says_fixed: dice.flag(),
        asked_back: dice.flag(),
        satisfaction: dice.word(&["very_satisfied", "satisfied", "neutral", "dissatisfied"]),
        failed_checks: Some(dice.below(3) as i64),
        ..CaseFact::new(format!("case:{n:04}"))
    }
}

/// An indicator in words: when, of whom, except whom, how many of them.
struct Sentence<F> {
    id: &'static str,
    time: fn(&F) -> Option<Instant>,
    of: fn(&F) -> bool,
    except: fn(&F) -> bool,
    counts: fn(&F) -> bool,
}

fn yes(flag: Option<bool>) -> bool {
    flag == Some(true)
}

/// In time: it happened, and not later than it was due.
fn by(happened: Option<Instant>, due: Option<Instant>) -> bool {
    happened.zip(due).is_some_and(|(happened, due)| happened <= due)
}

fn is(text: &Option<Name>, word: &str) -> bool {
    text.as_deref() == Some(word)
}

fn pleased(f: &CaseFact) -> bool {
    is(&f.satisfaction, "satisfied") || is(&f.satisfaction, "very_satisfied")
}

fn all(_: &CaseFact) -> bool {
    true
}

fn nobody(_: &CaseFact) -> bool {
    false
}

fn postponed(f: &CaseFact) -> bool {
    yes(f.hung_approved) || no_fault(f)
}

fn no_fault(f: &CaseFact) -> bool {
    is(&f.outcome, "out_of_scope") || yes(f.exempt)
}

macro_rules! sentence {
    ($id:literal, $time:ident, of $of:expr, except $except:expr, counts $counts:expr) => {
        Sentence { id: $id, time: |f| f.$time, of: $of, except: $except, counts: $counts }
    };
}

#[rustfmt::skip]
const CASES: [Sentence<CaseFact>; 23] = [
    sentence!("case.public_found_rate", filed_at, of all, except nobody, counts |f| is(&f.source_kind, "public") && yes(f.verified_true)),
    sentence!("case.public_valid_rate", reported_at, of |f| is(&f.source_kind, "public"), except nobody, counts |f| yes(f.verified_true)),
    sentence!("collector.valid_report_rate", reported_at, of |f| is(&f.source_kind, "collector"), except nobody, counts |f| yes(f.valid_report)),
    sentence!("case.missed_rate", filed_at, of all, except nobody, counts |f| yes(f.missed)),
    sentence!("case.filed_rate", accepted_at, of all, except nobody, counts |f| f.filed_at.is_some()),
    sentence!("case.filed_rate.of_reports", reported_at, of all, except nobody, counts |f| f.filed_at.is_some()),
    sentence!("case.filed_on_time_rate", file_due, of |f| f.filed_at.is_some(), except nobody, counts |f| by(f.filed_at, f.file_due)),
    sentence!("case.filed_right_rate", filed_at, of all, except nobody, counts |f| f.voided_at.is_none()),
    sentence!("case.accepted_rate", accept_due, of all, except |f| f.rejected_at.is_some(), counts |f| f.accepted_at.is_some()),
    sentence!("case.accepted_on_time_rate", accept_due, of |f| f.accepted_at.is_some(), except nobody, counts |f| by(f.accepted_at, f.accept_due)),
    sentence!("case.accepted_right_rate", accepted_at, of all, except nobody, counts |f| yes(f.valid_report)),
    sentence!("case.dispatched_rate", dispatch_due, of |f| f.filed_at.is_some(), except nobody, counts |f| f.dispatched_at.is_some()),
    sentence!("case.dispatched_on_time_rate", dispatch_due, of |f| f.filed_at.is_some(), except nobody, counts |f| by(f.dispatched_at, f.dispatch_due)),
    sentence!("case.dispatched_right_rate", dispatch_due, of |f| f.filed_at.is_some(), except nobody, counts |f| f.dispatched_at.is_some() && !yes(f.wrong_dispatch)),
    sentence!("case.disposed_rate", due_at, of all, except postponed, counts |f| f.disposed_at.is_some()),
    sentence!("case.on_time_rate", due_at, of all, except postponed, counts |f| by(f.disposed_at, f.due_at)),
    sentence!("case.rework_rate", due_at, of all, except no_fault, counts |f| f.failed_checks > Some(0)),
    sentence!("case.rework_rate.of_disposed", due_at, of |f| f.disposed_at.is_some(), except no_fault, counts |f| f.failed_checks > Some(0)),
    sentence!("case.closed_rate", due_at, of all, except postponed, counts |f| f.closed_at.is_some()),
    sentence!("case.closed_on_time_rate", due_at, of all, except postponed, counts |f| f.closed_at.is_some() && by(f.disposed_at, f.due_at)),
    sentence!("case.closed_late_rate", due_at, of all, except postponed, counts |f| f.closed_at.is_some() && f.disposed_at.is_some() && !by(f.disposed_at, f.due_at)),
    sentence!("case.unclosed_rate", reported_at, of all, except nobody, counts |f| is(&f.outcome, "open")),
    sentence!("case.satisfied_rate", closed_at, of |f| yes(f.asked_back), except nobody, counts pleased),
];

#[rustfmt::skip]
const MORE_CASES: [Sentence<CaseFact>; 4] = [
    sentence!("case.closed_on_time_rate.of_closed", due_at, of |f| f.closed_at.is_some(), except postponed, counts |f| by(f.disposed_at, f.due_at)),
    sentence!("case.satisfied_rate.of_answered", closed_at, of |f| yes(f.asked_back) && f.satisfaction.is_some(), except nobody, counts pleased),
    sentence!("case.done_rate", reported_at, of all, except |f| f.rejected_at.is_some(), counts |f| f.closed_at.is_some()),
    sentence!("case.dispute_rate", closed_at, of |f| yes(f.has_reporter), except nobody, counts |f| f.reporter_says_fixed == Some(false)),
];

#[rustfmt::skip]
const TASKS: [Sentence<TaskFact>; 5] = [
    sentence!("task.verify_sent_on_time_rate", send_due, of |f| is(&f.task, "verify"), except |_| false, counts |f| by(f.sent_at, f.send_due)),
    sentence!("task.check_sent_on_time_rate", send_due, of |f| is(&f.task, "check"), except |_| false, counts |f| by(f.sent_at, f.send_due)),
    sentence!("task.verified_on_time_rate", due_at, of |f| is(&f.task, "verify"), except |_| false, counts |f| by(f.answered_at, f.due_at)),
    sentence!("task.checked_rate", due_at, of |f| is(&f.task, "check"), except |_| false, counts |f| f.answered_at.is_some()),
    sentence!("task.checked_on_time_rate", due_at, of |f| is(&f.task, "check"), except |_| false, counts |f| by(f.answered_at, f.due_at)),
];

/// (above, below, left out) by district.
fn by_hand<F>(
    sentence: &Sentence<F>,
    rows: &[F],
    district: fn(&F) -> &Option<Name>,
    month: (Instant, Instant),
) -> BTreeMap<Name, [i64; 3]> {
    let mut found: BTreeMap<Name, [i64; 3]> = BTreeMap::new();
    for row in rows {
        let in_month = (sentence.time)(row).is_some_and(|at| month.0 <= at && at < month.1);
        if !in_month || !(sentence.of)(row) {
            continue;
        }
        let place = found.entry(district(row).clone().unwrap_or_else(|| "".into())).or_default();
        match ((sentence.except)(row), (sentence.counts)(row)) {
            (true, _) => place[2] += 1,
            (false, counts) => {
                place[0] += i64::from(counts);
                place[1] += 1;
            }
        }
    }
    found
}

fn rate(above: i64, below: i64, least: Exact) -> Option<Exact> {
    if below == 0 || Exact::int(below) < least {
        return None;
    }
    Exact::ratio(i128::from(above) * 100, i128::from(below)).unwrap().rounded(2, Rounding::HalfUp).ok()
}

struct City {
    pack: Pack,
    calendar: std::sync::Arc<Calendar>,
    month: Period,
    as_of: Instant,
}

impl City {
    fn load() -> City {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/zhengzhou");
        let pack = Pack::load(&dir).unwrap_or_else(|faults| panic!("{faults}"));
        let calendar = pack.calendars["zz_office"].clone();
        let as_of = calendar.parse_local("2014-12-31").unwrap();
        City { calendar, month: Period::parse("2014-09").unwrap(), as_of, pack }
    }

    fn ask<F: guancheng_indicator::fact::Fact>(&self, id: &str, by: &str, rows: &[F]) -> BTreeMap<Name, Value> {
        let indicator = self.pack.measures.indicators[id].last().unwrap();
        let question = Question { by, period: self.month, as_of: self.as_of, calendar: &self.calendar };
        evaluate(indicator, rows, &question).unwrap()
    }

    #[track_caller]
    fn agree<F>(&self, sentence: &Sentence<F>, rows: &[F], district: fn(&F) -> &Option<Name>)
    where
        F: guancheng_indicator::fact::Fact,
    {
        let id = sentence.id;
        let least = self.pack.measures.indicators[id].last().unwrap().min_den;
        let hand = by_hand(sentence, rows, district, self.month.bounds(&self.calendar));
        let engine = self.ask(id, "district", rows);
        assert_eq!(hand.keys().collect::<Vec<_>>(), engine.keys().collect::<Vec<_>>(), "{id}");
        for (place, [above, below, out]) in hand {
            let value = &engine[&place];
            assert_eq!((value.num, value.den), (Exact::int(above), Exact::int(below)), "{id} {place}");
            assert_eq!(value.left_out_count() as i64, out, "{id} {place}");
            assert_eq!(value.value, rate(above, below, least), "{id} {place}");
            assert!(value.num_rows.iter().all(|row| value.den_rows.contains(row)), "{id}: above is part of below");
        }
    }
}

#[test]
fn every_rate_of_the_list_is_what_its_sentence_says() {
    let city = City::load();
    let from = city.calendar.parse_local("2014-08-15").unwrap();
    for seed in 1..=8 {
        let mut dice = Dice(seed * 0x9E37_79B9);
        let rows: Vec<CaseFact> = (0..150).map(|n| case(&mut dice, from, n)).collect();
        for sentence in CASES.iter().chain(&MORE_CASES) {
            city.agree(sentence, &rows, |row| &row.district);
        }
        let tasks = (0..100).map(|n| TaskFact {
            task: dice.word(&["verify", "check"]),
            district: dice.word(&["a", "b"]),
            sent_at: dice.moment(from),
            answered_at: dice.moment(from),
            send_due: dice.moment(from),
            due_at: dice.moment(from),
            ..TaskFact::new(format!("task:{n:04}"))
        });
        let tasks: Vec<TaskFact> = tasks.collect();
        TASKS.iter().for_each(|sentence| city.agree(sentence, &tasks, |row| &row.district));
    }
}

#[test]
fn no_rate_of_a_case_is_left_without_a_sentence() {
    let city = City::load();
    let ratios = city
        .pack
        .measures
        .indicators
        .values()
        .flatten()
        .filter(|indicator| ["case", "task"].contains(&indicator.fact.as_str()) && indicator.den.is_some());
    let told: Vec<&str> = CASES.iter().chain(&MORE_CASES).map(|s| s.id).chain(TASKS.iter().map(|s| s.id)).collect();
    let untold: Vec<&str> = ratios.map(|i| i.cite.id.as_str()).filter(|id| !told.contains(id)).collect();
    assert_eq!(untold, [] as [&str; 0]);
}

#[test]
fn departments_add_up_to_the_city_for_every_indicator() {
    let city = City::load();
    let from = city.calendar.parse_local("2014-08-15").unwrap();
    let mut dice = Dice(77);
    let rows: Vec<CaseFact> = (0..200).map(|n| case(&mut dice, from, n)).collect();
    let indicators = city.pack.measures.indicators.values().flatten().filter(|i| i.fact == "case");
    for indicator in indicators {
        let id = indicator.cite.id.as_str();
        let whole = city.ask(id, "city", &rows);
        for by in indicator.by.iter().filter(|by| ["district", "department", "source"].contains(&by.as_str())) {
            let parts = city.ask(id, by, &rows);
            let together = Value::together(indicator, "city".into(), parts.values()).unwrap();
            assert_eq!(whole.get("city"), Some(&together), "{id} by {by}");
        }
    }
}
