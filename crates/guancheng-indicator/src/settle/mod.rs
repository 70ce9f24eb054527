//! From a ranking or a repaired place to money. Invariant: every amount is a whole number of fen, every entry has two
//! sides, every cause has one key, and a key is posted once: nothing is paid twice, and what is not paid says why.

mod ledger;
mod prize;
mod rectify;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt};

use guancheng_base::{Fen, Name};

use crate::{Cite, Exact, ExactError, Explain, Period, PeriodKind, Rounding, score::RuleFault};

pub use ledger::{Entry, Ledger, PostError, Statement};
pub use prize::{Awarded, PrizeRow, Prizes, Round, TieShare, prizes};
pub use rectify::{Objection, Outcome, Rectified, Unpaid, rectify};

/// A settlement as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// Id, version, basis.
    pub cite: Cite,
    /// Title.
    pub title: String,
    /// The office that keeps it, by its full name.
    pub owner: String,
    /// What is settled.
    pub what: What,
    /// The period for which it is posted.
    pub post: PeriodKind,
    /// How parts of a fen are rounded.
    pub rounding: Rounding,
    /// Which accounts change.
    pub entries: Vec<EntryRule>,
}

/// What is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// 有偿整改: somebody else repaired what a unit did not.
    Rectification(Box<Rectification>),
    /// 奖惩: money by place.
    Prizes(Prizes),
}

/// 有偿整改 as declared: quantity × unit price × multiple, with a surcharge and a cap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rectification {
    /// What happened when it is due, e.g. `case.rectified_by_substitute`.
    pub event: Name,
    /// The fields of work it is for, by title.
    pub fields: Vec<String>,
    /// Whose role pays, e.g. `responsible_unit`.
    pub payer: Name,
    /// Whose role earns, e.g. `substitute`.
    pub payee: Name,
    /// The code list of prices.
    pub tariff: Name,
    /// The columns by which a price is found.
    pub keys: Vec<Name>,
    /// The field of the case that holds the quantity.
    pub quantity: Name,
    /// The evidence without which nothing is paid.
    pub requires: Vec<Name>,
    /// What is added.
    pub surcharge: Option<Surcharge>,
    /// The most a payer pays.
    pub cap: Option<Cap>,
    /// Working days between notice and posting.
    pub notice_work_days: u32,
    /// Who rules on objections, by full name.
    pub objection_to: String,
    /// Within how many working days.
    pub decide_work_days: u32,
    /// Prices by the values of the keys.
    pub prices: BTreeMap<Vec<Name>, Price>,
}

/// A share on top of the cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surcharge {
    /// In percent of the base.
    pub pct: Exact,
    /// The account it goes to.
    pub to: Name,
    /// Why.
    pub why: Option<String>,
}

/// The most a payer pays in a period: a share of a budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// The period.
    pub period: PeriodKind,
    /// In percent of the budget.
    pub pct: Exact,
    /// The budget, e.g. `maintenance_budget`.
    pub of: Name,
}

/// A price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// For one unit of quantity.
    pub each: Fen,
    /// How many times that is charged.
    pub multiple: Exact,
}

/// Which amount an entry carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AmountOf {
    /// The cost.
    Base,
    /// What is added to the cost.
    Surcharge,
    /// What a unit earns by its place.
    Reward,
    /// What a unit loses by its place.
    Penalty,
}

/// One entry as declared. `payer`, `payee` and `unit` at the beginning of an account stand for the code of the one
/// concerned: `payer.maintenance_budget`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRule {
    /// The account that is debited.
    pub debit: Name,
    /// The account that is credited.
    pub credit: Name,
    /// Which amount.
    pub amount: AmountOf,
}

/// Why nothing could be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettleError {
    /// The settlement is of the other kind.
    OtherKind,
    /// An amount that does not fit into 63 bits of fen.
    TooLarge,
    /// Numbers that do not fit.
    Exact(ExactError),
}

/// An amount with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How much; not negative.
    pub fen: Fen,
    /// Why.
    pub explain: Explain,
}

impl AmountOf {
    /// All amounts.
    pub const ALL: [AmountOf; 4] = [AmountOf::Base, AmountOf::Surcharge, AmountOf::Reward, AmountOf::Penalty];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            AmountOf::Base => "base",
            AmountOf::Surcharge => "surcharge",
            AmountOf::Reward => "reward",
            AmountOf::Penalty => "penalty",
        }
    }
}

impl Settlement {
    /// Everything that is wrong with it by itself.
    pub fn faults(&self) -> Vec<RuleFault> {
        let (mut faults, needed): (Vec<RuleFault>, Vec<AmountOf>) = match &self.what {
            What::Rectification(what) => {
                let surcharge = what.surcharge.as_ref().map(|_| AmountOf::Surcharge);
                (what.faults(), [AmountOf::Base].into_iter().chain(surcharge).collect())
            }
            What::Prizes(prizes) => (prizes.faults(), prizes.amounts()),
        };
        for amount in AmountOf::ALL {
            let entries = self.entries.iter().filter(|entry| entry.amount == amount).count();
            let (needs, word) = (needed.contains(&amount), amount.as_str());
            if needs && entries != 1 {
                // An amount with no entry is lost, one with two is paid twice.
                let message = format!("the {word} needs exactly one entry; there are {entries}");
                faults.push(RuleFault::new("entry", message));
            } else if !needs && entries > 0 {
                faults.push(RuleFault::new("entry", format!("there is no {word} here to post")));
            }
        }
        for (n, entry) in self.entries.iter().enumerate().filter(|(_, entry)| entry.debit == entry.credit) {
            let message = format!("`{}` is debited and credited at once", entry.debit);
            faults.push(RuleFault::new(format!("entry[{n}].credit"), message));
        }
        faults
    }

    /// The entry for an amount, with the parties put in; `None` for nothing.
    fn entry(&self, amount: AmountOf, fen: Fen, parties: &[(&str, &Name)], cause: &Cause<'_>) -> Option<Entry> {
        let rule = self.entries.iter().find(|entry| entry.amount == amount)?;
        (fen.0 > 0).then(|| Entry {
            key: format!("{}/{}", cause.key, amount.as_str()).into(),
            period: cause.period,
            debit: account(&rule.debit, parties),
            credit: account(&rule.credit, parties),
            amount: fen,
            explain: cause.why.clone(),
        })
    }
}

/// What entries are made for.
struct Cause<'c> {
    key: String,
    period: Period,
    why: &'c Explain,
}

impl Rectification {
    fn faults(&self) -> Vec<RuleFault> {
        let negative = |at: &str, n: Exact| n.is_negative().then(|| RuleFault::new(at, "must not be below zero"));
        let surcharge = self.surcharge.iter().filter_map(|surcharge| negative("surcharge.pct", surcharge.pct));
        let cap = self.cap.iter().filter_map(|cap| negative("cap.pct", cap.pct));
        let prices = self.prices.iter().filter(|(_, price)| price.each.0 < 0 || price.multiple.is_negative());
        let prices = prices.map(|(keys, _)| {
            let keys = keys.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
            RuleFault::new("tariff", format!("the price for {keys} must not be below zero"))
        });
        surcharge.chain(cap).chain(prices).collect()
    }
}

/// `payer.maintenance_budget` with the payer's code in place of its part.
fn account(declared: &Name, parties: &[(&str, &Name)]) -> Name {
    let (head, rest) = declared.split_once('.').unwrap_or((declared, ""));
    match parties.iter().find(|(part, _)| *part == head) {
        Some((_, code)) if rest.is_empty() => (*code).clone(),
        Some((_, code)) => format!("{code}.{rest}").into(),
        None => declared.clone(),
    }
}

/// Whether an account is the unit's: `unit` itself or `unit.…`.
fn belongs(account: &Name, unit: &str) -> bool {
    account == unit || account.strip_prefix(unit).is_some_and(|rest| rest.starts_with('.'))
}

/// A whole number of fen.
fn fen(amount: Exact, rounding: Rounding) -> Result<Fen, SettleError> {
    let whole = amount.rounded(0, rounding)?.whole().and_then(|n| i64::try_from(n).ok());
    whole.map(Fen).ok_or(SettleError::TooLarge)
}

impl From<ExactError> for SettleError {
    fn from(error: ExactError) -> Self {
        SettleError::Exact(error)
    }
}

impl fmt::Display for SettleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SettleError::OtherKind => f.write_str("this settlement is of the other kind"),
            SettleError::TooLarge => f.write_str("the amount is too large for fen"),
            SettleError::Exact(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SettleError {}
