//! [`Ended`]: a run that reached its end and passed the checks there.

use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_executor::{Machine, Registers};
use cairo_zero_hints::Engine;
use cairo_zero_memory::{Memory, RelocationTable};
use cairo_zero_program::Program;

use crate::error::EndError;
use crate::{Ready, Relocated, RunError};

/// A run that reached its end and passed the checks there.
pub struct Ended {
    machine: Machine,
    start: Registers,
    original_steps: Option<u64>,
}

impl Ended {
    /// The checks of the reference's `end_run`, `read_return_values` and `verify_secure_runner`, in
    /// its order.
    pub(crate) fn new(
        ready: Ready,
        hints: &Engine,
        original_steps: Option<u64>,
    ) -> Result<Self, RunError> {
        let Ready { program, settings, mut machine, start, return_fp, .. } = ready;
        machine.memory.apply_relocation_rules()?;
        machine.builtins.verify_auto_deductions(&machine.memory)?;
        machine.verify_rules()?;
        hints.check_scopes().map_err(|open| EndError::OpenScopes(open.to_string()))?;
        check_temporary_segments(&machine.memory)?;
        if original_steps.is_some() {
            check_stop_pointers(&program, &machine)?;
        } else if settings.secure && !machine.builtins.runners().is_empty() {
            return Err(EndError::NoStopPointer(machine.builtins.runners()[0].name()).into());
        }
        if settings.secure {
            check_secure(&machine, program.data().len() as u64)?;
            machine.builtins.run_security_checks(&machine.memory)?;
            let ended = original_steps.is_some();
            check_frames(&program, &machine, ended.then_some(return_fp))?;
        }
        Ok(Self { machine, start, original_steps })
    }

    /// Gives every segment its place in one address space.
    ///
    /// # Errors
    /// When the segments are too large together, or a cell holds an address into none of them.
    pub fn relocate(self) -> Result<Relocated, RunError> {
        let Self { machine, start, original_steps } = self;
        let mut sizes = Vec::with_capacity(machine.memory.segment_count());
        for (number, segment) in (0..).zip(machine.memory.segments()) {
            sizes.push(size(&machine, number, segment.used_size())?);
        }
        let table = RelocationTable::new(sizes)?;
        if machine.memory.first_stray_address().is_some() {
            for (_, value) in machine.memory.iter() {
                table.value(value)?;
            }
        }
        Ok(Relocated { machine, table, start, original_steps })
    }
}

/// The size of a segment in relocated memory: what a hint has said, or its used part.
fn size(machine: &Machine, number: i32, used: u64) -> Result<u64, EndError> {
    match machine.segment_sizes.get(&number) {
        None => Ok(used),
        Some(size) => {
            let size = u64::try_from(*size).ok().filter(|size| *size >= used);
            size.ok_or(EndError::SizeExceeded(number))
        }
    }
}

/// The pointers that the program returned for its builtins are where those end.
fn check_stop_pointers(program: &Program, machine: &Machine) -> Result<(), RunError> {
    let mut pointer = machine.registers().ap;
    for name in program.builtins().iter().rev() {
        pointer = match machine.builtins.get(*name) {
            Some(runner) => runner.final_stack(&machine.memory, pointer)?,
            None => missing_stop_pointer(&machine.memory, *name, pointer)?,
        };
    }
    Ok(())
}

/// A temporary segment that still has cells was never given a place.
fn check_temporary_segments(memory: &Memory) -> Result<(), EndError> {
    for number in 1..=memory.temporary_count() as i32 {
        if memory.segment(-number).is_some_and(|segment| segment.used_size() > 0) {
            return Err(EndError::TemporarySegment(-number));
        }
    }
    Ok(())
}

/// The argument of a builtin that the run lacks is zero, and has to be returned as it is.
fn missing_stop_pointer(
    memory: &Memory,
    name: BuiltinName,
    pointer: Relocatable,
) -> Result<Relocatable, EndError> {
    let below = Relocatable::new(pointer.segment, pointer.offset - 1);
    match memory.get(below) {
        Some(Value::Felt(felt)) if felt.is_zero() => Ok(below),
        _ => Err(EndError::MissingBuiltinPointer(name)),
    }
}

/// Calls and returns of the one form that a proof vouches for, and at the end the frame that main was
/// called from. The reference looks at neither.
fn check_frames(
    program: &Program,
    machine: &Machine,
    expected: Option<Relocatable>,
) -> Result<(), RunError> {
    if let Some(pc) = machine.noncanonical() {
        return Err(RunError::frame(program, pc));
    }
    let found = machine.registers().fp;
    match expected {
        Some(expected) if found != Value::Relocatable(expected) => {
            Err(EndError::FinalFrame { found, expected }.into())
        }
        _ => Ok(()),
    }
}

/// Segments used no further than they may be, and addresses that point to memory.
fn check_secure(machine: &Machine, program_size: u64) -> Result<(), EndError> {
    let beyond = |segment: i32, size: u64| {
        let cells = machine.memory.segment(segment)?;
        let first = cells.iter().map(|(offset, _)| offset).find(|offset| *offset >= size)?;
        Some(Relocatable::new(segment, first.cast_signed()))
    };
    // Builtin segments end at their stop pointers: `final_stack` has compared the two.
    let program = machine.memory.segments().first();
    if program.is_some_and(|program| program.used_size() > program_size)
        && let Some(address) = beyond(0, program_size)
    {
        return Err(EndError::ProgramBounds(address));
    }
    match machine.memory.first_stray_address() {
        Some((at, value)) => Err(EndError::StrayAddress(at, value)),
        None => Ok(()),
    }
}
