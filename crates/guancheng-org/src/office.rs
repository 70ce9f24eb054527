//! The records of an organisation. Duties hang on posts, never on persons; a person holds a post from a day to a day.

use guancheng_base::{Instant, Name, OfficeId, PersonId, PostId};

/// A bureau, section, district body, street office, crew or enterprise 单位.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its id.
    pub id: OfficeId,
    /// The code packs and files call it by; unique.
    pub code: Name,
    /// Its full name as it stands on its door.
    pub name: String,
    /// The office it is part of; `None` for a root.
    pub parent: Option<OfficeId>,
    /// `section`, `district`, `street`, `crew`, `enterprise`, `external`: for lists and icons, never for rights.
    pub kind: Name,
}

/// A post 岗位 in an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Its id.
    pub id: PostId,
    /// The office it belongs to.
    pub office: OfficeId,
    /// What it is called.
    pub title: String,
    /// The duties that go with it, in words.
    pub duties: Vec<String>,
}

/// A natural person with a log-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// The log-in name; unique.
    pub login: Name,
    /// The name shown to others.
    pub name: String,
}

/// A person holds a post for a time, perhaps in place of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Who.
    pub person: PersonId,
    /// Which post.
    pub post: PostId,
    /// From this instant on.
    pub from: Instant,
    /// Until just before this instant; open when `None`.
    pub to: Option<Instant>,
    /// The holder they stand in for 代班. A substitute has the rights of the post while the tenure runs.
    pub substitute_for: Option<PersonId>,
}

/// Whom a grant is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GrantTo {
    /// Whoever holds the post.
    Post(PostId),
    /// One person, whatever their post.
    Person(PersonId),
}

/// A role given for an office subtree, an area, some kinds and a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role, e.g. `dispatcher`.
    pub role: Name,
    /// To whom.
    pub to: GrantTo,
    /// The office it is given in; it reaches everything below. `None` reaches every office.
    pub office: Option<OfficeId>,
    /// Half-open range of 15-digit area codes; `None` means everywhere.
    pub area: Option<(i64, i64)>,
    /// The procedures it is for. Empty means all.
    pub kinds: Vec<Name>,
    /// In force from this instant.
    pub from: Instant,
    /// In force until just before this instant; open when `None`.
    pub until: Option<Instant>,
}

/// Whether `now` lies in the half-open time from `from` to `to`.
pub(crate) fn in_force(from: Instant, to: Option<Instant>, now: Instant) -> bool {
    from <= now && to.is_none_or(|to| now < to)
}
