//! The fixed words of the page in both languages, and every check and effect in words.

use guancheng_case::Lang;

macro_rules! texts {
    ($($field:ident: $zh:literal, $en:literal;)*) => {
        /// The fixed words of the page.
        pub struct PageText { $(pub $field: &'static str,)* }

        /// Chinese.
        const ZH: PageText = PageText { $($field: $zh,)* };
        /// English.
        const EN: PageText = PageText { $($field: $en,)* };
    };
}

texts! {
    version: "版本", "version";
    open_end: "（现行）", "(in force)";
    owner: "责任处室", "owner";
    basis: "依据", "Basis";
    states: "状态", "States";
    state: "状态", "State";
    stage: "阶段", "Stage";
    holder: "由谁持有", "Held by";
    public: "告知公众", "The public is told";
    end: "（终结）", "(end)";
    moves: "操作", "Moves";
    mv: "操作", "Move";
    who: "谁可以做", "Who";
    from_to: "从 → 到", "From → to";
    needs: "须具备", "Needs";
    then: "之后", "Then";
    approve: "须经批准", "approved by";
    not_by: "不得由", "not by";
    only_when: "仅当", "only when";
    fields: "填写", "fields";
    evidence: "证据", "evidence";
    checks: "检查", "checks";
    advise: "提示（不阻断）", "advice (does not block)";
    window: "须在", "within";
    at_most: "至多次数", "at most times";
    instead: "此后改为", "then instead";
    document: "出具", "issues";
    why: "理由", "why";
    clocks: "时限", "Clocks";
    clock: "时限", "Clock";
    limit: "期限", "limit";
    start_stop: "起止", "Course";
    start: "起", "starts";
    stop: "止", "stops";
    cancel: "撤销", "cancelled";
    pause: "停表", "paused";
    resume: "续走", "resumes";
    warn: "提醒", "Warns at";
    breach: "超期", "When late";
    deemed: "届满即", "at expiry";
    extend: "可延长", "may be extended";
    apply_before: "提前申请", "asked before";
    decide_in: "批复期限", "ruled within";
    tell: "告知", "told";
    assign: "责任单位表", "Assignment";
    row: "行", "Row";
    category: "类别", "Category";
    office: "单位", "Office";
    discretion: "裁量基准", "Discretion";
    party: "当事人", "Party";
    tier: "档次", "Tier";
    measure: "情节", "Measure";
    fine: "罚款", "Fine";
    lighter: "从轻情形", "lighter for";
    heavier: "从重情形", "heavier for";
    read_aloud: "本页由平台按现行定义生成，与系统执行的规则逐条一致。", "This page was made from the definition in force; the system follows it line by line.";
    sign: "处室负责人签字：", "Signed, head of office:";
    date: "日期：", "date:";
    photo: "照片", "photo";
    file: "文件", "file";
    signature_kind: "签名", "signature";
    video: "录像", "video";
    audio: "录音", "recording";
    after: "拍摄于进入", "taken after";
    by_field: "以", "until";
    by_list: "按代码表", "by code list";
    enter: "进入", "on entering";
    event: "事件", "event";
    applicant: "申请人", "applicant";
    reporter: "反映人", "reporter";
    party_word: "当事人", "party";
    parts: "各联审单位", "the offices asked";
    holder_word: "持有人", "whoever holds it";
    nobody: "—", "—";
    system: "系统", "system";
    did: "做过此操作的人", "whoever did";
    complained_of: "被反映的单位或人", "whoever is complained of";
    witness: "提交证明材料的人", "whoever brought the evidence";
    yes: "是", "yes";
    no: "否", "no";
    source: "来源", "source";
    distance: "距案发位置", "from the place";
    number: "序号", "No.";
    comma: "、", ", ";
    semicolon: "；", "; ";
    colon: "：", ": ";
}

impl PageText {
    /// The words in `lang`.
    pub fn of(lang: Lang) -> &'static PageText {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }
}

/// Every check: name, what it demands.
const CHECKS: [(&str, &str, &str); 16] = [
    ("due.within", "整改时限不超过规定年限", "the date due is not too far away"),
    (
        "duplicate.none_open_nearby",
        "附近没有同类未结案件（或已说明不是同一问题）",
        "no open case of the kind nearby, unless it was looked at",
    ),
    ("parts.all_agree", "各联审单位均已同意", "every office asked agrees"),
    ("penalty.collective_if_major", "重大处罚有集体讨论笔录", "a major penalty was discussed collectively"),
    ("penalty.hearing_applies", "属于可以要求听证的处罚", "the penalty is one for which a hearing may be asked"),
    ("penalty.legal_review_done_if_needed", "应审核的已经法制审核", "the legal review was made where it is needed"),
    ("penalty.not_heavier_for_defence", "不因申辩加重处罚", "not heavier because of the defence"),
    ("penalty.reminder_served", "催告书送达已满十个工作日", "the reminder was served ten working days ago"),
    ("penalty.spot_limit", "不超过当场处罚上限", "not above the ceiling on the spot"),
    ("penalty.two_officers", "执法人员不少于两人", "at least two officers"),
    ("penalty.within_band", "在裁量档次之内，或已依程序超出", "within the band, or outside it in due form"),
    ("plan.registered_or_emergency", "已列入年度计划或属抢修", "in the year's plan, or an emergency"),
    ("road.moratorium", "不在新建、大修道路禁挖期内", "not within the moratorium of the road"),
    (
        "road.moratorium_or_government_approval",
        "不在禁挖期内，或有政府批准",
        "not within the moratorium, or approved by the government",
    ),
    ("road.no_overlapping_works", "同一路段同期没有其他施工", "no other works on the stretch at the time"),
    ("verify.two_people_if_major", "重大隐患由两人复查", "a major hazard is verified by two people"),
];

/// What the system does by itself: name, in words.
const SYSTEM: [(&str, &str, &str); 5] = [
    ("assign", "按责任单位表", "by the assignment table"),
    ("bank", "银行回执", "told by the bank"),
    ("deemed", "届满视为", "deemed at expiry"),
    ("import", "自其他系统导入", "imported from another system"),
    ("window_passed", "期满", "when the time has passed"),
];

/// Every effect: name, what follows.
const EFFECTS: [(&str, &str, &str); 28] = [
    ("tell_reporter", "告知反映人", "tell the reporter"),
    ("tell_applicant", "告知申请人", "tell the applicant"),
    ("tell_unit", "通知责任单位", "tell the responsible unit"),
    ("tell_leader", "报告领导", "tell the leader"),
    ("tell_shift_leader", "报告值班长", "tell the shift leader"),
    ("tell_grid_inspector", "通知网格信息采集员", "tell the collector of the cell"),
    ("remind_holder", "催办", "remind the holder"),
    ("ask_reporter", "回访反映人", "ask the reporter"),
    ("escalate_supervision", "转督查", "escalate to supervision"),
    ("offer_substitute", "可代为处置", "offer it to a substitute"),
    ("follow_main_case", "跟随主案", "follow the main case"),
    ("split_case", "另立新案", "open a case for the other part"),
    ("record_ruling", "记入裁定先例", "record the ruling"),
    ("count_rework", "记返工一次", "count a rework"),
    ("count_dispute", "记追诉一次", "count a dispute"),
    ("count_bad_works", "记不良施工一次", "count bad works"),
    ("score", "进入考评", "enter the evaluation"),
    ("fee.road_repair", "核算修复费", "reckon the repair fee"),
    ("fee.late_fine", "加处罚款（每日百分之三，不超过本数）", "add the late fee (3 % a day, never above the fine)"),
    ("publish_works", "公示施工", "publish the works"),
    ("publish_if_required", "依法公开决定", "publish where the law asks"),
    ("start_moratorium_if_overhaul", "大修的起算禁挖期", "begin the moratorium after an overhaul"),
    ("draft_public_notice", "起草公告", "draft the public notice"),
    ("report_up", "上报", "report to the level above"),
    ("propose_listing", "提请挂牌督办", "propose it for listing"),
    ("watch_repeat", "关注重复信访", "watch for repetition"),
    ("amend_plan", "调整要点", "amend the plan"),
    ("open_case", "另立案件", "open a case"),
];

/// A check, an effect or an act of the system in words; its name where the table is behind.
pub fn in_words(lang: Lang, name: &str) -> &str {
    let found = CHECKS.iter().chain(&EFFECTS).chain(&SYSTEM).find(|(known, ..)| *known == name);
    match (found, lang) {
        (Some((_, zh, _)), Lang::Zh) => zh,
        (Some((_, _, en)), Lang::En) => en,
        (None, _) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use guancheng_case::{Check, Effect};

    #[test]
    fn every_check_and_effect_has_words() {
        for name in Check::ALL.into_iter().chain(Effect::ALL.iter().copied()) {
            assert_ne!(in_words(Lang::Zh, name), name);
            assert_ne!(in_words(Lang::En, name), name);
        }
    }
}
