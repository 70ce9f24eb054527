//! Lists, counts and maps of cases. What an actor may see is compiled from the same [`Scope`](guancheng_org::Scope)
//! the policy uses; a property test holds the two equal.
//!
//! A list is split into branches, one per way of seeing a case (a clause of the scope, an office), each of which
//! reads its own index in the order of the list and stops after one page; the pages are merged. So no branch looks
//! at more rows than it needs, however many cases there are.

mod branch;
mod build;
mod counts;
mod cursor;
mod filter;
mod maps;
mod page;
mod sets;
mod tallied;

pub(crate) use counts::counts;
pub(crate) use maps::{near, points};
pub(crate) use page::page;

#[cfg(test)]
mod plans;
#[cfg(test)]
mod tests;
