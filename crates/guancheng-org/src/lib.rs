//! Offices, posts, people and grants, and the one policy that turns them into permits. Invariant: a [`Permit`] comes
//! only from [`Policy`], and what [`Policy::may_view`] says of one subject, [`Scope::admits`] says of a list.

mod matrix;
mod office;
mod org;
mod policy;
mod role;
mod scope;
mod subject;
#[cfg(test)]
mod tests;

pub use matrix::{MatrixRow, matrix};
pub use office::{Grant, GrantTo, Office, Person, Post, Tenure};
pub use org::{Org, OrgFault};
pub use policy::{Denied, Need, Permit, Policy, Who};
pub use role::{Duty, Role, Roles, Views};
pub use scope::{Scope, ScopeClause};
pub use subject::Subject;
