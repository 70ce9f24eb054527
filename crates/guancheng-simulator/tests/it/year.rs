//! The year of work under a plan.

use std::collections::BTreeMap;

use guancheng_app::AppError;
use guancheng_base::{Day, Instant};
use guancheng_plan::{ledger::Light, model::Status};
use guancheng_simulator::PlanYear;

use crate::town::Town;

fn town() -> Town {
    Town::new("zhengzhou", Instant::parse_rfc3339("2025-01-01T00:00:00+08:00").unwrap())
}

/// Plays from the first of January up to the day.
fn played(until: &str) -> (Town, PlanYear) {
    let mut town = town();
    let end = Day::parse(until).unwrap();
    let mut year = PlanYear::new(&town.city, 7, end).unwrap();
    let until = town.city.calendar().midnight(end);
    year.run_until(&mut town, until).unwrap();
    (town, year)
}

#[test]
fn a_spring_of_work_is_the_same_again_and_honest() {
    let (town, year) = played("2025-04-20");
    let (again, _) = played("2025-04-20");
    assert_eq!(town.head(), again.head());
    let verified = town.store.verify(false).unwrap();
    assert!(verified.ok(), "{:?}", verified.faults);
    let (done, refused) = year.deeds();
    assert!(done > 300 && refused * 20 < done, "{done} done, {refused} refused");
    let lights: BTreeMap<Light, usize> = town
        .store
        .read::<_, AppError>(|store| {
            let plan = town.city.plans.plan(store, 1)?;
            assert_eq!((plan.status, plan.items.len(), plan.year), (Status::Adopted, 48, 2025));
            assert!(plan.letters.values().all(|letter| letter.signatures.len() == 2));
            assert!(plan.meetings.len() > 8 && !plan.circulars.is_empty());
            let today = Day::parse("2025-04-20").unwrap();
            let ledger = guancheng_app::plan::ledger(store, &plan, town.city.plan_settings()?, today)?;
            let mut lights = BTreeMap::new();
            ledger.lines.iter().for_each(|line| *lights.entry(line.light).or_default() += 1);
            Ok(lights)
        })
        .unwrap();
    assert!(lights.values().all(|n| *n > 0) && lights.len() == 4, "some of every light: {lights:?}");
    assert!(lights.get(&Light::Red) < lights.get(&Light::Green), "{lights:?}");
}

#[test]
fn a_city_without_a_plan_has_no_such_year() {
    let boston = Town::new("boston", Instant::parse_rfc3339("2015-01-01T00:00:00-05:00").unwrap());
    assert!(PlanYear::new(&boston.city, 7, Day::parse("2015-09-14").unwrap()).is_none());
}
