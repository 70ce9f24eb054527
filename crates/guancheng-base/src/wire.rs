//! How ids, days and instants are written where a type *is* a documented format (docs/adr/0006): ids and instants as
//! numbers, days as `2014-09-26`. Behind the feature `wire`, so that no type of the core becomes a format by accident.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use crate::{AskId, CaseId, Day, EvidenceId, Fen, Instant, OfficeId, PersonId, PostId, ReportId};

macro_rules! as_number {
    ($($name:ident),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(to)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_any(Number).map($name)
            }
        }
    )*};
}

/// A whole number, or its digits: a key of a JSON object is always text.
struct Number;

impl Visitor<'_> for Number {
    type Value = i64;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: Error>(self, n: i64) -> Result<i64, E> {
        Ok(n)
    }

    fn visit_u64<E: Error>(self, n: u64) -> Result<i64, E> {
        i64::try_from(n).map_err(|_| E::custom(format!("{n} is too large")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<i64, E> {
        text.parse().map_err(|_| E::custom(format!("`{text}` is no whole number")))
    }
}

as_number!(AskId, CaseId, EvidenceId, Fen, Instant, OfficeId, PersonId, PostId, ReportId);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        Day::parse(&text).map_err(|_| D::Error::custom(format!("`{text}` is no date: write YYYY-MM-DD")))
    }
}

#[cfg(feature = "schema")]
mod schema {
    use std::borrow::Cow;

    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
    };

    use super::*;

    macro_rules! schema {
        ($($name:ident: $kind:ident $format:ident),*) => {$(
            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    let format = SchemaFormat::KnownFormat(KnownFormat::$format);
                    ObjectBuilder::new().schema_type(Type::$kind).format(Some(format)).into()
                }
            }

            impl ToSchema for $name {
                fn name() -> Cow<'static, str> {
                    Cow::Borrowed(stringify!($name))
                }
            }
        )*};
    }

    schema!(CaseId: Integer Int64, EvidenceId: Integer Int64, OfficeId: Integer Int64, PersonId: Integer Int64);
    schema!(PostId: Integer Int64, Instant: Integer Int64, Day: String Date);
}
