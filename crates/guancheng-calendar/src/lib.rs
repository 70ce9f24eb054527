//! Time that is right by law. Invariant: every answer follows from the declared calendar alone; a calendar asked
//! beyond its loaded years refuses ([`CalendarError::NotLoaded`]) and never guesses.
//!
//! A [`CalendarSpec`] (what a pack declares) compiles into a [`Calendar`]: tables per day, so that a due date or an
//! elapsed time is a few look-ups and integer arithmetic, however long the span. A [`ClockTime`] is the running time
//! of one clock of one case, through pauses, extensions and failed checks.
//!
//! # How each unit counts
//!
//! Every unit has a *position*, a whole number that only grows; elapsed time is the difference of two positions, so it
//! adds up over any cutting of a span. The table gives the position and the due moment of a limit of `n`.
//!
//! | unit | position at a moment | due |
//! |---|---|---|
//! | `natural_day` | the local day | the `n`-th day after the first, or the next working day if that day is off; at its end |
//! | `work_day` | working days up to and including the local day | the `n`-th working day after the first day; at close of business |
//! | `year` | (whole years between two days) | the corresponding day `n` years on, 28 February for 29 February; rolls and ends like a natural day |
//! | `work_hour` | milliseconds of office hours so far | the first moment at which `n` hours of office time have passed |
//! | `urgent_hour`, `urgent_minute` | milliseconds | `n` hours or minutes later, day and night |
//!
//! The first day is never counted, whatever the hour (Civil Code art. 201; Administrative Litigation Law art. 101 with
//! Civil Procedure Law art. 85); a last day that is off is followed by the next working day (Civil Code art. 203); a
//! period in years ends on the corresponding day (art. 202). A make-up working day is a working day. A moment is on
//! time when it is not later than the due moment. The end of a day is its last millisecond, printed as `23:59:59`.
//!
//! The urgent units never ask the calendar and therefore never refuse. All others need every year they touch.

mod compile;
mod due;
mod elapsed;
mod error;
#[cfg(test)]
mod fixtures;
mod local;
#[cfg(test)]
mod properties;
mod run;
mod spec;
mod table;
mod unit;
pub mod vectors;

pub use compile::Calendar;
pub use due::years_after;
pub use error::{CalendarError, LimitError, UnitError};
pub use run::{ClockTime, Term};
pub use spec::{CalendarFault, CalendarSpec, weekday_index};
pub use unit::{Amount, Limit, Unit};
