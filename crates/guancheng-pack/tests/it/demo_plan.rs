//! The reviewed plan that the first city brings along.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use guancheng_base::{Actor, Ctx, Day, Instant, OfficeId, SystemActor};
use guancheng_pack::Pack;
use guancheng_plan::{
    Amount, Command, Event, Seed, World, decide,
    model::{Binding, Class, Plan, Stamp, Status},
};

fn shipped() -> Pack {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/zhengzhou");
    Pack::load(&dir).unwrap_or_else(|faults| panic!("{faults}"))
}

fn seed(pack: &Pack) -> &Seed {
    pack.plan_seeds.first().expect("the first city brings a plan along")
}

/// The plan as it is read in and confirmed.
fn imported(seed: &Seed, year: i16) -> Plan {
    let mut plan = Plan { id: 1, ..Plan::default() };
    guancheng_plan::evolve(&mut plan, &record(1, vec![seed.imported(year, stamp())]));
    plan
}

fn stamp() -> Stamp {
    Stamp { by: None, at: Instant(1_767_225_600_000) }
}

fn record(seq: u64, events: Vec<Event>) -> guancheng_plan::PlanRecord {
    guancheng_plan::PlanRecord { plan: 1, seq, at: stamp().at, actor: "system:import".to_owned(), events }
}

#[test]
fn the_demo_plan_is_whole() {
    let pack = shipped();
    let seed = seed(&pack);
    assert_eq!((seed.sections.len(), seed.items.len()), (10, 48));
    let ids: BTreeSet<&str> = seed.commitments.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids.len(), seed.commitments.len(), "every id once");
    assert!((150..=220).contains(&ids.len()), "{} commitments", ids.len());
    assert!((10..=20).contains(&seed.troubled.len()), "{} lines slip", seed.troubled.len());
    let loose = seed.commitments.iter().filter(|one| {
        let target = one.binding.as_ref().is_some_and(Binding::has_target) || one.class == Class::TargetRate;
        one.lead.is_none() || one.binding.is_none() || one.weight == 0 || (target && one.counter.is_none())
    });
    let loose: Vec<&str> = loose.map(|one| one.id.as_str()).collect();
    assert!(loose.is_empty(), "unbound, unled, without weight or unwatched: {loose:?}");
    let words = seed.commitments.iter().filter(|one| !one.words.is_empty()).count();
    assert!(words >= 60, "{words} promises in plain words");
}

#[test]
fn the_demo_plan_keeps_every_number_of_the_published_one() {
    let pack = shipped();
    let quantities = seed(&pack).commitments.iter().flat_map(|one| {
        let quantities = one.quantities.iter();
        quantities.map(move |quantity| (one.item, quantity.unit.as_str(), quantity.value))
    });
    let (rates, counts): (Vec<_>, Vec<_>) = quantities.partition(|(_, unit, _)| *unit == "%");
    let times: Vec<_> = counts.iter().filter(|(_, unit, _)| *unit == "次").collect();
    assert_eq!((rates.len(), counts.len() - times.len(), times.len()), (8, 26, 1), "{rates:?} {counts:?}");
    let has = |item, unit, value| counts.contains(&(item, unit, Amount::whole(value)));
    for (item, unit, value) in
        [(1, "户", 50_000), (2, "立方米", 1_000_000_000), (4, "吨/日", 550_000), (8, "基", 50_000)]
    {
        assert!(has(item, unit, value), "item {item} promises {value}{unit}");
    }
}

#[test]
fn commitments_tile_the_text_of_their_items() {
    let pack = shipped();
    let seed = seed(&pack);
    for item in &seed.items {
        let text: Vec<char> = item.text.chars().collect();
        let mut at = item.body_from as usize;
        for one in seed.commitments.iter().filter(|one| one.item == item.no) {
            let (from, to) = (one.span.0 as usize, one.span.1 as usize);
            assert!(text[at..from].iter().all(|c| "。；".contains(*c)), "item {} before {}", item.no, one.id);
            assert_eq!(text[from..to].iter().collect::<String>(), one.text);
            at = to;
        }
        assert!(text[at..].iter().all(|c| "。；".contains(*c)), "the end of item {}", item.no);
    }
}

#[test]
fn the_demo_plan_can_be_adopted_in_any_year() {
    let pack = shipped();
    let settings = pack.plan_settings.as_ref().expect("the first city has plans");
    let offices: BTreeMap<OfficeId, String> =
        pack.offices.iter().map(|office| (office.id, office.name.clone())).collect();
    let ctx = Ctx { now: stamp().at, actor: Actor::System(SystemActor::Import) };
    let world = World {
        ctx: &ctx,
        today: Day::new(2026, 1, 5).expect("a day"),
        calendar: &pack.calendars["zz_office"],
        settings,
        offices: &offices,
        posts: &BTreeMap::new(),
        signer: None,
        heads: &BTreeMap::new(),
        frozen: None,
        decided: &[],
    };
    for year in [2014, 2026, 2028] {
        let mut plan = imported(seed(&pack), year);
        let adopted = decide(&plan, &Command::Adopt, world).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        guancheng_plan::evolve(&mut plan, &record(2, adopted));
        assert_eq!((plan.status, plan.year), (Status::Adopted, year));
        assert_eq!(plan.letters.len(), seed(&pack).leads().len());
        assert!(plan.title.contains(&year.to_string()));
    }
}

/// Each office that leads has a head who signs for it and nobody else's.
#[test]
fn whoever_leads_can_sign() {
    let pack = shipped();
    let settings = pack.plan_settings.as_ref().expect("the first city has plans");
    let signs = |code: &str| {
        let of_office = pack.posts.iter().filter(|post| post.office == *code);
        let mut grants = of_office.flat_map(|post| &post.grants);
        grants.any(|grant| {
            let right = &settings.rights[&guancheng_plan::Act::ForOffice];
            right.contains(&grant.role) && grant.office.as_ref().is_some_and(|own| *own == *code)
        })
    };
    let leads = seed(&pack).leads();
    let headless: Vec<_> =
        pack.offices.iter().filter(|office| leads.contains(&office.id) && !signs(&office.code)).collect();
    assert!(headless.is_empty(), "{headless:?}");
}
