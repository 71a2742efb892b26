//! [`Ended`]: a run that reached its end and passed the checks there.

use std::io::Write;
use std::sync::Arc;

use cairo_zero_builtins::Runner;
use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_executor::{Machine, Registers};
use cairo_zero_hints::Engine;
use cairo_zero_memory::{Memory, RelocationTable, Segment};
use cairo_zero_program::Program;

use crate::error::EndError;
use crate::padding::pad;
use crate::proof::{Frame, Proof};
use crate::{Extent, Failed, Past, Ready, Relocated, RunError};

/// A run that reached its end and passed the checks there.
pub struct Ended {
    pub(crate) program: Arc<Program>,
    /// The programs that hints have loaded, with their first cells.
    pub(crate) loaded: Vec<(Arc<Program>, Relocatable)>,
    pub(crate) machine: Machine,
    pub(crate) start: Registers,
    pub(crate) original_steps: Option<u64>,
    /// The zero segment, if a builtin needed one.
    pub(crate) zeros: Option<Relocatable>,
    /// The size of each segment in cells.
    pub(crate) sizes: Vec<u64>,
    proof: Option<Proof>,
}

impl Ended {
    /// What the reference does at the end of a run and what it checks there, in its order: `end_run`,
    /// `read_return_values`, `finalize_segments` and `verify_secure_runner`.
    pub(crate) fn new(
        mut ready: Ready,
        hints: &mut Engine,
        original_steps: Option<u64>,
        notices: &mut dyn Write,
    ) -> Result<Self, Failed> {
        let (sizes, proof) = match check(&mut ready, hints, original_steps, notices) {
            Ok(checked) => checked,
            Err(error) => return Err(Failed::before_end(ready, error)),
        };
        let Ready { program, loaded, settings, machine, start, zeros, claim, .. } = ready;
        let ended = Self { program, loaded, machine, start, original_steps, zeros, sizes, proof };
        match &claim {
            Some(claim) if settings.secure => match ended.check_claim(claim) {
                Ok(()) => Ok(ended),
                Err(error) => Err(Failed::at_end(ended, error.into())),
            },
            _ => Ok(ended),
        }
    }

    /// The steps that were made.
    #[must_use]
    pub fn past(&self) -> Past<'_> {
        let Self { program, loaded, machine, start, .. } = self;
        Past { program, loaded, machine, start: *start, stuck: false }
    }

    /// Gives every segment its place in one address space.
    ///
    /// # Errors
    /// When the segments are too large, or a cell holds an address into none of them.
    pub fn relocate(self) -> Result<Relocated, RunError> {
        let Self { program, loaded, machine, start, original_steps, sizes, proof, .. } = self;
        let table = RelocationTable::new(sizes)?;
        if machine.memory.first_stray_address().is_some() {
            for (_, value) in machine.memory.iter() {
                table.value(value)?;
            }
        }
        Ok(Relocated { program, loaded, machine, table, start, original_steps, proof })
    }
}

/// Checks and settles what there is at the end of a run; the sizes of the segments, and what a proof
/// needs.
fn check(
    ready: &mut Ready,
    hints: &mut Engine,
    original_steps: Option<u64>,
    notices: &mut dyn Write,
) -> Result<(Vec<u64>, Option<Proof>), RunError> {
    let machine = &mut ready.machine;
    machine.memory.apply_relocation_rules()?;
    if ready.settings.fill_holes {
        machine.builtins.fill_holes(&mut machine.memory)?;
    }
    machine.builtins.verify_auto_deductions(&machine.memory)?;
    machine.verify_rules()?;
    hints.check_scopes().map_err(|open| EndError::OpenScopes(open.to_string()))?;
    check_temporary_segments(&machine.memory)?;
    if ready.settings.proof_mode
        && matches!(ready.settings.extent, Extent::End | Extent::MinSteps(_))
    {
        pad(ready, hints, notices)?;
    }
    let Ready { program, settings, machine, frame, zeros, return_fp, at_rest, .. } = ready;
    let mut sizes = sizes(machine);
    let mut proof = Proof::new(settings.layout.name, *at_rest, *zeros, machine);
    if original_steps.is_some() {
        let stop_pointers = check_stop_pointers(program, machine)?;
        if settings.proof_mode {
            let program = program.data().len() as u64;
            let frame = Frame { program, arguments: *frame, stop_pointers };
            proof.finish(machine, &settings.layout, &frame, &mut sizes)?;
        }
    }
    // The stop pointers of builtins that the program did not ask for are not read at all.
    let unread = |runner: &&Runner| original_steps.is_none() || !runner.included();
    if settings.secure
        && let Some(runner) = machine.builtins.runners().iter().find(unread)
    {
        return Err(EndError::NoStopPointer(runner.name()).into());
    }
    if settings.secure {
        check_secure(machine, program.data().len() as u64)?;
        machine.builtins.run_security_checks(&machine.memory)?;
        let ended = original_steps.is_some();
        check_frames(program, machine, return_fp.filter(|_| ended))?;
    }
    let sizes = checked_sizes(machine, &sizes)?;
    Ok((sizes, settings.proof_mode.then_some(proof)))
}

/// The size of each segment: what a hint has said, or its used part.
pub(crate) fn sizes(machine: &Machine) -> Vec<i128> {
    let segments = (0..).zip(machine.memory.segments());
    let size = |(number, segment): (i32, &Segment)| match machine.segment_sizes.get(&number) {
        Some(size) => (*size).into(),
        None => segment.used_size().into(),
    };
    segments.map(size).collect()
}

/// The sizes, if every segment has room for what is used of it.
fn checked_sizes(machine: &Machine, sizes: &[i128]) -> Result<Vec<u64>, EndError> {
    let mut checked = Vec::with_capacity(sizes.len());
    for ((number, segment), size) in (0..).zip(machine.memory.segments()).zip(sizes) {
        let size = u64::try_from(*size).ok().filter(|size| *size >= segment.used_size());
        checked.push(size.ok_or(EndError::SizeExceeded(number))?);
    }
    Ok(checked)
}

/// The pointers that the program returned for its builtins are where those end. Where the first of
/// them lies.
fn check_stop_pointers(program: &Program, machine: &Machine) -> Result<Relocatable, RunError> {
    let mut pointer = machine.registers().ap;
    for name in program.builtins().iter().rev() {
        pointer = match machine.builtins.get(*name) {
            Some(runner) => runner.final_stack(&machine.memory, pointer)?,
            None => missing_stop_pointer(&machine.memory, *name, pointer)?,
        };
    }
    Ok(pointer)
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

/// Memory that nobody has changed, calls and returns of the one form that a proof vouches for, and at
/// the end the frame that main was called from. The reference looks at none of them.
fn check_frames(
    program: &Program,
    machine: &Machine,
    expected: Option<Relocatable>,
) -> Result<(), RunError> {
    if let Some(address) = machine.first_rewritten() {
        return Err(EndError::Rewritten(address).into());
    }
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
