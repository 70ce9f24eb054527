//! Entries and what they add up to. Invariant: a key stands once; posting the same entry again changes nothing, posting
//! another under its key is refused, and a mistake is corrected by an entry the other way round.

use std::{collections::BTreeMap, fmt};

use guancheng_base::{Fen, Name};

use super::belongs;
use crate::{Explain, Period};

/// One entry: the same amount on two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is for; the same cause has the same key.
    pub key: Name,
    /// The period to which it belongs.
    pub period: Period,
    /// The account that is debited.
    pub debit: Name,
    /// The account that is credited.
    pub credit: Name,
    /// How much; more than zero.
    pub amount: Fen,
    /// Why.
    pub explain: Explain,
}

/// All entries so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    entries: BTreeMap<Name, Entry>,
    /// Credits less debits, by account.
    balances: BTreeMap<Name, i64>,
    /// Credits less debits, by settlement, period and account: what a cap looks at.
    totals: BTreeMap<(Name, Period, Name), i64>,
}

/// Why an entry is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostError {
    /// Another entry stands under the key.
    KeyTaken(Name),
    /// Nothing, or less, is not an amount.
    NoAmount(Name),
    /// An account would leave 63 bits of fen.
    TooLarge(Name),
}

/// What one unit sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The unit.
    pub unit: Name,
    /// The entries that touch its accounts, by key.
    pub entries: Vec<Entry>,
    /// Credits less debits over its accounts: what it gets, or pays where negative.
    pub balance: Fen,
}

impl Entry {
    /// The entry that takes this one back.
    pub fn reversed(&self, why: Explain) -> Entry {
        Entry {
            key: format!("{}#back", self.key).into(),
            period: self.period,
            debit: self.credit.clone(),
            credit: self.debit.clone(),
            amount: self.amount,
            explain: why,
        }
    }
}

impl Ledger {
    /// Posts an entry. Answers whether it is new.
    ///
    /// # Errors
    /// Another entry has its key, it carries nothing, or an account overflows.
    pub fn post(&mut self, entry: Entry) -> Result<bool, PostError> {
        if entry.amount.0 <= 0 {
            return Err(PostError::NoAmount(entry.key));
        }
        match self.entries.get(&entry.key) {
            Some(known) if *known == entry => return Ok(false),
            Some(_) => return Err(PostError::KeyTaken(entry.key)),
            None => {}
        }
        let sides = [(&entry.debit, -entry.amount.0), (&entry.credit, entry.amount.0)];
        for (account, sum) in sides {
            self.balance(account).0.checked_add(sum).ok_or_else(|| PostError::TooLarge(account.clone()))?;
        }
        let settlement = settlement_of(&entry.key);
        for (account, sum) in sides {
            *self.balances.entry(account.clone()).or_default() += sum;
            *self.totals.entry((settlement.clone(), entry.period, account.clone())).or_default() += sum;
        }
        self.entries.insert(entry.key.clone(), entry);
        Ok(true)
    }

    /// What a unit was charged under a settlement in a period, less what was taken back.
    pub(super) fn charged(&self, settlement: &Name, period: Period, unit: &Name) -> Fen {
        let from = (settlement.clone(), period, unit.clone());
        let near = self.totals.range(from..).take_while(|((of, when, account), _)| {
            of == settlement && *when == period && account.starts_with(unit.as_str())
        });
        let own = near.filter(|((_, _, account), _)| belongs(account, unit));
        Fen(own.fold(0, |sum: i64, (_, change)| sum.saturating_sub(*change)))
    }

    /// Whether something stands under the key.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The entry under the key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// All entries, by key.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Credits less debits of one account.
    pub fn balance(&self, account: &str) -> Fen {
        Fen(self.balances.get(account).copied().unwrap_or(0))
    }

    /// Every account with its balance; together they are nothing.
    pub fn balances(&self) -> BTreeMap<Name, Fen> {
        self.balances.iter().map(|(account, sum)| (account.clone(), Fen(*sum))).collect()
    }

    /// What one unit sees: the entries of its accounts, `unit` itself or `unit.…`.
    pub fn statement(&self, unit: &str) -> Statement {
        let own = |account: &Name| belongs(account, unit);
        let touching = self.entries.values().filter(|entry| own(&entry.debit) || own(&entry.credit));
        let entries: Vec<Entry> = touching.cloned().collect();
        let change = |entry: &Entry| match (own(&entry.credit), own(&entry.debit)) {
            (true, false) => entry.amount.0,
            (false, true) => -entry.amount.0,
            _ => 0,
        };
        let balance = Fen(entries.iter().map(change).fold(0, i64::saturating_add));
        Statement { unit: unit.into(), entries, balance }
    }
}

/// The settlement whose entry has this key: what stands before the first `/`.
fn settlement_of(key: &Name) -> Name {
    key.split_once('/').map_or("", |(settlement, _)| settlement).into()
}

impl fmt::Display for PostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PostError::KeyTaken(key) => write!(f, "`{key}` has been posted with other numbers; take it back first"),
            PostError::NoAmount(key) => write!(f, "`{key}` carries nothing"),
            PostError::TooLarge(account) => write!(f, "the balance of `{account}` is too large"),
        }
    }
}

impl std::error::Error for PostError {}
