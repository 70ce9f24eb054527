//! An indicator as declared: which rows, which of them, over which others, and when the answer is none.

mod check;

pub(crate) use check::condition_fault;

use guancheng_base::{Day, Name};

use crate::{
    Better, Cite, Exact, PeriodKind, Rounding,
    fact::{Condition, Op},
};

/// What is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IndicatorKind {
    /// How many, or how much.
    Count,
    /// A part of a whole, over a period.
    Ratio,
    /// The mean of a column, over a period.
    Mean,
    /// A part of a whole, at a moment.
    StockRatio,
}

/// How rows become a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agg {
    /// The number of rows.
    Count,
    /// The sum of a column, divided by a constant: milliseconds into hours.
    Sum {
        /// The column.
        column: Name,
        /// What one of the unit is in the column's own.
        per: Exact,
    },
}

/// One of the two numbers of a ratio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// How rows become a number.
    pub agg: Agg,
    /// Which rows.
    pub conditions: Vec<Condition>,
}

/// Rows that are left out, with the reason that is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// The reason.
    pub why: String,
    /// Which rows.
    pub conditions: Vec<Condition>,
}

/// What puts a row into a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeRule {
    /// This column: for what has a limit, the moment at which it falls due, so that a late case cannot move into the
    /// next month.
    Column(Name),
    /// A stock: all rows, looked at in the last moment of the period.
    PeriodEnd,
    /// A stock: all rows, looked at in the last moment of each day.
    DayEnd,
}

/// What a ratio without a base is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Empty {
    /// Not rated.
    NotRated,
    /// Zero, by declaration.
    Zero,
    /// Full marks, by declaration.
    Full,
}

/// Which day of a stock stands for the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodValue {
    /// The last.
    Last,
    /// The worst.
    Min,
    /// The mean of all.
    Mean,
}

/// Where the numbers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// From the operation itself.
    System,
    /// From a device.
    Sensor,
    /// From somebody who was told to look.
    Inspected,
    /// From the unit that is judged.
    Reported,
}

/// Where numbers come from when the better source is silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// The lesser source.
    pub evidence: Evidence,
    /// What it needs, e.g. `signed_return`.
    pub needs: Name,
    /// Whether the value is marked where it is printed.
    pub mark: bool,
}

/// What is to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// One of `=`, `>=`, `<=`, `>`, `<`.
    pub op: Op,
    /// The value.
    pub v: Exact,
}

/// An indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Id, version, basis.
    pub cite: Cite,
    /// Title.
    pub title: String,
    /// Its number in the national scheme, where it has one.
    pub number: Option<String>,
    /// The indicator of which this is another reading, where the sources leave one open; the pack chooses by naming one
    /// of them in its scorecards.
    pub variant_of: Option<Name>,
    /// The office that keeps it, by its full name.
    pub owner: String,
    /// The first day on which this version holds.
    pub from: Option<Day>,
    /// What is computed.
    pub kind: IndicatorKind,
    /// Its unit; `%` and `‰` scale the ratio.
    pub unit: String,
    /// In which direction it gets better.
    pub better: Better,
    /// The table of facts.
    pub fact: Name,
    /// What puts a row into a period.
    pub time: TimeRule,
    /// Which rows it speaks of.
    pub population: Vec<Condition>,
    /// The columns by which it may be asked; `city` always may.
    pub by: Vec<Name>,
    /// The number itself, or the upper one of a ratio; of a mean, the sum.
    pub num: Measure,
    /// The lower one of a ratio; of a mean, the count.
    pub den: Option<Measure>,
    /// Whether what is counted above is proved to be part of what is counted below.
    pub subset: bool,
    /// What is left out, in the order in which reasons are given.
    pub exclude: Vec<Exclusion>,
    /// Above this share left out, in percent, the value is flagged.
    pub exclude_flag_above: Option<Exact>,
    /// Rows with the same value of this column count once.
    pub distinct: Option<Name>,
    /// Natural days after which a row may be judged; until then it is neither good nor bad.
    pub mature_after: Option<u32>,
    /// What may stand in.
    pub fallback: Option<Fallback>,
    /// The least base for a value.
    pub min_den: Exact,
    /// What a ratio without any base is.
    pub empty: Empty,
    /// Decimals of the value.
    pub decimals: u32,
    /// How it is rounded.
    pub rounding: Rounding,
    /// The periods for which it may be asked.
    pub periods: Vec<PeriodKind>,
    /// Whether it may be asked before a period has ended.
    pub to_date: bool,
    /// Which day of a stock stands for the period.
    pub period_value: PeriodValue,
    /// What is to be reached.
    pub target: Option<Target>,
    /// The indicators that get worse when this one is embellished.
    pub counter: Vec<Name>,
    /// Where the numbers come from.
    pub evidence: Evidence,
}

/// The subject under which everything stands.
pub const WHOLE: &str = "city";

impl Indicator {
    /// Whether it looks at a moment instead of a period.
    pub fn is_stock(&self) -> bool {
        !matches!(self.time, TimeRule::Column(_))
    }

    /// What a ratio is multiplied by: 100 for percent.
    pub fn scale(&self) -> Exact {
        match (self.kind, self.unit.as_str()) {
            (IndicatorKind::Ratio | IndicatorKind::StockRatio, "%") => Exact::HUNDRED,
            (IndicatorKind::Ratio | IndicatorKind::StockRatio, "‰") => Exact::int(1000),
            _ => Exact::ONE,
        }
    }

    /// Whether a value reaches the target; `None` without a target or a value.
    pub fn reaches(&self, value: Option<Exact>) -> Option<bool> {
        let (target, value) = (self.target?, value?);
        let order = value.cmp(&target.v);
        Some(match target.op {
            Op::Ge => order.is_ge(),
            Op::Le => order.is_le(),
            Op::Gt => order.is_gt(),
            Op::Lt => order.is_lt(),
            _ => order.is_eq(),
        })
    }
}

macro_rules! words {
    ($name:ident { $($variant:ident => $word:literal),* $(,)? }) => {
        impl $name {
            /// Every one.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word in packs.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }
    };
}

words!(IndicatorKind { Count => "count", Ratio => "ratio", Mean => "mean", StockRatio => "stock_ratio" });
words!(Empty { NotRated => "not_rated", Zero => "zero", Full => "full" });
words!(PeriodValue { Last => "last", Min => "min", Mean => "mean" });
words!(Evidence { System => "system", Sensor => "sensor", Inspected => "inspected", Reported => "reported" });
