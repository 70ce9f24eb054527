//! A reviewed plan that a pack brings along for a demonstration: without a year, so that it can be played in any.

use guancheng_base::{Day, OfficeId};

use crate::{
    Event,
    model::{Binding, Commitment, Item, Section, Stages, Stamp},
};

/// The year in which a seed's days are written: a leap year, so that every day of the year exists.
pub const SEED_YEAR: i16 = 2000;

/// A reviewed plan without a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Seed {
    /// Its title; `{yyyy}` becomes the year.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Its items, in the pack's own words.
    pub items: Vec<Item>,
    /// Its commitments, bound and with offices; days lie in [`SEED_YEAR`].
    pub commitments: Vec<Commitment>,
    /// Which lines a played year keeps behind: commitments that the simulator lets slip.
    pub troubled: Vec<String>,
}

impl Seed {
    /// The plan as it is read in, in a year; every commitment confirmed by nobody in particular.
    pub fn imported(&self, year: i16, stamp: Stamp) -> Event {
        let mut commitments = self.commitments.clone();
        for commitment in &mut commitments {
            commitment.binding = commitment.binding.take().map(|binding| moved(binding, year));
            commitment.confirmed = Some(stamp);
            let quantities = commitment.quantities.iter_mut();
            quantities.for_each(|quantity| quantity.deadline = quantity.deadline.map(|day| in_year(day, year)));
        }
        Event::Imported {
            year,
            title: self.title.replace("{yyyy}", &year.to_string()),
            publisher: self.publisher.clone(),
            preamble: Vec::new(),
            sections: self.sections.clone(),
            items: self.items.clone(),
            commitments,
        }
    }

    /// The offices that lead anything.
    pub fn leads(&self) -> Vec<OfficeId> {
        let mut leads: Vec<OfficeId> = self.commitments.iter().filter_map(|commitment| commitment.lead).collect();
        leads.sort_unstable();
        leads.dedup();
        leads
    }
}

fn moved(binding: Binding, year: i16) -> Binding {
    match binding {
        Binding::Count(mut count) => {
            count.due = in_year(count.due, year);
            Binding::Count(count)
        }
        Binding::Milestones(stages) => Binding::Milestones(moved_stages(stages, year)),
        Binding::Document(stages) => Binding::Document(moved_stages(stages, year)),
        Binding::Schedule(mut schedule) => {
            schedule.from = in_year(schedule.from, year);
            schedule.to = in_year(schedule.to, year);
            Binding::Schedule(schedule)
        }
        other => other,
    }
}

fn moved_stages(mut stages: Stages, year: i16) -> Stages {
    stages.steps.iter_mut().for_each(|step| step.due = in_year(step.due, year));
    stages
}

/// The same day of another year; the 29th of February becomes the 28th.
fn in_year(day: Day, year: i16) -> Day {
    let (_, month, of_month) = day.ymd();
    Day::new(year, month, of_month).or_else(|| Day::new(year, month, 28)).unwrap_or(day)
}
