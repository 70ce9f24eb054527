//! Photos and documents of a case: before the work, after it, or by whoever checks it.

use guancheng_app::ports::FileRow;
use guancheng_base::Instant;
use guancheng_case::{Case, EvidenceFact, EvidenceKind, Holder, Move, Procedure};

use super::titles::{Titles, case_file_url, case_thumb_url, point};
use crate::dto::{EvidenceView, Phase};

/// All evidence, in the order it was attached.
pub fn evidence(titles: Titles<'_>, procedure: &Procedure, case: &Case, files: &[FileRow]) -> Vec<EvidenceView> {
    let worked_at = first_work(procedure, case);
    let view = |fact: &EvidenceFact| {
        let file = files.iter().find(|file| file.id == fact.id);
        EvidenceView {
            id: fact.id.0,
            kind: kind_name(fact.kind).to_owned(),
            url: case_file_url(fact.id, case.id),
            thumb: file.filter(|file| file.has_thumb).map(|file| case_thumb_url(file.id, case.id)),
            taken_at: fact.taken_at.map(|at| titles.moment(at)),
            at: fact.at.map(point),
            accuracy_m: file.and_then(|file| file.meta.accuracy_m),
            tags: fact.tags.clone(),
            by: titles.mark(fact.by),
            mv: fact.mv.as_ref().map(ToString::to_string),
            phase: phase(procedure, fact, worked_at),
        }
    };
    case.evidence.iter().map(view).collect()
}

/// A kind of evidence on the wire.
pub fn kind_name(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Photo => "photo",
        EvidenceKind::File => "file",
        EvidenceKind::Signature => "signature",
        EvidenceKind::Video => "video",
        EvidenceKind::Audio => "audio",
    }
}

/// What came with a move of the unit is after the work; what others brought later checks it; the rest was before.
pub fn phase(procedure: &Procedure, fact: &EvidenceFact, worked_at: Option<Instant>) -> Phase {
    let by_unit = fact.mv.as_ref().and_then(|mv| procedure.mv(mv)).is_some_and(|mv| is_work(procedure, mv));
    if by_unit {
        Phase::After
    } else if worked_at.is_some_and(|at| fact.attached_at >= at) {
        Phase::Check
    } else {
        Phase::Before
    }
}

/// When the responsible unit first said it was done.
pub fn first_work(procedure: &Procedure, case: &Case) -> Option<Instant> {
    let done = |mv: &Move| is_work(procedure, mv) && !held_by_unit(procedure, &mv.to);
    let with_files = |mv: &str| case.evidence.iter().any(|fact| fact.mv.as_deref() == Some(mv));
    let moves = case.did.iter().filter(|did| with_files(&did.mv) && procedure.mv(&did.mv).is_some_and(done));
    moves.map(|did| did.at).next()
}

/// A move out of states that the responsible unit holds.
fn is_work(procedure: &Procedure, mv: &Move) -> bool {
    mv.from.iter().all(|state| held_by_unit(procedure, state))
}

fn held_by_unit(procedure: &Procedure, state: &str) -> bool {
    procedure.state(state).is_some_and(|state| matches!(state.holder, Holder::Field(_)))
}
