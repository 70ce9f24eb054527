//! A running city: what its pack declares, joined with the people the store knows.

use std::sync::{Arc, RwLock};

use guancheng_base::{Actor, Day, Instant, LonLat, Name, OfficeId, PersonId};
use guancheng_calendar::Calendar;
use guancheng_case::{Case, Lang, Procedure};
use guancheng_org::{Office, Org, Policy};
use guancheng_pack::Pack;
use guancheng_plan::Settings;

use crate::{AppError, measure::Figures, plan::Book, ports::OrgRows};

/// Definitions, policy and organisation of one city. Shared by every request; only the organisation ever changes.
#[derive(Debug)]
pub struct City {
    /// What the pack declares.
    pub pack: Arc<Pack>,
    /// Who may do what.
    pub policy: Policy,
    /// Plans, folded.
    pub plans: Book,
    /// Facts and boards, derived.
    pub figures: Figures,
    calendar: Arc<Calendar>,
    org: RwLock<Arc<Org>>,
}

impl City {
    /// Joins a pack with the organisation the store holds.
    ///
    /// # Errors
    /// A pack without a calendar, or rows that do not hang together.
    pub fn new(pack: Arc<Pack>, rows: OrgRows) -> Result<Self, AppError> {
        let calendar = pack.calendars.values().next().cloned();
        let calendar = calendar.ok_or_else(|| AppError::Setup("the pack declares no calendar".to_owned()))?;
        let policy = Policy::new(pack.roles.clone());
        let org = RwLock::new(Arc::new(org_of(rows)?));
        Ok(City { policy, plans: Book::default(), figures: Figures::default(), calendar, org, pack })
    }

    /// The organisation as it is now.
    pub fn org(&self) -> Arc<Org> {
        match self.org.read() {
            Ok(org) => Arc::clone(&org),
            Err(poisoned) => Arc::clone(&poisoned.into_inner()),
        }
    }

    /// Takes over a changed organisation.
    pub fn set_org(&self, rows: OrgRows) -> Result<(), AppError> {
        let org = Arc::new(org_of(rows)?);
        match self.org.write() {
            Ok(mut held) => *held = org,
            Err(poisoned) => *poisoned.into_inner() = org,
        }
        Ok(())
    }

    /// The person as an actor with the grants in force at `now`.
    pub fn actor(&self, person: PersonId, now: Instant) -> Actor {
        self.org().actor(person, now)
    }

    /// The city's own calendar: its zone prints every instant.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// An instant as the city's clocks show it, RFC 3339 with offset.
    pub fn show(&self, at: Instant) -> String {
        self.calendar.format_local(at)
    }

    /// The civil day in the city.
    pub fn day(&self, at: Instant) -> Day {
        self.calendar.day_of(at)
    }

    /// The procedure in force for cases of `kind` that begin on that day.
    pub fn procedure(&self, kind: &str, at: Instant) -> Result<&Arc<Procedure>, AppError> {
        self.pack.procedure(kind, self.day(at)).ok_or_else(|| AppError::unknown_kind(kind, &self.pack))
    }

    /// The procedure a case runs under.
    pub fn procedure_of(&self, case: &Case) -> Result<&Arc<Procedure>, AppError> {
        let found = self.pack.procedure_version(&case.kind, case.version);
        found.ok_or_else(|| {
            AppError::Setup(format!(
                "case {} runs under {} v{}, which the pack no longer has",
                case.id, case.kind, case.version
            ))
        })
    }

    /// What the pack declares about plans.
    ///
    /// # Errors
    /// `not_found` where the pack declares nothing about them.
    pub fn plan_settings(&self) -> Result<&Settings, AppError> {
        self.pack.plan_settings.as_ref().ok_or_else(AppError::not_found)
    }

    /// A declared title in the language of the reader.
    pub fn label<'a>(&'a self, lang: Lang, path: &str, own: &'a str) -> &'a str {
        self.pack.label(lang, path, own)
    }

    /// An office's name.
    pub fn office_name(&self, id: OfficeId) -> Option<String> {
        self.org().office(id).map(|office: &Office| office.name.clone())
    }

    /// A role's title.
    pub fn role_title<'a>(&'a self, lang: Lang, role: &'a Name) -> &'a str {
        let own = self.pack.roles.get(role).map_or(role.as_str(), |role| &role.title);
        self.label(lang, &format!("role.{role}"), own)
    }

    /// The cell a position lies in.
    pub fn cell_of(&self, at: LonLat) -> Option<i64> {
        self.pack.places.locate(at).map(|located| located.cell.number())
    }
}

fn org_of(rows: OrgRows) -> Result<Org, AppError> {
    let OrgRows { offices, posts, people, tenures, grants } = rows;
    Org::new(offices, posts, people, tenures, grants).map_err(|faults| {
        let faults: Vec<String> = faults.into_iter().map(|fault| fault.0).collect();
        AppError::Setup(format!("the organisation does not hang together: {}", faults.join("; ")))
    })
}
