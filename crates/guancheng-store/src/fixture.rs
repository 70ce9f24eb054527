//! A little city for the tests: a folder that goes when the test does, cases made of records, permits.

use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use guancheng_app::ports::{CaseRow, ClockRow, PortError, Projection, Tx};
use guancheng_base::{Actor, CaseId, Day, Instant, LonLat, Name, OfficeId, PersonId, SystemActor};
use guancheng_case::{ActorMark, Case, Event, Record, replay};
use guancheng_org::{Need, Permit, Policy, Roles, Subject, Who};

use crate::{Options, Store, WriteTx};

/// A store in a folder of its own.
pub(crate) struct TestCity {
    pub(crate) store: Store,
    dir: PathBuf,
}

static FOLDERS: AtomicU32 = AtomicU32::new(0);

/// A folder that does not exist yet.
pub(crate) fn new_folder() -> PathBuf {
    let n = FOLDERS.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("guancheng-store-{}-{n}", std::process::id()))
}

impl TestCity {
    pub(crate) fn new() -> Self {
        let dir = new_folder();
        TestCity { store: Store::open(&dir, Options::default()).unwrap(), dir }
    }

    /// Lets go of the folder and opens it again.
    pub(crate) fn reopen(mut self) -> Self {
        let dir = std::mem::take(&mut self.dir);
        drop(self);
        TestCity { store: Store::open(&dir, Options::default()).unwrap(), dir }
    }
}

impl Drop for TestCity {
    fn drop(&mut self) {
        if !self.dir.as_os_str().is_empty() {
            // The folder is open until the store is dropped; on Unix it can go before.
            let _removed = fs::remove_dir_all(&self.dir);
        }
    }
}

pub(crate) const DAY: i64 = 86_400_000;
/// 2014-09-26 08:00 in Beijing.
pub(crate) const MORNING: i64 = 1_411_689_600_000;

pub(crate) fn actor() -> Actor {
    Actor::System(SystemActor::Import)
}

pub(crate) fn permit(kind: &str) -> Permit {
    let subject = Subject {
        kind: kind.into(),
        cell: None,
        units: Vec::new(),
        reporter: None,
        need_to_know: false,
        involved: Vec::new(),
    };
    let need = Need { any_of: vec![Who::System], ..Need::default() };
    Policy::new(Roles::of_the_loop()).permit(&actor(), &subject, &need).unwrap()
}

pub(crate) fn record(case: i64, seq: u64, at: i64, events: Vec<Event>) -> Record {
    Record { case: CaseId(case), seq, at: Instant(at), actor: actor().log_name(), events }
}

pub(crate) fn opened(case: i64, at: i64) -> Record {
    let event = Event::Opened {
        kind: "case".into(),
        version: 1,
        number: format!("AJ{case:06}"),
        state: "reported".into(),
        source: "inspector".into(),
        reporter: None,
    };
    record(case, 1, at, vec![event])
}

pub(crate) fn moved(case: i64, seq: u64, at: i64, to: &str) -> Record {
    let event = Event::Moved {
        mv: "go".into(),
        from: "reported".into(),
        to: to.into(),
        is_final: to == "closed",
        by: ActorMark::System(SystemActor::Import),
        note: String::new(),
        at: Instant(at),
    };
    record(case, seq, at, vec![event])
}

/// The projection a use case would make of a case, with a fixed place and words.
pub(crate) fn projection(case: &Case) -> Projection {
    let row = CaseRow {
        id: case.id,
        number: case.number.clone(),
        kind: case.kind.clone(),
        version: case.version,
        state: case.state.clone(),
        stage: None,
        is_open: case.is_open(),
        title: "路灯不亮".to_owned(),
        category: Some("event.light".into()),
        address: "中原路3号".to_owned(),
        place: Some(LonLat { lon: 113.6, lat: 34.7 }),
        cell: Some(410_102_001_001_001),
        unit: Some(OfficeId(3)),
        holder_role: case.is_open().then(|| Name::from("dispatcher")),
        holder_unit: None,
        source: case.source.clone(),
        opened_at: case.opened_at,
        changed_at: case.changed_at,
        closed_at: case.closed_at,
        clock: case.is_open().then(|| ClockRow {
            id: "disposal".into(),
            due: Some(case.opened_at.plus_ms(DAY)),
            warn_at: Some(case.opened_at.plus_ms(DAY / 2)),
            left_ms: None,
        }),
        on_time: (!case.is_open()).then_some(true),
        need_to_know: false,
        reports: 1,
        rework: 0,
        seq: case.seq,
        thumb: None,
    };
    let wake_at = case.is_open().then(|| case.opened_at.plus_ms(DAY / 2));
    let day = |at: Instant| Day(i32::try_from(at.0.div_euclid(DAY)).unwrap());
    Projection {
        units: vec![OfficeId(3)],
        involved: vec![PersonId(7)],
        wake_at,
        words: "小区门口".to_owned(),
        opened_day: day(case.opened_at),
        closed_day: case.closed_at.map(day),
        closed_day_before: None,
        progress: None,
        row,
    }
}

/// Appends the last of the records of a case.
pub(crate) fn append(tx: &mut WriteTx<'_>, records: &[Record]) -> Result<i64, PortError> {
    let case = replay(records).unwrap();
    let projection = projection(&case);
    tx.append(&permit(&case.kind), records.last().unwrap(), &case, &projection)
}

/// Opens case `id` through the writer.
pub(crate) fn open_case(store: &Store, id: i64) -> Result<i64, PortError> {
    store.write(move |tx| append(tx, &[opened(id, MORNING + id)]))
}

/// Opens and closes case `id`.
pub(crate) fn open_and_close(store: &Store, id: i64) {
    open_case(store, id).unwrap();
    let records = [opened(id, MORNING + id), moved(id, 2, MORNING + id + 1, "closed")];
    store.write(move |tx| append(tx, &records)).unwrap();
}
