//! From effects to events: counters and ties stay in the case, everything else goes to the outbox with its addressees.

use std::collections::BTreeMap;

use guancheng_base::{CaseId, Name};

use super::Effect;
use crate::{Clock, Event, Holder, Move, Value, kernel::draft::Draft};

/// The late fee: thousandths of the fine a day, never above the fine itself (行政处罚法 72).
const LATE_PERMILLE_A_DAY: u16 = 30;

/// The effects of a move that was just made, and the document it issues.
pub(crate) fn of_move(draft: &mut Draft<'_>, mv: &Move) {
    for effect in &mv.effects {
        emit(draft, effect);
    }
    if let Some(title) = &mv.document {
        let with = BTreeMap::from([("title".into(), title.clone()), ("move".into(), mv.id.to_string())]);
        draft.emit(Event::Effect { effect: "document".into(), to: Vec::new(), with });
    }
}

/// The effects of a breach. They name the clock and reach whoever is measured by it.
pub(crate) fn of_breach(draft: &mut Draft<'_>, clock: &Clock) {
    for effect in &clock.breach {
        let holder = clock.holder.clone();
        put(draft, effect, holder, Some(&clock.id));
    }
}

/// One effect of the present state.
pub(crate) fn emit(draft: &mut Draft<'_>, effect: &Effect) {
    put(draft, effect, None, None);
}

fn put(draft: &mut Draft<'_>, effect: &Effect, holder: Option<Holder>, clock: Option<&Name>) {
    if let Some(counter) = counter(effect) {
        draft.emit(Event::Counted { counter: counter.into() });
        return;
    }
    let holder = holder.or_else(|| draft.state().map(|state| state.holder.clone())).unwrap_or(Holder::None);
    let mut to = addressees(draft, effect, &holder);
    if let (Effect::FollowMainCase, Some(main)) = (effect, main_case(draft)) {
        draft.emit(Event::Linked { kind: "main".into(), case: main });
        to.push(format!("case:{main}"));
    }
    let mut with = parameters(draft, effect);
    with.extend(clock.map(|clock| ("clock".into(), clock.to_string())));
    draft.emit(Event::Effect { effect: effect.name().into(), to, with });
}

fn counter(effect: &Effect) -> Option<&'static str> {
    match effect {
        Effect::CountRework => Some("rework"),
        Effect::CountDispute => Some("dispute"),
        Effect::CountBadWorks => Some("bad_works"),
        _ => None,
    }
}

fn addressees(draft: &Draft<'_>, effect: &Effect, holder: &Holder) -> Vec<String> {
    let one = |text: &str| vec![text.to_owned()];
    match effect {
        Effect::TellReporter | Effect::TellApplicant | Effect::AskReporter => one("reporter"),
        Effect::TellUnit | Effect::RemindHolder | Effect::OfferSubstitute => holder_names(draft, holder),
        Effect::TellLeader | Effect::ReportUp => one("role:leader"),
        Effect::TellShiftLeader => one("role:shift_leader"),
        Effect::TellGridInspector => one("role:collector"),
        Effect::EscalateSupervision | Effect::ProposeListing => one("role:supervisor"),
        _ => Vec::new(),
    }
}

fn holder_names(draft: &Draft<'_>, holder: &Holder) -> Vec<String> {
    match holder {
        Holder::Role(role) => vec![format!("role:{role}")],
        Holder::Field(field) => match draft.field(field) {
            Some(Value::Org(office)) => vec![format!("office:{office}")],
            _ => Vec::new(),
        },
        Holder::Applicant | Holder::Party => vec!["reporter".to_owned()],
        Holder::Parts => {
            let silent = draft.case.parts.iter().filter(|part| part.answer.is_none());
            silent.filter_map(|part| part.office).map(|office| format!("office:{office}")).collect()
        }
        Holder::None => Vec::new(),
    }
}

fn main_case(draft: &Draft<'_>) -> Option<CaseId> {
    draft.field("main_case").and_then(Value::as_text).and_then(|text| text.parse().ok()).map(CaseId)
}

/// What carries an effect out needs to know, taken from the case now: later it may have changed.
fn parameters(draft: &Draft<'_>, effect: &Effect) -> BTreeMap<Name, String> {
    let field = |id: &'static str| draft.field(id).map(|value| (Name::from(id), value.to_string()));
    match effect {
        Effect::OpenCase { category } => {
            let place = draft.position().map(|at| ("place".into(), Value::Point(at).to_string()));
            std::iter::once(("category".into(), category.to_string())).chain(place).collect()
        }
        Effect::SplitCase => [field("category"), field("place")].into_iter().flatten().collect(),
        Effect::FeeRoadRepair => [field("area_m2"), field("government_approval")].into_iter().flatten().collect(),
        Effect::FeeLateFine => {
            let rate = Some(("permille_a_day".into(), LATE_PERMILLE_A_DAY.to_string()));
            let cap = draft.field("fine").map(|fine| ("cap".into(), fine.to_string()));
            [field("fine"), rate, cap].into_iter().flatten().collect()
        }
        Effect::TellGridInspector | Effect::PublishWorks => {
            [field("grid"), field("work_from"), field("work_to")].into_iter().flatten().collect()
        }
        Effect::RecordRuling => [field("category"), field("grid"), field("unit")].into_iter().flatten().collect(),
        Effect::StartMoratoriumIfOverhaul => [field("purpose")].into_iter().flatten().collect(),
        _ => BTreeMap::new(),
    }
}
