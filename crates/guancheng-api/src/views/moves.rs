//! The buttons of a case: each with its form, its evidence, and, where it is shut, why.

use guancheng_base::ErrorCode;
use guancheng_case::{By, Field, FieldKind, Move, MoveOption, Procedure, Refusal};

use super::{evidence::kind_name, titles::Titles};
use crate::{
    dto::{self, Advice, EvidenceNeed, FieldView, MoveView},
    problem::Problem,
};

/// Every move out of the present state. The first possible one in declared order is primary; a step that somebody else
/// must approve (a void, a hanging) never is.
pub fn moves(titles: Titles<'_>, procedure: &Procedure, options: Vec<MoveOption<'_>>, holder: &str) -> Vec<MoveView> {
    let open =
        |option: &MoveOption<'_>| option.possible.is_ok() || acknowledgement(titles, procedure, option).is_some();
    let primary = options.iter().position(|option| open(option) && !option.asks_approval);
    let view = |(at, option): (usize, MoveOption<'_>)| {
        let mv = option.mv;
        let mut view = view(titles, procedure, option, primary == Some(at));
        if let Some(because) = view.because.as_mut().filter(|because| because.code == ErrorCode::NotAllowed.as_str()) {
            because.detail = done_by(titles, mv, &view.title, holder);
        }
        view
    };
    options.into_iter().enumerate().map(view).collect()
}

/// Who does it, by the titles that people know.
fn done_by(titles: Titles<'_>, mv: &Move, title: &str, holder: &str) -> String {
    let lang = titles.lang;
    let who = mv.by.iter().filter_map(|by| match by {
        By::Role(role) => Some(titles.role(role)),
        By::Holder => Some(holder.to_owned()),
        By::Reporter => Some(lang.pick("反映人", "the reporter").to_owned()),
        By::Applicant => Some(lang.pick("申请人", "the applicant").to_owned()),
        By::Party => Some(lang.pick("当事人", "the party").to_owned()),
        By::System(_) => None,
    });
    let who = who.collect::<Vec<_>>().join(lang.pick("、", ", "));
    lang.pick(format!("“{title}”由{who}办理"), format!("{title} is done by: {who}"))
}

/// A refusal as data inside a view.
pub fn because(titles: Titles<'_>, possible: Result<(), Refusal>) -> Option<dto::Refusal> {
    possible.err().map(|refusal| Problem::from(refusal).to_refusal(titles.lang))
}

/// A declared field as a client renders it.
pub fn field(titles: Titles<'_>, procedure: &Procedure, field: &Field, required: bool) -> FieldView {
    let mut view = FieldView {
        id: field.id.to_string(),
        title: titles.field(procedure, &field.id),
        kind: kind(&field.kind),
        required,
        max: None,
        min: None,
        unit: None,
        list: None,
        refers_to: None,
        sensitive: field.sensitive,
    };
    match &field.kind {
        FieldKind::Text { max } => view.max = Some(*max as f64),
        FieldKind::Int { min, max } => (view.min, view.max) = (min.map(|n| n as f64), max.map(|n| n as f64)),
        FieldKind::Decimal { min, max, unit } => (view.min, view.max, view.unit) = (*min, *max, Some(unit.clone())),
        FieldKind::Money { currency } => (view.min, view.unit) = (Some(0.0), Some(currency.to_string())),
        FieldKind::Code { list } => view.list = Some(list.to_string()),
        FieldKind::Ref { to } => view.refers_to = Some(to.to_string()),
        FieldKind::People { min } => view.min = Some(*min as f64),
        FieldKind::Address => view.max = Some(200.0),
        _ => {}
    }
    view
}

fn view(titles: Titles<'_>, procedure: &Procedure, mut option: MoveOption<'_>, primary: bool) -> MoveView {
    let mv = option.mv;
    let required = mv.require.iter().filter_map(|id| procedure.field(id)).filter(|field| field.derive.is_none());
    let required = required.map(|declared| field(titles, procedure, declared, option.missing.contains(&declared.id)));
    let mut form: Vec<FieldView> = required.collect();
    let mut said = None;
    if let Some((ask, message)) = acknowledgement(titles, procedure, &option) {
        form.push(ask);
        said = Some(message);
        option.possible = Ok(());
    }
    let needs = option.evidence.iter().map(|need| EvidenceNeed {
        kind: kind_name(need.rule.kind).to_owned(),
        min: need.rule.min.saturating_sub(need.have) as i64,
        tags: need.rule.tags.clone(),
        within_m: need.rule.within_m.map(i64::from),
        after_state: need.rule.after_state.as_ref().map(|state| titles.state(procedure, state)),
    });
    let approve = if option.asks_approval { mv.approve.as_slice() } else { &[] };
    let advise = option.advice.iter().map(|failure| Advice {
        check: failure.check.to_string(),
        message: failure.text.get(titles.lang.into()).to_owned(),
    });
    let advise = advise.chain(said);
    MoveView {
        id: mv.id.to_string(),
        title: titles.mv(procedure, &mv.id),
        to: (!mv.from.contains(&mv.to)).then(|| mv.to.to_string()),
        primary,
        possible: option.possible.is_ok(),
        fields: form,
        evidence: needs.collect(),
        approve: approve.iter().map(|role| titles.role(role)).collect(),
        advise: advise.collect(),
        because: because(titles, option.possible),
    }
}

/// Checks that a person may answer: the field in which they say that they looked.
const ANSWERED_IN: [(&str, &str); 1] = [("duplicate.none_open_nearby", "not_duplicate")];

/// Where the one check that refuses may be answered, the button opens with that question and the check's words, and the
/// check decides again.
fn acknowledgement(titles: Titles<'_>, procedure: &Procedure, option: &MoveOption<'_>) -> Option<(FieldView, Advice)> {
    let refusal = option.possible.as_ref().err().filter(|refusal| refusal.code == ErrorCode::CheckFailed)?;
    let [check] = refusal.checks.as_slice() else { return None };
    let (_, answer) = ANSWERED_IN.iter().find(|(known, _)| *check == **known)?;
    let ask = procedure.field(answer).filter(|field| field.kind == FieldKind::Bool)?;
    let message = refusal.text.get(titles.lang.into()).to_owned();
    Some((field(titles, procedure, ask, true), Advice { check: check.to_string(), message }))
}

fn kind(kind: &FieldKind) -> dto::FieldKind {
    match kind {
        FieldKind::Text { .. } => dto::FieldKind::Text,
        FieldKind::Int { .. } => dto::FieldKind::Int,
        FieldKind::Decimal { .. } => dto::FieldKind::Decimal,
        FieldKind::Money { .. } => dto::FieldKind::Money,
        FieldKind::Date => dto::FieldKind::Date,
        FieldKind::Moment => dto::FieldKind::Moment,
        FieldKind::Bool => dto::FieldKind::Bool,
        FieldKind::Code { .. } => dto::FieldKind::Code,
        FieldKind::Ref { .. } => dto::FieldKind::Ref,
        FieldKind::Org => dto::FieldKind::Org,
        FieldKind::Person => dto::FieldKind::Person,
        FieldKind::People { .. } => dto::FieldKind::People,
        FieldKind::Point => dto::FieldKind::Point,
        FieldKind::Line => dto::FieldKind::Line,
        FieldKind::File => dto::FieldKind::File,
        FieldKind::Photo => dto::FieldKind::Photo,
        FieldKind::Address => dto::FieldKind::Address,
    }
}
