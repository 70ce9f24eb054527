//! What the pack declares, in the reader's language.

use guancheng_app::City;
use guancheng_base::{Instant, Name};
use guancheng_case::{ByArea, Cell, CodeList as CaseList, CodeRow as CaseCode, FieldKind, Procedure, State};

use super::{
    moves::field,
    titles::{Titles, point},
};
use crate::dto::{
    CityInfo, CodeList, CodeRow, MapSource, MoveTitle, Office, OfficePage, PackView, ProcedureView, PublicCategory,
    PublicPack, StateView, Titled,
};

/// The pack as clients render from it.
pub fn pack(titles: Titles<'_>) -> PackView {
    let pack = &titles.city.pack;
    let role = |role: &guancheng_org::Role| MoveTitle { id: role.id.to_string(), title: titles.role(&role.id) };
    PackView {
        id: pack.id.to_string(),
        title: title(titles),
        lang: pack.locale.clone(),
        city: city(titles),
        sources: sources(titles),
        stages: stages(titles.city),
        procedures: pack.newest().map(|procedure| procedure_view(titles, procedure)).collect(),
        roles: pack.roles.iter().map(role).collect(),
        maps: maps(titles),
    }
}

/// The pack as the public may see it.
pub fn public_pack(titles: Titles<'_>, now: Instant) -> PublicPack {
    let today = titles.city.day(now);
    let categories = category_list(titles.city).map(|list| {
        let valid = list.rows().filter(|row| row.valid_on(today));
        let category = |row: &CaseCode| PublicCategory {
            code: row.code.to_string(),
            title: titles.code(&list.id, &row.code),
            icon: text_cell(list, row, "icon"),
            parent: row.parent.as_ref().map(ToString::to_string),
        };
        valid.map(category).collect()
    });
    PublicPack {
        title: title(titles),
        categories: categories.unwrap_or_default(),
        city: city(titles),
        maps: maps(titles),
        languages: vec!["zh".to_owned(), "en".to_owned()],
        now: titles.moment(now),
    }
}

/// The code list under which the public's reports are filed.
pub fn category_list(city: &City) -> Option<&CaseList> {
    let procedure = city.pack.newest().find(|procedure| procedure.id == city.pack.report_kind)?;
    match &procedure.field("category")?.kind {
        FieldKind::Code { list } => city.pack.code_lists.get(list).map(AsRef::as_ref),
        _ => None,
    }
}

/// A code list.
pub fn code_list(titles: Titles<'_>, list: &CaseList) -> CodeList {
    let row = |row: &CaseCode| CodeRow {
        code: row.code.to_string(),
        title: titles.code(&list.id, &row.code),
        parent: row.parent.as_ref().map(ToString::to_string),
        scheme: row.scheme.clone().unwrap_or_else(|| list.scheme.clone()),
        leaf: list.is_leaf(&row.code),
        limit: limit_words(titles, list, row),
        closing: text_cell(list, row, "closing"),
        valid_from: row.valid_from.map(|day| day.to_string()),
        valid_to: row.valid_to.map(|day| day.to_string()),
    };
    CodeList { id: list.id.to_string(), title: list.title.clone(), rows: list.rows().map(row).collect() }
}

/// The offices, parents first.
pub fn offices(titles: Titles<'_>) -> OfficePage {
    let org = titles.city.org();
    let depth = |office: &guancheng_org::Office| {
        std::iter::successors(office.parent, |id| org.office(*id).and_then(|office| office.parent)).take(50).count()
    };
    let mut offices: Vec<&guancheng_org::Office> = org.offices().collect();
    offices.sort_by_key(|office| (depth(office), office.id));
    let view = |office: &&guancheng_org::Office| Office {
        id: office.id.0,
        code: office.code.to_string(),
        name: titles.office(office.id),
        kind: office.kind.to_string(),
        parent: office.parent.map(|id| id.0),
    };
    OfficePage { items: offices.iter().map(view).collect() }
}

fn title(titles: Titles<'_>) -> String {
    titles.city.label(titles.lang.into(), "pack", &titles.city.pack.title).to_owned()
}

fn city(titles: Titles<'_>) -> CityInfo {
    let city = &titles.city.pack.city;
    CityInfo { title: title(titles), center: point(city.center), zoom: city.zoom, bbox: city.bbox }
}

fn sources(titles: Titles<'_>) -> Vec<Titled> {
    let label =
        |code: &Name, own: &str| titles.city.label(titles.lang.into(), &format!("source.{code}"), own).to_owned();
    let sources = titles.city.pack.sources.iter();
    sources.map(|source| Titled { code: source.code.to_string(), title: label(&source.code, &source.title) }).collect()
}

fn maps(titles: Titles<'_>) -> Vec<MapSource> {
    let map = |map: &guancheng_pack::MapSource| MapSource {
        id: map.id.to_string(),
        title: map.title.clone(),
        url: map.url.clone(),
        attribution: map.attribution.clone(),
        review_number: map.review_number.clone(),
    };
    titles.city.pack.maps.iter().map(map).collect()
}

/// The stages of the procedure that reports open, in order, then those of the others.
fn stages(city: &City) -> Vec<String> {
    let (first, rest): (Vec<_>, Vec<_>) =
        city.pack.newest().partition(|procedure| procedure.id == city.pack.report_kind);
    let states = first.into_iter().chain(rest).flat_map(|procedure| &procedure.states);
    let mut stages: Vec<String> = Vec::new();
    for stage in states.filter_map(|state| state.stage.as_ref()) {
        if !stages.contains(stage) {
            stages.push(stage.clone());
        }
    }
    stages
}

fn procedure_view(titles: Titles<'_>, procedure: &Procedure) -> ProcedureView {
    let named = |id: &Name, title: String| MoveTitle { id: id.to_string(), title };
    let state = |state: &State| StateView {
        id: state.id.to_string(),
        title: titles.state(procedure, &state.id),
        stage: state.stage.clone().unwrap_or_default(),
        public: state.public.as_ref().map(|_| titles.public(procedure, &state.id)).unwrap_or_default(),
        is_final: state.is_final,
    };
    ProcedureView {
        id: procedure.id.to_string(),
        title: titles.kind(procedure),
        version: crate::secret::hex(&procedure.hash),
        report: procedure.id == titles.city.pack.report_kind,
        states: procedure.states.iter().map(state).collect(),
        moves: procedure.moves.iter().map(|mv| named(&mv.id, titles.mv(procedure, &mv.id))).collect(),
        clocks: procedure.clocks.iter().map(|clock| named(&clock.id, titles.clock(procedure, &clock.id))).collect(),
        fields: procedure.fields.iter().map(|declared| field(titles, procedure, declared, false)).collect(),
    }
}

fn text_cell(list: &CaseList, row: &CaseCode, column: &str) -> Option<String> {
    match list.cell(&row.code, column)? {
        Cell::Text(text) => Some(text.clone()),
        _ => None,
    }
}

/// The first time limit among the columns of a row, in words.
fn limit_words(titles: Titles<'_>, list: &CaseList, row: &CaseCode) -> Option<String> {
    let cell = list.chain(&row.code).find_map(|row| {
        row.cells.values().find_map(|cell| match cell {
            Cell::Limit(limit) => Some(*limit),
            _ => None,
        })
    })?;
    Some(match cell.by_area {
        ByArea::One(limit) => titles.limit(limit),
        ByArea::Abc { a, b, c } => format!("A {} · B {} · C {}", titles.limit(a), titles.limit(b), titles.limit(c)),
    })
}
