//! Reading and writing memory the way hints do, with Python's exceptions.

use cairo_zero_core::{Relocatable, Value, ValueError};
use cairo_zero_executor::{ExecutionError, Machine};
use cairo_zero_memory::{MemoryError, MemoryErrorKind};

use crate::{Exception, ExceptionClass};

/// `memory[address]`.
///
/// # Errors
/// `UnknownMemoryError` when the cell holds nothing.
pub fn load(machine: &Machine, address: Value) -> Result<Value, Exception> {
    machine.load(address).ok_or_else(|| memory_error(&MemoryErrorKind::Unknown(address).into()))
}

/// `memory[address] = value`: the builtins check what is written to their segments.
///
/// # Errors
/// The exceptions of the reference's memory: `InconsistentMemoryError` above all.
pub fn store(machine: &mut Machine, address: Value, value: Value) -> Result<(), Exception> {
    machine.store(address, value).map_err(|error| execution_error(&error))
}

/// As [`store`], except that the rules which hints have added are left to the caller; the address.
///
/// # Errors
/// As [`store`].
pub fn store_unruled(
    machine: &mut Machine,
    address: Value,
    value: Value,
) -> Result<Relocatable, Exception> {
    machine.store_unruled(address, value).map_err(|error| execution_error(&error))
}

/// Writes as `segments.write_arg` and `memory.setdefault` do, past the builtins' checks.
///
/// # Errors
/// As [`store`], except for those checks.
pub fn store_unchecked(
    machine: &mut Machine,
    address: Value,
    value: Value,
) -> Result<(), Exception> {
    let Value::Relocatable(address) = address else {
        return Err(memory_error(&MemoryErrorKind::PureAddress(address).into()));
    };
    machine.memory.insert(address, value).map(|_| ()).map_err(|error| memory_error(&error))
}

/// `segments.add()`.
///
/// # Errors
/// When there are too many segments.
pub fn add_segment(machine: &mut Machine) -> Result<Value, Exception> {
    machine.memory.add_segment().map(Value::Relocatable).map_err(|error| memory_error(&error))
}

/// The exception for a failed access to memory.
#[must_use]
pub fn memory_error(error: &MemoryError) -> Exception {
    let class = match error.kind() {
        MemoryErrorKind::Inconsistent { .. } => ExceptionClass::InconsistentMemoryError,
        MemoryErrorKind::Unknown(_) => ExceptionClass::UnknownMemoryError,
        MemoryErrorKind::NegativeOffset(_) => ExceptionClass::ValueError,
        MemoryErrorKind::NoSegment(_) | MemoryErrorKind::PureAddress(_) => {
            ExceptionClass::SecurityError
        }
        MemoryErrorKind::OutOfMemory(_)
        | MemoryErrorKind::TooManyForLimit
        | MemoryErrorKind::TooManySegments => ExceptionClass::MemoryError,
        MemoryErrorKind::RuleOfRealSegment(_)
        | MemoryErrorKind::RuleOffset(_)
        | MemoryErrorKind::SecondRule(_)
        | MemoryErrorKind::RuleLoop(_) => ExceptionClass::AssertionError,
    };
    Exception::new(class, error.to_string())
}

/// The exception for values that can't be combined.
#[must_use]
pub fn value_error(error: &ValueError) -> Exception {
    let class = match error {
        ValueError::AddTwoRelocatables(..) | ValueError::DifferentSegments(..) => {
            ExceptionClass::AssertionError
        }
        ValueError::OffsetOutOfRange(..) => ExceptionClass::OverflowError,
        ValueError::SubtractFromFelt(..) => ExceptionClass::TypeError,
        ValueError::MultiplyRelocatable(..) => ExceptionClass::PureValueError,
    };
    Exception::new(class, error.to_string())
}

fn execution_error(error: &ExecutionError) -> Exception {
    match error {
        ExecutionError::Memory(error) => memory_error(error),
        ExecutionError::Value(error) => value_error(error),
        // The builtins assert what they are given.
        other => Exception::new(ExceptionClass::AssertionError, other.to_string()),
    }
}
