//! The settings of plans: rights, the usual curve, meetings, numbers, grades, groups, procedures.

use std::collections::{BTreeMap, BTreeSet};

use guancheng_base::{Name, OfficeId};
use guancheng_case::{Effect, FieldKind, Lang, Procedure};
use guancheng_plan::{Act, Series, Settings};

use super::{Known, cadence, procedure, within};
use crate::{
    fault::nearest,
    lists::{check_provenance, limit, office},
    pack::Labels,
    tree::{At, Document, Sink, Table},
};

/// The longest cycle in which a sign of life may be expected, in days.
const CYCLE_MAX: i64 = 366;

/// What a field has to be: its id, the name of its type, and the test.
type Wanted = (&'static str, &'static str, fn(&FieldKind) -> bool);

/// The fields from which a decision of a meeting becomes a task.
const DECISION: [Wanted; 4] = [
    ("description", "text", |kind| matches!(kind, FieldKind::Text { .. })),
    ("unit", "org", |kind| matches!(kind, FieldKind::Org)),
    ("due", "date", |kind| matches!(kind, FieldKind::Date)),
    ("commitment", "ref", |kind| matches!(kind, FieldKind::Ref { .. })),
];

/// The fields from which an approved amendment changes a plan.
const AMENDMENT: [Wanted; 5] = [
    ("commitment", "ref", |kind| matches!(kind, FieldKind::Ref { .. })),
    ("new_target", "decimal", |kind| matches!(kind, FieldKind::Decimal { .. })),
    ("new_due", "date", |kind| matches!(kind, FieldKind::Date)),
    ("new_lead", "org", |kind| matches!(kind, FieldKind::Org)),
    ("reason", "text", |kind| matches!(kind, FieldKind::Text { .. })),
];

/// Reads the settings; `None` after a fault.
pub fn read(doc: &Document, sink: &Sink, known: &Known<'_>, labels: &mut Labels) -> Option<Settings> {
    let before = sink.count();
    let table = doc.table("plan settings", sink);
    table.expect_kind("plan_settings");
    check_provenance(&table, known.offices);
    let procedures = table.need("procedures").map(|at| read_procedures(at, known));
    let [progress_procedure, decision_procedure, amendment_procedure] =
        procedures.unwrap_or_else(|| [(); 3].map(|()| Name::from("")));
    let settings = Settings {
        rights: table.need("rights").map(|at| read_rights(at, known)).unwrap_or_default(),
        curve: table.need("curve").and_then(read_curve).unwrap_or([100; 12]),
        cycle_days: table.need("cycle_days").and_then(|at| within(at, 1, CYCLE_MAX)).map_or(1, |n| n as u16),
        series: read_series(table.list("series"), labels),
        circular_number: table.need("circular_number").and_then(read_number).unwrap_or_default(),
        grades: read_grades(&table),
        groups: read_groups(table.list("groups"), known),
        other_group: table.text("other_group"),
        mark_percent: table.need("mark_percent").and_then(percent).unwrap_or_default(),
        appeal_within: table.need("appeal_within").and_then(limit)?,
        progress_procedure,
        decision_procedure,
        amendment_procedure,
    };
    (sink.count() == before).then_some(settings)
}

fn percent(at: At<'_>) -> Option<u8> {
    within(at, 0, 100).and_then(|n| u8::try_from(n).ok())
}

fn read_rights(at: At<'_>, known: &Known<'_>) -> BTreeMap<Act, Vec<Name>> {
    let table = at.table("rights of a plan");
    let mut rights = BTreeMap::new();
    for act in Act::ALL {
        let roles = table.need(act.as_str()).map(|at| at.list()).unwrap_or_default();
        rights.insert(act, roles.into_iter().filter_map(|at| role(at, known)).collect());
    }
    rights
}

fn role(at: At<'_>, known: &Known<'_>) -> Option<Name> {
    let role = at.name()?;
    if known.roles.get(&role).is_none() {
        let advice = nearest(&role, known.roles.iter().map(|known| known.id.as_str()));
        at.fault_advise(format!("there is no role `{role}`"), advice);
    }
    Some(role)
}

fn read_curve(at: At<'_>) -> Option<[u8; 12]> {
    let months: Vec<u8> = at.list().into_iter().filter_map(percent).collect();
    let rising = months.windows(2).all(|pair| pair.first() <= pair.last());
    let curve = <[u8; 12]>::try_from(months).ok().filter(|curve| rising && curve.last() == Some(&100));
    if curve.is_none() {
        at.fault_advise(
            "this is no curve of a year",
            Some("twelve percentages, one a month, never falling, the last 100".to_owned()),
        );
    }
    curve
}

fn read_series(list: Vec<At<'_>>, labels: &mut Labels) -> Vec<Series> {
    let mut series: Vec<Series> = Vec::new();
    for at in list {
        let table = at.table("series of meetings");
        let id = table.name("id");
        read_title(&table, labels, &format!("series.{id}"));
        if series.iter().any(|other| other.id == id) {
            at.fault(format!("the series `{id}` is declared twice"));
        }
        let title = table.text("title");
        series.extend(table.need("cadence").and_then(cadence).map(|cadence| Series { id, title, cadence }));
    }
    series
}

/// Plans are written in Chinese first; the other title is English.
fn read_title(table: &Table<'_>, labels: &mut Labels, path: &str) {
    labels.know(path);
    if let Some(title) = table.maybe_text("title_en") {
        labels.insert(Lang::En, path, title);
    }
}

fn read_number(at: At<'_>) -> Option<String> {
    let text = at.text()?;
    if !text.contains("{seq}") {
        at.fault_advise(
            format!("every circular would have the number {text}"),
            Some("put {seq} where the running number stands, and {yyyy} for the year".to_owned()),
        );
    }
    Some(text)
}

/// Grades from the best down, so that each total has one.
fn read_grades(table: &Table<'_>) -> Vec<(String, u8)> {
    let Some(at) = table.need("grades") else { return Vec::new() };
    let grade = |at: At<'_>| {
        let table = at.table("grade");
        (table.text("title"), table.need("from").and_then(percent).unwrap_or_default())
    };
    let grades: Vec<(String, u8)> = at.list().into_iter().map(grade).collect();
    let falling = grades.windows(2).all(|pair| matches!(pair, [(_, above), (_, below)] if above > below));
    if !falling || grades.last().is_none_or(|(_, from)| *from != 0) {
        let advice = "from the best down, each beginning lower than the one before, the last from 0".to_owned();
        at.fault_advise("some total would have no grade, or two", Some(advice));
    }
    grades
}

fn read_groups(list: Vec<At<'_>>, known: &Known<'_>) -> Vec<(String, Vec<OfficeId>)> {
    let mut seen = BTreeSet::new();
    let mut groups = Vec::new();
    for at in list {
        let table = at.table("peer group");
        let mut members = Vec::new();
        for at in table.list("offices") {
            let Some(id) = office(at, known.offices) else { continue };
            if !seen.insert(id) {
                at.fault("an office is ranked in one group, and this one is in two");
            }
            members.push(id);
        }
        groups.push((table.text("title"), members));
    }
    groups
}

/// The procedures of reports, decisions and amendments, in this order.
fn read_procedures(at: At<'_>, known: &Known<'_>) -> [Name; 3] {
    let table = at.table("procedures of a plan");
    let named = |key: &'static str| {
        let at = table.need(key)?;
        Some((at, procedure(at, known)))
    };
    let name = |found: &Option<(At<'_>, Option<&Procedure>)>| {
        found.as_ref().and_then(|(_, found)| *found).map_or_else(|| Name::from(""), |found| found.id.clone())
    };
    let (progress, decision, amendment) = (named("progress"), named("decision"), named("amendment"));
    if let Some((at, Some(found))) = &progress
        && found.progress.is_none()
    {
        let advice = "give it a `progress` table: which fields say of what, how much, for which day".to_owned();
        at.fault_advise(format!("`{}` does not say what its cases report of a plan", found.id), Some(advice));
    }
    if let Some((at, Some(found))) = &decision {
        check_fields(*at, found, &DECISION);
    }
    if let Some((at, Some(found))) = &amendment {
        check_fields(*at, found, &AMENDMENT);
        if !found.moves.iter().any(|mv| mv.effects.contains(&Effect::AmendPlan)) {
            let advice = "give the approving move effects = [\"amend_plan\"]".to_owned();
            at.fault_advise(format!("no move of `{}` amends a plan", found.id), Some(advice));
        }
    }
    [name(&progress), name(&decision), name(&amendment)]
}

fn check_fields(at: At<'_>, procedure: &Procedure, wanted: &[Wanted]) {
    for (id, name, fits) in wanted {
        if !procedure.field(id).is_some_and(|field| fits(&field.kind)) {
            let advice = format!("declare {{ id = \"{id}\", type = \"{name}\" }} there");
            at.fault_advise(format!("`{}` has no {name} field `{id}`", procedure.id), Some(advice));
        }
    }
}
