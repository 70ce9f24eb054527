//! Bringing recorded cases of another system in: each row becomes a case through the same kernel as everything else,
//! its events at the times the file gives. A row is taken whole or not at all; a second run of the same file changes
//! nothing.

mod cells;
mod targets;

use std::collections::BTreeMap;

use guancheng_base::{Actor, CaseId, Ctx, Instant, Name, SystemActor};
use guancheng_case::{Case, Command, Procedure, Value};
use guancheng_pack::{FieldMap, Mapping, MoveMap};

use crate::{
    AppError, City, NewCase, act, open_case,
    ports::{IdempotencyKey, Idempotent, StoredAnswer, Tx},
};

pub use targets::{Fit, Rule, Sample, fit};

use cells::Cells;

/// What became of one row.
#[derive(Clone, Debug, PartialEq)]
pub enum RowOutcome {
    /// It became a case.
    Accepted {
        /// The case.
        case: CaseId,
        /// Its number.
        number: String,
        /// What had to be mended to take it; empty for most rows.
        repaired: Vec<String>,
        /// The two systems' words on time.
        verdict: Verdict,
    },
    /// It was taken by an earlier run and has not changed.
    Known {
        /// The case it became.
        case: CaseId,
        /// The two systems' words on time.
        verdict: Verdict,
    },
    /// It was not taken; nothing of it was recorded.
    Refused {
        /// Why, in words.
        reason: String,
    },
}

/// What the other system and ours say of one row's time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the other system gave a target.
    pub target: bool,
    /// Whether the case has ended.
    pub ended: bool,
    /// Theirs: on time or late; `None` where it says neither.
    pub theirs: Option<bool>,
    /// Ours, from our clock; `None` where it is not rated, or still runs.
    pub ours: Option<bool>,
}

/// Reads rows of one file into one city.
pub struct Importer<'a> {
    city: &'a City,
    mapping: &'a Mapping,
    columns: BTreeMap<String, usize>,
}

impl<'a> Importer<'a> {
    /// Checks that the file has every column the mapping reads.
    ///
    /// # Errors
    /// The missing columns, each with the nearest heading there is.
    pub fn new(city: &'a City, mapping: &'a Mapping, headings: &[String]) -> Result<Self, String> {
        let columns: BTreeMap<String, usize> =
            headings.iter().enumerate().map(|(at, heading)| (heading.trim().to_owned(), at)).collect();
        let missing = mapping.columns().into_iter().filter(|column| !columns.contains_key(*column));
        let known = || columns.keys().map(String::as_str);
        let missing: Vec<String> = missing
            .map(|column| format!("no column {column:?} ({})", guancheng_case::did_you_mean(column, known())))
            .collect();
        if missing.is_empty() { Ok(Importer { city, mapping, columns }) } else { Err(missing.join("; ")) }
    }

    /// Takes one row. `digest` is the SHA-256 of the row, by which a changed row is told from a known one.
    ///
    /// # Errors
    /// Failures of the store only; a bad row is a [`RowOutcome::Refused`] inside an error of the job, so that nothing
    /// of it stays: see [`ImportError`].
    pub fn take(&self, tx: &mut dyn Tx, row: &[String], digest: [u8; 32]) -> Result<RowOutcome, ImportError> {
        let cells = Cells { city: self.city, columns: &self.columns, row };
        let key = cells
            .text(&self.mapping.key)
            .filter(|key| !key.is_empty())
            .ok_or_else(|| refused(format!("no value in {}", self.mapping.key)))?;
        let key = IdempotencyKey { actor: format!("import:{}", self.mapping.id), key: key.to_owned(), request: digest };
        let opened =
            cells.moment(&self.mapping.opened_at).map_err(refused)?.ok_or_else(|| refused("no opening time"))?;
        match tx.claim(&key, opened)? {
            Idempotent::Fresh => {}
            Idempotent::Answered(answer) => return self.known(tx, &cells, answer.case),
            Idempotent::Unanswered | Idempotent::Reused => {
                return Err(refused(
                    "this row was taken before with other contents; change the case in the system, not by importing",
                ));
            }
        }
        let outcome = self.fresh(tx, &cells, opened)?;
        if let RowOutcome::Accepted { case, .. } = &outcome {
            tx.answer(&key, &StoredAnswer { status: 201, case: Some(*case), body: String::new() })?;
        }
        Ok(outcome)
    }

    fn known(&self, tx: &mut dyn Tx, cells: &Cells<'_>, case: Option<CaseId>) -> Result<RowOutcome, ImportError> {
        let state = case.map(|id| tx.case(id)).transpose()?.flatten();
        let state = state.ok_or_else(|| refused("it was taken before, but its case is gone"))?;
        Ok(RowOutcome::Known { case: state.id, verdict: self.verdict(cells, &state) })
    }

    fn fresh(&self, tx: &mut dyn Tx, cells: &Cells<'_>, opened: Instant) -> Result<RowOutcome, ImportError> {
        let procedure = self.city.procedure(&self.mapping.procedure, opened).map_err(in_words)?.clone();
        let mut repaired = Vec::new();
        let mut fields = self.fields(cells, &procedure, &self.mapping.fields, opened, &mut repaired)?;
        if let Some(at) = self.mapping.place.as_ref().and_then(|source| cells.position(source)) {
            if self.city.cell_of(at).is_none() {
                repaired.push("the position lies outside every area; the case has no cell".to_owned());
            }
            fields.insert("place".into(), Value::Point(at));
        }
        let source = self
            .mapping
            .source
            .as_ref()
            .and_then(|source| cells.code(self.city, source))
            .unwrap_or_else(|| "import".into());
        let imported = self.verdict_facts(cells);
        let new = NewCase {
            kind: procedure.id.to_string(),
            source: source.to_string(),
            fields,
            imported,
            ..NewCase::default()
        };
        let done = open_case(self.city, tx, &ctx(opened), new).map_err(in_words)?;
        self.moves(tx, cells, &procedure, done.case, opened, &mut repaired)?;
        let case = tx.case(done.case)?.ok_or_else(|| refused("the case is gone"))?;
        Ok(RowOutcome::Accepted {
            case: case.id,
            number: case.number.clone(),
            repaired,
            verdict: self.verdict(cells, &case),
        })
    }

    fn moves(
        &self,
        tx: &mut dyn Tx,
        cells: &Cells<'_>,
        procedure: &Procedure,
        case: CaseId,
        opened: Instant,
        repaired: &mut Vec<String>,
    ) -> Result<(), ImportError> {
        for step in &self.mapping.moves {
            let Some(at) = cells.moment(&step.at).map_err(refused)? else { continue };
            if at < opened {
                return Err(refused(format!("{} is made before the case was opened", step.id)));
            }
            self.make(tx, cells, procedure, case, step, at, repaired)?;
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "one row's whole situation; a struct would be used once")]
    fn make(
        &self,
        tx: &mut dyn Tx,
        cells: &Cells<'_>,
        procedure: &Procedure,
        case: CaseId,
        step: &MoveMap,
        at: Instant,
        repaired: &mut Vec<String>,
    ) -> Result<(), ImportError> {
        let fields = self.fields(cells, procedure, &step.fields, at, repaired)?;
        // Whatever was due before the move happened before it.
        crate::fire(self.city, tx, at, case).map_err(in_words)?;
        let command = Command::Move { mv: step.id.clone(), fields, evidence: Vec::new(), note: String::new() };
        act(self.city, tx, &ctx(at), case, None, &command).map_err(in_words)?;
        Ok(())
    }

    fn fields(
        &self,
        cells: &Cells<'_>,
        procedure: &Procedure,
        maps: &[FieldMap],
        at: Instant,
        repaired: &mut Vec<String>,
    ) -> Result<BTreeMap<Name, Value>, ImportError> {
        let mut fields = BTreeMap::new();
        for map in maps {
            let field = procedure
                .field(&map.field)
                .ok_or_else(|| refused(format!("the procedure has no field {}", map.field)))?;
            let read = cells.value(&map.source, field, repaired).map_err(refused)?;
            match read {
                Some(value) => {
                    field
                        .accepts(&value, &procedure.code_lists, self.city.day(at))
                        .map_err(|fault| refused(fault.text.en))?;
                    fields.insert(field.id.clone(), value);
                }
                None if map.required => return Err(refused(format!("no value for {}", field.id))),
                None => {}
            }
        }
        Ok(fields)
    }

    /// The other system's own words, kept with the case as it said them.
    fn verdict_facts(&self, cells: &Cells<'_>) -> BTreeMap<Name, String> {
        let key = cells.text(&self.mapping.key).map(|key| (Name::from("key"), key.to_owned()));
        let verdict = self.mapping.verdict.as_ref().and_then(|map| cells.text(&map.column));
        let verdict = verdict.map(|word| (Name::from("verdict"), word.to_owned()));
        key.into_iter().chain(verdict).collect()
    }

    fn verdict(&self, cells: &Cells<'_>, case: &Case) -> Verdict {
        let Some(map) = &self.mapping.verdict else { return Verdict::default() };
        let word = cells.text(&map.column).unwrap_or_default();
        let run = case.clocks.get(&map.clock);
        Verdict {
            target: run.is_some_and(|run| run.time.is_some()),
            ended: !case.is_open(),
            theirs: (word == map.on_time || word == map.late).then(|| word == map.on_time),
            ours: run.and_then(|run| run.on_time),
        }
    }

    /// The opening and the target of a row, for [`fit`]: the field the verdict's clock runs towards.
    pub fn sample(&self, row: &[String]) -> Option<Sample> {
        let cells = Cells { city: self.city, columns: &self.columns, row };
        let clock = &self.mapping.verdict.as_ref()?.clock;
        let opened = cells.moment(&self.mapping.opened_at).ok()??;
        let procedure = self.city.procedure(&self.mapping.procedure, opened).ok()?;
        let guancheng_case::LimitRule::Field(target) = &procedure.clock(clock)?.limit else { return None };
        let map = self.mapping.fields.iter().find(|map| map.field == *target)?;
        let category = self.mapping.fields.iter().find(|map| map.field == *"category")?;
        let column = category.source.columns().into_iter().next()?;
        Some(Sample { category: cells.text(column)?.to_owned(), opened, target: cells.moment(&map.source).ok()? })
    }
}

/// Why a row was rolled back.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportError {
    /// The row is refused; the file goes on.
    Refused(String),
    /// The store failed; the run stops.
    Store(crate::ports::PortError),
}

impl From<crate::ports::PortError> for ImportError {
    fn from(error: crate::ports::PortError) -> Self {
        ImportError::Store(error)
    }
}

fn refused(reason: impl Into<String>) -> ImportError {
    ImportError::Refused(reason.into())
}

fn in_words(error: AppError) -> ImportError {
    match error {
        AppError::Refused(refusal) => ImportError::Refused(refusal.text.en.clone()),
        AppError::Setup(message) => ImportError::Refused(message),
        AppError::Port(error) => ImportError::Store(error),
    }
}

fn ctx(now: Instant) -> Ctx {
    Ctx { now, actor: Actor::System(SystemActor::Import) }
}
