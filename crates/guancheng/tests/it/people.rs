//! The people of a demo city, logged in: whoever may make a move is found by role or by office.

use std::{io, net::SocketAddr};

use serde_json::{Value, json};

use crate::{http::Client, picture};

/// Everybody who is offered, logged in once.
pub struct People {
    people: Vec<Person>,
}

struct Person {
    roles: Vec<String>,
    office: Option<i64>,
    client: Client,
}

/// Where a case lies, as it is sent.
pub struct Spot {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

impl People {
    /// Logs everybody in.
    pub fn log_in(addr: SocketAddr) -> io::Result<Self> {
        let offered = Client::new(addr).get("/api/v1/session/demo")?.ok("demo log-ins")?;
        let mut people = Vec::new();
        for one in offered["items"].as_array().into_iter().flatten() {
            let mut client = Client::demo(addr, one["login"].as_str().unwrap_or_default())?;
            let me = client.get("/api/v1/session")?.ok("session")?;
            let held = me["roles"].as_array().into_iter().flatten();
            let roles = held.filter_map(|role| role["role"].as_str()).map(str::to_owned).collect();
            people.push(Person { roles, office: me["office"]["id"].as_i64(), client });
        }
        Ok(People { people })
    }

    /// The same people on connections of their own, to the same server or to one that took its place.
    pub fn again(&self, addr: SocketAddr) -> Self {
        let again = |person: &Person| Person {
            roles: person.roles.clone(),
            office: person.office,
            client: person.client.again(addr),
        };
        People { people: self.people.iter().map(again).collect() }
    }

    /// The first with that role.
    pub fn role(&mut self, role: &str) -> io::Result<&mut Client> {
        let found = self.people.iter_mut().find(|person| person.roles.iter().any(|held| held == role));
        found.map(|person| &mut person.client).ok_or_else(|| io::Error::other(format!("nobody is {role}")))
    }

    /// The first of that office.
    pub fn office(&mut self, office: i64) -> io::Result<&mut Client> {
        let found = self.people.iter_mut().find(|person| person.office == Some(office));
        found.map(|person| &mut person.client).ok_or_else(|| io::Error::other(format!("nobody is of office {office}")))
    }

    /// Opens a case of a category at a spot; the answer is the case.
    pub fn open(&mut self, kind: &str, category: &str, spot: &Spot, text: &str) -> io::Result<Value> {
        let fields = json!({
            "category": category,
            "place": [spot.lon, spot.lat],
            "address": "人民路 12 号门前",
            "description": text,
        });
        let case = json!({ "kind": kind, "source": "hotline", "fields": fields });
        self.role("intake")?.post("/api/v1/cases", &case)?.ok("open a case")
    }

    /// Makes a move as whoever holds that role, or as the unit of the case.
    pub fn make(&mut self, by: By, case: &Value, mv: &str, fields: Value, evidence: &[i64]) -> io::Result<Value> {
        let path = format!("/api/v1/cases/{}/moves", case["id"]);
        let body = json!({ "move": mv, "fields": fields, "evidence": evidence, "note": "", "if_seq": case["seq"] });
        self.by(by, case)?.post(&path, &body)?.ok(mv)
    }

    /// Uploads a photo taken at the case's place.
    pub fn photo(&mut self, by: By, case: &Value, spot: &Spot, seed: u32) -> io::Result<i64> {
        let meta = json!({ "lon": spot.lon, "lat": spot.lat, "accuracy_m": 5.0, "tags": [] });
        let file = self.by(by, case)?.upload("/api/v1/files", "a.png", "image/png", &picture::png(seed), &meta)?;
        file.ok("upload")?["id"].as_i64().ok_or_else(|| io::Error::other("a file without an id"))
    }

    fn by(&mut self, by: By, case: &Value) -> io::Result<&mut Client> {
        match by {
            By::Role(role) => self.role(role),
            By::Unit => {
                self.office(case["unit"]["id"].as_i64().ok_or_else(|| io::Error::other("the case has no unit"))?)
            }
        }
    }

    /// The rest of a filed case's life: accepted, fed back and checked with photos, closed.
    pub fn after_filing(&mut self, case: &Value, spot: &Spot, seed: u32) -> io::Result<Value> {
        let case = self.make(By::Unit, case, "accept", json!({}), &[])?;
        let after = self.photo(By::Unit, &case, spot, seed)?;
        let note = json!({ "result_note": "处置完毕，现场恢复。" });
        let case = self.make(By::Unit, &case, "feed_back", note, &[after])?;
        let checked = self.photo(By::Role("checker"), &case, spot, seed.wrapping_add(1))?;
        self.make(By::Role("checker"), &case, "close", json!({}), &[checked])
    }
}

/// Who makes a move.
#[derive(Clone, Copy)]
pub enum By {
    /// Whoever holds the role.
    Role(&'static str),
    /// The unit of the case.
    Unit,
}
