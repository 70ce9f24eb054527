//! `guancheng people`: who may log in. Passwords are made here, printed once, and kept only as argon2id strings.

use guancheng_app::{
    AppError,
    ports::{Read, Tx},
    setup,
};
use guancheng_base::PersonId;
use guancheng_store::Store;

use super::city::{Opened, now, open, put_org, words};
use crate::{
    Answer, Outcome,
    cli::{PeopleArgs, PeopleWhat},
};

/// Adds a person, lists people, or gives a new password.
pub fn run(args: &PeopleArgs) -> Outcome {
    let settings = args.place.settings(None)?;
    let opened = open(&settings)?;
    match &args.what {
        PeopleWhat::List => list(&opened),
        PeopleWhat::Add { login, name, post } => {
            let password = add(&opened, login, name.as_deref().unwrap_or(login), post)?;
            say!("{login}  {password}");
        }
        PeopleWhat::Password { login } => {
            let org = opened.city.org();
            let person = org
                .person_by_login(login)
                .ok_or_else(|| format!("nobody has the log-in {login}; see `guancheng people list`"))?;
            say!("{login}  {}", set_password(&opened.store, person.id)?);
        }
    }
    Ok(Answer::Yes)
}

fn list(opened: &Opened) {
    let org = opened.city.org();
    for person in org.people() {
        let posts: Vec<String> = org.posts_of(person.id, now()).map(|(_, post)| post.title.clone()).collect();
        say!("{}  {}  {}", person.login, person.name, posts.join("、"));
    }
}

/// Adds a person in a post and returns the password made for them.
pub fn add(opened: &Opened, login: &str, name: &str, post: &str) -> Result<String, String> {
    let mut rows = opened.store.read(|reader| reader.org().map_err(AppError::from)).map_err(words)?;
    let person = setup::add_person(&opened.city.pack, &mut rows, login, name, post, now()).map_err(words)?;
    put_org(&opened.store, rows.clone())?;
    opened.city.set_org(rows).map_err(words)?;
    set_password(&opened.store, person)
}

/// Gives a person a new password and returns it.
pub fn set_password(store: &Store, person: PersonId) -> Result<String, String> {
    let random = guancheng_api::system_random();
    let password = guancheng_api::tracking_code(&random);
    let mut salt = [0; 16];
    random(&mut salt);
    let hash = guancheng_api::hash_password(&password, &salt)?;
    let at = now();
    store.write(move |tx| tx.put_credential(person, &hash, at).map_err(AppError::from)).map_err(words)?;
    Ok(password)
}
