//! The ledger as a paper cites it.

use guancheng_base::Day;
use sha2::{Digest, Sha256};

use super::Line;
use crate::model::{Frozen, FrozenLine, Plan};

/// Freezes the lines of a day.
pub fn freeze(plan: &Plan, lines: &[Line], as_of: Day) -> Frozen {
    let lines: Vec<FrozenLine> = lines.iter().filter_map(|line| frozen(plan, line)).collect();
    let mut sha = Sha256::new();
    sha.update(b"guancheng ledger 1\n");
    sha.update(as_of.to_string());
    for line in &lines {
        let parts = [&line.commitment, &line.text, line.light.as_str(), &line.weight.to_string()];
        parts.iter().for_each(|part| {
            sha.update((part.len() as u64).to_be_bytes());
            sha.update(part.as_bytes());
        });
        sha.update(line.degree.unwrap_or(-1).to_be_bytes());
    }
    let hash = sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Frozen { as_of, lines, hash }
}

fn frozen(plan: &Plan, line: &Line) -> Option<FrozenLine> {
    let commitment = plan.commitment(&line.commitment)?;
    Some(FrozenLine {
        commitment: line.commitment.clone(),
        office: commitment.lead,
        light: line.light,
        degree: line.degree,
        weight: commitment.weight,
        text: sentence(line),
        help: commitment.help.is_some(),
    })
}

/// Value, target and reason in one Chinese sentence.
fn sentence(line: &Line) -> String {
    let reached = match (line.value, line.target) {
        (Some(value), Some(target)) => format!("{value}/{target} {}；", line.unit),
        _ => String::new(),
    };
    format!("{reached}{}", line.reasons.first().map(|reason| reason.zh.as_str()).unwrap_or_default())
}
