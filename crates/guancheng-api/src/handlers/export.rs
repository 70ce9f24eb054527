//! Cases as a file for a spreadsheet. No personal data is in it; taking it is noted in the audit.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use guancheng_app::{
    City,
    ports::{CaseQuery, Read},
};
use guancheng_base::{ErrorCode, Name};

use crate::{
    caller::Caller,
    case_filter::{ExportFormat, ExportQuery},
    case_query::{query, sort},
    dto::CaseFacts,
    extract::Query,
    handlers::cases::light_title,
    lang::Lang,
    limits,
    problem::{Answer, Problem},
    state::Api,
    views::{row::facts, titles::Titles},
};

const HEAD: [(&str, &str); 17] = [
    ("编号", "number"),
    ("类型", "kind"),
    ("状态", "state"),
    ("环节", "stage"),
    ("事项", "title"),
    ("类别代码", "category"),
    ("类别", "category title"),
    ("地址", "address"),
    ("经度", "lon"),
    ("纬度", "lat"),
    ("区域", "area"),
    ("责任单位", "unit"),
    ("来源", "source"),
    ("开始", "opened"),
    ("结束", "closed"),
    ("到期", "due"),
    ("灯", "light"),
];

/// Cases I may see, as a file.
#[utoipa::path(get, path = "/cases/export", operation_id = "export_cases", tag = "cases", params(ExportQuery),
    responses((status = 200, description = "CSV, UTF-8 with byte-order mark", body = String, content_type = "text/csv")))]
pub async fn export_cases(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Query(asked): Query<ExportQuery>,
) -> Answer<Response> {
    let wanted = query(api.city(), &caller.actor, &asked.filters())?;
    let (actor, now) = (caller.actor.clone(), caller.now);
    let (rows, csv) = api.read(move |city, store| export(city, store, &caller, wanted, lang)).await?;
    api.write(move |_, tx| Ok(tx.note(&actor, &Name::from("export"), None, &format!("{rows} cases"), now)?)).await?;
    let (media, disposition) = match asked.format {
        ExportFormat::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"cases.csv\""),
    };
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, csv).into_response())
}

fn export(
    city: &City,
    store: &dyn Read,
    caller: &Caller,
    mut wanted: CaseQuery,
    lang: Lang,
) -> Answer<(usize, String)> {
    let scope = city.policy.scope(&caller.actor);
    wanted.limit = limits::PAGE_ROWS as usize;
    wanted.sort = sort(Some(crate::case_filter::SortName::Opened));
    let mut csv = String::from("\u{feff}");
    line(&mut csv, HEAD.iter().map(|(zh, en)| lang.pick(*zh, *en)));
    let mut rows = 0;
    loop {
        let page = store.cases(&wanted, &scope, caller.now)?;
        rows += page.items.len();
        if rows > limits::EXPORT_ROWS {
            return Err(too_many());
        }
        for found in &page.items {
            let cells = cells(&facts(Titles { city, lang }, found, caller.now), lang);
            line(&mut csv, cells.iter().map(String::as_str));
        }
        match page.next {
            Some(next) => wanted.after = Some(next),
            None => return Ok((rows, csv)),
        }
    }
}

fn too_many() -> Problem {
    let n = limits::EXPORT_ROWS;
    let zh = format!("超过导出上限 EXPORT_ROWS（{n} 行）；请缩小筛选范围");
    Problem::with(ErrorCode::BadFilter, zh, format!("over the limit EXPORT_ROWS ({n} rows); narrow the filters"))
}

fn cells(row: &CaseFacts, lang: Lang) -> [String; 17] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let [lon, lat] = row.at.map_or([String::new(), String::new()], |at| at.0.map(|n| format!("{n:.6}")));
    let light = match row.light {
        crate::dto::Light::Good => "good",
        crate::dto::Light::Near => "near",
        crate::dto::Light::Late => "late",
        crate::dto::Light::NotRated => "not_rated",
    };
    [
        row.number.clone(),
        row.kind_title.clone(),
        row.state_title.clone(),
        row.stage.clone(),
        row.title.clone(),
        text(&row.category),
        text(&row.category_title),
        text(&row.address),
        lon,
        lat,
        text(&row.area_name),
        row.unit.as_ref().map(|unit| unit.name.clone()).unwrap_or_default(),
        row.source.clone(),
        row.opened_at.0.clone(),
        row.closed_at.as_ref().map(|at| at.0.clone()).unwrap_or_default(),
        row.clock.as_ref().and_then(|clock| clock.due.as_ref()).map(|due| due.0.clone()).unwrap_or_default(),
        light_title(lang, light).to_owned(),
    ]
}

fn line<'a>(csv: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            csv.push(',');
        }
        csv.push('"');
        // A cell that a spreadsheet would take for a formula is marked as text.
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
            csv.push('\'');
        }
        csv.push_str(&cell.replace('"', "\"\""));
        csv.push('"');
    }
    csv.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        let mut csv = String::new();
        line(&mut csv, ["a \"b\", c", "=1+1", "-71.06", "-x"].into_iter());
        assert_eq!(csv, "\"a \"\"b\"\", c\",\"'=1+1\",\"-71.06\",\"'-x\"\r\n");
    }
}
