//! Mechanisms: alive, or a name on paper. Alive means a charter, and a meeting or a closed decision not long ago.

use guancheng_base::Day;

use super::{Facts, Light, Line, Next};
use crate::{Settings, model::Plan};

/// The step that shows the charter.
pub(super) const CHARTER: &str = "charter";
/// The step that shows a meeting or a closed decision.
pub(super) const MET: &str = "met";

pub(super) fn judge(line: &mut Line, plan: &Plan, alive_days: u16, facts: &Facts, settings: &Settings, today: Day) {
    let alive = i32::from(alive_days);
    let met = facts.latest(MET);
    let Some(charter) = facts.reached(CHARTER) else {
        let due = plan.first_day().plus(i32::from(settings.cycle_days) * 3);
        line.next = Some(Next { title: "章程或组成文件".to_owned(), due });
        let light = if today > due { Light::Red } else { Light::Grey };
        line.degree = (today > due).then_some(0);
        line.find(light, format!("尚无章程或组成文件（应于 {due} 前）"), format!("no charter yet, due {due}"));
        return;
    };
    let since = met.unwrap_or(charter);
    line.next = Some(Next { title: "下次活动".to_owned(), due: since.plus(alive) });
    let days = today.0 - since.0;
    let (zh, en) = (format!("最近一次活动在 {days} 天前"), format!("last met {days} days ago"));
    line.degree = Some(if days <= alive { 1000 } else { 0 });
    let light = match () {
        () if days <= alive => Light::Green,
        () if days <= alive + alive / 2 => Light::Amber,
        () => Light::Red,
    };
    line.find(light, zh, en);
}
