//! Files of a pack → checked definitions; the only reader of TOML. Invariant: a [`Pack`] exists only if nothing in its
//! folder is at fault, all faults come out at once, each with its place, and no key is ignored.

mod calendar;
mod fault;
mod labels;
mod lists;
mod load;
mod mapping;
mod measure;
mod meta;
mod org;
mod pack;
mod places;
mod plan;
mod procedure;
pub mod render;
mod tables;
mod tree;

pub use guancheng_case::Lang;

pub use fault::{Fault, Faults, Severity, SourceFile, Spot};
pub use load::{read_mapping, schema_keys};
pub use mapping::{FieldMap, Mapping, MoveMap, Source, VerdictMap, find_code};
pub use measure::{GivenIndicator, Measures};
pub use pack::{
    CaseSource, City, Crosswalk, GrantDecl, Labels, MapSource, OfficeDecl, Pack, PersonDecl, PostDecl, ProcedureFile,
};
pub use places::Places;
