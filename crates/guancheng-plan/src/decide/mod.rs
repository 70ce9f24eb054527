//! What happens when something is asked of a plan: pure, and refused with what, where and what would be right.

mod appraise;
mod force;
mod meet;
mod paper;
mod review;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use guancheng_base::{CaseId, Ctx, Day, ErrorCode, OfficeId, PersonId, PostId};
use guancheng_calendar::Calendar;
use guancheng_case::{FieldFault, Refusal, Text};

pub use force::{amend, letter_hash};
pub use review::check_binding;

use crate::{
    Act, Command, Event, Settings,
    model::{Commitment, Frozen, Plan, Stamp, Status},
};

/// Who signs, in which post.
#[derive(Clone, Debug, PartialEq)]
pub struct Signer {
    /// The person.
    pub person: PersonId,
    /// The post.
    pub post: PostId,
    /// Name and post in words.
    pub name: String,
}

/// What a decision may know beside the plan.
#[derive(Clone, Copy)]
pub struct World<'w> {
    /// When and by whom.
    pub ctx: &'w Ctx,
    /// The civil day in the city.
    pub today: Day,
    /// The city's calendar.
    pub calendar: &'w Calendar,
    /// What the pack declares.
    pub settings: &'w Settings,
    /// The offices that exist, with their names.
    pub offices: &'w BTreeMap<OfficeId, String>,
    /// The posts of each office.
    pub posts: &'w BTreeMap<PostId, OfficeId>,
    /// The post in which the actor signs, where one fits.
    pub signer: Option<&'w Signer>,
    /// Who holds the head post of each office, in words.
    pub heads: &'w BTreeMap<OfficeId, String>,
    /// The ledger as it is now, for papers.
    pub frozen: Option<&'w Frozen>,
    /// The cases that decisions of a meeting became, in order.
    pub decided: &'w [CaseId],
}

impl World<'_> {
    fn stamp(&self) -> Stamp {
        Stamp { by: self.ctx.actor.person(), at: self.ctx.now }
    }
}

/// The right a command takes, and the office it is about where it is about one.
pub fn act_of(plan: &Plan, command: &Command) -> (Act, Option<OfficeId>) {
    let lead = |id: &str| plan.commitment(id).and_then(|commitment| commitment.lead);
    match command {
        Command::Confirm { .. }
        | Command::Unconfirm { .. }
        | Command::Split { .. }
        | Command::Merge { .. }
        | Command::Reclass { .. }
        | Command::Requantify { .. }
        | Command::NameOffices { .. }
        | Command::Weigh { .. }
        | Command::Answer { .. }
        | Command::Bind { .. }
        | Command::Watch { .. }
        | Command::PutInWords { .. } => (Act::Review, None),
        Command::Adopt => (Act::Adopt, None),
        Command::Sign { side: crate::model::Side::Bureau, .. } | Command::Judge { .. } | Command::MarkOffice { .. } => {
            (Act::Lead, None)
        }
        Command::Sign { office, .. } | Command::Appeal { office, .. } => (Act::ForOffice, Some(*office)),
        Command::Delegate { commitment, .. }
        | Command::AskHelp { commitment, .. }
        | Command::EndHelp { commitment } => (Act::ForOffice, lead(commitment)),
        Command::HoldMeeting { .. }
        | Command::DraftCircular { .. }
        | Command::EditCircular { .. }
        | Command::IssueCircular { .. }
        | Command::ReleaseCircular { .. }
        | Command::CorrectCircular { .. } => (Act::Supervise, None),
        Command::DraftAppraisal { .. }
        | Command::AdjustOffice { .. }
        | Command::RuleAppeal { .. }
        | Command::FinaliseAppraisal { .. } => (Act::Appraise, None),
    }
}

/// What happens. An empty answer means that everything asked for is so already.
///
/// # Errors
/// A refusal with a stable code; nothing happened.
pub fn decide(plan: &Plan, command: &Command, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    match act_of(plan, command).0 {
        Act::Review => review::decide(plan, command, world),
        Act::Adopt | Act::ForOffice | Act::Lead if !is_paper(command) => force::decide(plan, command, world),
        Act::Appraise | Act::ForOffice | Act::Lead => appraise::decide(plan, command, world),
        _ if matches!(command, Command::HoldMeeting { .. }) => meet::decide(plan, command, world),
        _ => paper::decide(plan, command, world),
    }
}

fn is_paper(command: &Command) -> bool {
    matches!(command, Command::Appeal { .. } | Command::MarkOffice { .. })
}

fn refuse(code: ErrorCode, zh: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal { rule: "plan".to_owned(), ..Refusal::new(code, Text::new(zh, en)) }
}

/// A refusal that marks one field of the command.
fn wrong(field: &str, zh: impl Into<String>, en: impl Into<String>) -> Refusal {
    let text = Text::new(zh, en);
    Refusal {
        fields: vec![FieldFault { field: field.into(), text: text.clone() }],
        rule: "plan".to_owned(),
        ..Refusal::new(ErrorCode::FieldInvalid, text)
    }
}

fn find<'p>(plan: &'p Plan, id: &str) -> Result<&'p Commitment, Refusal> {
    plan.commitment(id)
        .ok_or_else(|| wrong("commitment", format!("没有编号为 {id} 的任务"), format!("there is no commitment {id}")))
}

/// Text that must be there, at most `max` characters.
fn written(field: &str, text: &str, max: usize) -> Result<String, Refusal> {
    let text = text.trim();
    let n = text.chars().count();
    if n == 0 {
        return Err(wrong(field, "请填写内容", "write something here"));
    }
    if n > max {
        return Err(wrong(
            field,
            format!("最多 {max} 字，现有 {n} 字"),
            format!("at most {max} characters, there are {n}"),
        ));
    }
    Ok(text.to_owned())
}

fn known_office(world: World<'_>, field: &str, office: OfficeId) -> Result<(), Refusal> {
    if world.offices.contains_key(&office) {
        return Ok(());
    }
    Err(wrong(field, format!("没有编号为 {office} 的单位"), format!("there is no office {office}")))
}

fn adopted(plan: &Plan) -> Result<(), Refusal> {
    if plan.status == Status::Adopted {
        return Ok(());
    }
    let zh = "要点尚未审定发布；请先完成逐条复核并发布";
    Err(refuse(ErrorCode::MoveNotPossible, zh, "the plan is a draft; review and adopt it first"))
}
