//! What reporters said.

use guancheng_base::{CaseId, Instant, LonLat, Name, PersonId, ReportId};

/// One report 上报. Many reports may lead to one case.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRow {
    /// Its id; ignored when it is added.
    pub id: ReportId,
    /// The case it is joined to, once it is.
    pub case: Option<CaseId>,
    /// The tracking code: whoever has it may follow the case. Unique.
    pub code: Name,
    /// How it came in.
    pub source: Name,
    /// What was said.
    pub text: String,
    /// The language it was said in (`zh`, `en`).
    pub lang: Name,
    /// Where it says to be.
    pub place: Option<LonLat>,
    /// Where, in words.
    pub address: String,
    /// When.
    pub at: Instant,
    /// The person on duty who took it, where one did.
    pub by: Option<PersonId>,
    /// The category the reporter chose.
    pub category: Option<Name>,
}

/// Personal data of a reporter, in a table of its own so that it can be erased while the case stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Their name.
    pub name: Option<String>,
    /// Their telephone number.
    pub phone: Option<String>,
}
