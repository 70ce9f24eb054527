//! The filters of case lists as query parameters. Lists, counts, maps and exports take the same ones.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    limits,
    valid::{Faults, Valid, WHOLE_MAX},
};

/// The filters, borrowed from whichever query they came in.
#[derive(Clone, Copy, Default)]
pub struct Filters<'a> {
    /// Procedures, comma-separated.
    pub kind: Option<&'a str>,
    /// States, comma-separated.
    pub state: Option<&'a str>,
    /// Stages, comma-separated.
    pub stage: Option<&'a str>,
    /// Unit.
    pub unit: Option<i64>,
    /// Area code.
    pub area: Option<&'a str>,
    /// Lights, comma-separated.
    pub light: Option<&'a str>,
    /// Sources, comma-separated.
    pub source: Option<&'a str>,
    /// Category and everything below it.
    pub category: Option<&'a str>,
    /// Only what waits for me.
    pub mine: bool,
    /// Open or ended.
    pub open: Option<bool>,
    /// Words.
    pub q: Option<&'a str>,
    /// First day of opening.
    pub opened_from: Option<&'a str>,
    /// Last day of opening.
    pub opened_to: Option<&'a str>,
    /// West, south, east, north.
    pub bbox: Option<&'a str>,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub enum SortName {
    /// The earliest due first.
    #[default]
    #[serde(rename = "due")]
    Due,
    /// The latest opened first.
    #[serde(rename = "-opened")]
    Opened,
    /// The latest changed first.
    #[serde(rename = "-changed")]
    Changed,
}

/// What counts are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CountBy {
    /// State.
    State,
    /// Stage.
    Stage,
    /// Light.
    Light,
    /// Unit.
    Unit,
    /// District.
    Area,
    /// Procedure.
    Kind,
}

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Comma-separated, UTF-8 with byte-order mark, as spreadsheets expect.
    Csv,
}

macro_rules! case_query {
    ($(#[$doc:meta])* $name:ident { $($(#[$extra_doc:meta])* $extra:ident: $type:ty,)* } $check:expr) => {
        $(#[$doc])*
        #[derive(Deserialize, IntoParams)]
        #[into_params(parameter_in = Query)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Procedures, comma-separated.
            #[param(max_length = 200)]
            pub kind: Option<String>,
            /// States, comma-separated.
            #[param(max_length = 400)]
            pub state: Option<String>,
            /// Stages, comma-separated.
            #[param(max_length = 200)]
            pub stage: Option<String>,
            /// The unit that handles it.
            #[param(minimum = 1, maximum = 9007199254740991_i64)]
            pub unit: Option<i64>,
            /// Code of a district, street, community or cell.
            #[param(pattern = "^[0-9]{6}([0-9]{3}){0,3}$")]
            pub area: Option<String>,
            /// Lights, comma-separated.
            #[param(pattern = "^((good|near|late|not_rated)(,(good|near|late|not_rated)){0,3})?$")]
            pub light: Option<String>,
            /// Sources, comma-separated.
            #[param(max_length = 200)]
            pub source: Option<String>,
            /// A category and everything below it.
            #[param(max_length = 100)]
            pub category: Option<String>,
            /// Only what waits for me or my office.
            pub mine: Option<bool>,
            /// Open or ended only.
            pub open: Option<bool>,
            /// Words in number, title, address or text.
            #[param(max_length = 100)]
            pub q: Option<String>,
            /// Opened on this day or later.
            #[param(format = Date)]
            pub opened_from: Option<String>,
            /// Opened on this day or earlier.
            #[param(format = Date)]
            pub opened_to: Option<String>,
            /// West, south, east, north in degrees.
            #[param(pattern = "^-?[0-9]{1,3}(\\.[0-9]{1,9})?(,-?[0-9]{1,3}(\\.[0-9]{1,9})?){3}$", example = "113.4,34.6,113.9,34.9")]
            pub bbox: Option<String>,
            $($(#[$extra_doc])* pub $extra: $type,)*
        }

        impl $name {
            /// The filters.
            pub fn filters(&self) -> Filters<'_> {
                Filters {
                    kind: self.kind.as_deref(),
                    state: self.state.as_deref(),
                    stage: self.stage.as_deref(),
                    unit: self.unit,
                    area: self.area.as_deref(),
                    light: self.light.as_deref(),
                    source: self.source.as_deref(),
                    category: self.category.as_deref(),
                    mine: self.mine.unwrap_or_default(),
                    open: self.open,
                    q: self.q.as_deref(),
                    opened_from: self.opened_from.as_deref(),
                    opened_to: self.opened_to.as_deref(),
                    bbox: self.bbox.as_deref(),
                }
            }
        }

        impl Valid for $name {
            fn check(&self, faults: &mut Faults) {
                check_filters(&self.filters(), faults);
                let check: fn(&Self, &mut Faults) = $check;
                check(self, faults);
            }
        }
    };
}

case_query! {
    /// A page of cases.
    CasesQuery {
        /// The order; `due` if left out.
        #[param(inline)]
        sort: Option<SortName>,
        /// `next` of the page before.
        #[param(max_length = 200)]
        after: Option<String>,
        /// Rows of the page, 50 if left out.
        #[param(minimum = 1, maximum = 200)]
        limit: Option<u32>,
    }
    |query, faults| {
        faults.range("limit", query.limit.unwrap_or(1), 1..=limits::PAGE_ROWS);
        faults.length("after", query.after.as_deref(), 200);
    }
}

case_query! {
    /// Cases by group.
    CountsQuery {
        /// The group.
        #[param(inline)]
        by: CountBy,
    }
    |_, _| {}
}

case_query! {
    /// Cases on a map.
    MapQuery {}
    |_, _| {}
}

case_query! {
    /// Cases as a file.
    ExportQuery {
        /// The format.
        #[param(inline)]
        format: ExportFormat,
    }
    |_, _| {}
}

fn check_filters(filters: &Filters, faults: &mut Faults) {
    faults.length("kind", filters.kind, 200);
    faults.length("state", filters.state, 400);
    faults.length("stage", filters.stage, 200);
    faults.length("source", filters.source, 200);
    faults.length("category", filters.category, 100);
    faults.length("q", filters.q, 100);
    faults.area("area", filters.area);
    lights(filters.light.unwrap_or_default(), faults);
    window(filters.bbox.unwrap_or("0,0,0,0"), faults);
    faults.range("unit", filters.unit.unwrap_or(1), 1..=WHOLE_MAX);
}

/// At most four of the known lights, or nothing.
fn lights(text: &str, faults: &mut Faults) {
    let known = ["good", "near", "late", "not_rated"];
    let parts: Vec<&str> = text.split(',').collect();
    if !text.is_empty() && (parts.len() > known.len() || !parts.iter().all(|part| known.contains(part))) {
        let known = known.join(", ");
        faults.add("light", format!("应为 {known}，以逗号分隔"), format!("must be some of {known}, comma-separated"));
    }
}

/// Four numbers in degrees.
fn window(text: &str, faults: &mut Faults) {
    let parts: Vec<&str> = text.split(',').collect();
    if parts.len() != 4 || !parts.iter().all(|part| is_degrees(part)) {
        faults.add("bbox", "应为 西,南,东,北 四个数", "must be four numbers: west,south,east,north");
    }
}

/// Up to three digits before the point and nine after it.
fn is_degrees(text: &str) -> bool {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole, 3) && digits(decimals, 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_short_decimals() {
        let right = ["0", "-71.195", "113.4", "180.123456789"].map(is_degrees);
        let wrong = ["", "-", "1e3", "1000", "1.", ".5", "+1", "1.0123456789", "NaN"].map(is_degrees);
        assert_eq!((right, wrong), ([true; 4], [false; 9]));
    }
}
