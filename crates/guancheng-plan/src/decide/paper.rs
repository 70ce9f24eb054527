//! Circulars: drafted from frozen numbers, edited, numbered, issued, immutable; a correction is a new circular.

use guancheng_base::ErrorCode;
use guancheng_case::Refusal;

use super::{World, adopted, refuse, written, wrong};
use crate::{
    Command, Event, circular,
    model::{Circular, Plan},
};

/// Most characters of a title.
const TITLE_MAX: usize = 100;
/// Most characters of a text.
const BODY_MAX: usize = 20_000;

pub(super) fn decide(plan: &Plan, command: &Command, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    adopted(plan)?;
    match command {
        Command::DraftCircular { title, body } => draft(plan, title, body, None, "", world),
        Command::CorrectCircular { circular, reason, title, body } => {
            let wrong_one = find(plan, *circular)?;
            if wrong_one.issued.is_none() {
                return Err(refuse(
                    ErrorCode::MoveNotPossible,
                    "草稿可直接修改，不需要更正",
                    "a draft is edited, not corrected",
                ));
            }
            draft(plan, title, body, Some(*circular), &written("reason", reason, 500)?, world)
        }
        Command::EditCircular { circular, title, body } => {
            unissued(find(plan, *circular)?)?;
            let (title, body) = (written("title", title, TITLE_MAX)?, written("body", body, BODY_MAX)?);
            Ok(vec![Event::CircularEdited { circular: *circular, title, body }])
        }
        Command::IssueCircular { circular } => {
            unissued(find(plan, *circular)?)?;
            let number = number(plan, world);
            Ok(vec![Event::CircularIssued { circular: *circular, number, stamp: world.stamp() }])
        }
        Command::ReleaseCircular { circular } => release(find(plan, *circular)?, world),
        _ => Ok(Vec::new()),
    }
}

fn draft(
    plan: &Plan,
    title: &str,
    body: &str,
    corrects: Option<u32>,
    reason: &str,
    world: World<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Some(frozen) = world.frozen else {
        return Err(refuse(ErrorCode::MoveNotPossible, "台账暂时无法读取", "the ledger cannot be read now"));
    };
    let proposal = circular::propose(plan, frozen, world.offices);
    let title = if title.trim().is_empty() { proposal.title } else { written("title", title, TITLE_MAX)? };
    let body = if body.trim().is_empty() { proposal.body } else { written("body", body, BODY_MAX)? };
    let circular = Circular {
        id: u32::try_from(plan.circulars.len() + 1).unwrap_or(u32::MAX),
        title,
        body,
        frozen: frozen.clone(),
        drafted: world.stamp(),
        number: None,
        issued: None,
        released: None,
        corrects,
        reason: reason.to_owned(),
    };
    Ok(vec![Event::CircularDrafted { circular }])
}

fn find(plan: &Plan, id: u32) -> Result<&Circular, Refusal> {
    let found = plan.circulars.iter().find(|circular| circular.id == id);
    found.ok_or_else(|| wrong("circular", format!("没有编号为 {id} 的通报"), format!("there is no circular {id}")))
}

fn unissued(circular: &Circular) -> Result<(), Refusal> {
    let Some(number) = &circular.number else { return Ok(()) };
    let zh = format!("{number} 已印发，不能再改；请起草更正通报");
    Err(refuse(ErrorCode::MoveNotPossible, zh, format!("{number} is issued and never changes; draft a correction")))
}

fn number(plan: &Plan, world: World<'_>) -> String {
    let issued = plan.circulars.iter().filter(|circular| circular.number.is_some()).count();
    let template = &world.settings.circular_number;
    template.replace("{yyyy}", &plan.year.to_string()).replace("{seq}", &(issued + 1).to_string())
}

fn release(circular: &Circular, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    if circular.issued.is_none() {
        return Err(refuse(ErrorCode::MoveNotPossible, "未印发的通报不能公开", "only an issued circular is released"));
    }
    if circular.released.is_some() {
        return Ok(Vec::new());
    }
    Ok(vec![Event::CircularReleased { circular: circular.id, stamp: world.stamp() }])
}
