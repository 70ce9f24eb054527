//! What goes over the wire. Every type here is a promise to clients; nothing inside the system is serialised as it is.
//! Answers carry every property always (`null` where there is nothing); questions refuse properties they do not know.

mod audit;
mod case_input;
mod case_row;
mod case_view;
mod common;
mod file;
mod number;
mod pack;
mod place;
mod report;
mod session;

pub use audit::{AuditPage, AuditRow, Calendar, Health, StreamEvent, VerifyResult};
pub use case_input::{AskRuling, CommentInput, ExtensionInput, MoveInput, NewCase, PartAnswer, PauseInput};
pub use case_row::{CaseCount, CaseCounts, CaseFacts, CasePage, CaseRow, ClockBrief, MapPoint, MapPoints};
pub use case_view::{
    Advice, Ask, AskRuled, Assignment, CaseView, Chain, ClockState, ClockView, Contact, ContactPage, EvidenceNeed,
    EvidenceView, ExtensionOffer, FieldValue, History, HistoryRecord, Holder, LinkView, MoveView, PartView, Phase,
    Refusal, ReportView, TimelineEntry,
};
pub use common::{CodeName, FieldKind, FieldMessage, IdName, Light, Moment, Point};
pub use file::{FileMeta, FileUpload, StoredFile};
pub use pack::{
    CityInfo, CodeList, CodeRow, FieldView, MapSource, MoveTitle, Office, OfficePage, PackView, ProcedureView,
    PublicCategory, PublicPack, StateView, Titled,
};
pub use place::{Area, AreaPage, Located};
pub use report::{
    NearCase, NearPage, NewReport, ReportAnswer, ReportPhotos, ReportReceipt, ReportStatus, ReportStep, ReportUpload,
};
pub use session::{
    DemoLogin, DemoPage, DemoPick, Login, Me, MeCity, NewToken, RoleHeld, TokenMade, TokenPage, TokenRow, TokenScope,
};
