//! The appraisal of offices: draft, mark, adjust, appeal, rule, final.

use std::collections::BTreeMap;

use guancheng_base::{ErrorCode, OfficeId};
use guancheng_case::Refusal;

use super::{World, adopted, find as find_commitment, refuse, written, wrong};
use crate::{
    Amount, Command, Event,
    model::{Adjustment, Appeal, Appraisal, Frozen, Mark, OfficeScore, Plan, Ruling, ScoreRules},
    score,
};

/// The most points one adjustment or ruling moves.
const POINTS_MAX: i64 = 20_000;

pub(super) fn decide(plan: &Plan, command: &Command, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    adopted(plan)?;
    match command {
        Command::DraftAppraisal { period } => draft(plan, period, world),
        Command::MarkOffice { appraisal, office, mark, reason } => {
            scored(open(plan, *appraisal)?, *office)?;
            if *mark > 100 {
                return Err(wrong("mark", "领导评分为 0 至 100", "a mark is 0 to 100"));
            }
            let mark = Mark { mark: *mark, reason: written("reason", reason, 500)?, stamp: world.stamp() };
            Ok(vec![Event::OfficeMarked { appraisal: *appraisal, office: *office, mark }])
        }
        Command::AdjustOffice { appraisal, office, points, reason } => {
            scored(open(plan, *appraisal)?, *office)?;
            within(*points, -POINTS_MAX)?;
            let reason = written("reason", reason, 500)?;
            let adjustment = Adjustment { points: points.0, reason, stamp: world.stamp() };
            Ok(vec![Event::OfficeAdjusted { appraisal: *appraisal, office: *office, adjustment }])
        }
        Command::Appeal { appraisal, office, commitment, text } => {
            appeal(plan, *appraisal, *office, commitment.as_deref(), text, world)
        }
        Command::RuleAppeal { appraisal, appeal, upheld, points, reason } => {
            let asked = open(plan, *appraisal)?.appeals.iter().find(|asked| asked.id == *appeal);
            let asked = asked.ok_or_else(|| wrong("appeal", "没有这项申诉", "there is no such appeal"))?;
            if asked.ruling.is_some() {
                return Err(refuse(ErrorCode::AlreadyRuled, "这项申诉已有裁定", "this appeal has been ruled on"));
            }
            within(*points, 0)?;
            let points = if *upheld { points.0 } else { 0 };
            let reason = written("reason", reason, 500)?;
            let ruling = Ruling { upheld: *upheld, reason, points, stamp: world.stamp() };
            Ok(vec![Event::AppealRuled { appraisal: *appraisal, appeal: *appeal, ruling }])
        }
        Command::FinaliseAppraisal { appraisal } => finalise(plan, *appraisal, world),
        _ => Ok(Vec::new()),
    }
}

fn draft(plan: &Plan, period: &str, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    if !["half", "year"].contains(&period) {
        return Err(wrong("period", "考核期为 half（半年）或 year（年度）", "a period is half or year"));
    }
    let unfinished = |one: &&Appraisal| one.period == period && one.finalised.is_none();
    if plan.appraisals.iter().any(|one| unfinished(&one)) {
        let zh = "该考核期已有未定稿的考核";
        return Err(refuse(ErrorCode::AlreadyAsked, zh, "a draft appraisal of this period is open"));
    }
    let Some(frozen) = world.frozen else {
        return Err(refuse(ErrorCode::MoveNotPossible, "台账暂时无法读取", "the ledger cannot be read now"));
    };
    let due = world.calendar.due(world.ctx.now, world.settings.appeal_within);
    let appeals_until = due.map(|due| world.calendar.day_of(due)).map_err(|error| {
        refuse(
            error.code(),
            "工作日历未装载到申诉截止日",
            format!("the calendar does not reach the last day of appeals: {error}"),
        )
    })?;
    let rules = ScoreRules { mark_percent: world.settings.mark_percent, grades: world.settings.grades.clone() };
    let mut appraisal = Appraisal {
        id: u32::try_from(plan.appraisals.len() + 1).unwrap_or(u32::MAX),
        period: period.to_owned(),
        frozen: frozen.clone(),
        rules,
        offices: scores(plan, frozen, world),
        drafted: world.stamp(),
        appeals_until,
        appeals: Vec::new(),
        finalised: None,
    };
    score::total(&mut appraisal);
    Ok(vec![Event::AppraisalDrafted { appraisal }])
}

fn scores(plan: &Plan, frozen: &Frozen, world: World<'_>) -> BTreeMap<OfficeId, OfficeScore> {
    let score = |office: OfficeId| {
        let lines = frozen.lines.iter().filter(|line| line.office == Some(office));
        let (ledger, rated) = score::ledger_part(lines);
        OfficeScore {
            group: world.settings.group_of(office).to_owned(),
            ledger,
            rated,
            weight: plan.led_by(office).map(|commitment| commitment.weight).sum(),
            head: world.heads.get(&office).cloned().unwrap_or_default(),
            ..OfficeScore::default()
        }
    };
    plan.leads().into_iter().map(|office| (office, score(office))).collect()
}

fn appeal(
    plan: &Plan,
    id: u32,
    office: OfficeId,
    commitment: Option<&str>,
    text: &str,
    world: World<'_>,
) -> Result<Vec<Event>, Refusal> {
    let appraisal = open(plan, id)?;
    scored(appraisal, office)?;
    if world.today > appraisal.appeals_until {
        let zh = format!("申诉期已于 {} 截止", appraisal.appeals_until);
        return Err(refuse(
            ErrorCode::WindowPassed,
            zh,
            format!("appeals were taken until {}", appraisal.appeals_until),
        ));
    }
    if let Some(commitment) = commitment
        && find_commitment(plan, commitment)?.lead != Some(office)
    {
        let zh = format!("任务 {commitment} 不由本单位牵头");
        return Err(wrong("commitment", zh, format!("commitment {commitment} is not led by this office")));
    }
    let appeal = Appeal {
        id: u32::try_from(appraisal.appeals.len() + 1).unwrap_or(u32::MAX),
        office,
        commitment: commitment.map(str::to_owned),
        text: written("text", text, 2000)?,
        stamp: world.stamp(),
        ruling: None,
    };
    Ok(vec![Event::Appealed { appraisal: id, appeal }])
}

fn finalise(plan: &Plan, id: u32, world: World<'_>) -> Result<Vec<Event>, Refusal> {
    let appraisal = open(plan, id)?;
    let open_appeals = appraisal.appeals.iter().filter(|appeal| appeal.ruling.is_none()).count();
    if open_appeals > 0 {
        let zh = format!("还有 {open_appeals} 项申诉未裁定");
        return Err(refuse(ErrorCode::MoveNotPossible, zh, format!("{open_appeals} appeals have no ruling")));
    }
    if world.today <= appraisal.appeals_until {
        let zh = format!("申诉期到 {} 为止，之后方可定稿", appraisal.appeals_until);
        let en = format!("appeals are taken until {}; it becomes final after that day", appraisal.appeals_until);
        return Err(Refusal {
            until: Some(appraisal.appeals_until.to_string()),
            ..refuse(ErrorCode::MoveNotPossible, zh, en)
        });
    }
    Ok(vec![Event::AppraisalFinalised { appraisal: id, stamp: world.stamp() }])
}

fn open(plan: &Plan, id: u32) -> Result<&Appraisal, Refusal> {
    let found = plan.appraisals.iter().find(|appraisal| appraisal.id == id);
    let appraisal = found
        .ok_or_else(|| wrong("appraisal", format!("没有编号为 {id} 的考核"), format!("there is no appraisal {id}")))?;
    if appraisal.finalised.is_some() {
        let zh = "考核已定稿，不能再改；更正须另起一次考核";
        return Err(refuse(ErrorCode::MoveNotPossible, zh, "the appraisal is final; a correction is a new one"));
    }
    Ok(appraisal)
}

fn scored(appraisal: &Appraisal, office: OfficeId) -> Result<(), Refusal> {
    if appraisal.offices.contains_key(&office) {
        return Ok(());
    }
    Err(wrong("office", "该单位不在本次考核之内", "this office is not in the appraisal"))
}

fn within(points: Amount, min: i64) -> Result<(), Refusal> {
    if (min..=POINTS_MAX).contains(&points.0) {
        return Ok(());
    }
    let (min, max) = (Amount(min), Amount(POINTS_MAX));
    Err(wrong("points", format!("分值应在 {min} 至 {max} 之间"), format!("points are between {min} and {max}")))
}
