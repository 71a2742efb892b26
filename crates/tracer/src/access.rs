//! What instructions do to cells: which one wrote a cell, and which have read it.
//!
//! Memory is write-once, and it does not say when a cell was written. An instruction that asserts
//! writes the one cell that was not known before. So the writer of a cell is the first step that
//! gets at it, if that is a call that pushes there, or an assertion in which it is the cell that is
//! new. A cell that something else reads first was set before by a hint, a builtin or the loader.
//! A cell that a hint sets and an instruction asserts only then is taken for written by that
//! instruction: the two leave the same memory behind.

use std::ops::ControlFlow;
use std::time::Instant;

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_decoder::{Extension, Instruction, Opcode};
use cairo_zero_executor::{Registers, STATE_WORDS};
use serde::Serialize;

use crate::Tracing;
use crate::engine::TooLong;

/// How long the steps that read a cell are looked for.
const READS_PATIENCE: std::time::Duration = std::time::Duration::from_millis(1500);

/// Who wrote a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Writer {
    /// The step, if an instruction did.
    pub step: Option<u64>,
    /// Who did: `instruction`, `call`, `blake2s`, `program`, `start` for what is there before the first
    /// step, `builtin`, `hint` for a hint or whatever else there is, or `unknown`.
    pub by: &'static str,
    /// The builtin, if one did.
    pub builtin: Option<String>,
    /// The first step that got at the cell.
    pub first: Option<u64>,
}

/// The steps that read a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reads {
    /// The first steps, in order, without the one that wrote the cell.
    pub steps: Vec<u64>,
    /// Whether there are, or may be, more.
    pub more: bool,
}

/// The cells of an instruction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operands {
    pub(crate) instruction: Instruction,
    pub(crate) dst: Option<Relocatable>,
    pub(crate) op0: Option<Relocatable>,
    pub(crate) op1: Option<Relocatable>,
}

impl Tracing<'_> {
    /// The cells of the instruction that the registers are at.
    #[inline]
    pub(crate) fn operands(&self, registers: &Registers) -> Option<Operands> {
        let instruction = self.code.instruction(self.memory, registers.pc)?;
        let [dst, op0, op1] = registers.operands(&instruction, self.memory);
        let op1 = op1.and_then(|op1| self.memory.moved(op1).relocatable());
        Some(Operands { instruction, dst, op0, op1 })
    }

    /// Whether the instruction that the registers are at gets at a cell.
    #[inline]
    pub(crate) fn gets_at(&self, registers: &Registers, cell: Relocatable) -> bool {
        let Some(operands) = self.operands(registers) else { return false };
        let cell = Some(cell);
        operands.dst == cell
            || operands.op0 == cell
            || operands.op1 == cell
            || self.stores_block(registers, &operands.instruction, cell)
    }

    /// Whether an instruction makes a state of Blake2s that has the cell in it.
    fn stores_block(
        &self,
        registers: &Registers,
        instruction: &Instruction,
        cell: Option<Relocatable>,
    ) -> bool {
        if !matches!(instruction.extension, Some(Extension::Blake2s | Extension::Blake2sFinalize)) {
            return false;
        }
        let to = self.memory.get(registers.ap).and_then(Value::relocatable);
        to.zip(cell).is_some_and(|(to, cell)| {
            to.segment == cell.segment
                && (0..STATE_WORDS.cast_signed()).contains(&cell.offset.wrapping_sub(to.offset))
        })
    }

    /// Who wrote a cell.
    ///
    /// # Errors
    /// The position that was looked at last when it would take too long.
    pub fn writer(&self, cell: Relocatable) -> Result<Writer, u64> {
        let writer = |step, by, first| Writer { step, by, builtin: None, first };
        if self.memory.get(cell).is_none() {
            return Ok(writer(None, "nobody", None));
        }
        let first = self.first_access(cell)?;
        if self.code.is_inside(cell) {
            return Ok(writer(None, "program", first));
        }
        if self.is_before_start(cell) {
            return Ok(writer(None, "start", first));
        }
        if let Some(step) = first {
            let registers = self.registers(step);
            if let Some(by) = self.writes(step, &registers, cell)? {
                return Ok(writer(Some(step), by, first));
            }
        }
        let builtin = self.builtin_of(cell).map(str::to_owned);
        let by = match (&builtin, first) {
            (Some(_), _) => "builtin",
            (None, Some(_)) => "hint",
            (None, None) => "unknown",
        };
        Ok(Writer { step: None, by, builtin, first })
    }

    /// Whether a cell was there before the first step.
    fn is_before_start(&self, cell: Relocatable) -> bool {
        let start = self.start.ap;
        // In proof mode the first frame's arguments lie behind it.
        let own = Relocatable::new(start.segment, 0);
        let of_proof = start.offset == 2 && self.memory.get(own) == Some(Value::Relocatable(start));
        let arguments = self.code.programs().next().map_or(0, |first| first.builtins().len());
        let end = if of_proof { start.offset + arguments as i64 } else { start.offset };
        cell.segment == start.segment && (0..end).contains(&cell.offset)
    }

    fn first_access(&self, cell: Relocatable) -> Result<Option<u64>, u64> {
        let found =
            self.first(0, |at| at.position < self.steps && self.gets_at(at.registers, cell));
        found.map_err(|TooLong(position)| position)
    }

    /// How the step, the first to get at a cell, writes it, if it does.
    fn writes(
        &self,
        step: u64,
        registers: &Registers,
        cell: Relocatable,
    ) -> Result<Option<&'static str>, u64> {
        let Some(Operands { instruction, dst, op0, op1 }) = self.operands(registers) else {
            return Ok(None);
        };
        let cell = Some(cell);
        if self.stores_block(registers, &instruction, cell) {
            return Ok(Some("blake2s"));
        }
        match instruction.opcode {
            Opcode::Call if cell == dst || cell == op0 => Ok(Some("call")),
            Opcode::AssertEq if cell == dst => Ok(Some("instruction")),
            Opcode::AssertEq if cell == op0 || cell == op1 => {
                let Some(dst) = dst else { return Ok(None) };
                let known = self.code.is_inside(dst)
                    || self.is_before_start(dst)
                    || self.first_access(dst)?.is_some_and(|first| first < step);
                Ok(known.then_some("instruction"))
            }
            _ => Ok(None),
        }
    }

    /// The steps that read a cell, at most `most` of them; `written` is the one that wrote it.
    #[must_use]
    pub fn reads(&self, cell: Relocatable, written: Option<u64>, most: usize) -> Reads {
        let mut steps = Vec::new();
        let deadline = Instant::now() + READS_PATIENCE;
        let first = written.map_or(0, |step| step + 1);
        let walked = self.walk_until(first, self.steps, deadline, |at| {
            if self.gets_at(at.registers, cell) {
                steps.push(at.position);
            }
            if steps.len() > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let more = walked.is_err() || steps.len() > most;
        steps.truncate(most);
        Reads { steps, more }
    }
}
