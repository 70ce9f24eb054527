//! What an actor may see, as data: an OR of clauses, each an AND of plain comparisons. The store prints the same
//! clauses as SQL; [`Scope::admits`] is their meaning.

use guancheng_base::{Name, OfficeId, PersonId};

use crate::Subject;

/// One way to see a subject; every part must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeClause {
    /// The kinds it reaches. Empty means all.
    pub kinds: Vec<Name>,
    /// Half-open range of cells; a subject without a cell is outside any range.
    pub area: Option<(i64, i64)>,
    /// At least one of the subject's units is among these, sorted. `None` asks nothing.
    pub units: Option<Vec<OfficeId>>,
    /// Whether it reaches need-to-know subjects too; otherwise only open ones.
    pub need_to_know: bool,
    /// The subject's reporter holds this code.
    pub reporter: Option<Name>,
    /// This person is involved.
    pub involved: Option<PersonId>,
}

/// What an actor may see: no clause, nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Any one of them suffices.
    pub clauses: Vec<ScopeClause>,
}

impl ScopeClause {
    /// The clause that asks nothing.
    pub fn everything() -> Self {
        ScopeClause { kinds: Vec::new(), area: None, units: None, need_to_know: true, reporter: None, involved: None }
    }

    /// Whether this clause reaches the subject.
    pub fn admits(&self, subject: &Subject) -> bool {
        let kind = self.kinds.is_empty() || self.kinds.contains(&subject.kind);
        let area = self.area.is_none_or(|area| subject.cell.is_some_and(|cell| contains(area, cell)));
        let unit =
            self.units.as_ref().is_none_or(|own| subject.units.iter().any(|unit| own.binary_search(unit).is_ok()));
        let known = self.need_to_know || !subject.need_to_know;
        let reporter = self.reporter.as_ref().is_none_or(|code| subject.reporter.as_ref() == Some(code));
        let involved = self.involved.is_none_or(|person| subject.involved.contains(&person));
        kind && area && unit && known && reporter && involved
    }
}

impl Scope {
    /// Whether any clause reaches the subject.
    pub fn admits(&self, subject: &Subject) -> bool {
        self.clauses.iter().any(|clause| clause.admits(subject))
    }
}

/// Whether `cell` lies in the half-open range.
pub(crate) fn contains((low, high): (i64, i64), cell: i64) -> bool {
    low <= cell && cell < high
}
