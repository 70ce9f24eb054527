//! Money: by example, and that nothing is paid twice or lost whatever comes in which order.

use std::collections::{BTreeMap, BTreeSet};

use expect_test::{Expect, expect};
use guancheng_base::{Day, Fen, Name};
use proptest::prelude::*;

use super::*;
use crate::{Cite, Exact, Period, PeriodKind, Rounding};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn rule(debit: &str, credit: &str, amount: AmountOf) -> EntryRule {
    EntryRule { debit: debit.into(), credit: credit.into(), amount }
}

fn repairs(cap_pct: Option<i64>) -> Settlement {
    let price = Price { each: Fen(1_999), multiple: Exact::parse("1.5").unwrap() };
    Settlement {
        cite: Cite::bare("paid_rectification"),
        title: "有偿整改".into(),
        owner: "督导处".into(),
        what: What::Rectification(Box::new(Rectification {
            event: "case.rectified_by_substitute".into(),
            fields: vec!["环境卫生".into()],
            payer: "responsible_unit".into(),
            payee: "substitute".into(),
            tariff: "rectification_price".into(),
            keys: vec!["category".into(), "unit".into()],
            quantity: "verified_quantity".into(),
            requires: vec!["photo_before".into(), "photo_after".into()],
            surcharge: Some(Surcharge { pct: Exact::int(20), to: "reward_fund".into(), why: None }),
            cap: cap_pct.map(|pct| Cap { period: PeriodKind::Year, pct: Exact::int(pct), of: "budget".into() }),
            notice_work_days: 5,
            objection_to: "督导处".into(),
            decide_work_days: 5,
            prices: [(vec!["e01".into(), "m2".into()], price)].into(),
        })),
        post: PeriodKind::Month,
        rounding: Rounding::HalfEven,
        entries: vec![
            rule("payer.budget", "payee.payable", AmountOf::Base),
            rule("payer.budget", "reward_fund", AmountOf::Surcharge),
        ],
    }
}

fn repair(id: &str, quantity: &str) -> Rectified {
    Rectified {
        id: id.into(),
        day: day("2014-09-10"),
        field: "环境卫生".into(),
        payer: "d1".into(),
        payee: "crew".into(),
        keys: vec!["e01".into(), "m2".into()],
        quantity: Exact::parse(quantity).unwrap(),
        evidence: ["photo_before".into(), "photo_after".into()].into(),
        objection_until: Some(day("2014-09-17")),
        objection: Objection::None,
    }
}

fn told(outcome: &Outcome) -> String {
    let base = outcome.base.as_ref().map_or("–", |base| &base.explain.formula);
    let entries = outcome.entries.iter().map(|e| format!("\n  {}: {} → {} {}", e.key, e.debit, e.credit, e.amount));
    let why = outcome.unpaid.as_ref().map_or(String::new(), |why| format!("; unpaid: {why:?}"));
    format!("{base}; over the cap {}{why}{}", outcome.over_cap, entries.collect::<String>())
}

#[track_caller]
fn check(settlement: &Settlement, repair: &Rectified, budget: i64, as_of: &str, expect: Expect) {
    assert_eq!(settlement.faults(), []);
    let outcome = rectify(settlement, repair, &Ledger::default(), Some(Fen(budget)), day(as_of)).unwrap();
    expect.assert_eq(&told(&outcome));
}

#[test]
fn a_repair_is_charged_with_its_surcharge_up_to_the_cap() {
    let one = repair("r1", "2.5");
    check(
        &repairs(None),
        &one,
        0,
        "2014-09-18",
        expect![[r#"
        2.5 × 19.99 × 1.5 = 74.96; over the cap 0.00
          paid_rectification/r1/base: d1.budget → crew.payable 74.96
          paid_rectification/r1/surcharge: d1.budget → reward_fund 14.99"#]],
    );
    check(
        &repairs(Some(5)),
        &one,
        160_000,
        "2014-09-18",
        expect![[r#"
        2.5 × 19.99 × 1.5 = 74.96; over the cap 9.95
          paid_rectification/r1/base: d1.budget → crew.payable 74.96
          paid_rectification/r1/surcharge: d1.budget → reward_fund 5.04"#]],
    );
    check(
        &repairs(Some(5)),
        &one,
        40_000,
        "2014-09-18",
        expect![[r#"
        2.5 × 19.99 × 1.5 = 74.96; over the cap 69.95
          paid_rectification/r1/base: d1.budget → crew.payable 20.00"#]],
    );
    check(&repairs(Some(5)), &one, 0, "2014-09-18", expect!["2.5 × 19.99 × 1.5 = 74.96; over the cap 89.95"]);
}

#[test]
fn what_is_not_paid_says_why() {
    let one = || repair("r1", "1");
    let check = |repair: Rectified, as_of: &str, expect: Expect| check(&repairs(None), &repair, 0, as_of, expect);
    check(one(), "2014-09-17", expect!["–; over the cap 0.00; unpaid: Notice"]);
    check(Rectified { objection_until: None, ..one() }, "2015-01-01", expect!["–; over the cap 0.00; unpaid: Notice"]);
    check(
        Rectified { objection: Objection::Open, ..one() },
        "2014-10-01",
        expect!["–; over the cap 0.00; unpaid: ObjectionOpen"],
    );
    check(
        Rectified { objection: Objection::Upheld, ..one() },
        "2014-10-01",
        expect!["–; over the cap 0.00; unpaid: ObjectionUpheld"],
    );
    check(
        Rectified { evidence: ["photo_after".into()].into(), ..one() },
        "2014-10-01",
        expect![[r#"–; over the cap 0.00; unpaid: Evidence(["photo_before"])"#]],
    );
    check(
        Rectified { keys: vec!["e02".into()], ..one() },
        "2014-10-01",
        expect![[r#"–; over the cap 0.00; unpaid: NoPrice(["e02"])"#]],
    );
    check(
        Rectified { field: "园林".into(), ..one() },
        "2014-10-01",
        expect!["–; over the cap 0.00; unpaid: OtherField"],
    );
    check(repair("r1", "-1"), "2014-10-01", expect!["–; over the cap 0.00; unpaid: Quantity"]);
}

#[test]
fn a_mistake_is_taken_back_and_charged_anew() {
    let settlement = repairs(Some(5));
    let mut ledger = Ledger::default();
    let ask = |repair: &Rectified, ledger: &Ledger| {
        rectify(&settlement, repair, ledger, Some(Fen(200_000)), day("2014-10-01")).unwrap()
    };
    for entry in ask(&repair("r1", "2.5"), &ledger).entries {
        assert_eq!(ledger.post(entry.clone()), Ok(true));
        assert_eq!(ledger.post(entry), Ok(false), "the same again is nothing new");
    }
    let again = ask(&repair("r1", "3"), &ledger);
    assert_eq!((again.unpaid, again.entries.len()), (Some(Unpaid::Posted), 0));
    let entries: Vec<Entry> = ledger.entries().cloned().collect();
    for entry in entries {
        ledger.post(entry.reversed(Cite::bare("ruling").explain("wrong quantity"))).unwrap();
    }
    assert_eq!(ledger.balance("d1.budget"), Fen(0));
    assert_eq!(ask(&repair("r1#2", "2.5"), &ledger).over_cap, Fen(0), "what was taken back does not fill the cap");
    let other = Entry { amount: Fen(1), ..ledger.entries().next().unwrap().clone() };
    assert!(matches!(ledger.post(other), Err(PostError::KeyTaken(_))));
}

fn by_place(ties: TieShare) -> Settlement {
    let row = |from, to, from_last, yuan| PrizeRow { from, to, from_last, amount: Fen::from_yuan(yuan) };
    Settlement {
        cite: Cite::bare("month_prize"),
        what: What::Prizes(Prizes {
            scorecard: "district.month".into(),
            ties,
            rows: vec![row(1, 1, false, 1000), row(2, 3, false, 501), row(1, 1, true, -300)],
        }),
        entries: vec![
            rule("reward_fund", "unit.reward", AmountOf::Reward),
            rule("unit.penalty", "reward_fund", AmountOf::Penalty),
        ],
        ..repairs(None)
    }
}

#[track_caller]
fn check_prizes(ties: TieShare, places: &[(&str, Option<u32>)], expect: Expect) {
    let settlement = by_place(ties);
    assert_eq!(settlement.faults(), []);
    let places = places.iter().map(|(unit, place)| (Name::from(*unit), *place)).collect();
    let round = Round { period: Period::parse("2014-09").unwrap(), group: &"core".into(), places: &places };
    let awarded = prizes(&settlement, &round).unwrap();
    let lines = awarded.iter().map(|a| {
        let entry =
            a.entry.as_ref().map_or("–".to_owned(), |e| format!("{} {} → {} {}", e.key, e.debit, e.credit, e.amount));
        format!("{}: {}: {entry}", a.unit, a.amount.explain.formula)
    });
    expect.assert_eq(&lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn places_are_paid_and_shared() {
    let places = [("a", Some(1)), ("b", Some(2)), ("c", Some(2)), ("d", Some(4)), ("e", Some(5)), ("f", None)];
    check_prizes(
        TieShare::Each,
        &places,
        expect![[r#"
        a: 2014-09 place 1 → 1000.00: month_prize/2014-09/core/a/reward reward_fund → a.reward 1000.00
        b: 2014-09 place 2, shared by 2 → 501.00: month_prize/2014-09/core/b/reward reward_fund → b.reward 501.00
        c: 2014-09 place 2, shared by 2 → 501.00: month_prize/2014-09/core/c/reward reward_fund → c.reward 501.00
        d: 2014-09 place 4 → 0.00: –
        e: 2014-09 place 5 → -300.00: month_prize/2014-09/core/e/penalty e.penalty → reward_fund 300.00"#]],
    );
    check_prizes(
        TieShare::Share,
        &[("a", Some(1)), ("b", Some(1)), ("c", Some(3))],
        expect![[r#"
        a: 2014-09 place 1, shared by 2 → 750.50: month_prize/2014-09/core/a/reward reward_fund → a.reward 750.50
        b: 2014-09 place 1, shared by 2 → 750.50: month_prize/2014-09/core/b/reward reward_fund → b.reward 750.50
        c: 2014-09 place 3 → 501.00: month_prize/2014-09/core/c/reward reward_fund → c.reward 501.00"#]],
    );
    check_prizes(TieShare::Share, &[], expect![[r#""#]]);
}

#[test]
fn an_amount_without_an_entry_would_be_lost() {
    let faults = |change: fn(&mut Settlement)| {
        let mut settlement = repairs(None);
        change(&mut settlement);
        settlement.faults().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    expect!["entry: the surcharge needs exactly one entry; there are 0"].assert_eq(&faults(|s| s.entries.truncate(1)));
    expect!["entry: the base needs exactly one entry; there are 2"]
        .assert_eq(&faults(|s| s.entries.push(rule("a", "b", AmountOf::Base))));
    expect!["entry: there is no reward here to post"]
        .assert_eq(&faults(|s| s.entries.push(rule("a", "b", AmountOf::Reward))));
    expect!["entry[0].credit: `payer.budget` is debited and credited at once"]
        .assert_eq(&faults(|s| s.entries[0].credit = "payer.budget".into()));
}

fn any_repairs() -> impl Strategy<Value = Vec<Rectified>> {
    let one = (0_u8..30, 0_i64..500, 0_u8..3, 0_u8..8, 0_i32..500);
    proptest::collection::vec(one, 0..40).prop_map(|rows| {
        // The same id is the same repair, however often it is reported.
        let all: BTreeMap<u8, Rectified> = rows
            .iter()
            .map(|(id, quantity, payer, dice, later)| {
                let objection = match dice {
                    0 => Objection::Open,
                    1 => Objection::Upheld,
                    2 => Objection::Dismissed,
                    _ => Objection::None,
                };
                let repair = Rectified {
                    day: day("2014-03-01").plus(*later),
                    quantity: Exact::ratio(i128::from(*quantity), 7).unwrap(),
                    payer: format!("d{payer}").into(),
                    objection,
                    ..repair(&format!("r{id}"), "1")
                };
                (*id, repair)
            })
            .collect();
        rows.iter().map(|(id, ..)| all[id].clone()).collect()
    })
}

/// Posts everything; answers what is due and what went over the cap, each repair once.
fn post_all(settlement: &Settlement, repairs: &[Rectified], ledger: &mut Ledger) -> (i64, i64) {
    let mut due: BTreeMap<Name, (i64, i64)> = BTreeMap::new();
    for repair in repairs {
        let outcome = rectify(settlement, repair, ledger, Some(Fen(300_000)), day("2015-12-31")).unwrap();
        if let (Some(base), None) = (&outcome.base, &outcome.unpaid) {
            due.insert(repair.id.clone(), (base.fen.0 + outcome.surcharge.0, outcome.over_cap.0));
        }
        for entry in outcome.entries {
            assert_eq!(ledger.post(entry), Ok(true));
        }
    }
    due.values().fold((0, 0), |(due, over), (d, o)| (due + d, over + o))
}

proptest! {
    #[test]
    fn nothing_is_paid_twice_or_lost(repairs_list in any_repairs(), cut in 0_usize..40, cap in proptest::option::of(1_i64..20)) {
        let settlement = repairs(cap);
        let mut ledger = Ledger::default();
        let (first, second) = repairs_list.split_at(cut.min(repairs_list.len()));
        post_all(&settlement, first, &mut ledger);
        let halfway = ledger.clone();
        // A whole run again over everything, as after a crash: what is posted stays, what is missing comes.
        post_all(&settlement, &repairs_list, &mut ledger);
        post_all(&settlement, second, &mut ledger);
        prop_assert!(halfway.entries().all(|entry| ledger.get(&entry.key) == Some(entry)));
        prop_assert_eq!(ledger.balances().values().map(|fen| fen.0).sum::<i64>(), 0);

        let mut once = Ledger::default();
        let (due, over) = post_all(&settlement, &repairs_list, &mut once);
        prop_assert_eq!(&once, &ledger, "the number of runs changes nothing");
        let charged: i64 = (0..3).map(|n| -once.balance(&format!("d{n}.budget")).0).sum();
        prop_assert_eq!(charged + over, due);
        prop_assert_eq!(charged, once.balance("crew.payable").0 + once.balance("reward_fund").0);
        let payable: BTreeSet<&Name> = repairs_list.iter()
            .filter(|r| matches!(r.objection, Objection::None | Objection::Dismissed)).map(|r| &r.payer).collect();
        for n in 0..3 {
            let unit = format!("d{n}");
            prop_assert!(payable.contains(&Name::from(unit.as_str())) || once.statement(&unit).entries.is_empty());
            prop_assert_eq!(once.statement(&unit).balance, once.balance(&format!("{unit}.budget")));
        }
    }

    #[test]
    fn the_cap_holds_in_every_year(repairs_list in any_repairs(), cap in 1_i64..20) {
        let mut ledger = Ledger::default();
        post_all(&repairs(Some(cap)), &repairs_list, &mut ledger);
        for year in ["2014", "2015"] {
            for n in 0..3 {
                let account = Name::from(format!("d{n}.budget"));
                let charged = ledger.entries().filter(|e| e.period.to_string() == year && e.debit == account);
                prop_assert!(charged.map(|e| e.amount.0).sum::<i64>() <= 3_000 * cap);
            }
        }
    }

    #[test]
    fn shared_places_lose_no_fen(places in proptest::collection::vec(1_u32..6, 0..12)) {
        let settlement = by_place(TieShare::Share);
        let scores = places.iter().enumerate().map(|(n, score)| (Name::from(format!("u{n:02}")), Some(Exact::int(i64::from(*score))))).collect();
        let places = crate::rank(&Cite::bare("x"), crate::RankRule::default(), &scores).places;
        let round = Round { period: Period::parse("2014-09").unwrap(), group: &"all".into(), places: &places };
        let awarded = prizes(&settlement, &round).unwrap();
        let What::Prizes(tariff) = &settlement.what else { unreachable!() };
        let count = places.len() as u32;
        let all: i64 = (1..=count).map(|position| tariff.tied(position, 1, count)[0].0).sum();
        prop_assert_eq!(awarded.iter().map(|a| a.fen.0).sum::<i64>(), all);
        let mut ledger = Ledger::default();
        for entry in awarded.iter().chain(&awarded).filter_map(|a| a.entry.clone()) {
            ledger.post(entry).unwrap();
        }
        prop_assert_eq!(-ledger.balance("reward_fund").0, all);
    }
}
