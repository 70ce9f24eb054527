//! 有偿整改: what it costs, who pays whom, and why it is not paid.

use std::collections::BTreeSet;

use guancheng_base::{Day, Fen, Name};

use super::{Amount, AmountOf, Cause, Entry, Ledger, Rectification, SettleError, Settlement, What, fen};
use crate::{Exact, Explain, Period};

/// One place that somebody else repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rectified {
    /// What it is known by: the same repair has the same id for ever; one charged anew after it was taken back gets another.
    pub id: Name,
    /// The day of the repair; decides the period of the cap.
    pub day: Day,
    /// The field of work, by title.
    pub field: String,
    /// Who pays.
    pub payer: Name,
    /// Who earns.
    pub payee: Name,
    /// The values of the tariff's keys, in their order.
    pub keys: Vec<Name>,
    /// The verified quantity; not negative.
    pub quantity: Exact,
    /// The evidence there is.
    pub evidence: BTreeSet<Name>,
    /// The last day on which the payer may object; `None` before the notice.
    pub objection_until: Option<Day>,
    /// Whether the payer objected.
    pub objection: Objection,
}

/// What became of an objection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Objection {
    /// There is none.
    #[default]
    None,
    /// It has not been ruled on.
    Open,
    /// The payer was right.
    Upheld,
    /// The payer was wrong.
    Dismissed,
}

/// Why a repair is not paid, or not yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unpaid {
    /// It is no field of this settlement.
    OtherField,
    /// Evidence is missing.
    Evidence(Vec<Name>),
    /// The tariff has no price for it.
    NoPrice(Vec<Name>),
    /// The quantity is below zero.
    Quantity,
    /// The payer has not been told, or may still object.
    Notice,
    /// An objection waits for its ruling.
    ObjectionOpen,
    /// An objection was upheld.
    ObjectionUpheld,
    /// It has been posted before.
    Posted,
}

/// What comes of one repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The repair.
    pub id: Name,
    /// The cost.
    pub base: Option<Amount>,
    /// What is added to it.
    pub surcharge: Fen,
    /// What the cap keeps from being paid.
    pub over_cap: Fen,
    /// The entries to post.
    pub entries: Vec<Entry>,
    /// Why there are none.
    pub unpaid: Option<Unpaid>,
}

/// What comes of one repair, as of the end of a day, after everything in `ledger`. `budget` is the payer's, of which the
/// cap is a share; without one there is no cap. Post the entries before asking about the next repair of the payer.
///
/// # Errors
/// The settlement pays prizes, or an amount does not fit.
pub fn rectify(
    settlement: &Settlement,
    repair: &Rectified,
    ledger: &Ledger,
    budget: Option<Fen>,
    as_of: Day,
) -> Result<Outcome, SettleError> {
    let What::Rectification(what) = &settlement.what else { return Err(SettleError::OtherKind) };
    let mut outcome = Outcome {
        id: repair.id.clone(),
        base: None,
        surcharge: Fen(0),
        over_cap: Fen(0),
        entries: Vec::new(),
        unpaid: unpaid(what, repair, as_of),
    };
    let Some(price) = what.prices.get(&repair.keys).filter(|_| outcome.unpaid.is_none()) else { return Ok(outcome) };
    let exact = repair.quantity.times(Exact::int(price.each.0))?.times(price.multiple)?;
    let base = fen(exact, settlement.rounding)?;
    let formula = format!("{} × {} × {} = {base}", repair.quantity, price.each, price.multiple);
    let explain = settlement.cite.explain(formula);
    if let Some(surcharge) = &what.surcharge {
        let share = Exact::int(base.0).times(surcharge.pct)?.over(Exact::HUNDRED)?;
        outcome.surcharge = fen(share, settlement.rounding)?;
    }
    let posting = Posting { settlement, what, repair, ledger };
    if posting.is_posted() {
        outcome.unpaid = Some(Unpaid::Posted);
    } else {
        let left = posting.left(budget)?;
        let paid_base = Fen(base.0.min(left.0));
        let paid_surcharge = Fen(outcome.surcharge.0.min(left.0 - paid_base.0));
        outcome.entries = posting.entries(paid_base, paid_surcharge, &explain);
        outcome.over_cap = Fen((base.0 - paid_base.0).saturating_add(outcome.surcharge.0 - paid_surcharge.0));
    }
    outcome.base = Some(Amount { fen: base, explain });
    Ok(outcome)
}

fn unpaid(what: &Rectification, repair: &Rectified, as_of: Day) -> Option<Unpaid> {
    if !what.fields.contains(&repair.field) {
        return Some(Unpaid::OtherField);
    }
    let missing: Vec<Name> = what.requires.iter().filter(|kind| !repair.evidence.contains(*kind)).cloned().collect();
    if !missing.is_empty() {
        return Some(Unpaid::Evidence(missing));
    }
    if !what.prices.contains_key(&repair.keys) {
        return Some(Unpaid::NoPrice(repair.keys.clone()));
    }
    if repair.quantity.is_negative() {
        return Some(Unpaid::Quantity);
    }
    match repair.objection {
        Objection::Upheld => Some(Unpaid::ObjectionUpheld),
        Objection::Open => Some(Unpaid::ObjectionOpen),
        Objection::None if repair.objection_until.is_none_or(|until| as_of <= until) => Some(Unpaid::Notice),
        Objection::None | Objection::Dismissed => None,
    }
}

/// Everything needed to write the entries of one repair.
struct Posting<'p> {
    settlement: &'p Settlement,
    what: &'p Rectification,
    repair: &'p Rectified,
    ledger: &'p Ledger,
}

impl Posting<'_> {
    fn key(&self) -> String {
        format!("{}/{}", self.settlement.cite.id, self.repair.id)
    }

    /// Whether either amount of the repair was posted, at whatever price.
    fn is_posted(&self) -> bool {
        let key = self.key();
        AmountOf::ALL.iter().any(|amount| self.ledger.has(&format!("{key}/{}", amount.as_str())))
    }

    fn entries(&self, base: Fen, surcharge: Fen, why: &Explain) -> Vec<Entry> {
        let cause = Cause { key: self.key(), period: self.period(), why };
        let parties = [("payer", &self.repair.payer), ("payee", &self.repair.payee)];
        let entry = |amount, fen| self.settlement.entry(amount, fen, &parties, &cause);
        entry(AmountOf::Base, base).into_iter().chain(entry(AmountOf::Surcharge, surcharge)).collect()
    }

    /// The period to which the repair belongs: that of the cap, or of the posting.
    fn period(&self) -> Period {
        let kind = self.what.cap.as_ref().map_or(self.settlement.post, |cap| cap.period);
        Period::containing(kind, self.repair.day)
    }

    /// How much the payer may still be charged in the period of the repair.
    fn left(&self, budget: Option<Fen>) -> Result<Fen, SettleError> {
        let (Some(cap), Some(budget)) = (&self.what.cap, budget) else { return Ok(Fen(i64::MAX)) };
        let most = fen(Exact::int(budget.0).times(cap.pct)?.over(Exact::HUNDRED)?, self.settlement.rounding)?;
        let charged = self.ledger.charged(&self.settlement.cite.id, self.period(), &self.repair.payer);
        Ok(Fen(most.0.saturating_sub(charged.0).max(0)))
    }
}
