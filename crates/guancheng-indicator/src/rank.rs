//! Places in a ranking. Invariant: who is not rated is listed without a place, and equal scores share one.

use std::collections::BTreeMap;

use guancheng_base::Name;

use crate::{Cite, Exact, Explain};

/// Which end is first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// The highest score is first.
    #[default]
    Desc,
    /// The lowest is first.
    Asc,
}

/// Which place follows a tie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ties {
    /// 1, 2, 2, 4: the place is one more than the number of those before.
    #[default]
    Competition,
    /// 1, 2, 2, 3: no place is left out.
    Dense,
}

/// How places are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RankRule {
    /// Which end is first.
    pub order: Order,
    /// What follows a tie.
    pub ties: Ties,
}

/// Places with their reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Subject to place, from 1; `None` is listed without one.
    pub places: BTreeMap<Name, Option<u32>>,
    /// Why.
    pub explain: Explain,
}

impl Order {
    /// Both.
    pub const ALL: [Order; 2] = [Order::Desc, Order::Asc];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Order::Desc => "desc",
            Order::Asc => "asc",
        }
    }
}

impl Ties {
    /// Both.
    pub const ALL: [Ties; 2] = [Ties::Competition, Ties::Dense];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Ties::Competition => "competition",
            Ties::Dense => "dense",
        }
    }
}

/// Gives places. Scores are compared as they are published, that is after rounding, so that equal prints are equal
/// places; rounding is the caller's, who declared it.
pub fn rank(cite: &Cite, rule: RankRule, scores: &BTreeMap<Name, Option<Exact>>) -> Ranked {
    let mut rated: Vec<Exact> = scores.values().filter_map(|score| *score).collect();
    rated.sort();
    if rule.order == Order::Desc {
        rated.reverse();
    }
    let count = rated.len();
    if rule.ties == Ties::Dense {
        rated.dedup();
    }
    let before = |own: &Exact| match rule.order {
        Order::Desc => rated.partition_point(|other| other > own),
        Order::Asc => rated.partition_point(|other| other < own),
    };
    let place = |own: &Exact| u32::try_from(before(own) + 1).unwrap_or(u32::MAX);
    let places = scores.iter().map(|(subject, score)| (subject.clone(), score.as_ref().map(place))).collect();
    let formula = format!(
        "{} of {} ranked, {} first, ties {}",
        count,
        scores.len(),
        if rule.order == Order::Desc { "highest" } else { "lowest" },
        rule.ties.as_str(),
    );
    Ranked { places, explain: cite.explain(formula) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(rule: RankRule, scores: &[(&str, Option<&str>)], expect: Expect) {
        let scores =
            scores.iter().map(|(id, score)| ((*id).into(), score.map(|text| Exact::parse(text).unwrap()))).collect();
        let ranked = rank(&Cite::bare("x"), rule, &scores);
        let places = ranked.places.iter().map(|(id, place)| match place {
            Some(place) => format!("{id}{place}"),
            None => format!("{id}–"),
        });
        expect.assert_eq(&format!("{}: {}", places.collect::<Vec<_>>().join(" "), ranked.explain.formula));
    }

    const SCORES: [(&str, Option<&str>); 5] =
        [("a", Some("96.2")), ("b", Some("95.2")), ("c", Some("95.20")), ("d", Some("92.6")), ("e", None)];

    #[test]
    fn ties_share_a_place_and_the_unrated_have_none() {
        let rule = RankRule::default();
        check(rule, &SCORES, expect!["a1 b2 c2 d4 e–: 4 of 5 ranked, highest first, ties competition"]);
        let dense = RankRule { ties: Ties::Dense, ..rule };
        check(dense, &SCORES, expect!["a1 b2 c2 d3 e–: 4 of 5 ranked, highest first, ties dense"]);
        let rule = RankRule { order: Order::Asc, ..rule };
        check(rule, &SCORES, expect!["a4 b2 c2 d1 e–: 4 of 5 ranked, lowest first, ties competition"]);
        check(rule, &[], expect![": 0 of 0 ranked, lowest first, ties competition"]);
    }
}
