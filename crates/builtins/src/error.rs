//! [`BuiltinError`]: why a builtin refuses a run.

use std::fmt;

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value, ValueError};
use cairo_zero_memory::{MemoryError, MemoryErrorKind};
use num_bigint::BigInt;

use crate::{ModuloError, Signature};

/// Why a builtin refuses a run. It is one pointer wide, so that results stay small on the way where
/// nothing fails.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct BuiltinError {
    kind: Box<BuiltinErrorKind>,
}

impl BuiltinError {
    /// What went wrong.
    #[must_use]
    pub const fn kind(&self) -> &BuiltinErrorKind {
        &self.kind
    }
}

impl<T: Into<BuiltinErrorKind>> From<T> for BuiltinError {
    #[cold]
    fn from(kind: T) -> Self {
        Self { kind: Box::new(kind.into()) }
    }
}

/// What a builtin found wrong; the wording is the reference's (the builtin runners of cairo-lang)
/// where it has the case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuiltinErrorKind {
    /// The pointer a program returned for a builtin is not where the builtin's used part ends.
    #[error("Invalid stop pointer for {builtin}. Expected: {expected}, found: {found}")]
    StopPointer {
        /// The builtin.
        builtin: BuiltinName,
        /// Where its used part ends.
        expected: Relocatable,
        /// What the program returned.
        found: Value,
    },
    /// A cell holds another value than the ones around it give.
    #[error("Inconsistent auto deduction rule at address {address}. {found} != {expected}.")]
    InconsistentDeduction {
        /// The cell.
        address: Relocatable,
        /// What it holds.
        found: Value,
        /// What its builtin deduces.
        expected: Value,
    },
    /// Instances begun and not filled in, so many that they are not listed.
    #[error("Missing memory cells for {0}.")]
    MissingCells(BuiltinName),
    /// Input cells that hold nothing although their instances were begun.
    #[error("Missing memory cells for {builtin}: {}", Offsets(missing))]
    MissingInputs {
        /// The builtin.
        builtin: BuiltinName,
        /// The offsets of the first of the cells, and one more when there are more.
        missing: Vec<u64>,
    },
    /// An address where a number is needed.
    #[error("{} builtin: Expected integer at address {address}.{}Got: {found}.",
        spoken(*builtin), gap(*builtin))]
    NotAnInteger {
        /// The builtin.
        builtin: BuiltinName,
        /// The cell.
        address: Relocatable,
        /// What it holds.
        found: Value,
    },
    /// A number with too many bits.
    #[error("{} builtin: Expected integer at address {address} to be smaller than 2^{bits}. \
        Got: {found}.", spoken(*builtin))]
    TooManyBits {
        /// The builtin.
        builtin: BuiltinName,
        /// The cell.
        address: Relocatable,
        /// How many bits it may have.
        bits: u32,
        /// What it holds.
        found: Felt,
    },
    /// An address in a range check segment.
    #[error(
        "Range-check builtin: Expected value at address {address} to be an integer. \
        Got: {found}."
    )]
    RangeCheckedAddress {
        /// The cell.
        address: Relocatable,
        /// What it holds.
        found: Value,
    },
    /// A number that is too large for a range check segment.
    #[error("Value {value}, in range check builtin {index}, is out of range [0, {}).",
        power_of_two(*bits))]
    OutOfRange {
        /// The number.
        value: Felt,
        /// Its cell's distance from the start of the builtin.
        index: i64,
        /// How many bits it may have, below 252.
        bits: u32,
    },
    /// Coordinates of no point.
    #[error("ec_op builtin: point ({x}, {y}) is not on the curve.")]
    NotOnCurve {
        /// The abscissa.
        x: Felt,
        /// The ordinate.
        y: Felt,
    },
    /// An EC operation that the AIR can't do.
    #[error("Cannot apply EC operation: computation reached two points with the same x coordinate.\n\
        Attempting to compute P + m * Q where:\nP = ({}, {})\nm = {m}\nQ = ({}, {}).",
        p[0], p[1], q[0], q[1])]
    SameAbscissa {
        /// The point added to.
        p: [Felt; 2],
        /// The scalar.
        m: Felt,
        /// The point multiplied.
        q: [Felt; 2],
    },
    /// An address where a public key is needed.
    #[error(
        "ECDSA builtin: Expected public key at address {address} to be an integer. \
        Got: {found}."
    )]
    KeyAddress {
        /// The cell.
        address: Relocatable,
        /// What it holds.
        found: Value,
    },
    /// An address where the hash of a message is needed.
    #[error(
        "ECDSA builtin: Expected message hash at address {address} to be an integer. \
        Got: {found}."
    )]
    MessageAddress {
        /// The cell.
        address: Relocatable,
        /// What it holds.
        found: Value,
    },
    /// An ECDSA instance that no hint gave a signature for.
    #[error(
        "Signature hint is missing for ECDSA builtin at address {0}. \
        Add it using 'ecdsa_builtin.add_signature'."
    )]
    NoSignature(Relocatable),
    /// A signature that does not fit its message and key.
    #[error(
        "Signature {signature}, is invalid, with respect to the public key {public_key}, \
        and the message hash {message}."
    )]
    InvalidSignature {
        /// The signature.
        signature: Signature,
        /// The abscissa of the public key.
        public_key: Felt,
        /// The hash of the message.
        message: Felt,
    },
    /// A number of a signature, or the hash of a message, that is out of range.
    #[error("{name} = {number}")]
    SignatureRange {
        /// What the number is called.
        name: &'static str,
        /// The number.
        number: BigInt,
    },
    /// A signature for a cell of another segment.
    #[error("Signature hint must point to the signature builtin segment, not {0}.")]
    SignatureElsewhere(Relocatable),
    /// A signature for the cell of a message.
    #[error("Signature hint must point to the public key cell, not {0}.")]
    SignatureOfMessage(Relocatable),
    /// A circuit of a modulo builtin is wrong.
    #[error(transparent)]
    Modulo(#[from] ModuloError),
    /// Memory could not be read or written.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// Values could not be combined.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// A page number was used twice.
    #[error("Page {0} was already assigned.")]
    PageTwice(u64),
    /// A page that does not begin in the output segment.
    #[error("page_start must be in the output segment.")]
    PageOutside,
    /// A page that goes beyond the output.
    #[error("Page {0} is out of bounds.")]
    PageOutOfBounds(u64),
    /// A cell of the output in two pages.
    #[error("Offset {0} was already assigned a page.")]
    OffsetInTwoPages(u64),
}

impl From<MemoryErrorKind> for BuiltinErrorKind {
    fn from(kind: MemoryErrorKind) -> Self {
        Self::Memory(kind.into())
    }
}

/// The builtin's name as its messages begin with it.
const fn spoken(builtin: BuiltinName) -> &'static str {
    if matches!(builtin, BuiltinName::Keccak) { "Keccak" } else { builtin.as_str() }
}

/// What stands between the two sentences of the message on addresses: for `ec_op`, nothing.
const fn gap(builtin: BuiltinName) -> &'static str {
    if matches!(builtin, BuiltinName::EcOp) { "" } else { " " }
}

/// `2^bits`.
fn power_of_two(bits: u32) -> Felt {
    (0..bits).fold(Felt::ONE, |power, _| power + power)
}

/// How many offsets the message on missing cells lists.
pub(crate) const LISTED: usize = 20;

/// The offsets of missing cells as a list that is cut off.
struct Offsets<'a>(&'a [u64]);

impl fmt::Display for Offsets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, offset) in self.0.iter().take(LISTED).enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{offset}")?;
        }
        f.write_str(if self.0.len() > LISTED { "..." } else { "." })
    }
}
