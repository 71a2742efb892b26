//! The bitwise builtin: and, xor and or of two numbers of 251 bits.
//!
//! An instance is `x, y, x & y, x ^ y, x | y`.

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::{Cell, Memory};

use crate::builtin::as_any;
use crate::cells::{Place, behind, felts, integer, values};
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
        let operands: [Value; 2] = match felts(memory, first) {
            Some(operands) => operands.map(Value::Felt),
            None => match values(memory, first) {
                Some(operands) => operands,
                None => return Ok(None),
            },
        };
        let x = operand(first, operands[0])?;
        let y = operand(behind(first, 1), operands[1])?;
        Ok(Some(Felt::from_reduced_limbs(combined(index, x, y)).into()))
    }

    fn confirms(&self, instance: &[Cell]) -> bool {
        let [x, y, outputs @ ..] = instance else { return false };
        let (Some(x), Some(y)) = (x.felt(), y.felt()) else {
            // Without both operands nothing is deduced. An address is for the slow way to refuse.
            return !x.is_relocatable() && !y.is_relocatable();
        };
        let (x, y) = (x.limbs(), y.limbs());
        (x[3] | y[3]) >> (BITS - 192) == 0
            && outputs.iter().enumerate().all(|(at, output)| {
                !output.is_set()
                    || output.felt().is_some_and(|felt| felt.limbs() == combined(at + 2, x, y))
            })
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

/// The output at that place of an instance. When neither operand has a bit beyond the 251st, it is
/// below the prime too.
#[inline]
fn combined(index: usize, x: [u64; 4], y: [u64; 4]) -> [u64; 4] {
    std::array::from_fn(|limb| match index {
        2 => x[limb] & y[limb],
        3 => x[limb] ^ y[limb],
        _ => x[limb] | y[limb],
    })
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
