//! The pattern of the mirrors: a type with a format beside a type without one, and the way between them.

use std::collections::BTreeMap;

use guancheng_base::{AskId, CaseId, Day, EvidenceId, Fen, Instant, LonLat, Name, OfficeId, PersonId, ReportId};
use guancheng_calendar::Amount;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A serializable mirror of a core type.
pub(super) trait Mirror: Sized {
    /// The core type.
    type Core;
    /// The mirror of a value.
    fn of(core: &Self::Core) -> Self;
    /// The value again.
    fn core(self) -> Self::Core;
}

macro_rules! itself {
    ($($t:ty),*) => {$(
        impl Mirror for $t {
            type Core = $t;
            fn of(core: &$t) -> $t { core.clone() }
            fn core(self) -> $t { self }
        }
    )*};
}

itself!(bool, u32, u64, i64, f64, usize, String);

impl<T: Mirror> Mirror for Option<T> {
    type Core = Option<T::Core>;
    fn of(core: &Self::Core) -> Self {
        core.as_ref().map(T::of)
    }
    fn core(self) -> Self::Core {
        self.map(T::core)
    }
}

impl<T: Mirror> Mirror for Vec<T> {
    type Core = Vec<T::Core>;
    fn of(core: &Self::Core) -> Self {
        core.iter().map(T::of).collect()
    }
    fn core(self) -> Self::Core {
        self.into_iter().map(T::core).collect()
    }
}

impl<A: Mirror, B: Mirror> Mirror for (A, B) {
    type Core = (A::Core, B::Core);
    fn of(core: &Self::Core) -> Self {
        (A::of(&core.0), B::of(&core.1))
    }
    fn core(self) -> Self::Core {
        (self.0.core(), self.1.core())
    }
}

impl<T: Mirror> Mirror for BTreeMap<Text, T> {
    type Core = BTreeMap<Name, T::Core>;
    fn of(core: &Self::Core) -> Self {
        core.iter().map(|(name, value)| (Text(name.clone()), T::of(value))).collect()
    }
    fn core(self) -> Self::Core {
        self.into_iter().map(|(name, value)| (name.0, value.core())).collect()
    }
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Text(pub(super) Name);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Text(String::deserialize(deserializer)?.into()))
    }
}

impl Mirror for Text {
    type Core = Name;
    fn of(core: &Name) -> Self {
        Text(core.clone())
    }
    fn core(self) -> Name {
        self.0
    }
}

/// Core types that are one number.
macro_rules! numbers {
    ($($mirror:ident of $core:ident as $number:ty;)*) => {$(
        #[derive(Serialize, Deserialize)]
        pub(super) struct $mirror($number);
        impl Mirror for $mirror {
            type Core = $core;
            fn of(core: &$core) -> Self { $mirror(core.0) }
            fn core(self) -> $core { $core(self.0) }
        }
    )*};
}

numbers! {
    At of Instant as i64;
    Date of Day as i32;
    Money of Fen as i64;
    Ticks of Amount as i64;
    Ask of AskId as i64;
    CaseNo of CaseId as i64;
    FileNo of EvidenceId as i64;
    Office of OfficeId as i64;
    PersonNo of PersonId as i64;
    ReportNo of ReportId as i64;
}

/// A position as `[lon, lat]`.
#[derive(Serialize, Deserialize)]
pub(super) struct Position(f64, f64);

impl Mirror for Position {
    type Core = LonLat;
    fn of(core: &LonLat) -> Self {
        Position(core.lon, core.lat)
    }
    fn core(self) -> LonLat {
        LonLat { lon: self.0, lat: self.1 }
    }
}

/// Mirrors of structs. Fields after the semicolon are left out where they say nothing and may be missing.
macro_rules! structs {
    ($($mirror:ident of $core:ident { $($must:ident: $must_ty:ty),* ; $($may:ident: $may_ty:ty),* $(,)? })*) => {$(
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $mirror {
            $($must: $must_ty,)*
            $(#[serde(default, skip_serializing_if = "crate::codec::mirror::Blank::is_blank")] $may: $may_ty,)*
        }
        impl crate::codec::mirror::Mirror for $mirror {
            type Core = $core;
            fn of(core: &$core) -> Self {
                let $core { $($must,)* $($may,)* } = core;
                $mirror {
                    $($must: crate::codec::mirror::Mirror::of($must),)*
                    $($may: crate::codec::mirror::Mirror::of($may),)*
                }
            }
            fn core(self) -> $core {
                let $mirror { $($must,)* $($may,)* } = self;
                $core {
                    $($must: crate::codec::mirror::Mirror::core($must),)*
                    $($may: crate::codec::mirror::Mirror::core($may),)*
                }
            }
        }
    )*};
}

/// Mirrors of enums with named fields, each variant under its stored name.
macro_rules! variants {
    ($mirror:ident of $core:ident by $tag:literal {
        $($variant:ident $name:literal { $($must:ident: $must_ty:ty),* ; $($may:ident: $may_ty:ty),* $(,)? })*
    }) => {
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(tag = $tag, deny_unknown_fields)]
        pub(super) enum $mirror {
            $(#[serde(rename = $name)] $variant {
                $($must: $must_ty,)*
                $(#[serde(default, skip_serializing_if = "crate::codec::mirror::Blank::is_blank")] $may: $may_ty,)*
            },)*
        }
        impl crate::codec::mirror::Mirror for $mirror {
            type Core = $core;
            fn of(core: &$core) -> Self {
                match core {
                    $($core::$variant { $($must,)* $($may,)* } => $mirror::$variant {
                        $($must: crate::codec::mirror::Mirror::of($must),)*
                        $($may: crate::codec::mirror::Mirror::of($may),)*
                    },)*
                }
            }
            fn core(self) -> $core {
                match self {
                    $($mirror::$variant { $($must,)* $($may,)* } => $core::$variant {
                        $($must: crate::codec::mirror::Mirror::core($must),)*
                        $($may: crate::codec::mirror::Mirror::core($may),)*
                    },)*
                }
            }
        }
    };
}

/// Mirrors of enums whose variants hold one value each.
macro_rules! newtypes {
    ($mirror:ident of $core:ident { $($variant:ident $name:literal ($inner:ty))* }) => {
        #[derive(serde::Serialize, serde::Deserialize)]
        pub(super) enum $mirror {
            $(#[serde(rename = $name)] $variant($inner),)*
        }
        impl crate::codec::mirror::Mirror for $mirror {
            type Core = $core;
            fn of(core: &$core) -> Self {
                match core {
                    $($core::$variant(value) => $mirror::$variant(crate::codec::mirror::Mirror::of(value)),)*
                }
            }
            fn core(self) -> $core {
                match self {
                    $($mirror::$variant(value) => $core::$variant(crate::codec::mirror::Mirror::core(value)),)*
                }
            }
        }
    };
}

/// Mirrors of enums that are one word.
macro_rules! words {
    ($($mirror:ident of $core:ident { $($variant:ident $name:literal)* })*) => {$(
        #[derive(serde::Serialize, serde::Deserialize)]
        pub(super) enum $mirror { $(#[serde(rename = $name)] $variant,)* }
        impl crate::codec::mirror::Mirror for $mirror {
            type Core = $core;
            fn of(core: &$core) -> Self { match core { $($core::$variant => $mirror::$variant,)* } }
            fn core(self) -> $core { match self { $($mirror::$variant => $core::$variant,)* } }
        }
    )*};
}

pub(super) use {newtypes, structs, variants, words};

/// Values that say nothing and are left out of the text.
pub(super) trait Blank {
    /// Whether it says nothing.
    fn is_blank(&self) -> bool;
}

impl<T> Blank for Option<T> {
    fn is_blank(&self) -> bool {
        self.is_none()
    }
}

impl<T> Blank for Vec<T> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<K, V> Blank for BTreeMap<K, V> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl Blank for String {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl Blank for bool {
    fn is_blank(&self) -> bool {
        !self
    }
}
