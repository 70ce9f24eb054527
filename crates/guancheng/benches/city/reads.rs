//! Lists, searches and pages of a city with a million cases, over HTTP, against the real binary.

use std::{io, time::Duration};

use guancheng_pack::Pack;

use crate::{
    http::Client,
    load::{self, Span},
    measure::Dice,
    people::People,
    server::Server,
    table::Row,
    texts,
};

/// The target for the slowest of a hundred.
const TARGET_MS: f64 = 50.0;

/// What Signalen did with eight clients on such a machine: 3 to 7 filtered lists, 26 detail pages a second.
const PEER_LISTS: f64 = 7.0;
const PEER_PAGES: f64 = 26.0;

/// One client asks, for what one person waits.
const ALONE: Span = Span { long: Duration::from_secs(4), most: 1_000 };

/// Eight ask at once, for what the machine can do.
const TOGETHER: Span = Span { long: Duration::from_secs(3), most: usize::MAX };

const CLIENTS: usize = 8;

/// One kind of question.
struct Question<'a> {
    what: &'a str,
    who: Client,
    peer: f64,
    path: Box<dyn Fn(&mut Dice) -> String + Sync + 'a>,
}

/// Every question alone and by eight at once.
pub fn rows(pack: &Pack, server: &Server, cases: u64) -> io::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for question in questions(pack, server, cases)? {
        let samples =
            load::run(vec![(question.who.again(server.addr), Dice::new(21))], ALONE, |(client, dice), _, samples| {
                let path = (question.path)(dice);
                samples.time(|| client.get(&path))?.ok(&path).map(|_| true)
            })?;
        let name = format!("{cases} cases: {}", question.what);
        rows.push(Row::new(format!("{name}: p50"), samples.quantile_ms(0.5), "ms"));
        rows.push(
            Row::new(format!("{name}: p99 of {}", samples.count()), samples.quantile_ms(0.99), "ms")
                .beside("target <", TARGET_MS),
        );
        let clients = (0..CLIENTS).map(|n| (question.who.again(server.addr), Dice::new(n as u64 + 40))).collect();
        let samples = load::run(clients, TOGETHER, |(client, dice), _, samples| {
            let path = (question.path)(dice);
            samples.time(|| client.get(&path))?.ok(&path).map(|_| true)
        })?;
        rows.push(
            Row::new(format!("{name}: 8 clients"), samples.rate(), "1/s").beside("peer (Signalen)", question.peer),
        );
    }
    Ok(rows)
}

fn questions<'a>(pack: &'a Pack, server: &Server, cases: u64) -> io::Result<Vec<Question<'a>>> {
    let mut people = People::log_in(server.addr)?;
    let mut who = |role: &str| people.role(role).map(|client| client.again(server.addr));
    let (intake, checker, leader) = (who("intake")?, who("checker")?, who("leader")?);
    let units: Vec<i64> =
        pack.offices.iter().filter(|office| *office.kind == *"department").map(|office| office.id.0).collect();
    let unit = units.iter().find_map(|unit| people.office(*unit).ok().map(|client| client.again(server.addr)));
    let unit = unit.ok_or_else(|| io::Error::other("no department has a log-in"))?;
    // The others are open, and some of those are not for everybody's eyes.
    let ended = cases / 20 * 19;
    let cells = pack.places.locator().map_err(io::Error::other)?;
    let question = |what, who: &Client, peer, path: Box<dyn Fn(&mut Dice) -> String + Sync + 'a>| Question {
        what,
        who: who.again(server.addr),
        peer,
        path,
    };
    Ok(vec![
        question(
            "desk queue of intake",
            &intake,
            PEER_LISTS,
            Box::new(|_| "/api/v1/cases?mine=true&open=true&sort=due&limit=50".into()),
        ),
        question(
            "desk queue of a checker",
            &checker,
            PEER_LISTS,
            Box::new(|_| "/api/v1/cases?mine=true&open=true&sort=due&limit=50".into()),
        ),
        question(
            "queue of a department",
            &unit,
            PEER_LISTS,
            Box::new(|_| "/api/v1/cases?open=true&sort=due&limit=50".into()),
        ),
        question(
            "list of an office",
            &leader,
            PEER_LISTS,
            Box::new(move |dice| {
                let unit = dice.pick(&units).copied().unwrap_or(1);
                format!("/api/v1/cases?unit={unit}&sort=-opened&limit=50")
            }),
        ),
        question(
            "list of a grid cell",
            &leader,
            PEER_LISTS,
            Box::new(move |dice| {
                let cell = dice.pick(cells.cells()).map_or(0, |cell| cell.code.number());
                format!("/api/v1/cases?area={cell}&limit=50")
            }),
        ),
        question(
            "text search",
            &leader,
            PEER_LISTS,
            Box::new(|dice| format!("/api/v1/cases?q={}&sort=-opened&limit=50", encoded(&texts::search(dice)))),
        ),
        question(
            "counts by light",
            &leader,
            PEER_LISTS,
            Box::new(|_| "/api/v1/cases/counts?open=true&by=light".into()),
        ),
        question(
            "case page",
            &leader,
            PEER_PAGES,
            Box::new(move |dice| format!("/api/v1/cases/{}", 1 + dice.below(ended))),
        ),
    ])
}

/// Bytes that a query may not hold, as percent signs and digits.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
