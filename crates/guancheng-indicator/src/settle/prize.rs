//! 奖惩: money by place. Invariant: whoever shares a place shares as declared, to the fen, and who is not rated neither
//! earns nor pays.

use std::collections::{BTreeMap, BTreeSet};

use guancheng_base::{Fen, Name};

use super::{Amount, AmountOf, Cause, Entry, SettleError, Settlement, What};
use crate::{Period, score::RuleFault};

/// The tariff of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prizes {
    /// The scorecard whose final ranking is paid.
    pub scorecard: Name,
    /// What becomes of a shared place.
    pub ties: TieShare,
    /// Amounts by place; of two rows that speak of one place the first holds.
    pub rows: Vec<PrizeRow>,
}

/// What becomes of a shared place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TieShare {
    /// Each gets what the place gives.
    Each,
    /// The amounts of all places that they take up are shared; a fen that does not divide goes to the first by code.
    Share,
}

/// An amount for some places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrizeRow {
    /// The first place, from 1.
    pub from: u32,
    /// The last place.
    pub to: u32,
    /// Whether places are counted from the last.
    pub from_last: bool,
    /// What each place earns; below zero what it pays.
    pub amount: Fen,
}

/// Which ranking is paid.
#[derive(Clone, Copy, Debug)]
pub struct Round<'r> {
    /// Its period.
    pub period: Period,
    /// Its peer group, or another word where there is one ranking.
    pub group: &'r Name,
    /// The final places.
    pub places: &'r BTreeMap<Name, Option<u32>>,
}

/// What one unit gets or pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awarded {
    /// The unit.
    pub unit: Name,
    /// Its place.
    pub place: u32,
    /// Below zero it pays.
    pub fen: Fen,
    /// The size of it, with the reason.
    pub amount: Amount,
    /// The entry to post; `None` for nothing.
    pub entry: Option<Entry>,
}

impl TieShare {
    /// Both.
    pub const ALL: [TieShare; 2] = [TieShare::Each, TieShare::Share];

    /// The word in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            TieShare::Each => "each",
            TieShare::Share => "share",
        }
    }
}

impl Prizes {
    pub(super) fn faults(&self) -> Vec<RuleFault> {
        let mut faults = Vec::new();
        if self.rows.is_empty() {
            faults.push(RuleFault::new("prize", "there are no amounts: declare at least one"));
        }
        let wrong = self.rows.iter().enumerate().filter(|(_, row)| row.from == 0 || row.to < row.from);
        faults.extend(wrong.map(|(n, row)| {
            let message = format!("places go from 1 upwards; {} to {} does not", row.from, row.to);
            RuleFault::new(format!("prize[{n}].to"), message)
        }));
        faults
    }

    /// The amounts that occur.
    pub(super) fn amounts(&self) -> Vec<AmountOf> {
        let earns = self.rows.iter().any(|row| row.amount.0 > 0).then_some(AmountOf::Reward);
        let pays = self.rows.iter().any(|row| row.amount.0 < 0).then_some(AmountOf::Penalty);
        earns.into_iter().chain(pays).collect()
    }

    /// What the `position`-th of `count` gets.
    fn at(&self, position: u32, count: u32) -> Fen {
        let row = self.rows.iter().find(|row| {
            let place = if row.from_last { count + 1 - position } else { position };
            row.from <= place && place <= row.to
        });
        row.map_or(Fen(0), |row| row.amount)
    }

    /// What each of `tied` units gets who take up the positions from `first` on.
    pub(super) fn tied(&self, first: u32, tied: u32, count: u32) -> Vec<Fen> {
        match self.ties {
            TieShare::Each => vec![self.at(first, count); tied as usize],
            TieShare::Share => {
                let amounts = (first..first + tied).map(|position| i128::from(self.at(position, count).0));
                let (all, tied) = (amounts.sum::<i128>(), i128::from(tied));
                let (each, rest) = (all.div_euclid(tied), all.rem_euclid(tied));
                // A share lies between the amounts that are shared, so it fits where they do.
                let fen = |n: i128| Fen(i64::try_from(n).unwrap_or(i64::MAX));
                (0..tied).map(|n| fen(each + i128::from(n < rest))).collect()
            }
        }
    }
}

/// What each ranked unit gets or pays, best first. Post the entries into the ledger, where a round paid before is known
/// by its keys.
///
/// # Errors
/// The settlement pays repairs.
pub fn prizes(settlement: &Settlement, round: &Round<'_>) -> Result<Vec<Awarded>, SettleError> {
    let What::Prizes(prizes) = &settlement.what else { return Err(SettleError::OtherKind) };
    let ranked: Vec<(u32, &Name)> = round.places.iter().filter_map(|(unit, place)| Some(((*place)?, unit))).collect();
    let count = u32::try_from(ranked.len()).map_err(|_| SettleError::TooLarge)?;
    let places: BTreeSet<u32> = ranked.iter().map(|(place, _)| *place).collect();
    let mut position = 1;
    let mut awarded = Vec::new();
    for place in places {
        let tied: Vec<&Name> = ranked.iter().filter(|(own, _)| *own == place).map(|(_, unit)| *unit).collect();
        let shares = prizes.tied(position, tied.len() as u32, count);
        let each = tied.iter().zip(shares).map(|(unit, fen)| award(settlement, round, unit, place, tied.len(), fen));
        awarded.extend(each);
        position += tied.len() as u32;
    }
    Ok(awarded)
}

fn award(settlement: &Settlement, round: &Round<'_>, unit: &Name, place: u32, tied: usize, fen: Fen) -> Awarded {
    let shared = if tied > 1 { format!(", shared by {tied}") } else { String::new() };
    let explain = settlement.cite.explain(format!("{} place {place}{shared} → {fen}", round.period));
    let kind = if fen.0 < 0 { AmountOf::Penalty } else { AmountOf::Reward };
    let size = Fen(fen.0.saturating_abs());
    let key = format!("{}/{}/{}/{unit}", settlement.cite.id, round.period, round.group);
    let cause = Cause { key, period: round.period, why: &explain };
    let entry = settlement.entry(kind, size, &[("unit", unit)], &cause);
    Awarded { unit: unit.clone(), place, fen, amount: Amount { fen: size, explain }, entry }
}
