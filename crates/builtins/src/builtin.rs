//! [`Builtin`]: what one builtin knows and does.

use std::any::Any;

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_memory::{Cell, Memory};

use crate::{BuiltinError, Direct};

/// What one builtin knows and does.
///
/// Where the rules speak of an instance, its first cell is the one whose offset in the segment is a
/// multiple of the cells per instance.
pub trait Builtin: Any {
    /// The value of a cell of the builtin's segment, where the cells around it give it. When the
    /// cell is unset the caller stores the value there.
    ///
    /// # Errors
    /// When those cells hold what the builtin can't work with.
    fn deduce(
        &mut self,
        _memory: &Memory,
        _address: Relocatable,
    ) -> Result<Option<Value>, BuiltinError> {
        Ok(None)
    }

    /// Which numbers may be stored in unset cells of the segment without asking this builtin.
    fn direct(&self) -> Direct {
        Direct::Nothing
    }

    /// Whether the cell is known to hold what [`Builtin::deduce`] gives, because it was deduced.
    fn is_deduced(&self, _offset: u64) -> bool {
        false
    }

    /// Whether the cells of an instance are quickly seen to hold what [`Builtin::deduce`] gives, where
    /// they are set, and it would not fail. When they are not, each is asked about.
    fn confirms(&self, _instance: &[Cell]) -> bool {
        false
    }

    /// Checks what [`Builtin::deduce`] would check for a cell that stays unset. For a secure run.
    ///
    /// # Errors
    /// As [`Builtin::deduce`].
    fn rehearse(&mut self, memory: &Memory, address: Relocatable) -> Result<(), BuiltinError> {
        self.deduce(memory, address).map(drop)
    }

    /// Checks a cell of the builtin's segment that has just been written; `base` is the address of
    /// the builtin's first cell.
    ///
    /// # Errors
    /// When the value is not allowed there.
    fn validate(
        &mut self,
        _memory: &Memory,
        _base: Relocatable,
        _address: Relocatable,
    ) -> Result<(), BuiltinError> {
        Ok(())
    }

    /// The checks of a secure run that are this builtin's own; `cells` is the size of the used part
    /// of its segment.
    ///
    /// # Errors
    /// When a proof of the run could not be made.
    fn check_security(
        &self,
        _memory: &Memory,
        _base: Relocatable,
        _cells: u64,
    ) -> Result<(), BuiltinError> {
        Ok(())
    }

    /// How many units of the pool of diluted numbers an instance takes, when those numbers have
    /// `bits` bits at a distance of `spacing` (`get_used_diluted_check_units` in cairo-lang's
    /// builtin runners).
    fn diluted_units(&self, _spacing: u32, _bits: u32) -> u64 {
        0
    }

    /// How many cells of the zero segment the builtin's empty instances point to.
    fn zeros_needed(&self) -> u64 {
        0
    }

    /// Names the stretches of cells outside its segment that the builtin itself reads, by address
    /// and length in cells: they are no memory holes. `cells` is as for
    /// [`Builtin::check_security`].
    ///
    /// # Errors
    /// When a pointer to them is missing or no address.
    fn accesses(
        &self,
        _memory: &Memory,
        _base: Relocatable,
        _cells: u64,
        _visit: &mut dyn FnMut(Relocatable, u64),
    ) -> Result<(), BuiltinError> {
        Ok(())
    }

    /// This builtin as its own type.
    fn as_any(&self) -> &dyn Any;

    /// This builtin as its own type, for hints that speak to it.
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

/// The two conversions that every [`Builtin`] has in common.
macro_rules! as_any {
    () => {
        fn as_any(&self) -> &dyn std::any::Any {
            self
        }

        fn as_any_mut(&mut self) -> &mut dyn std::any::Any {
            self
        }
    };
}

pub(crate) use as_any;
