//! The proposed text of a circular: sentences in Chinese made of frozen numbers, so that nobody copies figures by hand.

use std::collections::BTreeMap;

use guancheng_base::OfficeId;

use crate::{
    ledger::Light,
    model::{Frozen, FrozenLine, Plan},
};

/// A proposed title and text.
pub struct Proposal {
    /// The title.
    pub title: String,
    /// Paragraphs divided by line breaks.
    pub body: String,
}

/// The most red lines that are named one by one.
const NAMED_MAX: usize = 20;

/// Proposes a circular about the ledger.
pub fn propose(plan: &Plan, frozen: &Frozen, offices: &BTreeMap<OfficeId, String>) -> Proposal {
    let (_, month, _) = frozen.as_of.ymd();
    let title = format!("关于{}年度工作要点{month}月份推进情况的通报", plan.year);
    let mut paragraphs = vec![summary(plan, frozen)];
    paragraphs.extend(reds(plan, frozen, offices));
    paragraphs.push(by_office(frozen, offices));
    paragraphs.push("请各牵头单位对照问题逐项整改，整改情况在下次例会上报告。".to_owned());
    Proposal { title, body: paragraphs.join("\n") }
}

fn count(frozen: &Frozen, light: Light) -> usize {
    frozen.lines.iter().filter(|line| line.light == light).count()
}

fn summary(plan: &Plan, frozen: &Frozen) -> String {
    let n: Vec<String> =
        Light::ALL.iter().map(|light| format!("{}{}项", light.title(), count(frozen, *light))).collect();
    let all = frozen.lines.len();
    format!("截至{}，《{}》分解的{all}项任务中，{}。", frozen.as_of, plan.title, n.join("、"))
}

fn reds(plan: &Plan, frozen: &Frozen, offices: &BTreeMap<OfficeId, String>) -> Vec<String> {
    let red: Vec<&FrozenLine> = frozen.lines.iter().filter(|line| line.light == Light::Red).collect();
    if red.is_empty() {
        return vec!["本期没有红灯任务。".to_owned()];
    }
    let mut paragraphs = vec![format!("红灯任务{}项：", red.len())];
    for line in red.iter().take(NAMED_MAX) {
        let words = plan.commitment(&line.commitment).map(|one| one.text.as_str()).unwrap_or_default();
        let office = line.office.and_then(|office| offices.get(&office)).map_or("未明确", String::as_str);
        paragraphs.push(format!("{} {words}（{office}）：{}", line.commitment, line.text));
    }
    if red.len() > NAMED_MAX {
        paragraphs.push(format!("其余{}项见附表。", red.len() - NAMED_MAX));
    }
    paragraphs
}

fn by_office(frozen: &Frozen, offices: &BTreeMap<OfficeId, String>) -> String {
    let mut all: BTreeMap<OfficeId, (usize, usize)> = BTreeMap::new();
    for line in &frozen.lines {
        if let Some(office) = line.office {
            let of = all.entry(office).or_default();
            of.0 += 1;
            of.1 += usize::from(line.light == Light::Green);
        }
    }
    let one = |(office, (n, green)): (&OfficeId, &(usize, usize))| {
        let name = offices.get(office).map_or("未知单位", String::as_str);
        format!("{name}{n}项中绿灯{green}项")
    };
    format!("各单位情况：{}。", all.iter().map(one).collect::<Vec<_>>().join("；"))
}
