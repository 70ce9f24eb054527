//! The city simulator: weather, things that go wrong, people who report them, and officials, diligent and lazy, who
//! work through the real use cases. It makes the demo city, the load and the property tests. Invariant: what happens
//! follows from pack, seed, start and options alone; it knows no city, no clock and no store, and every act passes the
//! same policy and kernel as a person's.

mod after;
mod arrive;
mod bands;
mod cast;
mod catalogue;
mod choose;
mod course;
mod dice;
mod fill;
mod hours;
mod map;
mod options;
mod pictures;
mod play;
mod png;
mod proof;
mod roads;
mod simulator;
mod stage;
mod state;
mod summary;
mod talk;
mod texts;
mod think;
mod weather;
mod world;
mod year;

pub use dice::Dice;
pub use options::{Behaviour, Channel, Options, Road};
pub use simulator::Simulator;
pub use summary::Summary;
pub use world::World;
pub use year::PlanYear;
