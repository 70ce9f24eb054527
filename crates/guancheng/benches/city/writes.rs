//! Durable reports, moves and whole lives a second over HTTP, against the real binary.

use std::{io, net::SocketAddr, path::Path, time::Duration};

use guancheng_base::LonLat;
use guancheng_pack::Pack;
use serde_json::{Value, json};

use crate::{
    bare::Loop,
    disk,
    http::Client,
    load::{self, Span},
    measure::{Dice, Samples},
    people::{By, People, Spot},
    server::Server,
    table::Row,
};

/// The clients that the issue names.
const CLIENTS: [usize; 3] = [1, 8, 32];

/// What Signalen, the closest open peer, did with eight clients on such a machine.
const PEER_CLIENTS: usize = 8;
const PEER_REPORTS: f64 = 26.0;
const PEER_CHANGES: f64 = 21.0;

const SPAN: Span = Span { long: Duration::from_secs(4), most: usize::MAX };

/// The most moves that are prepared for one measurement.
const MOVES: usize = 4_000;

/// Categories that are tried for one which the table gives to a unit by itself.
const TRIED: usize = 40;

/// What a city is asked with.
struct Scene<'a> {
    pack: &'a Pack,
    kind: String,
    category: String,
    addr: SocketAddr,
}

/// What was measured over HTTP.
pub struct Loads {
    syncs: f64,
    reports: Vec<(usize, Samples)>,
    moves: Vec<(usize, Samples)>,
    lives: Vec<(usize, Samples)>,
}

/// Everything that is written over HTTP.
pub fn loads(pack: &Pack, server: &Server, data: &Path) -> io::Result<Loads> {
    let syncs = disk::syncs_per_second(data)?;
    let mut people = People::log_in(server.addr)?;
    let kind = pack.report_kind.to_string();
    let category = assigned_category(pack, &mut people, &kind)?;
    let scene = Scene { pack, kind, category, addr: server.addr };
    let reports = CLIENTS.map(|clients| scene.reports(clients).map(|samples| (clients, samples)));
    let moves = CLIENTS.map(|clients| scene.moves(&people, clients).map(|samples| (clients, samples)));
    let lives = [1, 8].map(|clients| scene.lives(&people, clients).map(|samples| (clients, samples)));
    Ok(Loads {
        syncs,
        reports: reports.into_iter().collect::<io::Result<_>>()?,
        moves: moves.into_iter().collect::<io::Result<_>>()?,
        lives: lives.into_iter().collect::<io::Result<_>>()?,
    })
}

impl Loads {
    /// The rows, beside the bare loops of the same rows where they were run.
    pub fn rows(&self, bare: &[Loop]) -> Vec<Row> {
        let mut rows = vec![Row::new("disk: 4 KiB made durable, one after the other", self.syncs, "1/s")];
        for Loop { rows: of, batch, rate } in bare {
            rows.push(Row::new(format!("bare insert loop of {of}, {batch} a transaction"), *rate, "1/s"));
        }
        let of = |what: &str| bare.iter().filter(|one| one.rows == what).collect::<Vec<_>>();
        for (clients, samples) in &self.reports {
            rows.extend(self.described("reports over HTTP", *clients, samples, &of("reports"), PEER_REPORTS));
        }
        for (clients, samples) in &self.moves {
            rows.extend(self.described("moves over HTTP", *clients, samples, &of("filings"), PEER_CHANGES));
        }
        for (clients, samples) in &self.lives {
            let what = format!("seven-move lives with two photos over HTTP, {clients} {}", plural(*clients));
            rows.push(Row::new(what, samples.rate(), "lives/s"));
        }
        rows
    }

    fn described(&self, what: &str, clients: usize, samples: &Samples, loops: &[&Loop], peer: f64) -> Vec<Row> {
        let name = format!("{what}, {clients} {}", plural(clients));
        let rate = Row::new(&name, samples.rate(), "1/s");
        // As many in a transaction as can be waiting.
        let mut rows = vec![match loops.iter().find(|one| one.batch == clients) {
            Some(one) => rate.beside(format!("bare loop of {clients}"), one.rate),
            None => rate.beside("this disk's syncs/s", self.syncs),
        }];
        if clients == PEER_CLIENTS {
            rows.push(Row::new(&name, samples.rate(), "1/s").beside("peer (Signalen)", peer));
        }
        rows.push(Row::new(format!("{name}: p50"), samples.quantile_ms(0.5), "ms"));
        rows.push(Row::new(format!("{name}: p99"), samples.quantile_ms(0.99), "ms"));
        rows
    }
}

fn plural(clients: usize) -> &'static str {
    if clients == 1 { "client" } else { "clients" }
}

/// The first category for which the assignment table names one unit wherever it was tried.
fn assigned_category(pack: &Pack, people: &mut People, kind: &str) -> io::Result<String> {
    let list = pack.code_lists.values().find(|list| *list.id == *"case_category");
    let rows =
        list.into_iter().flat_map(|list| list.rows().filter(|row| list.is_leaf(&row.code) && !row.cells.is_empty()));
    let center = pack.city.center;
    let spot = Spot { lon: center.lon, lat: center.lat };
    for row in rows.take(TRIED) {
        let case = people.open(kind, &row.code, &spot, "试报")?;
        let filed = people.make(By::Role("intake"), &case, "file", json!({ "not_duplicate": true }), &[]);
        if filed.is_ok_and(|case| case["unit"]["id"].is_i64()) {
            return Ok(row.code.to_string());
        }
    }
    Err(io::Error::other("no category is given to a unit by the table"))
}

impl Scene<'_> {
    /// Reports of the public, as many as the span allows.
    fn reports(&self, clients: usize) -> io::Result<Samples> {
        let dice = (0..clients).map(|n| (Client::new(self.addr), Dice::new(n as u64 + 77))).collect();
        load::run(dice, SPAN, |(client, dice): &mut (Client, Dice), n, samples| {
            let at = self.spot(dice);
            let report = json!({
                "text": format!("第{n}件：路面积水，影响行人通行，请尽快处理。"),
                "category": self.category, "lon": at.lon, "lat": at.lat, "address": "人民路 12 号门前", "lang": "zh",
            });
            samples.time(|| client.post("/api/v1/reports", &report))?.ok("report")?;
            Ok(true)
        })
    }

    /// The filing of cases that were reported before; the table then dispatches them.
    fn moves(&self, people: &People, clients: usize) -> io::Result<Samples> {
        let each = MOVES / clients.max(8);
        let mut desks = Vec::new();
        for n in 0..clients {
            let mut people = people.again(self.addr);
            let mut dice = Dice::new(n as u64 + 1234);
            let open = |_| people.open(&self.kind, &self.category, &self.spot(&mut dice), "待立案");
            let cases = (0..each).map(open).collect::<io::Result<Vec<_>>>()?;
            desks.push((people, cases));
        }
        load::run(desks, SPAN, |(people, cases), _, samples| {
            let Some(case) = cases.pop() else { return Ok(false) };
            let filed =
                samples.time(|| people.make(By::Role("intake"), &case, "file", json!({ "not_duplicate": true }), &[]));
            filed.map(|_| true)
        })
    }

    fn lives(&self, people: &People, clients: usize) -> io::Result<Samples> {
        let desks = (0..clients).map(|n| (people.again(self.addr), Dice::new(n as u64 + 99))).collect();
        load::run(desks, SPAN, |(people, dice), n, samples| {
            let (at, seed) = (self.spot(dice), dice.below(1 << 30) as u32 + n as u32);
            samples.time(|| self.live(people, &at, seed)).map(|_| true)
        })
    }

    fn live(&self, people: &mut People, at: &Spot, seed: u32) -> io::Result<Value> {
        let case = people.open(&self.kind, &self.category, at, "现场情况描述：请尽快处理。")?;
        let case = people.make(By::Role("intake"), &case, "file", json!({ "not_duplicate": true }), &[])?;
        people.after_filing(&case, at, seed)
    }

    /// Somewhere in the city.
    fn spot(&self, dice: &mut Dice) -> Spot {
        let [west, south, east, north] = self.pack.city.bbox;
        for _ in 0..100 {
            let at = LonLat { lon: west + (east - west) * dice.share(), lat: south + (north - south) * dice.share() };
            if self.pack.places.locate(at).is_some() {
                return Spot { lon: at.lon, lat: at.lat };
            }
        }
        let LonLat { lon, lat } = self.pack.city.center;
        Spot { lon, lat }
    }
}
