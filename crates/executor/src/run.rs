//! The loop: from handler to handler until something stops it.
#![allow(unsafe_code, reason = "the instruction table is read behind an own bounds check")]

use std::ptr;

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_memory::Cell;

use crate::handlers::{BATCH, HANDLERS, HIGHEST_AP, Next, ap_of, fp_of, pack};
use crate::machine::{Breakpoint, HintHandler, Machine, Stop, Stopped};
use crate::op::{Op, kind, specialise};
use crate::{ExecutionError, HintOr};

/// The instructions of one segment, by offset.
pub(crate) struct Code {
    /// Zeroed to begin with: pages of instructions that are never reached are never touched.
    ops: Vec<[u64; 2]>,
}

/// Where the loop finds cells and instructions. Everything here is taken from the machine's memory
/// and code by [`Machine::refresh`] and [`Machine::enter`] and is valid until memory is changed
/// other than by the handlers' own writes.
pub(crate) struct View {
    /// The dense part of the execution segment.
    pub(crate) execution: *mut Cell,
    /// Its length in cells, as far as the loop's registers reach.
    pub(crate) execution_len: u64,
    /// The instructions of the segment that `pc` is in.
    ops: *mut [u64; 2],
    /// Their number.
    pub(crate) ops_len: usize,
    /// The dense part of that segment, for immediates.
    pub(crate) code: *const Cell,
    /// Its length in cells.
    pub(crate) code_len: usize,
    /// The number of that segment.
    pub(crate) code_segment: i32,
    /// The number of the execution segment.
    pub(crate) execution_segment: i32,
}

impl View {
    pub(crate) const fn new(execution_segment: i32) -> Self {
        Self {
            execution: ptr::null_mut(),
            execution_len: 0,
            ops: ptr::null_mut(),
            ops_len: 0,
            code: ptr::null(),
            code_len: 0,
            code_segment: -1,
            execution_segment,
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
        self.codes.remove(&end.segment);
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
            let Some(next) = self.enter(end) else {
                self.step_wide(hints)?;
                continue;
            };
            match self.steps_from(next, limit) {
                None | Some(Stop::Left | Stop::End) => {}
                Some(Stop::Failed) => return Err(self.take_error().into()),
                Some(Stop::Hint) => self.hinted_step(hints)?,
            }
        }
        Ok(Stopped::End)
    }

    /// Runs the loop. The registers are wide again when it returns.
    fn steps_from(&mut self, next: Next, limit: u64) -> Option<Stop> {
        let (mut pc, mut frame) = next;
        let budget = (limit - self.steps).min(BATCH);
        let mut left = budget;
        while left > 0 && pc < self.view.ops_len as u64 {
            // SAFETY: `ops` points to `ops_len` instructions of a table in `codes`, which nothing
            // in the loop changes, and `pc` is below that.
            let [packed, immediate] = unsafe { *self.view.ops.add(pc as usize) };
            // The mask changes nothing: it tells the compiler that the number is in the table.
            let handler = HANDLERS[packed as usize & (kind::COUNT - 1)];
            (pc, frame) = handler(self, packed, immediate.cast_signed(), pc, frame);
            left -= 1;
        }
        let stop = Stop::from_pc(pc);
        let executed = budget - left;
        self.steps += match stop {
            Some(Stop::Hint | Stop::End | Stop::Failed) => executed - 1,
            Some(Stop::Left) | None => executed,
        };
        if stop.is_none() {
            self.widen(pc, frame);
        }
        stop
    }

    /// Runs the hints of the breakpoint the loop stopped at, and then its instruction.
    fn hinted_step<H: HintHandler>(&mut self, hints: &mut H) -> Result<(), HintOr<H::Error>> {
        let at = self.breakpoint;
        let before = self.registers;
        let group = self.breakpoints[at].group;
        hints.run_hints(self, group).map_err(HintOr::Hint)?;
        self.refresh();
        let Some((pc, frame)) = self.narrow() else {
            return Ok(self.step()?);
        };
        debug_assert_eq!(before, self.registers, "hints do not move registers");
        if self.breakpoints[at].op.kind() == kind::UNDECODED {
            self.breakpoints[at].op = self.decode(pc);
        }
        let Op { packed, immediate } = self.breakpoints[at].op;
        let (pc, frame) =
            HANDLERS[packed as usize & (kind::COUNT - 1)](self, packed, immediate, pc, frame);
        match Stop::from_pc(pc) {
            None => self.widen(pc, frame),
            Some(Stop::Failed) => return Err(self.take_error().into()),
            Some(_) => {}
        }
        self.steps += 1;
        Ok(())
    }

    /// One step with registers that the loop can't take: a `pc` outside every table, a frame
    /// elsewhere than in the execution segment.
    fn step_wide<H: HintHandler>(&mut self, hints: &mut H) -> Result<(), HintOr<H::Error>> {
        let pc = self.registers.pc.relocatable();
        if let Some(group) = pc.and_then(|pc| self.hints.get(&pc)) {
            hints.run_hints(self, *group).map_err(HintOr::Hint)?;
        }
        Ok(self.step()?)
    }

    /// Prepares the loop for the registers, or `None` when it can't take them.
    fn enter(&mut self, end: Relocatable) -> Option<Next> {
        let pc = self.registers.pc.relocatable()?;
        if pc.is_temporary() || pc.segment == self.view.execution_segment {
            return None;
        }
        if !self.codes.contains_key(&pc.segment) {
            self.prepare(pc.segment, end)?;
        }
        let code = self.codes.get_mut(&pc.segment)?;
        self.view.code_segment = pc.segment;
        self.view.ops_len = code.ops.len();
        self.view.ops = code.ops.as_mut_ptr();
        self.refresh();
        self.narrow()
    }

    /// Makes the table of a segment's instructions, with the stops in it.
    fn prepare(&mut self, segment: i32, end: Relocatable) -> Option<()> {
        let (_, len) = self.memory.segment(segment)?.dense();
        let mut ops = vec![[0; 2]; len];
        for (pc, group) in &self.hints {
            let at = usize::try_from(pc.offset).ok().and_then(|at| ops.get_mut(at));
            if let (true, Some(at)) = (pc.segment == segment, at) {
                let number = self.breakpoints.len() as i64;
                self.breakpoints.push(Breakpoint { group: *group, op: Op::default() });
                *at = words(Op::marker(kind::HINT, number));
            }
        }
        if end.segment == segment
            && let Some(at) = usize::try_from(end.offset).ok().and_then(|at| ops.get_mut(at))
        {
            *at = words(Op::marker(kind::END, 0));
        }
        self.codes.insert(segment, Code { ops });
        Some(())
    }

    /// Takes the pointers to cells anew, after anything that may have grown or moved a segment.
    #[inline]
    pub(crate) fn refresh(&mut self) {
        if let Some(execution) = self.memory.segment(self.view.execution_segment) {
            let (start, len) = execution.dense();
            self.view.execution = start;
            // A frame to go back to beyond this would not fit its bits.
            self.view.execution_len = (len as u64).min(HIGHEST_AP);
        }
        if let Some(code) = self.memory.segment(self.view.code_segment) {
            let (start, len) = code.dense();
            self.view.code = start;
            self.view.code_len = len;
        }
    }

    /// The registers as the loop takes them, or `None` when it can't: `pc` in its table, `ap` and
    /// `fp` in the execution segment, `[fp - 1]` known, and no rule about every cell.
    pub(crate) fn narrow(&self) -> Option<Next> {
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
            && pc_at < self.view.ops_len as u64
            && ap.segment == execution
            && fp.segment == execution
            && framed;
        inside.then_some((pc_at, pack(ap_at, fp_at)))
    }

    /// Puts the loop's registers where everybody sees them.
    pub(crate) fn widen(&mut self, pc: u64, frame: u64) {
        let execution = self.view.execution_segment;
        self.registers.pc = Relocatable::new(self.view.code_segment, pc.cast_signed()).into();
        self.registers.ap = Relocatable::new(execution, ap_of(frame).cast_signed());
        self.registers.fp = Relocatable::new(execution, fp_of(frame).cast_signed()).into();
    }

    /// Notes why an instruction failed.
    pub(crate) fn fail(&mut self, error: ExecutionError) -> Next {
        self.error = Some(error);
        Stop::Failed.into()
    }

    fn take_error(&mut self) -> ExecutionError {
        self.error.take().unwrap_or(ExecutionError::NoImmediate)
    }

    /// Decodes the instruction at `pc` of the current table and keeps it there.
    pub(crate) fn decode_at(&mut self, pc: u64) -> Op {
        let op = self.decode(pc);
        if (pc as usize) < self.view.ops_len {
            // SAFETY: as in `steps_from`; `&mut self` makes this the only access.
            unsafe { *self.view.ops.add(pc as usize) = words(op) };
        }
        op
    }

    /// The op of the instruction at `pc`. Words that are no instruction get the generic step, which
    /// says so.
    fn decode(&self, pc: u64) -> Op {
        let at = Relocatable::new(self.view.code_segment, pc.cast_signed());
        let word = self.memory.cell(at).felt();
        let Some(instruction) = word.and_then(|word| cairo_zero_decoder::decode(word).ok()) else {
            return Op::marker(kind::GENERIC, 0);
        };
        let behind = at.checked_add(1).map_or(Cell::UNSET, |behind| self.memory.cell(behind));
        specialise(&instruction, behind.felt())
    }
}

const fn words(op: Op) -> [u64; 2] {
    [op.packed, op.immediate.cast_unsigned()]
}
