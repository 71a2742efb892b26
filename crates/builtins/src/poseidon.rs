//! The Poseidon builtin: the Hades permutation of three numbers.
//!
//! An instance is three inputs and their three outputs.

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;
use lambdaworks_crypto::hash::poseidon::Poseidon as _;
use lambdaworks_crypto::hash::poseidon::starknet::PoseidonCairoStark252;

use crate::builtin::as_any;
use crate::cells::{Place, integers};
use crate::field::{element, felt};
use crate::memo::Memo;
use crate::{Builtin, BuiltinError};

/// Numbers in a state (`POSEIDON_M` in cairo-lang's `poseidon/instance_def.py`).
pub(crate) const STATE: usize = 3;

/// Cells of an instance.
pub(crate) const CELLS: u64 = 2 * STATE as u64;

/// The Poseidon builtin.
#[derive(Debug, Clone, Default)]
pub struct Poseidon {
    memo: Memo<STATE>,
}

/// The Hades permutation with the parameters of Poseidon on the Cairo field.
#[must_use]
pub fn poseidon_permutation(state: [Felt; STATE]) -> [Felt; STATE] {
    let mut state = state.map(element);
    PoseidonCairoStark252::hades_permutation(&mut state);
    state.map(|number| felt(&number))
}

impl Builtin for Poseidon {
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
            let inputs = integers(BuiltinName::Poseidon, memory, place.first)?;
            Ok(inputs.map(poseidon_permutation))
        })
    }

    fn is_deduced(&self, offset: u64) -> bool {
        self.memo.is_deduced(offset)
    }

    fn rehearse(&mut self, memory: &Memory, address: Relocatable) -> Result<(), BuiltinError> {
        let place = Place::of(address, CELLS);
        // Any three numbers can be permuted, so it need not be done.
        integers::<STATE>(BuiltinName::Poseidon, memory, place.first).map(drop)
    }

    as_any!();
}
