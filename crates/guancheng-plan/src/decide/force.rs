//! From a reviewed draft to a plan in force: adoption, letters and their signatures, the task tree, help, judgement,
//! amendment.

use guancheng_base::{CaseId, ErrorCode, Name, OfficeId};
use guancheng_case::{FieldFault, Refusal, Text};
use sha2::{Digest, Sha256};

use super::{World, adopted, find, known_office, refuse, review::check_binding, written, wrong};
use crate::{
    Command, Event,
    evolve::amended,
    model::{
        Amendment, Answer, Binding, Change, Commitment, Delegation, Letter, Opinion, Plan, Side, Signature, Status,
    },
};

/// Most characters of a reason.
const REASON_MAX: usize = 500;

pub(super) fn decide(plan: &Plan, command: &Command, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    match command.clone() {
        Command::Adopt => adopt(plan, world),
        Command::Sign { office, side } => sign(plan, office, side, world),
        Command::Delegate { commitment, parent, office, post, text } => {
            let id = u32::try_from(plan.delegations.len() + 1).unwrap_or(u32::MAX);
            let text = written("text", &text, REASON_MAX)?;
            delegate(plan, Delegation { id, commitment, parent, office, post, text, stamp: world.stamp() }, world)
        }
        Command::AskHelp { commitment, text } => {
            adopted(plan)?;
            find(plan, &commitment)?;
            let help = Answer { text: written("text", &text, REASON_MAX)?, stamp: world.stamp() };
            Ok(vec![Event::HelpAsked { commitment, help }])
        }
        Command::EndHelp { commitment } => {
            let asked = find(plan, &commitment)?.help.is_some();
            Ok(asked.then_some(Event::HelpEnded { commitment }).into_iter().collect())
        }
        Command::Judge { commitment, mark, reason } => judge(plan, commitment, mark, &reason, world),
        _ => Ok(Vec::new()),
    }
}

fn adopt(plan: &Plan, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    if plan.status == Status::Adopted {
        return Ok(Vec::new());
    }
    let faults: Vec<FieldFault> = plan.commitments.values().flat_map(unready).collect();
    if !faults.is_empty() || plan.commitments.is_empty() {
        let n = faults.len();
        let zh = format!(
            "还有 {n} 处未完成：每条任务都要确认、明确牵头单位和落实方式，有指标的要有制衡指标或说明，疑问都要回答"
        );
        let en = format!(
            "{n} things are open: each commitment confirmed, with lead and binding, targets watched, questions answered"
        );
        return Err(Refusal { fields: faults, ..refuse(ErrorCode::FieldMissing, zh, en) });
    }
    let letter = |office| (office, Letter { hash: letter_hash(plan, office), ..Letter::default() });
    let letters = plan.leads().into_iter().map(letter).collect();
    Ok(vec![Event::Adopted { baseline: baseline(plan), letters, stamp: world.stamp() }])
}

/// What keeps a commitment from being adopted.
fn unready(commitment: &Commitment) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut fault = |zh: &str, en: &str| {
        let field = Name::from(commitment.id.as_str());
        faults.push(FieldFault {
            field,
            text: Text::new(format!("{}：{zh}", commitment.id), format!("{}: {en}", commitment.id)),
        });
    };
    if commitment.confirmed.is_none() {
        fault("未确认", "not confirmed");
    }
    if commitment.lead.is_none() {
        fault("未明确牵头单位", "no lead office");
    }
    match &commitment.binding {
        None => fault("未选择落实方式", "bound to nothing"),
        Some(binding) if binding.has_target() && commitment.counter.is_none() => {
            fault("有指标而无制衡指标或说明", "a target without counter-indicator or reason");
        }
        Some(_) => {}
    }
    if commitment.questions.iter().any(crate::model::Question::is_open) {
        fault("有疑问未回答", "an open question");
    }
    faults
}

/// SHA-256 over every commitment as it is adopted.
fn baseline(plan: &Plan) -> String {
    let mut sha = Sha256::new();
    sha.update(b"guancheng plan baseline 1\n");
    plan.commitments.values().for_each(|commitment| content(&mut sha, commitment));
    hex(&sha.finalize())
}

/// SHA-256 of a letter: the commitments the office leads, with standards, days and weights. Plain words and what
/// happened since are no part of it.
pub fn letter_hash(plan: &Plan, office: OfficeId) -> String {
    let mut sha = Sha256::new();
    sha.update(b"guancheng letter 1\n");
    sha.update(plan.year.to_be_bytes());
    sha.update(office.0.to_be_bytes());
    plan.led_by(office).for_each(|commitment| content(&mut sha, commitment));
    hex(&sha.finalize())
}

fn content(sha: &mut Sha256, commitment: &Commitment) {
    let mut part = |text: &str| {
        // With its length in front no text can borrow characters from its neighbour.
        sha.update((text.len() as u64).to_be_bytes());
        sha.update(text.as_bytes());
    };
    part(&commitment.id);
    part(&commitment.text);
    part(&commitment.weight.to_string());
    part(&format!("{:?}", commitment.lead));
    part(&format!("{:?}", commitment.assist));
    part(&format!("{:?}", commitment.quantities));
    part(&format!("{:?}", commitment.binding));
    part(&format!("{:?}", commitment.counter));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sign(plan: &Plan, office: OfficeId, side: Side, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    adopted(plan)?;
    let Some(letter) = plan.letters.get(&office) else {
        let zh = "该单位没有牵头任务，没有目标责任书";
        return Err(wrong("office", zh, "this office leads nothing and has no letter"));
    };
    if plan.led_by(office).next().is_none() {
        let zh = "该单位的任务已全部调整给其他单位，责任书不再签署";
        return Err(refuse(ErrorCode::MoveNotPossible, zh, "every commitment of this office was given to others"));
    }
    let Some(signer) = world.signer else {
        let zh = "您没有可以签署的岗位";
        return Err(refuse(ErrorCode::NotAllowed, zh, "you hold no post that signs"));
    };
    let signed = |signature: &Signature| signature.side == side && signature.person == signer.person;
    if letter.signatures.iter().any(signed) {
        return Ok(Vec::new());
    }
    if letter.signatures.iter().any(|signature| signature.person == signer.person) {
        let zh = "同一人不能代表双方签署";
        return Err(refuse(ErrorCode::NotByYou, zh, "one person cannot sign for both sides"));
    }
    let signature = Signature {
        side,
        person: signer.person,
        post: signer.post,
        name: signer.name.clone(),
        stamp: world.stamp(),
        hash: letter.hash.clone(),
    };
    Ok(vec![Event::Signed { office, signature }])
}

fn delegate(plan: &Plan, delegation: Delegation, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    adopted(plan)?;
    find(plan, &delegation.commitment)?;
    known_office(world, "office", delegation.office)?;
    if let Some(post) = delegation.post
        && world.posts.get(&post) != Some(&delegation.office)
    {
        return Err(wrong("post", "该岗位不属于所选单位", "the post is not in that office"));
    }
    if let Some(parent) = delegation.parent {
        let above = plan.delegations.iter().find(|other| other.id == parent);
        if above.is_none_or(|above| above.commitment != delegation.commitment) {
            let zh = format!("没有编号为 {parent} 的上级分解");
            return Err(wrong("parent", zh, format!("there is no delegation {parent} of this commitment")));
        }
    }
    Ok(vec![Event::Delegated { delegation }])
}

fn judge(plan: &Plan, id: String, mark: u8, reason: &str, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    adopted(plan)?;
    let commitment = find(plan, &id)?;
    if !matches!(commitment.binding, Some(Binding::Opinion)) {
        let zh = format!("任务 {id} 由记录计算，不以评议定结果");
        return Err(refuse(ErrorCode::ConditionFalse, zh, format!("commitment {id} is read from records, not judged")));
    }
    if mark > 100 {
        return Err(wrong("mark", "评议分为 0 至 100", "a mark is 0 to 100"));
    }
    let opinion = Opinion { mark, reason: written("reason", reason, REASON_MAX)?, stamp: world.stamp() };
    Ok(vec![Event::Judged { commitment: id, opinion }])
}

/// What an approved amendment does. Letters whose content changes must be signed again.
///
/// # Errors
/// An unknown commitment, a binding that cannot be, a draft.
pub fn amend(
    plan: &Plan,
    id: &str,
    change: Change,
    case: CaseId,
    reason: &str,
    world: World<'_>,
) -> Result<Vec<Event>, Refusal> {
    adopted(plan)?;
    let before = find(plan, id)?;
    match &change {
        Change::Binding { binding } => check_binding(plan, binding)?,
        Change::Lead { office } => known_office(world, "office", *office)?,
        Change::Quantities { .. } => {}
    }
    let mut after = plan.clone();
    after.commitments.get_mut(id).into_iter().for_each(|commitment| amended(commitment, &change));
    let leads = [before.lead, after.commitment(id).and_then(|commitment| commitment.lead)];
    let mut offices: Vec<OfficeId> = leads.into_iter().flatten().collect();
    offices.dedup();
    let stands = |office: &OfficeId, hash: &String| plan.letters.get(office).is_some_and(|letter| letter.hash == *hash);
    let letters = offices.into_iter().map(|office| (office, letter_hash(&after, office)));
    let letters = letters.filter(|(office, hash)| !stands(office, hash)).collect();
    let amendment = Amendment {
        commitment: id.to_owned(),
        change,
        before: Box::new(before.clone()),
        case,
        reason: reason.to_owned(),
        stamp: world.stamp(),
    };
    Ok(vec![Event::Amended { amendment, letters }])
}
