//! The organisation in memory: who holds what now.

use std::collections::{BTreeMap, BTreeSet};

use guancheng_base::{Actor, GrantHeld, Instant, Name, OfficeId, PersonId, PostId};

use crate::{Grant, GrantTo, Office, Person, Post, Tenure, office::in_force};

/// Offices, posts, people, tenures and grants of a city, checked to hang together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Org {
    offices: BTreeMap<OfficeId, Office>,
    children: BTreeMap<OfficeId, Vec<OfficeId>>,
    posts: BTreeMap<PostId, Post>,
    people: BTreeMap<PersonId, Person>,
    tenures: Vec<Tenure>,
    grants: Vec<Grant>,
}

/// What does not hang together; the message names the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgFault(pub String);

impl Org {
    /// Builds the organisation, or lists everything that does not hang together: unknown ids, doubled codes and
    /// log-ins, offices that are their own ancestors.
    pub fn new(
        offices: Vec<Office>,
        posts: Vec<Post>,
        people: Vec<Person>,
        tenures: Vec<Tenure>,
        grants: Vec<Grant>,
    ) -> Result<Self, Vec<OrgFault>> {
        let mut org = Org { tenures, grants, ..Org::default() };
        org.children = children(&offices);
        org.offices = offices.iter().map(|office| (office.id, office.clone())).collect();
        org.posts = posts.into_iter().map(|post| (post.id, post)).collect();
        org.people = people.iter().map(|person| (person.id, person.clone())).collect();
        let mut faults = doubled("office code", offices.iter().map(|office| office.code.as_str()));
        faults.extend(doubled("log-in", people.iter().map(|person| person.login.as_str())));
        faults.extend(org.dangling());
        if faults.is_empty() { Ok(org) } else { Err(faults) }
    }

    /// One office.
    pub fn office(&self, id: OfficeId) -> Option<&Office> {
        self.offices.get(&id)
    }

    /// The office of that code.
    pub fn office_by_code(&self, code: &str) -> Option<&Office> {
        self.offices.values().find(|office| office.code == *code)
    }

    /// All offices by id.
    pub fn offices(&self) -> impl Iterator<Item = &Office> {
        self.offices.values()
    }

    /// One person.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// The person with that log-in name.
    pub fn person_by_login(&self, login: &str) -> Option<&Person> {
        self.people.values().find(|person| person.login == *login)
    }

    /// All people by id.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// Every post.
    pub fn posts(&self) -> impl Iterator<Item = &Post> {
        self.posts.values()
    }

    /// One post.
    pub fn post(&self, id: PostId) -> Option<&Post> {
        self.posts.get(&id)
    }

    /// An office and everything below it, sorted; empty for an unknown office.
    pub fn subtree(&self, office: OfficeId) -> Vec<OfficeId> {
        let mut found = Vec::new();
        let mut open: Vec<OfficeId> = self.offices.contains_key(&office).then_some(office).into_iter().collect();
        while let Some(next) = open.pop() {
            found.push(next);
            open.extend(self.children.get(&next).into_iter().flatten());
        }
        found.sort();
        found
    }

    /// The posts a person holds at `now`, substitutions included, with the tenure that gives each.
    pub fn posts_of(&self, person: PersonId, now: Instant) -> impl Iterator<Item = (&Tenure, &Post)> {
        let held = self.tenures.iter().filter(move |t| t.person == person && in_force(t.from, t.to, now));
        held.filter_map(|tenure| self.posts.get(&tenure.post).map(|post| (tenure, post)))
    }

    /// The posts a person holds at `now` that give one of the roles.
    pub fn posts_giving(&self, person: PersonId, roles: &[Name], now: Instant) -> impl Iterator<Item = &Post> {
        let of = move |grant: &&Grant| roles.contains(&grant.role) && in_force(grant.from, grant.until, now);
        let gives = move |post: &&Post| self.grants.iter().filter(of).any(|grant| grant.to == GrantTo::Post(post.id));
        self.posts_of(person, now).map(|(_, post)| post).filter(gives)
    }

    /// The grants a person holds at `now`, through posts (as holder or substitute) and in person.
    pub fn grants_of(&self, person: PersonId, now: Instant) -> Vec<GrantHeld> {
        let posts: Vec<PostId> = self.posts_of(person, now).map(|(_, post)| post.id).collect();
        let mine = |grant: &&Grant| match grant.to {
            GrantTo::Post(post) => posts.contains(&post),
            GrantTo::Person(to) => to == person,
        };
        let in_force = self.grants.iter().filter(|grant| in_force(grant.from, grant.until, now));
        in_force.filter(mine).map(|grant| self.held(grant)).collect()
    }

    /// The person as an actor at `now`; without grants when unknown.
    pub fn actor(&self, person: PersonId, now: Instant) -> Actor {
        Actor::Person { id: person, grants: self.grants_of(person, now) }
    }

    /// The people who hold the role at `now` over the office (any office when `None`): for notices and for "held by".
    pub fn holders_of(&self, role: &str, office: Option<OfficeId>, now: Instant) -> Vec<PersonId> {
        let reaches = |grant: &&Grant| {
            let over = |office| grant.office.is_none_or(|top| self.is_within(office, top));
            grant.role == *role && in_force(grant.from, grant.until, now) && office.is_none_or(over)
        };
        let mut found = BTreeSet::new();
        for grant in self.grants.iter().filter(reaches) {
            match grant.to {
                GrantTo::Person(person) => drop(found.insert(person)),
                GrantTo::Post(post) => {
                    let holding = self.tenures.iter().filter(|t| t.post == post && in_force(t.from, t.to, now));
                    found.extend(holding.map(|tenure| tenure.person));
                }
            }
        }
        found.into_iter().collect()
    }

    /// Whether an office is `top` or below it.
    fn is_within(&self, office: OfficeId, top: OfficeId) -> bool {
        let above = |office: &OfficeId| self.offices.get(office).and_then(|office| office.parent);
        std::iter::successors(Some(office), above).any(|office| office == top)
    }

    fn held(&self, grant: &Grant) -> GrantHeld {
        let offices = grant.office.map(|office| self.subtree(office)).unwrap_or_default();
        let office = grant.office.or_else(|| self.root()).unwrap_or(OfficeId(0));
        GrantHeld { role: grant.role.clone(), office, offices, area: grant.area, kinds: grant.kinds.clone() }
    }

    fn root(&self) -> Option<OfficeId> {
        self.offices.values().find(|office| office.parent.is_none()).map(|office| office.id)
    }

    fn dangling(&self) -> Vec<OrgFault> {
        let mut faults = Vec::new();
        for office in self.offices.values() {
            if office.parent.is_some_and(|parent| !self.offices.contains_key(&parent)) {
                faults.push(OrgFault(format!("office {} is part of an unknown office", office.code)));
            } else if !self.reaches_root(office) {
                faults.push(OrgFault(format!("office {} is above itself", office.code)));
            }
        }
        let unknown_office = |office: OfficeId| !self.offices.contains_key(&office);
        let posts = self.posts.values().filter(|post| unknown_office(post.office));
        faults.extend(posts.map(|post| OrgFault(format!("post {} ({}) is in an unknown office", post.id, post.title))));
        let tenures =
            self.tenures.iter().filter(|t| !self.people.contains_key(&t.person) || !self.posts.contains_key(&t.post));
        faults.extend(
            tenures.map(|t| OrgFault(format!("tenure of person {} in post {}: one is unknown", t.person, t.post))),
        );
        let grants =
            self.grants.iter().filter(|grant| grant.office.is_some_and(unknown_office) || !self.knows(grant.to));
        faults.extend(
            grants.map(|grant| {
                OrgFault(format!("grant of {} to {:?}: office or holder is unknown", grant.role, grant.to))
            }),
        );
        faults
    }

    fn knows(&self, to: GrantTo) -> bool {
        match to {
            GrantTo::Post(post) => self.posts.contains_key(&post),
            GrantTo::Person(person) => self.people.contains_key(&person),
        }
    }

    /// Walks up at most as many steps as there are offices, so that a ring ends.
    fn reaches_root(&self, office: &Office) -> bool {
        let mut at = office;
        for _ in 0..self.offices.len() {
            match at.parent.and_then(|parent| self.offices.get(&parent)) {
                Some(parent) => at = parent,
                None => return true,
            }
        }
        false
    }
}

fn children(offices: &[Office]) -> BTreeMap<OfficeId, Vec<OfficeId>> {
    let mut children: BTreeMap<OfficeId, Vec<OfficeId>> = BTreeMap::new();
    for office in offices {
        if let Some(parent) = office.parent {
            children.entry(parent).or_default().push(office.id);
        }
    }
    children
}

fn doubled<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Vec<OrgFault> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *count.entry(name).or_default() += 1;
    }
    let twice = count.into_iter().filter(|(_, n)| *n > 1);
    twice.map(|(name, n)| OrgFault(format!("{what} {name} is used {n} times"))).collect()
}
