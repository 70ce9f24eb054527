//! The closed vocabulary of effects: what follows a move or a breach outside the case. An effect becomes an event; the
//! store puts it into the outbox, and what carries it out may be tried again without harm.

mod carry;

use guancheng_base::Name;

pub(crate) use carry::{emit, of_breach, of_move};

use crate::{Fault, Params, did_you_mean, params::Reader};

macro_rules! effects {
    ($($(#[$doc:meta])* $variant:ident, $name:literal;)*) => {
        /// A named effect with its parameters.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Effect {
            $($(#[$doc])* $variant,)*
            /// `open_case`: opens a case of `category` for the same place.
            OpenCase {
                /// The category.
                category: Name,
            },
        }

        impl Effect {
            /// Every effect's name.
            pub const ALL: &'static [&'static str] = &[$($name,)* "open_case"];

            /// The effect's name.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Effect::$variant => $name,)*
                    Effect::OpenCase { .. } => "open_case",
                }
            }

            fn plain(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Effect::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

effects! {
    /// Tells the reporter what was decided.
    TellReporter, "tell_reporter";
    /// Tells the applicant what was decided.
    TellApplicant, "tell_applicant";
    /// Tells the responsible unit that it holds the case.
    TellUnit, "tell_unit";
    /// Tells the leader.
    TellLeader, "tell_leader";
    /// Tells the shift leader.
    TellShiftLeader, "tell_shift_leader";
    /// Tells the collector of the grid cell.
    TellGridInspector, "tell_grid_inspector";
    /// Reminds whoever holds the case 催办.
    RemindHolder, "remind_holder";
    /// Asks the reporter whether they are content.
    AskReporter, "ask_reporter";
    /// Opens supervision of the late holder 督办.
    EscalateSupervision, "escalate_supervision";
    /// Offers the work to a substitute at the late unit's cost 代整治.
    OfferSubstitute, "offer_substitute";
    /// Ties the case to its main case, which then speaks for it.
    FollowMainCase, "follow_main_case";
    /// Opens another case for the other half of the problem, tied to this one.
    SplitCase, "split_case";
    /// Keeps the ruling on who is responsible as a precedent.
    RecordRuling, "record_ruling";
    /// Counts a failed check 返工.
    CountRework, "count_rework";
    /// Counts a reopening by the reporter 追诉.
    CountDispute, "count_dispute";
    /// Counts bad or late works against their applicant.
    CountBadWorks, "count_bad_works";
    /// Hands the closed case to the evaluation.
    Score, "score";
    /// Reckons the fee for repairing the road.
    FeeRoadRepair, "fee.road_repair";
    /// Reckons the surcharge for paying late: 3 % a day, never above the fine (行政处罚法 72).
    FeeLateFine, "fee.late_fine";
    /// Puts the works on the public map.
    PublishWorks, "publish_works";
    /// Publishes the decision where the law asks for it (行政处罚法 48).
    PublishIfRequired, "publish_if_required";
    /// Begins the road's moratorium where this was an overhaul.
    StartMoratoriumIfOverhaul, "start_moratorium_if_overhaul";
    /// Drafts the public notice.
    DraftPublicNotice, "draft_public_notice";
    /// Reports to the level above.
    ReportUp, "report_up";
    /// Proposes the hazard for listing 挂牌督办.
    ProposeListing, "propose_listing";
    /// Watches for the same petition coming again.
    WatchRepeat, "watch_repeat";
    /// Applies the approved amendment to its plan, in the same transaction.
    AmendPlan, "amend_plan";
}

impl Effect {
    /// Reads a use of an effect.
    ///
    /// # Errors
    /// An unknown name, or an unknown or missing parameter.
    pub fn parse(name: &str, own: &Params) -> Result<Self, Vec<Fault>> {
        let mut reader = Reader::new(own);
        let effect = match name {
            "open_case" => reader.text("category").map(|category| Effect::OpenCase { category: category.into() }),
            _ => Effect::plain(name),
        };
        let Some(effect) = effect else {
            let fault = match name {
                "open_case" => Fault::new("category", "open_case needs a category", "write category = \"…\""),
                _ => Fault::new(
                    "",
                    format!("there is no effect {name}"),
                    did_you_mean(name, Effect::ALL.iter().copied()),
                ),
            };
            return Err(vec![fault]);
        };
        let faults = reader.finish();
        if faults.is_empty() { Ok(effect) } else { Err(faults) }
    }
}
