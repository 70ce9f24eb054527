//! What each actor can do: the buttons, the matrix, and permits that are not for this case.

use expect_test::expect;
use guancheng_base::Ctx;
use guancheng_org::Need;

use super::{build::seven_stages, world::*};
use crate::*;

fn buttons(world: &World, who: &str) -> String {
    let ctx = Ctx { now: world.now, actor: actor(who) };
    let options = step(&ctx, &world.procedure, &world.case, &world.policy, &world.facts);
    let line = |option: &MoveOption<'_>| {
        let why = option.possible.as_ref().err().map(|refusal| format!(" {}: {}", refusal.code, refusal.text.en));
        let approval = if option.asks_approval { " (asks)" } else { "" };
        format!("{}{approval} missing {:?}{}\n", option.mv.id, option.missing, why.unwrap_or_default())
    };
    options.iter().map(line).collect()
}

#[test]
fn each_button_says_why_it_is_shut() {
    let mut world = World::new(seven_stages());
    world.open("2014-09-26T16:25", &[("place", Value::Point(HERE))]);
    world.go("intake", "file", &[("category", c("e.1"))]);
    world.go("department@12", "send_back", &[("reason", t("not ours"))]);
    world.go("dispatcher", "dispatch", &[("unit", office(12))]);
    let seen =
        ["department@12", "dispatcher", "reporter"].map(|who| format!("{who}\n{}", buttons(&world, who))).concat();
    expect![[r#"
        department@12
        send_back missing [] limit_reached: send_back is possible 1 time(s) only; do decide_ownership instead
        decide_ownership missing [] not_allowed: decide_ownership is for: 值班长
        accept missing []
        feed_back missing ["note"]
        void (asks) missing []
        dispatcher
        send_back missing [] not_allowed: send_back is for: office 12
        decide_ownership missing [] not_allowed: decide_ownership is for: 值班长
        accept missing [] not_allowed: accept is for: office 12
        feed_back missing ["note"] not_allowed: feed_back is for: office 12
        void (asks) missing []
        reporter
        send_back missing [] not_allowed: send_back is for: office 12
        decide_ownership missing [] not_allowed: decide_ownership is for: 值班长
        accept missing [] not_allowed: accept is for: office 12
        feed_back missing ["note"] not_allowed: feed_back is for: office 12
        void (asks) missing [] not_allowed: void is for: office 12, 派遣员
    "#]]
    .assert_eq(&seen);
    let ctx = Ctx { now: world.now, actor: actor("department@12") };
    let extensions = extensions(&ctx, &world.procedure, &world.case, &world.policy, &world.facts);
    let told: Vec<String> = extensions
        .iter()
        .map(|e| format!("{} up to {} asks {} {:?}", e.clock.id, e.max.unwrap(), e.asks_approval, e.possible.is_ok()))
        .collect();
    assert_eq!(told, ["disposal up to 2 work_hour asks true true"]);
}

#[test]
fn the_matrix_can_be_read_and_signed() {
    let world = World::new(seven_stages());
    let text = guancheng_org::matrix(&matrix_rows(&world.procedure), world.policy.roles());
    expect![[r#"
        case
          act                   checker  dispatcher  intake  shift_leader  others
          open                  .        x           x       .             system anybody
          file                  .        .           x       .
          reject                .        .           x       .
          merge                 .        x           x       .
          dispatch              .        x           .       .             system:assign
          send_back             .        .           .       .             holder(unit)
          decide_ownership      .        .           .       x
          accept                .        .           .       .             holder(unit)
          hang                  .        .           .       .             holder(unit)
          rule:hang             .        .           .       x
          resume                .        .           .       .             holder(unit) system:planned_finish
          feed_back             .        .           .       .             holder(unit)
          fail                  x        .           .       .
          close                 x        .           .       .
          reopen                .        .           x       .             reporter
          void                  .        x           .       .             holder
          rule:void             .        .           .       x
          rule:extend:disposal  .        .           .       x

    "#]]
    .assert_eq(&text);
}

#[test]
fn a_permit_for_another_act_or_person_is_worth_nothing() {
    let mut world = World::new(seven_stages());
    world.open("2014-09-26T16:25", &[("place", Value::Point(HERE))]);
    let file = Command::Move {
        mv: "file".into(),
        fields: values(&[("category", c("e.1"))]),
        evidence: Vec::new(),
        note: String::new(),
    };
    let subject = subject(&world.procedure, &world.case);
    let view = Need { any_of: vec![guancheng_org::Who::Viewer], ..Need::default() };
    let code = |by: &str, permit: &str| {
        let permit = world.policy.permit(&actor(permit), &subject, &view).unwrap();
        let ctx = Ctx { now: world.now, actor: actor(by) };
        decide(&ctx, &world.procedure, &world.case, &file, &world.facts, &permit).unwrap_err().code.as_str()
    };
    assert_eq!([code("intake", "intake"), code("intake", "checker")], ["not_allowed", "not_allowed"]);
}

#[test]
fn who_brings_a_proof_does_not_judge_it() {
    let mut parts = seven_stages();
    for file in parts.moves.iter_mut().filter(|mv| mv.id == "file") {
        *file = Move { not_by: vec![NotBy::Witness], ..file.clone().photo(100, "") };
    }
    let mut world = World::new(parts);
    world.open("2014-09-26T16:25", &[("place", Value::Point(HERE))]);
    world.go("intake", "file", &[("category", c("e.1"))]);
    let photo = vec![world.photo(HERE)];
    world.run("intake+checker", "photo", &Command::AddEvidence { evidence: photo });
    world.go("intake+checker", "file", &[("category", c("e.1"))]);
    world.go("intake", "file", &[("category", c("e.1"))]);
    expect![[r#"
        2014-09-26T16:25
          reporter: report -> reported: opened; fields_set; filing due 2014-09-26 16:55
          intake: file -> refused evidence_missing: file needs 1 photo(s) taken within 100 m of the place; 0 fit
          intake+checker: photo -> reported: evidence_added
          intake+checker: file -> refused not_allowed: 
          intake: file -> dispatched: fields_set; evidence_added; file by Person(PersonId(636)); filing on time; dispatching due 2014-09-26 17:25; assigned by row Some("r1"), near ["r2：e.1 → 13（区域不符）"]; fields_set; dispatch by System(Assign); dispatching on time; disposal due 2014-09-28 09:25; tell_unit office:12
    "#]].assert_eq(&world.log);
}
