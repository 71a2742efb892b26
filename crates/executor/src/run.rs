//! The loop: from handler to handler until something stops it.
#![allow(unsafe_code, reason = "the instruction table is read and written as ops")]

use std::ptr;

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_memory::Cell;

use crate::handlers::{CHAIN, HANDLERS, HIGHEST_AP, Place};
use crate::machine::{HintHandler, Machine, Stop, Stopped};
use crate::op::{CELL, OP, Op, Site, kind, specialise};
use crate::{ExecutionError, HintOr};

/// An op as a table holds it.
type Words = [u64; OP / 8];

/// The instructions of one segment, by offset, and behind them two ops that end a chain: an
/// instruction has up to two words.
pub(crate) struct Code {
    /// Zeroed to begin with: pages of instructions that are never reached are never touched.
    ops: Vec<Words>,
}

/// Where the loop finds cells and instructions. Everything here is taken from the machine's memory
/// and code by [`Machine::refresh`] and [`Machine::enter`] and is valid until memory is changed
/// other than by the handlers' own writes.
pub(crate) struct View {
    /// The dense part of the execution segment.
    pub(crate) execution: *mut Cell,
    /// Its length in bytes.
    pub(crate) execution_bytes: u64,
    /// Its length in cells.
    pub(crate) execution_cells: u64,
    /// The length in bytes of the part where a cell has another behind it.
    pub(crate) execution_pairs: u64,
    /// The instructions of the segment that `pc` is in.
    pub(crate) ops: *mut Words,
    /// Their number, without the ends.
    pub(crate) ops_len: u64,
    /// The dense part of that segment, for immediates.
    pub(crate) code: *const Cell,
    /// Its length in cells.
    pub(crate) code_len: usize,
    /// The number of that segment; -1 when its instructions have to be looked up anew.
    code_segment: i32,
    /// The number of the execution segment.
    pub(crate) execution_segment: i32,
    /// The top word of a cell with an address in the code's segment.
    pub(crate) code_tag: u64,
    /// The top word of a cell with an address in the execution segment.
    pub(crate) execution_tag: u64,
    /// Why the last chain has ended, and where.
    pub(crate) stopped: (Stop, Place),
}

/// The top word of a cell with an address in a segment.
const fn tag(segment: i32) -> u64 {
    let [.., top] = Cell::from_relocatable(Relocatable::new(segment, 0)).words();
    top
}

impl View {
    pub(crate) const fn new(execution_segment: i32) -> Self {
        Self {
            execution: ptr::null_mut(),
            execution_bytes: 0,
            execution_cells: 0,
            execution_pairs: 0,
            ops: ptr::null_mut(),
            ops_len: 0,
            code: ptr::null(),
            code_len: 0,
            code_segment: -1,
            execution_segment,
            code_tag: tag(-1),
            execution_tag: tag(execution_segment),
            stopped: (Stop::Pause, Place { ip: ptr::null(), ap: 0, fp: 0, left: 0 }),
        }
    }
}

impl Machine {
    /// Steps until `pc` is `end` or the machine has executed `limit` steps in all. Hints of an
    /// instruction run each time before it does; at `end` none run.
    ///
    /// # Errors
    /// When an instruction or a hint fails. `pc` then is the instruction's, and so are `ap` and `fp`
    /// unless it failed at moving the registers (see [`Machine::step`]).
    pub fn run<H: HintHandler>(
        &mut self,
        end: Relocatable,
        limit: u64,
        hints: &mut H,
    ) -> Result<Stopped, HintOr<H::Error>> {
        let stopped = self.run_to(end, limit, hints);
        // The stop at `end` is this run's own.
        self.forget(end.segment);
        stopped
    }

    fn run_to<H: HintHandler>(
        &mut self,
        end: Relocatable,
        limit: u64,
        hints: &mut H,
    ) -> Result<Stopped, HintOr<H::Error>> {
        while self.registers.pc != Value::Relocatable(end) {
            if self.steps >= limit {
                return Ok(Stopped::StepLimit);
            }
            let Some(at) = self.enter(end) else {
                self.step_wide(hints)?;
                continue;
            };
            let mut stop = self.steps_from(at, at.op().kind, limit);
            while stop == Stop::Hint {
                let (before, segment) = (self.registers, self.view.code_segment);
                if self.marks.is_due(self.steps) {
                    self.marks.set(self.steps, before);
                }
                match self.view.stopped.1.op().group.checked_sub(1) {
                    Some(group) => hints.run_hints(self, group.into()).map_err(HintOr::Hint)?,
                    None => self.run_hints(hints)?,
                }
                debug_assert_eq!(before, self.registers, "hints do not move registers");
                // Whatever could put the loop in another state forgets the segment's instructions or
                // leaves the loop to the generic step.
                let at = if self.view.code_segment == segment && !self.only_generic {
                    self.refresh();
                    Some(self.view.stopped.1)
                } else {
                    self.enter(end)
                };
                let Some(at) = at else {
                    self.step()?;
                    break;
                };
                stop = self.steps_from(at, at.op().hinted, limit);
            }
            if stop == Stop::Failed {
                return Err(self.take_error().into());
            }
        }
        Ok(Stopped::End)
    }

    /// Runs the loop from an instruction on, this one by the handler of number `kind`, until
    /// something stops it. The registers are wide again when it returns.
    fn steps_from(&mut self, mut at: Place, mut kind: u8, limit: u64) -> Stop {
        loop {
            let budget = (limit - self.steps).min(CHAIN);
            HANDLERS[kind as usize](self, at.ip, at.ap, at.fp, budget.cast_signed() - 1);
            let stop;
            (stop, at) = self.view.stopped;
            self.steps += budget - at.left.cast_unsigned() - u64::from(!stop.is_step());
            if stop != Stop::Pause {
                return stop;
            }
            if self.steps >= limit {
                self.widen(self.pc_of(at.ip), at.ap, at.fp);
                return stop;
            }
            if self.marks.is_due(self.steps) {
                self.widen(self.pc_of(at.ip), at.ap, at.fp);
                self.marks.set(self.steps, self.registers);
            }
            kind = at.op().kind;
        }
    }

    /// Runs the hints of the instruction at `pc`, if it has any.
    fn run_hints<H: HintHandler>(&mut self, hints: &mut H) -> Result<(), HintOr<H::Error>> {
        let pc = self.registers.pc.relocatable();
        match pc.and_then(|pc| self.hints.get(&pc)) {
            Some(group) => hints.run_hints(self, *group).map_err(HintOr::Hint),
            None => Ok(()),
        }
    }

    /// One step with registers that the loop can't take: a `pc` outside every table, a frame
    /// elsewhere than in the execution segment.
    fn step_wide<H: HintHandler>(&mut self, hints: &mut H) -> Result<(), HintOr<H::Error>> {
        self.run_hints(hints)?;
        Ok(self.step()?)
    }

    /// Prepares the loop for the registers, or `None` when it can't take them.
    fn enter(&mut self, end: Relocatable) -> Option<Place> {
        let pc = self.registers.pc.relocatable()?;
        if pc.is_temporary() || pc.segment == self.view.execution_segment {
            return None;
        }
        if pc.segment != self.view.code_segment {
            if !self.codes.contains_key(&pc.segment) {
                self.prepare(pc.segment, end)?;
            }
            let code = self.codes.get_mut(&pc.segment)?;
            self.view.code_segment = pc.segment;
            self.view.code_tag = tag(pc.segment);
            self.view.ops_len = code.ops.len() as u64 - ENDS;
            self.view.ops = code.ops.as_mut_ptr();
        }
        self.refresh();
        self.narrow()
    }

    /// Makes the table of a segment's instructions, with the stops in it.
    fn prepare(&mut self, segment: i32, end: Relocatable) -> Option<()> {
        let (_, len) = self.memory.segment(segment)?.dense();
        let mut ops = vec![[0; OP / 8]; len + ENDS as usize];
        let mut mark = |pc: Relocatable, op| {
            let at =
                usize::try_from(pc.offset).ok().filter(|at| pc.segment == segment && *at < len);
            if let Some(at) = at {
                ops[at] = words(op);
            }
        };
        for (pc, group) in &self.hints {
            let group = group.checked_add(1).and_then(|group| u16::try_from(group).ok());
            mark(*pc, Op { group: group.unwrap_or(0), ..Op::marker(kind::HINT) });
        }
        mark(end, Op::marker(kind::END));
        ops[len..].fill(words(Op::marker(kind::OUTSIDE)));
        self.codes.insert(segment, Code { ops });
        Some(())
    }

    /// Forgets the table of a segment's instructions; it is made anew when it is needed.
    pub(crate) fn forget(&mut self, segment: i32) {
        self.codes.remove(&segment);
        self.view.code_segment = -1;
    }

    /// Takes the pointers to cells anew, after anything that may have grown or moved a segment.
    #[inline]
    pub(crate) fn refresh(&mut self) {
        if let Some(execution) = self.memory.segment(self.view.execution_segment) {
            let (start, len) = execution.dense();
            self.view.execution = start;
            self.view.execution_bytes = len as u64 * CELL;
            self.view.execution_cells = len as u64;
            self.view.execution_pairs = (len as u64).saturating_sub(1) * CELL;
        }
        if let Some(code) = self.memory.segment(self.view.code_segment) {
            let (start, len) = code.dense();
            self.view.code = start;
            self.view.code_len = len;
        }
    }

    /// The registers as the loop takes them, or `None` when it can't: `pc` in its table, `ap` and
    /// `fp` in the execution segment, `[fp - 1]` known, and no rule about every cell.
    pub(crate) fn narrow(&self) -> Option<Place> {
        let pc = self.registers.pc.relocatable()?;
        let fp = self.registers.fp.relocatable()?;
        let ap = self.registers.ap;
        let execution = self.view.execution_segment;
        let pc_at = u64::try_from(pc.offset).ok()?;
        let ap_at = u64::try_from(ap.offset).ok().filter(|ap| *ap < HIGHEST_AP)?;
        let fp_at = u64::try_from(fp.offset).ok().filter(|fp| *fp < HIGHEST_AP)?;
        let framed = self.memory.cell(Relocatable::new(execution, fp.offset - 1)).is_set();
        let inside = !self.only_generic
            && pc.segment == self.view.code_segment
            && pc_at < self.view.ops_len
            && ap.segment == execution
            && fp.segment == execution
            && framed;
        let ip = self.view.ops.cast_const().wrapping_add(pc_at as usize).cast::<Op>();
        inside.then_some(Place { ip, ap: ap_at * CELL, fp: fp_at * CELL, left: 0 })
    }

    /// The offset of an instruction of the loop.
    pub(crate) fn pc_of(&self, ip: *const Op) -> u64 {
        ((ip.addr() - self.view.ops.addr()) / OP) as u64
    }

    /// Puts the loop's registers where everybody sees them; `ap` and `fp` are in bytes.
    pub(crate) fn widen(&mut self, pc: u64, ap: u64, fp: u64) {
        let execution = self.view.execution_segment;
        let at = |bytes: u64| Relocatable::new(execution, (bytes / CELL).cast_signed());
        self.registers.pc = Relocatable::new(self.view.code_segment, pc.cast_signed()).into();
        self.registers.ap = at(ap);
        self.registers.fp = at(fp).into();
    }

    fn take_error(&mut self) -> ExecutionError {
        self.error.take().unwrap_or(ExecutionError::NoImmediate)
    }

    /// Decodes the instruction at `pc` of the current table, keeps it there, and returns the number
    /// of its handler. An instruction with hints goes on stopping the loop.
    pub(crate) fn decode_at(&mut self, pc: u64) -> u8 {
        let mut op = self.decode(pc);
        let kind = op.kind;
        if pc < self.view.ops_len {
            // SAFETY: `ops` points to a table in `codes` that has more than `ops_len` ops and that
            // nothing in the loop moves; `&mut self` makes this the only access.
            let place = unsafe { &mut *self.view.ops.cast::<Op>().add(pc as usize) };
            if place.kind as usize == kind::HINT {
                (op.kind, op.hinted, op.group) = (place.kind, kind, place.group);
            }
            *place = op;
        }
        kind
    }

    /// The op of the instruction at `pc`. Words that are no instruction get the generic step, which
    /// says so or finds an opcode extension there.
    fn decode(&mut self, pc: u64) -> Op {
        let at = Relocatable::new(self.view.code_segment, pc.cast_signed());
        let word = self.memory.cell(at).felt();
        let Some(instruction) = word.and_then(|word| cairo_zero_decoder::decode(word).ok()) else {
            return Op::marker(kind::GENERIC);
        };
        self.meet(&instruction);
        let behind = at.checked_add(1).map_or(Cell::UNSET, |behind| self.memory.cell(behind));
        specialise(&instruction, behind.felt(), Site { pc, len: self.view.ops_len })
    }
}

/// A table's ends.
const ENDS: u64 = 2;

/// An op that has nothing but a handler, as a table holds it.
const fn words(marker: Op) -> Words {
    // SAFETY: an op is as many bytes, none of them padding, and any bytes are words.
    unsafe { std::mem::transmute::<Op, Words>(marker) }
}
