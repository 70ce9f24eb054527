//! What people write, in the language of the pack. Plain sentences of an office; no name, no number of a real person.

use crate::{Dice, course::Turn};

/// The language people write in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    Zh,
    En,
}

impl Tongue {
    /// From the pack's locale.
    pub(crate) fn of(locale: &str) -> Self {
        if locale.starts_with("zh") { Tongue::Zh } else { Tongue::En }
    }

    /// As reports write it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Tongue::Zh => "zh",
            Tongue::En => "en",
        }
    }

    fn one(self, dice: Dice, zh: &[&'static str], en: &[&'static str]) -> &'static str {
        let from = match self {
            Tongue::Zh => zh,
            Tongue::En => en,
        };
        dice.pick(from).copied().unwrap_or_default()
    }

    /// An address from what is known of a place.
    pub(crate) fn address(self, street: &str, community: Option<&str>, road: Option<&str>, number: i64) -> String {
        match (self, road, community) {
            (Tongue::Zh, Some(road), _) => format!("{street}{road}{number}号附近"),
            (Tongue::Zh, None, Some(community)) => format!("{street}{community}"),
            (Tongue::Zh, None, None) => street.to_owned(),
            (Tongue::En, Some(road), _) => format!("{number} {road}, {street}"),
            (Tongue::En, None, Some(community)) if community != street => format!("{community}, {street}"),
            (Tongue::En, None, _) => street.to_owned(),
        }
    }

    /// What somebody sees.
    pub(crate) fn report(self, dice: Dice, title: &str, address: &str) -> String {
        let dice = dice.at("words");
        let ask = self.one(
            dice.at("ask"),
            &[
                "请尽快处理。",
                "影响通行，请派人查看。",
                "已有几天了，一直没人管。",
                "存在安全隐患。",
                "麻烦核实处理，谢谢。",
                "",
            ],
            &[
                "Please take care of it.",
                "It has been like this for days.",
                "Someone could get hurt.",
                "Thanks for looking into it.",
                "",
            ],
        );
        match self {
            Tongue::Zh => {
                let what = title.replace('：', "，").trim_end_matches('的').to_owned();
                format!("{address}，{what}。{ask}")
            }
            Tongue::En => format!("{title}, {address}. {ask}").trim().to_owned(),
        }
    }

    /// What a crew did; `closing` is the declared condition.
    pub(crate) fn result(self, dice: Dice, closing: Option<&str>) -> String {
        let closing = closing.map(|text| text.trim_end_matches('。'));
        match (self, closing) {
            (Tongue::Zh, Some(closing)) => {
                let end = self.one(dice.at("end"), &["现场已清理。", "已拍照留存。", "恢复正常。"], &[]);
                format!("已安排人员到场处置：{closing}，{end}")
            }
            _ => self
                .one(
                    dice.at("done"),
                    &["已安排人员到场处置完毕，现场已恢复。", "已处理到位，现场整洁。", "已完成维修，恢复正常使用。"],
                    &[
                        "Crew went out and took care of it.",
                        "Repaired and cleaned up.",
                        "Done; the site is back to normal.",
                    ],
                )
                .to_owned(),
        }
    }

    /// What is written to a move, by where it leads.
    pub(crate) fn note(self, dice: Dice, turn: Turn) -> String {
        let dice = dice.at("note");
        let text = match turn {
            Turn::Onward | Turn::Skip | Turn::Stay => self.one(
                dice,
                &["情况属实，符合规定。", "已到现场查看，情况属实。", "材料齐全，同意。"],
                &["Seen on site; it is as reported.", "Complete and in order.", "Agreed."],
            ),
            Turn::Finish => self.one(
                dice,
                &["现场核查，问题已解决。", "达到结案条件。", "事项已办结。"],
                &["Checked on site: the problem is gone.", "Nothing left to do.", "Completed."],
            ),
            Turn::Back => self.one(
                dice,
                &["现场核查未达到结案要求，请继续处置。", "处置不彻底，仍有遗留。", "材料不完整，退回补充。"],
                &["Not good enough yet; please go on.", "Part of it is still there.", "Something is missing."],
            ),
            Turn::Aside => self.one(
                dice,
                &["需要配件，待到货后处理。", "受天气影响，列入计划。", "需进一步了解情况。"],
                &["Parts have to be ordered.", "Has to wait for the weather.", "More has to be known first."],
            ),
            Turn::Drop => self.one(
                dice,
                &["经核实不属于受理范围。", "现场未发现所反映的问题。", "不符合规定条件。"],
                &["Not a matter of the city.", "Nothing was found on site.", "The conditions are not met."],
            ),
        };
        text.to_owned()
    }

    /// Why a question was granted or refused.
    pub(crate) fn ruling(self, dice: Dice, grant: bool) -> String {
        let text = match grant {
            true => {
                self.one(dice, &["情况属实，同意。", "同意，请按计划完成。"], &["Agreed.", "Agreed; keep to the plan."])
            }
            false => self.one(
                dice,
                &["理由不充分，请按期办理。", "不符合条件，不予批准。"],
                &["The reason is not good enough.", "Not granted."],
            ),
        };
        text.to_owned()
    }

    /// An office's opinion in a review.
    pub(crate) fn opinion(self, dice: Dice, agree: bool) -> String {
        let text = match agree {
            true => self.one(dice, &["同意，按方案施工。", "无意见。"], &["No objection.", "Agreed, as planned."]),
            false => self.one(
                dice,
                &["与地下管线冲突，须调整方案。", "施工时段影响交通，不同意。"],
                &["It is in the way of pipes.", "It would block traffic."],
            ),
        };
        text.to_owned()
    }

    /// What a reporter answers.
    pub(crate) fn answer(self, dice: Dice, fixed: bool) -> String {
        let text = match fixed {
            true => self.one(dice, &["已经解决，谢谢。", "处理得很快。"], &["It is fixed, thanks.", "That was quick."]),
            false => {
                self.one(dice, &["问题还在，没有解决。", "处理后又出现了。"], &["It is still there.", "It came back."])
            }
        };
        text.to_owned()
    }

    /// What a supervisor writes to a late case.
    pub(crate) fn urging(self, dice: Dice) -> String {
        self.one(
            dice,
            &["已超期，请立即组织处置并说明原因。", "请责任单位今日内反馈进展。"],
            &["This is late; please say why and get on with it.", "Please report progress today."],
        )
        .to_owned()
    }

    /// An invented person.
    pub(crate) fn person(self, dice: Dice) -> String {
        let family = self.one(
            dice.at("family"),
            &["王某", "李某", "张某", "刘某", "陈某", "赵某"],
            &["A. Smith", "B. Jones", "C. Lee", "D. Brown"],
        );
        let given = self.one(dice.at("given"), &["", "某"], &[""]);
        format!("{family}{given}")
    }

    /// Free text for a field of a form that begins a case.
    pub(crate) fn filler(self, dice: Dice, title: &str) -> String {
        let text = self.one(
            dice.at("filler"),
            &["情况已有一段时间，请予核实处理。", "详见所附材料。", "多次反映未解决，请有关单位答复。"],
            &["It has been so for some time.", "See what is attached.", "This was reported before without an answer."],
        );
        match self {
            Tongue::Zh => format!("{title}：{text}"),
            Tongue::En => format!("{title}: {text}"),
        }
    }
}
