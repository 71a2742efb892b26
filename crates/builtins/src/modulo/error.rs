//! [`ModuloError`]: why a circuit of the modulo builtins is refused.

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use num_bigint::BigUint;

use super::check::{Gate, GateValues};
use super::fill::{MAX_GATES, Operands};
use super::{Inputs, Operation};

/// Why a circuit of the modulo builtins is refused; the wording is the reference's
/// (`mod_builtin_runner.py` of cairo-lang) where it has one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModuloError {
    /// A number where a pointer is needed.
    #[error("{builtin} builtin: Expected RelocatableValue at address {address}. Got: {found}.")]
    NotAPointer {
        /// The builtin.
        builtin: BuiltinName,
        /// The cell.
        address: Relocatable,
        /// What it holds.
        found: Value,
    },
    /// An address where a word is needed.
    #[error("Expected integer at address {address}. Got: {found}.")]
    NotAWord {
        /// The cell.
        address: Relocatable,
        /// What it holds.
        found: Value,
    },
    /// A word with too many bits.
    #[error("Expected integer at address {address} to be smaller than 2^{bits}. Got: {found}.")]
    WordTooLarge {
        /// The cell.
        address: Relocatable,
        /// How many bits it may have.
        bits: u32,
        /// What it holds.
        found: Felt,
    },
    /// A word that is not there.
    #[error("{builtin} builtin: Missing value at address {address}.")]
    MissingValue {
        /// The builtin.
        builtin: BuiltinName,
        /// The cell.
        address: Relocatable,
    },
    /// An instance without gates.
    #[error("{builtin} builtin: Expected n >= 1. Got: {n}.")]
    CountTooSmall {
        /// The builtin.
        builtin: BuiltinName,
        /// The number of gates.
        n: Felt,
    },
    /// More gates than a hint fills.
    #[error("{0} builtin: n must be <= {MAX_GATES}")]
    CountTooLarge(BuiltinName),
    /// A number of gates that makes no whole instances.
    #[error("{n} is not divisible by {batch}.")]
    PartialBatch {
        /// The number of gates.
        n: u64,
        /// Gates of an instance.
        batch: u64,
    },
    /// There is nothing to fill.
    #[error("At least one of add_mod and mul_mod must be given.")]
    NoCircuit,
    /// Gates whose operands are in no way known. The reference does not come to an end where an
    /// addition is what can't be filled.
    #[error("Could not fill the values table, add_mod_index={add}, mul_mod_index={mul}")]
    Unfillable {
        /// The first addition that is not filled.
        add: u64,
        /// The first multiplication that is not filled.
        mul: u64,
    },
    /// A result that the modulus can't bring into range.
    #[error("{} builtin: Expected a {operation} b - {bound} * p <= {limit}. \
        Got: values={operands}, p={modulus}.", operation.builtin())]
    ResultTooLarge {
        /// What is computed.
        operation: Operation,
        /// The most multiples of the modulus.
        bound: BigUint,
        /// The largest number.
        limit: BigUint,
        /// The gate's numbers.
        operands: Operands,
        /// The modulus.
        modulus: BigUint,
    },
    /// An addend from which no sum can be reached.
    #[error("add_mod builtin: addend greater than sum + p: {known} > {sum} + {modulus}.")]
    AddendTooLarge {
        /// The addend.
        known: BigUint,
        /// The sum.
        sum: BigUint,
        /// The modulus.
        modulus: BigUint,
    },
    /// The remainder of a division by zero.
    #[error("integer modulo by zero")]
    ModuloByZero,
    /// A division by zero.
    #[error("integer division or modulo by zero")]
    DivisionByZero,
    /// An operand that does not exist, in an instance of several gates.
    #[error("Inverse failure is supported only at batch_size == 1.")]
    FailureInBatch,
    /// A gate whose result is wrong.
    #[error("{} builtin: Expected a {operation} b == c (mod p). Got: {gate}, inputs={inputs}, \
        values={values}.", operation.builtin())]
    WrongResult {
        /// What is computed.
        operation: Operation,
        /// Which gate.
        gate: Gate,
        /// The inputs of its instance.
        inputs: Box<Inputs>,
        /// Its numbers.
        values: Box<GateValues>,
    },
    /// A gate whose result is right, but too small or too large to be proven.
    #[error("{} builtin: Expected (a {operation} b - c)/p to be in {{0,1,...,{bound}}} \
        Got: {gate}, inputs={inputs}, values={values}.", operation.builtin())]
    WrongQuotient {
        /// What is computed.
        operation: Operation,
        /// The most multiples of the modulus.
        bound: BigUint,
        /// Which gate.
        gate: Gate,
        /// The inputs of its instance.
        inputs: Box<Inputs>,
        /// Its numbers.
        values: Box<GateValues>,
    },
    /// An instance that does not go on where the one before ends. The reference has no message.
    #[error("{builtin} builtin: instance {instance} does not continue the one before it.")]
    NotContinued {
        /// The builtin.
        builtin: BuiltinName,
        /// The instance.
        instance: u64,
    },
    /// A circuit whose last instances are missing. The reference has no message.
    #[error("{builtin} builtin: the last instance has n = {n}, not {batch}.")]
    NotFinished {
        /// The builtin.
        builtin: BuiltinName,
        /// The number of gates of the last instance and behind it.
        n: Felt,
        /// Gates of an instance.
        batch: u64,
    },
}
