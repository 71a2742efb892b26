//! [`Cell`]: one memory cell with its tag inside.

use std::fmt;

use cairo_zero_core::{Felt, Relocatable, Value};

/// One memory cell: a number, an address, or nothing yet. 32 bytes.
///
/// The four limbs are a felt's canonical little-endian limbs with bit 63 of the top one set, or an
/// address with bit 62 of it set, its segment in the low half of the top limb and its offset in the
/// lowest limb. The prime has 252 bits, so a felt never reaches the tags.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[repr(C, align(32))]
pub struct Cell([u64; 4]);

const FELT: u64 = 1 << 63;
const RELOCATABLE: u64 = 1 << 62;

impl Cell {
    /// The cell that holds nothing yet.
    pub const UNSET: Self = Self([0; 4]);

    /// The cell that holds a number.
    #[inline]
    #[must_use]
    pub const fn from_felt(felt: Felt) -> Self {
        let [a, b, c, d] = felt.limbs();
        Self([a, b, c, d | FELT])
    }

    /// The cell that holds an address.
    #[inline]
    #[must_use]
    pub const fn from_relocatable(address: Relocatable) -> Self {
        Self([
            address.offset.cast_unsigned(),
            0,
            0,
            RELOCATABLE | address.segment.cast_unsigned() as u64,
        ])
    }

    /// Whether the cell holds something.
    #[inline]
    #[must_use]
    pub const fn is_set(self) -> bool {
        self.0[3] != 0
    }

    /// Whether the cell holds a number.
    #[inline]
    #[must_use]
    pub const fn is_felt(self) -> bool {
        self.0[3] & FELT != 0
    }

    /// Whether the cell holds an address.
    #[inline]
    #[must_use]
    pub const fn is_relocatable(self) -> bool {
        self.0[3] & RELOCATABLE != 0
    }

    /// The number, if the cell holds one.
    #[inline]
    #[must_use]
    pub const fn felt(self) -> Option<Felt> {
        if self.is_felt() {
            let [a, b, c, d] = self.0;
            Some(Felt::from_reduced_limbs([a, b, c, d & !FELT]))
        } else {
            None
        }
    }

    /// The address, if the cell holds one.
    #[inline]
    #[must_use]
    pub const fn relocatable(self) -> Option<Relocatable> {
        if self.is_relocatable() {
            let [offset, _, _, top] = self.0;
            Some(Relocatable::new((top as u32).cast_signed(), offset.cast_signed()))
        } else {
            None
        }
    }

    /// What the cell holds, if anything.
    #[inline]
    #[must_use]
    pub const fn value(self) -> Option<Value> {
        if let Some(felt) = self.felt() {
            return Some(Value::Felt(felt));
        }
        match self.relocatable() {
            Some(address) => Some(Value::Relocatable(address)),
            None => None,
        }
    }
}

impl From<Value> for Cell {
    #[inline]
    fn from(value: Value) -> Self {
        match value {
            Value::Felt(felt) => Self::from_felt(felt),
            Value::Relocatable(address) => Self::from_relocatable(address),
        }
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value() {
            Some(value) => fmt::Display::fmt(&value, f),
            None => f.write_str("unset"),
        }
    }
}
