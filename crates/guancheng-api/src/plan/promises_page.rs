//! The promises as a plain page: readable without JavaScript, printable, and with `?embed=1` fit to be put into a city
//! portal.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use guancheng_document::write;
use guancheng_plan::ledger::Light;

use super::{
    dto::{PromiseView, Promises},
    filter::{CircularPath, PromisesPageQuery},
    page,
    promises::of_year,
};
use crate::{
    extract::{Path, Query},
    html::{self, escape},
    lang::Lang,
    problem::{Answer, Problem},
    state::Api,
    views::titles::Titles,
};

/// What the embedded page may load: our pictures and its own style.
const EMBEDDED: &str = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; \
    form-action 'none'; frame-ancestors *";

/// `GET /promises`.
pub async fn promises(State(api): State<Api>, accepted: Lang, Query(asked): Query<PromisesPageQuery>) -> Response {
    let lang = asked.lang.as_deref().and_then(Lang::named).unwrap_or(accepted);
    match of_year(&api, asked.year, lang).await {
        Ok(promises) => {
            let page = answer(StatusCode::OK, lang, whole(lang, &promises, &asked));
            if asked.is_embedded() { embeddable(page) } else { page }
        }
        Err(problem) if problem.status() != StatusCode::NOT_FOUND => problem.into_response(),
        Err(problem) => {
            let title = lang.pick("今年的承诺", "This year's promises");
            let words = lang.pick("还没有发布年度工作要点。", "No plan has been published yet.");
            answer(problem.status(), lang, html::page(lang, title, &format!("<p>{words}</p>")))
        }
    }
}

/// `GET /promises/circulars/{plan}/{circular}`: a circular that was released.
pub async fn circular(State(api): State<Api>, lang: Lang, Path(path): Path<CircularPath>) -> Answer<Response> {
    let text = api.read(move |city, store| {
        let plan = city.plans.plan(store, path.plan)?;
        let found = plan.circulars.iter().find(|circular| circular.id == path.circular && circular.released.is_some());
        let circular = found.ok_or_else(|| Problem::of(guancheng_base::ErrorCode::NotFound))?;
        Ok(write::html(&page::circular(Titles { city, lang }, &plan, circular)))
    });
    Ok(answer(StatusCode::OK, lang, text.await?))
}

fn answer(status: StatusCode, lang: Lang, text: String) -> Response {
    let headers = [(header::CACHE_CONTROL, "public, max-age=60"), (header::CONTENT_LANGUAGE, lang.tag())];
    (status, headers, Html(text)).into_response()
}

/// A page that other sites may show inside theirs. It carries no script and sends nothing, so there is nothing to steal
/// a click for.
fn embeddable(mut page: Response) -> Response {
    page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(EMBEDDED));
    page
}

fn whole(lang: Lang, promises: &Promises, asked: &PromisesPageQuery) -> String {
    let embed = asked.is_embedded();
    let fits = |promise: &&PromiseView| {
        asked.section.is_none_or(|section| promise.section == section)
            && asked.light.as_deref().is_none_or(|light| light == promise.light.as_str())
    };
    let kept: Vec<&PromiseView> = promises.promises.iter().filter(fits).collect();
    let mut body = STYLE.to_owned();
    if !embed {
        body.push_str(&navigation(lang, promises));
    }
    body.push_str(&summary(lang, &kept, &promises.as_of));
    for section in &promises.sections {
        let of: Vec<&&PromiseView> = kept.iter().filter(|promise| promise.section == section.no).collect();
        if !of.is_empty() {
            body.push_str(&format!("<h2>{}</h2>\n<ul class=\"promises\">\n", escape(&section.title)));
            of.iter().for_each(|promise| body.push_str(&one(lang, promise)));
            body.push_str("</ul>\n");
        }
    }
    body.push_str(&circulars(lang, promises));
    let title = lang.pick(format!("{}年的承诺", promises.year), format!("Promises of {}", promises.year));
    html::page(lang, &title, &body)
}

/// Beside the style that all plain pages share.
const STYLE: &str = "<style>.promises{list-style:none;padding:0}.promises li{display:flex;gap:1rem;padding:.75rem 0;\
border-bottom:1px solid #d8d4ca}.promises img{border-radius:4px;align-self:flex-start}progress{accent-color:#24527a;width:8rem}</style>\n";

fn navigation(lang: Lang, promises: &Promises) -> String {
    let year = promises.year;
    let other = lang.pick(
        format!("<a href=\"/promises?lang=en&amp;year={year}\" lang=\"en\">English</a>"),
        format!("<a href=\"/promises?lang=zh&amp;year={year}\" lang=\"zh-CN\">中文</a>"),
    );
    let code = lang.pick("zh", "en");
    let all = lang.pick("全部", "all");
    let lights: String = Light::ALL
        .iter()
        .map(|light| {
            format!(
                " · <a href=\"/promises?lang={code}&amp;year={year}&amp;light={}\">{}</a>",
                light.as_str(),
                page::light(lang, *light)
            )
        })
        .collect();
    format!(
        "<nav>{other} · <a href=\"/promises?lang={code}&amp;year={year}\">{all}</a>{lights} · <a href=\"/\">{}</a></nav>\n",
        lang.pick("反映问题", "Report a problem")
    )
}

fn summary(lang: Lang, kept: &[&PromiseView], as_of: &str) -> String {
    let n = |light: Light| kept.iter().filter(|promise| promise.light == light).count();
    let counts: Vec<String> =
        Light::ALL.iter().map(|light| format!("{} {}", page::light(lang, *light), n(*light))).collect();
    let changed = kept.iter().filter(|promise| promise.light != promise.light_before).count();
    let text = lang.pick(
        format!("共 {} 项承诺：{}。比上月底有变化的 {changed} 项。截至 {as_of}。", kept.len(), counts.join("，")),
        format!("{} promises: {}. {changed} changed since last month. As of {as_of}.", kept.len(), counts.join(", ")),
    );
    format!("<p>{}</p>\n", escape(text))
}

fn one(lang: Lang, promise: &PromiseView) -> String {
    let light = page::light(lang, promise.light);
    let reached = match (promise.value, promise.target) {
        (Some(value), Some(target)) => format!("{value} / {target} {}", promise.unit),
        _ => String::new(),
    };
    let bar = promise.percent.map(|percent| {
        format!("<progress max=\"100\" value=\"{}\" aria-label=\"{percent} %\"></progress> ", percent.clamp(0, 100))
    });
    let photo = promise
        .photo
        .as_ref()
        .map(|url| format!("<img src=\"{}\" alt=\"\" width=\"120\" loading=\"lazy\"> ", escape(url)));
    let mut facts = vec![promise.office_name.clone()];
    facts.extend(promise.day.as_ref().map(|day| lang.pick(format!("最近进展 {day}"), format!("last progress {day}"))));
    facts.extend(changed(lang, promise));
    format!(
        "<li id=\"p-{id}\">{photo}<div><strong>{words}</strong><br>{mark} {light} {bar}{reached}<br><span class=\"hint\">{facts}</span></div></li>\n",
        id = escape(&promise.id),
        words = escape(&promise.words),
        photo = photo.unwrap_or_default(),
        mark = shape(promise.light),
        bar = bar.unwrap_or_default(),
        reached = escape(reached),
        facts = escape(facts.join(" · ")),
    )
}

/// A shape beside the word, so that nothing hangs on colour.
fn shape(light: Light) -> &'static str {
    match light {
        Light::Red => "<span aria-hidden=\"true\" style=\"color:#b3261e\">■</span>",
        Light::Amber => "<span aria-hidden=\"true\" style=\"color:#8a5a00\">▲</span>",
        Light::Green => "<span aria-hidden=\"true\" style=\"color:#1e6b3a\">●</span>",
        Light::Grey => "<span aria-hidden=\"true\" style=\"color:#566059\">○</span>",
    }
}

fn changed(lang: Lang, promise: &PromiseView) -> Option<String> {
    if promise.light != promise.light_before {
        let (was, is) = (page::light(lang, promise.light_before), page::light(lang, promise.light));
        return Some(lang.pick(format!("上月底为{was}，现为{is}"), format!("was {was}, is {is}")));
    }
    let (now, before) = promise.value.zip(promise.value_before)?;
    (now > before).then(|| {
        let more = before.short_of(now);
        lang.pick(format!("本月新增 {more} {}", promise.unit), format!("{more} {} more this month", promise.unit))
    })
}

fn circulars(lang: Lang, promises: &Promises) -> String {
    if promises.circulars.is_empty() {
        return String::new();
    }
    let item = |circular: &super::dto::PublicCircular| {
        format!(
            "<li><a href=\"{}\" target=\"_top\">{} {}</a></li>\n",
            escape(&circular.url),
            escape(&circular.number),
            escape(&circular.title)
        )
    };
    let items: String = promises.circulars.iter().map(item).collect();
    format!("<h2>{}</h2>\n<ul>\n{items}</ul>\n", lang.pick("通报", "Circulars"))
}
