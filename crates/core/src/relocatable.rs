//! [`Relocatable`]: an address whose segment's place in the final memory is not known yet.

use std::fmt;

use crate::Felt;

/// An address: a segment and an offset into it, in cells.
///
/// Segments 0 and up are real ones; negative numbers are temporary segments, -1 being the first.
/// The reference keeps offsets modulo the prime, so that `base - 1` has the offset `P - 1`; here
/// such an offset is the small negative number it stands for. Offsets beyond 64 bits do not exist:
/// arithmetic that would make one fails (see [`crate::ValueError::OffsetOutOfRange`]).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Relocatable {
    /// The number of the segment; negative for a temporary one.
    pub segment: i32,
    /// The offset in cells from the start of the segment.
    pub offset: i64,
}

impl Relocatable {
    /// The address `segment:offset`.
    #[inline]
    #[must_use]
    pub const fn new(segment: i32, offset: i64) -> Self {
        Self { segment, offset }
    }

    /// The address `cells` further on (or back), or `None` beyond 64 bits.
    #[inline]
    #[must_use]
    pub const fn checked_add(self, cells: i64) -> Option<Self> {
        match self.offset.checked_add(cells) {
            Some(offset) => Some(Self { segment: self.segment, offset }),
            None => None,
        }
    }

    /// Whether this points into a temporary segment.
    #[inline]
    #[must_use]
    pub const fn is_temporary(self) -> bool {
        self.segment < 0
    }
}

impl fmt::Display for Relocatable {
    /// Prints `segment:offset`, with a negative offset as its canonical felt, as cairo-lang does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if self.offset >= 0 {
            format_args!("{}:{}", self.segment, self.offset).to_string()
        } else {
            format_args!("{}:{}", self.segment, Felt::from_i64(self.offset)).to_string()
        };
        f.pad(&text)
    }
}
