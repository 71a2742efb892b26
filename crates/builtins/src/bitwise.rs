//! The bitwise builtin: and, xor and or of two numbers of 251 bits.
//!
//! An instance is `x, y, x & y, x ^ y, x | y`.

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;

use crate::builtin::as_any;
use crate::cells::{Place, behind, integer, values};
use crate::{Builtin, BuiltinError, BuiltinErrorKind};

/// Cells of an instance (`CELLS_PER_BITWISE` in cairo-lang's `bitwise/instance_def.py`).
pub(crate) const CELLS: u64 = 5;

/// Bits of an operand (`total_n_bits` of every layout in cairo-lang's `instances.py`).
pub(crate) const BITS: u32 = 251;

/// The bitwise builtin.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bitwise;

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
        let Some([x, y]) = values(memory, first) else { return Ok(None) };
        let x = operand(first, x)?;
        let y = operand(behind(first, 1), y)?;
        let combine: fn(u64, u64) -> u64 = match index {
            2 => |x, y| x & y,
            3 => |x, y| x ^ y,
            _ => |x, y| x | y,
        };
        // Neither operand has a bit beyond the 251st, so the results are below the prime too.
        Ok(Some(Felt::from_reduced_limbs(std::array::from_fn(|i| combine(x[i], y[i]))).into()))
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

/// The limbs of an operand, which must be a number of at most [`BITS`] bits.
fn operand(address: Relocatable, found: Value) -> Result<[u64; 4], BuiltinError> {
    let builtin = BuiltinName::Bitwise;
    let number = integer(builtin, address, found)?;
    if number.limbs()[3] >> (BITS - 192) != 0 {
        let kind = BuiltinErrorKind::TooManyBits { builtin, address, bits: BITS, found: number };
        return Err(kind.into());
    }
    Ok(number.limbs())
}
