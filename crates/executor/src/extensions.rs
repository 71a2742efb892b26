//! What instructions with opcode extensions compute (`vm/vm_core.rs` and `typed_operations.rs` of the
//! `cairo-vm` crate 3.2.0). Only the generic step gets to them.

use cairo_zero_core::blake2s;
use cairo_zero_core::{Felt, Qm31, Relocatable, Value};
use cairo_zero_decoder::Res;

use crate::generic::{Operands, Outcome, offset};
use crate::{ExecutionError, Machine};

/// Words of a state of Blake2s: as many cells does an instruction write that makes one.
pub const STATE_WORDS: u64 = 8;

/// The cells of a state that begins there.
pub(crate) fn state_cells(first: Relocatable) -> impl Iterator<Item = Relocatable> {
    (0..STATE_WORDS).filter_map(move |at| first.checked_add(at.cast_signed()))
}

/// Words of a block of Blake2s.
const BLOCK: usize = 16;

impl Machine {
    /// Compresses a block of Blake2s; `last` has all bits set for the last one. The operands are the
    /// state's address, the block's, and the number of bytes up to the end of the block; `[ap]` is
    /// the address that the new state goes to.
    pub(crate) fn compress(&mut self, operands: &Operands, last: u32) -> Outcome<()> {
        let counter = word(operands.dst, "counter")?;
        let state = self.words::<{ STATE_WORDS as usize }>(operands.op0, "state")?;
        let block = self.words::<BLOCK>(operands.op1, "block")?;
        let to = self.require(self.registers.ap.into())?;
        if to.relocatable().is_none() {
            return Err(ExecutionError::BlakePointer { what: "new state", found: to });
        }
        let new = blake2s::compress(&state, &block, [counter, 0], [last, 0]);
        for (at, word) in (0..).zip(new) {
            self.store(offset(to, at)?, Felt::from_u64(word.into()).into())?;
        }
        Ok(())
    }

    /// As many words of 32 bits.
    fn words<const N: usize>(&self, pointer: Value, what: &'static str) -> Outcome<[u32; N]> {
        if pointer.relocatable().is_none() {
            return Err(ExecutionError::BlakePointer { what, found: pointer });
        }
        let mut words = [0; N];
        for (at, to) in (0..).zip(&mut words) {
            *to = word(self.require(offset(pointer, at)?)?, what)?;
        }
        Ok(words)
    }
}

fn word(value: Value, what: &'static str) -> Outcome<u32> {
    let number = value.felt().and_then(|felt| u32::try_from(felt.to_u64()?).ok());
    number.ok_or(ExecutionError::BlakeWord { what, found: value })
}

fn element(value: Value) -> Outcome<Qm31> {
    value.felt().and_then(Qm31::from_felt).ok_or(ExecutionError::NotQm31(value))
}

/// An operand from the destination and the other operand, and the result; nothing when one is not
/// known, or the other is a factor of zero.
pub(crate) fn deduce(
    res: Res,
    dst: Option<Value>,
    other: Option<Value>,
) -> Outcome<(Option<Value>, Option<Value>)> {
    let (Some(dst), Some(other)) = (dst, other) else { return Ok((None, None)) };
    let (of, by) = (element(dst)?, element(other)?);
    let operand = if res == Res::Mul { of.checked_div(by) } else { Some(of - by) };
    let operand = operand.map(|operand| Value::Felt(operand.to_felt()));
    Ok((operand, operand.map(|_| dst)))
}

/// The sum or product of two elements.
pub(crate) fn result(res: Res, op0: Value, op1: Value) -> Outcome<Option<Value>> {
    let (a, b) = (element(op0)?, element(op1)?);
    let result = if res == Res::Mul { a * b } else { a + b };
    Ok(Some(result.to_felt().into()))
}
