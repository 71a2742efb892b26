//! [`Instruction`], and the way from a word to it and back.

use std::fmt;

use cairo_zero_core::Felt;

use crate::error::{DecodeError, EncodeError};
use crate::table::{
    AP_UPDATE, DST_REGISTER, EXTENSION_SHIFT, EXTENSIONS, FLAGS_SHIFT, OFFSET_BITS, OP0_REGISTER,
    OP1_ADDR, OPCODE, PC_UPDATE, RES, Row,
};

/// A register that operands are addressed from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Register {
    /// The allocation pointer.
    Ap,
    /// The frame pointer.
    Fp,
}

/// Where the second operand is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Op1Addr {
    /// `[pc + off2]`, the cell behind the instruction when `off2` is 1 as it should be.
    Imm,
    /// `[ap + off2]`.
    Ap,
    /// `[fp + off2]`.
    Fp,
    /// `[op0 + off2]`.
    Op0,
}

/// What is made of the two operands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Res {
    /// The second operand alone.
    Op1,
    /// The sum.
    Add,
    /// The product.
    Mul,
    /// Nothing: only in conditional jumps, and always there.
    Unconstrained,
}

/// How `pc` moves.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PcUpdate {
    /// To the next instruction.
    Regular,
    /// To `res`.
    Jump,
    /// By `res`.
    JumpRel,
    /// By the second operand if the destination is not zero, else to the next instruction.
    Jnz,
}

/// How `ap` moves.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ApUpdate {
    /// Not at all.
    Regular,
    /// By `res`.
    Add,
    /// By one.
    Add1,
    /// By two: only in calls, and always there.
    Add2,
}

/// How `fp` moves.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FpUpdate {
    /// Not at all.
    Regular,
    /// To the old `ap + 2`: in calls.
    ApPlus2,
    /// To the destination operand: in returns.
    Dst,
}

/// What the instruction asserts about its operands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Opcode {
    /// Nothing.
    Nop,
    /// The destination equals `res`.
    AssertEq,
    /// The destination is the old `fp`, and the first operand the address behind the instruction.
    Call,
    /// Nothing, and `fp` becomes the destination.
    Ret,
}

/// What an instruction does that those of the original machine do not: the opcode extensions of
/// Stwo.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Extension {
    /// Compresses a block of Blake2s that others follow: the first operand points to the eight words
    /// of the state, the second to the sixteen of the block, the destination holds the number of
    /// bytes up to the end of the block, and `[ap]` points to where the eight words of the new
    /// state go.
    Blake2s,
    /// The same with the last block.
    Blake2sFinalize,
    /// The sum or product of the operands is that of the elements of QM31 that they hold.
    Qm31,
}

impl Extension {
    /// The name that the disassembler gives it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blake2s => "blake2s",
            Self::Blake2sFinalize => "blake2s_finalize",
            Self::Qm31 => "qm31",
        }
    }

    /// Whether an instruction with this extension and these fields is one.
    fn allows(self, instruction: &Instruction) -> bool {
        let Instruction { op1_addr, res, pc_update, ap_update, opcode, .. } = *instruction;
        let fields = match self {
            Self::Blake2s | Self::Blake2sFinalize => {
                opcode == Opcode::Nop
                    && matches!(op1_addr, Op1Addr::Ap | Op1Addr::Fp)
                    && res == Res::Op1
            }
            Self::Qm31 => {
                opcode == Opcode::AssertEq
                    && op1_addr != Op1Addr::Op0
                    && matches!(res, Res::Add | Res::Mul)
            }
        };
        fields
            && pc_update == PcUpdate::Regular
            && matches!(ap_update, ApUpdate::Regular | ApUpdate::Add1)
    }
}

impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A decoded instruction, without its immediate.
///
/// Any combination of fields can be written down; [`encode`] refuses the few that have no word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Instruction {
    /// The destination's distance from its register, in cells.
    pub off0: i16,
    /// The first operand's distance from its register, in cells.
    pub off1: i16,
    /// The second operand's distance from its base, in cells.
    pub off2: i16,
    /// The destination's register.
    pub dst_register: Register,
    /// The first operand's register.
    pub op0_register: Register,
    /// The second operand's base.
    pub op1_addr: Op1Addr,
    /// What is made of the operands.
    pub res: Res,
    /// How `pc` moves.
    pub pc_update: PcUpdate,
    /// How `ap` moves.
    pub ap_update: ApUpdate,
    /// What is asserted.
    pub opcode: Opcode,
    /// What it does beyond the original machine.
    pub extension: Option<Extension>,
}

impl Instruction {
    /// How many cells the instruction takes: 2 with an immediate, else 1.
    #[inline]
    #[must_use]
    pub const fn size(&self) -> u8 {
        match self.op1_addr {
            Op1Addr::Imm => 2,
            Op1Addr::Ap | Op1Addr::Fp | Op1Addr::Op0 => 1,
        }
    }

    /// How `fp` moves, which follows from the opcode.
    #[inline]
    #[must_use]
    pub const fn fp_update(&self) -> FpUpdate {
        match self.opcode {
            Opcode::Nop | Opcode::AssertEq => FpUpdate::Regular,
            Opcode::Call => FpUpdate::ApPlus2,
            Opcode::Ret => FpUpdate::Dst,
        }
    }

    /// Whether a call or return has the one form that a sound proof is made of; true for every
    /// other instruction.
    ///
    /// A call has to save `fp` at `[ap]` and the return address at `[ap + 1]`; a return has to
    /// take `fp` from `[fp - 2]` and `pc` from `[fp - 1]`. The reference runs the other encodings,
    /// which can leave a frame with registers of their own choice.
    #[must_use]
    pub fn is_canonical(&self) -> bool {
        match self.opcode {
            Opcode::Nop | Opcode::AssertEq => true,
            Opcode::Call => {
                (self.off0, self.off1) == (0, 1)
                    && self.dst_register == Register::Ap
                    && self.op0_register == Register::Ap
            }
            Opcode::Ret => {
                (self.off0, self.off1, self.off2) == (-2, -1, -1)
                    && self.dst_register == Register::Fp
                    && self.op0_register == Register::Fp
                    && self.op1_addr == Op1Addr::Fp
                    && self.res == Res::Op1
                    && self.pc_update == PcUpdate::Jump
            }
        }
    }

    /// The smallest and the largest of `limits` and the three offsets, these moved up by `2^15` as
    /// they are in the word: what a proof range-checks of an instruction.
    #[inline]
    #[must_use]
    pub fn widen_limits(&self, limits: Option<(u16, u16)>) -> Option<(u16, u16)> {
        let offsets = [self.off0, self.off1, self.off2];
        offsets.into_iter().fold(limits, |limits, offset| {
            let offset = offset.cast_unsigned() ^ (1 << 15);
            let (low, high) = limits.unwrap_or((offset, offset));
            Some((low.min(offset), high.max(offset)))
        })
    }
}

/// Decodes the first cell of an instruction.
///
/// # Errors
/// When the word is `2^63` or more, or sets flags that exclude each other.
pub fn decode(word: Felt) -> Result<Instruction, DecodeError> {
    match word.to_u64() {
        Some(bits) if bits >> EXTENSION_SHIFT == 0 => decode_bits(bits),
        _ => Err(DecodeError::Unsupported(word)),
    }
}

/// Decodes the first cell of an instruction for a machine that has the opcode extensions.
///
/// # Errors
/// As [`decode`]; and when the number above bit 63 is that of no extension, or the extension does not
/// go with the flags.
pub fn decode_extended(word: Felt) -> Result<Instruction, DecodeError> {
    let unsupported = DecodeError::Unsupported(word);
    let bits = word.to_u128().ok_or(unsupported)?;
    let number = bits >> EXTENSION_SHIFT;
    if number == 0 {
        return decode(word);
    }
    let known = EXTENSIONS.iter().find(|(of, _)| u128::from(*of) == number);
    let (_, extension) = *known.ok_or(unsupported)?;
    let plain = decode_bits(bits as u64 & ((1 << EXTENSION_SHIFT) - 1))?;
    if !extension.allows(&plain) {
        return Err(DecodeError::ExtensionFlags { word, extension });
    }
    Ok(Instruction { extension: Some(extension), ..plain })
}

/// Decodes the offsets and flags of a word; there is nothing above them.
fn decode_bits(bits: u64) -> Result<Instruction, DecodeError> {
    // The order of the checks is the reference's.
    let op1_addr = read(&OP1_ADDR, bits)?;
    let pc_update = read(&PC_UPDATE, bits)?;
    let res = match (read(&RES, bits)?, pc_update) {
        (Res::Op1, PcUpdate::Jnz) => Res::Unconstrained,
        (_, PcUpdate::Jnz) => return Err(DecodeError::ConditionalJumpWithRes(bits)),
        (res, _) => res,
    };
    let ap_update = read(&AP_UPDATE, bits)?;
    let opcode = read(&OPCODE, bits)?;
    let ap_update = match (ap_update, opcode) {
        (ApUpdate::Regular, Opcode::Call) => ApUpdate::Add2,
        (_, Opcode::Call) => return Err(DecodeError::CallWithApUpdate(bits)),
        (ap_update, _) => ap_update,
    };
    Ok(Instruction {
        off0: offset(bits, 0),
        off1: offset(bits, 1),
        off2: offset(bits, 2),
        dst_register: read(&DST_REGISTER, bits)?,
        op0_register: read(&OP0_REGISTER, bits)?,
        op1_addr,
        res,
        pc_update,
        ap_update,
        opcode,
        extension: None,
    })
}

/// One field of the word `bits`.
#[inline]
fn read<T: Copy + PartialEq>(row: &Row<T>, bits: u64) -> Result<T, DecodeError> {
    row.read(bits >> FLAGS_SHIFT)
        .ok_or(DecodeError::AmbiguousField { word: bits, field: row.field })
}

/// The offset number `index` of the word `bits`; a bias of `2^15` makes it unsigned there.
#[inline]
const fn offset(bits: u64, index: u32) -> i16 {
    ((bits >> (index * OFFSET_BITS)) as u16 ^ 1 << 15).cast_signed()
}

/// Encodes the first cell of an instruction. The word is below `2^63` unless there is an extension.
///
/// # Errors
/// When the instruction's fields contradict each other.
pub fn encode(instruction: &Instruction) -> Result<u128, EncodeError> {
    let conditional = instruction.pc_update == PcUpdate::Jnz;
    if conditional != (instruction.res == Res::Unconstrained) {
        return Err(EncodeError::ResOfConditionalJump);
    }
    if (instruction.opcode == Opcode::Call) != (instruction.ap_update == ApUpdate::Add2) {
        return Err(EncodeError::ApUpdateOfCall);
    }
    let extension = instruction.extension;
    if extension.is_some_and(|extension| !extension.allows(instruction)) {
        return Err(EncodeError::ExtensionFields);
    }
    let number = EXTENSIONS.iter().find(|(_, of)| Some(*of) == extension);
    let number = number.map_or(0, |(number, _)| u128::from(*number));
    let flags = DST_REGISTER.write(instruction.dst_register)
        | OP0_REGISTER.write(instruction.op0_register)
        | OP1_ADDR.write(instruction.op1_addr)
        | RES.write(instruction.res)
        | PC_UPDATE.write(instruction.pc_update)
        | AP_UPDATE.write(instruction.ap_update)
        | OPCODE.write(instruction.opcode);
    let biased = |offset: i16, index: u32| {
        u64::from(offset.cast_unsigned() ^ 1 << 15) << (index * OFFSET_BITS)
    };
    let word = flags << FLAGS_SHIFT
        | biased(instruction.off0, 0)
        | biased(instruction.off1, 1)
        | biased(instruction.off2, 2);
    Ok(number << EXTENSION_SHIFT | u128::from(word))
}

/// Whether a word looks like a call, as the reference decides when it walks back through the
/// frames for a traceback (`is_call_instruction` in `compiler/encode.py`).
///
/// `has_immediate` says whether the cell behind the word is known to hold a number; without it a
/// word that wants an immediate is no call.
#[must_use]
pub fn looks_like_call(word: Felt, has_immediate: bool) -> bool {
    decode(word).is_ok_and(|instruction| {
        instruction.opcode == Opcode::Call
            && instruction.res == Res::Op1
            && matches!(instruction.pc_update, PcUpdate::Jump | PcUpdate::JumpRel)
            && (has_immediate || instruction.op1_addr != Op1Addr::Imm)
    })
}
