//! How a city is played: sizes and habits, as plain data.

use std::collections::BTreeMap;

use guancheng_base::{Instant, LonLat, Name};

/// How a city is played.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Everything that happens by itself is multiplied by this; 1 is the demo city.
    pub scale: f64,
    /// Named roads, along which most things happen; without any, cells of the grid are used.
    pub roads: Vec<Road>,
    /// Whether the system stands still for some hours now and then, so that clocks are caught up with late.
    pub outages: bool,
    /// The moment at which others take over. In the hours before it some things are left on the desks, so that they
    /// find work in every queue; without it everything is done when its time comes.
    pub ends: Option<Instant>,
    /// Habits of the city.
    pub behaviour: Behaviour,
}

/// A road as a line of positions, CGCS2000.
#[derive(Clone, Debug, PartialEq)]
pub struct Road {
    /// Its name.
    pub name: String,
    /// Its course.
    pub line: Vec<LonLat>,
}

/// Habits that differ from city to city. Everything has a value that fits any.
#[derive(Clone, Debug, PartialEq)]
pub struct Behaviour {
    /// Reports on an ordinary working day.
    pub reports_per_day: f64,
    /// Cases of each other procedure on a working day.
    pub others_per_day: f64,
    /// Of a hundred reports, how many are of something reported the same day already.
    pub doubles_percent: f64,
    /// Of a hundred reporters asked whether it is fixed, how many answer, and how many of those say no.
    pub answers_percent: (f64, f64),
    /// Of a hundred checks, how many fail.
    pub fails_percent: f64,
    /// How many crews a unit has.
    pub crews: usize,
    /// Weights of rows of the category list, by code; a row above stands for those below it. 1 where nothing is said.
    pub weights: BTreeMap<Name, f64>,
    /// How a way of reporting works, by code; others are guessed from the code.
    pub sources: BTreeMap<Name, Channel>,
}

/// How a way of reporting works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// Somebody on duty finds it, with photos taken on the spot.
    Patrol,
    /// Someone calls and an operator writes it down.
    Call,
    /// Someone reports it themselves, perhaps with a photo.
    Public,
    /// It stood in the press, or a leader asked for it.
    Press,
}

impl Default for Options {
    fn default() -> Self {
        Options { scale: 1.0, roads: Vec::new(), outages: false, ends: None, behaviour: Behaviour::default() }
    }
}

impl Default for Behaviour {
    fn default() -> Self {
        Behaviour {
            reports_per_day: 125.0,
            others_per_day: 0.8,
            doubles_percent: 12.0,
            answers_percent: (30.0, 9.0),
            fails_percent: 7.0,
            crews: 6,
            weights: BTreeMap::new(),
            sources: BTreeMap::new(),
        }
    }
}

impl Behaviour {
    /// How the source works: as declared, or as its code says.
    pub(crate) fn channel(&self, code: &Name) -> Channel {
        const WORDS: [(&str, Channel); 10] = [
            ("inspect", Channel::Patrol),
            ("collect", Channel::Patrol),
            ("patrol", Channel::Patrol),
            ("employee", Channel::Patrol),
            ("call", Channel::Call),
            ("hotline", Channel::Call),
            ("phone", Channel::Call),
            ("media", Channel::Press),
            ("leader", Channel::Press),
            ("press", Channel::Press),
        ];
        let low = code.to_lowercase();
        let guessed =
            WORDS.iter().find(|(word, _)| low.contains(word)).map_or(Channel::Public, |(_, channel)| *channel);
        self.sources.get(code).copied().unwrap_or(guessed)
    }
}
