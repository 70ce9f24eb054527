//! Conditions: a list of comparisons, all of which must hold. There is no "or" and no arithmetic.

use std::cmp::Ordering;

use guancheng_base::Name;

use crate::{Case, Param, Value};

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

/// One comparison of a field, or of `source`, with a value. A field that is not there is equal to nothing, and a
/// yes-or-no field that is not there is no.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The field, or `source`.
    pub f: Name,
    /// The comparison.
    pub op: Op,
    /// The value; a list for `in`.
    pub v: Param,
}

impl Op {
    /// Reads `=`, `!=`, `<`, `<=`, `>`, `>=`, `in`.
    pub fn parse(text: &str) -> Option<Self> {
        let ops = [
            ("=", Op::Eq),
            ("!=", Op::Ne),
            ("<", Op::Lt),
            ("<=", Op::Le),
            (">", Op::Gt),
            (">=", Op::Ge),
            ("in", Op::In),
        ];
        ops.into_iter().find(|(name, _)| *name == text).map(|(_, op)| op)
    }

    /// The comparison as packs write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Op::Eq => "=",
            Op::Ne => "!=",
            Op::Lt => "<",
            Op::Le => "<=",
            Op::Gt => ">",
            Op::Ge => ">=",
            Op::In => "in",
        }
    }
}

impl Condition {
    /// Whether it holds for the case.
    pub fn holds(&self, case: &Case) -> bool {
        let source = Value::Code(case.source.clone());
        let value = if self.f == "source" { Some(&source) } else { case.fields.get(&self.f) };
        self.holds_for(value)
    }

    /// Whether it holds for a value.
    pub fn holds_for(&self, value: Option<&Value>) -> bool {
        if let (Op::In, Param::List(list)) = (self.op, &self.v) {
            return list.iter().any(|v| compare(value, v) == Some(Ordering::Equal));
        }
        let order = compare(value, &self.v);
        match self.op {
            Op::Eq | Op::In => order == Some(Ordering::Equal),
            Op::Ne => order != Some(Ordering::Equal),
            Op::Lt => order == Some(Ordering::Less),
            Op::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            Op::Gt => order == Some(Ordering::Greater),
            Op::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        }
    }
}

fn compare(value: Option<&Value>, with: &Param) -> Option<Ordering> {
    match (value, with) {
        (None, Param::Bool(yes)) => Some(false.cmp(yes)),
        (Some(Value::Bool(a)), Param::Bool(b)) => Some(a.cmp(b)),
        (Some(Value::Date(day)), Param::Text(text)) => Some(day.to_string().as_str().cmp(text)),
        (Some(value), Param::Text(text)) => value.as_text().map(|a| a.cmp(text)),
        (Some(value), Param::Int(n)) => value.as_number()?.partial_cmp(&(*n as f64)),
        (Some(value), Param::Decimal(n)) => value.as_number()?.partial_cmp(n),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: Option<Value>, op: &str, v: Param, expect: bool) {
        let condition = Condition { f: "x".into(), op: Op::parse(op).unwrap(), v };
        assert_eq!(condition.holds_for(value.as_ref()), expect, "{value:?} {op} {:?}", condition.v);
    }

    #[test]
    fn comparisons_hold_for_their_own_kind() {
        check(Some(Value::Code("minor".into())), "=", Param::Text("minor".into()), true);
        check(Some(Value::Code("minor".into())), "!=", Param::Text("minor".into()), false);
        check(Some(Value::Decimal(5.0)), ">=", Param::Int(5), true);
        check(Some(Value::Text("5".into())), ">=", Param::Int(5), false);
        check(Some(Value::Int(2)), "in", Param::List(vec![Param::Int(1), Param::Int(2)]), true);
    }

    #[test]
    fn what_is_not_there_is_no_and_equals_nothing() {
        check(None, "=", Param::Bool(false), true);
        check(None, "=", Param::Bool(true), false);
        check(None, "=", Param::Text("minor".into()), false);
        check(None, "!=", Param::Text("minor".into()), true);
    }
}
