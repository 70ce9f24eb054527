//! What can be wrong with an indicator: proved when it is loaded, not found out when it is printed.

use super::{Agg, Indicator, IndicatorKind, Measure, TimeRule, WHOLE};
use crate::{
    Exact,
    fact::{Column, ColumnKind, Condition, Literal, Op, Operand, Schema, schema},
    score::RuleFault,
};

impl Indicator {
    /// Everything that is wrong with it by itself; whether its counters exist is the pack's question.
    pub fn faults(&self) -> Vec<RuleFault> {
        let Some(schema) = schema(&self.fact) else {
            return vec![RuleFault::new("fact", format!("there is no table of facts `{}`", self.fact))];
        };
        let checker = Checker { indicator: self, schema };
        let mut faults = checker.shape();
        faults.extend(checker.time());
        faults.extend(checker.columns());
        faults.extend(checker.conditions());
        faults.extend(checker.limits());
        faults
    }
}

struct Checker<'c> {
    indicator: &'c Indicator,
    schema: Schema,
}

impl Checker<'_> {
    fn shape(&self) -> Vec<RuleFault> {
        let Indicator { kind, den, num, subset, .. } = self.indicator;
        let mut faults = Vec::new();
        match (kind, den) {
            (IndicatorKind::Count, Some(_)) => faults.push(RuleFault::new("den", "a count has no `den`")),
            (IndicatorKind::Ratio | IndicatorKind::StockRatio, None) => {
                faults.push(RuleFault::new("den", "a ratio needs a `den`"));
            }
            _ => {}
        }
        if let (true, Some(den)) = (*subset, den)
            && !is_part(num, den)
        {
            let message =
                "what is above is not proved to be part of what is below: repeat every condition of `den` in `num`";
            faults.push(RuleFault::new("subset", message));
        }
        faults
    }

    fn time(&self) -> Vec<RuleFault> {
        let stock = self.indicator.kind == IndicatorKind::StockRatio;
        match &self.indicator.time {
            TimeRule::Column(_) if stock => {
                vec![RuleFault::new("time", "a stock_ratio looks at a moment: write `as_of = \"period_end\"`")]
            }
            TimeRule::Column(name) => self.kind_of(name, "time", is_time, "a moment or a day").into_iter().collect(),
            TimeRule::PeriodEnd | TimeRule::DayEnd if !stock => {
                vec![RuleFault::new("as_of", "only a stock_ratio has `as_of`; write `time`, the column of a moment")]
            }
            TimeRule::PeriodEnd | TimeRule::DayEnd => Vec::new(),
        }
    }

    fn columns(&self) -> Vec<RuleFault> {
        let text = |kind| kind == ColumnKind::Text;
        let by = self.indicator.by.iter().enumerate().filter(|(_, name)| **name != WHOLE);
        let by = by.filter_map(|(n, name)| self.kind_of(name, &format!("by[{n}]"), text, "a code"));
        let sums = [("num", Some(&self.indicator.num)), ("den", self.indicator.den.as_ref())];
        let sums = sums.into_iter().filter_map(|(at, measure)| match &measure?.agg {
            Agg::Sum { column, .. } => {
                self.kind_of(column, &format!("{at}.f"), |kind| kind == ColumnKind::Number, "a number")
            }
            Agg::Count => None,
        });
        by.chain(sums).collect()
    }

    /// A fault where a known column is not of the wanted kind. That a column exists is told where it is read.
    fn kind_of(&self, name: &str, at: &str, fits: fn(ColumnKind) -> bool, what: &str) -> Option<RuleFault> {
        let column = self.schema.column(name)?;
        (!fits(column.kind)).then(|| RuleFault::new(at, format!("`{name}` is not {what}")))
    }

    fn conditions(&self) -> Vec<RuleFault> {
        let indicator = self.indicator;
        let mut all: Vec<(String, &[Condition])> = vec![("population".into(), &indicator.population)];
        all.push(("num.where".into(), &indicator.num.conditions));
        all.extend(indicator.den.iter().map(|den| ("den.where".into(), den.conditions.as_slice())));
        all.extend(
            indicator
                .exclude
                .iter()
                .enumerate()
                .map(|(n, out)| (format!("exclude[{n}].where"), out.conditions.as_slice())),
        );
        let each = all
            .into_iter()
            .flat_map(|(at, conditions)| conditions.iter().enumerate().map(move |(n, c)| (format!("{at}[{n}]"), c)));
        each.filter_map(|(at, condition)| {
            condition_fault(self.schema, condition).map(|message| RuleFault::new(at, message))
        })
        .collect()
    }

    fn limits(&self) -> Vec<RuleFault> {
        let mut faults = Vec::new();
        if self.indicator.periods.is_empty() {
            faults.push(RuleFault::new("periods", "an indicator needs at least one period"));
        }
        if self.indicator.min_den.is_negative() {
            faults.push(RuleFault::new("min_den", "the least base must not be below zero"));
        }
        for (at, measure) in [("num", Some(&self.indicator.num)), ("den", self.indicator.den.as_ref())] {
            if let Some(Measure { agg: Agg::Sum { per, .. }, .. }) = measure
                && *per <= Exact::ZERO
            {
                faults.push(RuleFault::new(format!("{at}.per"), "one of the unit must be more than zero"));
            }
        }
        faults
    }
}

/// Whether every row that counts above counts below.
fn is_part(num: &Measure, den: &Measure) -> bool {
    den.conditions.iter().all(|condition| num.conditions.contains(condition))
}

fn is_time(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Happened | ColumnKind::Planned | ColumnKind::Day)
}

/// Why a condition cannot hold for any row.
pub(crate) fn condition_fault(schema: Schema, condition: &Condition) -> Option<String> {
    let column = schema.column(&condition.f);
    let (op, kind) = (condition.op, column.map(|column| column.kind));
    let word = op.as_str();
    match (&condition.with, op) {
        (Operand::One(Literal::Flag(_)), Op::IsSet) => None,
        (_, Op::IsSet) => Some("is_set takes true or false".into()),
        (Operand::List(list), Op::Between) if list.len() != 2 => Some("between takes the two ends, as a list".into()),
        (Operand::List(list), Op::In | Op::NotIn | Op::Between) => {
            if list.is_empty() {
                return Some(format!("{word} takes a list that is not empty"));
            }
            list.iter().find_map(|literal| literal_fault(column, literal))
        }
        (Operand::List(_), _) => Some(format!("{word} takes one value, not a list")),
        (_, Op::In | Op::NotIn | Op::Between) => Some(format!("{word} takes a list")),
        (Operand::One(literal), _) => literal_fault(column, literal),
        (Operand::AsOf, _) => kind.filter(|kind| !is_time(*kind)).map(|_| format!("`{}` is no moment", condition.f)),
        (Operand::Column(other), _) => {
            let other_kind = schema.column(other).map(|column| column.kind);
            let same = |a: ColumnKind, b: ColumnKind| a == b || (is_time(a) && is_time(b));
            let differ = kind.zip(other_kind).filter(|(a, b)| !same(*a, *b));
            differ.map(|_| format!("`{}` and `{other}` do not hold the same kind of value", condition.f))
        }
    }
}

fn literal_fault(column: Option<&Column>, literal: &Literal) -> Option<String> {
    let column = column?;
    let fits = match literal {
        Literal::Flag(_) => column.kind == ColumnKind::Flag,
        Literal::Number(_) => column.kind == ColumnKind::Number,
        Literal::Text(_) => matches!(column.kind, ColumnKind::Text | ColumnKind::Day),
    };
    let holds = match column.kind {
        ColumnKind::Text => "a code",
        ColumnKind::Flag => "true or false",
        ColumnKind::Number => "a number",
        ColumnKind::Happened | ColumnKind::Planned => "a moment, to be compared with another by `ref`",
        ColumnKind::Day => "a day",
    };
    (!fits).then(|| format!("`{}` holds {holds}", column.name))
}
