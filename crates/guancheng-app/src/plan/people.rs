//! What a decision about a plan knows of the organisation.

use std::collections::BTreeMap;

use guancheng_base::{Actor, Instant, Name, OfficeId, PersonId, PostId};
use guancheng_org::{Org, Post};
use guancheng_plan::{Act, Settings, Signer};

/// Names of offices, posts by office, heads of offices.
pub(crate) struct Staff {
    pub(crate) offices: BTreeMap<OfficeId, String>,
    pub(crate) posts: BTreeMap<PostId, OfficeId>,
    pub(crate) heads: BTreeMap<OfficeId, String>,
}

impl Staff {
    pub(crate) fn of(org: &Org, settings: &Settings, leads: &[OfficeId], now: Instant) -> Self {
        let offices = org.offices().map(|office| (office.id, office.name.clone())).collect();
        let posts = org.posts().map(|post| (post.id, post.office)).collect();
        let heads = leads.iter().filter_map(|office| Some((*office, head(org, settings, *office, now)?))).collect();
        Staff { offices, posts, heads }
    }
}

/// Who holds the post that acts for the office, in words.
fn head(org: &Org, settings: &Settings, office: OfficeId, now: Instant) -> Option<String> {
    let roles = settings.rights.get(&Act::ForOffice)?;
    let holders = roles.iter().flat_map(|role| org.holders_of(role, Some(office), now));
    holders.into_iter().find_map(|person| {
        let (_, post) = org.posts_of(person, now).find(|(_, post)| post.office == office)?;
        Some(in_words(org, person, &post.title))
    })
}

/// The post in which a person signs: of several the one that gives the right, for an office the one in that office.
pub(crate) fn signer(
    org: &Org,
    actor: &Actor,
    roles: &[Name],
    office: Option<OfficeId>,
    now: Instant,
) -> Option<Signer> {
    let person = actor.person()?;
    let fits = |post: &&Post| office.is_none_or(|office| post.office == office);
    let any = || org.posts_of(person, now).map(|(_, post)| post).find(fits);
    let post = org.posts_giving(person, roles, now).find(fits).or_else(any)?;
    Some(Signer { person, post: post.id, name: in_words(org, person, &post.title) })
}

fn in_words(org: &Org, person: PersonId, post: &str) -> String {
    let name = org.person(person).map_or("", |person| person.name.as_str());
    format!("{name}（{post}）")
}
