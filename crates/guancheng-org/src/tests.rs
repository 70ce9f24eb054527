//! Tests of the crate: grants through posts, need to know, and lists equal to single views.

use expect_test::expect;
use guancheng_base::{Actor, GrantHeld, Instant, Name, OfficeId, PersonId, PostId, SystemActor};
use proptest::prelude::*;

use crate::*;

fn office(id: i64, parent: Option<i64>) -> Office {
    Office {
        id: OfficeId(id),
        code: format!("o{id}").into(),
        name: format!("Office {id}"),
        parent: parent.map(OfficeId),
        kind: "section".into(),
    }
}

fn person(id: i64) -> Person {
    Person { id: PersonId(id), login: format!("p{id}").into(), name: format!("Person {id}") }
}

fn post(id: i64, office: i64) -> Post {
    Post { id: PostId(id), office: OfficeId(office), title: format!("Post {id}"), duties: Vec::new() }
}

fn tenure(person: i64, post: i64, from: i64, to: Option<i64>, substitute_for: Option<i64>) -> Tenure {
    let substitute_for = substitute_for.map(PersonId);
    Tenure { person: PersonId(person), post: PostId(post), from: Instant(from), to: to.map(Instant), substitute_for }
}

fn grant(role: &str, to: GrantTo, office: Option<i64>, from: i64, until: Option<i64>) -> Grant {
    let (from, until) = (Instant(from), until.map(Instant));
    Grant { role: role.into(), to, office: office.map(OfficeId), area: None, kinds: Vec::new(), from, until }
}

fn small() -> Org {
    let offices = vec![office(1, None), office(2, Some(1)), office(3, Some(2)), office(4, Some(1))];
    let tenures = vec![tenure(1, 1, 0, Some(100), None), tenure(2, 1, 50, Some(60), Some(1))];
    let grants = vec![
        grant("department", GrantTo::Post(PostId(1)), Some(2), 0, None),
        grant("supervisor", GrantTo::Person(PersonId(2)), None, 10, Some(20)),
    ];
    Org::new(offices, vec![post(1, 2)], vec![person(1), person(2)], tenures, grants).expect("hangs together")
}

#[test]
fn rights_come_with_the_post_and_go_with_it() {
    let org = small();
    let roles = |person, now| -> Vec<String> {
        let grants = org.grants_of(PersonId(person), Instant(now));
        grants.iter().map(|grant| format!("{} over {:?}", grant.role, grant.offices)).collect()
    };
    let post = ["department over [OfficeId(2), OfficeId(3)]".to_owned()];
    assert_eq!(roles(1, 0), post);
    assert_eq!(roles(1, 100), [""; 0], "the tenure has ended");
    assert_eq!(roles(2, 49), [""; 0]);
    assert_eq!(roles(2, 50), post, "the substitute has the rights of the post");
    assert_eq!(roles(2, 10), ["supervisor over []"], "a grant in person, over every office");
    assert_eq!(org.holders_of("department", Some(OfficeId(3)), Instant(55)), [PersonId(1), PersonId(2)]);
    assert_eq!(org.holders_of("department", Some(OfficeId(4)), Instant(55)), []);
}

#[test]
fn what_does_not_hang_together_is_named() {
    let offices = vec![
        office(1, Some(2)),
        office(2, Some(1)),
        office(3, Some(9)),
        Office { code: "o3".into(), ..office(4, None) },
    ];
    let grants = vec![grant("leader", GrantTo::Post(PostId(7)), Some(8), 0, None)];
    let faults =
        Org::new(offices, vec![post(1, 6)], vec![person(1)], vec![tenure(1, 2, 0, None, None)], grants).unwrap_err();
    let seen: Vec<String> = faults.into_iter().map(|OrgFault(text)| text).collect();
    expect![[r#"
        office code o3 is used 2 times
        office o1 is above itself
        office o2 is above itself
        office o3 is part of an unknown office
        post 1 (Post 1) is in an unknown office
        tenure of person 1 in post 2: one is unknown
        grant of leader to Post(PostId(7)): office or holder is unknown"#]]
    .assert_eq(&seen.join("\n"));
}

fn held(role: &str, offices: &[i64], area: Option<(i64, i64)>, kinds: &[&str]) -> GrantHeld {
    GrantHeld {
        role: role.into(),
        office: OfficeId(1),
        offices: offices.iter().copied().map(OfficeId).collect(),
        area,
        kinds: kinds.iter().map(|kind| Name::from(*kind)).collect(),
    }
}

fn policy() -> Policy {
    let mut roles = Roles::of_the_loop();
    roles.insert(Role { id: "petition_clerk".into(), need_to_know: vec!["petition".into()], ..Duty::Intake.role() });
    Policy::new(roles)
}

fn subject(kind: &str) -> Subject {
    Subject {
        kind: kind.into(),
        cell: Some(150),
        units: vec![OfficeId(3)],
        reporter: Some("r".into()),
        need_to_know: kind == "petition",
        involved: vec![PersonId(9)],
    }
}

fn with(grants: Vec<GrantHeld>) -> Actor {
    Actor::Person { id: PersonId(1), grants }
}

#[test]
fn a_petition_is_known_to_its_holders_and_the_trusted_only() {
    let views = |actor: Actor| policy().may_view(&actor, &subject("petition"));
    assert!(!views(with(vec![held("leader", &[], None, &[])])));
    assert!(views(with(vec![held("petition_clerk", &[], None, &[])])));
    assert!(views(with(vec![held("department", &[3], None, &[])])), "its holder");
    assert!(!views(with(vec![held("department", &[4], None, &[])])));
    assert!(views(Actor::Person { id: PersonId(9), grants: Vec::new() }), "involved");
    assert!(views(Actor::Reporter { code: "r".into() }) && !views(Actor::Reporter { code: "s".into() }));
}

#[test]
fn unseen_comes_before_not_allowed_and_duties_stay_apart() {
    let dispatch = Need { any_of: vec![Who::Role("dispatcher".into())], ..Need::default() };
    let denied = |actor: Actor, need: &Need| policy().permit(&actor, &subject("case"), need).err();
    let elsewhere = with(vec![held("dispatcher", &[], Some((200, 300)), &[])]);
    assert_eq!(denied(elsewhere, &dispatch), Some(Denied::Unseen));
    let other_kind = with(vec![held("dispatcher", &[], None, &["hazard"]), held("leader", &[], None, &[])]);
    assert_eq!(denied(other_kind, &dispatch), Some(Denied::NotAllowed(vec![Who::Role("dispatcher".into())])));
    let here = || with(vec![held("dispatcher", &[], Some((100, 200)), &["case"])]);
    assert_eq!(denied(here(), &dispatch), None);
    let not_me = Need { not_by: vec![PersonId(1)], ..dispatch.clone() };
    assert_eq!(denied(here(), &not_me), Some(Denied::NotByYou));
    let office = Need { any_of: vec![Who::Office(OfficeId(3))], not_by_offices: vec![OfficeId(3)], ..Need::default() };
    assert_eq!(denied(with(vec![held("department", &[3], None, &[])]), &office), Some(Denied::NotByYou));
}

#[test]
fn a_permit_tells_what_it_was_given_for() {
    let need = Need {
        any_of: vec![Who::Role("dispatcher".into()), Who::Office(OfficeId(3))],
        also: vec![Who::Role("shift_leader".into())],
        ..Need::default()
    };
    let actor = with(vec![held("dispatcher", &[], None, &[]), held("shift_leader", &[], None, &[])]);
    let permit = policy().permit(&actor, &subject("case"), &need).expect("a permit");
    assert_eq!(permit.satisfied(), [Who::Role("dispatcher".into()), Who::Role("shift_leader".into())]);
    assert!(
        permit.covers("case", "person:1") && !permit.covers("case", "person:2") && !permit.covers("hazard", "person:1")
    );
}

fn some_grant() -> impl Strategy<Value = GrantHeld> {
    let role = prop::sample::select(vec!["leader", "department", "petition_clerk", "admin", "collector", "unheard_of"]);
    let offices = prop::collection::btree_set(1i64..6, 0..3);
    let area = prop::option::of((0i64..4, 1i64..4).prop_map(|(low, n)| (low, low + n)));
    let kinds = prop::collection::vec(prop::sample::select(vec!["case", "petition", "hazard"]), 0..2);
    (role, offices, area, kinds)
        .prop_map(|(role, offices, area, kinds)| held(role, &offices.into_iter().collect::<Vec<_>>(), area, &kinds))
}

fn some_actor() -> impl Strategy<Value = Actor> {
    let person = (1i64..4, prop::collection::vec(some_grant(), 0..4));
    prop_oneof![
        8 => person.prop_map(|(id, grants)| Actor::Person { id: PersonId(id), grants }),
        1 => prop::sample::select(vec!["r", "s"]).prop_map(|code| Actor::Reporter { code: code.into() }),
        1 => Just(Actor::System(SystemActor::Clock)),
    ]
}

fn some_subject() -> impl Strategy<Value = Subject> {
    let kind = prop::sample::select(vec!["case", "petition", "hazard"]);
    let units = prop::collection::vec((1i64..6).prop_map(OfficeId), 0..3);
    let involved = prop::collection::vec((1i64..4).prop_map(PersonId), 0..2);
    let reporter = prop::option::of(prop::sample::select(vec!["r", "s"]).prop_map(Name::from));
    (kind, prop::option::of(0i64..6), units, reporter, any::<bool>(), involved).prop_map(
        |(kind, cell, units, reporter, need_to_know, involved)| Subject {
            kind: kind.into(),
            cell,
            units,
            reporter,
            need_to_know,
            involved,
        },
    )
}

proptest! {
    #[test]
    fn a_list_shows_what_one_may_open(actor in some_actor(), subject in some_subject()) {
        let policy = policy();
        prop_assert_eq!(policy.scope(&actor).admits(&subject), policy.may_view(&actor, &subject));
    }

    #[test]
    fn nobody_acts_on_what_they_may_not_see(actor in some_actor(), subject in some_subject(), office in 1i64..6) {
        let policy = policy();
        let any_of = vec![Who::Office(OfficeId(office)), Who::Role("leader".into()), Who::Reporter, Who::System, Who::Viewer];
        let permitted = policy.permit(&actor, &subject, &Need { any_of, ..Need::default() }).is_ok();
        prop_assert!(!permitted || policy.may_view(&actor, &subject));
    }
}
