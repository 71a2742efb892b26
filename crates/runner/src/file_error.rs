//! [`FileError`]: why an output file could not be written.

use std::io;

use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_memory::RelocationError;

use crate::PieError;

/// Why an output file could not be written. The wording is cairo-lang's where it has the case.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// There is no Cairo PIE of the run.
    #[error(transparent)]
    Pie(#[from] PieError),
    /// An address has no place in the relocated memory.
    #[error(transparent)]
    Relocation(#[from] RelocationError),
    /// A register holds what no trace can hold.
    #[error("step {step} can't be in a trace: it begins with the register value {value}")]
    Register {
        /// The number of the step, from 0.
        step: u64,
        /// What the register holds.
        value: Value,
    },
    /// Memory is not that of the run.
    #[error("the registers of step {0} can't be recovered")]
    Lost(u64),
    /// A cell lies further out than a memory file can say.
    #[error("address {0} can't be in a memory file: it is not below 2^63")]
    Far(u64),
    /// A cell of the public memory holds nothing.
    #[error("Unknown value for memory cell at address {0}.")]
    Unknown(i128),
    /// A builtin's end is not known, since the run was not checked for it.
    #[error("The {0} builtin stop pointer was not set.")]
    NoStopPointer(BuiltinName),
    /// The run has no steps.
    #[error("the run has made no step, so there is nothing to prove")]
    NoSteps,
    /// The run was not made for a proof.
    #[error("the run was not made in proof mode")]
    NotForProofs,
    /// An instance of a builtin lacks an input.
    #[error("Missing {what} of {builtin} instance {instance}.")]
    MissingInput {
        /// Which input, as the reference calls it.
        what: String,
        /// The builtin.
        builtin: BuiltinName,
        /// The number of the instance.
        instance: u64,
    },
    /// An input of a builtin is an address.
    #[error("the input of the {builtin} builtin at address {address} is {value}, no number")]
    NotANumber {
        /// The builtin.
        builtin: BuiltinName,
        /// Where the input lies.
        address: Relocatable,
        /// The address it holds.
        value: Value,
    },
    /// A cell that a builtin needs holds nothing.
    #[error("Unknown value for memory cell at address {0}.")]
    UnknownInput(Relocatable),
    /// A signature has no inverse modulo the curve's order.
    #[error("the signature of ECDSA instance {0} has no inverse")]
    Signature(u64),
    /// The program's debug information is malformed.
    #[error(transparent)]
    DebugInfo(#[from] cairo_zero_program::ProgramError),
}
