//! `scorecards/*.toml`: one version of a scorecard each.

use std::collections::BTreeSet;

use guancheng_base::Name;
use guancheng_case::{Cell, CodeList};
use guancheng_indicator::{
    Better, Exact, Grade, Order, RankRule, RollupMethod, Ties,
    card::{Line, LineSource, Multiplier, PeerGroup, Publish, Rollup, Scorecard, Within},
    fact::{Condition, Datum, OtherFact, all_hold, schema},
    health::HealthLimits,
    indicator::WHOLE,
    score::Rule,
};

use super::{
    Known, Measures, card_example, condition, maybe_word, need_exact, need_word, period, push, read_head,
    read_rounding, rule, whole, word,
};
use crate::{
    fault::{Fault, nearest},
    pack::Labels,
    tree::{At, Document, Sink, Table},
};

/// The indicators that there are.
pub struct Of<'o> {
    pub measures: &'o Measures,
    /// What the files declare, whether or not it loaded.
    pub declared: &'o BTreeSet<String>,
}

/// Reads one scorecard; `None` after a fault.
pub fn read(doc: &Document, sink: &Sink, known: &Known<'_>, labels: &mut Labels, of: &Of<'_>) -> Option<Scorecard> {
    let before = sink.count();
    let table = doc.table("scorecard", sink);
    table.expect_kind("scorecard");
    let head = read_head(&table, known, labels, "scorecard");
    let (rank, within) = table.need("rank").map_or((RankRule::default(), Within::All), read_rank);
    let card = Scorecard {
        cite: head.cite,
        title: head.title,
        owner: head.owner,
        subject: table.name("subject"),
        period: period(&table, "period"),
        rollup: table.list("rollup").into_iter().map(read_rollup).collect(),
        cap: need_exact(&table, "cap"),
        floor: need_exact(&table, "floor"),
        decimals: table.get("decimals").and_then(whole).unwrap_or(2),
        rounding: read_rounding(&table, "rounding"),
        min_rated_pct: rule::maybe(&table, "min_rated_pct", Exact::int(50)),
        peer_groups: table.list("peer_group").into_iter().map(|at| read_group(at, known)).collect(),
        lines: lines(&table, of),
        multipliers: table.list("multiplier").into_iter().map(read_multiplier).collect(),
        rank,
        within,
        grades: table.list("grade").into_iter().map(read_grade).collect(),
        health: table.get("health").map_or_else(HealthLimits::default, read_health),
        publish: table.get("publish").map(|at| read_publish(at, known)),
    };
    let examples = table.list("example");
    drop(table);
    if sink.count() == before {
        push(card.faults(), "", doc, sink);
        check_asked(&card, of.measures, doc, sink);
    }
    if sink.count() == before {
        card_example::run_all(&card, examples);
    }
    let sound = sink.count() == before;
    check_full(&card, doc, sink);
    sound.then_some(card)
}

/// A total out of something else than a hundred is most often a forgotten line: a published scheme adds up to seventy.
fn check_full(card: &Scorecard, doc: &Document, sink: &Sink) {
    let full = card.full();
    if full != Exact::HUNDRED && full != Exact::ZERO {
        let message = format!("the lines that are no bonus add up to {full} points, not to 100");
        sink.push(Fault::warning(doc.spot("line"), message));
    }
}

/// Every indicator can be asked by the subject of the scorecard and for its period.
fn check_asked(card: &Scorecard, measures: &Measures, doc: &Document, sink: &Sink) {
    for (n, line) in card.lines.iter().enumerate() {
        let LineSource::Indicator(id) = &line.source else { continue };
        let Some(indicator) = measures.indicators.get(id).and_then(|versions| versions.last()) else { continue };
        let spot = || doc.spot(&format!("line[{n}].indicator"));
        if card.subject != WHOLE && !indicator.by.contains(&card.subject) {
            let by = indicator.by.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
            let fault = Fault::error(spot(), format!("`{id}` cannot be asked by `{}`", card.subject));
            sink.push(fault.advise(format!("it can be by {by}")));
        }
        if !indicator.periods.contains(&card.period) {
            sink.push(Fault::error(spot(), format!("`{id}` is not made for a {}", card.period.as_str())));
        }
    }
}

fn read_rank(at: At<'_>) -> (RankRule, Within) {
    let table = at.table("ranking");
    let within = need_word(&table, "within", &Within::ALL, Within::as_str, Within::All);
    let order = maybe_word(&table, "order", &Order::ALL, Order::as_str, Order::Desc);
    let ties = need_word(&table, "ties", &Ties::ALL, Ties::as_str, Ties::Competition);
    // There is one right way; it stands in the file so that a reader sees it.
    need_word(&table, "not_rated", &["listed_without_rank"], |word| word, "");
    (RankRule { order, ties }, within)
}

fn read_rollup(at: At<'_>) -> Rollup {
    let table = at.table("roll-up");
    let method = need_word(&table, "method", &RollupMethod::ALL, RollupMethod::as_str, RollupMethod::Mean);
    Rollup { period: period(&table, "period"), label: table.text("label"), method }
}

fn read_group(at: At<'_>, known: &Known<'_>) -> PeerGroup {
    let table = at.table("peer group of a scorecard");
    let members = table.need("members").map(|at| read_members(at, known)).unwrap_or_default();
    PeerGroup { id: table.name("id"), title: table.text("title"), members }
}

/// Codes written out, or the leaves of a code list for which conditions on its columns hold.
fn read_members(at: At<'_>, known: &Known<'_>) -> BTreeSet<Name> {
    if at.is_list() {
        return at.list().iter().filter_map(At::name).collect();
    }
    let table = at.table("members of a peer group");
    let conditions = condition::read_all(&table, "where", None);
    let Some(name) = table.need("codelist").and_then(|at| at.name()) else { return BTreeSet::new() };
    let Some(list) = known.lists.get(&name) else {
        if !known.declared.has("codelists", &name) {
            let advice = nearest(&name, known.declared.ids("codelists"));
            at.fault_advise(format!("there is no code list `{name}`"), advice);
        }
        return BTreeSet::new();
    };
    let found = members(list, &conditions);
    if found.is_empty() {
        at.fault(format!("no code of `{name}` is in this peer group"));
    }
    found
}

fn members(list: &CodeList, conditions: &[Condition]) -> BTreeSet<Name> {
    let leaves = list.rows().filter(|row| list.is_leaf(&row.code));
    let holds = |code: &Name| {
        let cell = |column: &Name| {
            let datum = match list.cell(code, column)? {
                Cell::Text(text) => Datum::Text(text.as_str().into()),
                Cell::Int(n) => Datum::Number(Exact::int(*n)),
                Cell::Bool(yes) => Datum::Flag(*yes),
                Cell::Decimal(_) | Cell::Limit(_) | Cell::Office(_) => return None,
            };
            Some((column.clone(), datum))
        };
        let values = conditions.iter().filter_map(|condition| cell(&condition.f)).collect();
        let row = OtherFact { row: code.clone(), values };
        all_hold(conditions, &row, guancheng_base::Instant(0))
    };
    leaves.map(|row| row.code.clone()).filter(holds).collect()
}

fn lines(table: &Table<'_>, of: &Of<'_>) -> Vec<Line> {
    let lines = table.need("line").map(|at| at.list()).unwrap_or_default();
    lines.into_iter().filter_map(|at| read_line(at, of)).collect()
}

fn read_line(at: At<'_>, of: &Of<'_>) -> Option<Line> {
    let table = at.table("line");
    let (title, why) = (table.text("title"), table.maybe_text("why"));
    let source = match (table.get("indicator"), table.get("event")) {
        (Some(at), None) => known_indicator(at, of).map(LineSource::Indicator),
        (None, Some(at)) => at.name().map(LineSource::Event),
        _ => {
            at.fault("a line scores one `indicator` or one `event`");
            None
        }
    };
    let better = match &source {
        Some(LineSource::Indicator(id)) => better_of(id, of.measures),
        _ => Better::Down,
    };
    let points = need_exact(&table, "points");
    let bonus = table.flag("bonus");
    let normalise = table.get("normalise").and_then(rule::read_normalise);
    let method = table.need("score").and_then(rule::read);
    Some(Line { title, source: source?, rule: Rule { points, method: method?, better, bonus }, normalise, why })
}

fn known_indicator(at: At<'_>, of: &Of<'_>) -> Option<Name> {
    let name = at.name()?;
    let found = of.declared.contains(name.as_str());
    if !found {
        let advice = nearest(&name, of.declared.iter().map(String::as_str));
        at.fault_advise(format!("there is no indicator `{name}`"), advice);
    }
    found.then_some(name)
}

fn better_of(id: &Name, measures: &Measures) -> Better {
    let computed = measures.indicators.get(id).and_then(|versions| versions.last()).map(|indicator| indicator.better);
    computed.or_else(|| measures.given.get(id).map(|given| given.better)).unwrap_or_default()
}

fn read_multiplier(at: At<'_>) -> Multiplier {
    let table = at.table("multiplier");
    let conditions = condition::read_all(&table, "where", schema("occurrence"));
    Multiplier { conditions, loss_times: need_exact(&table, "loss_times"), why: table.maybe_text("why") }
}

fn read_grade(at: At<'_>) -> Grade {
    let table = at.table("grade of a score");
    Grade { ge: need_exact(&table, "ge"), id: table.name("id"), title: table.text("title") }
}

fn read_health(at: At<'_>) -> HealthLimits {
    let table = at.table("health limits");
    let usual = HealthLimits::default();
    HealthLimits {
        min_spread_p90_p10: rule::maybe(&table, "min_spread_p90_p10", usual.min_spread_p90_p10),
        max_share_near_top: rule::maybe(&table, "max_share_near_top", usual.max_share_near_top),
        near_top: rule::maybe(&table, "near_top", usual.near_top),
        max_excluded_pct: rule::maybe(&table, "max_excluded_pct", usual.max_excluded_pct),
    }
}

fn read_publish(at: At<'_>, known: &Known<'_>) -> Publish {
    let table = at.table("publication");
    let days = |key| table.need(key).and_then(whole).unwrap_or(0);
    let publish = Publish {
        draft_on_workday: days("draft_on_workday"),
        appeal_work_days: days("appeal_work_days"),
        appeal_by: table.name("appeal_by"),
        final_on_workday: days("final_on_workday"),
    };
    // What is final is never changed; a correction is a new version. It stands in the file so that a reader sees it.
    let after = table.need("after_final");
    after.and_then(|at| word(at, &["new_version_only"], |word| word));
    if let Some(at) = table.get("appeal_by") {
        let role = publish.appeal_by.strip_prefix("role:").unwrap_or_default();
        if !known.roles.contains(role) {
            at.fault_advise(format!("there is no role `{role}`"), nearest(role, known.roles.iter().map(Name::as_str)));
        }
    }
    publish
}
