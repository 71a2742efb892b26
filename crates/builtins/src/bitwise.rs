//! The bitwise builtin: and, xor and or of two numbers of 251 bits.
//!
//! An instance is `x, y, x & y, x ^ y, x | y`.

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::{Cell, Memory};

use crate::builtin::as_any;
use crate::cells::{Place, behind, integer, values};
use crate::{Builtin, BuiltinError, BuiltinErrorKind, Direct};

/// Cells of an instance.
pub(crate) const CELLS: u64 = Bitwise::CELLS;

/// Bits of an operand (`total_n_bits` of every layout in cairo-lang's `instances.py`).
pub(crate) const BITS: u32 = 251;

/// What marks a cell as a number, in its highest word.
const TAG: u64 = Cell::from_u64(0).words()[3];

/// The bits of a cell's highest word that an operand has as a number without any bits has them.
pub(crate) const BEYOND: u64 = u64::MAX << (BITS - 192);

/// The bitwise builtin.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bitwise;

impl Bitwise {
    /// Cells of an instance (`CELLS_PER_BITWISE` in cairo-lang's `bitwise/instance_def.py`).
    pub const CELLS: u64 = 5;

    /// A word of the cell at place `index` of an instance, 2 for and, 3 for xor, 4 for or, from the
    /// same words of the cells of its operands; `number` is 0 for the lowest word and 3 for the
    /// highest.
    #[inline(always)]
    #[must_use]
    pub const fn output_word(index: usize, number: usize, x: u64, y: u64) -> u64 {
        let word = match index {
            2 => x & y,
            3 => x ^ y,
            _ => x | y,
        };
        // Of operands within their bits no output is as large as the prime.
        if number == 3 { word | TAG } else { word }
    }

    /// Whether cells with these highest words hold operands: numbers of at most 251 bits.
    #[inline(always)]
    #[must_use]
    pub const fn are_operands(x: u64, y: u64) -> bool {
        ((x ^ TAG) | (y ^ TAG)) & BEYOND == 0
    }

    /// The output at that place of an instance, when these cells are its operands.
    #[inline(always)]
    fn output(index: usize, x: Cell, y: Cell) -> Option<Cell> {
        let (x, y) = (x.words(), y.words());
        let word = |number: usize| Self::output_word(index, number, x[number], y[number]);
        let output = || Cell::from_words([word(0), word(1), word(2), word(3)]);
        Self::are_operands(x[3], y[3]).then(output)
    }
}

impl Builtin for Bitwise {
    fn deduce(
        &mut self,
        memory: &Memory,
        address: Relocatable,
    ) -> Result<Option<Value>, BuiltinError> {
        let Place { first, index, .. } = Place::of(address, CELLS);
        if index < 2 {
            return Ok(None);
        }
        let (x, y) = (memory.cell(first), memory.cell(behind(first, 1)));
        if let Some(output) = Self::output(index, x, y) {
            return Ok(output.value());
        }
        let Some([x, y]) = values(memory, first) else { return Ok(None) };
        let x = operand(first, x)?;
        let y = operand(behind(first, 1), y)?;
        Ok(Self::output(index, Cell::from_felt(x), Cell::from_felt(y)).and_then(Cell::value))
    }

    fn direct(&self) -> Direct {
        Direct::Operands
    }

    fn confirms(&self, instance: &[Cell]) -> bool {
        let [x, y, outputs @ ..] = instance else { return false };
        if Self::are_operands(x.words()[3], y.words()[3]) {
            return outputs.iter().enumerate().all(|(at, output)| {
                !output.is_set() || Self::output(at + 2, *x, *y) == Some(*output)
            });
        }
        // Without both operands nothing is deduced. What is none is for the slow way to refuse.
        !x.is_set() || !y.is_set()
    }

    fn diluted_units(&self, spacing: u32, bits: u32) -> u64 {
        let spacing = spacing.max(1);
        // An operand is cut into stretches, and these into diluted numbers; the last of them may
        // have bits beyond the operand's end, and each of those takes one unit more.
        let stretch = spacing.saturating_mul(bits).max(1);
        let starts = (0..BITS).step_by(stretch as usize);
        let numbers = starts.flat_map(|start| (start..start + spacing).take_while(|at| *at < BITS));
        let last_bit = spacing.saturating_mul(bits.saturating_sub(1));
        numbers.map(|at| if at.saturating_add(last_bit) >= BITS { 5 } else { 4 }).sum()
    }

    as_any!();
}

/// The number in a cell, which must be an operand.
fn operand(address: Relocatable, found: Value) -> Result<Felt, BuiltinError> {
    let builtin = BuiltinName::Bitwise;
    let number = integer(builtin, address, found)?;
    if number.limbs()[3] & BEYOND == 0 {
        return Ok(number);
    }
    Err(BuiltinErrorKind::TooManyBits { builtin, address, bits: BITS, found: number }.into())
}
