//! [`Memo`]: the outputs of the instance computed last, and which cells have got theirs.

use cairo_zero_core::{Felt, Value};
use cairo_zero_memory::Memory;

use crate::BuiltinError;
use crate::cells::{Place, behind};
use crate::marks::Marks;

/// Saves computing an instance once for each of its `N` outputs, which are its last cells.
///
/// Programs read the outputs of an instance one behind the other, so only the last instance is kept.
/// A cell that was deduced holds what was deduced, and need not be computed again at the end of the
/// run.
#[derive(Debug, Clone)]
pub(crate) struct Memo<const N: usize> {
    /// The number of the instance and its outputs.
    last: Option<(u64, [Felt; N])>,
    deduced: Marks,
}

impl<const N: usize> Default for Memo<N> {
    fn default() -> Self {
        Self { last: None, deduced: Marks::default() }
    }
}

impl<const N: usize> Memo<N> {
    /// The value of the output cell at `place` among instances of `cells` cells; `compute` gives all
    /// outputs of the instance, or nothing as long as it lacks inputs.
    pub(crate) fn deduce(
        &mut self,
        memory: &Memory,
        place: Place,
        cells: u64,
        compute: impl FnOnce() -> Result<Option<[Felt; N]>, BuiltinError>,
    ) -> Result<Option<Value>, BuiltinError> {
        let address = behind(place.first, place.index);
        let outputs = match self.last {
            Some((instance, outputs)) if instance == place.instance => outputs,
            _ => match compute()? {
                Some(outputs) => outputs,
                None => return Ok(None),
            },
        };
        self.last = Some((place.instance, outputs));
        if !memory.cell(address).is_set() {
            self.deduced.insert(address.offset.cast_unsigned());
        }
        Ok(Some(outputs[place.index + N - cells as usize].into()))
    }

    /// Whether the cell at `offset` was deduced.
    pub(crate) fn is_deduced(&self, offset: u64) -> bool {
        self.deduced.contains(offset)
    }
}
