//! What does not change while a city is played.

use std::collections::BTreeMap;
use std::sync::Arc;

use guancheng_app::City;
use guancheng_base::{Actor, Ctx, Day, Instant, Name};
use guancheng_calendar::Calendar;
use guancheng_case::{Case, FieldKind, Procedure};

use crate::{
    Channel, Dice, Options, cast::Cast, catalogue::Catalogue, course::Course, hours, map::Map, texts::Tongue,
    weather::Weather,
};

/// What does not change while a city is played.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) city: Arc<City>,
    pub(crate) dice: Dice,
    pub(crate) options: Options,
    pub(crate) cast: Cast,
    pub(crate) map: Map,
    pub(crate) catalogue: Catalogue,
    pub(crate) tongue: Tongue,
    /// Ways of reporting with their weights.
    pub(crate) sources: Vec<(Name, Channel, f64)>,
    courses: BTreeMap<(Name, u32), Course>,
}

/// How many of a hundred reports come in which way.
const CHANNELS: [(Channel, f64); 4] =
    [(Channel::Patrol, 58.0), (Channel::Public, 22.0), (Channel::Call, 18.0), (Channel::Press, 2.0)];

impl Stage {
    pub(crate) fn new(city: Arc<City>, seed: u64, start: Instant, options: Options) -> Self {
        let dice = Dice::new(seed);
        let day = city.day(start);
        let report = city.procedure(&city.pack.report_kind, start).ok().cloned();
        let behaviour = &options.behaviour;
        let catalogue = report.map(|p| Catalogue::of(&city, &p, behaviour, dice.at("catalogue"), day));
        let versions = city.pack.procedures.values().flatten().map(|file| &file.procedure);
        let courses = versions.map(|p| ((p.id.clone(), p.version), Course::of(p))).collect();
        Stage {
            dice,
            cast: Cast::of(&city, dice, start),
            map: Map::of(&city, &options.roads),
            catalogue: catalogue.unwrap_or_default(),
            tongue: Tongue::of(&city.pack.locale),
            sources: sources(&city, &options),
            courses,
            city,
            options,
        }
    }

    /// The procedures whose cases begin by themselves; what is about a commitment begins with its plan.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &Name> {
        let of_plan = |kind: &FieldKind| matches!(kind, FieldKind::Ref { to } if *to == *"plan.commitment");
        let newest = self.city.pack.newest();
        newest.filter(move |p| !p.fields.iter().any(|field| of_plan(&field.kind))).map(|p| &p.id)
    }

    pub(crate) fn calendar(&self) -> &Calendar {
        self.city.calendar()
    }

    pub(crate) fn course(&self, procedure: &Procedure) -> Option<&Course> {
        self.courses.get(&(procedure.id.clone(), procedure.version))
    }

    /// The node of everything that happens in a case at its present length.
    pub(crate) fn case_dice(&self, case: &Case) -> Dice {
        self.dice.at("case").nth(case.id.0).nth(i64::try_from(case.seq).unwrap_or(i64::MAX))
    }

    pub(crate) fn weather(&self, day: Day) -> Weather {
        Weather::of(self.dice, self.city.pack.city.center.lat, day)
    }

    pub(crate) fn is_work_day(&self, day: Day) -> bool {
        hours::is_work_day(self.calendar(), day)
    }

    /// When the system works again; `at` itself while it works.
    pub(crate) fn resumes(&self, at: Instant) -> Instant {
        if !self.options.outages {
            return at;
        }
        let day = self.calendar().day_of(at);
        let dice = self.dice.at("outage").nth(i64::from(day.0));
        let from = self.calendar().at_local(day, u32::try_from(dice.at("from").between(0, 20)).unwrap_or(0) * 3600);
        let to = from.plus_ms(dice.at("hours").between(1, 40) * hours::HOUR);
        let stands = dice.chance(0.35) && from <= at && at < to;
        if stands { to.max(at) } else { at }
    }
}

/// An act at `now`.
pub(crate) fn ctx(now: Instant, actor: &Actor) -> Ctx {
    Ctx { now, actor: actor.clone() }
}

/// Within a channel the way declared first is the usual one.
fn sources(city: &City, options: &Options) -> Vec<(Name, Channel, f64)> {
    let mut rank: BTreeMap<Channel, i32> = BTreeMap::new();
    let weigh = |code: &Name| {
        let channel = options.behaviour.channel(code);
        let rank = rank.entry(channel).or_default();
        *rank += 1;
        let whole = CHANNELS.iter().find(|(known, _)| *known == channel).map_or(0.0, |(_, weight)| *weight);
        (code.clone(), channel, whole / f64::from(*rank * *rank))
    };
    city.pack.sources.iter().map(|source| &source.code).map(weigh).collect()
}
