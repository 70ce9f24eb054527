//! Conditions on a row: a list of comparisons, all of which hold. There is no "or" and no arithmetic; an *or* over one
//! column is `in`.

use std::cmp::Ordering;

use guancheng_base::{Instant, Name};

use super::{Datum, Fact};
use crate::Exact;

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Op {
    /// `=`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `in`
    In,
    /// `not_in`
    NotIn,
    /// `between`: both ends belong to it.
    Between,
    /// `is_set`: whether there is a value at all.
    IsSet,
}

/// A value written in a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(Exact),
    /// A code, a name, or a date as `2014-09-26`.
    Text(Name),
}

/// What a column is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// One value.
    One(Literal),
    /// Several: for `in`, `not_in` and the two ends of `between`.
    List(Vec<Literal>),
    /// Another column of the row.
    Column(Name),
    /// The moment as of which is evaluated.
    AsOf,
}

/// One comparison of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The column.
    pub f: Name,
    /// How.
    pub op: Op,
    /// With what.
    pub with: Operand,
}

impl Op {
    /// Every comparison with its word in packs.
    pub const ALL: [(&'static str, Op); 10] = [
        ("=", Op::Eq),
        ("!=", Op::Ne),
        ("<", Op::Lt),
        ("<=", Op::Le),
        (">", Op::Gt),
        (">=", Op::Ge),
        ("in", Op::In),
        ("not_in", Op::NotIn),
        ("between", Op::Between),
        ("is_set", Op::IsSet),
    ];

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Op> {
        Op::ALL.into_iter().find(|(word, _)| *word == text).map(|(_, op)| op)
    }

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        Op::ALL.into_iter().find(|(_, op)| *op == self).map_or("=", |(word, _)| word)
    }
}

/// Whether all conditions hold for a row as of a moment.
pub fn all_hold(conditions: &[Condition], row: &dyn Fact, as_of: Instant) -> bool {
    conditions.iter().all(|condition| condition.holds(row, as_of))
}

impl Condition {
    /// Whether it holds. What is absent equals nothing, lies nowhere, and is no to a yes-or-no question.
    pub fn holds(&self, row: &dyn Fact, as_of: Instant) -> bool {
        let own = row.get(&self.f);
        let order = |with: &Literal| compare(&own, with);
        match (&self.with, self.op) {
            (Operand::One(Literal::Flag(yes)), Op::IsSet) => (own != Datum::Absent) == *yes,
            (Operand::One(with), op) => judge(order(with), op),
            (Operand::List(list), Op::In) => list.iter().any(|with| order(with) == Some(Ordering::Equal)),
            (Operand::List(list), Op::NotIn) => list.iter().all(|with| order(with) != Some(Ordering::Equal)),
            (Operand::List(list), Op::Between) => match list.as_slice() {
                [low, high] => judge(order(low), Op::Ge) && judge(order(high), Op::Le),
                _ => false,
            },
            (Operand::List(_), _) => false,
            (Operand::Column(other), op) => judge(order_of(&own, &row.get(other)), op),
            (Operand::AsOf, op) => judge(order_of(&own, &Datum::Moment(as_of)), op),
        }
    }
}

fn judge(order: Option<Ordering>, op: Op) -> bool {
    match op {
        Op::Eq | Op::In => order == Some(Ordering::Equal),
        Op::Ne | Op::NotIn => order != Some(Ordering::Equal),
        Op::Lt => order == Some(Ordering::Less),
        Op::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Op::Gt => order == Some(Ordering::Greater),
        Op::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        Op::Between | Op::IsSet => false,
    }
}

fn compare(own: &Datum, with: &Literal) -> Option<Ordering> {
    match (own, with) {
        (Datum::Absent, Literal::Flag(yes)) => Some(false.cmp(yes)),
        (Datum::Flag(own), Literal::Flag(yes)) => Some(own.cmp(yes)),
        (Datum::Number(own), Literal::Number(n)) => Some(own.cmp(n)),
        (Datum::Text(own), Literal::Text(text)) => Some(own.cmp(text)),
        (Datum::Day(own), Literal::Text(text)) => Some(own.to_string().as_str().cmp(text)),
        _ => None,
    }
}

fn order_of(own: &Datum, other: &Datum) -> Option<Ordering> {
    match (own, other) {
        (Datum::Flag(a), Datum::Flag(b)) => Some(a.cmp(b)),
        (Datum::Number(a), Datum::Number(b)) => Some(a.cmp(b)),
        (Datum::Text(a), Datum::Text(b)) => Some(a.cmp(b)),
        (Datum::Moment(a), Datum::Moment(b)) => Some(a.cmp(b)),
        (Datum::Day(a), Datum::Day(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::CaseFact;

    fn check(op: &str, f: &str, with: Operand, expect: bool) {
        let row = CaseFact {
            source: Some("media".into()),
            failed_checks: Some(2),
            disposed_at: Some(Instant(5)),
            due_at: Some(Instant(5)),
            ..CaseFact::new("case:1")
        };
        let condition = Condition { f: f.into(), op: Op::parse(op).unwrap(), with };
        assert_eq!(condition.holds(&row, Instant(4)), expect, "{condition:?}");
    }

    fn text(text: &str) -> Literal {
        Literal::Text(text.into())
    }

    fn number(n: i64) -> Literal {
        Literal::Number(Exact::int(n))
    }

    #[test]
    fn comparisons_hold_for_their_own_kind() {
        check("=", "source", Operand::One(text("media")), true);
        check("in", "source", Operand::List(vec![text("leader"), text("media")]), true);
        check("not_in", "source", Operand::List(vec![text("leader")]), true);
        check(">=", "failed_checks", Operand::One(number(1)), true);
        check("between", "failed_checks", Operand::List(vec![number(1), number(2)]), true);
        check("between", "failed_checks", Operand::List(vec![number(3), number(4)]), false);
        check("=", "failed_checks", Operand::One(text("2")), false);
        check("<=", "disposed_at", Operand::Column("due_at".into()), true);
        check("<=", "disposed_at", Operand::AsOf, false);
    }

    #[test]
    fn what_is_absent_equals_nothing_and_is_no() {
        check("<=", "closed_at", Operand::Column("due_at".into()), false);
        check("=", "missed", Operand::One(Literal::Flag(false)), true);
        check("=", "missed", Operand::One(Literal::Flag(true)), false);
        check("is_set", "closed_at", Operand::One(Literal::Flag(true)), false);
        check("is_set", "closed_at", Operand::One(Literal::Flag(false)), true);
        check("!=", "satisfaction", Operand::One(text("satisfied")), true);
        check("not_in", "satisfaction", Operand::List(vec![text("satisfied")]), true);
    }
}
