//! [`Replay`]: the registers of every step, recovered from the final memory.
//!
//! Most steps move the registers by what is in the instruction alone, or by one cell of the
//! execution segment. Those have a form of their own ([`Quick`]) that works on offsets; everything
//! else goes to the slow step, which reads operands like the machine does.

use std::collections::HashMap;

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_decoder::{
    ApUpdate, Extension, Instruction, Op1Addr, Opcode, PcUpdate, Register, Res, decode_extended,
};
use cairo_zero_memory::{Cell, Memory};

use crate::Registers;

mod frames;
mod stretch;

pub use frames::Frames;
pub use stretch::{End, Leap, Reach, Stretch, Turn, Walk, depth_of};

/// Walks a finished run again, step by step, reading what it needs from the final memory.
///
/// Memory is write-once, so every operand still has the value it had. The iterator ends behind
/// `steps` steps, or before where memory is not that of a run that got so far.
pub struct Replay<'a> {
    memory: &'a Memory,
    /// The dense part of the execution segment.
    execution: &'a [Cell],
    execution_segment: i32,
    at: At,
    left: u64,
    at_rest: bool,
    /// The segment that `instructions` are of.
    segment: i32,
    /// Those that were met.
    instructions: Instructions,
    /// Those of the other segments.
    others: HashMap<i32, Instructions>,
    limits: Option<(u16, u16)>,
}

/// The instructions of one segment that were met, by offset, as far as the furthest of them.
#[derive(Default)]
struct Instructions {
    quick: Vec<Quick>,
    decoded: Vec<Option<Instruction>>,
}

/// Instructions are kept below this offset of their segment; code beyond is decoded each time, so
/// that a single instruction far out takes no memory.
const KEPT: usize = 1 << 22;

/// Where a replay is.
#[derive(Debug, Clone, Copy)]
enum At {
    /// `pc` in the segment of the instructions at hand, `ap` and `fp` in the execution segment; all
    /// offsets, none negative.
    Offsets { pc: i64, ap: i64, fp: i64 },
    /// Anywhere.
    Registers(Registers),
}

/// What an instruction does to the registers.
#[derive(Debug, Clone, Copy, Default)]
enum Quick {
    /// It was not met yet.
    #[default]
    Unmet,
    /// `pc` and `ap` move by constants.
    Move { pc: i64, ap: i32 },
    /// A call by a constant distance.
    Call { pc: i64 },
    /// A jump by a constant if a cell is not zero.
    Jnz { jump: i64, cell: i16, register: Register, size: u8, ap: u8 },
    /// The return that compilers write.
    Return,
    /// The slow step has to look.
    Slow,
}

const _: () = assert!(size_of::<Quick>() <= 16, "long programs have a table of these");

impl<'a> Replay<'a> {
    /// Replays `steps` steps that began with `start`; `start.ap` says which segment is the execution
    /// segment.
    #[must_use]
    pub fn new(memory: &'a Memory, start: Registers, steps: u64) -> Self {
        let execution_segment = start.ap.segment;
        let execution = memory.segment(execution_segment).and_then(|cells| cells.runs().next());
        Self {
            memory,
            execution: execution.map_or(&[], |(_, cells)| cells),
            execution_segment,
            at: At::Registers(start),
            left: steps,
            at_rest: false,
            segment: -1,
            instructions: Instructions::default(),
            others: HashMap::new(),
            limits: None,
        }
    }

    /// How many steps are still to come.
    #[inline]
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.left
    }

    /// Whether the last step moved no register: all that are still to come are like it.
    #[inline]
    #[must_use]
    pub const fn is_at_rest(&self) -> bool {
        self.at_rest
    }

    /// The smallest and the largest of all offsets in the instructions met so far, moved up by
    /// `2^15` as in their words.
    #[must_use]
    pub const fn offset_limits(&self) -> Option<(u16, u16)> {
        self.limits
    }

    /// The registers of the next step.
    #[inline]
    #[must_use]
    pub fn registers(&self) -> Registers {
        match self.at {
            At::Offsets { pc, ap, fp } => Registers {
                pc: Relocatable::new(self.segment, pc).into(),
                ap: Relocatable::new(self.execution_segment, ap),
                fp: Relocatable::new(self.execution_segment, fp).into(),
            },
            At::Registers(registers) => registers,
        }
    }

    /// The addresses of the destination and the two operands of the next step, where there are
    /// such, and of the eight words that it writes if it is one of Blake2s.
    #[must_use]
    pub fn operands(&mut self) -> Option<([Relocatable; 3], Option<Relocatable>)> {
        let registers = self.registers();
        let kept = match self.at {
            At::Offsets { pc, .. } => self.instructions.decoded.get(pc as usize).copied().flatten(),
            At::Registers(_) => None,
        };
        let instruction = &match kept {
            Some(instruction) => instruction,
            None => self.decode(registers.pc.relocatable()?)?,
        };
        let [dst, op0, op1] = registers.operands(instruction, self.memory);
        let written = match instruction.extension {
            Some(Extension::Blake2s | Extension::Blake2sFinalize) => {
                self.memory.get(registers.ap)?.relocatable()
            }
            Some(Extension::Qm31) | None => None,
        };
        Some(([dst?, op0?, op1?], written))
    }

    /// The instruction at `pc`.
    fn decode(&mut self, pc: Relocatable) -> Option<Instruction> {
        // A machine without opcode extensions has not come here with one.
        let instruction = decode_extended(self.memory.get(pc)?.felt()?).ok()?;
        self.limits = instruction.widen_limits(self.limits);
        Some(instruction)
    }

    /// Takes out the instructions of another segment.
    #[cold]
    fn enter(&mut self, segment: i32) {
        let next = self.others.remove(&segment).unwrap_or_default();
        let last = std::mem::replace(&mut self.instructions, next);
        self.others.insert(std::mem::replace(&mut self.segment, segment), last);
    }

    /// Makes at most `most` steps, as many as can be made by offsets, and gives `visit` the offsets
    /// of `pc`, `ap` and `fp` before each. The segments stay those of
    /// [`Replay::registers_by_offsets`] meanwhile.
    #[inline]
    pub fn by_offsets(&mut self, most: u64, mut visit: impl FnMut([u64; 3])) {
        let At::Offsets { mut pc, mut ap, mut fp } = self.at else { return };
        let most = if self.at_rest { 0 } else { most.min(self.left) };
        let mut made = 0;
        while made < most {
            let Some(next) = self.quick(pc, ap, fp) else { break };
            visit([pc, ap, fp].map(i64::cast_unsigned));
            (pc, ap, fp) = next;
            made += 1;
        }
        self.at = At::Offsets { pc, ap, fp };
        self.left -= made;
    }

    /// `pc`, `ap` and `fp` of the next step, if [`Replay::by_offsets`] can try it; no offset is
    /// negative.
    #[must_use]
    pub fn registers_by_offsets(&self) -> Option<[Relocatable; 3]> {
        match self.at {
            At::Offsets { pc, ap, fp } => Some([
                Relocatable::new(self.segment, pc),
                Relocatable::new(self.execution_segment, ap),
                Relocatable::new(self.execution_segment, fp),
            ]),
            At::Registers(_) => None,
        }
    }

    /// A step by offsets, none of them negative; where they lead, if it can be made so.
    #[inline(always)]
    fn quick(&self, pc: i64, ap: i64, fp: i64) -> Option<(i64, i64, i64)> {
        self.moved(*self.instructions.quick.get(pc as usize)?, pc, ap, fp)
    }

    /// Where an instruction of that form leads from there.
    #[inline(always)]
    fn moved(&self, form: Quick, pc: i64, ap: i64, fp: i64) -> Option<(i64, i64, i64)> {
        let to = |pc: i64, ap: i64, fp: i64| ((pc | ap | fp) >= 0).then_some((pc, ap, fp));
        match form {
            Quick::Move { pc: by, ap: up } => {
                to(pc.checked_add(by)?, ap.checked_add(up.into())?, fp)
            }
            Quick::Call { pc: by } => {
                let frame = ap.checked_add(2)?;
                to(pc.checked_add(by)?, frame, frame)
            }
            Quick::Jnz { jump, cell, register, size, ap: up } => {
                let zero =
                    is_zero(self.execution, cell, if register == Register::Ap { ap } else { fp })?;
                let by = if zero { size.into() } else { jump };
                to(pc.checked_add(by)?, ap.checked_add(up.into())?, fp)
            }
            Quick::Return => {
                let at = usize::try_from(fp).ok()?;
                let back = self.execution.get(at.checked_sub(1)?)?.relocatable()?;
                let frame = self.execution.get(at.checked_sub(2)?)?.relocatable()?;
                if back.segment != self.segment || frame.segment != self.execution_segment {
                    return None;
                }
                to(back.offset, ap, frame.offset)
            }
            Quick::Unmet | Quick::Slow => None,
        }
    }

    /// A step that reads all it needs from memory.
    #[cold]
    #[inline(never)]
    fn slow(&mut self) -> Option<At> {
        let registers = self.registers();
        let pc = registers.pc.relocatable()?;
        let instruction = self.decode(pc)?;
        if pc.segment != self.segment {
            self.enter(pc.segment);
        }
        if let Some(at) = usize::try_from(pc.offset).ok().filter(|at| *at < KEPT) {
            let form = self.quick_form(pc, &instruction);
            let Instructions { quick, decoded } = &mut self.instructions;
            quick.resize(quick.len().max(at + 1), Quick::Unmet);
            decoded.resize(quick.len(), None);
            quick[at] = form;
            decoded[at] = Some(instruction);
        }
        let next = Slow { memory: self.memory, registers }.advance(&instruction)?;
        self.at_rest = next == registers;
        Some(self.narrowed(next))
    }

    /// Registers as offsets where they can be so.
    fn narrowed(&self, registers: Registers) -> At {
        let Registers { pc: Value::Relocatable(pc), ap, fp: Value::Relocatable(fp) } = registers
        else {
            return At::Registers(registers);
        };
        let inside = pc.segment == self.segment
            && ap.segment == self.execution_segment
            && fp.segment == self.execution_segment
            && pc.offset >= 0
            && ap.offset >= 0
            && fp.offset >= 0;
        if inside {
            At::Offsets { pc: pc.offset, ap: ap.offset, fp: fp.offset }
        } else {
            At::Registers(registers)
        }
    }

    /// What the instruction at `pc` does, in the form that is quickest to do again.
    fn quick_form(&self, pc: Relocatable, instruction: &Instruction) -> Quick {
        let behind = pc.checked_add(1).map_or(Cell::UNSET, |behind| self.memory.cell(behind));
        let by_constant = instruction.op1_addr == Op1Addr::Imm && instruction.off2 == 1;
        let constant = behind.felt().filter(|_| by_constant).and_then(|felt| felt.to_i64());
        let size = instruction.size();
        let up = match instruction.ap_update {
            ApUpdate::Regular => Some(0),
            ApUpdate::Add1 => Some(1),
            ApUpdate::Add2 => Some(2),
            ApUpdate::Add => constant.filter(|_| instruction.res == Res::Op1),
        };
        let Some(up) = up.and_then(|up| i32::try_from(up).ok()) else { return Quick::Slow };
        match (instruction.opcode, instruction.pc_update, constant) {
            (Opcode::Nop | Opcode::AssertEq, PcUpdate::Regular, _) => {
                Quick::Move { pc: size.into(), ap: up }
            }
            (Opcode::Nop, PcUpdate::JumpRel, Some(by)) if instruction.res == Res::Op1 => {
                // A jump to itself is left to the slow step, which sees that nothing moves.
                if by == 0 { Quick::Slow } else { Quick::Move { pc: by, ap: up } }
            }
            (Opcode::Call, PcUpdate::JumpRel, Some(by)) if instruction.res == Res::Op1 => {
                Quick::Call { pc: by }
            }
            (Opcode::Nop, PcUpdate::Jnz, Some(jump)) if (0..=1).contains(&up) => Quick::Jnz {
                jump,
                cell: instruction.off0,
                register: instruction.dst_register,
                size,
                ap: up as u8,
            },
            (Opcode::Ret, PcUpdate::Jump, _) if instruction.is_canonical() && up == 0 => {
                Quick::Return
            }
            _ => Quick::Slow,
        }
    }
}

/// Whether the cell that a conditional jump asks holds zero, if it is a set one of the dense part.
#[inline(always)]
fn is_zero(execution: &[Cell], cell: i16, base: i64) -> Option<bool> {
    // What is below the first cell, or beyond all numbers, is behind the last one as a `usize`.
    let at = base.wrapping_add(cell.into()).cast_unsigned() as usize;
    let cell = execution.get(at).filter(|cell| cell.is_set())?;
    Some(cell.small() == Some(0))
}

impl Iterator for Replay<'_> {
    type Item = Registers;

    /// The registers of the next step, as they are before its instruction.
    #[inline]
    fn next(&mut self) -> Option<Registers> {
        self.left = self.left.checked_sub(1)?;
        let before = self.registers();
        if self.at_rest {
            return Some(before);
        }
        let next = match self.at {
            At::Offsets { pc, ap, fp } => self.quick(pc, ap, fp),
            At::Registers(_) => None,
        };
        let next = next.map(|(pc, ap, fp)| At::Offsets { pc, ap, fp });
        match next.or_else(|| self.slow()) {
            Some(next) => self.at = next,
            None => self.left = 0,
        }
        Some(before)
    }
}

impl Registers {
    /// The cells of the destination and the two operands of an instruction at these registers, in a
    /// run that has left `memory`. None where there is no such address; a cell need not hold anything.
    #[inline]
    #[must_use]
    pub fn operands(&self, instruction: &Instruction, memory: &Memory) -> [Option<Relocatable>; 3] {
        let slow = Slow { memory, registers: *self };
        let op1_base = slow.op1_base(instruction);
        [
            slow.address(slow.base(instruction.dst_register), instruction.off0),
            slow.address(slow.base(instruction.op0_register), instruction.off1),
            op1_base.and_then(|base| slow.address(base, instruction.off2)),
        ]
    }
}

/// One step that reads operands from memory.
struct Slow<'a> {
    memory: &'a Memory,
    registers: Registers,
}

impl Slow<'_> {
    fn address(&self, base: Value, offset: i16) -> Option<Relocatable> {
        base.relocatable()?.checked_add(offset.into())
    }

    fn read(&self, base: Value, offset: i16) -> Option<Value> {
        self.memory.get(self.address(base, offset)?)
    }

    fn base(&self, register: Register) -> Value {
        match register {
            Register::Ap => self.registers.ap.into(),
            Register::Fp => self.registers.fp,
        }
    }

    fn op0(&self, instruction: &Instruction) -> Option<Value> {
        self.read(self.base(instruction.op0_register), instruction.off1)
    }

    fn op1_base(&self, instruction: &Instruction) -> Option<Value> {
        Some(match instruction.op1_addr {
            Op1Addr::Imm => self.registers.pc,
            Op1Addr::Ap => self.registers.ap.into(),
            Op1Addr::Fp => self.registers.fp,
            Op1Addr::Op0 => self.op0(instruction)?,
        })
    }

    fn op1(&self, instruction: &Instruction) -> Option<Value> {
        self.read(self.op1_base(instruction)?, instruction.off2)
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

    /// The registers behind the instruction.
    fn advance(&self, instruction: &Instruction) -> Option<Registers> {
        let Registers { pc, ap, fp } = self.registers;
        let behind = pc.relocatable()?.checked_add(instruction.size().into());
        let behind = behind.map(Value::Relocatable);
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
