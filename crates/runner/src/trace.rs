//! What led to the error of a run, for `--show_trace`, and what the reference says after one.

use cairo_zero_core::Value;
use cairo_zero_decoder::disassemble;

use crate::error::EndError;
use crate::{Extent, Ready};

/// The run that failed, and where it was.
pub(crate) fn of_run(ready: &Ready) -> Vec<String> {
    let registers = ready.machine.registers();
    let (pc, ap, fp) = (registers.pc, registers.ap, registers.fp);
    let steps = ready.machine.steps();
    let layout = ready.settings.layout.name;
    vec![format!(
        "the run in layout {layout}, after {steps} steps: pc = {pc}, ap = {ap}, fp = {fp}"
    )]
}

/// The instruction at `pc`, as assembly.
pub(crate) fn instruction(ready: &Ready) -> String {
    let pc = ready.machine.registers().pc;
    let cell = |cells: i64| {
        let at = pc.relocatable()?.checked_add(cells)?;
        ready.machine.load(Value::Relocatable(at))
    };
    match cell(0) {
        Some(word) => format!("the instruction at {pc}: {}", disassemble(word, cell(1)).0),
        None => format!("the instruction at {pc}, which is not set"),
    }
}

/// What the reference says when it goes on to the results of a run that has failed: each way to them
/// begins with a check that the run has ended (`cairo_run` in its `cairo_run.py`).
pub(crate) fn unfinished(ready: &Ready) -> String {
    let Extent::NoEnd(_) = ready.settings.extent else {
        return String::from("Error: Run must be ended before calling read_return_values.");
    };
    let caller = match ready.machine.builtins.runners().first() {
        Some(runner) if ready.settings.secure => {
            return format!("Error: {}", EndError::NoStopPointer(runner.name()));
        }
        None if ready.settings.secure => "is_valid_memory_value",
        _ => "relocate_segments",
    };
    format!("Error: compute_effective_sizes must be called before {caller}.")
}
