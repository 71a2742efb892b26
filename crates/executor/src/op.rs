//! [`Op`]: an instruction as the step loop keeps it, and the choice of its handler.

use cairo_zero_core::Felt;
use cairo_zero_decoder::{ApUpdate, Instruction, Op1Addr, Opcode, PcUpdate, Register, Res};

/// An instruction ready to run, 16 bytes: the number of its handler, its offsets, and its immediate
/// where that fits 64 bits. All zeroes is an instruction that was not reached yet.
#[derive(Clone, Copy, Default)]
#[repr(C)]
pub(crate) struct Op {
    /// The handler in the low 16 bits; above it the three offsets, 16 bits each.
    pub(crate) packed: u64,
    /// The immediate as a signed number, or what the handler wants to know.
    pub(crate) immediate: i64,
}

const _: () = assert!(size_of::<Op>() == 16, "an op is read in one go");

impl Op {
    pub(crate) const fn new(kind: usize, instruction: &Instruction, immediate: i64) -> Self {
        let packed = kind as u64
            | (instruction.off0.cast_unsigned() as u64) << 16
            | (instruction.off1.cast_unsigned() as u64) << 32
            | (instruction.off2.cast_unsigned() as u64) << 48;
        Self { packed, immediate }
    }

    /// An op that is no instruction: a stop of the loop.
    pub(crate) const fn marker(kind: usize, immediate: i64) -> Self {
        Self { packed: kind as u64, immediate }
    }

    pub(crate) const fn kind(self) -> usize {
        (self.packed & 0xffff) as usize
    }
}

/// The first offset of a packed op.
#[inline]
pub(crate) const fn off0(packed: u64) -> i64 {
    (packed >> 16) as i16 as i64
}

/// The second offset of a packed op.
#[inline]
pub(crate) const fn off1(packed: u64) -> i64 {
    (packed >> 32) as i16 as i64
}

/// The third offset of a packed op.
#[inline]
pub(crate) const fn off2(packed: u64) -> i64 {
    (packed >> 48) as i16 as i64
}

/// The numbers of the handlers. Groups with variants take the numbers from theirs up: the bits of
/// the variant are, from the lowest, `ap++`, `dst` on `fp`, then the operands on `fp`.
pub(crate) mod kind {
    pub(crate) const UNDECODED: usize = 0;
    pub(crate) const GENERIC: usize = 1;
    pub(crate) const HINT: usize = 2;
    pub(crate) const END: usize = 3;
    pub(crate) const CALL_REL: usize = 4;
    pub(crate) const RET: usize = 5;
    pub(crate) const AP_ADD: usize = 6;
    /// `ap++` or not.
    pub(crate) const JMP_REL: usize = 8;
    /// The pointer's base.
    pub(crate) const CALL_ABS: usize = 10;
    /// `ap++`, dst.
    pub(crate) const JNZ: usize = 12;
    /// `ap++`, dst.
    pub(crate) const ASSERT_IMM: usize = 16;
    /// `ap++`, dst, op1.
    pub(crate) const ASSERT_OP1: usize = 24;
    /// `ap++`, dst, op0.
    pub(crate) const ASSERT_DEREF: usize = 32;
    /// `ap++`, dst, op0.
    pub(crate) const ADD_IMM: usize = 40;
    /// `ap++`, dst, op0; an immediate beyond 64 bits.
    pub(crate) const ADD_WIDE: usize = 48;
    /// `ap++`, dst, op0.
    pub(crate) const MUL_IMM: usize = 56;
    /// `ap++`, dst, op0, op1.
    pub(crate) const ADD: usize = 64;
    /// `ap++`, dst, op0, op1.
    pub(crate) const MUL: usize = 80;
    /// The places in the table: a power of two above the highest number, so that masking a number
    /// with one less finds a place without a bounds check.
    pub(crate) const COUNT: usize = 128;
}

/// The op of an instruction; `immediate` is the number behind it, if there is one.
///
/// Only the encodings that compilers write get a handler of their own: those whose unused operands
/// are `[fp - 1]`, which is known in every frame. All others take the generic step.
pub(crate) fn specialise(instruction: &Instruction, immediate: Option<Felt>) -> Op {
    let small = immediate.and_then(Felt::to_i64);
    let kind = match instruction.opcode {
        Opcode::AssertEq => assert_kind(instruction, immediate),
        Opcode::Call => call_kind(instruction, small.filter(is_jump)),
        Opcode::Ret => is_plain_ret(instruction).then_some(kind::RET),
        Opcode::Nop => nop_kind(instruction, small.filter(is_jump)),
    };
    Op::new(kind.unwrap_or(kind::GENERIC), instruction, small.unwrap_or(0))
}

/// Whether `pc` moved by this is sure to stay in 64 bits, so that a handler need not look.
const fn is_jump(by: &i64) -> bool {
    by.unsigned_abs() < 1 << 62
}

/// Whether an unused operand is `[fp - 1]`.
const fn is_unused(register: Register, offset: i16) -> bool {
    matches!(register, Register::Fp) && offset == -1
}

fn assert_kind(instruction: &Instruction, number: Option<Felt>) -> Option<usize> {
    let increment = match (instruction.pc_update, instruction.ap_update) {
        (PcUpdate::Regular, ApUpdate::Regular) => 0,
        (PcUpdate::Regular, ApUpdate::Add1) => 1,
        _ => return None,
    };
    let dst = register_bit(instruction.dst_register) << 1;
    let op0 = register_bit(instruction.op0_register) << 2;
    let no_op0 = is_unused(instruction.op0_register, instruction.off1);
    let variant = increment | dst;
    // Without a number behind it, an instruction with an immediate fails, which the generic step
    // will say.
    let immediate = instruction.off2 == 1 && number.is_some();
    let small = number.and_then(Felt::to_i64);
    match (instruction.res, instruction.op1_addr) {
        (Res::Op1, Op1Addr::Imm) if no_op0 && immediate => Some(kind::ASSERT_IMM + variant),
        (Res::Op1, Op1Addr::Ap) if no_op0 => Some(kind::ASSERT_OP1 + variant),
        (Res::Op1, Op1Addr::Fp) if no_op0 => Some(kind::ASSERT_OP1 + variant + 4),
        (Res::Op1, Op1Addr::Op0) => Some(kind::ASSERT_DEREF + variant + op0),
        (Res::Add, Op1Addr::Imm) if immediate && small.is_some() => {
            Some(kind::ADD_IMM + variant + op0)
        }
        (Res::Add, Op1Addr::Imm) if immediate => Some(kind::ADD_WIDE + variant + op0),
        (Res::Mul, Op1Addr::Imm) if immediate => Some(kind::MUL_IMM + variant + op0),
        (Res::Add, Op1Addr::Ap) => Some(kind::ADD + variant + op0),
        (Res::Add, Op1Addr::Fp) => Some(kind::ADD + variant + op0 + 8),
        (Res::Mul, Op1Addr::Ap) => Some(kind::MUL + variant + op0),
        (Res::Mul, Op1Addr::Fp) => Some(kind::MUL + variant + op0 + 8),
        _ => None,
    }
}

fn call_kind(instruction: &Instruction, small: Option<i64>) -> Option<usize> {
    let plain = instruction.dst_register == Register::Ap
        && instruction.op0_register == Register::Ap
        && (instruction.off0, instruction.off1) == (0, 1)
        && instruction.res == Res::Op1;
    match (instruction.pc_update, instruction.op1_addr) {
        (PcUpdate::JumpRel, Op1Addr::Imm) if plain && instruction.off2 == 1 => {
            small.map(|_| kind::CALL_REL)
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

fn nop_kind(instruction: &Instruction, small: Option<i64>) -> Option<usize> {
    small?;
    let immediate = instruction.op1_addr == Op1Addr::Imm && instruction.off2 == 1;
    let no_op0 = is_unused(instruction.op0_register, instruction.off1);
    let no_dst = is_unused(instruction.dst_register, instruction.off0);
    if !immediate || !no_op0 {
        return None;
    }
    let increment = usize::from(instruction.ap_update == ApUpdate::Add1);
    match (instruction.pc_update, instruction.res, instruction.ap_update) {
        (PcUpdate::JumpRel, Res::Op1, ApUpdate::Regular | ApUpdate::Add1) if no_dst => {
            Some(kind::JMP_REL + increment)
        }
        (PcUpdate::Jnz, _, ApUpdate::Regular | ApUpdate::Add1) => {
            Some(kind::JNZ + increment + (register_bit(instruction.dst_register) << 1))
        }
        (PcUpdate::Regular, Res::Op1, ApUpdate::Add) if no_dst => Some(kind::AP_ADD),
        _ => None,
    }
}

const fn register_bit(register: Register) -> usize {
    match register {
        Register::Ap => 0,
        Register::Fp => 1,
    }
}
