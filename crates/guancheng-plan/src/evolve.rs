//! What then is: the fold of a plan's events. Total: an event about something that is not there changes nothing.

use crate::{
    Event, PlanRecord,
    model::{Amendment, Appraisal, Change, Circular, Commitment, Plan, Signature, Status},
    score,
};

/// Applies a record.
pub fn evolve(plan: &mut Plan, record: &PlanRecord) {
    plan.id = record.plan;
    plan.seq = record.seq;
    for event in &record.events {
        apply(plan, event.clone());
    }
}

/// A plan from its records, oldest first.
pub fn replay<'a>(records: impl IntoIterator<Item = &'a PlanRecord>) -> Plan {
    let mut plan = Plan::default();
    records.into_iter().for_each(|record| evolve(&mut plan, record));
    plan
}

fn apply(plan: &mut Plan, event: Event) {
    match event {
        Event::Imported { year, title, publisher, preamble, sections, items, commitments } => {
            let commitments = commitments.into_iter().map(|one| (one.id.clone(), one)).collect();
            let (id, seq) = (plan.id, plan.seq);
            *plan = Plan { id, seq, year, title, publisher, preamble, sections, items, commitments, ..Plan::default() };
        }
        Event::Confirmed { commitments, stamp } => {
            for id in commitments {
                edit(plan, &id, |one| one.confirmed = Some(stamp));
            }
        }
        Event::Unconfirmed { commitment } => edit(plan, &commitment, |one| one.confirmed = None),
        Event::Replaced { old, new } => {
            old.iter().for_each(|id| drop(plan.commitments.remove(id)));
            plan.commitments.extend(new.into_iter().map(|one| (one.id.clone(), one)));
        }
        Event::Reclassed { commitment, class } => review(plan, &commitment, |one| {
            one.class = class;
            one.rule = "reviewer".to_owned();
        }),
        Event::Requantified { commitment, quantities } => {
            review(plan, &commitment, |one| one.quantities = quantities);
        }
        Event::OfficesNamed { commitment, lead, assist } => review(plan, &commitment, |one| {
            one.lead = lead;
            one.assist = assist;
        }),
        Event::Weighed { commitment, weight } => review(plan, &commitment, |one| one.weight = weight),
        Event::Answered { commitment, question, answer } => edit(plan, &commitment, |one| {
            let asked = one.questions.iter_mut().find(|asked| asked.id == question);
            asked.into_iter().for_each(|asked| asked.answers.push(answer.clone()));
        }),
        Event::Bound { commitment, binding } => review(plan, &commitment, |one| one.binding = Some(binding)),
        Event::Watched { commitment, counter } => edit(plan, &commitment, |one| one.counter = Some(counter)),
        Event::PutInWords { commitment, words } => edit(plan, &commitment, |one| one.words = words),
        other => apply_in_force(plan, other),
    }
}

fn apply_in_force(plan: &mut Plan, event: Event) {
    match event {
        Event::Adopted { baseline, letters, stamp } => {
            plan.status = Status::Adopted;
            plan.baseline = Some(baseline);
            plan.adopted = Some(stamp);
            plan.letters = letters.into_iter().collect();
        }
        Event::Signed { office, signature } => sign(plan, office, signature),
        Event::Delegated { delegation } => plan.delegations.push(delegation),
        Event::HelpAsked { commitment, help } => edit(plan, &commitment, |one| one.help = Some(help)),
        Event::HelpEnded { commitment } => edit(plan, &commitment, |one| one.help = None),
        Event::Judged { commitment, opinion } => edit(plan, &commitment, |one| one.opinion = Some(opinion)),
        Event::Amended { amendment, letters } => {
            amend(plan, &amendment);
            plan.amendments.push(amendment);
            letters.into_iter().for_each(|(office, hash)| reopen_letter(plan, office, hash));
        }
        Event::MeetingHeld { meeting } => plan.meetings.push(meeting),
        other => apply_to_papers(plan, other),
    }
}

fn apply_to_papers(plan: &mut Plan, event: Event) {
    match event {
        Event::CircularDrafted { circular } => plan.circulars.push(circular),
        Event::CircularEdited { circular, title, body } => paper(plan, circular, |paper| {
            paper.title = title;
            paper.body = body;
        }),
        Event::CircularIssued { circular, number, stamp } => paper(plan, circular, |paper| {
            paper.number = Some(number);
            paper.issued = Some(stamp);
        }),
        Event::CircularReleased { circular, stamp } => paper(plan, circular, |paper| paper.released = Some(stamp)),
        Event::AppraisalDrafted { appraisal } => plan.appraisals.push(appraisal),
        Event::OfficeMarked { appraisal, office, mark } => appraise(plan, appraisal, |one| {
            one.offices.entry(office).or_default().mark = Some(mark);
        }),
        Event::OfficeAdjusted { appraisal, office, adjustment } => appraise(plan, appraisal, |one| {
            one.offices.entry(office).or_default().adjustments.push(adjustment);
        }),
        Event::Appealed { appraisal, appeal } => appraise(plan, appraisal, |one| one.appeals.push(appeal)),
        Event::AppealRuled { appraisal, appeal, ruling } => appraise(plan, appraisal, |one| {
            let asked = one.appeals.iter_mut().find(|asked| asked.id == appeal);
            asked.into_iter().for_each(|asked| asked.ruling = Some(ruling.clone()));
        }),
        Event::AppraisalFinalised { appraisal, stamp } => {
            appraise(plan, appraisal, |one| one.finalised = Some(stamp));
        }
        _ => {}
    }
}

fn edit(plan: &mut Plan, id: &str, change: impl FnOnce(&mut Commitment)) {
    if let Some(commitment) = plan.commitments.get_mut(id) {
        change(commitment);
    }
}

/// What a reviewer changes must be confirmed again.
fn review(plan: &mut Plan, id: &str, change: impl FnOnce(&mut Commitment)) {
    edit(plan, id, |commitment| {
        change(commitment);
        commitment.confirmed = None;
    });
}

fn sign(plan: &mut Plan, office: guancheng_base::OfficeId, signature: Signature) {
    let letter = plan.letters.entry(office).or_default();
    letter.signatures.retain(|earlier| earlier.side != signature.side);
    letter.signatures.push(signature);
}

fn reopen_letter(plan: &mut Plan, office: guancheng_base::OfficeId, hash: String) {
    let letter = plan.letters.entry(office).or_default();
    letter.hash = hash;
    letter.earlier.append(&mut letter.signatures);
}

fn amend(plan: &mut Plan, amendment: &Amendment) {
    edit(plan, &amendment.commitment, |commitment| amended(commitment, &amendment.change));
}

/// What a commitment is after a change.
pub(crate) fn amended(commitment: &mut Commitment, change: &Change) {
    match change {
        Change::Binding { binding } => commitment.binding = Some(binding.clone()),
        Change::Lead { office } => {
            commitment.assist.retain(|assisting| assisting != office);
            commitment.lead = Some(*office);
        }
        Change::Quantities { quantities } => commitment.quantities.clone_from(quantities),
    }
}

fn paper(plan: &mut Plan, id: u32, change: impl FnOnce(&mut Circular)) {
    if let Some(circular) = plan.circulars.iter_mut().find(|circular| circular.id == id) {
        change(circular);
    }
}

/// Changes an appraisal and computes its totals, ranks and grades again.
fn appraise(plan: &mut Plan, id: u32, change: impl FnOnce(&mut Appraisal)) {
    if let Some(appraisal) = plan.appraisals.iter_mut().find(|appraisal| appraisal.id == id) {
        change(appraisal);
        score::total(appraisal);
    }
}
