//! The Pedersen hash builtin.
//!
//! An instance is `x, y, hash(x, y)`.

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;

use crate::builtin::as_any;
use crate::cells::{Place, integers};
use crate::marks::Marks;
use crate::pedersen_hash::pedersen_hash;
use crate::{Builtin, BuiltinError, Direct};

/// Cells of an instance (`CELLS_PER_HASH` in cairo-lang's `hash/instance_def.py`).
pub(crate) const CELLS: u64 = 3;

/// The output's place in an instance.
const OUTPUT: u64 = 2;

/// The Pedersen hash builtin.
#[derive(Debug, Clone, Default)]
pub struct Pedersen {
    /// The instances whose hash was computed.
    verified: Marks,
}

impl Pedersen {
    /// The offsets of the outputs that hold their instance's hash, in rising order: the builtin's
    /// part of a PIE (`verified_addresses` of cairo-lang's `hash_builtin_runner.py`).
    #[must_use]
    pub fn verified(&self) -> Vec<u64> {
        self.verified.iter().map(|instance| instance * CELLS + OUTPUT).collect()
    }

    /// Takes the output at `offset` for verified, as a trusted PIE says it is.
    pub fn trust(&mut self, offset: u64) {
        if offset % CELLS == OUTPUT {
            self.verified.insert(offset / CELLS);
        }
    }

    /// The inputs of the instance that an output belongs to, until its hash was computed.
    fn inputs(&self, memory: &Memory, place: Place) -> Result<Option<[Felt; 2]>, BuiltinError> {
        if place.index as u64 != OUTPUT || self.verified.contains(place.instance) {
            return Ok(None);
        }
        integers(BuiltinName::Pedersen, memory, place.first)
    }
}

impl Builtin for Pedersen {
    fn deduce(
        &mut self,
        memory: &Memory,
        address: Relocatable,
    ) -> Result<Option<Value>, BuiltinError> {
        let place = Place::of(address, CELLS);
        let inputs = self.inputs(memory, place)?;
        Ok(inputs.map(|[x, y]| {
            self.verified.insert(place.instance);
            pedersen_hash(x, y).into()
        }))
    }

    fn direct(&self) -> Direct {
        Direct::Inputs
    }

    fn is_deduced(&self, offset: u64) -> bool {
        offset % CELLS == OUTPUT && self.verified.contains(offset / CELLS)
    }

    fn rehearse(&mut self, memory: &Memory, address: Relocatable) -> Result<(), BuiltinError> {
        let place = Place::of(address, CELLS);
        // The hash of any two numbers exists, so it need not be computed.
        if self.inputs(memory, place)?.is_some() {
            self.verified.insert(place.instance);
        }
        Ok(())
    }

    as_any!();
}
