//! People, log-ins, sessions, keys and the audit, through the ports.

use guancheng_app::ports::{Contact, Read, ReportRow, Tx};
use guancheng_base::{Actor, ReportId};
use guancheng_org::Org;

use super::*;
use crate::fixture::{MORNING, TestCity, open_and_close};

pub(crate) fn rows() -> OrgRows {
    let office = |id, parent: Option<i64>| Office {
        id: OfficeId(id),
        code: format!("office{id}").into(),
        name: format!("第{id}科"),
        parent: parent.map(OfficeId),
        kind: "section".into(),
    };
    let person = |id| Person { id: PersonId(id), login: format!("person{id}").into(), name: "张某".to_owned() };
    let grant = |to| Grant {
        role: "dispatcher".into(),
        to,
        office: Some(OfficeId(2)),
        area: Some((410_102_000_000_000, 410_103_000_000_000)),
        kinds: vec!["case".into()],
        from: Instant(MORNING),
        until: None,
    };
    let post =
        Post { id: PostId(1), office: OfficeId(2), title: "派遣员".to_owned(), duties: vec!["派遣".to_owned()] };
    let tenure = Tenure {
        person: PersonId(7),
        post: PostId(1),
        from: Instant(MORNING),
        to: Some(Instant(MORNING + 9)),
        substitute_for: Some(PersonId(8)),
    };
    OrgRows {
        // A child may come before the office it is part of.
        offices: vec![office(1, Some(2)), office(2, None)],
        posts: vec![post],
        people: vec![person(7), person(8)],
        tenures: vec![tenure],
        grants: vec![grant(GrantTo::Post(PostId(1))), grant(GrantTo::Person(PersonId(8)))],
    }
}

fn city() -> TestCity {
    let city = TestCity::new();
    city.store.write(|tx| tx.put_org(&rows())).unwrap();
    city
}

#[test]
fn the_organisation_is_read_back_and_replaced() {
    let city = city();
    let read = city.store.read(|r| r.org()).unwrap();
    assert_eq!(read, rows());
    let OrgRows { offices, posts, people, tenures, grants } = read;
    assert!(Org::new(offices, posts, people, tenures, grants).is_ok());
    city.store.write(|tx| tx.put_org(&OrgRows { tenures: Vec::new(), grants: Vec::new(), ..rows() })).unwrap();
    assert_eq!(city.store.read(|r| r.org()).unwrap().grants, []);
}

#[test]
fn a_taken_login_name_is_refused_and_nothing_changes() {
    let city = city();
    let mut twice = rows();
    twice.people[1].login = "person7".into();
    let refused = city.store.write(move |tx| tx.put_org(&twice)).unwrap_err();
    assert_eq!(refused.message(), "the log-in name is taken; choose another");
    assert_eq!(city.store.read(|r| r.org()).unwrap(), rows());
}

#[test]
fn sessions_and_tokens_live_until_they_end() {
    let city = city();
    let session = |secret: u8, expires_at| SessionRow {
        hash: [secret; 32],
        person: PersonId(7),
        csrf: "c".to_owned(),
        opened_at: Instant(MORNING),
        rotated_at: Instant(MORNING),
        expires_at: Instant(expires_at),
    };
    city.store.write(move |tx| tx.put_session(&session(1, MORNING + 5))).unwrap();
    city.store.write(move |tx| tx.rotate_session(&[1; 32], &session(2, MORNING + 9))).unwrap();
    let refused = city.store.write(move |tx| tx.rotate_session(&[1; 32], &session(3, MORNING))).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::NotLoggedIn);
    let read = |secret: u8| city.store.read(|r| r.session(&[secret; 32])).unwrap();
    assert_eq!((read(1), read(2), read(3)), (None, Some(session(2, MORNING + 9)), None));
    let token = TokenRow {
        id: 0,
        hash: [9; 32],
        person: PersonId(7),
        label: "系统".to_owned(),
        scopes: vec!["read".into()],
        created_at: Instant(MORNING),
        expires_at: Instant(MORNING + 9),
    };
    let put = token.clone();
    let id = city.store.write(move |tx| tx.put_token(&put)).unwrap();
    let stored = Some(TokenRow { id, ..token });
    assert_eq!(city.store.read(|r| r.token(&[9; 32])).unwrap(), stored);
    assert_eq!(city.store.read(|r| r.tokens(PersonId(7))).unwrap(), Vec::from_iter(stored));
    assert_eq!(city.store.write(move |tx| tx.remove_token(PersonId(8), id)), Ok(false));
    assert_eq!(city.store.write(|tx| tx.sweep(Instant(MORNING + 10))), Ok(2));
    assert_eq!(read(2), None);
}

#[test]
fn a_key_answers_one_request_for_ever() {
    let city = city();
    let key =
        |request: u8| IdempotencyKey { actor: "person:7".to_owned(), key: "k".to_owned(), request: [request; 32] };
    let claim = |request: u8| city.store.write(move |tx| tx.claim(&key(request), Instant(MORNING))).unwrap();
    assert_eq!((claim(1), claim(1), claim(2)), (Idempotent::Fresh, Idempotent::Unanswered, Idempotent::Reused));
    let answer = StoredAnswer { status: 201, case: Some(CaseId(1)), body: "{}".to_owned() };
    let kept = answer.clone();
    city.store.write(move |tx| tx.answer(&key(1), &kept)).unwrap();
    assert_eq!((claim(1), claim(2)), (Idempotent::Answered(answer), Idempotent::Reused));
}

#[test]
fn credentials_settings_and_personal_data() {
    let city = city();
    let hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";
    city.store.write(move |tx| tx.put_credential(PersonId(7), hash, Instant(MORNING))).unwrap();
    let credential = city.store.read(|r| r.credential("person7")).unwrap();
    assert_eq!(credential, Some(Credential { person: PersonId(7), hash: hash.to_owned() }));
    let plain = city.store.write(|tx| tx.put_credential(PersonId(7), "secret", Instant(MORNING))).unwrap_err();
    assert_eq!(plain.code(), ErrorCode::Internal);
    let report = ReportRow {
        id: ReportId(0),
        case: None,
        code: "k7f3".into(),
        source: "citizen".into(),
        text: "路灯不亮".to_owned(),
        lang: "zh".into(),
        place: None,
        address: String::new(),
        at: Instant(MORNING),
        by: None,
        category: None,
    };
    let contact = Contact { name: Some("李某".to_owned()), phone: None };
    let (again, put) = (report.clone(), contact.clone());
    let id = city.store.write(move |tx| tx.add_report(&report, Some(&put))).unwrap();
    assert_eq!(city.store.read(|r| r.contact(id)).unwrap(), Some(contact));
    assert_eq!(city.store.write(move |tx| tx.erase_contact(id)), Ok(true));
    assert_eq!(city.store.read(|r| r.contact(id)).unwrap(), None);
    assert_eq!(city.store.read(|r| r.report_by_code("k7f3")).unwrap().map(|row| row.id), Some(id));
    let taken = city.store.write(move |tx| tx.add_report(&again, None)).unwrap_err();
    assert_eq!(taken.message(), "the tracking code is taken; draw another");
    let nobody = city.store.write(|tx| tx.join_report(ReportId(9), CaseId(1))).unwrap_err();
    assert_eq!(nobody.code(), ErrorCode::NotFound);
}

#[test]
fn the_audit_is_read_newest_first_page_by_page() {
    let city = city();
    open_and_close(&city.store, 1);
    let person = Actor::Person { id: PersonId(7), grants: Vec::new() };
    city.store.write(move |tx| tx.note(&person, &"export".into(), None, "3 rows", Instant(MORNING + 9))).unwrap();
    let check = |query: AuditQuery, expected: &[(i64, &str, &str)]| {
        let mut query = AuditQuery { limit: 1, ..query };
        let mut seen = Vec::new();
        loop {
            let page = city.store.read(|r| r.audit(&query)).unwrap();
            seen.extend(page.items.into_iter().map(|row| (row.id, row.act.to_string(), row.detail)));
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        let seen: Vec<(i64, &str, &str)> =
            seen.iter().map(|(id, act, detail)| (*id, act.as_str(), detail.as_str())).collect();
        assert_eq!(seen, expected);
    };
    let (export, go, opened) = ((3, "export", "3 rows"), (2, "record", "go"), (1, "record", "opened"));
    check(AuditQuery::default(), &[export, go, opened]);
    check(AuditQuery { case: Some(CaseId(1)), ..AuditQuery::default() }, &[go, opened]);
    check(AuditQuery { person: Some(PersonId(7)), ..AuditQuery::default() }, &[export]);
    check(
        AuditQuery { act: Some("record".into()), to: Some(Instant(MORNING + 2)), ..AuditQuery::default() },
        &[opened],
    );
}
