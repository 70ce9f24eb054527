//! The sentences of refusals in both languages, in one place so that they can be read and mended together. Each says
//! what, where, and what would be right.

use guancheng_base::Instant;
use guancheng_calendar::Calendar;
use guancheng_org::Who;

use crate::{Facts, Text};

/// A moment as people write it: local date and time to the minute.
pub(crate) fn moment(calendar: &Calendar, at: Instant) -> String {
    let text = calendar.format_local(at);
    text.get(..16).map_or(text.clone(), |cut| cut.replace('T', " "))
}

pub(crate) fn not_allowed(act: &Text, who: &Text) -> Text {
    Text::new(format!("“{}”只能由{}办理", act.zh, who.zh), format!("{} is for: {}", act.en, who.en))
}

pub(crate) fn not_by_you(act: &str) -> Text {
    Text::new(
        format!("“{act}”须由他人办理：您办过前一环节，或正是被反映的一方（回避）"),
        format!("{act} must be done by someone else: you did the earlier step, or the case complains of you"),
    )
}

pub(crate) fn no_such_move(mv: &str, kind: &str) -> Text {
    Text::new(format!("{kind}没有名为 {mv} 的操作"), format!("{kind} has no move {mv}"))
}

pub(crate) fn wrong_state(act: &str, state: &str, possible: &str) -> Text {
    Text::new(
        format!("案件现为“{state}”，不能“{act}”；现在可以：{possible}"),
        format!("the case is in {state}, where {act} is not possible; possible now: {possible}"),
    )
}

pub(crate) fn closed(state: &str) -> Text {
    Text::new(format!("案件已办结（{state}）"), format!("the case has ended ({state})"))
}

pub(crate) fn window_passed(act: &str, until: &str) -> Text {
    Text::new(format!("“{act}”须在 {until} 之前提出，期限已过"), format!("{act} was possible until {until}"))
}

pub(crate) fn limit_reached(act: &str, times: u32, instead: Option<&str>) -> Text {
    let (zh, en) = match instead {
        Some(title) => (format!("；请改为“{title}”"), format!("; do {title} instead")),
        None => (String::new(), String::new()),
    };
    Text::new(format!("“{act}”最多 {times} 次，已用完{zh}"), format!("{act} is possible {times} time(s) only{en}"))
}

pub(crate) fn missing_fields(act: &Text, titles: &str) -> Text {
    Text::new(format!("“{}”还缺：{titles}", act.zh), format!("{} still needs: {titles}", act.en))
}

/// A move by its title; titles are in the pack's language.
pub(crate) fn titled(title: &str) -> Text {
    Text::new(title, title)
}

pub(crate) fn extension_of(title: &str) -> Text {
    Text::new(format!("{title}延期"), format!("the extension of {title}"))
}

pub(crate) fn missing_field(title: &str) -> Text {
    Text::new(format!("请填写“{title}”"), format!("{title} is required"))
}

pub(crate) fn invalid_fields(n: usize) -> Text {
    Text::new(format!("{n} 个字段的内容不合要求"), format!("{n} field(s) do not fit their declaration"))
}

pub(crate) fn undeclared_field(field: &str) -> Text {
    Text::new(format!("没有声明名为 {field} 的字段"), format!("there is no field {field}"))
}

pub(crate) fn guarded_field(title: &str) -> Text {
    Text::new(
        format!("“{title}”决定期限或责任，不能在这一步修改"),
        format!("{title} decides time limits or responsibility and cannot be changed by this act"),
    )
}

pub(crate) fn bad_case_reference(title: &str) -> Text {
    Text::new(
        format!("“{title}”应为另一件存在的案件的编号"),
        format!("{title} must be the id of another case that exists"),
    )
}

pub(crate) fn outside_city(title: &str) -> Text {
    Text::new(format!("“{title}”不在本市任何网格内"), format!("{title} lies in no grid cell of this city"))
}

pub(crate) fn condition_false(act: &str, conditions: &str) -> Text {
    Text::new(format!("“{act}”只适用于 {conditions} 的案件"), format!("{act} is for cases where {conditions}"))
}

pub(crate) fn already_asked(act: &Text) -> Text {
    Text::new(
        format!("“{}”的申请已提交，等待批准", act.zh),
        format!("{} has been asked for and waits for approval", act.en),
    )
}

/// One way to be allowed an act, in words.
pub(crate) fn who(who: &Who, facts: &dyn Facts) -> Text {
    match who {
        Who::Role(role) => titled(&facts.role_title(role).unwrap_or_else(|| role.to_string())),
        Who::Office(office) => titled(&facts.office_title(*office).unwrap_or_else(|| format!("office {office}"))),
        Who::Person(person) => Text::new(format!("人员 {person}"), format!("person {person}")),
        Who::Reporter => Text::new("反映人", "the reporter"),
        Who::System => Text::new("系统", "the system"),
        Who::Viewer => Text::new("可见本案的人", "whoever may see the case"),
    }
}

pub(crate) fn no_such_ask(ask: i64) -> Text {
    Text::new(format!("没有编号为 {ask} 的申请"), format!("there is no question number {ask}"))
}

pub(crate) fn already_ruled(ask: i64) -> Text {
    Text::new(format!("第 {ask} 号申请已有批复"), format!("question {ask} has been ruled on"))
}

pub(crate) fn ask_is_stale(ask: i64) -> Text {
    Text::new(
        format!("第 {ask} 号申请提出后案件状态已变，不能再批准，只能驳回"),
        format!("the case has moved on since question {ask} was put; it can only be refused"),
    )
}

pub(crate) fn reason_needed() -> Text {
    Text::new("驳回须说明理由", "a refusal needs its reason")
}

pub(crate) fn no_such_clock(clock: &str) -> Text {
    Text::new(format!("案件没有在走的时限 {clock}"), format!("the case has no running clock {clock}"))
}

pub(crate) fn not_extendable(title: &str) -> Text {
    Text::new(format!("“{title}”不能延期"), format!("{title} cannot be extended"))
}

pub(crate) fn extended_enough(title: &str, times: u32) -> Text {
    Text::new(format!("“{title}”最多延期 {times} 次，已用完"), format!("{title} can be extended {times} time(s) only"))
}

pub(crate) fn extension_too_long(title: &str, max: &str) -> Text {
    Text::new(format!("“{title}”每次最多延期 {max}"), format!("{title} can be extended by at most {max}"))
}

pub(crate) fn extension_unit(title: &str, unit: &str) -> Text {
    Text::new(
        format!("“{title}”以 {unit} 计，延期也须以 {unit} 计"),
        format!("{title} counts in {unit}: extend it in {unit}"),
    )
}

pub(crate) fn extension_too_late(title: &str, due: &str) -> Text {
    Text::new(
        format!("“{title}”的延期须在到期（{due}）前申请"),
        format!("an extension of {title} must be asked for before it is due ({due})"),
    )
}

pub(crate) fn extension_apply_before(title: &str, before: &str, due: &str) -> Text {
    Text::new(
        format!("“{title}”的延期须在到期（{due}）{before} 以前申请"),
        format!("an extension of {title} must be asked for {before} before it is due ({due})"),
    )
}

pub(crate) fn no_pause_reason(title: &str, why: &str, known: &str) -> Text {
    Text::new(
        format!("“{title}”不能因 {why} 中止；可用的理由：{known}"),
        format!("{title} cannot be paused for {why}; reasons: {known}"),
    )
}

pub(crate) fn not_pausable(title: &str) -> Text {
    Text::new(format!("“{title}”没有在走，不能中止"), format!("{title} is not running and cannot be paused"))
}

pub(crate) fn not_resumable(title: &str) -> Text {
    Text::new(
        format!("“{title}”没有因申报理由中止，不能恢复"),
        format!("{title} is not paused for a declared reason and cannot be resumed"),
    )
}

pub(crate) fn no_such_part(part: &str) -> Text {
    Text::new(format!("没有待答复的联审部分 {part}"), format!("there is no open part {part}"))
}

pub(crate) fn opinion_needed() -> Text {
    Text::new("不同意须写明意见", "a disagreement needs its opinion")
}

pub(crate) fn empty_comment() -> Text {
    Text::new("留言不能为空，最多 2000 字", "a comment must not be empty and takes 2000 characters")
}

pub(crate) fn unknown_signal(event: &str, known: &str) -> Text {
    Text::new(
        format!("没有时限等待 {event}；在等的有：{known}"),
        format!("no clock waits for {event}; waited for: {known}"),
    )
}

pub(crate) fn evidence_missing(act: &str, what: &Text, have: usize, why_not: &Text) -> Text {
    Text::new(
        format!("“{act}”需要{}，合格的有 {have} 份{}", what.zh, why_not.zh),
        format!("{act} needs {}; {have} fit{}", what.en, why_not.en),
    )
}

pub(crate) fn checks_failed(act: &str, reasons: &Text) -> Text {
    Text::new(format!("“{act}”未通过检查：{}", reasons.zh), format!("{act} is refused: {}", reasons.en))
}

pub(crate) fn system_only(act: &str) -> Text {
    Text::new(format!("“{act}”由系统自动办理"), format!("{act} is done by the system itself"))
}

pub(crate) fn foreign_permit() -> Text {
    Text::new("许可不是为本案或本人签发的", "the permit was given for another case or person")
}
