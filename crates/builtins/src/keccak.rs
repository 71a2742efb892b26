//! The Keccak builtin: the permutation Keccak-f of 1600 bits.
//!
//! An instance is a state of eight numbers of 200 bits and the eight numbers it becomes. The numbers
//! are stretches of 25 bytes of the state, each little-endian.

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;

use crate::builtin::as_any;
use crate::cells::{Place, behind, integer, values};
use crate::memo::Memo;
use crate::{Builtin, BuiltinError, BuiltinErrorKind, Direct};

/// Numbers in a state (`state_rep` of every layout in cairo-lang's `instances.py`).
pub(crate) const STATE: usize = 8;

/// Cells of an instance.
pub(crate) const CELLS: u64 = 2 * STATE as u64;

/// Instances in a component of the AIR (`KECCAK_BATCH_SIZE` in cairo-lang's
/// `keccak/instance_def.py`).
pub(crate) const INSTANCES_PER_COMPONENT: u64 = 16;

/// Units of diluted numbers for a component, unused ones included: four columns of `2^16`
/// (`get_diluted_units_per_builtin` there).
const DILUTED_UNITS_PER_COMPONENT: u64 = 1 << 18;

/// Bits of a number.
const BITS: u32 = 200;

/// Bytes of a number.
const BYTES: usize = BITS as usize / 8;

/// The Keccak builtin.
#[derive(Debug, Clone, Default)]
pub struct Keccak {
    memo: Memo<STATE>,
}

/// Keccak-f on a state of numbers below `2^200`; higher bits are not looked at.
#[must_use]
pub fn keccak_permutation(state: [Felt; STATE]) -> [Felt; STATE] {
    let mut bytes = [0; STATE * BYTES];
    for (chunk, number) in bytes.chunks_exact_mut(BYTES).zip(state) {
        chunk.copy_from_slice(&number.to_le_bytes()[..BYTES]);
    }
    let mut lanes = [0; 25];
    for (lane, chunk) in lanes.iter_mut().zip(bytes.as_chunks().0) {
        *lane = u64::from_le_bytes(*chunk);
    }
    keccak::f1600(&mut lanes);
    for (lane, chunk) in lanes.iter().zip(bytes.as_chunks_mut().0) {
        *chunk = lane.to_le_bytes();
    }
    std::array::from_fn(|at| {
        let mut word = [0; 32];
        word[..BYTES].copy_from_slice(&bytes[at * BYTES..(at + 1) * BYTES]);
        // 200 bits are below the prime.
        Felt::from_le_bytes(word).unwrap_or_default()
    })
}

/// The state of the instance, when all of it is there.
fn inputs(memory: &Memory, first: Relocatable) -> Result<Option<[Felt; STATE]>, BuiltinError> {
    let builtin = BuiltinName::Keccak;
    let Some(values) = values::<STATE>(memory, first) else { return Ok(None) };
    let mut state = [Felt::ZERO; STATE];
    for (index, number) in state.iter_mut().enumerate() {
        let address = behind(first, index);
        *number = integer(builtin, address, values[index])?;
        if number.limbs()[3] >> (BITS - 192) != 0 {
            let found = *number;
            let kind = BuiltinErrorKind::TooManyBits { builtin, address, bits: BITS, found };
            return Err(kind.into());
        }
    }
    Ok(Some(state))
}

impl Builtin for Keccak {
    fn deduce(
        &mut self,
        memory: &Memory,
        address: Relocatable,
    ) -> Result<Option<Value>, BuiltinError> {
        let place = Place::of(address, CELLS);
        if place.index < STATE {
            return Ok(None);
        }
        self.memo.deduce(memory, place, CELLS, || {
            Ok(inputs(memory, place.first)?.map(keccak_permutation))
        })
    }

    fn direct(&self) -> Direct {
        Direct::Inputs
    }

    fn is_deduced(&self, offset: u64) -> bool {
        self.memo.is_deduced(offset)
    }

    fn rehearse(&mut self, memory: &Memory, address: Relocatable) -> Result<(), BuiltinError> {
        // Any state can be permuted, so it need not be done.
        inputs(memory, Place::of(address, CELLS).first).map(drop)
    }

    fn diluted_units(&self, _spacing: u32, bits: u32) -> u64 {
        DILUTED_UNITS_PER_COMPONENT / u64::from(bits.max(1))
    }

    as_any!();
}
