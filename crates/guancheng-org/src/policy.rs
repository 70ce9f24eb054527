//! The policy: who may see a subject, and the permits without which nothing is written.

use guancheng_base::{Actor, GrantHeld, Name, OfficeId, PersonId};

use crate::{Role, Roles, Scope, ScopeClause, Subject, Views, scope::contains};

/// A way to be allowed an act.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Anyone holding the role over the subject.
    Role(Name),
    /// Anyone who acts for this office.
    Office(OfficeId),
    /// Exactly this person.
    Person(PersonId),
    /// The reporter, applicant or party: whoever holds the subject's tracking code.
    Reporter,
    /// The system itself.
    System,
    /// Anyone who may see it (comments).
    Viewer,
}

/// What an act asks of its actor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// One of these must hold.
    pub any_of: Vec<Who>,
    /// Recorded in the permit when they hold, not demanded: the approvers of an act that may be asked for.
    pub also: Vec<Who>,
    /// These people may not, whatever their role 回避.
    pub not_by: Vec<PersonId>,
    /// Nobody acting for these offices may, whatever their role (an office does not answer a complaint about itself).
    pub not_by_offices: Vec<OfficeId>,
}

/// Proof that the policy allowed one actor an act on one subject. It can be made only here.
#[derive(Clone, Debug)]
pub struct Permit {
    kind: Name,
    actor: String,
    satisfied: Vec<Who>,
}

/// Why the policy refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denied {
    /// The actor may not even know of it: answered like absence.
    Unseen,
    /// The actor may see it but holds none of these.
    NotAllowed(Vec<Who>),
    /// The rule keeps this act from this person or office.
    NotByYou,
}

/// Who may see and do what, given the roles of the pack.
#[derive(Clone, Debug)]
pub struct Policy {
    roles: Roles,
}

impl Permit {
    /// Whether the permit was given for this kind of subject and this actor (as the log names them).
    pub fn covers(&self, kind: &str, actor: &str) -> bool {
        self.kind == *kind && self.actor == actor
    }

    /// The needs the actor satisfies.
    pub fn satisfied(&self) -> &[Who] {
        &self.satisfied
    }

    /// Whether the actor satisfies one of `needs`.
    pub fn any_of(&self, needs: &[Who]) -> bool {
        needs.iter().any(|need| self.satisfied.contains(need))
    }
}

impl Policy {
    /// The policy of a pack with these roles.
    pub fn new(roles: Roles) -> Self {
        Policy { roles }
    }

    /// The roles it knows.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// Whether the actor may know that the subject exists.
    pub fn may_view(&self, actor: &Actor, subject: &Subject) -> bool {
        match actor {
            Actor::System(_) => true,
            Actor::Reporter { code } => subject.reporter.as_ref() == Some(code),
            Actor::Person { id, grants } => {
                subject.involved.contains(id) || grants.iter().any(|grant| self.grant_views(grant, subject))
            }
        }
    }

    /// Allows the act or says why not. Unseen comes before not allowed, so that a refusal betrays nothing.
    pub fn permit(&self, actor: &Actor, subject: &Subject, need: &Need) -> Result<Permit, Denied> {
        if !self.may_view(actor, subject) {
            return Err(Denied::Unseen);
        }
        let holds = |who: &&Who| self.satisfies(actor, subject, who);
        let mut satisfied: Vec<Who> = need.any_of.iter().filter(holds).cloned().collect();
        if satisfied.is_empty() {
            return Err(Denied::NotAllowed(need.any_of.clone()));
        }
        if excluded(actor, need) {
            return Err(Denied::NotByYou);
        }
        satisfied.extend(need.also.iter().filter(holds).cloned());
        Ok(Permit { kind: subject.kind.clone(), actor: actor.log_name(), satisfied })
    }

    /// Allows what begins a subject. There is nothing yet to be seen, so only roles, the public and the system count:
    /// `Who::Viewer` stands for anybody at all, and a role is enough wherever its grant reaches the kind and the place.
    pub fn permit_open(&self, actor: &Actor, subject: &Subject, need: &Need) -> Result<Permit, Denied> {
        let holds = |who: &&Who| **who == Who::Viewer || self.satisfies(actor, subject, who);
        let satisfied: Vec<Who> = need.any_of.iter().filter(holds).cloned().collect();
        if satisfied.is_empty() {
            return Err(Denied::NotAllowed(need.any_of.clone()));
        }
        Ok(Permit { kind: subject.kind.clone(), actor: actor.log_name(), satisfied })
    }

    /// What the actor may see, as clauses that a store can compile. Equal to [`Policy::may_view`] for every subject.
    pub fn scope(&self, actor: &Actor) -> Scope {
        let everything = ScopeClause::everything();
        let clauses = match actor {
            Actor::System(_) => vec![everything],
            Actor::Reporter { code } => vec![ScopeClause { reporter: Some(code.clone()), ..everything }],
            Actor::Person { id, grants } => {
                let mine = ScopeClause { involved: Some(*id), ..everything };
                let granted = grants.iter().flat_map(|grant| self.grant_clauses(grant));
                std::iter::once(mine).chain(granted).collect()
            }
        };
        Scope { clauses }
    }

    fn satisfies(&self, actor: &Actor, subject: &Subject, who: &Who) -> bool {
        match who {
            Who::Role(role) => actor.grants().iter().any(|grant| grant.role == *role && self.reaches(grant, subject)),
            Who::Office(office) => actor.grants().iter().any(|grant| self.acts_for(grant, subject, *office)),
            Who::Person(person) => actor.person() == Some(*person),
            Who::Reporter => matches!(actor, Actor::Reporter { code } if subject.reporter.as_ref() == Some(code)),
            Who::System => matches!(actor, Actor::System(_)),
            Who::Viewer => self.may_view(actor, subject),
        }
    }

    /// Whether a grant of a role reaches the subject for acting: area and kind always, the office for a role that
    /// sees only its own.
    fn reaches(&self, grant: &GrantHeld, subject: &Subject) -> bool {
        let Some(role) = self.roles.get(&grant.role) else { return false };
        let trusted = !subject.need_to_know || self.trusted(role, subject);
        let office = role.views != Views::OwnOffice || own_office(grant, subject);
        area_and_kind(grant, subject) && office && trusted
    }

    fn acts_for(&self, grant: &GrantHeld, subject: &Subject, office: OfficeId) -> bool {
        let acts = self.roles.get(&grant.role).is_some_and(|role| role.acts_for_office);
        acts && area_and_kind(grant, subject)
            && (grant.offices.is_empty() || grant.offices.binary_search(&office).is_ok())
    }

    fn grant_views(&self, grant: &GrantHeld, subject: &Subject) -> bool {
        self.grant_clauses(grant).any(|clause| clause.admits(subject))
    }

    /// A grant seen as clauses: one for open subjects, one for the need-to-know kinds it is trusted with.
    fn grant_clauses<'a>(&'a self, grant: &'a GrantHeld) -> impl Iterator<Item = ScopeClause> + 'a {
        let role = self.roles.get(&grant.role).filter(|role| role.views != Views::Involved);
        let open = role.map(|role| clause(grant, role, grant.kinds.clone(), false));
        let secret = role.and_then(|role| trusted_kinds(grant, role).map(|kinds| clause(grant, role, kinds, true)));
        open.into_iter().chain(secret)
    }

    /// The holder's side is always trusted with what its office holds; others only with the kinds their role names.
    fn trusted(&self, role: &Role, subject: &Subject) -> bool {
        holds_by_office(role) || role.need_to_know.contains(&subject.kind)
    }
}

fn clause(grant: &GrantHeld, role: &Role, kinds: Vec<Name>, need_to_know: bool) -> ScopeClause {
    let own = role.views == Views::OwnOffice && !grant.offices.is_empty();
    let units = own.then(|| grant.offices.clone());
    ScopeClause { kinds, area: grant.area, units, need_to_know, ..ScopeClause::everything() }
}

/// The need-to-know kinds a grant reaches; `None` when there is none, an empty list when there is no limit.
fn trusted_kinds(grant: &GrantHeld, role: &Role) -> Option<Vec<Name>> {
    if holds_by_office(role) {
        return Some(grant.kinds.clone());
    }
    let allowed = |kind: &&Name| grant.kinds.is_empty() || grant.kinds.contains(*kind);
    let kinds: Vec<Name> = role.need_to_know.iter().filter(allowed).cloned().collect();
    (!kinds.is_empty()).then_some(kinds)
}

fn holds_by_office(role: &Role) -> bool {
    role.acts_for_office && role.views == Views::OwnOffice
}

fn area_and_kind(grant: &GrantHeld, subject: &Subject) -> bool {
    let kind = grant.kinds.is_empty() || grant.kinds.contains(&subject.kind);
    kind && grant.area.is_none_or(|area| subject.cell.is_some_and(|cell| contains(area, cell)))
}

fn own_office(grant: &GrantHeld, subject: &Subject) -> bool {
    grant.offices.is_empty() || subject.units.iter().any(|unit| grant.offices.binary_search(unit).is_ok())
}

fn excluded(actor: &Actor, need: &Need) -> bool {
    let person = actor.person().is_some_and(|person| need.not_by.contains(&person));
    let office =
        |grant: &GrantHeld| need.not_by_offices.iter().any(|office| grant.offices.binary_search(office).is_ok());
    person || actor.grants().iter().any(office)
}
