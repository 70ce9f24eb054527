//! The agenda of a meeting, computed: reds first, then help wanted, then stale lines.

use super::Light;
use crate::model::FrozenLine;

/// The most lines on an agenda: a meeting of forty minutes.
const LINES_MAX: usize = 30;

/// Ids of the commitments to be talked about, the worst and heaviest first.
pub fn of_lines(lines: &[FrozenLine]) -> Vec<String> {
    let mut wanted: Vec<&FrozenLine> =
        lines.iter().filter(|line| line.help || matches!(line.light, Light::Red | Light::Amber)).collect();
    wanted.sort_by_key(|line| (std::cmp::Reverse((line.help, line.light, line.weight)), line.commitment.clone()));
    wanted.into_iter().take(LINES_MAX).map(|line| line.commitment.clone()).collect()
}
