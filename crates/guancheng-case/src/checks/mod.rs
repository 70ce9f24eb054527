//! The closed vocabulary of checks. A pack names them and gives parameters; what they do is Rust, one file a family.

mod due;
mod duplicate;
mod hazard;
mod parts;
mod penalty;
mod road;

use guancheng_base::{Day, Fen, Name};
use guancheng_calendar::Limit;

use crate::{
    Fault, Params, Text, did_you_mean,
    kernel::draft::Draft,
    params::{Param, Reader},
};

/// A named check with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// `duplicate.none_open_nearby`: no open case of the same category within `metres` (default 20), unless the field
    /// `not_duplicate` says that somebody looked.
    DuplicateNoneOpenNearby {
        /// How near, in metres.
        metres: f64,
    },
    /// `plan.registered_or_emergency`: the works stand in the year's plan (`plan_item`) or are an `emergency`.
    PlanRegisteredOrEmergency,
    /// `road.moratorium`: no digging for years after the road was built or overhauled (`built_on`, `overhauled_on`
    /// against `work_from`; 城市道路管理条例 33).
    RoadMoratorium(Moratorium),
    /// `road.moratorium_or_government_approval`: the same, unless `government_approval` is attached.
    RoadMoratoriumOrGovernmentApproval(Moratorium),
    /// `road.no_overlapping_works`: no other works on the same stretch in the same days.
    RoadNoOverlappingWorks,
    /// `parts.all_agree`: every office asked has answered and agrees.
    PartsAllAgree,
    /// `due.within`: the date in `due` is at most `n` `unit` away.
    DueWithin {
        /// How far away.
        limit: Limit,
    },
    /// `verify.two_people_if_major`: a major hazard is verified by two people (`verifiers`).
    VerifyTwoPeopleIfMajor,
    /// `penalty.two_officers`: at least two officers (行政处罚法 42).
    PenaltyTwoOfficers,
    /// `penalty.spot_limit`: on the spot at most 200 yuan for a citizen, 3,000 for an organisation (行政处罚法 51).
    PenaltySpotLimit,
    /// `penalty.within_band`: the fine lies in the band of its tier, or the way out of the band was taken.
    PenaltyWithinBand,
    /// `penalty.legal_review_done_if_needed`: a major fine needs the `legal_review` (行政处罚法 58).
    PenaltyLegalReviewDoneIfNeeded(Major),
    /// `penalty.hearing_applies`: a hearing may be asked for where the fine is major (行政处罚法 63).
    PenaltyHearingApplies(Major),
    /// `penalty.not_heavier_for_defence`: the fine is not above the `noticed_fine` (行政处罚法 45).
    PenaltyNotHeavierForDefence,
    /// `penalty.collective_if_major`: a major fine needs the `collective_record` (行政处罚法 57).
    PenaltyCollectiveIfMajor(Major),
    /// `penalty.reminder_served`: a reminder was served (`reminder_served_on`) ten working days ago (行政强制法 54).
    PenaltyReminderServed,
}

/// How long a road must not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moratorium {
    /// Years after it was built; the law's floor is 5.
    pub built_years: i64,
    /// Years after an overhaul; the law's floor is 3.
    pub overhauled_years: i64,
}

/// From which fine on a penalty is major 较大数额: the local rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Major {
    /// For a citizen.
    pub citizen: Fen,
    /// For an organisation.
    pub organisation: Fen,
}

/// Why a check refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckFailure {
    /// The check.
    pub check: Name,
    /// What, where, and what would be right.
    pub text: Text,
    /// The law.
    pub basis: Vec<String>,
    /// From when on it would pass.
    pub until: Option<String>,
    /// The fields it read.
    pub fields: Vec<Name>,
}

/// What a check says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It passes.
    Pass,
    /// It refuses.
    Fail(CheckFailure),
    /// It cannot say before these fields are there.
    Needs(Vec<Name>),
}

/// The statutory floor after building, in years (城市道路管理条例 33).
pub const BUILT_YEARS_FLOOR: i64 = 5;
/// The statutory floor after an overhaul, in years (城市道路管理条例 33).
pub const OVERHAULED_YEARS_FLOOR: i64 = 3;

impl Check {
    /// Every check's name, sorted.
    pub const ALL: [&'static str; 16] = [
        "due.within",
        "duplicate.none_open_nearby",
        "parts.all_agree",
        "penalty.collective_if_major",
        "penalty.hearing_applies",
        "penalty.legal_review_done_if_needed",
        "penalty.not_heavier_for_defence",
        "penalty.reminder_served",
        "penalty.spot_limit",
        "penalty.two_officers",
        "penalty.within_band",
        "plan.registered_or_emergency",
        "road.moratorium",
        "road.moratorium_or_government_approval",
        "road.no_overlapping_works",
        "verify.two_people_if_major",
    ];

    /// Reads a use of a check: its name, its own parameters, and the procedure's shared ones.
    ///
    /// # Errors
    /// An unknown name, an unknown or wrong parameter, or one laxer than the law.
    pub fn parse(
        name: &str,
        own: &Params,
        shared: &std::collections::BTreeMap<Name, Params>,
    ) -> Result<Self, Vec<Fault>> {
        let empty = Params::new();
        let of = |key: &str| shared.get(key).unwrap_or(&empty);
        let mut reader = Reader::new(own);
        let mut moratorium = Reader::new(of("moratorium"));
        let mut penalty = Reader::new(of("penalty"));
        let check = match name {
            "duplicate.none_open_nearby" => {
                Some(Check::DuplicateNoneOpenNearby { metres: reader.number("metres").unwrap_or(20.0) })
            }
            "plan.registered_or_emergency" => Some(Check::PlanRegisteredOrEmergency),
            "road.moratorium" => Some(Check::RoadMoratorium(Moratorium::read(&mut moratorium))),
            "road.moratorium_or_government_approval" => {
                Some(Check::RoadMoratoriumOrGovernmentApproval(Moratorium::read(&mut moratorium)))
            }
            "road.no_overlapping_works" => Some(Check::RoadNoOverlappingWorks),
            "parts.all_agree" => Some(Check::PartsAllAgree),
            "due.within" => reader.limit().map(|limit| Check::DueWithin { limit }),
            "verify.two_people_if_major" => Some(Check::VerifyTwoPeopleIfMajor),
            "penalty.two_officers" => Some(Check::PenaltyTwoOfficers),
            "penalty.spot_limit" => Some(Check::PenaltySpotLimit),
            "penalty.within_band" => Some(Check::PenaltyWithinBand),
            "penalty.legal_review_done_if_needed" => {
                Some(Check::PenaltyLegalReviewDoneIfNeeded(Major::read(&mut penalty)))
            }
            "penalty.hearing_applies" => Some(Check::PenaltyHearingApplies(Major::read(&mut penalty))),
            "penalty.not_heavier_for_defence" => Some(Check::PenaltyNotHeavierForDefence),
            "penalty.collective_if_major" => Some(Check::PenaltyCollectiveIfMajor(Major::read(&mut penalty))),
            "penalty.reminder_served" => Some(Check::PenaltyReminderServed),
            _ => {
                let advice = did_you_mean(name, Check::ALL.into_iter());
                return Err(vec![Fault::new("", format!("there is no check {name}"), advice)]);
            }
        };
        let shared_faults = [("params.moratorium", moratorium, "moratorium"), ("params.penalty", penalty, "penalty")];
        let used = |key: &str| name.contains(key);
        let mut faults = reader.finish();
        for (path, reader, key) in shared_faults {
            if used(key) && reader.asked() {
                faults.extend(reader.finish().into_iter().map(|fault| fault.under(path)));
            }
        }
        match check {
            Some(check) if faults.is_empty() => Ok(check),
            _ => Err(faults),
        }
    }

    /// The check's name.
    pub fn name(&self) -> &'static str {
        match self {
            Check::DuplicateNoneOpenNearby { .. } => "duplicate.none_open_nearby",
            Check::PlanRegisteredOrEmergency => "plan.registered_or_emergency",
            Check::RoadMoratorium(_) => "road.moratorium",
            Check::RoadMoratoriumOrGovernmentApproval(_) => "road.moratorium_or_government_approval",
            Check::RoadNoOverlappingWorks => "road.no_overlapping_works",
            Check::PartsAllAgree => "parts.all_agree",
            Check::DueWithin { .. } => "due.within",
            Check::VerifyTwoPeopleIfMajor => "verify.two_people_if_major",
            Check::PenaltyTwoOfficers => "penalty.two_officers",
            Check::PenaltySpotLimit => "penalty.spot_limit",
            Check::PenaltyWithinBand => "penalty.within_band",
            Check::PenaltyLegalReviewDoneIfNeeded(_) => "penalty.legal_review_done_if_needed",
            Check::PenaltyHearingApplies(_) => "penalty.hearing_applies",
            Check::PenaltyNotHeavierForDefence => "penalty.not_heavier_for_defence",
            Check::PenaltyCollectiveIfMajor(_) => "penalty.collective_if_major",
            Check::PenaltyReminderServed => "penalty.reminder_served",
        }
    }

    /// The fields it reads; a procedure that uses it must declare them.
    pub fn reads(&self) -> &'static [&'static str] {
        match self {
            Check::DuplicateNoneOpenNearby { .. } => &["category", "place"],
            Check::PlanRegisteredOrEmergency => &["plan_item", "emergency"],
            Check::RoadMoratorium(_) => &["built_on", "overhauled_on", "work_from"],
            Check::RoadMoratoriumOrGovernmentApproval(_) => {
                &["built_on", "overhauled_on", "work_from", "government_approval"]
            }
            Check::RoadNoOverlappingWorks => &["line", "work_from", "work_to"],
            Check::PartsAllAgree => &[],
            Check::DueWithin { .. } => &["due"],
            Check::VerifyTwoPeopleIfMajor => &["grade", "verifiers"],
            Check::PenaltyTwoOfficers => &["officers"],
            Check::PenaltySpotLimit => &["party_kind", "fine"],
            Check::PenaltyWithinBand => &["violation", "party_kind", "tier", "fine"],
            Check::PenaltyLegalReviewDoneIfNeeded(_) => &["party_kind", "fine", "legal_review"],
            Check::PenaltyHearingApplies(_) => &["party_kind", "fine"],
            Check::PenaltyNotHeavierForDefence => &["fine", "noticed_fine"],
            Check::PenaltyCollectiveIfMajor(_) => &["party_kind", "fine", "collective_record"],
            Check::PenaltyReminderServed => &["reminder_served_on"],
        }
    }
}

/// Runs a check on the case as it would be.
pub(crate) fn run(check: &Check, draft: &Draft<'_>) -> Outcome {
    match check {
        Check::DuplicateNoneOpenNearby { metres } => duplicate::none_open_nearby(check, draft, *metres),
        Check::PlanRegisteredOrEmergency => road::registered_or_emergency(check, draft),
        Check::RoadMoratorium(years) => road::moratorium(check, draft, *years),
        Check::RoadMoratoriumOrGovernmentApproval(years) => road::moratorium_or_approval(check, draft, *years),
        Check::RoadNoOverlappingWorks => road::no_overlapping_works(check, draft),
        Check::PartsAllAgree => parts::all_agree(check, draft),
        Check::DueWithin { limit } => due::within(check, draft, *limit),
        Check::VerifyTwoPeopleIfMajor => hazard::two_people_if_major(check, draft),
        Check::PenaltyTwoOfficers => penalty::two_officers(check, draft),
        Check::PenaltySpotLimit => penalty::spot_limit(check, draft),
        Check::PenaltyWithinBand => penalty::within_band(check, draft),
        Check::PenaltyLegalReviewDoneIfNeeded(major) => penalty::legal_review(check, draft, *major),
        Check::PenaltyHearingApplies(major) => penalty::hearing_applies(check, draft, *major),
        Check::PenaltyNotHeavierForDefence => penalty::not_heavier(check, draft),
        Check::PenaltyCollectiveIfMajor(major) => penalty::collective(check, draft, *major),
        Check::PenaltyReminderServed => penalty::reminder_served(check, draft),
    }
}

/// A refusal by `check` under `law`.
fn fail(check: &Check, law: &str, zh: impl Into<String>, en: impl Into<String>) -> CheckFailure {
    CheckFailure {
        check: check.name().into(),
        text: Text::new(zh, en),
        basis: if law.is_empty() { Vec::new() } else { vec![law.to_owned()] },
        until: None,
        fields: check.reads().iter().map(|field| Name::from(*field)).collect(),
    }
}

/// A refusal that time will lift.
fn fail_until(check: &Check, law: &str, until: Day, zh: String, en: String) -> Outcome {
    Outcome::Fail(CheckFailure { until: Some(until.to_string()), ..fail(check, law, zh, en) })
}

/// The fields that are not there.
fn needs(draft: &Draft<'_>, fields: &[&str]) -> Option<Outcome> {
    let missing: Vec<Name> = fields.iter().filter(|f| draft.field(f).is_none()).map(|f| Name::from(*f)).collect();
    (!missing.is_empty()).then_some(Outcome::Needs(missing))
}

/// How many different people are named.
fn different(people: &[String]) -> usize {
    people.iter().map(|name| name.trim()).collect::<std::collections::BTreeSet<_>>().len()
}

impl Moratorium {
    fn read(reader: &mut Reader<'_>) -> Self {
        let mut years = Moratorium { built_years: BUILT_YEARS_FLOOR, overhauled_years: OVERHAULED_YEARS_FLOOR };
        for rule in reader.list("rules").unwrap_or_default() {
            let Param::Table(rule) = rule else { continue };
            let (Some(Param::Text(after)), Some(Param::Int(n))) = (rule.get("after"), rule.get("years")) else {
                continue;
            };
            let (place, floor) = match after.as_str() {
                "built" => (&mut years.built_years, BUILT_YEARS_FLOOR),
                "overhauled" => (&mut years.overhauled_years, OVERHAULED_YEARS_FLOOR),
                other => {
                    let advice = did_you_mean(other, ["built", "overhauled"].into_iter());
                    reader.fault(Fault::new("rules", format!("a road is not {other}"), advice));
                    continue;
                }
            };
            if *n < floor {
                let message =
                    format!("{n} years after it was {after} is laxer than the law (城市道路管理条例 33: {floor})");
                reader.fault(Fault::new("rules", message, format!("write at least years = {floor}")));
            }
            *place = *n;
        }
        reader.table("override");
        years
    }
}

impl Major {
    fn read(reader: &mut Reader<'_>) -> Self {
        let mut yuan = |key, default| Fen::from_yuan(reader.number(key).unwrap_or(default) as i64);
        Major { citizen: yuan("major_citizen", 1_000.0), organisation: yuan("major_organisation", 10_000.0) }
    }
}
