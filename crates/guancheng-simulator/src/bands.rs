//! Fines that fit the discretion tables.

use std::collections::BTreeMap;

use guancheng_base::{Fen, Name};
use guancheng_case::{Check, Discretion, Field, FieldKind, Value};

use crate::{Dice, fill::Form};

/// What a fine is for and how high it is, where the move sets one; nothing where no table knows the violation.
pub(crate) fn values(form: &Form<'_>) -> BTreeMap<Name, Value> {
    let mut values = BTreeMap::new();
    let Some((mv, _)) = form.mv.filter(|(mv, _)| mv.require.iter().any(|id| *id == *"fine")) else { return values };
    if form.case.field("fine").is_some() {
        return values;
    }
    let dice = form.dice.at("band");
    if mv.checks.contains(&Check::PenaltySpotLimit) {
        values.insert("fine".into(), Value::Money(Fen::from_yuan(dice.between(1, 4) * 50)));
        return values;
    }
    band(form, dice, &mut values);
    values
}

fn band(form: &Form<'_>, dice: Dice, values: &mut BTreeMap<Name, Value>) -> Option<()> {
    let known = form.case.field("violation").and_then(Value::as_text);
    let tables = &form.procedure.discretion;
    let table = match known {
        Some(violation) => tables.iter().find(|table| table.violation == *violation),
        None => dice.at("table").pick(tables),
    }?;
    let (party, words) = party(form, table, dice.at("party"))?;
    let field = form.procedure.field(&table.measure)?;
    let measured = form.case.field(&table.measure).cloned().or_else(|| measure(table, field, dice.at("measure")))?;
    let band = table.band(&words, measured.as_number()?)?;
    let span = band.max.0.saturating_sub(band.min.0);
    let share = (span as f64 * dice.at("fine").share()) as i64;
    let whole = share - share % 10_000;
    values.insert("violation".into(), Value::Code(table.violation.clone()));
    values.insert("party_kind".into(), Value::Code(party));
    values.insert("tier".into(), Value::Code(band.tier));
    values.insert("fine".into(), Value::Money(Fen(band.min.0 + whole)));
    values.insert(table.measure.clone(), measured);
    Some(())
}

/// A kind of party that the table knows: its code, and the word by which the table knows it.
fn party(form: &Form<'_>, table: &Discretion, dice: Dice) -> Option<(Name, String)> {
    let FieldKind::Code { list } = &form.procedure.field("party_kind")?.kind else { return None };
    let list = form.procedure.code_lists.get(list)?;
    let known = form.case.field("party_kind").and_then(Value::as_text);
    let rows = list.rows().filter(|row| known.is_none_or(|known| row.code == *known));
    let words = rows.flat_map(|row| [(row.code.clone(), row.code.to_string()), (row.code.clone(), row.title.clone())]);
    let fits: Vec<(Name, String)> =
        words.filter(|(_, word)| table.statute.iter().any(|range| range.is_for(word))).collect();
    dice.pick(&fits).cloned()
}

/// A measured value in one of the tiers.
fn measure(table: &Discretion, field: &Field, dice: Dice) -> Option<Value> {
    let tier = dice.at("tier").pick(&table.tiers)?;
    let low = tier.ge.unwrap_or(0.0);
    let high = tier.lt.unwrap_or(low * 1.6 + 2.0);
    let value = low + (high - low) * dice.at("value").share();
    Some(match field.kind {
        FieldKind::Int { .. } => Value::Int(value.max(low.ceil()) as i64),
        _ => Value::Decimal(((value * 10.0).floor() / 10.0).max(low)),
    })
}
