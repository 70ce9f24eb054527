//! Files of a pack → checked definitions; the only reader of TOML. Invariant: a [`Pack`] exists only if nothing in its
//! folder is at fault, all faults come out at once, each with its place, and no key is ignored.

mod fault;
mod mapping;
mod meta;
mod org;
mod pack;
mod places;
mod tree;

pub use fault::{Fault, Faults, Severity, SourceFile, Spot};
pub use mapping::{FieldMap, Mapping, MoveMap, Source, VerdictMap};
pub use pack::{
    CaseSource, City, GrantDecl, Labels, Lang, MapSource, OfficeDecl, Pack, PersonDecl, PostDecl,
};
pub use places::Places;
