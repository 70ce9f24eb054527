//! Who makes a move: the first person of the city whom the policy permits, remembered by move and unit.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use guancheng_app::City;
use guancheng_base::{Actor, Instant, OfficeId, PersonId};
use guancheng_org::{Need, Permit, Subject};

/// The people of the city as actors.
pub struct Cast {
    actors: Vec<Actor>,
    known: Mutex<BTreeMap<(String, Option<OfficeId>), usize>>,
}

impl Cast {
    /// Everybody with the grants they hold now.
    pub fn of(city: &City, people: Vec<PersonId>, now: Instant) -> Self {
        let actors = people.into_iter().map(|person| city.actor(person, now)).collect();
        Cast { actors, known: Mutex::default() }
    }

    /// Somebody who may, and the permit.
    pub fn who(
        &self,
        city: &City,
        mv: &str,
        unit: Option<OfficeId>,
        subject: &Subject,
        need: &Need,
    ) -> Option<(Permit, Actor)> {
        let key = (mv.to_owned(), unit);
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        let may = |at: usize| {
            let actor = self.actors.get(at)?;
            Some((city.policy.permit(actor, subject, need).ok()?, actor.clone()))
        };
        if let Some(found) = known.and_then(may) {
            return Some(found);
        }
        let (at, found) = (0..self.actors.len()).find_map(|at| Some((at, may(at)?)))?;
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, at);
        Some(found)
    }
}
