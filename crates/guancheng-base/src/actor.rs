//! Who acts: a person with the grants that are in force now, the reporter of a matter, or the system itself.

use crate::{Name, OfficeId, PersonId};

/// One grant in force, resolved for the moment of the request: a role over an office subtree, an area and some kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantHeld {
    /// The role, e.g. `dispatcher`.
    pub role: Name,
    /// The office the grant was given in.
    pub office: OfficeId,
    /// That office and everything below it, sorted. Empty means every office.
    pub offices: Vec<OfficeId>,
    /// Half-open range of 15-digit area codes; a subtree of the area tree is such a range. `None` means everywhere.
    pub area: Option<(i64, i64)>,
    /// The procedures the grant is for. Empty means all.
    pub kinds: Vec<Name>,
}

/// The part of the system that acts without a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SystemActor {
    /// A timer fired: warnings, breaches, deemed decisions.
    Clock,
    /// Automatic assignment by a table.
    Assign,
    /// A file or a feed brought history in.
    Import,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person who has logged in or holds a token.
    Person {
        /// Who.
        id: PersonId,
        /// What they may do now.
        grants: Vec<GrantHeld>,
    },
    /// The reporter (or applicant, or party) of one case, known by the code they were given.
    Reporter {
        /// The tracking code.
        code: Name,
    },
    /// The system.
    System(SystemActor),
}

impl Actor {
    /// The grants in force; none for reporters and for the system.
    pub fn grants(&self) -> &[GrantHeld] {
        match self {
            Actor::Person { grants, .. } => grants,
            Actor::Reporter { .. } | Actor::System(_) => &[],
        }
    }

    /// The person, if it is one.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Actor::Person { id, .. } => Some(*id),
            Actor::Reporter { .. } | Actor::System(_) => None,
        }
    }

    /// The actor as it is written into the log: `person:7`, `reporter`, `system:clock`. A reporter's code is a key
    /// to the case, so the log never shows it.
    pub fn log_name(&self) -> String {
        match self {
            Actor::Person { id, .. } => format!("person:{id}"),
            Actor::Reporter { .. } => "reporter".to_owned(),
            Actor::System(SystemActor::Clock) => "system:clock".to_owned(),
            Actor::System(SystemActor::Assign) => "system:assign".to_owned(),
            Actor::System(SystemActor::Import) => "system:import".to_owned(),
        }
    }
}
