//! [`Value`]: what a memory cell holds, with the arithmetic of the Cairo machine.

use std::fmt;

use crate::{Felt, Relocatable};

/// A number or an address.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Value {
    /// A number.
    Felt(Felt),
    /// An address.
    Relocatable(Relocatable),
}

/// Why two values can't be combined.
///
/// The wording is the reference's (`relocatable.py`, `vm_exceptions.py` of cairo-lang), except for
/// the limit that is ours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ValueError {
    /// Two addresses were added.
    #[error("Cannot add two relocatable values: {0} + {1}.")]
    AddTwoRelocatables(Relocatable, Relocatable),
    /// Addresses of different segments were subtracted.
    #[error(
        "Can only subtract two relocatable values of the same segment ({} != {}).",
        .0.segment, .1.segment
    )]
    DifferentSegments(Relocatable, Relocatable),
    /// An address was subtracted from a number.
    #[error("unsupported operand type(s) for -: 'int' and 'RelocatableValue'")]
    SubtractFromFelt(Felt, Relocatable),
    /// A product with an address in it.
    #[error(
        "Could not complete computation * of non pure values: ({}, {}).",
        Repr(*.0), Repr(*.1)
    )]
    MultiplyRelocatable(Value, Value),
    /// An offset left the range of 64 bits, which no run can address.
    #[error("The offset of {0} moved by {offset} is out of range.", offset = .1.signed())]
    OffsetOutOfRange(Relocatable, Felt),
}

/// A value printed as the reference prints it inside a tuple or list.
struct Repr(Value);

impl fmt::Display for Repr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Felt(felt) => fmt::Display::fmt(&felt, f),
            Value::Relocatable(Relocatable { segment, offset }) => write!(
                f,
                "RelocatableValue(segment_index={segment}, offset={})",
                Felt::from_i64(offset)
            ),
        }
    }
}

impl Value {
    /// The number, or `None` for an address.
    #[inline]
    #[must_use]
    pub const fn felt(self) -> Option<Felt> {
        match self {
            Self::Felt(felt) => Some(felt),
            Self::Relocatable(_) => None,
        }
    }

    /// The address, or `None` for a number.
    #[inline]
    #[must_use]
    pub const fn relocatable(self) -> Option<Relocatable> {
        match self {
            Self::Felt(_) => None,
            Self::Relocatable(address) => Some(address),
        }
    }

    /// This value printed as the reference prints it inside containers:
    /// `RelocatableValue(segment_index=1, offset=2)` for an address.
    #[must_use]
    pub fn repr(self) -> impl fmt::Display {
        Repr(self)
    }

    /// `self + other`.
    ///
    /// # Errors
    /// When both are addresses, or the offset leaves 64 bits.
    #[inline]
    pub fn checked_add(self, other: Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Self::Felt(a), Self::Felt(b)) => Ok(Self::Felt(a + b)),
            (Self::Relocatable(a), Self::Felt(b)) | (Self::Felt(b), Self::Relocatable(a)) => {
                add_offset(a, b).map(Self::Relocatable)
            }
            (Self::Relocatable(a), Self::Relocatable(b)) => {
                Err(ValueError::AddTwoRelocatables(a, b))
            }
        }
    }

    /// `self - other`; the difference of two addresses in one segment is a number.
    ///
    /// # Errors
    /// When an address is subtracted from a number or from one of another segment, or the offset
    /// leaves 64 bits.
    #[inline]
    pub fn checked_sub(self, other: Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Self::Felt(a), Self::Felt(b)) => Ok(Self::Felt(a - b)),
            (Self::Relocatable(a), Self::Felt(b)) => add_offset(a, -b)
                .map(Self::Relocatable)
                .map_err(|_| ValueError::OffsetOutOfRange(a, -b)),
            (Self::Relocatable(a), Self::Relocatable(b)) if a.segment == b.segment => {
                Ok(Self::Felt(Felt::from_i64(a.offset) - Felt::from_i64(b.offset)))
            }
            (Self::Relocatable(a), Self::Relocatable(b)) => {
                Err(ValueError::DifferentSegments(a, b))
            }
            (Self::Felt(a), Self::Relocatable(b)) => Err(ValueError::SubtractFromFelt(a, b)),
        }
    }

    /// `self * other`.
    ///
    /// # Errors
    /// When either is an address.
    #[inline]
    pub fn checked_mul(self, other: Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Self::Felt(a), Self::Felt(b)) => Ok(Self::Felt(a * b)),
            _ => Err(ValueError::MultiplyRelocatable(self, other)),
        }
    }
}

/// `address + cells`, where a felt just below the prime moves backwards.
#[inline]
fn add_offset(address: Relocatable, cells: Felt) -> Result<Relocatable, ValueError> {
    cells
        .to_i64()
        .and_then(|cells| address.checked_add(cells))
        .ok_or(ValueError::OffsetOutOfRange(address, cells))
}

impl fmt::Display for Value {
    /// Prints a number unsigned and an address as `segment:offset`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Felt(felt) => fmt::Display::fmt(felt, f),
            Self::Relocatable(address) => fmt::Display::fmt(address, f),
        }
    }
}

impl From<Felt> for Value {
    fn from(felt: Felt) -> Self {
        Self::Felt(felt)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Felt(Felt::from_u64(number))
    }
}

impl From<Relocatable> for Value {
    fn from(address: Relocatable) -> Self {
        Self::Relocatable(address)
    }
}
