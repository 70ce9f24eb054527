//! One type per noun, so that a person can never be passed where a case is meant.
//!
//! Ids are small integers handed out by the one ordered writer of a city (docs/adr/0002). They are never secret:
//! what an actor may not see answers 404 whatever its id.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A question put to an approver inside one case (numbered from 1 within the case).
    AskId,
    /// A case 案件.
    CaseId,
    /// A photo or document in the evidence store.
    EvidenceId,
    /// An office, district body, street office, crew or enterprise 单位.
    OfficeId,
    /// A natural person with a log-in 人员.
    PersonId,
    /// A post 岗位.
    PostId,
    /// What one reporter said 上报.
    ReportId,
}
