//! The people who play: who may do what, and how diligent each of them is.

use std::collections::BTreeMap;

use guancheng_app::City;
use guancheng_base::{Actor, Instant, Name, OfficeId, PersonId};
use guancheng_org::{Need, Subject, Who};

use crate::Dice;

/// One person.
#[derive(Clone, Debug)]
pub(crate) struct Player {
    /// With the grants held when the play began.
    pub(crate) actor: Actor,
    /// The name shown to others.
    pub(crate) name: String,
    /// How likely it is that a thing is done without what belongs to it.
    pub(crate) careless: f64,
}

/// Everyone, by what they may do.
#[derive(Debug)]
pub(crate) struct Cast {
    players: Vec<Player>,
    by_role: BTreeMap<Name, Vec<usize>>,
    by_office: BTreeMap<OfficeId, Vec<usize>>,
    by_person: BTreeMap<PersonId, usize>,
    /// Offices somebody acts for in cases of every kind, without the root offices whose grant reaches everything.
    pub(crate) units: Vec<OfficeId>,
}

impl Cast {
    /// The people of the city with the posts they hold at `start`.
    pub(crate) fn of(city: &City, dice: Dice, start: Instant) -> Self {
        let org = city.org();
        let mut cast = Cast {
            players: Vec::new(),
            by_role: BTreeMap::new(),
            by_office: BTreeMap::new(),
            by_person: BTreeMap::new(),
            units: Vec::new(),
        };
        for person in org.people() {
            let careless = 0.12 * dice.at("care").nth(person.id.0).share();
            cast.add(
                city,
                person.id,
                Player { actor: org.actor(person.id, start), name: person.name.clone(), careless },
            );
        }
        cast.units.sort_unstable();
        cast.units.dedup();
        cast
    }

    fn add(&mut self, city: &City, id: PersonId, player: Player) {
        let at = self.players.len();
        for grant in player.actor.grants() {
            let known = self.by_role.entry(grant.role.clone()).or_default();
            if known.last() != Some(&at) {
                known.push(at);
            }
            let acts = city.pack.roles.get(&grant.role).is_some_and(|role| role.acts_for_office);
            for office in grant.offices.iter().filter(|_| acts) {
                self.by_office.entry(*office).or_default().push(at);
                self.units.extend(grant.kinds.is_empty().then_some(*office));
            }
        }
        self.by_person.insert(id, at);
        self.players.push(player);
    }

    /// Somebody whom the policy allows the act. Reporters and the system are not of the cast.
    pub(crate) fn find(&self, city: &City, subject: &Subject, need: &Need, dice: Dice) -> Option<&Player> {
        self.first(need, dice, |player| city.policy.permit(&player.actor, subject, need).is_ok())
    }

    /// Somebody whom the policy allows to begin such a case.
    pub(crate) fn find_opener(&self, city: &City, subject: &Subject, need: &Need, dice: Dice) -> Option<&Player> {
        self.first(need, dice, |player| city.policy.permit_open(&player.actor, subject, need).is_ok())
    }

    /// The first allowed one, counted from a place the dice choose, so that work is shared.
    fn first(&self, need: &Need, dice: Dice, allowed: impl Fn(&Player) -> bool) -> Option<&Player> {
        let mut found: Vec<usize> = need.any_of.iter().flat_map(|who| self.meant(who)).copied().collect();
        let first = dice.at("who").between(0, i64::try_from(found.len()).unwrap_or(1) - 1);
        let many = found.len();
        found.rotate_left(usize::try_from(first).unwrap_or(0).min(many));
        found.iter().filter_map(|at| self.players.get(*at)).find(|player| allowed(player))
    }

    fn meant(&self, who: &Who) -> &[usize] {
        match who {
            Who::Role(role) => self.by_role.get(role).map_or(&[], Vec::as_slice),
            Who::Office(office) => self.by_office.get(office).map_or(&[], Vec::as_slice),
            Who::Person(person) => self.by_person.get(person).map_or(&[], std::slice::from_ref),
            Who::Reporter | Who::System | Who::Viewer => &[],
        }
    }

    /// Anybody with a role, for a field that names people.
    pub(crate) fn anybody(&self, dice: Dice) -> Option<&Player> {
        dice.at("anybody").pick(&self.players)
    }
}
