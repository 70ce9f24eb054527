//! What a city declares about plans, and the reviewed plan that the first city brings along.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use expect_test::expect;
use guancheng_base::{Actor, Ctx, Day, Instant, OfficeId, SystemActor};
use guancheng_pack::Pack;
use guancheng_plan::{
    Amount, Command, Event, Seed, World, decide,
    model::{Binding, Class, Plan, Stamp, Status},
};

use crate::town::check;

const SETTINGS: &str = r#"kind = "plan_settings"
basis = ["示例"]
owner = "hall"
curve = [0, 10, 20, 30, 40, 50, 60, 70, 65, 80, 90, 95]
cycle_days = 0
circular_number = "通报{yyyy}号"
mark_percent = 120
appeal_within = "5 work_days"
other_group = "其他"
rights = { review = ["clark"], adopt = ["clerk"], for_office = ["clerk"], lead = ["clerk"], supervise = ["clerk"], apraise = ["clerk"] }
series = [{ id = "weekly", title = "例会", cadence = "weakly" }, { id = "weekly", title = "例会", cadence = "weekly" }]
grades = [{ title = "优", from = 80 }, { title = "良", from = 90 }]
groups = [{ title = "甲", offices = ["hall", "hull"] }, { title = "乙", offices = ["hall"] }]
procedures = { progress = "leak", decision = "leek", amendment = "leak" }
"#;

const PLAN: &str = r#"kind = "plan"
title = "{yyyy}年要点"
publisher = "镇公所"
basis = ["示例"]
owner = "hall"
section = [{ no = 1, title = "修水管" }]
troubled = ["01.09"]
[[item]]
no = 1
section = 2
title = "供水"
lead = "hull"
commitment = [
  { text = "换50公里水管", class = "counts", weight = 5, quantity = [{ text = "40公里", value = 40, unit = "公里", comparator = "==" }],
    bind = { kind = "count", target = 0, unit = "公里", due = "02-30" } },
  { text = "漏水按时修", class = "duty", weight = 500, bind = { kind = "duty", measure = "in_time", procedure = "leek", target = 120, min_cases = 1 } },
  { text = "水管不漏", class = "target_rate", weight = 5, bind = { kind = "indicator", measure = "on_time", procedure = "leak", category = "pip", target = 95, min_cases = 1 } },
  { text = "修水塔", class = "project", weight = 3, bind = { kind = "milestones", steps = [{ id = "a", title = "开工", due = "04-30" }, { id = "a", title = "完工", due = "08-31" }] } },
  { text = "例会", class = "periodic", weight = 1, bind = { kind = "shedule", cadence = "weekly" }, watch = "缺席", waive = "无" },
]
"#;

#[test]
fn settings_say_everything_that_is_wrong_at_once() {
    check(
        &[("plan/settings.toml", "", SETTINGS)],
        expect![[r#"
        error: this is no curve of a year
         --> plan/settings.toml:4:9
          |
        4 | curve = [0, 10, 20, 30, 40, 50, 60, 70, 65, 80, 90, 95]
          |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = help: twelve percentages, one a month, never falling, the last 100

        error: 0 is out of range: a whole number from 1 to 366 is expected
         --> plan/settings.toml:5:14
          |
        5 | cycle_days = 0
          |              ^

        error: every circular would have the number 通报{yyyy}号
         --> plan/settings.toml:6:19
          |
        6 | circular_number = "通报{yyyy}号"
          |                   ^^^^^^^^^^^^^^
          = help: put {seq} where the running number stands, and {yyyy} for the year

        error: 120 is out of range: a whole number from 0 to 100 is expected
         --> plan/settings.toml:7:16
          |
        7 | mark_percent = 120
          |                ^^^

        error: "work_days" is no unit of time here: the units are natural_day, work_day, work_hour, urgent_hour, urgent_minute, year
         --> plan/settings.toml:8:17
          |
        8 | appeal_within = "5 work_days"
          |                 ^^^^^^^^^^^^^

        error: the rights of a plan needs a `appraise`
          --> plan/settings.toml:10:10
           |
        10 | rights = { review = ["clark"], adopt = ["clerk"], for_office = ["clerk"], lead = ["clerk"], supervise = ["cler…
           |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        error: there is no role `clark`
          --> plan/settings.toml:10:22
           |
        10 | rights = { review = ["clark"], adopt = ["clerk"], for_office = ["clerk"], lead = ["clerk"], supervise = ["cler…
           |                      ^^^^^^^
           = help: did you mean `clerk`?

        error: unknown key `apraise` in a rights of a plan
          --> plan/settings.toml:10:116
           |
        10 | … = ["clerk"], lead = ["clerk"], supervise = ["clerk"], apraise = ["clerk"] }
           |                                                         ^^^^^^^
           = help: did you mean `appraise`?

        error: `weakly` is no cadence
          --> plan/settings.toml:11:52
           |
        11 | series = [{ id = "weekly", title = "例会", cadence = "weakly" }, { id = "weekly", title = "例会", cadence = "w…
           |                                                      ^^^^^^^^
           = help: a cadence is: daily, weekly, monthly, quarterly, half_yearly, yearly

        error: some total would have no grade, or two
          --> plan/settings.toml:12:10
           |
        12 | grades = [{ title = "优", from = 80 }, { title = "良", from = 90 }]
           |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = help: from the best down, each beginning lower than the one before, the last from 0

        error: there is no office `hull`
          --> plan/settings.toml:13:45
           |
        13 | groups = [{ title = "甲", offices = ["hall", "hull"] }, { title = "乙", offices = ["hall"] }]
           |                                              ^^^^^^
           = help: did you mean `hall`?

        error: an office is ranked in one group, and this one is in two
          --> plan/settings.toml:13:82
           |
        13 | groups = [{ title = "甲", offices = ["hall", "hull"] }, { title = "乙", offices = ["hall"] }]
           |                                                                                    ^^^^^^

        error: `leak` does not say what its cases report of a plan
          --> plan/settings.toml:14:27
           |
        14 | procedures = { progress = "leak", decision = "leek", amendment = "leak" }
           |                           ^^^^^^
           = help: give it a `progress` table: which fields say of what, how much, for which day

        error: there is no procedure `leek`
          --> plan/settings.toml:14:46
           |
        14 | procedures = { progress = "leak", decision = "leek", amendment = "leak" }
           |                                              ^^^^^^
           = help: did you mean `leak`?

        error: `leak` has no date field `new_due`
          --> plan/settings.toml:14:66
           |
        14 | procedures = { progress = "leak", decision = "leek", amendment = "leak" }
           |                                                                  ^^^^^^
           = help: declare { id = "new_due", type = "date" } there

        error: `leak` has no decimal field `new_target`
          --> plan/settings.toml:14:66
           |
        14 | procedures = { progress = "leak", decision = "leek", amendment = "leak" }
           |                                                                  ^^^^^^
           = help: declare { id = "new_target", type = "decimal" } there

        error: `leak` has no org field `new_lead`
          --> plan/settings.toml:14:66
           |
        14 | procedures = { progress = "leak", decision = "leek", amendment = "leak" }
           |                                                                  ^^^^^^
           = help: declare { id = "new_lead", type = "org" } there

        error: `leak` has no ref field `commitment`
          --> plan/settings.toml:14:66
           |
        14 | procedures = { progress = "leak", decision = "leek", amendment = "leak" }
           |                                                                  ^^^^^^
           = help: declare { id = "commitment", type = "ref" } there

        error: `leak` has no text field `reason`
          --> plan/settings.toml:14:66
           |
        14 | procedures = { progress = "leak", decision = "leek", amendment = "leak" }
           |                                                                  ^^^^^^
           = help: declare { id = "reason", type = "text" } there

        error: no move of `leak` amends a plan
          --> plan/settings.toml:14:66
           |
        14 | procedures = { progress = "leak", decision = "leek", amendment = "leak" }
           |                                                                  ^^^^^^
           = help: give the approving move effects = ["amend_plan"]

        20 errors, 0 warnings"#]],
    );
}

#[test]
fn a_plan_says_everything_that_is_wrong_at_once() {
    check(
        &[("plan/demo.toml", "", PLAN)],
        expect![[r#"
        error: there is a plan, but nothing says how plans are handled here
         --> plan/demo.toml:1:8
          |
        1 | kind = "plan"
          |        ^^^^^^
          = help: add a file of kind plan_settings: rights, curve, meetings, procedures

        error: there is no commitment `01.09`
         --> plan/demo.toml:7:13
          |
        7 | troubled = ["01.09"]
          |             ^^^^^^^
          = help: did you mean `01.03`?

        error: there is no section 2
         --> plan/demo.toml:8:1
          |
        8 | [[item]]
          | ^^^^^^^^

        error: there is no office `hull`
          --> plan/demo.toml:12:8
           |
        12 | lead = "hull"
           |        ^^^^^^
           = help: did you mean `hall`?

        error: `counts` is no class
          --> plan/demo.toml:14:31
           |
        14 |   { text = "换50公里水管", class = "counts", weight = 5, quantity = [{ text = "40公里", value = 40, unit = "公…
           |                                    ^^^^^^^^
           = help: a class is: count, project, target_rate, periodic, document, register, mechanism, duty

        error: the commitment does not say `40公里`
          --> plan/demo.toml:14:65
           |
        14 | …= "换50公里水管", class = "counts", weight = 5, quantity = [{ text = "40公里", value = 40, unit = "公里", com…
           |                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        error: `==` is no comparator
          --> plan/demo.toml:14:120
           |
        14 | …{ text = "40公里", value = 40, unit = "公里", comparator = "==" }],
           |                                                             ^^^^
           = help: a comparator is: >=, <=, =, ~

        error: `02-30` is no day of the year; write it as 02-15
          --> plan/demo.toml:15:61
           |
        15 |     bind = { kind = "count", target = 0, unit = "公里", due = "02-30" } },
           |                                                               ^^^^^^^

        error: 500 is out of range: a whole number from 0 to 100 is expected
          --> plan/demo.toml:16:46
           |
        16 |   { text = "漏水按时修", class = "duty", weight = 500, bind = { kind = "duty", measure = "in_time", procedure …
           |                                                   ^^^

        error: `in_time` is no measure
          --> plan/demo.toml:16:85
           |
        16 | …duty", weight = 500, bind = { kind = "duty", measure = "in_time", procedure = "leek", target = 120, min_cases…
           |                                                         ^^^^^^^^^
           = help: a measure is: on_time, closed, first_time

        error: there is no procedure `leek`
          --> plan/demo.toml:16:108
           |
        16 | …nd = { kind = "duty", measure = "in_time", procedure = "leek", target = 120, min_cases = 1 } },
           |                                                         ^^^^^^
           = help: did you mean `leak`?

        error: a target without a counter-indicator
          --> plan/demo.toml:17:3
           |
        17 |   { text = "水管不漏", class = "target_rate", weight = 5, bind = { kind = "indicator", measure = "on_time", pr…
           |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = help: say in `watch` how it is measured from the other side, or in `waive` why it is not

        error: no case of `leak` has the category `pip`
          --> plan/demo.toml:17:136
           |
        17 | …", measure = "on_time", procedure = "leak", category = "pip", target = 95, min_cases = 1 } },
           |                                                         ^^^^^
           = help: name a row of one of its code lists

        error: each step has an id of its own and a title
          --> plan/demo.toml:18:57
           |
        18 | … { text = "修水塔", class = "project", weight = 3, bind = { kind = "milestones", steps = [{ id = "a", title =…
           |                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        error: a target is either watched or waived, not both
          --> plan/demo.toml:19:3
           |
        19 |   { text = "例会", class = "periodic", weight = 1, bind = { kind = "shedule", cadence = "weekly" }, watch = "…
           |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        error: nothing is bound by `shedule`
          --> plan/demo.toml:19:66
           |
        19 | … "例会", class = "periodic", weight = 1, bind = { kind = "shedule", cadence = "weekly" }, watch = "缺席", wai…
           |                                                           ^^^^^^^^^
           = help: known is: count, milestones, indicator, duty, schedule, document, mechanism, opinion

        16 errors, 0 warnings"#]],
    );
}

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
