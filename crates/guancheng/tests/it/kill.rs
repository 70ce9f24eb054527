//! Killed at random moments of a load, as by a power cut: every acknowledged move is there, the chain verifies, the state
//! is the fold of the records, and every timer has fired once.
//!
//! Each round begins with the same city, played months ago, so that the server has hundreds of timers to catch up with
//! while clients write. `GUANCHENG_KILL_ROUNDS` asks for more than the ten rounds of an ordinary run; the binary never
//! sees it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
    sync::mpsc::{Sender, channel},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    folder::{Folder, copy, done, played_city},
    packs,
    people::{By, People, Spot},
    server::{Server, run},
};

const ROUNDS: u32 = 10;
const CLIENTS: usize = 4;

/// The most acknowledgements waited for before the kill.
const ACKS: u64 = 120;

/// The longest a load goes on when the machine is slow.
const LOAD: Duration = Duration::from_secs(60);

/// The longest wait for the timers of the whole city.
const TIMERS: Duration = Duration::from_secs(120);

/// One acknowledged change: the case, and its sequence after it.
struct Ack {
    case: i64,
    seq: i64,
}

/// What one clock did, by the record that says so: case, clock, what, when or which.
type Fired = (i64, String, String, String);

#[test]
fn nothing_acknowledged_is_lost_and_no_timer_fires_twice() {
    let folder = Folder::new("kill");
    let base = played_city(&folder, 4);
    // Logged in once, before any timer may fire: the sessions are in the folder that every round copies.
    let server = serve(&base, "3600000");
    let people = People::log_in(server.addr).expect("everybody logs in");
    drop(server);
    let calm = calm(&folder, &base, &people);
    assert!(calm.len() > 50, "the city has timers to fire: {}", calm.len());
    for round in 0..rounds() {
        let data = folder.join("round");
        copy(&base, &data);
        let acks = killed(&data, &people, u64::from(round));
        restarted(&data, &people, &acks, round);
        let (fired, twice) = fired(&folder, &data);
        assert!(twice.is_empty(), "round {round}: fired twice: {twice:?}");
        let skipped: Vec<&Fired> = calm.difference(&fired).collect();
        assert!(skipped.is_empty(), "round {round}: never fired: {skipped:?}");
        fs::remove_dir_all(&data).expect("the round is cleared away");
    }
}

#[expect(clippy::disallowed_methods, reason = "how long the test runs is said by whoever runs it")]
fn rounds() -> u32 {
    std::env::var("GUANCHENG_KILL_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS)
}

fn serve(data: &Path, tick_ms: &str) -> Server {
    let settings = [("GUANCHENG_TICK_MS", tick_ms)];
    Server::start(data, &packs::demo().to_string_lossy(), &settings).expect("it serves")
}

/// What fires when nobody is killed.
fn calm(folder: &Folder, base: &Path, people: &People) -> BTreeSet<Fired> {
    let data = folder.join("calm");
    copy(base, &data);
    let server = serve(&data, "1");
    settled(&server, people);
    drop(server);
    fired(folder, &data).0
}

/// Waits until no timer is due.
fn settled(server: &Server, people: &People) {
    let mut people = people.again(server.addr);
    let began = Instant::now();
    while began.elapsed() < TIMERS {
        let admin = people.role("admin").expect("somebody is admin");
        let health = admin.get("/api/v1/health").and_then(|answer| answer.ok("health")).expect("health");
        if health["timers_due"] == 0 {
            return;
        }
        server.moment();
    }
    panic!("timers are still due");
}

/// Serves, loads, and kills after some acknowledgements; returns them.
fn killed(data: &Path, people: &People, round: u64) -> Vec<Ack> {
    let mut server = serve(data, "1");
    let (send, hear) = channel();
    let wanted = 1 + round.wrapping_mul(2_654_435_761) % ACKS;
    std::thread::scope(|scope| {
        let mut clients = Vec::new();
        for client in 0..CLIENTS {
            let (people, send) = (people.again(server.addr), send.clone());
            clients.push(scope.spawn(move || load(people, client as u64 + round * 10, &send)));
        }
        drop(send);
        let began = Instant::now();
        let mut acks = Vec::new();
        while (acks.len() as u64) < wanted && began.elapsed() < LOAD {
            match hear.recv_timeout(LOAD) {
                Ok(ack) => acks.push(ack),
                Err(_) => break,
            }
        }
        server.kill().expect("the server is killed");
        acks.extend(hear.iter());
        let ends: Vec<String> = clients.into_iter().map(|client| format!("{:?}", client.join())).collect();
        assert!(!acks.is_empty(), "round {round}: the load wrote nothing in {:?}: {ends:?}", began.elapsed());
        acks
    })
}

/// Opens, files and accepts cases until the server is gone; returns what ended it.
fn load(mut people: People, seed: u64, told: &Sender<Ack>) -> io::Result<()> {
    let tell = |case: io::Result<Value>| -> io::Result<Value> {
        let case = case?;
        let (id, seq) = case["id"].as_i64().zip(case["seq"].as_i64()).ok_or_else(|| io::Error::other("no case"))?;
        told.send(Ack { case: id, seq }).map_err(io::Error::other)?;
        Ok(case)
    };
    let me = people.role("intake")?.get("/api/v1/session")?.ok("session")?;
    let center = |n: usize| me["city"]["center"][n].as_f64().unwrap_or_default();
    let category = category(&mut people)?;
    for n in 0.. {
        // Some metres apart, within a hundred.
        let off = (seed * 131 + n) % 1_000;
        let spot = Spot { lon: center(0) + off as f64 * 1e-6, lat: center(1) };
        let case = tell(people.open("case", &category, &spot, "现场情况描述"))?;
        let case = tell(people.make(By::Role("intake"), &case, "file", json!({ "not_duplicate": true }), &[]))?;
        if case["unit"]["id"].is_i64() {
            tell(people.make(By::Unit, &case, "accept", json!({}), &[]))?;
        }
    }
    Ok(())
}

/// A category that may be filed today: the first leaf with a limit.
fn category(people: &mut People) -> io::Result<String> {
    let list = people.role("intake")?.get("/api/v1/codelists/case_category")?.ok("categories")?;
    let mut rows = list["rows"].as_array().into_iter().flatten();
    let usable = rows.find(|row| row["leaf"] == true && !row["limit"].is_null() && row["valid_to"].is_null());
    let code = usable.and_then(|row| row["code"].as_str()).map(str::to_owned);
    code.ok_or_else(|| io::Error::other("no category has a limit"))
}

/// Serves again: every acknowledged change is there, and the timers run out. Then the proof of the whole folder.
fn restarted(data: &Path, people: &People, acks: &[Ack], round: u32) {
    let server = serve(data, "1");
    let mut again = people.again(server.addr);
    let mut newest: BTreeMap<i64, i64> = BTreeMap::new();
    for ack in acks {
        let seq = newest.entry(ack.case).or_default();
        *seq = ack.seq.max(*seq);
    }
    for (case, seq) in newest {
        let shown = again
            .role("intake")
            .and_then(|client| client.get(&format!("/api/v1/cases/{case}")))
            .and_then(|answer| answer.ok("case"));
        let shown = shown.unwrap_or_else(|error| panic!("round {round}: case {case} was acknowledged: {error}"));
        assert!(
            shown["seq"].as_i64() >= Some(seq),
            "round {round}: case {case} was acknowledged at {seq}, stands at {}",
            shown["seq"]
        );
    }
    settled(&server, people);
    drop(server);
    let ended = run([Path::new("verify"), Path::new("--data"), data]);
    assert_eq!(ended.status, 0, "round {round}: {}{}", ended.out, ended.err);
}

/// What the clocks of the recorded city did, and what of it is there twice.
fn fired(folder: &Folder, data: &Path) -> (BTreeSet<Fired>, Vec<Fired>) {
    let path = folder.join("export.jsonl");
    done(&["export", "--data", &data.to_string_lossy(), "--out", &path.to_string_lossy()]);
    let text = fs::read_to_string(&path).expect("an export");
    let (mut once, mut twice) = (BTreeSet::new(), Vec::new());
    for line in text.lines().filter(|line| line.ends_with("\"table\":\"records\"}")) {
        let record: Value = serde_json::from_str(line).expect("a record");
        let events: Value =
            record["row"]["payload"].as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let case = record["row"]["case_id"].as_i64().unwrap_or_default();
        for event in events.as_array().into_iter().flatten() {
            let what = event["e"].as_str().unwrap_or_default();
            let which = match what {
                "clock_warned/1" => format!("{} {}", event["level"], event["at"]),
                "clock_breached/1" | "clock_expired/1" => event["due"].to_string(),
                _ => continue,
            };
            let one = (case, event["clock"].as_str().unwrap_or_default().to_owned(), what.to_owned(), which);
            if !once.insert(one.clone()) {
                twice.push(one);
            }
        }
    }
    (once, twice)
}
