//! [`Cell`]: one memory cell with its tag inside.

use std::fmt;

use cairo_zero_core::{Felt, Relocatable, Value};

/// One memory cell: a number, an address, or nothing yet. 32 bytes.
///
/// The four limbs are a felt's canonical little-endian limbs with bit 63 of the top one set, or an
/// address with bit 62 of it set, its segment in the low half of the top limb and its offset in the
/// lowest limb. The prime has 252 bits, so a felt never reaches the tags.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[repr(C)]
pub struct Cell([u64; 4]);

const FELT: u64 = 1 << 63;
const RELOCATABLE: u64 = 1 << 62;
/// The sign of an address's segment.
const TEMPORARY: u64 = 1 << 31;

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

    /// The cell's four words, tags included.
    #[inline]
    #[must_use]
    pub const fn words(self) -> [u64; 4] {
        self.0
    }

    /// The cell with these words, which must be those of a cell.
    ///
    /// Nothing unsafe happens when they are not, but what is read from the cell means nothing then.
    #[inline]
    #[must_use]
    pub const fn from_words(words: [u64; 4]) -> Self {
        Self(words)
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

    /// The cell that holds a number below `2^64`.
    #[inline]
    #[must_use]
    pub const fn from_u64(number: u64) -> Self {
        Self([number, 0, 0, FELT])
    }

    /// The number, if the cell holds one below `2^64`.
    #[inline]
    #[must_use]
    pub const fn small(self) -> Option<u64> {
        if self.0[1] | self.0[2] | (self.0[3] ^ FELT) == 0 { Some(self.0[0]) } else { None }
    }

    /// The sum of the numbers of two cells, if both hold one.
    #[inline]
    #[must_use]
    pub fn sum(self, other: Self) -> Option<Self> {
        if self.0[3] & other.0[3] & FELT == 0 {
            return None;
        }
        // The two tags together carry out of the top, and so need not be taken off.
        let (a, carry) = self.0[0].overflowing_add(other.0[0]);
        let (b, carry) = self.0[1].carrying_add(other.0[1], carry);
        let (c, carry) = self.0[2].carrying_add(other.0[2], carry);
        let (d, _) = self.0[3].carrying_add(other.0[3], carry);
        Some(Self::from_felt(Felt::from_sum([a, b, c, d])))
    }

    /// The difference of the numbers of two cells, if both hold one.
    #[inline]
    #[must_use]
    pub fn difference(self, other: Self) -> Option<Self> {
        if self.0[3] & other.0[3] & FELT == 0 {
            return None;
        }
        // The tags cancel.
        let (a, borrow) = self.0[0].overflowing_sub(other.0[0]);
        let (b, borrow) = self.0[1].borrowing_sub(other.0[1], borrow);
        let (c, borrow) = self.0[2].borrowing_sub(other.0[2], borrow);
        let (d, borrow) = self.0[3].borrowing_sub(other.0[3], borrow);
        Some(Self::from_felt(Felt::from_difference([a, b, c, d], borrow)))
    }

    /// Whether the cell holds a number or an address into a real segment, so that no relocation
    /// rule can have a say in its value.
    #[inline]
    #[must_use]
    pub const fn is_settled(self) -> bool {
        self.is_felt() || (self.is_relocatable() && self.0[3] & TEMPORARY == 0)
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
