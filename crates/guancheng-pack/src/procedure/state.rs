//! States, parts of a joint review, and discretion bands.

use guancheng_base::Fen;
use guancheng_case::{Discretion, Holder, Outside, PartSpec, State, StatuteRange, Tier};

use super::{Reader, moves::read_conditions};
use crate::{
    lists::{limit, office},
    pack::Labels,
    tree::{At, Table},
};

/// Reads one state.
pub fn read(at: At<'_>, reader: &Reader<'_>, labels: &mut Labels) -> State {
    let table = at.table("state");
    let id = table.name("id");
    labels.know(reader.label("state", &id));
    labels.know(reader.label("public", &id));
    let is_final = table.flag("final");
    let holder = match table.get("holder") {
        Some(at) => read_holder(at, reader).unwrap_or(Holder::None),
        None => Holder::None,
    };
    State {
        title: table.text("title"),
        stage: table.maybe_text("stage"),
        holder,
        public: table.maybe_text("public"),
        is_final,
        parts: table.list("parts").into_iter().filter_map(|at| read_part(at, reader)).collect(),
        id,
    }
}

/// `role:x`, `field:x`, `applicant`, `party`, `parts`.
pub fn read_holder(at: At<'_>, reader: &Reader<'_>) -> Option<Holder> {
    let text = at.text()?;
    match text.as_str() {
        "applicant" => Some(Holder::Applicant),
        "party" => Some(Holder::Party),
        "parts" => Some(Holder::Parts),
        other => match other.split_once(':') {
            Some(("role", role)) => Some(Holder::Role(reader.role(at, role))),
            Some(("field", field)) => Some(Holder::Field(field.into())),
            _ => {
                let words = "a holder is role:…, field:…, applicant, party or parts".to_owned();
                at.fault_advise(format!("`{other}` holds nothing"), Some(words));
                None
            }
        },
    }
}

fn read_part(at: At<'_>, reader: &Reader<'_>) -> Option<PartSpec> {
    let table = at.table("part of a joint review");
    let inside = table.get("office").and_then(|at| office(at, reader.known.offices));
    let outside = table.maybe_text("external");
    let title = inside.and_then(|id| reader.known.offices.iter().find(|o| o.id == id)).map(|o| o.name.clone());
    let Some(office_title) = title.or(outside) else {
        table.at().fault("a part needs an `office` of this pack, or an `external` one by name");
        table.give_up();
        return None;
    };
    Some(PartSpec {
        id: table.name("id"),
        office: inside,
        office_title,
        question: table.text("question"),
        limit: table.need("limit").and_then(limit)?,
        when: read_conditions(&table, "when"),
    })
}

/// Reads the bands for one violation.
pub fn read_discretion(at: At<'_>, reader: &Reader<'_>) -> Discretion {
    let table = at.table("discretion");
    let (measure, unit) = match table.need("measure") {
        Some(at) => {
            let measure = at.table("measure");
            (measure.name("f"), measure.text("unit"))
        }
        None => ("".into(), String::new()),
    };
    Discretion {
        violation: table.name("violation"),
        title: table.text("title"),
        basis: table.text("basis"),
        statute: table.list("statute").into_iter().map(read_statute).collect(),
        measure,
        unit,
        tiers: table.list("tiers").into_iter().map(read_tier).collect(),
        lighter: table.texts("lighter"),
        heavier: table.texts("heavier"),
        outside: table.get("outside").map(|at| read_outside(&at.table("way out of the band"), reader)),
    }
}

fn read_statute(at: At<'_>) -> StatuteRange {
    let table = at.table("statute");
    let yuan = |key| Fen::from_yuan(table.need(key).and_then(|at| at.int()).unwrap_or_default());
    StatuteRange { party: table.text("party"), min: yuan("min"), max: yuan("max") }
}

fn read_tier(at: At<'_>) -> Tier {
    let table = at.table("tier");
    let bound = |key| table.get(key).and_then(|at| at.number());
    let (ge, lt) = (bound("ge"), bound("lt"));
    let range: Vec<u16> = table.list("range").into_iter().filter_map(permille).collect();
    let range = match range[..] {
        [low, high] if low <= high => (low, high),
        _ => {
            table.at().fault("a `range` is two shares of the statute's range, from 0 to 1, rising");
            (0, 0)
        }
    };
    Tier { id: table.name("id"), title: table.text("title"), ge, lt, range }
}

/// A share from 0 to 1 in thousandths.
pub fn permille(at: At<'_>) -> Option<u16> {
    let share = at.number()?;
    if (0.0..=1.0).contains(&share) {
        return Some((share * 1000.0).round() as u16);
    }
    at.fault(format!("{share} is no share: it must lie between 0 and 1"));
    None
}

fn read_outside(table: &Table<'_>, reader: &Reader<'_>) -> Outside {
    Outside {
        approve: reader.approvers(table, "approve"),
        require: table.names("require"),
        collective: table.flag("collective"),
    }
}
