//! The use cases of a plan: read one in, act on it, read its ledger. Same order as for cases: policy, core, store, in
//! one transaction.

mod act;
mod book;
mod decided;
mod ledger;
mod people;
mod refer;

pub(crate) use act::amend_by_case;
pub use act::{PlanDone, act_on_plan, import_plan, may};
pub use book::{Book, at_work};
pub use ledger::{PlanLedger, ledger, plan_on};
pub(crate) use refer::check_reference;
