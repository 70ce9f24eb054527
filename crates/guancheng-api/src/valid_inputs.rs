//! Lengths and ranges of every body.

use guancheng_base::ErrorCode;

use crate::{
    dto::{
        AskRuling, CommentInput, DemoPick, ExtensionInput, FileMeta, Login, MoveInput, NewCase, NewReport, NewToken,
        PartAnswer, PauseInput, ReportAnswer,
    },
    problem::Answer,
    valid::{Faults, Valid, WHOLE_MAX},
};

impl Valid for Login {
    fn check(&self, faults: &mut Faults) {
        faults.text("login", &self.login, 1..=100);
        faults.text("password", &self.password, 1..=200);
    }
}

impl Valid for DemoPick {
    fn check(&self, faults: &mut Faults) {
        faults.text("login", &self.login, 1..=100);
    }
}

impl Valid for NewToken {
    fn check(&self, faults: &mut Faults) {
        faults.text("label", &self.label, 1..=100);
        faults.items("scopes", &self.scopes, 1..=2);
        faults.range("days", self.days, 1..=366);
    }
}

impl Valid for NewCase {
    fn check(&self, faults: &mut Faults) {
        faults.text("kind", &self.kind, 1..=100);
        faults.text("source", &self.source, 1..=100);
        faults.items("evidence", &self.evidence, 0..=50);
        faults.text("note", &self.note, 0..=4000);
        faults.optional_text("address", self.address.as_deref(), 300);
    }
}

impl Valid for MoveInput {
    fn check(&self, faults: &mut Faults) {
        faults.text("move", &self.mv, 1..=100);
        faults.items("evidence", &self.evidence, 0..=50);
        faults.text("note", &self.note, 0..=4000);
        faults.range("if_seq", self.if_seq, 0..=WHOLE_MAX);
    }
}

impl Valid for ExtensionInput {
    fn check(&self, faults: &mut Faults) {
        faults.text("clock", &self.clock, 1..=100);
        faults.range("n", self.n, 1..=10_000);
        faults.text("unit", &self.unit, 1..=30);
        faults.range("if_seq", self.if_seq, 0..=WHOLE_MAX);
    }
}

impl Valid for AskRuling {
    fn check(&self, faults: &mut Faults) {
        faults.text("reason", &self.reason, 0..=2000);
        faults.range("if_seq", self.if_seq, 0..=WHOLE_MAX);
    }
}

impl Valid for PartAnswer {
    fn check(&self, faults: &mut Faults) {
        faults.text("opinion", &self.opinion, 0..=4000);
        faults.range("if_seq", self.if_seq, 0..=WHOLE_MAX);
    }
}

impl Valid for PauseInput {
    fn check(&self, faults: &mut Faults) {
        faults.text("clock", &self.clock, 1..=100);
        faults.text("why", &self.why, 1..=200);
        faults.range("if_seq", self.if_seq, 0..=WHOLE_MAX);
    }
}

impl Valid for CommentInput {
    fn check(&self, faults: &mut Faults) {
        faults.text("text", &self.text, 1..=4000);
    }
}

impl Valid for FileMeta {
    fn check(&self, faults: &mut Faults) {
        faults.optional_text("taken_at", self.taken_at.as_deref(), 40);
        faults.position(self.lon, self.lat);
        faults.range("accuracy_m", self.accuracy_m.unwrap_or_default(), 0.0..=1.0e7);
        faults.items("tags", &self.tags, 0..=20);
        for tag in &self.tags {
            faults.text("tags", tag, 1..=60);
        }
    }
}

impl Valid for NewReport {
    fn check(&self, faults: &mut Faults) {
        faults.text("text", &self.text, 1..=2000);
        if !self.text.is_empty() && self.text.trim().is_empty() {
            faults.add("text", "请写明情况", "say what is the matter");
        }
        faults.optional_text("category", self.category.as_deref(), 100);
        faults.position(self.lon, self.lat);
        faults.optional_text("address", self.address.as_deref(), 300);
        faults.optional_text("name", self.name.as_deref(), 100);
        faults.optional_text("phone", self.phone.as_deref(), 40);
        faults.optional_text("lang", self.lang.as_deref(), 10);
        faults.optional_text("follow", self.follow.as_deref(), 60);
    }
}

impl Valid for ReportAnswer {
    fn check(&self, faults: &mut Faults) {
        faults.text("note", &self.note, 0..=2000);
        faults.range("if_seq", self.if_seq.unwrap_or_default(), 0..=WHOLE_MAX);
    }
}

/// Checks a value that did not come as a JSON body.
pub fn check_input(value: &impl Valid) -> Answer<()> {
    let mut faults = Faults::default();
    value.check(&mut faults);
    faults.into_answer(ErrorCode::FieldInvalid)
}
