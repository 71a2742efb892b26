//! Why a word is no instruction, or an instruction no word.

use std::fmt;

use cairo_zero_core::Felt;

use crate::table::{FLAGS_SHIFT, OP1_ADDR};
use crate::{Extension, Op1Addr};

/// A group of an instruction's flags of which at most one may be set.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Field {
    /// The base register of the destination operand.
    DstRegister,
    /// The base register of the first operand.
    Op0Register,
    /// Where the second operand is read.
    Op1Addr,
    /// What is done with the operands.
    Res,
    /// How `pc` moves.
    PcUpdate,
    /// How `ap` moves.
    ApUpdate,
    /// What the instruction asserts.
    Opcode,
}

impl Field {
    /// The field's name in the reference and the whitepaper.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DstRegister => "dst_register",
            Self::Op0Register => "op0_register",
            Self::Op1Addr => "op1_addr",
            Self::Res => "res",
            Self::PcUpdate => "pc_update",
            Self::ApUpdate => "ap_update",
            Self::Opcode => "opcode",
        }
    }

    /// The field's bits in the order in which cairo-lang looks them up (`decode_instruction` in its
    /// `encode.py`).
    const fn reference_order(self) -> &'static [u32] {
        match self {
            Self::DstRegister => &[0],
            Self::Op0Register => &[1],
            Self::Op1Addr => &[2, 4, 3],
            Self::Res => &[5, 6],
            Self::PcUpdate => &[7, 8, 9],
            Self::ApUpdate => &[10, 11],
            Self::Opcode => &[12, 13, 14],
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a word is no instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DecodeError {
    /// The word does not fit the 63 bits of an instruction and is none with an opcode extension that
    /// the machine has.
    #[error("Unsupported instruction: {0:#x}.")]
    Unsupported(Felt),
    /// More than one flag of a field is set.
    #[error("Illegal instruction {word:#x}: more than one flag of {field} is set.")]
    AmbiguousField {
        /// The word.
        word: u64,
        /// The field with two or three flags; never one of the registers, which have one flag.
        field: Field,
    },
    /// A conditional jump that also computes a sum or a product.
    #[error("Illegal instruction {0:#x}: a conditional jump can't have a flag of res.")]
    ConditionalJumpWithRes(u64),
    /// A call that also asks for an update of `ap`.
    #[error("Illegal instruction {0:#x}: a call can't have a flag of ap_update.")]
    CallWithApUpdate(u64),
    /// Flags that the opcode extension does not go with.
    #[error(
        "Illegal instruction {word:#x}: the opcode extension {extension} can't have its flags."
    )]
    ExtensionFlags {
        /// The word.
        word: Felt,
        /// The extension.
        extension: Extension,
    },
}

impl DecodeError {
    /// Whether the word asks for an immediate: that it is missing is found before what is wrong.
    #[must_use]
    pub fn wants_immediate(&self) -> bool {
        match self {
            Self::AmbiguousField { word, .. }
            | Self::ConditionalJumpWithRes(word)
            | Self::CallWithApUpdate(word) => {
                OP1_ADDR.read(word >> FLAGS_SHIFT) == Some(Op1Addr::Imm)
            }
            Self::Unsupported(_) | Self::ExtensionFlags { .. } => false,
        }
    }

    /// What cairo-lang prints for it: where a field has several flags that is the key of a missing
    /// dictionary entry, and for a conditional jump nothing at all.
    #[must_use]
    pub fn reference_text(&self) -> String {
        match self {
            Self::Unsupported(_) | Self::ExtensionFlags { .. } => self.to_string(),
            Self::AmbiguousField { word, field } => {
                let flag = |bit: &u32| (word >> (FLAGS_SHIFT + bit) & 1).to_string();
                let flags: Vec<String> = field.reference_order().iter().map(flag).collect();
                format!("({})", flags.join(", "))
            }
            Self::ConditionalJumpWithRes(_) => String::new(),
            Self::CallWithApUpdate(_) => String::from("CALL must have update_ap is ADD2"),
        }
    }
}

/// Why an instruction has no word: two of its fields contradict each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EncodeError {
    /// `res` is unconstrained without a conditional jump, or the other way round.
    #[error("res has to be unconstrained in a conditional jump and only there")]
    ResOfConditionalJump,
    /// `ap` moves by two without a call, or the other way round.
    #[error("ap_update has to be a move by two in a call and only there")]
    ApUpdateOfCall,
    /// An opcode extension with fields that it does not go with.
    #[error("the opcode extension can't have these fields")]
    ExtensionFields,
}
