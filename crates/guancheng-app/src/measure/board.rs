//! A board: a scorecard run for a period.

use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
    sync::Arc,
};

use guancheng_base::{ErrorCode, Instant, Name};
use guancheng_case::Text;
use guancheng_indicator::{
    Exact, Explain, Indicator, Period,
    card::{CardRun, Inputs, LineScore, LineSource, Scorecard, Standing, SubjectScore, longer, run},
    evaluate::{Question, Value, evaluate},
    fact::{Datum, Fact, OccurrenceFact},
    health::Health,
};
use guancheng_place::AreaCode;

use super::{
    ask::{all_rows, refused},
    figures::Facts,
};
use crate::{AppError, City, ports::Read};

/// A board of one period, as of a moment.
#[derive(Clone, Debug)]
pub struct Board {
    /// The scorecard.
    pub card: Arc<Scorecard>,
    /// The period.
    pub period: Period,
    /// As of when.
    pub as_of: Instant,
    /// Everybody who is judged.
    pub rows: BTreeMap<Name, BoardRow>,
    /// The self-test; none where months were rolled up.
    pub health: Option<Health>,
}

/// One subject of a board.
#[derive(Clone, Debug)]
pub struct BoardRow {
    /// Its peer group.
    pub group: Option<Name>,
    /// Points per line; empty where months were rolled up.
    pub lines: Vec<LineScore>,
    /// The total; `None` is not rated.
    pub total: Option<Exact>,
    /// Its place.
    pub place: Option<u32>,
    /// How many have a place in its ranking.
    pub ranked: u32,
    /// Its grade.
    pub grade: Option<Name>,
    /// How the total came about.
    pub explain: Explain,
}

/// An indicator with its values by subject.
type Evaluated<'m> = (&'m Indicator, BTreeMap<Name, Value>);

/// Columns of facts whose subjects are people.
const PEOPLE: [&str; 4] = ["collector", "intake", "shift_leader", "dispatcher"];

/// How long readers share a board while nothing is recorded.
const MINUTE_MS: i64 = 60_000;

/// Whether a scorecard judges people: its board is not everybody's business.
pub fn judges_people(card: &Scorecard) -> bool {
    is_people(&card.subject)
}

/// Whether the subjects of a column are people.
pub fn is_people(column: &str) -> bool {
    PEOPLE.contains(&column)
}

/// The board of a scorecard for a period of its own kind, or of a longer one that it is rolled up to.
///
/// # Errors
/// `not_found` for a scorecard nobody declared; `bad_filter` for a period it is not made for.
pub fn board(
    city: &City,
    store: &dyn Read,
    id: &str,
    period: Option<Period>,
    as_of: Instant,
) -> Result<Arc<Board>, AppError> {
    let card = city.pack.measures.scorecard(id).ok_or_else(AppError::not_found)?;
    let period = period.unwrap_or_else(|| Period::containing(card.period, city.day(as_of)));
    let facts = city.figures.facts(city, store)?;
    let maker = Maker { city, card, facts: &facts, as_of };
    // Within a minute and without a new record nothing but a due moment can have changed.
    let minute = Instant(as_of.0 - as_of.0.rem_euclid(MINUTE_MS));
    city.figures.board(facts.head, (card.cite.id.clone(), period, minute), || maker.board(period))
}

struct Maker<'m> {
    city: &'m City,
    card: &'m Arc<Scorecard>,
    facts: &'m Facts,
    as_of: Instant,
}

impl Maker<'_> {
    fn board(&self, period: Period) -> Result<Board, AppError> {
        if period.kind() == self.card.period {
            let CardRun { subjects, health } = self.run(period)?;
            let rows = subjects.into_iter().map(|(subject, score)| (subject, score.into())).collect();
            return Ok(self.whole(period, rows, Some(health)));
        }
        let rollup = self.card.rollup.iter().find(|rollup| rollup.period == period.kind());
        let rollup = rollup.ok_or_else(|| self.no_period())?;
        let begun = |part: &Period| part.first() <= self.city.day(self.as_of);
        let mut parts = Vec::new();
        for part in period.parts(self.card.period).into_iter().filter(begun) {
            let totals = self.run(part)?.subjects.into_iter();
            parts.push(totals.map(|(subject, score)| (subject, score.total)).collect());
        }
        let standings = longer(self.card, rollup, &parts).map_err(|error| self.broken(&error))?;
        let rows = standings.into_iter().map(|(subject, standing)| (subject, standing.into())).collect();
        Ok(self.whole(period, rows, None))
    }

    fn whole(&self, period: Period, rows: BTreeMap<Name, BoardRow>, health: Option<Health>) -> Board {
        Board { card: Arc::clone(self.card), period, as_of: self.as_of, rows, health }
    }

    fn run(&self, period: Period) -> Result<CardRun, AppError> {
        let evaluated = self.evaluated(period)?;
        let events = self.events(period);
        let mut inputs = Inputs::gather(self.card, self.subjects(), &evaluated, &events);
        for (subject, input) in &mut inputs.subjects {
            input.sizes.extend(self.cells(subject).map(|n| (Name::from("grid_count"), n)));
        }
        run(self.card, &inputs).map_err(|fault| self.broken(&fault))
    }

    /// Every line's indicator, by subject. One that another part of the city gives, and has not, is not rated.
    fn evaluated(&self, period: Period) -> Result<Vec<Evaluated<'_>>, AppError> {
        let question = Question { by: &self.card.subject, period, as_of: self.as_of, calendar: self.city.calendar() };
        let mut evaluated = Vec::new();
        for line in &self.card.lines {
            let LineSource::Indicator(id) = &line.source else { continue };
            let day = period.next_day().plus(-1);
            let Some(indicator) = self.city.pack.measures.indicator(id, day) else { continue };
            let rows = all_rows(self.facts, &indicator.fact);
            let values = evaluate(indicator, &rows, &question).map_err(|error| refused(indicator, &error))?;
            evaluated.push((indicator.as_ref(), values));
        }
        Ok(evaluated)
    }

    fn events(&self, period: Period) -> Vec<OccurrenceFact> {
        let (from, to) = period.bounds(self.city.calendar());
        let came = |event: &&OccurrenceFact| event.at.is_some_and(|at| from <= at && at < to && at <= self.as_of);
        self.facts.occurrences().into_iter().filter(came).cloned().collect()
    }

    /// The members of the peer groups; without groups everybody who has a row.
    fn subjects(&self) -> BTreeSet<Name> {
        if !self.card.peer_groups.is_empty() {
            return self.card.peer_groups.iter().flat_map(|group| group.members.iter().cloned()).collect();
        }
        let of = |fact: &dyn Fact| match fact.get(&self.card.subject) {
            Datum::Text(subject) => Some(subject),
            _ => None,
        };
        let cases = self.facts.cases().into_iter().filter_map(|fact| of(fact));
        let tasks = self.facts.tasks().into_iter().filter_map(|fact| of(fact));
        cases.chain(tasks).collect()
    }

    /// How many cells lie in a subject that is an area, where a line asks for its size.
    fn cells(&self, subject: &Name) -> Option<Exact> {
        if self.card.lines.iter().all(|line| line.normalise.is_none()) {
            return None;
        }
        let area = AreaCode::from_str(subject).ok()?;
        let cells = self.city.pack.places.locator().ok()?.cells().iter().filter(|cell| area.covers(cell.code));
        i64::try_from(cells.count()).ok().filter(|n| *n > 0).map(Exact::int)
    }

    fn no_period(&self) -> AppError {
        let kinds = std::iter::once(self.card.period).chain(self.card.rollup.iter().map(|rollup| rollup.period));
        let kinds = kinds.map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
        let title = &self.card.title;
        let text = Text::new(
            format!("“{title}”没有这种周期；可用：{kinds}"),
            format!("{} is not made for that kind of period; it is for {kinds}", self.card.cite.id),
        );
        AppError::refused(ErrorCode::BadFilter, text)
    }

    fn broken(&self, error: &dyn std::fmt::Display) -> AppError {
        AppError::Setup(format!("scorecard {} cannot be run: {error}", self.card.cite.id))
    }
}

impl From<SubjectScore> for BoardRow {
    fn from(score: SubjectScore) -> Self {
        let SubjectScore { group, lines, total, place, ranked, grade, explain } = score;
        BoardRow { group, lines, total, place, ranked, grade, explain }
    }
}

impl From<Standing> for BoardRow {
    fn from(standing: Standing) -> Self {
        let Standing { group, total, place, ranked, grade, explain } = standing;
        BoardRow { group, lines: Vec::new(), total, place, ranked, grade, explain }
    }
}
