//! Taking a report, from wherever it comes: JSON, a form of the app, the plain form.

use guancheng_app::{
    Done, NewReport as AppReport, followed_by,
    ports::{Contact, FileMeta, FileRow, StoredAnswer, Tx},
    report,
};
use guancheng_base::{Actor, Ctx, ErrorCode, LonLat, Name};

use crate::{
    caller::{Address, Caller},
    dto::NewReport,
    idempotent::{Key, kept_text, once, to_text},
    lang::Lang,
    problem::{Answer, Problem},
    secret::tracking_code,
    state::Api,
    upload::{Form, keep},
    valid_inputs::check_input,
    views::{report::receipt, titles::Titles},
};

/// Whom the keys of public requests belong to: a phone may send its queue again from another network.
const PUBLIC: &str = "public";

/// The source of what the public reports by itself.
const SOURCE: &str = "public";

/// A report and its photos, read but not yet taken.
pub struct Draft {
    /// What was said.
    pub report: NewReport,
    /// The photos, already in the evidence store.
    pub files: Vec<FileRow>,
    /// A digest of the request.
    pub digest: Vec<u8>,
}

impl Draft {
    /// From a form with files. `extra` names parts that are not the report's.
    pub async fn from_form(api: &Api, form: Form, extra: &[&str]) -> Answer<Draft> {
        let known = ["text", "category", "lon", "lat", "address", "name", "phone", "lang", "follow"];
        form.only(&[&known, extra].concat())?;
        let text = |name: &str| form.text(name).map(str::to_owned);
        let report = NewReport {
            text: text("text").unwrap_or_default(),
            category: text("category"),
            lon: form.number("lon")?,
            lat: form.number("lat")?,
            address: text("address"),
            name: text("name"),
            phone: text("phone"),
            lang: text("lang"),
            follow: text("follow"),
        };
        check_input(&report)?;
        let digest = form.digest().to_vec();
        let mut files = Vec::new();
        for bytes in form.files {
            files.push(keep(api, bytes, FileMeta::default(), api.now(), None).await?);
        }
        Ok(Draft { report, files, digest })
    }
}

/// One more from this address, or how long to wait. Somebody who has logged in is not counted.
pub fn admit(api: &Api, address: &Address, caller: Option<&Caller>) -> Answer<()> {
    if caller.is_some() {
        return Ok(());
    }
    let taken = api.public_writes().take(&address.0.to_string(), api.now());
    taken.map_err(|seconds| Problem::too_many("PUBLIC_WRITES_PER_MINUTE", seconds))
}

/// Takes the report under its key: a new case, or one more report of an open one. The answer is a [`crate::dto::ReportReceipt`] as
/// JSON, the same text each time.
pub async fn take(api: &Api, key: Key, draft: Draft, lang: Lang) -> Answer<String> {
    let key = key.of(PUBLIC.to_owned(), &draft.digest);
    let code = Name::from(tracking_code(api.random()));
    let now = api.now();
    let Draft { report: given, files, .. } = draft;
    check_category(api, given.category.as_deref())?;
    let claim = api.write(move |city, tx| {
        let ctx = Ctx { now, actor: Actor::Reporter { code: code.clone() } };
        let job = |tx: &mut dyn Tx| {
            let evidence = files.iter().map(|file| tx.add_file(file)).collect::<Result<_, _>>()?;
            let new = AppReport {
                code: code.clone(),
                source: SOURCE.into(),
                lang: lang.pick("zh", "en").into(),
                category: given.category.map(Name::from),
                place: given.lon.zip(given.lat).map(|(lon, lat)| LonLat { lon, lat }),
                address: given.address.unwrap_or_default(),
                contact: contact(given.name, given.phone),
                follow: given.follow,
                text: given.text,
                evidence,
            };
            let done: Done = report(city, tx, &ctx, new)?;
            let case = followed_by(tx, &code)?.1;
            to_text(&receipt(Titles { city, lang }, city.procedure_of(&case)?, &code, &done.row))
        };
        once(tx, &key, now, job, |body| StoredAnswer { status: 201, case: None, body: body.clone() })
    });
    Ok(kept_text(claim.await?))
}

/// A category must be a row of the list that reports are filed under.
fn check_category(api: &Api, category: Option<&str>) -> Answer<()> {
    let Some(code) = category else { return Ok(()) };
    let known = crate::views::pack::category_list(api.city()).is_some_and(|list| list.get(code).is_some());
    let wrong = || {
        Problem::field(
            ErrorCode::FieldInvalid,
            "category",
            "没有这个类别，见 GET /public/pack",
            "is unknown; see GET /public/pack",
        )
    };
    known.then_some(()).ok_or_else(wrong)
}

fn contact(name: Option<String>, phone: Option<String>) -> Option<Contact> {
    let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let contact = Contact { name: given(name), phone: given(phone) };
    (contact != Contact::default()).then_some(contact)
}
