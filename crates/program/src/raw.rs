//! The shapes of program JSON as serde reads them, before anything is checked.
//!
//! Which fields may be missing is the reference's choice (`Program`, `AttributeScope` and their
//! parts in cairo-lang's `compiler/`); fields that are not known are passed over.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::big_const::BigConst;

/// A whole number in any of the forms that the reference takes: an integer, a number with a
/// fraction (which is cut off), a text with an integer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Int(pub(crate) i64);

impl<'de> Deserialize<'de> for Int {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IntVisitor;

        impl Visitor<'_> for IntVisitor {
            type Value = Int;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number of 64 bits")
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Int, E> {
                i64::try_from(number).map(Int).map_err(|_| E::custom("number too large"))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Int, E> {
                Ok(Int(number))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Int, E> {
                let whole = BigConst::from_f64(number).and_then(|whole| whole.to_i64());
                whole.map(Int).ok_or_else(|| E::custom("number too large"))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Int, E> {
                text.trim().parse().map(Int).map_err(|_| E::custom("not a valid integer"))
            }
        }

        deserializer.deserialize_any(IntVisitor)
    }
}

/// A number that is never negative: a pc, a size, an offset.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size(pub(crate) usize);

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Int(number) = Int::deserialize(deserializer)?;
        let negative = || de::Error::custom(format_args!("{number} is negative"));
        usize::try_from(number).map(Size).map_err(|_| negative())
    }
}

impl<'de> Deserialize<'de> for BigConst {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &'de RawValue = Deserialize::deserialize(deserializer)?;
        let text = raw.get();
        let read = match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            // The reference reads decimal texts here; `0x` is none.
            Some(quoted) if !quoted.contains('x') => quoted.trim().parse(),
            Some(_) => Err(crate::ParseBigConstError::Invalid),
            None => Self::from_json(text),
        };
        read.map_err(de::Error::custom)
    }
}

/// The members of a JSON object in the file's order.
#[derive(Debug)]
pub(crate) struct Entries<T>(pub(crate) Vec<(String, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

#[derive(Deserialize, Debug)]
pub(crate) struct RawHint {
    pub(crate) code: String,
    pub(crate) accessible_scopes: Vec<String>,
    pub(crate) flow_tracking_data: RawFlow,
}

#[derive(Deserialize, Debug)]
pub(crate) struct RawFlow {
    pub(crate) ap_tracking: RawTracking,
    #[serde(default)]
    pub(crate) reference_ids: Entries<Int>,
}

#[derive(Deserialize, Debug)]
pub(crate) struct RawTracking {
    #[serde(default = "zero")]
    pub(crate) group: Int,
    #[serde(default = "zero")]
    pub(crate) offset: Int,
}

const fn zero() -> Int {
    Int(0)
}

#[derive(Deserialize, Debug)]
pub(crate) struct RawReference {
    pub(crate) ap_tracking_data: RawTracking,
    pub(crate) pc: Int,
    pub(crate) value: String,
}

#[derive(Deserialize, Debug)]
pub(crate) struct RawReferences {
    #[serde(default)]
    pub(crate) references: Vec<RawReference>,
}

#[derive(Deserialize, Debug)]
pub(crate) struct RawAttribute {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) start_pc: Size,
    pub(crate) end_pc: Size,
    #[serde(default)]
    pub(crate) flow_tracking_data: Option<RawFlow>,
    #[serde(default)]
    pub(crate) accessible_scopes: Vec<String>,
}

/// An identifier of any kind: which fields it has depends on its type.
#[derive(Deserialize, Debug)]
pub(crate) struct RawIdentifier<'a> {
    #[serde(borrow, rename = "type")]
    pub(crate) kind: Cow<'a, str>,
    pub(crate) destination: Option<String>,
    pub(crate) value: Option<BigConst>,
    pub(crate) pc: Option<Size>,
    pub(crate) decorators: Option<Vec<String>>,
    pub(crate) full_name: Option<String>,
    pub(crate) members: Option<Entries<RawMember>>,
    pub(crate) size: Option<Size>,
    pub(crate) cairo_type: Option<String>,
    pub(crate) offset: Option<Size>,
}

#[derive(Deserialize, Debug)]
pub(crate) struct RawMember {
    pub(crate) cairo_type: String,
    pub(crate) offset: Size,
}
