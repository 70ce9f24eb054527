//! The total of an appraisal: the ledger, the leader's mark and the adjustments, each declared apart; ranks within peer
//! groups, ties sharing the better place; what is not rated gets no total, no rank and no grade.

use std::collections::BTreeMap;

use crate::model::{Appraisal, FrozenLine, OfficeScore, ScoreRules};

/// All of it, in thousandths of a point.
const FULL: i64 = 100_000;

/// The ledger part of an office: the weighted mean of the degrees of its rated lines, in thousandths of a point of a
/// hundred, and the points of weight that were rated.
pub fn ledger_part<'a>(lines: impl Iterator<Item = &'a FrozenLine>) -> (Option<i64>, u32) {
    let rated = lines.filter_map(|line| line.degree.map(|degree| (i64::from(line.weight), degree)));
    let (weight, sum) = rated.fold((0, 0), |(weight, sum), (w, degree)| (weight + w, sum + w * degree));
    let part = (weight > 0).then(|| round_div(sum * 100, weight));
    (part, u32::try_from(weight).unwrap_or(u32::MAX))
}

/// Computes totals, ranks and grades again from the parts.
pub fn total(appraisal: &mut Appraisal) {
    let Appraisal { offices, appeals, rules, .. } = appraisal;
    for (office, score) in offices.iter_mut() {
        let upheld =
            appeals.iter().filter(|appeal| appeal.office == *office).filter_map(|appeal| appeal.ruling.as_ref());
        let given_back = upheld.filter(|ruling| ruling.upheld).map(|ruling| ruling.points).sum();
        score.total = office_total(score, rules, given_back);
        score.grade = score.total.and_then(|total| grade(rules, total));
    }
    rank(offices);
}

fn office_total(score: &OfficeScore, rules: &ScoreRules, given_back: i64) -> Option<i64> {
    let ledger = score.ledger?;
    let percent = i64::from(rules.mark_percent.min(100));
    let parts = match &score.mark {
        Some(mark) => round_div(ledger * (100 - percent) + i64::from(mark.mark) * 1000 * percent, 100),
        None => ledger,
    };
    let adjusted: i64 = score.adjustments.iter().map(|adjustment| adjustment.points).sum();
    Some((parts + adjusted + given_back).clamp(0, FULL + FULL / 5))
}

fn grade(rules: &ScoreRules, total: i64) -> Option<String> {
    let reached = |(_, from): &&(String, u8)| total >= i64::from(*from) * 1000;
    rules.grades.iter().find(reached).map(|(title, _)| title.clone())
}

fn rank(offices: &mut BTreeMap<guancheng_base::OfficeId, OfficeScore>) {
    let totals: Vec<(String, i64)> =
        offices.values().filter_map(|score| score.total.map(|total| (score.group.clone(), total))).collect();
    for score in offices.values_mut() {
        score.rank = score.total.map(|total| {
            let better = totals.iter().filter(|(group, other)| *group == score.group && *other > total).count();
            u32::try_from(better + 1).unwrap_or(u32::MAX)
        });
    }
}

/// Division rounded half away from zero.
fn round_div(n: i64, by: i64) -> i64 {
    let half = by / 2;
    if n >= 0 { (n + half) / by } else { (n - half) / by }
}

#[cfg(test)]
mod tests {
    use guancheng_base::{Day, Instant, OfficeId};

    use super::*;
    use crate::model::{Adjustment, Frozen, Mark, Stamp};

    const STAMP: Stamp = Stamp { by: None, at: Instant(0) };

    fn appraisal(ledgers: &[(i64, Option<i64>, Option<u8>, i64)]) -> Appraisal {
        let score = |ledger: Option<i64>, mark: Option<u8>, points: i64| OfficeScore {
            ledger,
            mark: mark.map(|mark| Mark { mark, reason: String::new(), stamp: STAMP }),
            adjustments: vec![Adjustment { points, reason: String::new(), stamp: STAMP }],
            ..OfficeScore::default()
        };
        Appraisal {
            id: 1,
            period: "year".to_owned(),
            frozen: Frozen { as_of: Day(0), lines: Vec::new(), hash: String::new() },
            rules: ScoreRules { mark_percent: 20, grades: vec![("优秀".to_owned(), 90), ("合格".to_owned(), 60)] },
            offices: ledgers.iter().map(|(id, l, m, p)| (OfficeId(*id), score(*l, *m, *p))).collect(),
            drafted: STAMP,
            appeals_until: Day(0),
            appeals: Vec::new(),
            finalised: None,
        }
    }

    #[track_caller]
    fn check(ledgers: &[(i64, Option<i64>, Option<u8>, i64)], expect: &[(Option<i64>, Option<u32>, Option<&str>)]) {
        let mut appraisal = appraisal(ledgers);
        total(&mut appraisal);
        let seen: Vec<_> = appraisal.offices.values().map(|s| (s.total, s.rank, s.grade.as_deref())).collect();
        assert_eq!(seen, expect);
    }

    #[test]
    fn the_mark_is_a_declared_share() {
        check(&[(1, Some(95_000), Some(80), 0)], &[(Some(92_000), Some(1), Some("优秀"))]);
        check(&[(1, Some(95_000), None, -10_000)], &[(Some(85_000), Some(1), Some("合格"))]);
    }

    #[test]
    fn ties_share_the_better_place_and_the_unrated_have_none() {
        let eighty = Some(80_000);
        check(
            &[(1, eighty, None, 0), (2, eighty, None, 0), (3, Some(50_000), None, 0), (4, None, None, 0)],
            &[
                (Some(80_000), Some(1), Some("合格")),
                (Some(80_000), Some(1), Some("合格")),
                (Some(50_000), Some(3), None),
                (None, None, None),
            ],
        );
    }

    #[test]
    fn an_unrated_line_neither_helps_nor_hurts() {
        let line = |weight, degree| FrozenLine {
            commitment: String::new(),
            office: None,
            light: crate::ledger::Light::Green,
            degree,
            weight,
            text: String::new(),
            help: false,
        };
        let lines = [line(3, Some(1000)), line(1, Some(500)), line(50, None)];
        assert_eq!(ledger_part(lines.iter()), (Some(87_500), 4));
        assert_eq!(ledger_part([line(5, None)].iter()), (None, 0));
    }
}
