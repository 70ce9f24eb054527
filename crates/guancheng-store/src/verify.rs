//! Proving that nothing was altered, and folding the whole log again.

use std::time::{Duration, Instant};

use guancheng_base::CaseId;
use guancheng_case::{Record, replay};
use rusqlite::Connection;

use crate::{
    Store, StoreError, cases,
    chain::{self, Hash, Head},
    db,
    error::{Port, corrupt},
    folder,
    sql::{evidence, upkeep as sql},
    store::count,
};

/// Records read at once.
const CHUNK: usize = 2_000;
/// Records or files named in a report; more are only counted.
const NAMED_MAX: usize = 20;

/// What [`Store::verify`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Records looked at.
    pub records: i64,
    /// The newest record's hash; publish it, and nothing before it can be altered unnoticed.
    pub head: Hash,
    /// The first record whose place or hash is wrong.
    pub first_bad: Option<i64>,
    /// Everything else that does not hang together, in words.
    pub faults: Vec<String>,
}

/// What [`Store::replay`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Cases folded.
    pub cases: u64,
    /// Records folded.
    pub records: u64,
    /// Events folded.
    pub events: u64,
    /// The first cases whose stored state is not the fold of their records.
    pub different: Vec<CaseId>,
    /// How many such cases there are.
    pub differences: u64,
    /// How long it took.
    pub took: Duration,
}

impl Verified {
    /// Whether all is as it should be.
    pub fn ok(&self) -> bool {
        self.first_bad.is_none() && self.faults.is_empty()
    }
}

impl Replayed {
    /// Events folded per second.
    pub fn events_per_second(&self) -> f64 {
        self.events as f64 / self.took.as_secs_f64().max(1e-9)
    }
}

impl Store {
    /// Recomputes the hash chain, compares what is counted twice, and with `files` reads every file of evidence.
    /// Works on a snapshot while the city goes on.
    pub fn verify(&self, files: bool) -> Result<Verified, StoreError> {
        let root = self.files();
        self.with(|conn| {
            let mut verified = chain_of(conn)?;
            verified.faults.extend(cross_checks(conn)?);
            if files {
                verified.faults.extend(file_faults(conn, &root)?);
            }
            Ok(verified)
        })?
    }

    /// Folds the records of every case and compares with the stored state.
    pub fn replay(&self) -> Result<Replayed, StoreError> {
        let began = Instant::now();
        let mut replayed = self.with(replay_all)??;
        replayed.took = began.elapsed();
        Ok(replayed)
    }
}

/// Walks the chain to its first bad link.
pub(crate) fn chain_of(conn: &Connection) -> Port<Verified> {
    let mut head = Head::EMPTY;
    loop {
        let records = cases::log(conn, head.seq, CHUNK)?;
        if records.is_empty() {
            return Ok(Verified { records: head.seq, head: head.hash, first_bad: None, faults: Vec::new() });
        }
        for record in records {
            let hash = head.hash_of(&record.link());
            if record.seq != head.seq + 1 || record.hash != hash {
                let (records, first_bad) = (head.seq, Some(head.seq + 1));
                return Ok(Verified { records, head: head.hash, first_bad, faults: Vec::new() });
            }
            head = Head { seq: record.seq, hash };
        }
    }
}

/// What is written twice must be the same twice.
fn cross_checks(conn: &Connection) -> Port<Vec<String>> {
    let mut faults = Vec::new();
    let structure: Vec<String> = db::all(conn, sql::INTEGRITY, [], |row| row.get(0))?;
    faults.extend(structure.into_iter().filter(|line| line != "ok").map(|line| format!("database: {line}")));
    let zero = [
        ("groups of cases are miscounted in the tallies", sql::WRONG_TALLIES),
        ("records have no audit row", sql::UNAUDITED),
        ("ended cases still have a timer", sql::ENDED_WITH_TIMER),
    ];
    for (what, text) in zero {
        let n = count(conn, text, [])?;
        faults.extend((n > 0).then(|| format!("{n} {what}")));
    }
    let (rows, states) = (count(conn, sql::CASE_ROWS, [])?, count(conn, sql::STATE_ROWS, [])?);
    faults.extend((rows != states).then(|| format!("{rows} cases but {states} states")));
    Ok(faults)
}

fn file_faults(conn: &Connection, root: &std::path::Path) -> Port<Vec<String>> {
    let files: Vec<String> = db::all(conn, evidence::FILE_HASHES, [], |row| row.get(0))?;
    let mut faults: Vec<String> = Vec::new();
    for sha256 in files {
        let fault = match std::fs::read(folder::address(root, &sha256)) {
            Ok(bytes) if chain::hex(&chain::sha256(&bytes)) == sha256 => continue,
            Ok(_) => format!("file {sha256} was altered"),
            Err(cause) => format!("file {sha256} cannot be read: {cause}"),
        };
        if faults.len() < NAMED_MAX {
            faults.push(fault);
        }
    }
    Ok(faults)
}

fn replay_all(conn: &Connection) -> Port<Replayed> {
    let mut replayed =
        Replayed { cases: 0, records: 0, events: 0, different: Vec::new(), differences: 0, took: Duration::ZERO };
    let mut after = 0;
    loop {
        let ids: Vec<i64> = db::all(conn, sql::CASE_IDS, (after, db::rows(CHUNK)), |row| row.get(0))?;
        let Some(last) = ids.last() else { return Ok(replayed) };
        after = *last;
        for id in ids {
            replay_one(conn, CaseId(id), &mut replayed)?;
        }
    }
}

fn replay_one(conn: &Connection, id: CaseId, replayed: &mut Replayed) -> Port<()> {
    let records: Vec<Record> = cases::records(conn, id)?.into_iter().map(|stored| stored.record).collect();
    let stored = cases::state(conn, id)?.ok_or_else(|| corrupt(format!("case {id} has no state")))?;
    replayed.cases += 1;
    replayed.records += records.len() as u64;
    replayed.events += records.iter().map(|record| record.events.len() as u64).sum::<u64>();
    if replay(&records).as_ref() != Some(&stored) {
        replayed.differences += 1;
        if replayed.different.len() < NAMED_MAX {
            replayed.different.push(id);
        }
    }
    Ok(())
}
