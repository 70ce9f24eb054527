//! The person logged in, as their client sees them.

use guancheng_app::City;
use guancheng_base::{Actor, ErrorCode, GrantHeld, Instant, PersonId};
use guancheng_place::AreaCode;

use crate::{
    dto::{DemoLogin, DemoPage, IdName, Me, MeCity, Point, RoleHeld},
    lang::Lang,
    problem::{Answer, Problem},
};

/// Who is logged in, what they hold, and what the client needs to start.
pub fn me(city: &City, person: PersonId, actor: &Actor, csrf: String, now: Instant, lang: Lang) -> Answer<Me> {
    let org = city.org();
    let known = org.person(person).ok_or_else(|| Problem::of(ErrorCode::NotLoggedIn))?;
    let post = org.posts_of(person, now).next().map(|(_, post)| post);
    let pack = &city.pack;
    Ok(Me {
        person: person.0,
        login: known.login.to_string(),
        name: known.name.clone(),
        office: post
            .and_then(|post| org.office(post.office))
            .map(|office| IdName { id: office.id.0, name: office.name.clone() }),
        post: post.map(|post| post.title.clone()),
        roles: actor.grants().iter().map(|grant| role_held(city, grant, lang)).collect(),
        csrf,
        demo: pack.demo,
        city: MeCity {
            title: city.label(lang.into(), "pack", &pack.title).to_owned(),
            locale: pack.locale.clone(),
            zone: pack.zone.clone(),
            center: Point([pack.city.center.lon, pack.city.center.lat]),
            zoom: pack.city.zoom,
        },
    })
}

/// The log-ins the pack offers for one click, in its order.
pub fn demo_logins(city: &City, now: Instant, lang: Lang) -> DemoPage {
    let org = city.org();
    let login = |decl: &guancheng_pack::PersonDecl| {
        let person = org.person_by_login(&decl.login)?;
        let grants = org.grants_of(person.id, now);
        let role = grants.first().map(|grant| grant.role.clone());
        let office = org.posts_of(person.id, now).next().and_then(|(_, post)| org.office(post.office));
        Some(DemoLogin {
            login: person.login.to_string(),
            name: person.name.clone(),
            role: role.as_ref().map(ToString::to_string).unwrap_or_default(),
            role_title: role.as_ref().map(|role| city.role_title(lang.into(), role).to_owned()).unwrap_or_default(),
            office: office.map(|office| office.name.clone()),
            stage_hint: decl.hint.clone().unwrap_or_default(),
        })
    };
    DemoPage { items: city.pack.people.iter().filter_map(login).collect() }
}

/// Whether the pack offers this log-in for one click.
pub fn is_demo_login(city: &City, login: &str) -> bool {
    city.pack.people.iter().any(|person| person.login == *login)
}

fn role_held(city: &City, grant: &GrantHeld, lang: Lang) -> RoleHeld {
    let office = (!grant.offices.is_empty()).then_some(grant.office);
    let office = office.and_then(|id| city.office_name(id).map(|name| IdName { id: id.0, name }));
    let area = grant.area.and_then(|(low, _)| AreaCode::new(low).ok());
    RoleHeld {
        role: grant.role.to_string(),
        title: city.role_title(lang.into(), &grant.role).to_owned(),
        office,
        area: area.and_then(|code| city.pack.places.areas().get(code).map(|area| area.name.clone())),
    }
}
