//! What the kernel is told of files in the evidence store.

use guancheng_base::{ErrorCode, EvidenceId, Instant};
use guancheng_case::{ActorMark, EvidenceFact, EvidenceKind, Text};

use crate::{
    AppError, City,
    ports::{FileRow, Media, Read},
};

/// Facts about the files, in the order given. The capture's own word about time and place counts: what the sender's
/// device said when it was taken, else what the picture carried. `by`, `attached_at` and `mv` are the kernel's to set.
///
/// # Errors
/// `field_invalid` naming the ids that do not exist.
pub fn facts(
    city: &City,
    store: &dyn Read,
    ids: &[EvidenceId],
    now: Instant,
    by: ActorMark,
) -> Result<Vec<EvidenceFact>, AppError> {
    let files = store.files(ids)?;
    let missing: Vec<String> =
        ids.iter().filter(|id| !files.iter().any(|file| file.id == **id)).map(ToString::to_string).collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        let text = Text::new(
            format!("没有编号为 {missing} 的文件，请先上传"),
            format!("there is no file {missing}; upload it first"),
        );
        return Err(AppError::refused(ErrorCode::FieldInvalid, text));
    }
    let fact = |id: &EvidenceId| files.iter().find(|file| file.id == *id).map(|file| fact(city, file, now, by));
    Ok(ids.iter().filter_map(fact).collect())
}

fn fact(city: &City, file: &FileRow, now: Instant, by: ActorMark) -> EvidenceFact {
    let exif_taken = file.exif_taken.as_deref().and_then(|text| city.calendar().parse_local(text).ok());
    EvidenceFact {
        id: file.id,
        kind: if file.media == Media::Pdf { EvidenceKind::File } else { EvidenceKind::Photo },
        taken_at: file.meta.taken_at.or(exif_taken),
        at: file.meta.place.or(file.exif_place),
        tags: file.meta.tags.clone(),
        by,
        attached_at: now,
        mv: None,
    }
}

/// The mark of whoever acts.
pub fn mark(actor: &guancheng_base::Actor) -> ActorMark {
    match actor {
        guancheng_base::Actor::Person { id, .. } => ActorMark::Person(*id),
        guancheng_base::Actor::Reporter { .. } => ActorMark::Reporter,
        guancheng_base::Actor::System(part) => ActorMark::System(*part),
    }
}
