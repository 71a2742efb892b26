//! [`Replay`]: the registers of every step, recovered from the final memory.

use std::collections::HashMap;

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_decoder::{ApUpdate, Instruction, Op1Addr, Opcode, PcUpdate, Register, Res, decode};
use cairo_zero_memory::Memory;

use crate::Registers;

/// Walks a finished run again, step by step, reading what it needs from the final memory.
///
/// Memory is write-once, so every operand still has the value it had. The iterator ends behind
/// `steps` steps, or before where memory is not that of a run that got so far.
pub struct Replay<'a> {
    memory: &'a Memory,
    registers: Registers,
    left: u64,
    segment: i32,
    /// The instructions of `segment` that were met, by offset, as far as the furthest of them.
    instructions: Vec<Option<Instruction>>,
    /// Those of the other segments.
    others: HashMap<i32, Vec<Option<Instruction>>>,
}

/// Instructions are kept below this offset of their segment; code beyond is decoded each time, so
/// that a single instruction far out takes no memory.
const KEPT: usize = 1 << 22;

impl<'a> Replay<'a> {
    /// Replays `steps` steps that began with `start`.
    #[must_use]
    pub fn new(memory: &'a Memory, start: Registers, steps: u64) -> Self {
        Self {
            memory,
            registers: start,
            left: steps,
            segment: -1,
            instructions: Vec::new(),
            others: HashMap::new(),
        }
    }

    fn instruction(&mut self, pc: Relocatable) -> Option<Instruction> {
        if pc.segment != self.segment {
            self.enter(pc.segment);
        }
        let at = usize::try_from(pc.offset).ok()?;
        if let Some(Some(instruction)) = self.instructions.get(at) {
            return Some(*instruction);
        }
        let instruction = decode(self.memory.get(pc)?.felt()?).ok()?;
        if at < KEPT {
            self.instructions.resize(self.instructions.len().max(at + 1), None);
            self.instructions[at] = Some(instruction);
        }
        Some(instruction)
    }

    /// Takes out the instructions of another segment.
    #[cold]
    fn enter(&mut self, segment: i32) {
        let next = self.others.remove(&segment).unwrap_or_default();
        let last = std::mem::replace(&mut self.instructions, next);
        self.others.insert(std::mem::replace(&mut self.segment, segment), last);
    }

    fn read(&self, base: Value, offset: i16) -> Option<Value> {
        self.memory.get(base.relocatable()?.checked_add(offset.into())?)
    }

    fn base(&self, register: Register) -> Value {
        match register {
            Register::Ap => self.registers.ap.into(),
            Register::Fp => self.registers.fp,
        }
    }

    /// The registers of the next step, and the cells of its operands: destination, first and second.
    /// A cell is missing where its address is none.
    pub fn next_with_operands(&mut self) -> Option<(Registers, [Option<Relocatable>; 3])> {
        let before = self.registers;
        let operands = before.pc.relocatable().filter(|_| self.left > 0);
        let operands = operands.and_then(|pc| self.instruction(pc));
        let operands = operands.map_or([None; 3], |instruction| self.cells(&instruction));
        self.next().map(|registers| (registers, operands))
    }

    fn cells(&self, instruction: &Instruction) -> [Option<Relocatable>; 3] {
        let at = |base: Value, offset: i16| base.relocatable()?.checked_add(offset.into());
        let second = self.op1_base(instruction).and_then(|base| at(base, instruction.off2));
        [
            at(self.base(instruction.dst_register), instruction.off0),
            at(self.base(instruction.op0_register), instruction.off1),
            second,
        ]
    }

    fn op0(&self, instruction: &Instruction) -> Option<Value> {
        self.read(self.base(instruction.op0_register), instruction.off1)
    }

    fn op1(&self, instruction: &Instruction) -> Option<Value> {
        self.read(self.op1_base(instruction)?, instruction.off2)
    }

    fn op1_base(&self, instruction: &Instruction) -> Option<Value> {
        Some(match instruction.op1_addr {
            Op1Addr::Imm => self.registers.pc,
            Op1Addr::Ap => self.registers.ap.into(),
            Op1Addr::Fp => self.registers.fp,
            Op1Addr::Op0 => self.op0(instruction)?,
        })
    }

    fn dst(&self, instruction: &Instruction) -> Option<Value> {
        self.read(self.base(instruction.dst_register), instruction.off0)
    }

    fn res(&self, instruction: &Instruction) -> Option<Value> {
        let op1 = self.op1(instruction)?;
        match instruction.res {
            Res::Op1 => Some(op1),
            Res::Add => self.op0(instruction)?.checked_add(op1).ok(),
            Res::Mul => self.op0(instruction)?.checked_mul(op1).ok(),
            Res::Unconstrained => None,
        }
    }

    /// The registers behind the instruction at `pc`.
    fn advance(&mut self) -> Option<Registers> {
        let Registers { pc, ap, fp } = self.registers;
        let at = pc.relocatable()?;
        let instruction = &self.instruction(at)?;
        let behind = at.checked_add(instruction.size().into()).map(Value::Relocatable);
        let next_pc = match instruction.pc_update {
            PcUpdate::Regular => behind?,
            PcUpdate::Jump => self.res(instruction)?,
            PcUpdate::JumpRel => pc.checked_add(self.res(instruction)?).ok()?,
            PcUpdate::Jnz => match self.dst(instruction)? {
                Value::Felt(dst) if dst.is_zero() => behind?,
                _ => pc.checked_add(self.op1(instruction)?).ok()?,
            },
        };
        let next_ap = match instruction.ap_update {
            ApUpdate::Regular => ap,
            ApUpdate::Add1 => ap.checked_add(1)?,
            ApUpdate::Add2 => ap.checked_add(2)?,
            ApUpdate::Add => {
                Value::from(ap).checked_add(self.res(instruction)?).ok()?.relocatable()?
            }
        };
        let next_fp = match instruction.opcode {
            Opcode::Call => ap.checked_add(2)?.into(),
            Opcode::Ret => self.dst(instruction)?,
            Opcode::AssertEq | Opcode::Nop => fp,
        };
        Some(Registers { pc: next_pc, ap: next_ap, fp: next_fp })
    }
}

impl Iterator for Replay<'_> {
    type Item = Registers;

    /// The registers of the next step, as they are before its instruction.
    fn next(&mut self) -> Option<Registers> {
        self.left = self.left.checked_sub(1)?;
        let before = self.registers;
        match self.advance() {
            Some(after) => self.registers = after,
            None => self.left = 0,
        }
        Some(before)
    }
}
