//! Padding in proof mode: how many steps a run is lengthened to, so that a proof in its layout has
//! room for all it uses (`end_run` and `check_used_cells` in cairo-lang's `cairo_runner.py`).

use std::io::Write;

use cairo_zero_builtins::RangeCheck;
use cairo_zero_core::{BuiltinName, Relocatable};
use cairo_zero_executor::{Accessed, Machine};
use cairo_zero_hints::Engine;

use crate::allocation::{Allocation, AllocationError};
use crate::ended::sizes;
use crate::error::ProofError;
use crate::{Ready, RunError};

/// Bits of a range check unit.
const UNIT_BITS: u32 = 16;

/// Lengthens a run that has reached its end to the number of steps that its layout asks for. What
/// the reference prints while it does so goes to `notices`, behind what hints have printed.
pub(crate) fn pad(
    ready: &mut Ready,
    hints: &mut Engine,
    notices: &mut dyn Write,
) -> Result<(), RunError> {
    let steps_before = ready.machine.steps();
    // Nothing can be written by steps that are all alike.
    let cells_before = if ready.at_rest { 0 } else { ready.machine.memory.count() };
    let program_size = ready.program.data().len() as u64;
    let mut known_holes = None;
    ready.run_beyond(hints, next_power_of_two(steps_before)?)?;
    let limits_of = |machine: &Machine| {
        range_check_limits(machine, machine.offset_limits()).unwrap_or_default()
    };
    let mut limits = limits_of(&ready.machine);
    loop {
        if !ready.at_rest && ready.machine.memory.count() != cells_before {
            return Err(RunError::frozen(ready));
        }
        let allocation = Allocation {
            layout: &ready.settings.layout,
            steps: ready.machine.steps(),
            memory: &ready.machine.memory,
            builtins: &ready.machine.builtins,
        };
        let mut check = || -> Result<(), PaddingError> {
            allocation.check_builtins()?;
            allocation.check_range_checks(limits)?;
            let holes = match &mut known_holes {
                Some(holes) => holes,
                None => {
                    known_holes.insert(Holes::at_most(&ready.machine, ready.zeros, program_size)?)
                }
            };
            holes.check(&allocation, || {
                let accessed = Accessed::after(&ready.machine, program_size, steps_before);
                memory_holes(&ready.machine, ready.zeros, accessed)
            })?;
            Ok(allocation.check_diluted()?)
        };
        match check() {
            Ok(()) => return Ok(()),
            Err(PaddingError::Allocation(AllocationError::Shortage(shortage))) => {
                hints.flush();
                // Whoever prints the result will meet the same trouble, and says so.
                drop(writeln!(notices, "Warning: {shortage} Increasing number of steps."));
            }
            Err(PaddingError::Allocation(error)) => return Err(error.into()),
            Err(PaddingError::Proof(error)) => return Err(error.into()),
        }
        let more = ready.machine.steps().checked_add(1).ok_or(ProofError::TooManySteps)?;
        ready.run_beyond(hints, next_power_of_two(more)?)?;
        if !ready.at_rest {
            limits = limits_of(&ready.machine);
        }
    }
}

/// What is known of the number of memory holes.
enum Holes {
    /// It is no larger than this, and mostly that will do: to count them the run has to be replayed.
    AtMost(i128),
    Exactly(i128),
}

impl Holes {
    /// As many as there would be if no instruction had touched anything.
    fn at_most(
        machine: &Machine,
        zeros: Option<Relocatable>,
        program_size: u64,
    ) -> Result<Self, ProofError> {
        memory_holes(machine, zeros, Accessed::of_program(machine, program_size)).map(Self::AtMost)
    }

    /// Whether there are memory units for the holes, which are counted if need be.
    fn check(
        &mut self,
        allocation: &Allocation<'_>,
        count: impl FnOnce() -> Result<i128, ProofError>,
    ) -> Result<(), PaddingError> {
        if let Self::AtMost(holes) = *self {
            if allocation.check_memory(holes).is_ok() {
                return Ok(());
            }
            *self = Self::Exactly(count()?);
        }
        let (Self::AtMost(holes) | Self::Exactly(holes)) = *self;
        Ok(allocation.check_memory(holes)?)
    }
}

/// Why a check could not be passed.
#[derive(Debug, thiserror::Error)]
enum PaddingError {
    #[error(transparent)]
    Allocation(#[from] AllocationError),
    #[error(transparent)]
    Proof(#[from] ProofError),
}

fn next_power_of_two(steps: u64) -> Result<u64, ProofError> {
    steps.checked_next_power_of_two().ok_or(ProofError::TooManySteps)
}

/// The smallest and the largest number that a run range-checks: the offsets in its instructions, whose
/// limits are `of_offsets`, and the 16-bit parts of what its builtins check. `None` for a run without
/// steps.
pub(crate) fn range_check_limits(
    machine: &Machine,
    of_offsets: Option<(u16, u16)>,
) -> Option<(u16, u16)> {
    let (mut low, mut high) = of_offsets?;
    for runner in machine.builtins.runners() {
        let Some(range_check) = runner.downcast::<RangeCheck>() else { continue };
        let Some(segment) = machine.memory.segment(runner.base().segment) else { continue };
        for (_, value) in segment.iter() {
            // The builtin has seen that it is a number of so many parts.
            let number = value.felt().and_then(|felt| felt.to_u128()).unwrap_or_default();
            for part in 0..range_check.parts() {
                let part = (number >> (part * UNIT_BITS)) as u16;
                (low, high) = (low.min(part), high.max(part));
            }
        }
    }
    Some((low, high))
}

/// How many cells of all segments no instruction and no builtin has used (`get_memory_holes`).
/// `accessed` are those of the instructions, and `zeros` is the zero segment.
pub(crate) fn memory_holes(
    machine: &Machine,
    zeros: Option<Relocatable>,
    mut accessed: Accessed,
) -> Result<i128, ProofError> {
    let memory = &machine.memory;
    let sizes = sizes(machine);
    let size_of = |segment: i32| {
        let size = usize::try_from(segment).ok().and_then(|index| sizes.get(index));
        size.copied().unwrap_or_default()
    };
    if let Some(zeros) = zeros {
        // The segment is longer where others are merged into it.
        accessed.insert(memory, zeros, machine.builtins.zeros_needed());
    }
    let mut outside = None;
    for runner in machine.builtins.runners() {
        if runner.name() != BuiltinName::Output {
            // The segment may have been given a size beyond what is used of it.
            let base = Relocatable::new(runner.base().segment, 0);
            let size = size_of(base.segment).max(0).cast_unsigned();
            accessed.insert(memory, base, u64::try_from(size).unwrap_or(u64::MAX));
        }
        let visited = runner.accesses(memory, &mut |first, cells| {
            let size = size_of(first.segment);
            // The reference lets the cell right behind a segment pass.
            let end = i128::from(first.offset) + i128::from(cells);
            if first.offset < 0 {
                outside.get_or_insert(ProofError::NegativeAccess(first.offset));
            } else if cells > 0 && end > size + 1 {
                let beyond = i64::try_from(size + 1).unwrap_or(i64::MAX).max(first.offset);
                let at = Relocatable::new(first.segment, beyond);
                outside.get_or_insert(ProofError::AccessBeyond(at, size));
            } else {
                accessed.insert(memory, first, cells);
            }
        });
        visited.map_err(|error| ProofError::Builtin(error.to_string()))?;
        if let Some(error) = outside.take() {
            return Err(error);
        }
    }
    let used: i128 = (0..sizes.len() as i32).map(|number| i128::from(accessed.count(number))).sum();
    // Hints can give a size to what is no segment, which then is nothing but holes.
    let is_none = |number: i32| usize::try_from(number).map_or(true, |index| index >= sizes.len());
    let said = machine.segment_sizes.iter().filter(|(number, _)| is_none(**number));
    let beyond: i128 = said.map(|(_, size)| i128::from(*size)).sum();
    Ok(sizes.iter().sum::<i128>() + beyond - used)
}
