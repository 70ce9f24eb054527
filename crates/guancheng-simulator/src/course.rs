//! What the moves of a procedure mean, read from its shape alone: the longest way through its states in declared order
//! is its main line; everything else goes aside, back, or to another end.

use guancheng_base::Name;
use guancheng_case::{By, Holder, Move, Procedure};

/// Where a move leads, seen from the main line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// To the next state of the main line, or back onto it.
    Onward,
    /// Over one or more states of the main line.
    Skip,
    /// Off the main line, to a state from which it comes back.
    Aside,
    /// Nowhere: something is noted.
    Stay,
    /// To an earlier state of the main line.
    Back,
    /// To the end of the main line from the state before it.
    Finish,
    /// To another end.
    Drop,
}

/// The main line of one procedure.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    line: Vec<Name>,
}

impl Course {
    /// Reads the shape.
    pub(crate) fn of(procedure: &Procedure) -> Self {
        let at = |state: &Name| procedure.states.iter().position(|known| known.id == *state);
        // The longest way to an end from each state, found from the last state to the first.
        let mut ways: Vec<Option<Vec<Name>>> = vec![None; procedure.states.len()];
        for (n, state) in procedure.states.iter().enumerate().rev() {
            let later = procedure.moves_from(&state.id).filter_map(|mv| at(&mv.to)).filter(|to| *to > n);
            let longest = later
                .filter_map(|to| ways.get(to).cloned().flatten())
                .reduce(|a, b| if b.len() > a.len() { b } else { a });
            let rest = if state.is_final { Some(Vec::new()) } else { longest };
            let way = rest.map(|rest| std::iter::once(state.id.clone()).chain(rest).collect());
            if let Some(slot) = ways.get_mut(n) {
                *slot = way;
            }
        }
        let first = at(&procedure.initial).and_then(|n| ways.get(n).cloned().flatten());
        Course { line: first.unwrap_or_default() }
    }

    /// Whether the state is on the main line.
    pub(crate) fn holds(&self, state: &Name) -> bool {
        self.line.contains(state)
    }

    /// What the move means in that state.
    pub(crate) fn turn(&self, procedure: &Procedure, from: &Name, mv: &Move) -> Turn {
        let place = |state: &Name| self.line.iter().position(|known| known == state);
        if procedure.state(&mv.to).is_some_and(|state| state.is_final) {
            let early = place(from).is_some_and(|here| here + 2 < self.line.len());
            return match self.line.last() == Some(&mv.to) {
                true if early => Turn::Skip,
                true => Turn::Finish,
                false => Turn::Drop,
            };
        }
        match (place(from), place(&mv.to)) {
            _ if mv.to == *from => Turn::Stay,
            (Some(here), Some(there)) if there == here + 1 => Turn::Onward,
            (Some(here), Some(there)) if there > here => Turn::Skip,
            (Some(_), Some(_)) => Turn::Back,
            (Some(_), None) => Turn::Aside,
            (None, _) => Turn::Onward,
        }
    }
}

/// Whether only the system makes the move.
pub(crate) fn by_system_only(mv: &Move) -> bool {
    mv.by.iter().all(|by| matches!(by, By::System(_)))
}

/// Whether only someone outside makes the move, although another holds the case: it may be left undone.
pub(crate) fn is_optional(procedure: &Procedure, from: &Name, mv: &Move) -> bool {
    let outside = |by: &By| matches!(by, By::Reporter | By::Applicant | By::Party | By::System(_));
    let holder = procedure.state(from).map(|state| &state.holder);
    let theirs = matches!(holder, Some(Holder::Applicant | Holder::Party));
    mv.by.iter().all(outside) && !theirs
}

/// Whether another move refers to this one as what to do instead after a number of times.
pub(crate) fn instead_of<'a>(procedure: &'a Procedure, mv: &Move) -> Option<&'a Move> {
    procedure.moves.iter().find(|other| other.limit.as_ref().is_some_and(|limit| limit.then.as_ref() == Some(&mv.id)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use guancheng_pack::Pack;

    use super::*;

    fn check(kind: &str, line: &str, turns: &[(&str, &str, Turn)]) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/zhengzhou");
        let pack = Pack::load(&path).unwrap_or_else(|faults| panic!("{faults}"));
        let procedure = pack.newest().find(|procedure| procedure.id == *kind).unwrap();
        let course = Course::of(procedure);
        let seen: Vec<&str> = course.line.iter().map(Name::as_str).collect();
        assert_eq!(seen.join(" "), line);
        for (from, mv, turn) in turns {
            assert_eq!(course.turn(procedure, &(*from).into(), procedure.mv(mv).unwrap()), *turn, "{from} {mv}");
        }
    }

    #[test]
    fn the_longest_way_is_the_main_line() {
        let turns = [
            ("reported", "ask_verify", Turn::Aside),
            ("verifying", "verify", Turn::Onward),
            ("reported", "reject", Turn::Drop),
            ("filed", "split", Turn::Stay),
            ("dispatched", "send_back", Turn::Back),
            ("dispatched", "feed_back", Turn::Skip),
            ("working", "hang", Turn::Aside),
            ("fed_back", "fail", Turn::Back),
            ("fed_back", "close", Turn::Finish),
        ];
        check("case", "reported filed dispatched working fed_back closed", &turns);
        check(
            "penalty",
            "filed investigated noticed hearing deciding decided served closed",
            &[
                ("noticed", "heard", Turn::Skip),
                ("filed", "on_the_spot", Turn::Skip),
                ("served", "apply_court", Turn::Drop),
            ],
        );
    }
}
