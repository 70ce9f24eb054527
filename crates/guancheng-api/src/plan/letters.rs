//! Letters of responsibility and their signatures.

use axum::{extract::State, response::Response};
use guancheng_app::City;
use guancheng_base::{ErrorCode, OfficeId};
use guancheng_plan::{
    Command,
    model::{Letter, Plan},
};

use super::{
    acts::perform,
    dto::{LetterPage, LetterView, NewSignature, PlanChanged},
    export::{Paper, send},
    filter::{LetterPath, PaperQuery, PlanPath},
    page,
    view::{is_complete, letters, staff_only},
};
use crate::{
    caller::{Address, Caller},
    extract::{Json, Path, Query},
    handlers::session::{private, prove},
    idempotent::Key,
    lang::Lang,
    problem::{Answer, Problem},
    state::Api,
    views::titles::Titles,
};

/// The letters of a plan.
#[utoipa::path(get, path = "/plans/{plan}/letters", operation_id = "list_letters", tag = "plan", params(PlanPath),
    responses((status = 200, description = "The letters", body = LetterPage)))]
pub async fn list_letters(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<PlanPath>,
) -> Answer<Response> {
    let page = api.read(move |city, store| {
        staff_only(&caller.actor)?;
        let plan = city.plans.plan(store, path.plan)?;
        let titles = Titles { city, lang };
        let items: Vec<LetterView> =
            letters(&plan).map(|(office, letter)| letter_view(titles, &plan, office, letter)).collect();
        let signed = items.iter().filter(|letter| letter.complete).count();
        Ok(LetterPage { signed, all: items.len(), items })
    });
    Ok(private(axum::Json(page.await?)))
}

/// A letter as a paper.
#[utoipa::path(get, path = "/plans/{plan}/letters/{office}", operation_id = "get_letter", tag = "plan", params(LetterPath, PaperQuery),
    responses((status = 200, description = "The letter", content((String = "text/html"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")))))]
pub async fn get_letter(
    State(api): State<Api>,
    caller: Caller,
    lang: Lang,
    Path(path): Path<LetterPath>,
    Query(asked): Query<PaperQuery>,
) -> Answer<Response> {
    let paper = api.read(move |city: &City, store| {
        staff_only(&caller.actor)?;
        let plan = city.plans.plan(store, path.plan)?;
        let office = OfficeId(path.office);
        let letter = plan.letters.get(&office).ok_or_else(|| Problem::of(ErrorCode::NotFound))?;
        let page = page::letter(Titles { city, lang }, &plan, office, letter, caller.now);
        Ok(Paper { name: format!("letter-{}-{}", plan.year, office), page })
    });
    send(paper.await?, asked.format)
}

/// Sign a letter. The password is asked for again; in a demo city, where nobody knows one, it may be empty.
#[utoipa::path(post, path = "/plans/{plan}/letters/{office}/signatures", operation_id = "sign_letter", tag = "plan", params(LetterPath), request_body = NewSignature,
    responses((status = 200, description = "What happened", body = PlanChanged)))]
pub async fn sign_letter(
    State(api): State<Api>,
    caller: Caller,
    address: Address,
    key: Key,
    Path(path): Path<LetterPath>,
    input: Json<NewSignature>,
) -> Answer<Response> {
    let Json { value: NewSignature { side, password, if_seq }, bytes } = input;
    staff_only(&caller.actor)?;
    prove(&api, &address, caller.person, password).await?;
    let command = Command::Sign { office: OfficeId(path.office), side };
    perform(&api, &caller, key, &bytes, path.plan, if_seq, command).await
}

pub(super) fn letter_view(titles: Titles<'_>, plan: &Plan, office: OfficeId, letter: &Letter) -> LetterView {
    LetterView {
        office: office.0,
        name: titles.office(office),
        commitments: plan.led_by(office).count(),
        weight: plan.led_by(office).map(|commitment| commitment.weight).sum(),
        hash: letter.hash.clone(),
        complete: is_complete(&letter.signatures),
        signatures: letter.signatures.clone(),
        earlier: letter.earlier.clone(),
    }
}
