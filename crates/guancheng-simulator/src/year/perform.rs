//! How each deed is done, through the same use cases as a person's.

use std::{collections::BTreeMap, sync::Arc};

use guancheng_app::{
    AppError, City, NewCase, act, open_case,
    plan::{act_on_plan, at_work, import_plan},
    ports::{FileMeta, FileRow, Read, Tx},
    with_evidence,
};
use guancheng_base::{Actor, CaseId, Ctx, Day, EvidenceId, Instant, Name, OfficeId, PersonId};
use guancheng_case::Value;
use guancheng_plan::{
    Act as Right, Command, NewDecision, Seed,
    model::{Plan, Side, Stamp},
};

use super::deed::{Deed, Outcome};
use crate::{Dice, map::Map, pictures::Scene as Picture};

/// Everything a deed is done with.
pub(super) struct Act {
    pub(super) city: Arc<City>,
    pub(super) seed: Seed,
    pub(super) year: i16,
    pub(super) plan: Option<i64>,
    pub(super) files: Vec<FileRow>,
    pub(super) dice: Dice,
    pub(super) at: Instant,
}

impl Act {
    /// Does it.
    pub(super) fn perform(&self, tx: &mut dyn Tx, deed: &Deed) -> Result<Outcome, AppError> {
        if let Some(plan) = self.plan {
            // Nobody else writes while a year is played, so what stands here before the deed is committed and may be kept.
            self.city.plans.plan(as_read(tx), plan)?;
        }
        match deed {
            Deed::Import => {
                let stamp = Stamp { by: self.one(Right::Review, 0), at: self.at };
                let event = self.seed.imported(self.year, stamp);
                let done = import_plan(&self.city, tx, &self.ctx(self.one(Right::Review, 0))?, event)?;
                Ok(Outcome { plan: Some(done.plan), ..Outcome::default() })
            }
            Deed::Adopt => self.plan_act(tx, self.one(Right::Adopt, 0), Command::Adopt),
            Deed::Sign(office, side) => {
                let who = if *side == Side::Office { self.head(*office) } else { self.one(Right::Lead, 0) };
                self.plan_act(tx, who, Command::Sign { office: *office, side: *side })
            }
            Deed::Delegate(commitment, office) => self.delegate(tx, commitment, *office),
            Deed::Report { .. } => self.report(tx, deed),
            Deed::Approve { case, .. } => {
                self.move_case(tx, *case, self.one(Right::Supervise, 0), "approve", &[], false)
            }
            Deed::Sample { case, good: true } => {
                self.move_case(tx, *case, self.one(Right::Supervise, 1), "sample_good", &[], true)
            }
            Deed::Sample { case, good: false } => {
                let note = [("sample_note", Value::Text("现场数量与报送不符".to_owned()))];
                self.move_case(tx, *case, self.one(Right::Supervise, 1), "sample_bad", &note, true)
            }
            Deed::Meet { series, day } => self.meet(tx, series, *day),
            Deed::Fulfil(case) => {
                let office = tx.row(*case)?.and_then(|row| row.holder_unit);
                let result = [("result", Value::Text("已按会议要求办结，情况附后。".to_owned()))];
                self.move_case(tx, *case, office.and_then(|office| self.head(office)), "report_done", &result, false)
            }
            Deed::CloseDecision(case) => self.move_case(tx, *case, self.one(Right::Supervise, 0), "close", &[], false),
            other => self.paper(tx, other),
        }
    }

    fn paper(&self, tx: &mut dyn Tx, deed: &Deed) -> Result<Outcome, AppError> {
        let supervisor = self.one(Right::Supervise, 0);
        match deed {
            Deed::Draft => {
                let draft = Command::DraftCircular { title: String::new(), body: String::new() };
                self.plan_act(tx, supervisor, draft)?;
                let circular = self.plan(tx)?.circulars.last().map(|circular| circular.id);
                Ok(Outcome { circular, ..Outcome::default() })
            }
            Deed::Issue(circular) => self.plan_act(tx, supervisor, Command::IssueCircular { circular: *circular }),
            Deed::Release(circular) => self.plan_act(tx, supervisor, Command::ReleaseCircular { circular: *circular }),
            Deed::Judge(commitment, mark) => {
                let reason = if *mark >= 80 { "工作有记录、有成效" } else { "有安排，成效尚不明显" }.to_owned();
                let judge = Command::Judge { commitment: commitment.clone(), mark: *mark, reason };
                self.plan_act(tx, self.one(Right::Lead, 0), judge)
            }
            Deed::AskHelp(commitment) => {
                let lead = self.plan(tx)?.commitment(commitment).and_then(|one| one.lead);
                let text = "管线迁改涉及多家产权单位，请局里协调".to_owned();
                let ask = Command::AskHelp { commitment: commitment.clone(), text };
                self.plan_act(tx, lead.and_then(|office| self.head(office)), ask)
            }
            Deed::Appraise => {
                self.plan_act(tx, self.one(Right::Appraise, 0), Command::DraftAppraisal { period: "half".to_owned() })
            }
            Deed::Mark(office, mark) => {
                let reason = "半年工作总体评价".to_owned();
                let mark = Command::MarkOffice { appraisal: 1, office: *office, mark: *mark, reason };
                self.plan_act(tx, self.one(Right::Lead, 0), mark)
            }
            Deed::Finalise => {
                self.plan_act(tx, self.one(Right::Appraise, 0), Command::FinaliseAppraisal { appraisal: 1 })
            }
            _ => Ok(Outcome::default()),
        }
    }

    fn ctx(&self, who: Option<PersonId>) -> Result<Ctx, AppError> {
        let person = who.ok_or_else(AppError::not_found)?;
        Ok(Ctx { now: self.at, actor: self.city.actor(person, self.at) })
    }

    /// The `n`-th who holds the right, the last where there are fewer.
    fn one(&self, right: Right, n: usize) -> Option<PersonId> {
        let settings = self.city.plan_settings().ok()?;
        let org = self.city.org();
        let roles = settings.rights.get(&right)?;
        let all: Vec<PersonId> = roles.iter().flat_map(|role| org.holders_of(role, None, self.at)).collect();
        all.get(n).or_else(|| all.last()).copied()
    }

    /// Who heads the office.
    fn head(&self, office: OfficeId) -> Option<PersonId> {
        let settings = self.city.plan_settings().ok()?;
        let org = self.city.org();
        let roles = settings.rights.get(&Right::ForOffice)?;
        let mut holders = roles.iter().flat_map(|role| org.holders_of(role, Some(office), self.at));
        holders.find(|person| org.posts_of(*person, self.at).any(|(_, post)| post.office == office))
    }

    fn plan(&self, tx: &dyn Tx) -> Result<Arc<Plan>, AppError> {
        at_work(&self.city.plans, tx, self.plan.ok_or_else(AppError::not_found)?)
    }

    fn plan_act(&self, tx: &mut dyn Tx, who: Option<PersonId>, command: Command) -> Result<Outcome, AppError> {
        let plan = self.plan.ok_or_else(AppError::not_found)?;
        act_on_plan(&self.city, tx, &self.ctx(who)?, plan, None, &command)?;
        Ok(Outcome::default())
    }

    /// To the first post of the office or of a unit below it.
    fn delegate(&self, tx: &mut dyn Tx, commitment: &str, office: OfficeId) -> Result<Outcome, AppError> {
        let org = self.city.org();
        let below = org.subtree(office);
        let mut posts: Vec<_> = org.posts().filter(|post| below.contains(&post.office)).collect();
        posts.sort_by_key(|post| (post.office == office, post.id));
        let Some(post) = posts.first() else { return Ok(Outcome::default()) };
        let text = self.plan(tx)?.commitment(commitment).map(|one| one.text.clone()).unwrap_or_default();
        let delegate = Command::Delegate {
            commitment: commitment.to_owned(),
            parent: None,
            office: post.office,
            post: Some(post.id),
            text,
        };
        self.plan_act(tx, self.head(office), delegate)
    }

    fn report(&self, tx: &mut dyn Tx, deed: &Deed) -> Result<Outcome, AppError> {
        let Deed::Report { commitment, office, step, amount, day, .. } = deed else { return Ok(Outcome::default()) };
        let ctx = self.ctx(self.head(*office))?;
        let plan = self.plan.ok_or_else(AppError::not_found)?;
        let settings = self.city.plan_settings()?;
        let mut fields: BTreeMap<Name, Value> = BTreeMap::new();
        fields.insert("commitment".into(), Value::Ref(format!("{plan}/{commitment}")));
        fields.insert("day".into(), Value::Date(*day));
        fields.insert("unit".into(), Value::Org(*office));
        if !step.is_empty() {
            fields.insert("step".into(), Value::Text(step.clone()));
        }
        let place = self.place();
        if *amount > 0.0 {
            fields.insert("amount".into(), Value::Decimal(*amount));
            fields.insert("place".into(), Value::Point(place));
        }
        let meta = FileMeta { taken_at: Some(self.at), place: Some(place), accuracy_m: Some(8.0), tags: Vec::new() };
        let evidence = vec![self.file(tx, meta, &ctx.actor)?];
        let kind = settings.progress_procedure.to_string();
        let new = NewCase { kind, source: "unit".to_owned(), fields, evidence, ..NewCase::default() };
        let done = open_case(&self.city, tx, &ctx, new)?;
        Ok(Outcome { case: Some(done.case), ..Outcome::default() })
    }

    fn place(&self) -> guancheng_base::LonLat {
        let center = self.city.pack.city.center;
        Map::near(&self.city, center, 4500.0, self.dice.at("place"))
    }

    fn file(&self, tx: &mut dyn Tx, meta: FileMeta, actor: &Actor) -> Result<EvidenceId, AppError> {
        let kept =
            Picture::ALL.iter().position(|known| *known == Picture::Good).and_then(|n| self.files.get(n)).cloned();
        let kept = kept.ok_or_else(|| AppError::Setup("the pictures were not kept before the play".to_owned()))?;
        Ok(tx.add_file(&FileRow { id: EvidenceId(0), meta, at: self.at, by: actor.person(), ..kept })?)
    }

    fn move_case(
        &self,
        tx: &mut dyn Tx,
        case: CaseId,
        who: Option<PersonId>,
        mv: &str,
        fields: &[(&str, Value)],
        with_photo: bool,
    ) -> Result<Outcome, AppError> {
        let ctx = self.ctx(who)?;
        let meta = FileMeta {
            taken_at: Some(self.at),
            place: tx.row(case)?.and_then(|row| row.place),
            accuracy_m: Some(6.0),
            tags: Vec::new(),
        };
        let files = if with_photo { vec![self.file(tx, meta, &ctx.actor)?] } else { Vec::new() };
        let fields = fields.iter().map(|(id, value)| (Name::from(*id), value.clone())).collect();
        let command =
            guancheng_case::Command::Move { mv: mv.into(), fields, evidence: Vec::new(), note: String::new() };
        let command = with_evidence(&self.city, as_read(tx), &ctx, &files, command)?;
        act(&self.city, tx, &ctx, case, None, &command)?;
        Ok(Outcome { case: Some(case), ..Outcome::default() })
    }

    /// The worst two lines become tasks.
    fn meet(&self, tx: &mut dyn Tx, series: &str, day: Day) -> Result<Outcome, AppError> {
        let plan = self.plan(tx)?;
        let settings = self.city.plan_settings()?;
        let ledger = guancheng_app::plan::ledger(as_read(tx), &plan, settings, self.city.day(self.at))?;
        let frozen = guancheng_plan::ledger::freeze(&plan, &ledger.lines, ledger.as_of);
        let worst = guancheng_plan::ledger::agenda::of_lines(&frozen.lines);
        let skip = usize::try_from(self.dice.at("which").between(0, 5)).unwrap_or(0);
        let decide = |id: &String| {
            let one = plan.commitment(id)?;
            let text = format!("{}：查明落后原因，报出赶工安排", one.text);
            let due = self.city.day(self.at).plus(14);
            Some(NewDecision { text, office: one.lead?, due, commitment: Some(id.clone()) })
        };
        let decisions: Vec<NewDecision> = worst.iter().skip(skip).take(2).filter_map(decide).collect();
        let many = decisions.len();
        let minutes = format!("通报台账，红黄灯任务 {} 项；逐项研究，议定 {many} 项。", worst.len());
        let hold = Command::HoldMeeting {
            series: series.to_owned(),
            period: day,
            held_on: self.city.day(self.at),
            present: "局领导、督查人员、各牵头单位负责人".to_owned(),
            minutes,
            decisions,
        };
        self.plan_act(tx, self.one(Right::Supervise, 0), hold)?;
        let held = self.plan(tx)?;
        let decided = held.meetings.last().map(|meeting| meeting.decisions.iter().map(|one| one.case).collect());
        Ok(Outcome { decided: decided.unwrap_or_default(), ..Outcome::default() })
    }
}

fn as_read(tx: &mut dyn Tx) -> &dyn Read {
    &*tx
}
