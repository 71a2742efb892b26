//! The [`Builtin`] trait and [`Runner`], a builtin at work in one run.

use std::any::Any;

use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_memory::Memory;

use crate::{BuiltinError, Row};

/// What one builtin knows and does.
pub trait Builtin: Any {
    /// The value of an unset cell of the builtin's segment, where the cells around it give it.
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

    /// Checks a cell of the builtin's segment that has just been written.
    ///
    /// # Errors
    /// When the value is not allowed there.
    fn validate(&mut self, _memory: &Memory, _address: Relocatable) -> Result<(), BuiltinError> {
        Ok(())
    }

    /// This builtin as its own type, for hints that speak to it.
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

/// A builtin at work in one run: its segment, and what it has seen.
pub struct Runner {
    row: &'static Row,
    builtin: Box<dyn Builtin>,
    base: Relocatable,
    included: bool,
}

impl Runner {
    pub(crate) fn new(
        row: &'static Row,
        builtin: Box<dyn Builtin>,
        base: Relocatable,
        included: bool,
    ) -> Self {
        Self { row, builtin, base, included }
    }

    /// Which builtin this is.
    #[must_use]
    pub const fn name(&self) -> BuiltinName {
        self.row.name
    }

    /// The first address of its segment.
    #[must_use]
    pub const fn base(&self) -> Relocatable {
        self.base
    }

    /// Moves the builtin to another place, as hints do that run a program inside a program.
    pub const fn set_base(&mut self, base: Relocatable) {
        self.base = base;
    }

    /// Whether the program asked for it, and so gets and returns its pointer.
    #[must_use]
    pub const fn included(&self) -> bool {
        self.included
    }

    /// The builtin's own part.
    pub fn builtin(&mut self) -> &mut dyn Builtin {
        &mut *self.builtin
    }

    /// The size of the used part of its segment in cells.
    #[must_use]
    pub fn used_cells(&self, memory: &Memory) -> u64 {
        memory.segment(self.base.segment).map_or(0, |segment| segment.used_size())
    }

    /// The number of instances begun.
    #[must_use]
    pub fn used_instances(&self, memory: &Memory) -> u64 {
        self.used_cells(memory).div_ceil(self.row.cells_per_instance)
    }

    /// Checks the stop pointer that lies just below `pointer`, and returns where the previous
    /// builtin's is looked for. A builtin that the program did not ask for has none.
    ///
    /// # Errors
    /// When the pointer is not where the used instances end.
    pub fn final_stack(
        &self,
        memory: &Memory,
        pointer: Relocatable,
    ) -> Result<Relocatable, BuiltinError> {
        if !self.included {
            return Ok(pointer);
        }
        let below = Relocatable::new(pointer.segment, pointer.offset - 1);
        let cells = self.used_instances(memory) * self.row.cells_per_instance;
        let expected =
            Relocatable::new(self.base.segment, self.base.offset + cells.cast_signed());
        match memory.get(below) {
            Some(Value::Relocatable(found)) if found == expected => Ok(below),
            found => Err(BuiltinError::StopPointer { builtin: self.row.name, expected, found }),
        }
    }
}

