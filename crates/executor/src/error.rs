//! [`ExecutionError`]: why an instruction could not be executed.

use cairo_zero_builtins::BuiltinError;
use cairo_zero_core::{Felt, Value, ValueError};
use cairo_zero_decoder::DecodeError;
use cairo_zero_memory::MemoryError;

use crate::RuleError;

/// Why an instruction could not be executed. The wording is the reference's (`vm_core.py` of
/// cairo-lang); where it happened is in the machine's registers, which keep the failing `pc`.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ExecutionError {
    /// Memory was read or written wrongly.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// Two values could not be combined.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// A builtin refused a value.
    #[error(transparent)]
    Builtin(#[from] BuiltinError),
    /// A rule that hints have added refused a value.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// The word is no instruction.
    #[error("{}", .0.reference_text())]
    Decode(#[from] DecodeError),
    /// The cell at `pc` holds an address.
    #[error("Instruction should be an int. Found: {0}")]
    NotAnInstruction(Value),
    /// The instruction has an immediate, and the cell behind it holds no number.
    #[error("op1_addr is Op1Addr.IMM, but no immediate given")]
    NoImmediate,
    /// The instruction has an immediate and another second offset than 1.
    #[error("In immediate mode, off2 should be 1.")]
    ImmediateOffset,
    /// A double dereference whose pointer is not known.
    #[error("op0 must be known in double dereference.")]
    UnknownPointer,
    /// `assert` of two values that differ.
    #[error("An ASSERT_EQ instruction failed: {0} != {1}.")]
    AssertEq(Value, Value),
    /// `call` met another return address than its own.
    #[error(
        "Call failed to write return-pc (inconsistent op0): {0} != {1}. \
         Did you forget to increment ap?"
    )]
    ReturnPc(Value, Value),
    /// `call` met another frame pointer than its own.
    #[error(
        "Call failed to write return-fp (inconsistent dst): {0} != {1}. \
         Did you forget to increment ap?"
    )]
    ReturnFp(Value, Value),
    /// A factor of a product can't be found because the other is zero.
    #[error("Cannot deduce operand in '0 = ? * {0}' (possibly due to division by 0).")]
    DivisionByZero(Felt),
    /// A relative jump by an address.
    #[error("Could not complete computation jmp rel of non pure value: {0}.")]
    JumpByAddress(Value),
    /// An instruction on QM31 elements met something else.
    #[error("A QM31 instruction needs elements of QM31, four reduced coordinates. Found: {0}.")]
    NotQm31(Value),
    /// A Blake2s instruction met something else than a word of 32 bits.
    #[error("A Blake2s instruction needs a number of 32 bits as its {what}. Found: {found}.")]
    BlakeWord {
        /// What should be the word.
        what: &'static str,
        /// What is there.
        found: Value,
    },
    /// A Blake2s instruction met a number instead of an address.
    #[error("A Blake2s instruction needs an address of its {what}. Found: {found}.")]
    BlakePointer {
        /// What should be there.
        what: &'static str,
        /// What is there instead of its address.
        found: Value,
    },
    /// An instruction needs the result of an operation that has none.
    #[error("Res.UNCONSTRAINED cannot be used with {0}")]
    Unconstrained(&'static str),
}

/// What ended a run early: the hints' own error, or the machine's.
#[derive(Debug, thiserror::Error)]
pub enum HintOr<E> {
    /// A hint failed.
    #[error("{0}")]
    Hint(E),
    /// An instruction failed.
    #[error(transparent)]
    Execution(#[from] ExecutionError),
}
