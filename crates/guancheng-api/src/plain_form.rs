//! Reporting and following without JavaScript: plain forms, Chinese or English by `?lang=`.

use axum::{
    extract::{Request, State},
    http::{HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};

use crate::{
    caller::Address,
    dto::{PublicCategory, ReportStatus},
    extract::{Path, Query},
    handlers::reports::follow,
    html::{escape, page, table},
    idempotent::{Key, well_formed},
    intake::{Draft, admit, take},
    lang::Lang,
    limits,
    paths::{CodePath, LangQuery},
    problem::{Answer, Problem},
    secret::secret,
    state::Api,
    upload::Form,
    views::{pack::public_pack, titles::Titles},
};

/// `GET /report`: the form.
pub async fn form(State(api): State<Api>, accepted: Lang, Query(asked): Query<LangQuery>) -> Response {
    let lang = asked.lang.as_deref().and_then(Lang::named).unwrap_or(accepted);
    html(StatusCode::OK, lang, form_page(&api, lang, None, &Form::default()))
}

/// `POST /report`: takes the form and leads to the follow page. A fault shows the form again with what was typed.
pub async fn send(State(api): State<Api>, accepted: Lang, address: Address, request: Request) -> Response {
    let form = match Form::read(request, &api, limits::REPORT_FILES).await {
        Ok(form) => form,
        Err(problem) => return refused(&api, accepted, &problem, &Form::default()),
    };
    let lang = form.text("lang").and_then(Lang::named).unwrap_or(accepted);
    match take_form(&api, &address, &form, lang).await {
        Ok(code) => Redirect::to(&format!("/report/{code}?lang={}", lang.pick("zh", "en"))).into_response(),
        Err(problem) => refused(&api, lang, &problem, &form),
    }
}

/// `GET /report/{code}`: what became of it.
pub async fn status(
    State(api): State<Api>,
    accepted: Lang,
    Query(asked): Query<LangQuery>,
    Path(path): Path<CodePath>,
) -> Response {
    let lang = asked.lang.as_deref().and_then(Lang::named).unwrap_or(accepted);
    match follow(&api, &path.code, lang).await {
        Ok(status) => html(StatusCode::OK, lang, status_page(lang, &status)),
        Err(problem) => {
            let title = lang.pick("没有找到", "Not found");
            let words = lang.pick("没有这个查询码。请核对后再试。", "There is no such code. Check it and try again.");
            html(problem.status(), lang, page(lang, title, &format!("<p>{words}</p>\n{}", find_form(lang))))
        }
    }
}

async fn take_form(api: &Api, address: &Address, form: &Form, lang: Lang) -> Answer<String> {
    admit(api, address, None)?;
    let minted = key_of(api, form);
    let draft = Draft::from_form(api, form.clone(), &["key"]).await?;
    let receipt = take(api, Key::minted(minted, "POST /report"), draft, lang).await?;
    let receipt: crate::dto::ReportReceipt =
        serde_json::from_str(&receipt).map_err(|error| Problem::internal(error.to_string()))?;
    Ok(receipt.code)
}

/// The key the server minted when it showed the form, so that sending it twice reports once; a new one where it is gone.
fn key_of(api: &Api, form: &Form) -> String {
    form.text("key").filter(|key| well_formed(key)).map_or_else(|| secret(api.random()), str::to_owned)
}

fn refused(api: &Api, lang: Lang, problem: &Problem, form: &Form) -> Response {
    let refusal = problem.to_refusal(lang);
    html(problem.status(), lang, form_page(api, lang, Some(&refusal.detail), form))
}

fn html(status: StatusCode, lang: Lang, page: String) -> Response {
    const NO_STORE: (HeaderName, &str) = (header::CACHE_CONTROL, "no-store");
    (status, [NO_STORE, (header::CONTENT_LANGUAGE, lang.tag())], Html(page)).into_response()
}

fn form_page(api: &Api, lang: Lang, fault: Option<&str>, given: &Form) -> String {
    let pack = public_pack(Titles { city: api.city(), lang }, api.now());
    let was = |name: &str| escape(given.text(name).unwrap_or_default());
    let error =
        fault.map(|text| format!("<p class=\"error\" role=\"alert\">{}</p>\n", escape(text))).unwrap_or_default();
    let categories = options(&pack.categories, given.text("category").unwrap_or_default());
    let key = key_of(api, given);
    let other = lang.pick(
        "<a href=\"/report?lang=en\" lang=\"en\">English</a>",
        "<a href=\"/report?lang=zh\" lang=\"zh-CN\">中文</a>",
    );
    let w = words(lang);
    let body = format!(
        "<nav>{other} · <a href=\"/\">{home}</a></nav>\n{error}\
         <form method=\"post\" action=\"/report\" enctype=\"multipart/form-data\">\n\
         <input type=\"hidden\" name=\"lang\" value=\"{code}\">\n<input type=\"hidden\" name=\"key\" value=\"{key}\">\n\
         <label for=\"text\">{what} <span class=\"hint\">{required}</span></label>\n\
         <textarea id=\"text\" name=\"text\" rows=\"5\" maxlength=\"2000\" required>{text}</textarea>\n\
         <label for=\"category\">{category}</label>\n<select id=\"category\" name=\"category\"><option value=\"\">{unknown}</option>\n{categories}</select>\n\
         <label for=\"address\">{place}</label>\n<input id=\"address\" name=\"address\" maxlength=\"300\" autocomplete=\"street-address\" value=\"{address}\">\n\
         <label for=\"file\">{photo} <span class=\"hint\">{photo_hint}</span></label>\n<input id=\"file\" name=\"file\" type=\"file\" accept=\"image/*\" multiple>\n\
         <label for=\"name\">{name} <span class=\"hint\">{optional}</span></label>\n<input id=\"name\" name=\"name\" maxlength=\"100\" autocomplete=\"name\" value=\"{name_was}\">\n\
         <label for=\"phone\">{phone} <span class=\"hint\">{optional}</span></label>\n<input id=\"phone\" name=\"phone\" type=\"tel\" maxlength=\"40\" autocomplete=\"tel\" value=\"{phone_was}\">\n\
         <p class=\"hint\">{privacy}</p>\n<button>{submit}</button>\n</form>\n{find}",
        code = lang.pick("zh", "en"),
        key = escape(key),
        text = was("text"),
        address = was("address"),
        name_was = was("name"),
        phone_was = was("phone"),
        find = find_form(lang),
        home = w.home,
        what = w.what,
        required = w.required,
        category = w.category,
        unknown = w.unknown,
        place = w.place,
        photo = w.photo,
        photo_hint = w.photo_hint,
        name = w.name,
        optional = w.optional,
        phone = w.phone,
        privacy = w.privacy,
        submit = w.submit,
    );
    page(lang, &format!("{} · {}", w.title, pack.title), &body)
}

struct Words {
    title: &'static str,
    home: &'static str,
    what: &'static str,
    required: &'static str,
    category: &'static str,
    unknown: &'static str,
    place: &'static str,
    photo: &'static str,
    photo_hint: &'static str,
    name: &'static str,
    optional: &'static str,
    phone: &'static str,
    privacy: &'static str,
    submit: &'static str,
}

const ZH: Words = Words {
    title: "上报问题",
    home: "首页",
    what: "什么问题",
    required: "（必填）",
    category: "类别",
    unknown: "不清楚，由受理员判断",
    place: "在哪里",
    photo: "照片",
    photo_hint: "（最多 3 张，每张不超过 12 MB）",
    name: "姓名",
    optional: "（可不填）",
    phone: "电话",
    privacy: "姓名和电话只有承办人员能看到，每次查看都有记录；不会公开。",
    submit: "提交",
};

const EN: Words = Words {
    title: "Report a problem",
    home: "Start page",
    what: "What is the matter",
    required: "(required)",
    category: "Category",
    unknown: "Not sure; the desk will decide",
    place: "Where",
    photo: "Photos",
    photo_hint: "(at most 3, each up to 12 MB)",
    name: "Name",
    optional: "(optional)",
    phone: "Telephone",
    privacy: "Name and number are seen only by those who handle the case, every look is recorded, and they are never published.",
    submit: "Send",
};

fn words(lang: Lang) -> &'static Words {
    lang.pick(&ZH, &EN)
}

/// The categories one can choose, grouped under the class above them.
fn options(categories: &[PublicCategory], chosen: &str) -> String {
    let parents: Vec<&str> = categories.iter().filter_map(|category| category.parent.as_deref()).collect();
    let mut html = String::new();
    let mut group: Option<&str> = None;
    for category in categories.iter().filter(|category| !parents.contains(&category.code.as_str())) {
        if category.parent.as_deref() != group {
            html += if group.is_some() { "</optgroup>\n" } else { "" };
            group = category.parent.as_deref();
            let title = categories.iter().find(|one| Some(one.code.as_str()) == group).map(|one| one.title.as_str());
            html += &title.map(|title| format!("<optgroup label=\"{}\">\n", escape(title))).unwrap_or_default();
        }
        let selected = if category.code == chosen { " selected" } else { "" };
        html +=
            &format!("<option value=\"{}\"{selected}>{}</option>\n", escape(&category.code), escape(&category.title));
    }
    html + if group.is_some() { "</optgroup>\n" } else { "" }
}

fn find_form(lang: Lang) -> String {
    let words = lang.pick(
        "已有查询码？打开 /report/查询码 查看进度，或在首页输入。",
        "You have a code? Open /report/CODE to follow it, or enter it on the start page.",
    );
    format!("<p class=\"hint\">{words}</p>\n")
}

fn status_page(lang: Lang, status: &ReportStatus) -> String {
    let short = |moment: &str| moment.replace('T', " ").chars().take(16).collect::<String>();
    let due = status.due.as_ref().map(|due| short(&due.0)).unwrap_or_else(|| lang.pick("无", "none").to_owned());
    let facts = [
        (lang.pick("查询码", "Code"), status.code.clone()),
        (lang.pick("编号", "Number"), status.number.clone()),
        (lang.pick("事项", "Matter"), status.title.clone()),
        (lang.pick("现在", "Now"), status.state_public.clone()),
        (lang.pick("由谁办理", "With"), status.holder.clone()),
        (lang.pick("这一步到期", "Due"), due),
        (lang.pick("地址", "Address"), status.address.clone().unwrap_or_default()),
    ];
    let list: String = facts
        .iter()
        .map(|(name, value)| format!("<tr><th scope=\"row\">{name}</th><td>{}</td></tr>\n", escape(value)))
        .collect();
    let keep = lang.pick(
        "请保存查询码：凭它查看进度、评价结果。",
        "Keep the code: with it you follow the case and say whether it is mended.",
    );
    let steps = status.timeline.iter().map(|step| vec![short(&step.at.0), step.text.clone()]);
    let head = lang.pick(["时间", "经过"], ["When", "What"]);
    let body =
        format!("<p>{keep}</p>\n<table>\n{list}</table>\n{}", table(lang.pick("经过", "What happened"), &head, steps));
    let photos = [&status.photos.before, &status.photos.after].into_iter().flatten();
    let photos: String = photos.map(|url| format!("<li><a href=\"{0}\">{0}</a></li>\n", escape(url))).collect();
    let photos = if photos.is_empty() {
        String::new()
    } else {
        format!("<h2>{}</h2>\n<ul>\n{photos}</ul>\n", lang.pick("照片", "Photos"))
    };
    page(lang, &status.state_public, &format!("{body}{photos}"))
}
