//! Who may see figures. Totals of offices and areas are every member of staff's business; boards of people are for those
//! who see every case of the city. Rows are opened by the policy, case by case.

use guancheng_app::{City, measure::judges_people};
use guancheng_base::{Actor, ErrorCode};
use guancheng_indicator::card::Scorecard;
use guancheng_org::Views;

use crate::problem::{Answer, Problem};

/// Figures are the city's own: whoever holds a grant may read them.
pub(super) fn staff(actor: &Actor) -> Answer<()> {
    match actor.grants().is_empty() {
        true => Err(Problem::of(ErrorCode::NotFound)),
        false => Ok(()),
    }
}

/// Whether the actor may see a scorecard.
pub(super) fn may_see(city: &City, actor: &Actor, card: &Scorecard) -> bool {
    !judges_people(card) || sees_all(city, actor)
}

/// Whether the actor may see figures by that column of the facts.
pub(super) fn may_ask_by(city: &City, actor: &Actor, column: &str) -> bool {
    !guancheng_app::measure::is_people(column) || sees_all(city, actor)
}

fn sees_all(city: &City, actor: &Actor) -> bool {
    let views = |role: &str| city.policy.roles().get(role).map(|role| role.views);
    actor.grants().iter().any(|grant| grant.area.is_none() && views(&grant.role) == Some(Views::AllInArea))
}
