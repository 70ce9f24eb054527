//! What a play came to.

use std::collections::BTreeMap;

use guancheng_base::{ErrorCode, Name};

/// What a play came to. Equal for equal seeds, packs, starts and options.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Days begun.
    pub days: u32,
    /// Reports taken, joined ones included.
    pub reports: u32,
    /// Reports that joined an open case.
    pub joined: u32,
    /// Cases opened, by procedure.
    pub cases: BTreeMap<Name, u32>,
    /// Moves, rulings and other acts done by people.
    pub acts: u32,
    /// Moves by their procedure and id.
    pub moves: BTreeMap<Name, u32>,
    /// Timers fired: warnings, breaches, expiries, planned moves.
    pub timers: u32,
    /// Refusals by code: what people tried and the rules did not allow.
    pub refusals: BTreeMap<ErrorCode, u32>,
    /// Cases that ended, by final state.
    pub closed: BTreeMap<Name, u32>,
    /// Ended cases that were rated, and those of them that kept their time.
    pub rated: u32,
    /// See [`Summary::rated`].
    pub on_time: u32,
    /// Cases reopened by their reporter.
    pub reopened: u32,
    /// Questions put to approvers, and those granted.
    pub asked: u32,
    /// See [`Summary::asked`].
    pub granted: u32,
    /// Cases in which nobody found anything to do any more; 0 in a sound pack.
    pub stuck: u32,
}

impl Summary {
    /// The share of rated cases that kept their time, 0 to 1; `None` where none was rated.
    pub fn on_time_share(&self) -> Option<f64> {
        (self.rated > 0).then(|| f64::from(self.on_time) / f64::from(self.rated))
    }

    /// Cases opened, of whatever procedure.
    pub fn opened(&self) -> u32 {
        self.cases.values().sum()
    }

    pub(crate) fn refused(&mut self, code: ErrorCode) {
        *self.refusals.entry(code).or_default() += 1;
    }
}

impl std::fmt::Display for Summary {
    /// A few lines for a terminal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |counts: &BTreeMap<Name, u32>| {
            let shown: Vec<String> = counts.iter().map(|(name, n)| format!("{name} {n}")).collect();
            shown.join(", ")
        };
        let refusals: Vec<String> = self.refusals.iter().map(|(code, n)| format!("{code} {n}")).collect();
        let on_time =
            self.on_time_share().map_or("none rated".to_owned(), |share| format!("{:.1} % on time", share * 100.0));
        writeln!(f, "{} days: {} reports, {} joined", self.days, self.reports, self.joined)?;
        writeln!(f, "cases    {}", list(&self.cases))?;
        writeln!(f, "acts     {}, timers {}", self.acts, self.timers)?;
        writeln!(f, "moves    {}", list(&self.moves))?;
        writeln!(f, "ended    {}; {on_time}", list(&self.closed))?;
        writeln!(
            f,
            "asked    {}, granted {}, reopened {}, stuck {}",
            self.asked, self.granted, self.reopened, self.stuck
        )?;
        write!(f, "refusals {}", refusals.join(", "))
    }
}
