//! [`RelocationTable`]: where each segment lies in the one address space of the relocated memory.

use cairo_zero_core::{Felt, Relocatable, Value};

/// The address of segment 0 after relocation (`FIRST_MEMORY_ADDR` in cairo-lang's
/// `memory_segments.py`).
pub const FIRST_ADDRESS: u64 = 1;

/// Where each segment begins in the relocated memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelocationTable {
    bases: Vec<u64>,
}

/// Why something could not be relocated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RelocationError {
    /// An address into a segment that is not in the table.
    #[error("{0} can't be relocated: its segment has no place in memory.")]
    NoSegment(Relocatable),
    /// A relocated address that is no felt.
    #[error("{0} can't be relocated: the address is outside the field.")]
    OutsideField(Relocatable),
    /// The segments do not fit 64 bits of address space together.
    #[error("The segments need more than 2^64 cells together.")]
    TooLarge,
}

impl RelocationTable {
    /// Lays segments of these sizes, in cells, one behind the other from address 1 on.
    ///
    /// # Errors
    /// When they need more than 64 bits of address space.
    pub fn new(sizes: impl IntoIterator<Item = u64>) -> Result<Self, RelocationError> {
        let mut bases = Vec::new();
        let mut base = FIRST_ADDRESS;
        for size in sizes {
            bases.push(base);
            base = base.checked_add(size).ok_or(RelocationError::TooLarge)?;
        }
        Ok(Self { bases })
    }

    /// The first address of each segment, in order of their numbers.
    #[must_use]
    pub fn bases(&self) -> &[u64] {
        &self.bases
    }

    /// The number that `address` becomes.
    ///
    /// # Errors
    /// When its segment is not in the table, or the sum of its offset (modulo the prime) and the
    /// segment's base is not below the prime.
    pub fn address(&self, address: Relocatable) -> Result<Felt, RelocationError> {
        let base = usize::try_from(address.segment).ok().and_then(|index| self.bases.get(index));
        let base = Felt::from_u64(*base.ok_or(RelocationError::NoSegment(address))?);
        let offset = Felt::from_i64(address.offset);
        let sum = base + offset;
        if sum < base { Err(RelocationError::OutsideField(address)) } else { Ok(sum) }
    }

    /// The number that `value` becomes: itself, or its address relocated.
    ///
    /// # Errors
    /// As [`RelocationTable::address`].
    pub fn value(&self, value: Value) -> Result<Felt, RelocationError> {
        match value {
            Value::Felt(felt) => Ok(felt),
            Value::Relocatable(address) => self.address(address),
        }
    }
}
