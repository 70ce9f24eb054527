//! The table that cities publish: 受理, 立案, 应结案, 结案, 按期结案 per unit, and the rates that follow. Invariant: a rate
//! without a base is not there, which prints as 无数据; a total is the ratio of sums, never the mean of rates.

use crate::{Cite, Exact, Explain};

/// The counts of one unit, as published. What is blank is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulletinRow {
    /// The unit.
    pub unit: String,
    /// 受理数: accepted.
    pub accepted: Option<i64>,
    /// 立案数: filed.
    pub filed: Option<i64>,
    /// 应结案数: those whose time to be closed has come.
    pub due: Option<i64>,
    /// 结案数: closed.
    pub closed: Option<i64>,
    /// 按期结案数: closed in time.
    pub on_time: Option<i64>,
}

/// One rate with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// In percent; `None` without a base.
    pub value: Option<Exact>,
    /// Why.
    pub explain: Explain,
}

/// The rates of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulletinRates {
    /// 立案率 = 立案数 ÷ 受理数.
    pub filed: Rate,
    /// 结案率 = 结案数 ÷ 应结案数.
    pub closed: Rate,
    /// 按期结案率 = 按期结案数 ÷ 应结案数.
    pub on_time: Rate,
}

impl BulletinRow {
    /// The rates of this unit.
    pub fn rates(&self) -> BulletinRates {
        BulletinRates {
            filed: rate("case.filed_rate", "立案数 ÷ 受理数", self.filed, self.accepted),
            closed: rate("case.closed_rate", "结案数 ÷ 应结案数", self.closed, self.due),
            on_time: rate("case.closed_on_time_rate", "按期结案数 ÷ 应结案数", self.on_time, self.due),
        }
    }

    /// What cannot be so: a part that is larger than its whole. The rates are computed all the same, since a bulletin
    /// is checked, not corrected.
    pub fn oddities(&self) -> Vec<String> {
        let pairs = [
            ("立案", self.filed, "受理", self.accepted),
            ("结案", self.closed, "应结案", self.due),
            ("按期结案", self.on_time, "结案", self.closed),
        ];
        let larger =
            pairs.into_iter().filter(|(_, part, _, whole)| matches!((part, whole), (Some(p), Some(w)) if p > w));
        larger.map(|(part, _, whole, _)| format!("{}: {part} is more than {whole}", self.unit)).collect()
    }
}

/// The sum of all units, under the name `unit`. Units that reported nothing are left out; a count that one of the
/// others leaves blank has no total, since the sum of a part is not the whole.
pub fn total(unit: &str, rows: &[BulletinRow]) -> BulletinRow {
    let sum = |count: fn(&BulletinRow) -> Option<i64>| {
        let told = rows.iter().filter(|row| !row.is_blank());
        told.map(count).try_fold(0_i64, |sum, n| sum.checked_add(n?)).filter(|_| rows.iter().any(|row| !row.is_blank()))
    };
    BulletinRow {
        unit: unit.to_owned(),
        accepted: sum(|row| row.accepted),
        filed: sum(|row| row.filed),
        due: sum(|row| row.due),
        closed: sum(|row| row.closed),
        on_time: sum(|row| row.on_time),
    }
}

impl BulletinRow {
    /// Whether the unit reported nothing at all.
    fn is_blank(&self) -> bool {
        let BulletinRow { unit: _, accepted, filed, due, closed, on_time } = self;
        [accepted, filed, due, closed, on_time].into_iter().all(Option::is_none)
    }
}

fn rate(id: &str, words: &str, part: Option<i64>, whole: Option<i64>) -> Rate {
    let cite = Cite { basis: vec!["GB/T 30428.4（公式以标准原文为准）".to_owned()], ..Cite::bare(id) };
    let shown = |n: Option<i64>| n.map_or("–".to_owned(), |n| n.to_string());
    let formula = format!("{words} = {} ÷ {}", shown(part), shown(whole));
    let value = match (part, whole) {
        (Some(part), Some(whole)) if whole > 0 => Exact::ratio(i128::from(part) * 100, i128::from(whole)).ok(),
        _ => None,
    };
    Rate { value, explain: cite.explain(formula) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(unit: &str, counts: [i64; 5]) -> BulletinRow {
        let [accepted, filed, due, closed, on_time] = counts.map(Some);
        BulletinRow { unit: unit.into(), accepted, filed, due, closed, on_time }
    }

    fn told(row: &BulletinRow) -> [Option<String>; 3] {
        let rates = row.rates();
        [rates.filed, rates.closed, rates.on_time].map(|rate| rate.value.map(|value| value.fixed(2)))
    }

    fn texts(texts: [&str; 3]) -> [Option<String>; 3] {
        texts.map(|text| Some(text.to_owned()))
    }

    #[test]
    fn a_published_bulletin_is_recomputed() {
        assert_eq!(told(&row("全市", [1054, 996, 972, 911, 737])), texts(["94.50", "93.72", "75.82"]));
        assert_eq!(
            row("全市", [1054, 996, 972, 911, 737]).rates().closed.explain.formula,
            "结案数 ÷ 应结案数 = 911 ÷ 972"
        );
    }

    #[test]
    fn without_a_base_there_is_no_rate() {
        assert_eq!(told(&row("甲", [0, 0, 0, 0, 0])), [None, None, None]);
        assert_eq!(told(&BulletinRow { unit: "乙".into(), ..BulletinRow::default() }), [None, None, None]);
    }

    #[test]
    fn a_total_is_the_ratio_of_sums() {
        let blank = BulletinRow { unit: "丙".into(), ..BulletinRow::default() };
        let all = total("合计", &[row("甲", [10, 10, 10, 10, 10]), row("乙", [90, 90, 90, 45, 0]), blank.clone()]);
        assert_eq!(told(&all), texts(["100.00", "55.00", "10.00"]));
        assert_eq!(told(&total("合计", &[blank])), [None, None, None]);
    }

    #[test]
    fn a_part_larger_than_its_whole_is_told() {
        assert_eq!(row("甲", [1, 2, 1, 1, 1]).oddities(), ["甲: 立案 is more than 受理"]);
        assert!(row("甲", [1, 1, 1, 1, 1]).oddities().is_empty());
    }
}
