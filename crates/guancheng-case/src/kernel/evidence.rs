//! Evidence: how much there is of what a rule asks for, and why the rest does not count.

use guancheng_base::{ErrorCode, Instant, Name, metres_between};

use super::{
    draft::Draft,
    moves::{self, rule},
};
use crate::{EvidenceFact, EvidenceKind, EvidenceRule, Move, NotBy, Refusal, Text, texts};

/// How far a camera's clock may be behind, in milliseconds; it also shows whole seconds only.
const CAMERA_TOLERANCE_MS: i64 = 60_000;

/// What a rule finds.
pub(super) struct Found {
    /// How many fit.
    pub(super) fit: usize,
    /// Tags of the rule that none of them carries.
    pub(super) missing_tags: Vec<String>,
    too_far: usize,
    too_early: usize,
    without_place: usize,
}

/// The facts as the case keeps them: who attached them, when, with what.
pub(super) fn stamped(draft: &Draft<'_>, evidence: &[EvidenceFact], mv: Option<&Name>) -> Vec<EvidenceFact> {
    let stamp =
        |fact: &EvidenceFact| EvidenceFact { by: draft.by, attached_at: draft.at, mv: mv.cloned(), ..fact.clone() };
    evidence.iter().map(stamp).collect()
}

/// Refuses when a rule that applies does not find enough.
pub(super) fn enough(draft: &Draft<'_>, mv: &Move, new: &[EvidenceFact]) -> Result<(), Refusal> {
    for asked in mv.evidence.iter().filter(|asked| applies(draft, asked)) {
        let found = find(draft, mv, asked, new);
        if found.fit < asked.min || !found.missing_tags.is_empty() {
            let text = texts::evidence_missing(&mv.title, &words(asked), found.fit, &found.why_not(asked));
            return Err(draft.refuse(ErrorCode::EvidenceMissing, rule(draft.procedure, mv), text));
        }
    }
    Ok(())
}

/// Whether the rule is for this case.
pub(super) fn applies(draft: &Draft<'_>, asked: &EvidenceRule) -> bool {
    asked.when.iter().all(|condition| draft.holds(condition))
}

/// Looks through what may prove this move: what comes with it now, and what was attached since the case came to its
/// present state (or to the state the rule names) without a move or with an earlier asking for this one. What proved
/// another move, or this move the last time, proves nothing again; and those whom the rule keeps from the move do not
/// prove it either.
pub(super) fn find(draft: &Draft<'_>, mv: &Move, asked: &EvidenceRule, new: &[EvidenceFact]) -> Found {
    let since = begins(draft, asked);
    let last = draft.case.did.iter().rev().find(|did| did.mv == mv.id).map(|did| did.at);
    let unused = |fact: &&EvidenceFact| {
        let own = fact.mv.as_ref().is_none_or(|with| *with == mv.id);
        own && fact.attached_at >= since && last.is_none_or(|last| fact.attached_at > last)
    };
    // Who judges what others brought cannot bring the proof along.
    let new = if mv.not_by.contains(&NotBy::Witness) { &[] } else { new };
    let attached = draft.case.evidence.iter().filter(unused).chain(new);
    let counts = |fact: &&EvidenceFact| fact.kind == asked.kind && !moves::is_excluded(draft, mv, fact.by);
    let mut found = Found { fit: 0, missing_tags: asked.tags.clone(), too_far: 0, too_early: 0, without_place: 0 };
    for fact in attached.filter(counts) {
        found.look_at(draft, asked, fact, since);
    }
    found
}

/// From when on evidence counts: in the first state from the very beginning, since it may have come with the report.
fn begins(draft: &Draft<'_>, asked: &EvidenceRule) -> Instant {
    let named = asked.after_state.as_ref().and_then(|state| draft.entered(state));
    let first = *draft.state_id() == draft.procedure.initial;
    named.unwrap_or_else(|| if first { draft.case.opened_at } else { draft.state_since() })
}

impl Found {
    fn look_at(&mut self, draft: &Draft<'_>, asked: &EvidenceRule, fact: &EvidenceFact, since: Instant) {
        let earliest = since.plus_ms(-CAMERA_TOLERANCE_MS);
        let early = asked.after_state.is_some() && fact.taken_at.is_some_and(|taken| taken < earliest);
        let place = asked.within_m.zip(draft.position());
        let metres = place.map(|(within, here)| (f64::from(within), fact.at.map(|at| metres_between(at, here))));
        match metres {
            _ if early => self.too_early += 1,
            Some((_, None)) => self.without_place += 1,
            Some((within, Some(metres))) if metres > within => self.too_far += 1,
            _ => {
                self.fit += 1;
                self.missing_tags.retain(|tag| !fact.tags.contains(tag));
            }
        }
    }

    fn why_not(&self, asked: &EvidenceRule) -> Text {
        let mut text = Text::default();
        let mut add = |n: usize, zh: String, en: String| {
            if n > 0 {
                text.zh.push_str(&format!("；{n} 份{zh}"));
                text.en.push_str(&format!("; {n} {en}"));
            }
        };
        let within = asked.within_m.unwrap_or_default();
        add(self.too_early, "拍摄过早".to_owned(), "taken too early".to_owned());
        add(self.too_far, format!("离现场超过 {within} 米"), format!("over {within} m away"));
        add(self.without_place, "没有拍摄位置".to_owned(), "without a position".to_owned());
        if !self.missing_tags.is_empty() {
            let tags = self.missing_tags.join("、");
            text.zh.push_str(&format!("；缺少：{tags}"));
            text.en.push_str(&format!("; missing: {tags}"));
        }
        text
    }
}

fn words(asked: &EvidenceRule) -> Text {
    let (zh, en) = match asked.kind {
        EvidenceKind::Photo => ("照片", "photo"),
        EvidenceKind::File => ("文件", "document"),
        EvidenceKind::Signature => ("签名", "signature"),
        EvidenceKind::Video => ("视频", "video"),
        EvidenceKind::Audio => ("录音", "recording"),
    };
    let n = asked.min;
    match asked.within_m {
        Some(m) => {
            Text::new(format!("现场 {m} 米内的{zh} {n} 份"), format!("{n} {en}(s) taken within {m} m of the place"))
        }
        None => Text::new(format!("{zh} {n} 份"), format!("{n} {en}(s)")),
    }
}
