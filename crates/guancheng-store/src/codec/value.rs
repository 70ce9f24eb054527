//! Values, clocks and actors.

use guancheng_base::SystemActor;
use guancheng_calendar::{ClockTime, Limit, Term, Unit};
use guancheng_case::{ActorMark, Value};
use serde::{Deserialize, Serialize};

use super::mirror::{
    At, Date, FileNo, Mirror, Money, Office, PersonNo, Position, Text, Ticks, newtypes, structs, words,
};

newtypes! { ValueJson of Value {
    Text "text" (String)
    Int "int" (i64)
    Decimal "decimal" (f64)
    Money "money" (Money)
    Date "date" (Date)
    Moment "moment" (At)
    Bool "bool" (bool)
    Code "code" (Text)
    Ref "ref" (String)
    Org "org" (Office)
    Person "person" (String)
    People "people" (Vec<String>)
    Point "point" (Position)
    Line "line" (Vec<Position>)
    File "file" (FileNo)
}}

words! {
    UnitJson of Unit {
        NaturalDay "natural_day"
        WorkDay "work_day"
        WorkHour "work_hour"
        UrgentHour "urgent_hour"
        UrgentMinute "urgent_minute"
        Year "year"
    }
    SystemJson of SystemActor { Clock "clock" Assign "assign" Import "import" }
}

structs! {
    LimitJson of Limit { n: Ticks, unit: UnitJson; }
    ClockTimeJson of ClockTime { term: TermJson, base: Ticks, extra: Ticks, used: Ticks; running_since: Option<At>, missed: Option<At> }
}

newtypes! { TermJson of Term {
    Limit "limit" (LimitJson)
    Until "until" (Date)
    At "at" (At)
}}

/// Who did something: `{"person":7}`, `"reporter"`, `{"system":"clock"}`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ByJson {
    Person(PersonNo),
    Reporter,
    System(SystemJson),
}

impl Mirror for ByJson {
    type Core = ActorMark;
    fn of(core: &ActorMark) -> Self {
        match core {
            ActorMark::Person(id) => ByJson::Person(Mirror::of(id)),
            ActorMark::Reporter => ByJson::Reporter,
            ActorMark::System(part) => ByJson::System(Mirror::of(part)),
        }
    }
    fn core(self) -> ActorMark {
        match self {
            ByJson::Person(id) => ActorMark::Person(id.core()),
            ByJson::Reporter => ActorMark::Reporter,
            ByJson::System(part) => ActorMark::System(part.core()),
        }
    }
}
