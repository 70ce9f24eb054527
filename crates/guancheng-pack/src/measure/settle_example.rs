//! Examples of a settlement: one repair, or one ranking, and the money that must come out.

use std::collections::BTreeMap;

use guancheng_base::{Day, Fen, Name};
use guancheng_indicator::{
    Exact, Period,
    settle::{Ledger, Objection, Outcome, Rectification, Rectified, Round, Settlement, What, prizes, rectify},
};

use super::{exact, need_exact, settlement::yuan};
use crate::tree::{At, Table};

/// Runs the examples; what is not as expected is a fault at its place.
pub fn run_all(settlement: &Settlement, examples: Vec<At<'_>>) {
    for at in examples {
        let table = at.table("example of a settlement");
        let title = table.text("title");
        match &settlement.what {
            What::Rectification(what) => repair(settlement, what, &table, &title),
            What::Prizes(_) => ranking(settlement, &table, &title),
        }
    }
}

/// A repair with all its evidence, in the first field of the settlement, of which the payer was told long ago.
fn repair(settlement: &Settlement, what: &Rectification, table: &Table<'_>, title: &str) {
    let given = table.need("given").map(|at| at.table("repair of an example"));
    let Some(given) = given else { return };
    let budget = given.get("budget_yuan").and_then(yuan);
    let day = Day(0);
    let repair = Rectified {
        id: "example".into(),
        day,
        field: what.fields.first().cloned().unwrap_or_default(),
        payer: "payer".into(),
        payee: "payee".into(),
        keys: given.names("keys"),
        quantity: need_exact(&given, "quantity"),
        evidence: what.requires.iter().cloned().collect(),
        objection_until: Some(day),
        objection: Objection::None,
    };
    let Some(expect) = table.need("expect") else { return };
    match rectify(settlement, &repair, &Ledger::default(), budget, day.plus(1)) {
        Ok(outcome) => compare(&amounts(&outcome), &told(&outcome), expect, title),
        Err(error) => expect.fault(format!("the example “{title}” cannot be settled: {error}")),
    }
}

fn amounts(outcome: &Outcome) -> BTreeMap<Name, Fen> {
    let base = outcome.base.as_ref().map_or(Fen(0), |base| base.fen);
    [("base", base), ("surcharge", outcome.surcharge), ("over_cap", outcome.over_cap)]
        .map(|(name, fen)| (Name::from(name), fen))
        .into()
}

fn told(outcome: &Outcome) -> String {
    let base = outcome.base.as_ref().map_or("nothing is paid", |base| &base.explain.formula);
    let why = outcome.unpaid.as_ref().map_or(String::new(), |why| format!(" ({why:?})"));
    format!("{base}{why}; surcharge {}, over the cap {}", outcome.surcharge, outcome.over_cap)
}

/// `given` are places by unit.
fn ranking(settlement: &Settlement, table: &Table<'_>, title: &str) {
    let places = table.need("given").map(|at| at.pairs()).unwrap_or_default();
    let place = |at: At<'_>| exact(at)?.whole().and_then(|place| u32::try_from(place).ok());
    let places = places.into_iter().map(|(unit, at)| (Name::from(unit), place(at))).collect();
    let period = Period::containing(settlement.post, Day(0));
    let round = Round { period, group: &"example".into(), places: &places };
    let Some(expect) = table.need("expect") else { return };
    match prizes(settlement, &round) {
        Ok(awarded) => {
            let told = awarded.iter().map(|a| format!("{} {}", a.unit, a.fen)).collect::<Vec<_>>().join(", ");
            let amounts = awarded.into_iter().map(|awarded| (awarded.unit, awarded.fen)).collect();
            compare(&amounts, &told, expect, title);
        }
        Err(error) => expect.fault(format!("the example “{title}” cannot be settled: {error}")),
    }
}

/// Amounts in yuan; what is not expected is nothing.
fn compare(amounts: &BTreeMap<Name, Fen>, told: &str, expect: At<'_>, title: &str) {
    let expected: BTreeMap<String, At<'_>> = expect.pairs().into_iter().collect();
    for (name, at) in &expected {
        let wanted = exact(*at).and_then(|yuan| yuan.times(Exact::HUNDRED).ok());
        let got = amounts.get(name.as_str()).map(|fen| Exact::int(fen.0));
        if got != wanted {
            at.fault(format!("the example “{title}” fails for {name}: {told}"));
        }
    }
    for (name, fen) in amounts.iter().filter(|(name, fen)| fen.0 != 0 && !expected.contains_key(name.as_str())) {
        expect.fault(format!("the example “{title}” says nothing of {name}, which is {fen}: {told}"));
    }
}
