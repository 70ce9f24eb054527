//! One run of a scorecard: points per line, totals, places, grades, and the test of itself.

use std::collections::{BTreeMap, BTreeSet};

use guancheng_base::Name;

use super::{Inputs, Line, LineSource, Scorecard, SubjectInput, Within};
use crate::{
    Exact, ExactError, Explain, grade,
    health::{Counted, Health, health},
    normalise::scale,
    rank::rank,
    score::{Given, Method, RuleFault},
};

/// What a run gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRun {
    /// Every subject, by its code.
    pub subjects: BTreeMap<Name, SubjectScore>,
    /// The self-test.
    pub health: Health,
}

/// One subject's result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectScore {
    /// Its peer group.
    pub group: Option<Name>,
    /// Points per line, in the order of the scorecard.
    pub lines: Vec<LineScore>,
    /// The total; `None` is not rated.
    pub total: Option<Exact>,
    /// Its place among those it is compared with; `None` is listed without one.
    pub place: Option<u32>,
    /// How many share the ranking and have a place.
    pub ranked: u32,
    /// Its grade.
    pub grade: Option<Name>,
    /// How the total came about.
    pub explain: Explain,
}

/// One line of one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineScore {
    /// The line's title.
    pub title: String,
    /// The points, rounded as declared; `None` is not rated.
    pub points: Option<Exact>,
    /// The most it gives.
    pub most: Exact,
    /// Why.
    pub explain: Explain,
}

/// Runs a scorecard.
///
/// # Errors
/// A line that cannot be scored, with its place in the scorecard, or numbers that do not fit.
pub fn run(card: &Scorecard, inputs: &Inputs) -> Result<CardRun, RuleFault> {
    let runner = Runner { card, inputs, means: means(card, inputs)? };
    let mut subjects: BTreeMap<Name, SubjectScore> = BTreeMap::new();
    for (subject, input) in &inputs.subjects {
        subjects.insert(subject.clone(), runner.subject(subject, input)?);
    }
    let totals = subjects.iter().map(|(subject, score)| (subject.clone(), score.total)).collect();
    for (subject, (place, ranked)) in places(card, &totals) {
        if let Some(score) = subjects.get_mut(&subject) {
            (score.place, score.ranked) = (place, ranked);
        }
    }
    let health = runner.health(&subjects)?;
    Ok(CardRun { subjects, health })
}

/// Mean sizes, by peer group and name of the size.
type Means = BTreeMap<(Option<Name>, Name), Exact>;

struct Runner<'r> {
    card: &'r Scorecard,
    inputs: &'r Inputs,
    means: Means,
}

impl Runner<'_> {
    fn subject(&self, subject: &Name, input: &SubjectInput) -> Result<SubjectScore, RuleFault> {
        let mut lines = Vec::new();
        for (n, line) in self.card.lines.iter().enumerate() {
            let scored = self.line(line, subject, input);
            lines.push(scored.map_err(|fault| RuleFault::new(format!("line[{n}]"), fault.to_string()))?);
        }
        let (total, formula) = self.total(&lines)?;
        let cite = &self.card.cite;
        Ok(SubjectScore {
            group: self.card.group_of(subject).map(|group| group.id.clone()),
            lines,
            total,
            place: None,
            ranked: 0,
            grade: grade::grade(cite, &self.card.grades, total).grade,
            explain: cite.explain(formula),
        })
    }

    fn line(&self, line: &Line, subject: &Name, input: &SubjectInput) -> Result<LineScore, RuleFault> {
        let cite = &self.card.cite;
        let mut factor = Exact::ONE;
        let mut told = String::new();
        if let Some(rule) = &line.normalise {
            let group = self.card.group_of(subject).map(|group| group.id.clone());
            let mean = self.means.get(&(group, rule.per.clone())).copied();
            let scale = scale(cite, rule, input.sizes.get(&rule.per).copied(), mean)?;
            let Some(found) = scale.factor else {
                let (title, most) = (line.title.clone(), line.rule.points);
                return Ok(LineScore { title, points: None, most, explain: scale.explain });
            };
            factor = found;
            told = format!("; {}", scale.explain.formula);
        }
        let scored = line.rule.score(cite, &self.given(line, input, factor)?, factor)?;
        let points = scored.points.map(|points| points.rounded(self.card.decimals, self.card.rounding)).transpose()?;
        let explain = cite.explain(scored.explain.formula + &told);
        Ok(LineScore { title: line.title.clone(), points, most: line.rule.points, explain })
    }

    /// A normalised value is scaled before it is scored; occurrences are charged first and the charge is scaled.
    fn given(&self, line: &Line, input: &SubjectInput, factor: Exact) -> Result<Given, ExactError> {
        match (&line.source, &line.rule.method) {
            (LineSource::Event(event), Method::PerEvent { unit, .. }) => {
                Ok(Given::Events(input.occurred(event, *unit, &self.card.multipliers)))
            }
            (LineSource::Indicator(id) | LineSource::Event(id), _) => {
                let value = input.values.get(id).and_then(|measured| measured.value);
                Ok(Given::Value(value.map(|value| value.times(factor)).transpose()?))
            }
        }
    }

    /// Adds the lines up. A line without a value is left out and the rest scaled up, as long as enough is rated; that
    /// nothing bad was recorded rates nobody by itself.
    fn total(&self, lines: &[LineScore]) -> Result<(Option<Exact>, String), ExactError> {
        let declared = || self.card.lines.iter().zip(lines);
        let measured = |line: &Line| matches!(line.source, LineSource::Indicator(_)) && !line.rule.bonus;
        let (mut any, mut needs) = (false, false);
        let (mut got, mut most, mut bonus) = (Exact::ZERO, Exact::ZERO, Exact::ZERO);
        for (line, score) in declared() {
            needs |= measured(line);
            any |= measured(line) && score.points.is_some();
            match score.points {
                Some(points) if line.rule.bonus => bonus = bonus.plus(points)?,
                Some(points) => (got, most) = (got.plus(points)?, most.plus(score.most)?),
                None => {}
            }
        }
        let full = self.card.full();
        let least = full.times(self.card.min_rated_pct)?.over(Exact::HUNDRED)?;
        if (needs && !any) || most < least || most == Exact::ZERO {
            return Ok((None, format!("not rated: {most} of {full} points are rated, {least} are needed")));
        }
        let scaled = if most == full { got } else { got.times(full)?.over(most)? };
        let total = scaled.plus(bonus)?.clamped(self.card.floor, self.card.cap);
        let total = total.rounded(self.card.decimals, self.card.rounding)?;
        let base = if most == full { got.to_string() } else { format!("{got} × {full} ÷ {most}") };
        Ok((Some(total), format!("{base} + {bonus}, within {} to {} = {total}", self.card.floor, self.card.cap)))
    }

    fn health(&self, subjects: &BTreeMap<Name, SubjectScore>) -> Result<Health, ExactError> {
        let scores: Vec<Exact> = subjects.values().filter_map(|score| score.total).collect();
        let mut counted = Counted { full_lines: self.full_lines(subjects), ..Counted::default() };
        for measured in self.inputs.subjects.values().flat_map(|input| self.used(input)) {
            counted.excluded += measured.excluded;
            counted.all += measured.all;
        }
        health(&self.card.cite, &self.card.health, &scores, self.card.full(), counted)
    }

    /// The values that the lines use.
    fn used<'i>(&'i self, input: &'i SubjectInput) -> impl Iterator<Item = &'i super::Measured> {
        self.card.lines.iter().filter_map(|line| match &line.source {
            LineSource::Indicator(id) => input.values.get(id),
            LineSource::Event(_) => None,
        })
    }

    /// Lines on which all rated subjects have full points, where there are at least two to tell apart.
    fn full_lines(&self, subjects: &BTreeMap<Name, SubjectScore>) -> Vec<String> {
        let full = |n: usize| {
            let scores = subjects.values().filter_map(|score| score.lines.get(n));
            let rated: Vec<&LineScore> = scores.filter(|line| line.points.is_some()).collect();
            rated.len() >= 2 && rated.iter().all(|line| line.points == Some(line.most))
        };
        let lines = self.card.lines.iter().enumerate();
        let lines = lines.filter(|(_, line)| !line.rule.bonus && matches!(line.source, LineSource::Indicator(_)));
        lines.filter(|(n, _)| full(*n)).map(|(_, line)| line.title.clone()).collect()
    }
}

/// The mean sizes of those that are compared with each other.
fn means(card: &Scorecard, inputs: &Inputs) -> Result<Means, ExactError> {
    let names: BTreeSet<&Name> = card.lines.iter().filter_map(|line| Some(&line.normalise.as_ref()?.per)).collect();
    let mut sizes: BTreeMap<(Option<Name>, Name), Vec<Exact>> = BTreeMap::new();
    for (subject, input) in &inputs.subjects {
        let group = card.group_of(subject).map(|group| group.id.clone());
        for name in &names {
            let size = input.sizes.get(*name).copied().filter(|size| *size > Exact::ZERO);
            sizes.entry((group.clone(), (*name).clone())).or_default().extend(size);
        }
    }
    let mean = |(key, sizes): (_, Vec<Exact>)| Exact::mean(&sizes).map(|mean| mean.map(|mean| (key, mean))).transpose();
    sizes.into_iter().filter_map(mean).collect()
}

/// A place, and how many have one in that ranking.
type Place = (Option<u32>, u32);

/// Gives places, group by group. Who is in no group has none where places are given within groups.
pub(super) fn places(card: &Scorecard, totals: &BTreeMap<Name, Option<Exact>>) -> BTreeMap<Name, Place> {
    let mut rankings: BTreeMap<Option<Name>, BTreeMap<Name, Option<Exact>>> = BTreeMap::new();
    for (subject, total) in totals {
        let ranking = match (card.within, card.group_of(subject)) {
            (Within::All, _) => None,
            (Within::PeerGroup, None) => continue,
            (Within::PeerGroup, Some(group)) => Some(group.id.clone()),
        };
        rankings.entry(ranking).or_default().insert(subject.clone(), *total);
    }
    let mut all = BTreeMap::new();
    for scores in rankings.values() {
        let ranked = rank(&card.cite, card.rank, scores);
        let count = u32::try_from(ranked.places.values().flatten().count()).unwrap_or(u32::MAX);
        all.extend(ranked.places.into_iter().map(|(subject, place)| (subject, (place, count))));
    }
    all
}
