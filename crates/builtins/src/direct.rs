//! [`Direct`]: what the step loop may store in a builtin's segment without asking.

use cairo_zero_memory::Cell;

use crate::bitwise;

/// Which numbers may be stored in unset cells of a segment without asking its builtin, because it
/// neither gives those cells a value nor would refuse the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direct {
    /// None: the builtin is always asked.
    Nothing,
    /// All of them.
    Anything,
    /// All of them, in the first cells of an instance.
    Inputs,
    /// Those whose bits are below a power of two; the mask has the bits of a number's second word
    /// that have to be clear.
    Below(u64),
    /// Operands of the bitwise builtin, in the first two cells of an instance. Its other cells are
    /// what [`Bitwise::output_word`](crate::Bitwise::output_word) says.
    Operands,
}

impl Direct {
    /// Whether so much is known of the cells stored that nothing is left to check at the end of the
    /// run.
    #[inline]
    #[must_use]
    pub const fn is_checked(self) -> bool {
        matches!(self, Self::Below(_) | Self::Operands)
    }
}

/// A [`Direct`] as few operations ask for it, without branches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gate {
    /// `2^64` divided by the cells of an instance, rounded up. What an offset times this leaves modulo
    /// `2^64` is about its place in the instance over the number of cells; for offsets of 32 bits and
    /// few cells that is exact enough to be compared (Lemire, Kaser and Kurz: Faster remainder by
    /// direct computation).
    scale: u64,
    /// The most that an offset times that leaves for an input.
    last: u64,
    /// The bits that have to be clear in a number's second and third word.
    clear: [u64; 2],
    /// The bits of its highest word that have to be as in `top`.
    checked: u64,
    top: u64,
}

impl Gate {
    /// The gate of a segment with instances of `cells` cells, up to 16, the first `inputs` inputs.
    pub(crate) const fn new(direct: Direct, cells: u64, inputs: u64) -> Self {
        const TAG: u64 = Cell::from_u64(0).words()[3];
        let open = Self { scale: 0, last: 0, clear: [0; 2], checked: 0, top: TAG };
        let scale = (u64::MAX / cells).wrapping_add(1);
        // All that is left for the first inputs, and nothing of what is for the next cell.
        let last = ((inputs as u128) << 64).div_ceil(cells as u128) - 1;
        let instances = Self { scale, last: last as u64, ..open };
        match direct {
            // No number's top word is 0.
            Direct::Nothing => Self { checked: TAG, top: 0, ..open },
            Direct::Anything => open,
            Direct::Inputs => instances,
            Direct::Below(mask) => Self { clear: [mask, u64::MAX], checked: u64::MAX, ..open },
            Direct::Operands => Self { checked: bitwise::BEYOND, ..instances },
        }
    }

    /// Whether the number may be stored in the cell at `offset`.
    #[inline(always)]
    pub(crate) const fn admits(&self, offset: u64, number: Cell) -> bool {
        let [_, second, third, top] = number.words();
        let refused = second & self.clear[0] | third & self.clear[1];
        let refused = refused | (top ^ self.top) & self.checked | offset >> 32;
        refused == 0 && offset.wrapping_mul(self.scale) <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Near 0, multiples of 2^16 and the end of 32 bits.
    fn offsets() -> impl Iterator<Item = u64> {
        [0, 1 << 16, 1 << 31, u64::from(u32::MAX) - 999].into_iter().flat_map(|at| at..at + 1000)
    }

    #[test]
    fn inputs_are_found_among_the_cells_of_an_instance() {
        let number = Cell::from_u64(7);
        for cells in 1..=16 {
            for inputs in 1..=cells {
                let gate = Gate::new(Direct::Inputs, cells, inputs);
                for offset in offsets() {
                    assert_eq!(gate.admits(offset, number), offset % cells < inputs);
                }
                assert!(!gate.admits(1 << 32, number), "the builtin is asked that far out");
            }
        }
    }

    #[test]
    fn without_a_builtin_anything_is_admitted_and_with_rules_nothing() {
        let number = Cell::from_u64(0);
        assert!(offsets().all(|offset| Gate::new(Direct::Anything, 1, 1).admits(offset, number)));
        assert!(!offsets().any(|offset| Gate::new(Direct::Nothing, 5, 2).admits(offset, number)));
    }
}
