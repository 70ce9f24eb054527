//! Proving that nothing was altered, and folding the whole log again.

use std::time::{Duration, Instant};

use guancheng_base::CaseId;
use guancheng_case::{Record, replay};
use rusqlite::{Connection, OpenFlags};

use crate::{
    Store, StoreError, cases,
    chain::{self, Hash, Head},
    db, dialect,
    error::{Port, corrupt},
    folder::{self, database_in},
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
        let conn = self.upkeep()?;
        let snapshot = conn.unchecked_transaction()?;
        let mut verified = chain_of(&snapshot)?;
        verified.faults.extend(cross_checks(&snapshot)?);
        if files {
            verified.faults.extend(file_faults(&snapshot, &self.files())?);
        }
        Ok(verified)
    }

    /// A connection of its own. The full-text index of a pooled one may be read from before later writes, and its
    /// check would then report a fault that is none.
    fn upkeep(&self) -> Result<Connection, StoreError> {
        let conn = Connection::open_with_flags(database_in(self.dir()), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        dialect::prepare_reader(&conn)?;
        Ok(conn)
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

#[cfg(test)]
mod tests {
    use guancheng_base::Instant as At;

    use super::*;
    use crate::fixture::{MORNING, TestCity, open_and_close};

    /// Changes the database behind the store's back.
    fn tamper(city: &TestCity, sql: &str) {
        let conn = Connection::open(city.store.dir().join("city.sqlite")).unwrap();
        conn.execute_batch(sql).unwrap();
    }

    #[test]
    fn an_altered_past_is_found() {
        let check = |sql: &str, first_bad: Option<i64>, faults: &[&str]| {
            let city = TestCity::new();
            (1..=3).for_each(|id| open_and_close(&city.store, id));
            tamper(&city, sql);
            let verified = city.store.verify(false).unwrap();
            assert_eq!(
                (verified.first_bad, verified.faults),
                (first_bad, faults.iter().map(|f| (*f).to_owned()).collect()),
                "{sql}"
            );
        };
        check("SELECT 1", None, &[]);
        check("UPDATE records SET payload = replace(payload, 'inspector', 'citizen') WHERE seq = 3", Some(3), &[]);
        check("UPDATE records SET actor = 'person:8' WHERE seq = 2", Some(2), &[]);
        check("UPDATE records SET at = at + 1 WHERE seq = 6", Some(6), &[]);
        check(
            "PRAGMA foreign_keys = OFF; DELETE FROM audit WHERE record = 4; DELETE FROM records WHERE seq = 4",
            Some(4),
            &[],
        );
        check("DELETE FROM audit WHERE record = 4", None, &["1 records have no audit row"]);
        check("UPDATE tallies SET n = n + 1", None, &["1 groups of cases are miscounted in the tallies"]);
        check("DELETE FROM case_states WHERE case_id = 1", None, &["3 cases but 2 states"]);
    }

    #[test]
    fn the_fold_of_the_records_is_the_state() {
        let city = TestCity::new();
        (1..=3).for_each(|id| open_and_close(&city.store, id));
        let replayed = city.store.replay().unwrap();
        assert_eq!((replayed.cases, replayed.records, replayed.events, replayed.differences), (3, 6, 6, 0));
        tamper(&city, "UPDATE case_states SET state = replace(state, '\"seq\":2', '\"seq\":9') WHERE case_id = 2");
        assert_eq!(city.store.replay().unwrap().different, [CaseId(2)]);
        assert_eq!(city.store.health(At(MORNING)).unwrap().records, 6);
    }
}
