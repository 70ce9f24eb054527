//! Properties over random lives of cases.

use guancheng_base::{CaseId, Ctx, Instant};
use proptest::prelude::*;

use super::{build::seven_stages, world::*};
use crate::*;

const WHO: [&str; 9] = [
    "intake",
    "dispatcher",
    "shift_leader",
    "department@12",
    "department@13",
    "checker",
    "reporter",
    "clock",
    "import",
];

#[derive(Clone, Debug)]
struct Act {
    who: usize,
    what: usize,
    later_ms: i64,
    pick: usize,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let later = prop_oneof![0i64..3_600_000, 0i64..86_400_000, 0i64..864_000_000];
    let act = (0..WHO.len(), 0usize..20, later, 0usize..64);
    proptest::collection::vec(act.prop_map(|(who, what, later_ms, pick)| Act { who, what, later_ms, pick }), 1..40)
}

/// The act of a random person: a move of the procedure with a full form, or anything else.
fn command(world: &mut World, act: &Act) -> Command {
    let fields = [
        ("category", c(["e.1", "e.2", "e.3", "e.4", "e.5"][act.pick % 5])),
        ("unit", office(12 + (act.pick % 2) as i64)),
        ("reason", t("because")),
        ("note", t("done")),
        ("main_case", Value::Ref("9".to_owned())),
        ("planned_finish", Value::Date(world.procedure.calendar.day_of(world.now).plus(3))),
    ];
    let count = world.procedure.moves.len();
    match act.what {
        n if n < count => {
            let mv = world.procedure.moves[n].clone();
            let required = fields.into_iter().filter(|(id, _)| mv.require.iter().any(|field| field == id));
            let evidence = mv.evidence.iter().map(|_| world.photo(HERE)).collect();
            let fields = required.map(|(id, value)| (id.into(), value)).collect();
            Command::Move { mv: mv.id, fields, evidence, note: String::new() }
        }
        14 => Command::AskExtension {
            clock: "disposal".into(),
            add: super::build::limit("1 work_hour"),
            fields: values(&[("reason", t("rain"))]),
        },
        15 => ask(1 + (act.pick % 3) as i64, act.pick.is_multiple_of(2), "so"),
        16 => Command::Comment { text: "hm".to_owned() },
        _ => Command::Fire,
    }
}

/// What must hold of a case at any time.
fn sound(world: &World) -> Result<(), TestCaseError> {
    let case = &world.case;
    let state = world.procedure.state(&case.state).expect("a declared state");
    prop_assert_eq!(state.is_final, case.closed_at.is_some());
    if !state.is_final {
        prop_assert!(state.holder != Holder::None, "held");
        prop_assert!(case.clocks.values().any(ClockRun::is_running), "timed in {}", case.state);
    }
    prop_assert_eq!(replay(&world.records), Some(case.clone()), "replay");
    let ctx = Ctx { now: world.now, actor: actor("clock") };
    if case.next_wake().is_none_or(|wake| wake > world.now) {
        prop_assert_eq!(world.decide(&ctx, &Command::Fire), Ok(Vec::new()), "nothing is due");
    }
    Ok(())
}

fn play(acts: &[Act], fire_always: bool) -> Result<World, TestCaseError> {
    let mut world = World::new(seven_stages());
    world.open("2014-03-03T09:00", &[("place", Value::Point(HERE))]);
    for act in acts {
        world.now = world.now.plus_ms(act.later_ms);
        if fire_always {
            world.fire();
        }
        let command = command(&mut world, act);
        world.run(WHO[act.who], "act", &command);
        sound(&world)?;
    }
    world.now = world.now.plus_ms(864_000_000);
    world.fire();
    Ok(world)
}

/// Everything timers gave, without the record in which it stands.
fn timers(world: &World) -> Vec<&Event> {
    let timer = |event: &&Event| matches!(event, Event::ClockWarned { .. } | Event::ClockBreached { .. });
    world.records.iter().flat_map(|record| &record.events).filter(timer).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_case_is_always_held_timed_and_equal_to_its_replay(acts in acts()) {
        play(&acts, false)?;
    }

    #[test]
    fn timers_give_the_same_whether_they_fire_often_or_never(acts in acts()) {
        let (often, never) = (play(&acts, true)?, play(&acts, false)?);
        prop_assert_eq!(timers(&often), timers(&never));
        prop_assert_eq!(&often.case.clocks, &never.case.clocks);
        prop_assert_eq!(&often.case.state, &never.case.state);
    }

    #[test]
    fn firing_twice_gives_nothing_the_second_time(acts in acts(), later in 0i64..8_640_000_000) {
        let mut world = play(&acts, false)?;
        world.now = world.now.plus_ms(later);
        world.fire();
        let ctx = Ctx { now: world.now, actor: actor("clock") };
        prop_assert_eq!(world.decide(&ctx, &Command::Fire), Ok(Vec::new()));
    }

    #[test]
    fn records_of_another_version_apply_without_failing(acts in acts(), skip in 0usize..8) {
        let world = play(&acts, false)?;
        let mut stranger = Case::new(CaseId(2));
        for record in world.records.iter().skip(skip) {
            evolve(&mut stranger, record);
        }
        let last = if skip < world.records.len() { world.case.seq } else { 0 };
        prop_assert_eq!(stranger.seq, last);
        let _ = (stranger.light(Instant(0)), stranger.next_wake(), stranger.main_clock());
    }
}
