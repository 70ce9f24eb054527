//! A city with a million cases, made once and kept under `target/bench`: three years of ended cases and a backlog of
//! open ones, through the kernel and the store's one way of writing.
//!
//! A case has its opening as one record and the rest of its life as a second, as an import would leave it: every move,
//! clock and breach in it was decided by the kernel at its own time, but nobody is told any more of what was years ago,
//! so the effects of ended cases are left out.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
};

use guancheng_app::{AppError, City, NewCase, deliver, fire, open_case, ports::ReportRow, ports::Tx, projection};
use guancheng_base::{Actor, CaseId, Ctx, Instant, LonLat, Name, OfficeId, ReportId, SystemActor};
use guancheng_case::{Case, Command, Event, EvidenceFact, FieldKind, Procedure, Record, Value, decide, evolve, need};
use guancheng_store::{Options, Store, WriteTx};

use crate::{cast::Cast, measure::Dice, texts::Words};

/// Cases of one write job: enough that the commit costs nothing, few enough to show progress.
const JOB_CASES: u64 = 250;

/// Jobs that wait at the writer.
const JOBS_AHEAD: usize = 3;

/// Of a thousand cases, how many are of another procedure than the reports'.
const OTHERS_PER_MILLE: u64 = 20;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 1_440 * MINUTE_MS;

/// What the city is made of; the same for every case.
pub struct World {
    /// The running city.
    pub city: Arc<City>,
    cast: Cast,
    words: Words,
    /// A picture that every move with evidence shows.
    photo: guancheng_base::EvidenceId,
    now: Instant,
    cases: u64,
}

/// How far a life has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Reported,
    Rejected,
    Dispatched,
    Working,
    FedBack,
    Closed,
}

/// How many cases were made and how many lives a rule cut short.
#[derive(Default)]
pub struct Made {
    /// Cases.
    pub cases: u64,
    /// Cases that stayed as reported because the kernel refused the next move.
    pub refused: u64,
}

/// Fills the store of `dir`, a demo city without cases that has been made before, or goes on where an earlier run was
/// cut off.
pub fn fill(dir: &Path, pack: Arc<guancheng_pack::Pack>, now: Instant, cases: u64) -> Result<Made, String> {
    let store = Store::open(dir, Options { readers: 1 }).map_err(|error| error.to_string())?;
    let rows = store.read(|read| guancheng_app::ports::Read::org(read)).map_err(|error| error.message())?;
    let people = rows.people.iter().map(|person| person.id).collect();
    let city = Arc::new(City::new(pack, rows).map_err(|error| error.to_string())?);
    let words = Words::of(&city, now)?;
    let cast = Cast::of(&city, people, now);
    let photo = crate::photo::keep(&store, now)?;
    let world = Arc::new(World { city, cast, words, photo, now, cases });
    let (told, hear) = channel();
    let mut made = Made::default();
    let there = store.health(now).map_err(|error| error.message())?.cases;
    let (first, jobs) = (there.div_ceil(JOB_CASES), cases.div_ceil(JOB_CASES));
    for job in first..jobs {
        if job >= first + JOBS_AHEAD as u64 {
            made.take(&hear)?;
            progress(job, jobs);
        }
        let (world, told) = (Arc::clone(&world), told.clone());
        let work = move |tx: &mut WriteTx<'_>| world.batch(tx, job * JOB_CASES);
        // The builder hears of every job; it ends before the last only with an error.
        store.write_with(work, move |result: Result<Made, AppError>| drop(told.send(result)));
    }
    for _ in 0..jobs.saturating_sub(first).min(JOBS_AHEAD as u64) {
        made.take(&hear)?;
    }
    fire_all(&store, &world).map_err(|error| format!("firing what is due: {error}"))?;
    Ok(made)
}

fn progress(done: u64, of: u64) {
    if done.is_multiple_of((of / 20).max(1)) {
        eprintln!("  making the million: {} %", done * 100 / of);
    }
}

impl Made {
    fn take(&mut self, hear: &Receiver<Result<Made, AppError>>) -> Result<(), String> {
        let Made { cases, refused } =
            hear.recv().map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
        self.cases += cases;
        self.refused += refused;
        Ok(())
    }
}

/// Gives every warning and breach that is due by now, so that the server of this store begins with nothing to do.
fn fire_all(store: &Store, world: &Arc<World>) -> Result<(), String> {
    let now = world.now;
    loop {
        let due = store.read(|read| guancheng_app::ports::Read::due_timers(read, now, JOB_CASES as usize));
        let due: Vec<CaseId> = due.map_err(|error| error.message())?.into_iter().map(|timer| timer.case).collect();
        if due.is_empty() {
            return Ok(());
        }
        let world = Arc::clone(world);
        let fired: Result<usize, AppError> = store.write(move |tx| {
            due.into_iter().try_for_each(|case| fire(&world.city, tx, now, case).map(|_| ()))?;
            deliver(tx, now, usize::MAX)
        });
        fired.map_err(|error| error.to_string())?;
    }
}

impl World {
    fn batch(&self, tx: &mut WriteTx<'_>, from: u64) -> Result<Made, AppError> {
        let mut dice = Dice::new(from + 1);
        let mut made = Made::default();
        for n in from..(from + JOB_CASES).min(self.cases) {
            made.cases += 1;
            made.refused += u64::from(!self.one(tx, n, &mut dice)?);
        }
        deliver(tx, self.now, usize::MAX)?;
        Ok(made)
    }

    /// The first nineteen of twenty cases have ended, the others came in during the last ten days.
    fn one(&self, tx: &mut WriteTx<'_>, n: u64, dice: &mut Dice) -> Result<bool, AppError> {
        let ended = n < self.cases / 20 * 19;
        let (from, span, of, at) = match ended {
            true => (1000 * DAY_MS, 980 * DAY_MS, self.cases / 20 * 19, n),
            false => (10 * DAY_MS, 10 * DAY_MS, self.cases / 20, n - self.cases / 20 * 19),
        };
        let offset = i128::from(span) * i128::from(at) / i128::from(of.max(1));
        let opened = self.now.plus_ms(-from + offset as i64);
        let reach = match dice.below(100) {
            0..8 if ended => Reach::Rejected,
            _ if ended => Reach::Closed,
            0..15 => Reach::Reported,
            15..40 => Reach::Dispatched,
            40..75 => Reach::Working,
            _ => Reach::FedBack,
        };
        if !ended && dice.below(1000) < OTHERS_PER_MILLE * 20 {
            // Long enough ago that whatever their clocks begin ends before the last year that is loaded.
            return self.other(tx, opened.plus_ms(-150 * DAY_MS), dice);
        }
        let case = self.open(tx, opened, dice)?;
        self.live(tx, case, opened, reach, dice)
    }

    fn open(&self, tx: &mut WriteTx<'_>, opened: Instant, dice: &mut Dice) -> Result<CaseId, AppError> {
        let at = self.words.place(&self.city, dice);
        let category = self.words.category(dice);
        let (text, address) = (self.words.description(category, dice), self.words.address(dice));
        let source = self.words.source(dice);
        let report = if *source == *"public" { Some(self.report(tx, opened, &text, &address, at)?) } else { None };
        let fields = [
            ("category", Value::Code(category.code.clone())),
            ("place", Value::Point(at)),
            ("address", Value::Text(address)),
            ("description", Value::Text(text)),
        ];
        let fields = fields.map(|(id, value)| (Name::from(id), value)).into();
        let kind = self.city.pack.report_kind.to_string();
        let new = NewCase { kind, source: source.to_string(), fields, report, ..NewCase::default() };
        let done = open_case(&self.city, tx, &system(opened), new)?;
        Ok(done.case)
    }

    fn report(
        &self,
        tx: &mut WriteTx<'_>,
        at: Instant,
        text: &str,
        address: &str,
        place: LonLat,
    ) -> Result<ReportId, AppError> {
        let number = tx.next_number("bench/report")?;
        let report = ReportRow {
            id: ReportId(0),
            case: None,
            code: format!("bench{number:010}").into(),
            source: "public".into(),
            text: text.to_owned(),
            lang: "zh".into(),
            place: Some(place),
            address: address.to_owned(),
            at,
            by: None,
            category: None,
        };
        Ok(tx.add_report(&report, None)?)
    }

    /// A case of one of the other procedures, as it begins.
    fn other(&self, tx: &mut WriteTx<'_>, opened: Instant, dice: &mut Dice) -> Result<bool, AppError> {
        let others: Vec<&Arc<Procedure>> =
            self.city.pack.newest().filter(|p| p.id != self.city.pack.report_kind).collect();
        let Some(procedure) = dice.pick(&others) else { return Ok(true) };
        let (place, address) = (self.words.place(&self.city, dice), self.words.address(dice));
        let category = self.words.category(dice);
        let text = self.words.description(category, dice);
        let value = |kind: &FieldKind| match kind {
            FieldKind::Text { .. } => Some(Value::Text(text.clone())),
            FieldKind::Address => Some(Value::Text(address.clone())),
            FieldKind::Point => Some(Value::Point(place)),
            _ => None,
        };
        let declared = procedure.fields.iter().filter(|field| field.derive.is_none());
        let fields = declared.filter_map(|field| Some((field.id.clone(), value(&field.kind)?))).collect();
        let source = self.words.source(dice).to_string();
        let new = NewCase { kind: procedure.id.to_string(), source, fields, ..NewCase::default() };
        match open_case(&self.city, tx, &system(opened), new) {
            Ok(_) => Ok(true),
            Err(AppError::Refused(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Lives on to `reach`; `false` when the kernel refused a move, and nothing but the opening stays.
    fn live(
        &self,
        tx: &mut WriteTx<'_>,
        id: CaseId,
        opened: Instant,
        reach: Reach,
        dice: &mut Dice,
    ) -> Result<bool, AppError> {
        if reach == Reach::Reported {
            return Ok(true);
        }
        let case = guancheng_app::ports::Read::case(tx, id)?.ok_or_else(AppError::not_found)?;
        let procedure = Arc::clone(self.city.procedure_of(&case)?);
        let ended = matches!(reach, Reach::Rejected | Reach::Closed);
        let mut life = Life { world: self, procedure: &procedure, case, events: Vec::new(), last: None, ended };
        let mut at = opened;
        for (mv, share) in moves_to(reach) {
            // Later than the last move, and never later than now.
            at = at.plus_ms(
                ((self.now.0 - at.0 - MINUTE_MS).clamp(MINUTE_MS, share * MINUTE_MS) as f64 * dice.share()) as i64,
            );
            if life.step(mv, at).is_none() {
                return Ok(false);
            }
        }
        life.append(tx, at)?;
        Ok(true)
    }
}

/// The moves of a life with the most minutes before each: most are on time, some are late.
fn moves_to(reach: Reach) -> impl Iterator<Item = (&'static str, i64)> {
    let rejected: &[_] = &[("reject", 30)];
    let whole: &[_] = &[("file", 35), ("accept", 120), ("feed_back", 1_500), ("close", 300)];
    let count = match reach {
        Reach::Reported => 0,
        Reach::Rejected | Reach::Dispatched => 1,
        Reach::Working => 2,
        Reach::FedBack => 3,
        Reach::Closed => 4,
    };
    let list = if reach == Reach::Rejected { rejected } else { whole };
    list.iter().take(count).copied()
}

fn system(now: Instant) -> Ctx {
    Ctx { now, actor: Actor::System(SystemActor::Import) }
}

/// The second record of a case as it is being lived.
struct Life<'a> {
    world: &'a World,
    procedure: &'a Procedure,
    case: Case,
    events: Vec<Event>,
    last: Option<(guancheng_org::Permit, Actor)>,
    ended: bool,
}

impl Life<'_> {
    /// One move by somebody who may make it; a dispatch before it, where the table left that to people.
    fn step(&mut self, mv: &str, at: Instant) -> Option<()> {
        if self.case.state == *"filed" && mv != "file" {
            let units = self.world.city.pack.offices.iter().filter(|office| *office.kind == *"district");
            let unit = units.map(|office| office.id).next()?;
            self.make("dispatch", at, [("unit".into(), Value::Org(unit))].into())?;
        }
        self.make(mv, at, self.fields(mv))
    }

    fn fields(&self, mv: &str) -> BTreeMap<Name, Value> {
        let said = |id: &str, text: &str| [(Name::from(id), Value::Text(text.to_owned()))].into();
        match mv {
            "file" => [("not_duplicate".into(), Value::Bool(true))].into(),
            "reject" => self.world.words.reason(self.procedure, "return_reason"),
            "feed_back" => said("result_note", "已到场处置完毕，现场恢复原状，附处置后照片。"),
            "close" => said("check_note", "现场核查，问题已解决。"),
            _ => BTreeMap::new(),
        }
    }

    fn make(&mut self, mv: &str, at: Instant, fields: BTreeMap<Name, Value>) -> Option<()> {
        let shown = matches!(mv, "file" | "feed_back" | "close");
        let evidence = if shown { vec![self.photo(at)?] } else { Vec::new() };
        let command = Command::Move { mv: mv.into(), fields, evidence, note: String::new() };
        let need = need(self.procedure, &self.case, &command).ok()?;
        let subject = guancheng_case::subject(self.procedure, &self.case);
        let unit: Option<OfficeId> = projection::unit(self.procedure, &self.case);
        let (permit, actor) = self.world.cast.who(&self.world.city, mv, unit, &subject, &need)?;
        let ctx = Ctx { now: at, actor };
        let events = decide(&ctx, self.procedure, &self.case, &command, &Quiet(&self.world.city), &permit).ok()?;
        let record = Record { case: self.case.id, seq: 2, at, actor: ctx.actor.log_name(), events };
        evolve(&mut self.case, &record);
        let told = |event: &Event| !self.ended || !matches!(event, Event::Effect { .. });
        self.events.extend(record.events.into_iter().filter(told));
        self.last = Some((permit, ctx.actor));
        Some(())
    }

    fn photo(&self, at: Instant) -> Option<EvidenceFact> {
        Some(EvidenceFact {
            id: self.world.photo,
            kind: guancheng_case::EvidenceKind::Photo,
            taken_at: Some(at),
            at: Some(self.case.position()?),
            tags: Vec::new(),
            by: guancheng_case::ActorMark::System(SystemActor::Import),
            attached_at: at,
            mv: None,
        })
    }

    fn append(self, tx: &mut WriteTx<'_>, at: Instant) -> Result<(), AppError> {
        let Some((permit, actor)) = self.last else { return Ok(()) };
        let record = Record { case: self.case.id, seq: 2, at, actor: actor.log_name(), events: self.events };
        let projection = projection::project(self.procedure, &self.case, at);
        tx.append(&permit, &record, &self.case, &projection)?;
        Ok(())
    }
}

/// What the kernel may look up, with no other case near: the million would otherwise be full of duplicates.
struct Quiet<'a>(&'a City);

impl guancheng_case::Facts for Quiet<'_> {
    fn open_cases_near(&self, _: &str, _: Option<&str>, _: LonLat, _: f64) -> Vec<(CaseId, String)> {
        Vec::new()
    }

    fn overlapping_works(
        &self,
        _: &[LonLat],
        _: guancheng_base::Day,
        _: guancheng_base::Day,
    ) -> Vec<guancheng_case::OtherWorks> {
        Vec::new()
    }

    fn cell_of(&self, at: LonLat) -> Option<i64> {
        self.0.cell_of(at)
    }

    fn area_class(&self, cell: i64) -> Option<char> {
        self.0.pack.places.class_of(guancheng_place::AreaCode::new(cell).ok()?)
    }

    fn office_title(&self, office: OfficeId) -> Option<String> {
        self.0.office_name(office)
    }

    fn case_state(&self, _: CaseId) -> Option<(String, bool)> {
        None
    }
}
