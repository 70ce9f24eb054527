//! A scorecard: which lines make a score, who is compared with whom, and how the result is published. Values change
//! from city to city and year to year, so a scorecard is a versioned definition and no code.

mod input;
mod longer;
mod run;
#[cfg(test)]
mod tests;
mod whatif;

use std::collections::BTreeSet;

use guancheng_base::Name;

use crate::{
    Cite, Exact, Grade, Normalise, PeriodKind, RankRule, RollupMethod, Rounding,
    fact::{Condition, schema},
    grade_faults,
    health::HealthLimits,
    indicator::condition_fault,
    score::{Method, Rule, RuleFault},
};

pub use input::{Inputs, Measured, SubjectInput};
pub use longer::{Standing, longer};
pub use run::{CardRun, LineScore, SubjectScore, run};
pub use whatif::{LineMoved, Moved, moves, steps_to_place, with_more};

/// A scorecard as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scorecard {
    /// Id, version, basis.
    pub cite: Cite,
    /// Title.
    pub title: String,
    /// The office that keeps it, by its full name.
    pub owner: String,
    /// Whom it judges: a column of the facts, e.g. `district`, `department`, `collector`.
    pub subject: Name,
    /// The period it is run for.
    pub period: PeriodKind,
    /// How its scores become those of longer periods, from the shortest.
    pub rollup: Vec<Rollup>,
    /// The most a total can be, bonus included.
    pub cap: Exact,
    /// The least a total can be.
    pub floor: Exact,
    /// Decimals of lines and totals.
    pub decimals: u32,
    /// How they are rounded.
    pub rounding: Rounding,
    /// The least share of full points whose lines must be rated for a total, in percent. What is missing beyond is
    /// scaled up from what is there; below, the subject is not rated.
    pub min_rated_pct: Exact,
    /// Who is compared with whom. Without groups everybody is in one.
    pub peer_groups: Vec<PeerGroup>,
    /// The lines.
    pub lines: Vec<Line>,
    /// What makes a loss heavier.
    pub multipliers: Vec<Multiplier>,
    /// How places are given.
    pub rank: RankRule,
    /// Among whom.
    pub within: Within,
    /// Grades, from the best.
    pub grades: Vec<Grade>,
    /// What the self-test asks for.
    pub health: HealthLimits,
    /// When and how it is published.
    pub publish: Option<Publish>,
}

/// How scores become those of a longer period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollup {
    /// The longer period.
    pub period: PeriodKind,
    /// What its result is called: 季初评, 年总评.
    pub label: String,
    /// How.
    pub method: RollupMethod,
}

/// Subjects that are compared with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerGroup {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: String,
    /// Its members, by the codes that stand in the facts.
    pub members: BTreeSet<Name>,
}

/// Where a line takes what it scores from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineSource {
    /// The value of an indicator.
    Indicator(Name),
    /// What happened: occurrences of one event.
    Event(Name),
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its title.
    pub title: String,
    /// What is scored.
    pub source: LineSource,
    /// How it becomes points.
    pub rule: Rule,
    /// Whether large and small subjects are made comparable first.
    pub normalise: Option<Normalise>,
    /// Why the line is there or reads as it does.
    pub why: Option<String>,
}

/// What makes the losses of some occurrences heavier. Where several apply, the heaviest does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multiplier {
    /// Which occurrences.
    pub conditions: Vec<Condition>,
    /// By how much.
    pub loss_times: Exact,
    /// Why.
    pub why: Option<String>,
}

/// Among whom places are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    /// Within each peer group; who is in none is listed without a place.
    PeerGroup,
    /// Among all.
    All,
}

/// From draft to final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publish {
    /// The working day after the period on which the draft is shown to the subjects.
    pub draft_on_workday: u32,
    /// Working days in which they may object.
    pub appeal_work_days: u32,
    /// Who may object, e.g. `role:subject_leader`.
    pub appeal_by: Name,
    /// The working day after the period on which the result is final.
    pub final_on_workday: u32,
}

impl Within {
    /// Both.
    pub const ALL: [Within; 2] = [Within::PeerGroup, Within::All];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Within::PeerGroup => "peer_group",
            Within::All => "all",
        }
    }
}

impl Scorecard {
    /// The points of all lines that are no bonus.
    pub fn full(&self) -> Exact {
        let points = self.lines.iter().filter(|line| !line.rule.bonus).map(|line| line.rule.points);
        Exact::sum(points).unwrap_or(Exact::ZERO)
    }

    /// The peer group of a subject.
    pub fn group_of(&self, subject: &Name) -> Option<&PeerGroup> {
        self.peer_groups.iter().find(|group| group.members.contains(subject))
    }

    /// Everything that is wrong with the scorecard by itself; whether its indicators exist is the pack's question.
    pub fn faults(&self) -> Vec<RuleFault> {
        let mut faults = grade_faults(&self.grades);
        if self.lines.iter().all(|line| line.rule.bonus) {
            faults.push(RuleFault::new("line", "a scorecard needs a line that is no bonus"));
        }
        for (n, line) in self.lines.iter().enumerate() {
            faults.extend(line.faults().into_iter().map(|fault| fault.below(&format!("line[{n}]"))));
        }
        faults.extend(self.group_faults());
        faults.extend(self.rollup_faults());
        faults.extend(self.multiplier_faults());
        if self.floor > self.cap {
            faults.push(RuleFault::new("floor", format!("the floor {} is above the cap {}", self.floor, self.cap)));
        }
        faults.extend(self.publish.iter().filter_map(Publish::fault));
        faults
    }

    fn group_faults(&self) -> Vec<RuleFault> {
        let mut seen = BTreeSet::new();
        let mut faults = Vec::new();
        for (n, group) in self.peer_groups.iter().enumerate() {
            let twice = group.members.iter().filter(|member| !seen.insert((*member).clone()));
            faults.extend(twice.map(|member| {
                RuleFault::new(format!("peer_group[{n}].members"), format!("`{member}` is in two peer groups"))
            }));
        }
        if self.within == Within::PeerGroup && self.peer_groups.is_empty() {
            faults.push(RuleFault::new("rank.within", "there are no peer groups: declare some, or rank within `all`"));
        }
        faults
    }

    fn multiplier_faults(&self) -> Vec<RuleFault> {
        let Some(schema) = schema("occurrence") else { return Vec::new() };
        let mut faults = Vec::new();
        for (n, multiplier) in self.multipliers.iter().enumerate() {
            if multiplier.loss_times.is_negative() {
                let message = "a multiplier must not be below zero";
                faults.push(RuleFault::new(format!("multiplier[{n}].loss_times"), message));
            }
            for (c, condition) in multiplier.conditions.iter().enumerate() {
                let fault = condition_fault(schema, condition);
                faults.extend(fault.map(|message| RuleFault::new(format!("multiplier[{n}].where[{c}]"), message)));
            }
        }
        faults
    }

    fn rollup_faults(&self) -> Vec<RuleFault> {
        let mut faults = Vec::new();
        let mut last = self.period;
        for (n, rollup) in self.rollup.iter().enumerate() {
            if rollup.period <= last {
                let message = format!("{} is not longer than {}", rollup.period.as_str(), last.as_str());
                faults.push(RuleFault::new(format!("rollup[{n}].period"), message));
            }
            last = rollup.period;
        }
        faults
    }
}

impl Line {
    fn faults(&self) -> Vec<RuleFault> {
        let mut faults: Vec<RuleFault> = self.rule.faults().into_iter().map(RuleFault::of_score).collect();
        let events = matches!(self.source, LineSource::Event(_));
        if events != matches!(self.rule.method, Method::PerEvent { .. }) {
            let message = "per_event scores an `event`, the other methods an `indicator`";
            faults.push(RuleFault::new("score.method", message));
        }
        faults
    }
}

impl Publish {
    fn fault(&self) -> Option<RuleFault> {
        let open_until = self.draft_on_workday.saturating_add(self.appeal_work_days);
        (open_until > self.final_on_workday).then(|| {
            let message = format!("objections may come until working day {open_until}, after the result is final");
            RuleFault::new("publish.final_on_workday", message)
        })
    }
}

impl RuleFault {
    /// The same fault seen from the definition above.
    fn below(mut self, path: &str) -> RuleFault {
        self.at = format!("{path}.{}", self.at);
        self
    }

    /// The keys of a method stand under `score`, but the points stand beside it.
    fn of_score(self) -> RuleFault {
        if self.at == "points" { self } else { self.below("score") }
    }
}
