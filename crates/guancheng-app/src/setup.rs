//! The organisation of a pack as rows of the store. People belong to the store; offices, posts and grants follow the
//! pack at every start.

use guancheng_base::{Instant, Name, PersonId, PostId};
use guancheng_org::{Grant, GrantTo, Office, Person, Post, Tenure};
use guancheng_pack::{OfficeDecl, Pack, PostDecl};

use crate::{AppError, ports::OrgRows};

/// The id of a declared post: it follows from its name, so that a changed order in the pack moves nobody.
pub fn post_id(name: &str) -> PostId {
    // FNV-1a, cut to 48 bits so that any client can hold it.
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    PostId((hash >> 16) as i64)
}

/// Offices, posts and grants as the pack declares them, with the people and tenures there are. Tenures of posts that
/// the pack no longer declares are left out.
pub fn org_rows(pack: &Pack, held: OrgRows) -> Result<OrgRows, AppError> {
    let posts: Vec<Post> = pack.posts.iter().map(|post| declared_post(pack, post)).collect::<Result<_, _>>()?;
    let declared = |tenure: &Tenure| posts.iter().any(|post| post.id == tenure.post);
    let tenures = held.tenures.into_iter().filter(declared).collect();
    let grants = pack.posts.iter().flat_map(|post| declared_grants(pack, post)).collect();
    Ok(OrgRows { offices: offices(pack), posts, people: held.people, tenures, grants })
}

/// Adds a person in a post, or gives an existing one that post too.
///
/// # Errors
/// An unknown post, with the posts there are.
pub fn add_person(
    pack: &Pack,
    rows: &mut OrgRows,
    login: &str,
    name: &str,
    post: &str,
    now: Instant,
) -> Result<PersonId, AppError> {
    if !pack.posts.iter().any(|decl| decl.id == *post) {
        let posts: Vec<&str> = pack.posts.iter().map(|decl| decl.id.as_str()).collect();
        return Err(AppError::Setup(format!(
            "the pack declares no post {post}; {}",
            guancheng_case::did_you_mean(post, posts.into_iter())
        )));
    }
    let known = rows.people.iter().find(|person| person.login == *login).map(|person| person.id);
    let person = known.unwrap_or_else(|| {
        let id = PersonId(rows.people.iter().map(|person| person.id.0).max().unwrap_or(0) + 1);
        rows.people.push(Person { id, login: login.into(), name: name.to_owned() });
        id
    });
    let post = post_id(post);
    if !rows.tenures.iter().any(|t| t.person == person && t.post == post && t.to.is_none()) {
        rows.tenures.push(Tenure { person, post, from: now, to: None, substitute_for: None });
    }
    Ok(person)
}

fn offices(pack: &Pack) -> Vec<Office> {
    let office = |decl: &OfficeDecl| Office {
        id: decl.id,
        code: decl.code.clone(),
        name: decl.name.clone(),
        parent: decl.parent.as_ref().and_then(|parent| office_id(pack, parent)),
        kind: decl.kind.clone(),
    };
    pack.offices.iter().map(office).collect()
}

fn office_id(pack: &Pack, code: &Name) -> Option<guancheng_base::OfficeId> {
    pack.offices.iter().find(|office| office.code == *code).map(|office| office.id)
}

fn declared_post(pack: &Pack, post: &PostDecl) -> Result<Post, AppError> {
    let office = office_id(pack, &post.office);
    let office =
        office.ok_or_else(|| AppError::Setup(format!("post {} is in an unknown office {}", post.id, post.office)))?;
    Ok(Post { id: post_id(&post.id), office, title: post.title.clone(), duties: post.duties.clone() })
}

fn declared_grants<'a>(pack: &'a Pack, post: &'a PostDecl) -> impl Iterator<Item = Grant> + 'a {
    post.grants.iter().map(|grant| Grant {
        role: grant.role.clone(),
        to: GrantTo::Post(post_id(&post.id)),
        office: grant.office.as_ref().and_then(|office| office_id(pack, office)),
        area: grant.area.map(|area| area.range()),
        kinds: grant.kinds.clone(),
        from: Instant(i64::MIN / 2),
        until: None,
    })
}
