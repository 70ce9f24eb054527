//! One value with everything that was counted for it. Invariant: the value follows from its parts alone, so that parts of
//! several subjects can be put together and computed again: a ratio of sums, never a mean of rates.

use std::collections::BTreeMap;

use guancheng_base::Name;

use crate::{
    Exact, ExactError, Explain, Indicator, IndicatorKind,
    card::Measured,
    indicator::{Empty, PeriodValue, TimeRule},
};

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unrated {
    /// 无数据: nothing to divide by.
    NoBase,
    /// The base is below the least one.
    TooFew,
    /// The period has not ended, and the indicator is not made for that.
    PeriodOpen,
}

/// The answer for one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Whose it is.
    pub subject: Name,
    /// The number above: what counts.
    pub num: Exact,
    /// The number below: out of what. Zero for a count.
    pub den: Exact,
    /// The value, rounded as declared; `None` is not rated.
    pub value: Option<Exact>,
    /// Why there is none.
    pub unrated: Option<Unrated>,
    /// The rows counted above, sorted.
    pub num_rows: Vec<Name>,
    /// The rows counted below, sorted.
    pub den_rows: Vec<Name>,
    /// The rows left out, by reason.
    pub left_out: BTreeMap<String, Vec<Name>>,
    /// The rows that cannot be judged yet.
    pub immature: Vec<Name>,
    /// The share left out of all that was asked about, in percent; `None` of nothing.
    pub left_out_pct: Option<Exact>,
    /// Whether more was left out than the definition finds usual.
    pub flagged: bool,
    /// Whether some of it comes from the lesser source, which the definition wants marked.
    pub marked: bool,
    /// Whether the period had ended: else the value is one to date.
    pub is_final: bool,
    /// Whether the target is reached; `None` without a target or a value.
    pub reached: Option<bool>,
    /// Why.
    pub explain: Explain,
}

/// Why values cannot be put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAdditive {
    /// Things counted once would be counted twice.
    Distinct,
    /// A worst or mean day of several is not that of all.
    Days,
    /// Numbers that do not fit.
    Exact(ExactError),
}

impl Unrated {
    /// The word for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Unrated::NoBase => "no_base",
            Unrated::TooFew => "too_few",
            Unrated::PeriodOpen => "period_open",
        }
    }
}

impl Value {
    /// A value of which nothing was counted yet.
    pub(super) fn empty(indicator: &Indicator) -> Value {
        Value {
            subject: "".into(),
            num: Exact::ZERO,
            den: Exact::ZERO,
            value: None,
            unrated: None,
            num_rows: Vec::new(),
            den_rows: Vec::new(),
            left_out: BTreeMap::new(),
            immature: Vec::new(),
            left_out_pct: None,
            flagged: false,
            marked: false,
            is_final: true,
            reached: None,
            explain: indicator.cite.explain(""),
        }
    }

    /// How many rows were left out.
    pub fn left_out_count(&self) -> usize {
        self.left_out.values().map(Vec::len).sum()
    }

    /// The same with another number above.
    pub(crate) fn with_num(&self, indicator: &Indicator, num: Exact) -> Result<Value, ExactError> {
        let mut value = Value { num, ..self.clone() };
        value.finish(indicator)?;
        Ok(value)
    }

    /// The value as it enters a scorecard.
    pub fn measured(&self) -> Measured {
        let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let counted = self.den_rows.len().max(self.num_rows.len());
        let out = self.left_out_count();
        Measured { value: self.value, excluded: whole(out), all: whole(counted + out) }
    }

    /// Computes the value and everything that follows from the counted parts.
    pub(super) fn finish(&mut self, indicator: &Indicator) -> Result<(), ExactError> {
        let (value, unrated) = self.compute(indicator)?;
        self.value = value.map(|value| value.rounded(indicator.decimals, indicator.rounding)).transpose()?;
        self.unrated = unrated;
        self.left_out_pct = self.share_left_out()?;
        let over = |pct: Exact| indicator.exclude_flag_above.is_some_and(|most| pct > most);
        self.flagged = self.left_out_pct.is_some_and(over);
        self.reached = indicator.reaches(self.value);
        self.explain = indicator.cite.explain(self.formula(indicator));
        Ok(())
    }

    fn compute(&self, indicator: &Indicator) -> Result<(Option<Exact>, Option<Unrated>), ExactError> {
        if !self.is_final && !indicator.to_date {
            return Ok((None, Some(Unrated::PeriodOpen)));
        }
        if indicator.kind == IndicatorKind::Count {
            return Ok((Some(self.num), None));
        }
        if self.den == Exact::ZERO {
            return Ok(match indicator.empty {
                Empty::NotRated => (None, Some(Unrated::NoBase)),
                Empty::Zero => (Some(Exact::ZERO), None),
                Empty::Full => (Some(indicator.scale()), None),
            });
        }
        if self.den < indicator.min_den {
            return Ok((None, Some(Unrated::TooFew)));
        }
        Ok((Some(self.num.over(self.den)?.times(indicator.scale())?), None))
    }

    fn share_left_out(&self) -> Result<Option<Exact>, ExactError> {
        let counted = self.den_rows.len().max(self.num_rows.len()) + self.immature.len();
        let out = self.left_out_count();
        if counted + out == 0 {
            return Ok(None);
        }
        Exact::ratio(out as i128 * 100, (counted + out) as i128).map(Some)
    }

    fn formula(&self, indicator: &Indicator) -> String {
        let Value { num, den, .. } = self;
        let unit = &indicator.unit;
        let result = match (self.value, self.unrated) {
            (Some(value), _) => format!("{} {unit}", value.fixed(indicator.decimals)),
            (None, Some(Unrated::TooFew)) => format!("not rated: the base is below {}", indicator.min_den),
            (None, Some(Unrated::PeriodOpen)) => "not rated: the period has not ended".to_owned(),
            (None, _) => "not rated: there is no base".to_owned(),
        };
        let numbers = match indicator.kind {
            IndicatorKind::Count => num.to_string(),
            IndicatorKind::Mean => format!("{num} ÷ {den}"),
            IndicatorKind::Ratio | IndicatorKind::StockRatio if indicator.scale() == Exact::ONE => {
                format!("{num} ÷ {den}")
            }
            IndicatorKind::Ratio | IndicatorKind::StockRatio => format!("{num} ÷ {den} × {}", indicator.scale()),
        };
        let mut text = format!("{} = {numbers} = {result}", indicator.title);
        if !self.left_out.is_empty() {
            let reasons = self.left_out.iter().map(|(why, rows)| format!("{why} {}", rows.len()));
            text += &format!("; left out {}: {}", self.left_out_count(), reasons.collect::<Vec<_>>().join(", "));
        }
        if self.flagged {
            text += " (more than usual)";
        }
        if !self.immature.is_empty() {
            text += &format!("; {} cannot be judged yet", self.immature.len());
        }
        if self.marked {
            let source = indicator.fallback.as_ref().map_or("", |fallback| fallback.evidence.as_str());
            text += &format!("; partly {source}");
        }
        if !self.is_final {
            text += "; to date";
        }
        text
    }

    /// The value of several together, under the name `subject`: a district of its streets, a quarter of its months.
    ///
    /// # Errors
    /// The indicator counts things once or picks a day, or numbers do not fit.
    pub fn together<'v>(
        indicator: &Indicator,
        subject: Name,
        values: impl IntoIterator<Item = &'v Value>,
    ) -> Result<Value, NotAdditive> {
        if indicator.distinct.is_some() {
            return Err(NotAdditive::Distinct);
        }
        if indicator.time == TimeRule::DayEnd && indicator.period_value != PeriodValue::Last {
            return Err(NotAdditive::Days);
        }
        let mut all = Value { subject, ..Value::empty(indicator) };
        for value in values {
            all.num = all.num.plus(value.num).map_err(NotAdditive::Exact)?;
            all.den = all.den.plus(value.den).map_err(NotAdditive::Exact)?;
            all.num_rows.extend(value.num_rows.iter().cloned());
            all.den_rows.extend(value.den_rows.iter().cloned());
            all.immature.extend(value.immature.iter().cloned());
            for (why, rows) in &value.left_out {
                all.left_out.entry(why.clone()).or_default().extend(rows.iter().cloned());
            }
            all.is_final &= value.is_final;
            all.marked |= value.marked;
        }
        let lists = [&mut all.num_rows, &mut all.den_rows, &mut all.immature];
        lists.into_iter().chain(all.left_out.values_mut()).for_each(|rows| rows.sort());
        all.finish(indicator).map_err(NotAdditive::Exact)?;
        Ok(all)
    }

    /// The last of several days, with the mean of those that are rated.
    pub(super) fn mean(indicator: &Indicator, values: Vec<Value>) -> Option<Value> {
        let rated: Vec<Exact> = values.iter().filter_map(|value| value.value).collect();
        let mean = Exact::mean(&rated).ok().flatten();
        let rounded = mean.and_then(|mean| mean.rounded(indicator.decimals, indicator.rounding).ok());
        let mut last = values.into_iter().next_back()?;
        if let Some(mean) = rounded {
            last.value = Some(mean);
            last.unrated = None;
            last.reached = indicator.reaches(last.value);
            let shown = mean.fixed(indicator.decimals);
            last.explain.formula =
                format!("{} = mean of {} days = {shown} {}", indicator.title, rated.len(), indicator.unit);
        }
        Some(last)
    }
}
