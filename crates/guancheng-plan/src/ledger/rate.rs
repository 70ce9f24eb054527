//! Rates of the operation: an indicator, or a duty with clocks. Below the smallest sample a rate is not rated: it is
//! neither 0 nor 100.

use super::{Facts, Light, Line};
use crate::{Amount, model::Rate};

/// So many thousandths of a point under the target are amber; more is red.
const NEAR: i64 = 5_000;

pub(super) fn judge(line: &mut Line, rate: &Rate, facts: &Facts) {
    let fact = facts.rate.unwrap_or_default();
    line.target = Some(rate.target);
    line.unit = "%".to_owned();
    line.last_sign = None;
    if fact.n == 0 || fact.n < rate.min_cases {
        let zh = format!("样本 {} 件，少于 {} 件，未评", fact.n, rate.min_cases.max(1));
        line.find(Light::Grey, zh, format!("{} cases, fewer than {}: not rated", fact.n, rate.min_cases.max(1)));
        return;
    }
    let value = Amount(i64::from(fact.good) * 100_000 / i64::from(fact.n));
    line.value = Some(value);
    line.degree = Some(if value >= rate.target { 1000 } else { value.share_of(rate.target).unwrap_or(1000) });
    let bad = fact.n - fact.good;
    let zh = format!("{} 件中 {bad} 件不合要求", fact.n);
    let en = format!("{bad} of {} fell short", fact.n);
    let light = match rate.target.0 - value.0 {
        under if under <= 0 => Light::Green,
        under if under <= NEAR => Light::Amber,
        _ => Light::Red,
    };
    line.find(light, zh, en);
    if let Some(day) = fact.last_bad {
        line.reasons
            .push(guancheng_case::Text::new(format!("最近一件不合要求：{day}"), format!("the last one: {day}")));
    }
}
