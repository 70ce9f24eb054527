//! What no record shows: judged by a leader, and shown as judged.

use super::{Light, Line, Source};
use crate::{Amount, model::Commitment};

pub(super) fn judge(line: &mut Line, commitment: &Commitment) {
    let Some(opinion) = &commitment.opinion else {
        line.find(Light::Grey, "由领导评议，尚未评议", "judged by opinion, not yet judged");
        return;
    };
    line.value = Some(Amount::whole(i64::from(opinion.mark)));
    line.target = Some(Amount::whole(100));
    line.unit = "分".to_owned();
    line.source = Some(Source::Opinion);
    line.degree = Some(i64::from(opinion.mark) * 10);
    let light = match opinion.mark {
        80.. => Light::Green,
        60..=79 => Light::Amber,
        _ => Light::Red,
    };
    line.find(light, format!("评议：{}", opinion.reason), format!("judged: {}", opinion.reason));
}
