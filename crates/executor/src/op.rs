//! [`Op`]: an instruction as the step loop keeps it, and the choice of its handler.

use cairo_zero_core::Felt;
use cairo_zero_decoder::{ApUpdate, Instruction, Op1Addr, Opcode, PcUpdate, Register, Res};
use cairo_zero_memory::Cell;

/// An instruction ready to run, 24 bytes: the number of its handler, its offsets, and its immediate
/// where that fits 64 bits. All zeroes is an instruction that was not reached yet.
#[derive(Clone, Copy, Default)]
#[repr(C)]
pub(crate) struct Op {
    /// The handler.
    pub(crate) kind: u8,
    /// The handler of an instruction with hints, for when they have run.
    pub(crate) hinted: u8,
    /// The group of its hints, counted from 1; 0 for none and for groups beyond 16 bits.
    pub(crate) group: u16,
    /// How far the cell of `dst` is from its base, in bytes.
    pub(crate) dst: i32,
    /// How far the cell of `op0` is from its base, in bytes; the return address of a call.
    pub(crate) op0: i32,
    /// How far the cell of `op1` is from its base, in bytes; with an immediate, its offset in the
    /// segment.
    pub(crate) op1: i32,
    /// The immediate as a signed number; where it says how far to jump, in bytes of ops.
    pub(crate) immediate: i64,
}

/// Bytes of an op, by which the loop's program counter moves.
pub(crate) const OP: usize = size_of::<Op>();

/// Bytes of a cell, by which the loop's `ap` and `fp` move.
pub(crate) const CELL: u64 = size_of::<Cell>() as u64;

const _: () = assert!(OP == 24, "a table of ops is made of zeroed triples of words");

impl Op {
    /// How many cells behind its base the cell of `op1` is.
    #[inline(always)]
    pub(crate) const fn cells_behind(&self) -> i64 {
        // Of whole cells nothing is cut off.
        (self.op1 >> CELL.trailing_zeros()) as i64
    }

    const fn new(kind: usize, instruction: &Instruction) -> Self {
        // 16 bits times 32 are far from the limits of 32 bits.
        Self {
            kind: kind as u8,
            hinted: 0,
            group: 0,
            dst: instruction.off0 as i32 * CELL as i32,
            op0: instruction.off1 as i32 * CELL as i32,
            op1: instruction.off2 as i32 * CELL as i32,
            immediate: 0,
        }
    }

    /// An op that is no instruction but has the loop do something else.
    pub(crate) const fn marker(kind: usize) -> Self {
        Self { kind: kind as u8, hinted: 0, group: 0, dst: 0, op0: 0, op1: 0, immediate: 0 }
    }
}

/// Where an instruction stands.
#[derive(Clone, Copy)]
pub(crate) struct Site {
    /// Its offset in its segment.
    pub(crate) pc: u64,
    /// The number of instructions that the table of the segment has.
    pub(crate) len: u64,
}

/// The numbers of the handlers. Groups with variants take the numbers from theirs up: the lowest two
/// bits of the variant are `ap++` and `dst` on `fp`, or the lowest three [`dst`] where that is said,
/// and those above are the operands on `fp`.
pub(crate) mod kind {
    pub(crate) const UNDECODED: usize = 0;
    pub(crate) const GENERIC: usize = 1;
    pub(crate) const HINT: usize = 2;
    pub(crate) const END: usize = 3;
    /// Behind the last instruction.
    pub(crate) const OUTSIDE: usize = 4;
    pub(crate) const CALL_REL: usize = 5;
    pub(crate) const RET: usize = 6;
    pub(crate) const AP_ADD: usize = 7;
    /// `ap++` or not.
    pub(crate) const JMP_REL: usize = 8;
    /// The pointer's base.
    pub(crate) const CALL_ABS: usize = 10;
    /// `ap++`, dst.
    pub(crate) const JNZ: usize = 12;
    /// [`dst`](super::dst); an immediate below `2^63`.
    pub(crate) const ASSERT_IMM: usize = 16;
    /// [`dst`](super::dst); any other immediate.
    pub(crate) const ASSERT_WIDE: usize = 24;
    /// [`dst`](super::dst), op1.
    pub(crate) const ASSERT_OP1: usize = 32;
    /// [`dst`](super::dst), op0.
    pub(crate) const ASSERT_DEREF: usize = 48;
    /// [`dst`](super::dst), op0.
    pub(crate) const ADD_IMM: usize = 64;
    /// [`dst`](super::dst), op0; an immediate beyond 64 bits.
    pub(crate) const ADD_WIDE: usize = 80;
    /// [`dst`](super::dst), op0; an immediate below `2^63`.
    pub(crate) const MUL_IMM: usize = 96;
    /// [`dst`](super::dst), op0, op1.
    pub(crate) const ADD: usize = 112;
    /// [`dst`](super::dst), op0, op1.
    pub(crate) const MUL: usize = 144;
    /// [`dst`](super::dst), op0; any other immediate.
    pub(crate) const MUL_WIDE: usize = 176;
    /// The places in the table, one for each number that an op can have.
    pub(crate) const COUNT: usize = 1 << u8::BITS;
}

/// Where the result of an assertion goes and whether `ap` moves on, as a number of three bits.
pub(crate) mod dst {
    /// Anywhere about `ap`.
    pub(crate) const AP: u8 = 0;
    /// Anywhere about `ap`, which moves on.
    pub(crate) const AP_INC: u8 = 1;
    /// Anywhere about `fp`.
    pub(crate) const FP: u8 = 2;
    /// To `[ap]`, which moves on.
    pub(crate) const PUSH: u8 = 3;
    /// Anywhere about `fp`, while `ap` moves on.
    pub(crate) const FP_INC: u8 = 4;
    /// The variants that a group of handlers has, with room to the next power of two.
    pub(crate) const ROOM: usize = 8;

    /// Whether `ap` moves on.
    pub(crate) const fn moves(dst: u8) -> bool {
        matches!(dst, AP_INC | PUSH | FP_INC)
    }
}

/// The op of an instruction; `immediate` is the number behind it, if there is one.
///
/// Only the encodings that compilers write get a handler of their own: those whose unused operands
/// are `[fp - 1]`, which is known in every frame. All others take the generic step.
pub(crate) fn specialise(instruction: &Instruction, immediate: Option<Felt>, site: Site) -> Op {
    let mut op = Op::new(kind::GENERIC, instruction);
    let small = immediate.and_then(Felt::to_i64);
    op.immediate = small.unwrap_or(0);
    let jump = small.and_then(|by| site.jump(by));
    let behind = i32::try_from(site.pc + u64::from(instruction.size())).ok();
    let kind = match instruction.opcode {
        Opcode::AssertEq => assert_kind(instruction, immediate),
        Opcode::Call => call_kind(instruction, jump),
        Opcode::Ret => is_plain_ret(instruction).then_some(kind::RET),
        Opcode::Nop => nop_kind(instruction, jump, small),
    };
    let (Some(kind), Some(behind)) = (kind, behind) else {
        return op;
    };
    op.kind = kind as u8;
    match kind {
        kind::AP_ADD => op.immediate *= CELL as i64,
        kind::CALL_REL | kind::CALL_ABS..kind::JNZ => op.op0 = behind,
        _ => {}
    }
    if instruction.op1_addr == Op1Addr::Imm {
        op.op1 = behind - 1;
    }
    if instruction.pc_update != PcUpdate::Regular {
        op.immediate = jump.unwrap_or(0);
    }
    op
}

impl Site {
    /// How far the op is that a jump by `by` leads to, in bytes; `None` outside the table.
    fn jump(self, by: i64) -> Option<i64> {
        let target = self.pc.checked_add_signed(by)?;
        if target < self.len { Some(by * OP as i64) } else { None }
    }
}

/// How far an immediate may move `ap` for the handler to take it, in cells.
const MOST_AP: u64 = 1 << 40;

/// Whether an unused operand is `[fp - 1]`.
const fn is_unused(register: Register, offset: i16) -> bool {
    matches!(register, Register::Fp) && offset == -1
}

fn assert_kind(instruction: &Instruction, number: Option<Felt>) -> Option<usize> {
    if instruction.pc_update != PcUpdate::Regular {
        return None;
    }
    let variant = match (instruction.ap_update, instruction.dst_register, instruction.off0) {
        (ApUpdate::Regular, Register::Ap, _) => dst::AP,
        (ApUpdate::Regular, Register::Fp, _) => dst::FP,
        (ApUpdate::Add1, Register::Ap, 0) => dst::PUSH,
        (ApUpdate::Add1, Register::Ap, _) => dst::AP_INC,
        (ApUpdate::Add1, Register::Fp, _) => dst::FP_INC,
        _ => return None,
    };
    let variant = usize::from(variant);
    let op0 = register_bit(instruction.op0_register) * dst::ROOM;
    let no_op0 = is_unused(instruction.op0_register, instruction.off1);
    // Without a number behind it, an instruction with an immediate fails, which the generic step
    // will say.
    let immediate = instruction.off2 == 1 && number.is_some();
    let small = number.and_then(Felt::to_i64);
    match (instruction.res, instruction.op1_addr) {
        (Res::Op1, Op1Addr::Imm) if no_op0 && small.is_some_and(|small| small >= 0) => {
            immediate.then_some(kind::ASSERT_IMM + variant)
        }
        (Res::Op1, Op1Addr::Imm) if no_op0 && immediate => Some(kind::ASSERT_WIDE + variant),
        (Res::Op1, Op1Addr::Ap) if no_op0 => Some(kind::ASSERT_OP1 + variant),
        (Res::Op1, Op1Addr::Fp) if no_op0 => Some(kind::ASSERT_OP1 + variant + dst::ROOM),
        (Res::Op1, Op1Addr::Op0) => Some(kind::ASSERT_DEREF + variant + op0),
        (Res::Add, Op1Addr::Imm) if immediate && small.is_some() => {
            Some(kind::ADD_IMM + variant + op0)
        }
        (Res::Add, Op1Addr::Imm) if immediate => Some(kind::ADD_WIDE + variant + op0),
        (Res::Mul, Op1Addr::Imm) if immediate && small.is_some_and(|small| small >= 0) => {
            Some(kind::MUL_IMM + variant + op0)
        }
        (Res::Mul, Op1Addr::Imm) if immediate => Some(kind::MUL_WIDE + variant + op0),
        (Res::Add, Op1Addr::Ap) => Some(kind::ADD + variant + op0),
        (Res::Add, Op1Addr::Fp) => Some(kind::ADD + variant + op0 + 2 * dst::ROOM),
        (Res::Mul, Op1Addr::Ap) => Some(kind::MUL + variant + op0),
        (Res::Mul, Op1Addr::Fp) => Some(kind::MUL + variant + op0 + 2 * dst::ROOM),
        _ => None,
    }
}

fn call_kind(instruction: &Instruction, jump: Option<i64>) -> Option<usize> {
    let plain = instruction.dst_register == Register::Ap
        && instruction.op0_register == Register::Ap
        && (instruction.off0, instruction.off1) == (0, 1)
        && instruction.res == Res::Op1;
    match (instruction.pc_update, instruction.op1_addr) {
        (PcUpdate::JumpRel, Op1Addr::Imm) if plain && instruction.off2 == 1 => {
            jump.map(|_| kind::CALL_REL)
        }
        (PcUpdate::Jump, Op1Addr::Ap) if plain => Some(kind::CALL_ABS),
        (PcUpdate::Jump, Op1Addr::Fp) if plain => Some(kind::CALL_ABS + 1),
        _ => None,
    }
}

fn is_plain_ret(instruction: &Instruction) -> bool {
    instruction.dst_register == Register::Fp
        && instruction.op0_register == Register::Fp
        && instruction.op1_addr == Op1Addr::Fp
        && (instruction.off0, instruction.off1, instruction.off2) == (-2, -1, -1)
        && instruction.res == Res::Op1
        && instruction.pc_update == PcUpdate::Jump
        && instruction.ap_update == ApUpdate::Regular
}

fn nop_kind(instruction: &Instruction, jump: Option<i64>, small: Option<i64>) -> Option<usize> {
    let immediate = instruction.op1_addr == Op1Addr::Imm && instruction.off2 == 1;
    let no_op0 = is_unused(instruction.op0_register, instruction.off1);
    let no_dst = is_unused(instruction.dst_register, instruction.off0);
    if !immediate || !no_op0 {
        return None;
    }
    let increment = usize::from(instruction.ap_update == ApUpdate::Add1);
    match (instruction.pc_update, instruction.res, instruction.ap_update) {
        (PcUpdate::JumpRel, Res::Op1, ApUpdate::Regular | ApUpdate::Add1) if no_dst => {
            jump.map(|_| kind::JMP_REL + increment)
        }
        (PcUpdate::Jnz, _, ApUpdate::Regular | ApUpdate::Add1) => {
            jump.map(|_| kind::JNZ + increment + (register_bit(instruction.dst_register) << 1))
        }
        (PcUpdate::Regular, Res::Op1, ApUpdate::Add) if no_dst => {
            small.filter(|by| by.unsigned_abs() < MOST_AP).map(|_| kind::AP_ADD)
        }
        _ => None,
    }
}

const fn register_bit(register: Register) -> usize {
    match register {
        Register::Ap => 0,
        Register::Fp => 1,
    }
}
