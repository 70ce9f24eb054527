//! The proofs: everything that is wrong with a procedure, each fault with its path. One file a part of the definition.

mod clocks;
mod fields;
mod graph;
mod moves;
mod tables;

use std::collections::BTreeMap;

use guancheng_base::Name;

use super::Procedure;
use crate::{Condition, Fault, FieldKind, Param, did_you_mean};

/// The most states: what one official can hold in mind and one page can show.
pub const STATES_MAX: usize = 12;
/// The most moves.
pub const MOVES_MAX: usize = 24;
/// The most clocks.
pub const CLOCKS_MAX: usize = 10;
/// The most fields.
pub const FIELDS_MAX: usize = 40;

/// Collects faults and resolves names.
struct Proof<'a> {
    procedure: &'a Procedure,
    faults: Vec<Fault>,
}

/// Every fault of the procedure.
pub(super) fn faults(procedure: &Procedure) -> Vec<Fault> {
    let mut proof = Proof { procedure, faults: Vec::new() };
    proof.head();
    proof.budgets();
    fields::prove(&mut proof);
    graph::prove(&mut proof);
    moves::prove(&mut proof);
    clocks::prove(&mut proof);
    tables::prove(&mut proof);
    proof.faults
}

impl<'a> Proof<'a> {
    fn fault(&mut self, path: impl Into<String>, message: impl Into<String>, advice: impl Into<String>) {
        self.faults.push(Fault::new(path, message, advice));
    }

    fn head(&mut self) {
        let p = self.procedure;
        if p.basis.is_empty() {
            self.fault("basis", "there is no basis", "name the law, standard or plan item");
        }
        if p.owner.trim().is_empty() {
            self.fault("owner", "there is no owner", "name the office that answers for the definition");
        }
        if p.valid_to.is_some_and(|to| to < p.valid_from) {
            self.fault("valid.to", "it ends before it begins", "give a later day");
        }
    }

    fn budgets(&mut self) {
        let p = self.procedure;
        let counts = [
            ("state", p.states.len(), STATES_MAX),
            ("move", p.moves.len(), MOVES_MAX),
            ("clock", p.clocks.len(), CLOCKS_MAX),
            ("field", p.fields.len(), FIELDS_MAX),
        ];
        for (what, n, max) in counts {
            if n > max {
                self.fault(what, format!("{n} {what}s are more than {max}"), "divide the procedure into two");
            }
        }
    }

    fn no_doubles<'b>(&mut self, what: &str, ids: impl Iterator<Item = &'b Name>) {
        let mut seen: BTreeMap<&Name, usize> = BTreeMap::new();
        for (at, id) in ids.enumerate() {
            if let Some(first) = seen.insert(id, at) {
                self.fault(
                    format!("{what}[{at}].id"),
                    format!("{id} is already {what}[{first}]"),
                    "rename one of them",
                );
            }
        }
    }

    fn known_state(&mut self, path: impl Into<String>, id: &str) -> bool {
        let known = self.procedure.state(id).is_some();
        if !known {
            let advice = did_you_mean(id, self.procedure.states.iter().map(|state| state.id.as_str()));
            self.fault(path, format!("there is no state {id}"), advice);
        }
        known
    }

    fn known_move(&mut self, path: impl Into<String>, id: &str) -> bool {
        let known = self.procedure.mv(id).is_some();
        if !known {
            let advice = did_you_mean(id, self.procedure.moves.iter().map(|mv| mv.id.as_str()));
            self.fault(path, format!("there is no move {id}"), advice);
        }
        known
    }

    /// The kind of a field that must be declared.
    fn known_field(&mut self, path: impl Into<String>, id: &str) -> Option<&'a FieldKind> {
        let field = self.procedure.field(id);
        if field.is_none() {
            let advice = did_you_mean(id, self.procedure.fields.iter().map(|field| field.id.as_str()));
            self.fault(path, format!("there is no field {id}"), advice);
        }
        field.map(|field| &field.kind)
    }

    /// A field that is shown to everyone who sees the case, so it must not be personal.
    fn shown_field(&mut self, path: &str, id: &str, fits: fn(&FieldKind) -> bool, wanted: &str) {
        let Some(kind) = self.known_field(path, id) else { return };
        if !fits(kind) {
            self.fault(path, format!("{id} is a {} field", kind.name()), format!("name a {wanted} field"));
        }
        if self.procedure.field(id).is_some_and(|field| field.sensitive) {
            self.fault(
                path,
                format!("{id} is sensitive and would show in lists"),
                "name a field that is not sensitive",
            );
        }
    }

    fn conditions(&mut self, path: &str, conditions: &[Condition]) {
        for (at, condition) in conditions.iter().enumerate() {
            let path = format!("{path}.when[{at}]");
            if condition.f == "source" {
                continue;
            }
            if let Some(FieldKind::Code { list }) = self.known_field(format!("{path}.f"), &condition.f) {
                self.codes(&path, list, &condition.v);
            }
        }
    }

    fn codes(&mut self, path: &str, list: &Name, v: &Param) {
        match v {
            Param::List(list_of) => list_of.iter().for_each(|one| self.codes(path, list, one)),
            Param::Text(code) => {
                let Some(list) = self.procedure.code_lists.get(list) else { return };
                if list.get(code).is_none() {
                    let advice = did_you_mean(code, list.rows().map(|row| row.code.as_str()));
                    self.fault(format!("{path}.v"), format!("code list {} has no {code}", list.id), advice);
                }
            }
            _ => self.fault(format!("{path}.v"), "a code is compared with text", "write the code in quotes"),
        }
    }
}
