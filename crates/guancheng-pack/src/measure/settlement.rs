//! `settlements/*.toml`: one version of a settlement each.

use std::{collections::BTreeMap, sync::Arc};

use guancheng_base::{Fen, Name};
use guancheng_case::{Cell, CodeList};
use guancheng_indicator::{
    Exact, Rounding,
    settle::{AmountOf, Cap, EntryRule, Price, PrizeRow, Prizes, Rectification, Settlement, Surcharge, TieShare, What},
};

use super::{Known, exact, need_exact, need_word, period, push, read_short_head, settle_example, whole};
use crate::{
    fault::nearest,
    pack::{Labels, OfficeDecl},
    tree::{At, Document, Sink, Table},
};

/// Reads one settlement; `None` after a fault.
pub fn read(doc: &Document, sink: &Sink, known: &Known<'_>, labels: &mut Labels) -> Option<Settlement> {
    let before = sink.count();
    let table = doc.table("settlement", sink);
    table.expect_kind("settlement");
    let mut head = read_short_head(&table, known, labels, "settlement");
    head.cite.version = table.get("version").and_then(whole).unwrap_or(1);
    if head.cite.id.contains('/') {
        table.at().fault("the id of a settlement has no `/`: it begins the keys of its entries");
    }
    let what = match table.get("scorecard") {
        Some(at) => What::Prizes(read_prizes(at, &table, known)),
        None => What::Rectification(Box::new(read_rectification(&table, known))),
    };
    let settlement = Settlement {
        cite: head.cite,
        title: head.title,
        owner: head.owner,
        what,
        post: read_post(&table),
        rounding: table.need("rounding").map_or(Rounding::HalfUp, read_rounding),
        entries: table.list("entry").into_iter().map(read_entry).collect(),
    };
    let examples = table.list("example");
    drop(table);
    if sink.count() == before {
        push(settlement.faults(), "", doc, sink);
    }
    if sink.count() == before {
        settle_example::run_all(&settlement, examples);
    }
    (sink.count() == before).then_some(settlement)
}

/// `weekly`, `monthly`, … or the name of a period.
fn read_post(table: &Table<'_>) -> guancheng_indicator::PeriodKind {
    use guancheng_indicator::PeriodKind::{Month, Quarter, Week, Year};
    let words = [(Week, "weekly"), (Month, "monthly"), (Quarter, "quarterly"), (Year, "yearly")];
    let names = words.map(|(_, word)| word);
    let found = need_word(table, "post", &names, |word| word, "monthly");
    words.into_iter().find(|(_, word)| *word == found).map_or(Month, |(kind, _)| kind)
}

fn read_rounding(at: At<'_>) -> Rounding {
    let table = at.table("rounding of money");
    need_word(&table, "unit", &["fen"], |word| word, "fen");
    need_word(&table, "mode", &Rounding::ALL, Rounding::as_str, Rounding::HalfUp)
}

fn read_entry(at: At<'_>) -> EntryRule {
    let table = at.table("entry");
    let amount = need_word(&table, "amount", &AmountOf::ALL, AmountOf::as_str, AmountOf::Base);
    EntryRule { debit: table.name("debit"), credit: table.name("credit"), amount }
}

fn read_prizes(at: At<'_>, table: &Table<'_>, known: &Known<'_>) -> Prizes {
    let scorecard = at.name().unwrap_or_else(|| "".into());
    if !known.declared.has("scorecards", &scorecard) {
        let advice = nearest(&scorecard, known.declared.ids("scorecards"));
        at.fault_advise(format!("there is no scorecard `{scorecard}`"), advice);
    }
    let ties = need_word(table, "ties", &TieShare::ALL, TieShare::as_str, TieShare::Share);
    Prizes { scorecard, ties, rows: table.list("prize").into_iter().map(read_prize).collect() }
}

fn read_prize(at: At<'_>) -> PrizeRow {
    let table = at.table("prize");
    let from = table.need("from").and_then(whole).unwrap_or(1);
    let amount = table.need("yuan").and_then(yuan).unwrap_or(Fen(0));
    PrizeRow { from, to: table.get("to").and_then(whole).unwrap_or(from), from_last: table.flag("from_last"), amount }
}

/// An amount in whole fen, written in yuan.
pub fn yuan(at: At<'_>) -> Option<Fen> {
    let fen = fen(exact(at)?);
    if fen.is_none() {
        at.fault("an amount has at most two decimals: there is nothing smaller than a fen");
    }
    fen
}

fn fen(yuan: Exact) -> Option<Fen> {
    let fen = yuan.times(Exact::HUNDRED).ok()?.whole()?;
    i64::try_from(fen).ok().map(Fen)
}

fn read_rectification(table: &Table<'_>, known: &Known<'_>) -> Rectification {
    let (tariff, keys, prices) = table
        .need("tariff")
        .map(|at| read_tariff(at, known))
        .unwrap_or_else(|| ("".into(), Vec::new(), BTreeMap::new()));
    let (objection_to, decide_work_days) =
        table.need("objection").map(|at| read_objection(at, known.offices)).unwrap_or_default();
    Rectification {
        event: table.name("event"),
        fields: table.texts("fields"),
        payer: table.name("payer"),
        payee: table.name("payee"),
        tariff,
        keys,
        quantity: table.name("quantity"),
        requires: table.names("requires"),
        surcharge: table.get("surcharge").map(read_surcharge),
        cap: table.get("cap").map(read_cap),
        notice_work_days: table.need("notice").map_or(0, read_notice),
        objection_to,
        decide_work_days,
        prices,
    }
}

fn read_surcharge(at: At<'_>) -> Surcharge {
    let table = at.table("surcharge");
    Surcharge { pct: need_exact(&table, "pct"), to: table.name("to"), why: table.maybe_text("why") }
}

fn read_cap(at: At<'_>) -> Cap {
    let table = at.table("cap");
    need_word(&table, "per", &["responsible_unit"], |word| word, "");
    Cap { period: period(&table, "period"), pct: need_exact(&table, "pct"), of: table.name("of") }
}

fn read_notice(at: At<'_>) -> u32 {
    let table = at.table("notice");
    table.maybe_text("why");
    table.need("work_days").and_then(whole).unwrap_or(0)
}

fn read_objection(at: At<'_>, offices: &[OfficeDecl]) -> (String, u32) {
    let table = at.table("objection");
    let days = table.need("decide_work_days").and_then(whole).unwrap_or(0);
    let Some(at) = table.need("to") else { return (String::new(), days) };
    let text = at.text().unwrap_or_default();
    let office = offices.iter().find(|office| office.name == text || office.code == *text);
    if office.is_none() {
        let names = offices.iter().flat_map(|office| [office.name.as_str(), office.code.as_str()]);
        at.fault_advise(format!("there is no office `{text}`"), nearest(&text, names));
    }
    (office.map(|office| office.name.clone()).unwrap_or(text), days)
}

type Tariff = (Name, Vec<Name>, BTreeMap<Vec<Name>, Price>);

/// A code list with a column per key, `yuan` and, where it is not one, `multiple`.
fn read_tariff(at: At<'_>, known: &Known<'_>) -> Tariff {
    let table = at.table("tariff");
    let (name, keys) = (table.name("codelist"), table.names("keys"));
    if keys.is_empty() {
        at.fault("a tariff needs `keys`, the columns by which a price is found");
    }
    let Some(list) = known.lists.get(&name) else {
        if !known.declared.has("codelists", &name) {
            let advice = nearest(&name, known.declared.ids("codelists"));
            at.fault_advise(format!("there is no code list `{name}`"), advice);
        }
        return (name, keys, BTreeMap::new());
    };
    let mut prices = BTreeMap::new();
    for row in list.rows().filter(|row| list.is_leaf(&row.code)) {
        match price_row(list, &row.code, &keys) {
            Ok((values, price)) => {
                if prices.insert(values, price).is_some() {
                    at.fault(format!("`{}` of `{name}` is a second price for the same thing", row.code));
                }
            }
            Err(why) => at.fault(format!("`{}` of `{name}` is no price: {why}", row.code)),
        }
    }
    (name, keys, prices)
}

fn price_row(list: &Arc<CodeList>, code: &Name, keys: &[Name]) -> Result<(Vec<Name>, Price), String> {
    let number = |column: &str| match list.cell(code, column)? {
        Cell::Int(n) => Some(Exact::int(*n)),
        Cell::Decimal(n) => Exact::parse(&n.to_string()).ok(),
        _ => None,
    };
    let text = |key: &Name| match list.cell(code, key) {
        Some(Cell::Text(text)) => Ok(Name::from(text.as_str())),
        _ => Err(format!("the column `{key}` holds no text")),
    };
    let values = keys.iter().map(text).collect::<Result<Vec<_>, _>>()?;
    let each = number("yuan").and_then(fen).ok_or("the column `yuan` holds no amount in whole fen")?;
    Ok((values, Price { each, multiple: number("multiple").unwrap_or(Exact::ONE) }))
}
