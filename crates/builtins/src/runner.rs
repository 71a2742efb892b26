//! [`Runner`]: a builtin at work in one run.

use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_memory::Memory;

use crate::security::check_inputs;
use crate::{Builtin, BuiltinError, BuiltinErrorKind, Row};

/// A builtin at work in one run: its segment, and what it has seen.
pub struct Runner {
    row: &'static Row,
    builtin: Box<dyn Builtin>,
    /// The segment whose cells it deduces and checks.
    segment: i32,
    base: Relocatable,
    included: bool,
    /// How many instances from the first on hold what the builtin deduces, as far as they are set,
    /// and could be deduced: what the end of the run has found so far.
    confirmed: u64,
}

impl Runner {
    pub(crate) fn new(
        row: &'static Row,
        builtin: Box<dyn Builtin>,
        base: Relocatable,
        included: bool,
    ) -> Self {
        Self { row, builtin, segment: base.segment, base, included, confirmed: 0 }
    }

    /// Which builtin this is.
    #[must_use]
    pub const fn name(&self) -> BuiltinName {
        self.row.name
    }

    /// What is fixed about it.
    #[must_use]
    pub const fn row(&self) -> &'static Row {
        self.row
    }

    /// The first address of its segment.
    #[must_use]
    pub const fn base(&self) -> Relocatable {
        self.base
    }

    /// The segment whose cells it deduces and checks.
    pub(crate) const fn segment(&self) -> i32 {
        self.segment
    }

    /// Moves the builtin to another place, as hints do that run a program inside a program. Its
    /// deductions and checks stay with the segment it began with, as in the reference.
    pub const fn set_base(&mut self, base: Relocatable) {
        self.base = base;
    }

    /// Whether the program asked for it, and so gets and returns its pointer.
    #[must_use]
    pub const fn included(&self) -> bool {
        self.included
    }

    /// The builtin's own part for changing it.
    pub fn builtin(&mut self) -> &mut dyn Builtin {
        &mut *self.builtin
    }

    /// The builtin's own part as a `T`, if that is what it is.
    #[must_use]
    pub fn downcast<T: Builtin>(&self) -> Option<&T> {
        self.builtin.as_any().downcast_ref()
    }

    /// The builtin's own part as a `T` for changing it, if that is what it is.
    pub fn downcast_mut<T: Builtin>(&mut self) -> Option<&mut T> {
        self.builtin.as_any_mut().downcast_mut()
    }

    #[inline]
    pub(crate) fn deduce(
        &mut self,
        memory: &Memory,
        address: Relocatable,
    ) -> Result<Option<Value>, BuiltinError> {
        self.builtin.deduce(memory, address)
    }

    #[inline]
    pub(crate) fn validate(
        &mut self,
        memory: &Memory,
        address: Relocatable,
    ) -> Result<(), BuiltinError> {
        self.builtin.validate(memory, self.base, address)
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

    /// Where its used part ends: behind the last instance begun, or at the start for a builtin that
    /// the program did not ask for.
    #[must_use]
    pub fn stop_pointer(&self, memory: &Memory) -> Relocatable {
        if !self.included {
            return self.base;
        }
        let cells = self.used_instances(memory).saturating_mul(self.row.cells_per_instance);
        let offset = self.base.offset.saturating_add_unsigned(cells);
        Relocatable::new(self.base.segment, offset)
    }

    /// Checks the stop pointer that lies just below `pointer`, and returns where the previous
    /// builtin's is looked for. A builtin that the program did not ask for has none.
    ///
    /// # Errors
    /// When there is nothing below `pointer`, or another address than where the used instances end.
    pub fn final_stack(
        &self,
        memory: &Memory,
        pointer: Relocatable,
    ) -> Result<Relocatable, BuiltinError> {
        if !self.included {
            return Ok(pointer);
        }
        let below = Relocatable::new(pointer.segment, pointer.offset.saturating_sub(1));
        let found = memory.require(below)?;
        let expected = self.stop_pointer(memory);
        if found == Value::Relocatable(expected) {
            return Ok(below);
        }
        Err(BuiltinErrorKind::StopPointer { builtin: self.row.name, expected, found }.into())
    }

    /// Checks that each set cell of its segment holds what the builtin deduces for it. For the end
    /// of a run, when the relocation rules are applied.
    ///
    /// # Errors
    /// When a cell holds something else, or the builtin can't work with the inputs.
    pub fn verify_deductions(&mut self, memory: &Memory) -> Result<(), BuiltinError> {
        let segment = memory.segment(self.segment).filter(|_| self.row.deduces);
        let Some(segment) = segment else { return Ok(()) };
        // Most instances, if not all, lie in the first stretch.
        let cells = self.row.cells_per_instance;
        let instances = segment.runs().next().into_iter();
        let instances = instances.flat_map(|(_, run)| run.chunks_exact(cells as usize));
        let confirmed = instances.take_while(|instance| self.builtin.confirms(instance));
        self.confirmed = confirmed.count() as u64;
        let confirmed = self.confirmed * cells;
        for (offset, found) in segment.iter_from(confirmed) {
            if self.row.is_input(offset) || self.builtin.is_deduced(offset) {
                continue;
            }
            let address = Relocatable::new(self.segment, offset.cast_signed());
            match self.builtin.deduce(memory, address)? {
                Some(expected) if expected != found => {
                    let kind = BuiltinErrorKind::InconsistentDeduction { address, found, expected };
                    return Err(kind.into());
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Gives each unset cell of an instance begun the value that the builtin deduces for it. For the
    /// end of a run, when the relocation rules are applied.
    ///
    /// # Errors
    /// When the builtin can't work with the inputs, or there is no room.
    pub fn fill_holes(&mut self, memory: &mut Memory) -> Result<(), BuiltinError> {
        let segment = memory.segment(self.segment).filter(|_| self.row.deduces);
        let Some(segment) = segment else { return Ok(()) };
        let cells = self.row.cells_per_instance;
        // Instances that no cell was written of are left out, however far out the next one is.
        let mut instances = Vec::new();
        for (offset, _) in segment.iter() {
            if instances.last() != Some(&(offset / cells)) {
                instances.push(offset / cells);
            }
        }
        for instance in instances {
            for output in self.row.input_cells..cells {
                let offset = instance * cells + output;
                let address = Relocatable::new(self.segment, offset.cast_signed());
                if memory.cell(address).is_set() {
                    continue;
                }
                if let Some(value) = self.builtin.deduce(memory, address)? {
                    memory.insert(address, value)?;
                }
            }
        }
        Ok(())
    }

    /// How many units of the pool of diluted numbers an instance takes; see
    /// [`Builtin::diluted_units`].
    #[must_use]
    pub fn diluted_units(&self, spacing: u32, bits: u32) -> u64 {
        self.builtin.diluted_units(spacing, bits)
    }

    /// The checks of a secure run: every instance begun has all its inputs, and a proof of what the
    /// builtin has to prove could be made. The order of the reference's `run_security_checks`.
    ///
    /// # Errors
    /// When that is not so.
    pub fn run_security_checks(&mut self, memory: &Memory) -> Result<(), BuiltinError> {
        let Some(segment) = memory.segment(self.base.segment) else { return Ok(()) };
        if !self.row.is_checked() {
            return Ok(());
        }
        check_inputs(self.row, segment)?;
        let cells = segment.used_size();
        if self.row.deduces && self.base.segment == self.segment {
            for instance in self.confirmed..cells.div_ceil(self.row.cells_per_instance) {
                for output in self.row.input_cells..self.row.cells_per_instance {
                    let offset = instance * self.row.cells_per_instance + output;
                    if !segment.cell(offset).is_set() {
                        let address = Relocatable::new(self.segment, offset.cast_signed());
                        self.builtin.rehearse(memory, address)?;
                    }
                }
            }
        }
        self.builtin.check_security(memory, self.base, cells)
    }

    /// How many cells of the zero segment the builtin's empty instances point to.
    #[must_use]
    pub fn zeros_needed(&self) -> u64 {
        self.builtin.zeros_needed()
    }

    /// Names the stretches of cells that the builtin itself reads, by address and length in cells:
    /// its whole segment, and what its instances point to. They are no memory holes.
    ///
    /// # Errors
    /// When an instance lacks a pointer it has to hold.
    pub fn accesses(
        &self,
        memory: &Memory,
        visit: &mut dyn FnMut(Relocatable, u64),
    ) -> Result<(), BuiltinError> {
        if self.row.name == BuiltinName::Output {
            return Ok(());
        }
        let cells = self.used_cells(memory);
        visit(self.base, cells);
        self.builtin.accesses(memory, self.base, cells, visit)
    }
}
