//! `indicators/*.toml`: indicators, each with the examples that prove it.

use std::sync::Arc;

use guancheng_base::Name;
use guancheng_calendar::{Calendar, Limit, Unit};
use guancheng_indicator::{
    Better, Exact, Indicator, IndicatorKind, PeriodKind, TimeRule,
    fact::{Condition, Op, Schema, schema, schema_names},
    indicator::{Agg, Empty, Evidence, Exclusion, Fallback, Measure, PeriodValue, Target, WHOLE},
};

use super::{
    GivenIndicator, Known, Measures, condition, exact, example, maybe_word, need_word, push, read_head, read_rounding,
    read_short_head, same_version, whole, word,
};
use crate::{
    fault::nearest,
    pack::Labels,
    tree::{At, Document, Sink, Table},
};

/// Reads one file into `measures`.
pub fn read(doc: &Document, sink: &Sink, known: &Known<'_>, labels: &mut Labels, measures: &mut Measures) {
    let table = doc.table("indicator file", sink);
    if let Some(at) = table.get("kind") {
        let kind = at.text().filter(|kind| kind != "indicators");
        kind.into_iter().for_each(|kind| at.fault(format!("this folder holds files of kind indicators, not {kind}")));
    }
    let calendar = calendar(&table, known);
    for at in table.list("given") {
        read_given(at, known, labels, measures);
    }
    for (n, at) in table.list("indicator").into_iter().enumerate() {
        let before = sink.count();
        let reading = Reading { table: at.table("indicator"), known };
        let (indicator, examples) = (reading.indicator(labels), reading.table.list("example"));
        let path = format!("indicator[{n}]");
        let Some(indicator) = indicator else { continue };
        if sink.count() == before {
            push(indicator.faults(), &path, doc, sink);
        }
        if sink.count() == before
            && let Some(calendar) = &calendar
        {
            example::run(&indicator, calendar, examples);
        }
        let versions = measures.indicators.entry(indicator.cite.id.clone()).or_default();
        let clash = versions.iter().any(|other| other.cite.version == indicator.cite.version);
        versions.push(Arc::new(indicator));
        versions.sort_by_key(|version| version.cite.version);
        same_version(clash, doc, &format!("{path}.id"), sink);
    }
}

/// The calendar whose zone makes days: the one that is named, or the only one.
fn calendar(table: &Table<'_>, known: &Known<'_>) -> Option<Arc<Calendar>> {
    let Some(at) = table.get("calendar") else {
        let mut all = known.calendars.values();
        let first = all.next().cloned();
        if all.next().is_some() {
            table.at().fault("which calendar makes the days of these indicators? name it as `calendar`");
        }
        return first;
    };
    let name = at.name()?;
    let found = known.calendars.get(&name).cloned();
    if found.is_none() && !known.declared.has("calendars", &name) {
        at.fault_advise(format!("there is no calendar `{name}`"), nearest(&name, known.declared.ids("calendars")));
    }
    found
}

fn read_given(at: At<'_>, known: &Known<'_>, labels: &mut Labels, measures: &mut Measures) {
    let table = at.table("given indicator");
    let head = read_short_head(&table, known, labels, "indicator");
    let better = need_word(&table, "better", &Better::ALL, Better::as_str, Better::Up);
    let unit = table.text("unit");
    let id = head.cite.id.clone();
    let given = GivenIndicator { cite: head.cite, title: head.title, owner: head.owner, unit, better };
    if measures.given.insert(id, given).is_some() {
        at.fault("this indicator is given twice");
    }
}

struct Reading<'r> {
    table: Table<'r>,
    known: &'r Known<'r>,
}

impl Reading<'_> {
    fn indicator(&self, labels: &mut Labels) -> Option<Indicator> {
        let table = &self.table;
        let head = read_head(table, self.known, labels, "indicator");
        let fact = table.need("fact").and_then(read_fact);
        let schema = fact.as_ref().map(|(_, schema)| *schema);
        let time = self.time(schema);
        let (kind, num, den) = self.numbers(schema);
        let indicator = Indicator {
            cite: head.cite,
            title: head.title,
            owner: head.owner,
            number: table.maybe_text("number"),
            variant_of: table.maybe_name("variant_of"),
            from: table.get("from").and_then(|at| at.day()),
            kind,
            unit: table.text("unit"),
            better: need_word(table, "better", &Better::ALL, Better::as_str, Better::Up),
            fact: fact.map_or_else(|| "".into(), |(name, _)| name),
            time: time?,
            population: condition::read_all(table, "population", schema),
            by: self.by(schema),
            num,
            den,
            subset: table.flag("subset"),
            exclude: table.list("exclude").into_iter().map(|at| read_exclusion(at, schema)).collect(),
            exclude_flag_above: table.get("exclude_flag_above").and_then(exact),
            distinct: table.get("distinct").and_then(|at| condition::column(at, schema)),
            mature_after: table.get("mature_after").and_then(read_maturity),
            fallback: table.get("fallback").and_then(read_fallback),
            min_den: table.get("min_den").and_then(exact).unwrap_or(Exact::ONE),
            empty: maybe_word(table, "empty", Empty::ALL, Empty::as_str, Empty::NotRated),
            decimals: table.get("decimals").and_then(whole).unwrap_or(2),
            rounding: read_rounding(table, "rounding"),
            periods: table
                .list("periods")
                .into_iter()
                .filter_map(|at| word(at, &PeriodKind::ALL, PeriodKind::as_str))
                .collect(),
            to_date: table.flag("to_date"),
            period_value: maybe_word(table, "period_value", PeriodValue::ALL, PeriodValue::as_str, PeriodValue::Last),
            target: table.get("target").and_then(read_target),
            counter: table
                .need("counter")
                .map(|at| at.list())
                .unwrap_or_default()
                .iter()
                .filter_map(At::name)
                .collect(),
            evidence: need_word(table, "evidence", Evidence::ALL, Evidence::as_str, Evidence::System),
        };
        schema.map(|_| indicator)
    }

    fn time(&self, schema: Option<Schema>) -> Option<TimeRule> {
        match (self.table.get("time"), self.table.get("as_of")) {
            (Some(at), None) => condition::column(at, schema).map(TimeRule::Column),
            (None, Some(at)) => {
                let rules = [TimeRule::PeriodEnd, TimeRule::DayEnd];
                let words = ["period_end", "day_end"];
                let word = word(at, &words, |word| word)?;
                words.iter().zip(rules).find(|(known, _)| **known == word).map(|(_, rule)| rule)
            }
            (None, None) => {
                self.table.at().fault("an indicator needs `time` (what puts a row into a period) or `as_of` (a stock)");
                None
            }
            (Some(_), Some(at)) => {
                at.fault("an indicator has `time` or `as_of`, not both");
                None
            }
        }
    }

    /// What is counted above and below. A mean takes its column from `value`; a plain count need not say what it counts.
    fn numbers(&self, schema: Option<Schema>) -> (IndicatorKind, Measure, Option<Measure>) {
        let table = &self.table;
        let kind = need_word(table, "kind", IndicatorKind::ALL, IndicatorKind::as_str, IndicatorKind::Count);
        let every = || Measure { agg: Agg::Count, conditions: Vec::new() };
        let (num, den) = (table.get("num"), table.get("den"));
        let value = table.get("value");
        let num = match kind {
            IndicatorKind::Mean => value.or_else(|| table.need("value")).map(|at| read_value(at, schema)),
            IndicatorKind::Count => num.map(|at| read_measure(at, schema)),
            IndicatorKind::Ratio | IndicatorKind::StockRatio => {
                num.or_else(|| table.need("num")).map(|at| read_measure(at, schema))
            }
        };
        (kind, num.unwrap_or_else(every), den.map(|at| read_measure(at, schema)))
    }

    fn by(&self, schema: Option<Schema>) -> Vec<Name> {
        let columns = self.table.list("by").into_iter();
        let whole = |at: &At<'_>| at.text().is_some_and(|text| text == WHOLE);
        columns.filter(|at| !whole(at)).filter_map(|at| condition::column(at, schema)).collect()
    }
}

fn read_fact(at: At<'_>) -> Option<(Name, Schema)> {
    let name = at.name()?;
    let found = schema(&name);
    if found.is_none() {
        let advice = nearest(&name, schema_names());
        let all = || format!("there are {}, and register.NAME", schema_names().collect::<Vec<_>>().join(", "));
        at.fault_advise(format!("there is no table of facts `{name}`"), Some(advice.unwrap_or_else(all)));
    }
    found.map(|schema| (name, schema))
}

fn read_measure(at: At<'_>, schema: Option<Schema>) -> Measure {
    let table = at.table("counted rows");
    let agg = need_word(&table, "agg", &["count", "sum"], |word| word, "count");
    let column = table.get("f").and_then(|at| condition::column(at, schema));
    let agg = match (agg, column) {
        ("sum", Some(column)) => Agg::Sum { column, per: table.get("per").and_then(exact).unwrap_or(Exact::ONE) },
        ("sum", None) => {
            at.fault("a sum needs `f`, the column that is added up");
            Agg::Count
        }
        _ => Agg::Count,
    };
    Measure { agg, conditions: condition::read_all(&table, "where", schema) }
}

fn read_value(at: At<'_>, schema: Option<Schema>) -> Measure {
    let table = at.table("counted rows");
    let column = table.need("f").and_then(|at| condition::column(at, schema)).unwrap_or_else(|| "".into());
    let per = table.get("per").and_then(exact).unwrap_or(Exact::ONE);
    Measure { agg: Agg::Sum { column, per }, conditions: condition::read_all(&table, "where", schema) }
}

fn read_exclusion(at: At<'_>, schema: Option<Schema>) -> Exclusion {
    let table = at.table("exclusion");
    let conditions: Vec<Condition> = condition::read_all(&table, "where", schema);
    if table.get("where").is_none_or(|at| at.is_list() && at.list().is_empty()) {
        at.fault("an exclusion needs its conditions, else it leaves everything out");
    }
    Exclusion { why: table.text("why"), conditions }
}

/// `{ n = 90, unit = "natural_day" }`: no legal limit, so no holiday moves its end.
fn read_maturity(at: At<'_>) -> Option<u32> {
    let table = at.table("observation window");
    let days = table.need("n").and_then(whole);
    let unit = table.need("unit")?;
    if unit.text().is_some_and(|text| text != Unit::NaturalDay.as_str()) {
        unit.fault(format!("an observation window is counted in {}", Unit::NaturalDay));
    }
    let limit = days.and_then(|days| Limit::parse(&format!("{days} {}", Unit::NaturalDay)).ok());
    if days.is_some() && limit.is_none() {
        at.fault("an observation window has at least one day");
    }
    limit.and(days)
}

fn read_fallback(at: At<'_>) -> Option<Fallback> {
    let table = at.table("fallback");
    let evidence = need_word(&table, "evidence", Evidence::ALL, Evidence::as_str, Evidence::Reported);
    Some(Fallback { evidence, needs: table.name("needs"), mark: table.flag("mark") })
}

fn read_target(at: At<'_>) -> Option<Target> {
    let table = at.table("target");
    let ops = [Op::Eq, Op::Ge, Op::Le, Op::Gt, Op::Lt];
    let op = table.need("op").and_then(|at| word(at, &ops, Op::as_str));
    let v = table.need("v").and_then(exact);
    Some(Target { op: op?, v: v? })
}
