//! `guancheng demo`: a city to try, with people, log-ins and simulated days, made once and kept.

use std::{collections::BTreeSet, fs, io::Write, path::Path};

use guancheng_app::{AppError, ports::Read, setup};
use guancheng_simulator::Options;

use super::{
    city::{Opened, now, open, put_org, words},
    people::set_password,
    play::{days_before, play, roads},
    serve::serve,
};
use crate::{Answer, Outcome, cli::DemoArgs};

/// The log-ins of a demo city, readable by its owner only. They are random and made at the first start.
const LOGINS: &str = "demo-logins.txt";

/// Makes the demo city where it is missing, prints its log-ins, and serves it.
pub fn run(args: &DemoArgs) -> Outcome {
    let settings = args.place.settings(args.listen.as_deref())?;
    let opened = open(&settings)?;
    if !opened.city.pack.demo {
        return Err(format!("{} is no demo pack; its pack.toml says demo = false", settings.get("pack")));
    }
    let logins = settings.path("data").join(LOGINS);
    if !logins.exists() {
        make(&opened, args, &settings.path("pack"), &logins)?;
    }
    let text = fs::read_to_string(&logins).map_err(|error| format!("{}: {error}", logins.display()))?;
    say!("{}", to_try(&opened, &text));
    say!("all log-ins: {}", logins.display());
    if args.no_serve {
        return Ok(Answer::Yes);
    }
    serve(&settings, &opened, |address| {
        say!("{} on http://{address}/", opened.city.pack.title);
        say!(
            "  the public  http://{address}/      desks  http://{address}/c      field  http://{address}/m      wall  http://{address}/screen"
        );
    })
}

fn make(opened: &Opened, args: &DemoArgs, pack: &Path, logins: &Path) -> Result<(), String> {
    ensure_people(opened)?;
    let health = opened.store.health(now()).map_err(|error| error.to_string())?;
    if health.records == 0 && args.days > 0 {
        eprintln!("simulating {} days …", args.days);
        let end = now();
        let start = days_before(&opened.city, end, args.days);
        // People take over now and should find work on every desk.
        let options = Options { roads: roads(pack), ends: Some(end), ..Options::default() };
        let summary = play(opened, args.seed, start..end, None, options)?;
        eprintln!("{summary}");
    }
    write_logins(opened, logins)
}

/// Gives the people the pack declares their posts, where they do not have them yet.
pub fn ensure_people(opened: &Opened) -> Result<(), String> {
    let pack = &opened.city.pack;
    let mut rows = opened.store.read(|reader| reader.org().map_err(AppError::from)).map_err(words)?;
    let before = rows.clone();
    // Long before any simulated day, so that the simulated past has its people.
    let since = guancheng_base::Instant(0);
    for person in &pack.people {
        setup::add_person(pack, &mut rows, &person.login, &person.name, &person.post, since).map_err(words)?;
    }
    if rows != before {
        put_org(&opened.store, rows.clone())?;
        opened.city.set_org(rows).map_err(words)?;
    }
    Ok(())
}

/// One log-in for each thing the pack proposes to try, with what it is for.
fn to_try(opened: &Opened, text: &str) -> String {
    let mut told = BTreeSet::new();
    let hint = |line: &str| {
        let login = line.split_whitespace().next()?;
        opened.city.pack.people.iter().find(|person| person.login == *login)?.hint.clone()
    };
    let first = |line: &&str| hint(line).is_some_and(|hint| told.insert(hint));
    let lines = text.lines().filter(first).map(|line| format!("{line}  {}", hint(line).unwrap_or_default()));
    lines.collect::<Vec<_>>().join("\n")
}

fn write_logins(opened: &Opened, path: &Path) -> Result<(), String> {
    let at = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut text = String::from("log-in                password        who\n");
    let org = opened.city.org();
    for decl in &opened.city.pack.people {
        let Some(person) = org.person_by_login(&decl.login) else { continue };
        let password = set_password(&opened.store, person.id)?;
        let post = org.posts_of(person.id, now()).next().map(|(_, post)| post.title.clone()).unwrap_or_default();
        text += &format!("{:<22}{password:<16}{} {post}\n", decl.login.as_str(), decl.name);
    }
    // Written whole, then named: a start that is cut off makes the log-ins again.
    let draft = path.with_extension("draft");
    let mut file = private(&draft).map_err(at)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(at)?;
    fs::rename(&draft, path).map_err(at)
}

fn private(path: &Path) -> std::io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}
