//! How much of what a proof has room for a run uses: builtin instances, range checks, memory and
//! diluted numbers. The rules and texts are those of cairo-lang's `cairo_runner.py` and
//! `builtin_runner.py`.

use std::fmt;

use cairo_zero_builtins::{Builtins, RangeCheck, Runner};
use cairo_zero_core::BuiltinName;
use cairo_zero_memory::Memory;

use crate::Layout;

/// What there is too little of (`InsufficientAllocatedCells`). More steps, or another layout, help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shortage {
    /// Steps for the first component of a builtin.
    Steps { least: u128, builtin: BuiltinName },
    /// Cells of a builtin.
    Cells { builtin: BuiltinName, used: u64, capacity: u128 },
    /// Range check units for the numbers between the smallest and the largest one.
    RangeChecks { unused: i128, needed: i128 },
    /// Memory units for the holes.
    Memory { unused: i128, needed: i128 },
    /// Diluted numbers.
    Diluted { unused: i128, needed: i128 },
}

impl fmt::Display for Shortage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Steps { least, builtin } => {
                write!(f, "Number of steps must be at least {least} for the {builtin} builtin.")
            }
            Self::Cells { builtin, used, capacity } => {
                write!(f, "The {builtin} builtin used {used} cells but the capacity is {capacity}.")
            }
            Self::RangeChecks { unused, needed } => write!(
                f,
                "There are only {unused} cells to fill the range checks holes, but potentially \
                 {needed} are required."
            ),
            Self::Memory { unused, needed } => write!(
                f,
                "There are only {unused} cells to fill the memory address holes, but {needed} are \
                 required."
            ),
            Self::Diluted { unused, needed } => write!(
                f,
                "There are only {unused} cells to fill the diluted check holes, but potentially \
                 {needed} are required."
            ),
        }
    }
}

/// Why a run has no place in a proof of its layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AllocationError {
    /// There is too little of something.
    #[error("{0}")]
    Shortage(Shortage),
    /// The number of steps does not come out even.
    #[error("{0} is not divisible by {1}.")]
    Indivisible(u128, u128),
}

/// `a / b`, which has to come out even.
fn quotient(a: u128, b: u128) -> Result<u128, AllocationError> {
    if !a.is_multiple_of(b) { Err(AllocationError::Indivisible(a, b)) } else { Ok(a / b) }
}

/// What a run of `steps` steps in `layout` has room for.
#[derive(Clone, Copy)]
pub(crate) struct Allocation<'a> {
    pub(crate) layout: &'a Layout,
    pub(crate) steps: u64,
    pub(crate) memory: &'a Memory,
    pub(crate) builtins: &'a Builtins,
}

impl Allocation<'_> {
    /// How many instances of a builtin there are, unused ones included.
    fn instances(&self, runner: &Runner) -> Result<u128, AllocationError> {
        let Some(ratio) = self.layout.ratio(runner.name()) else {
            // Output has as many as it needs.
            return Ok(runner.used_instances(self.memory).into());
        };
        let (steps, instances) = (u128::from(ratio.steps), u128::from(ratio.instances));
        if steps == 0 {
            return Ok(0);
        }
        let least = (steps * u128::from(runner.row().instances_per_component)).div_ceil(instances);
        if u128::from(self.steps) < least {
            let shortage = Shortage::Steps { least, builtin: runner.name() };
            return Err(AllocationError::Shortage(shortage));
        }
        quotient(u128::from(self.steps) * instances, steps)
    }

    /// How many cells of a builtin are used, and how many there are.
    pub(crate) fn cells(&self, runner: &Runner) -> Result<(u64, u128), AllocationError> {
        let used = runner.used_cells(self.memory);
        if runner.name() == BuiltinName::Output {
            return Ok((used, used.into()));
        }
        let capacity = self.instances(runner)? * u128::from(runner.row().cells_per_instance);
        if u128::from(used) > capacity {
            let shortage = Shortage::Cells { builtin: runner.name(), used, capacity };
            return Err(AllocationError::Shortage(shortage));
        }
        Ok((used, capacity))
    }

    /// Whether every builtin has cells enough.
    pub(crate) fn check_builtins(&self) -> Result<(), AllocationError> {
        self.builtins.runners().iter().try_for_each(|runner| self.cells(runner).map(drop))
    }

    /// Whether there are range check units for every number between `limits`.
    pub(crate) fn check_range_checks(&self, limits: (u16, u16)) -> Result<(), AllocationError> {
        let mut used = 0;
        for runner in self.builtins.runners() {
            if let Some(range_check) = runner.downcast::<RangeCheck>() {
                let (cells, _) = self.cells(runner)?;
                used += i128::from(cells) * i128::from(range_check.parts());
            }
        }
        // Each step checks its three offsets.
        let for_all = (i128::from(self.layout.range_check_units) - 3) * i128::from(self.steps);
        let (unused, needed) = (for_all - used, i128::from(limits.1) - i128::from(limits.0));
        enough(Shortage::RangeChecks { unused, needed }, unused, needed)
    }

    /// Whether there are memory units for the holes.
    pub(crate) fn check_memory(&self, holes: i128) -> Result<(), AllocationError> {
        let mut used = 0;
        for runner in self.builtins.runners() {
            let row = runner.row();
            // Output has public memory alone.
            if row.name != BuiltinName::Output {
                let units = row.cells_per_instance + row.additional_memory_units;
                used += self.instances(runner)? * u128::from(units);
            }
        }
        let total = u128::from(self.layout.memory_units) * u128::from(self.steps);
        let public = quotient(total, self.layout.public_memory_fraction.into())?;
        let of_instructions = 4 * u128::from(self.steps);
        let taken = public + of_instructions + used;
        let unused = total.cast_signed() - taken.cast_signed();
        enough(Shortage::Memory { unused, needed: holes }, unused, holes)
    }

    /// Whether there are diluted numbers enough.
    pub(crate) fn check_diluted(&self) -> Result<(), AllocationError> {
        let Some(pool) = self.layout.diluted_pool else { return Ok(()) };
        let mut used = 0;
        for runner in self.builtins.runners() {
            let units = u128::from(runner.diluted_units(pool.spacing, pool.bits));
            if units > 0 {
                used += units * self.instances(runner)?;
            }
        }
        let steps = u128::from(self.steps);
        let power = 1_u128 << pool.log_units.unsigned_abs().min(63);
        let units = if pool.log_units < 0 { quotient(steps, power)? } else { steps * power };
        let unused = units.cast_signed() - used.cast_signed();
        let needed = 1_i128 << pool.bits.min(126);
        enough(Shortage::Diluted { unused, needed }, unused, needed)
    }
}

fn enough(shortage: Shortage, unused: i128, needed: i128) -> Result<(), AllocationError> {
    if unused < needed { Err(AllocationError::Shortage(shortage)) } else { Ok(()) }
}
