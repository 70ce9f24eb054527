//! Administrative penalties: what the Administrative Penalty Law (2021) asks for, clamped here so that no pack is laxer.

use guancheng_base::{Fen, Name};
use guancheng_calendar::{Amount, Limit, Unit};

use super::{Check, Major, Outcome, different, fail, fail_until, needs};
use crate::{Band, Cell, Discretion, FieldKind, Value, kernel::draft::Draft};

/// On the spot at most so much for a citizen (行政处罚法 51), in fen.
pub(crate) const SPOT_CITIZEN: Fen = Fen(20_000);
/// On the spot at most so much for an organisation (行政处罚法 51), in fen.
pub(crate) const SPOT_ORGANISATION: Fen = Fen(300_000);
/// Working days between the reminder and the application to the court (行政强制法 54).
const REMINDER_WORK_DAYS: i64 = 10;

/// At least two officers.
pub(super) fn two_officers(check: &Check, draft: &Draft<'_>) -> Outcome {
    if let Some(missing) = needs(draft, &["officers"]) {
        return missing;
    }
    match draft.field("officers") {
        Some(Value::People(people)) if different(people) >= 2 => Outcome::Pass,
        _ => Outcome::Fail(fail(check, "行政处罚法 第四十二条", "执法人员不得少于两人", "at least two officers")),
    }
}

/// The ceiling of a penalty on the spot. Without a kind of party the stricter one holds.
pub(super) fn spot_limit(check: &Check, draft: &Draft<'_>) -> Outcome {
    let Some(fine) = money(draft, "fine") else { return Outcome::Needs(vec!["fine".into()]) };
    let max = if is_citizen(draft) { SPOT_CITIZEN } else { SPOT_ORGANISATION };
    if fine <= max {
        return Outcome::Pass;
    }
    let zh = format!("当场处罚最高 {max} 元，拟罚 {fine} 元，请走普通程序");
    Outcome::Fail(fail(
        check,
        "行政处罚法 第五十一条",
        zh,
        format!("on the spot at most {max}, not {fine}; use the ordinary procedure"),
    ))
}

/// The fine lies in the band, or the declared way out of the band was taken inside the law's own range.
pub(super) fn within_band(check: &Check, draft: &Draft<'_>) -> Outcome {
    let Some(discretion) = table(draft) else { return Outcome::Pass };
    if let Some(missing) = needs(draft, &["party_kind", "fine", &discretion.measure]) {
        return missing;
    }
    let (Some(fine), Some(band)) = (money(draft, "fine"), band(draft, discretion)) else {
        let zh = "裁量基准中没有该类当事人";
        return Outcome::Fail(fail(
            check,
            &discretion.basis,
            zh,
            "the discretion table does not know this kind of party",
        ));
    };
    let tier = draft.field("tier").and_then(Value::as_text);
    let in_band = band.min <= fine && fine <= band.max && tier.is_none_or(|tier| band.tier == *tier);
    if in_band || (in_statute(draft, discretion, fine) && way_out_taken(draft, discretion)) {
        return Outcome::Pass;
    }
    let Band { tier, min, max } = band;
    let zh = format!("按裁量基准应为“{tier}”档 {min} – {max} 元，拟罚 {fine} 元；超出须集体讨论并说明理由");
    Outcome::Fail(fail(
        check,
        &discretion.basis,
        zh,
        format!("the table gives tier {tier}, {min} to {max}, not {fine}"),
    ))
}

/// A major fine, and any penalty after a hearing, needs the legal review.
pub(super) fn legal_review(check: &Check, draft: &Draft<'_>, major: Major) -> Outcome {
    let heard = draft.case.times("ask_hearing") > 0;
    if !(heard || is_major(draft, major)) || draft.field("legal_review").is_some() {
        return Outcome::Pass;
    }
    let zh = "较大数额罚款或经听证的案件，未经法制审核不得作出决定";
    Outcome::Fail(fail(check, "行政处罚法 第五十八条", zh, "a major fine needs the legal review"))
}

/// A hearing may be asked for where the fine is major.
pub(super) fn hearing_applies(check: &Check, draft: &Draft<'_>, major: Major) -> Outcome {
    if is_major(draft, major) {
        return Outcome::Pass;
    }
    let floor = threshold(draft, major);
    let zh = format!("罚款 {floor} 元以上可以要求听证；可以书面陈述申辩");
    Outcome::Fail(fail(
        check,
        "行政处罚法 第六十三条",
        zh,
        format!("a hearing is for fines from {floor}; state your defence in writing"),
    ))
}

/// The defence never makes it worse.
pub(super) fn not_heavier(check: &Check, draft: &Draft<'_>) -> Outcome {
    if let Some(missing) = needs(draft, &["fine", "noticed_fine"]) {
        return missing;
    }
    let (Some(fine), Some(noticed)) = (money(draft, "fine"), money(draft, "noticed_fine")) else {
        return Outcome::Pass;
    };
    if fine <= noticed {
        return Outcome::Pass;
    }
    let zh = format!("不得因陈述申辩加重处罚：告知 {noticed} 元，拟决定 {fine} 元");
    Outcome::Fail(fail(
        check,
        "行政处罚法 第四十五条",
        zh,
        format!("the notice said {noticed}; the decision may not be heavier ({fine})"),
    ))
}

/// A major fine, or one outside its band, needs a collective discussion.
pub(super) fn collective(check: &Check, draft: &Draft<'_>, major: Major) -> Outcome {
    if !(is_major(draft, major) || is_outside(draft)) || draft.field("collective_record").is_some() {
        return Outcome::Pass;
    }
    let zh = "情节复杂或重大处罚须集体讨论，请附讨论笔录";
    Outcome::Fail(fail(
        check,
        "行政处罚法 第五十七条",
        zh,
        "a major penalty needs the record of a collective discussion",
    ))
}

/// The reminder was served ten working days ago.
pub(super) fn reminder_served(check: &Check, draft: &Draft<'_>) -> Outcome {
    if let Some(missing) = needs(draft, &["reminder_served_on"]) {
        return missing;
    }
    let Some(served) = draft.field("reminder_served_on").and_then(Value::as_date) else { return Outcome::Pass };
    let wait = Limit { n: Amount(REMINDER_WORK_DAYS), unit: Unit::WorkDay };
    let calendar = draft.calendar();
    match calendar.due(calendar.midnight(served), wait) {
        Ok(due) if draft.at > due => Outcome::Pass,
        Ok(due) => {
            let from = calendar.day_of(due).plus(1);
            let zh = format!("催告书 {served} 送达，满 {REMINDER_WORK_DAYS} 个工作日（{from} 起）方可申请");
            fail_until(
                check,
                "行政强制法 第五十四条",
                from,
                zh,
                format!("the reminder was served on {served}; apply from {from}"),
            )
        }
        Err(error) => Outcome::Fail(fail(check, "", error.to_string(), error.to_string())),
    }
}

fn table<'a>(draft: &Draft<'a>) -> Option<&'a Discretion> {
    let violation = draft.field("violation").and_then(Value::as_text)?;
    draft.procedure.discretion.iter().find(|table| table.violation == *violation)
}

fn band(draft: &Draft<'_>, discretion: &Discretion) -> Option<Band> {
    let measured = draft.field(&discretion.measure).and_then(Value::as_number)?;
    party_words(draft).iter().find_map(|party| discretion.band(party, measured))
}

/// The kind of party by code and by title: tables are written for people.
fn party_words(draft: &Draft<'_>) -> Vec<String> {
    let Some(code) = draft.field("party_kind").and_then(Value::as_text) else { return Vec::new() };
    let list = party_list(draft).and_then(|list| draft.procedure.code_lists.get(list));
    let title = list.and_then(|list| list.get(code)).map(|row| row.title.clone());
    [code.to_owned()].into_iter().chain(title).collect()
}

fn party_list<'a>(draft: &Draft<'a>) -> Option<&'a Name> {
    match &draft.procedure.field("party_kind")?.kind {
        FieldKind::Code { list } => Some(list),
        _ => None,
    }
}

fn in_statute(draft: &Draft<'_>, discretion: &Discretion, fine: Fen) -> bool {
    let parties = party_words(draft);
    let statute = discretion.statute.iter().find(|range| parties.iter().any(|party| range.is_for(party)));
    statute.is_some_and(|range| range.min <= fine && fine <= range.max)
}

fn way_out_taken(draft: &Draft<'_>, discretion: &Discretion) -> bool {
    discretion.outside.as_ref().is_some_and(|outside| {
        let reasons = outside.require.iter().all(|field| draft.field(field).is_some());
        reasons && (!outside.collective || draft.field("collective_record").is_some())
    })
}

fn is_outside(draft: &Draft<'_>) -> bool {
    let band = table(draft).and_then(|table| band(draft, table));
    band.zip(money(draft, "fine")).is_some_and(|(band, fine)| fine < band.min || fine > band.max)
}

/// A citizen by the code list's column `citizen`, or by the code itself; nobody named counts as a citizen.
fn is_citizen(draft: &Draft<'_>) -> bool {
    let Some(code) = draft.field("party_kind").and_then(Value::as_text) else { return true };
    let list = party_list(draft).and_then(|list| draft.procedure.code_lists.get(list));
    let marked = list.and_then(|list| list.cell(code, "citizen"));
    code == "citizen" || marked == Some(&Cell::Bool(true))
}

fn threshold(draft: &Draft<'_>, major: Major) -> Fen {
    if is_citizen(draft) { major.citizen } else { major.organisation }
}

fn is_major(draft: &Draft<'_>, major: Major) -> bool {
    money(draft, "fine").is_some_and(|fine| fine >= threshold(draft, major))
}

fn money(draft: &Draft<'_>, field: &str) -> Option<Fen> {
    match draft.field(field) {
        Some(Value::Money(fen)) => Some(*fen),
        _ => None,
    }
}
