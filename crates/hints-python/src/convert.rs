//! Between Python's numbers and the machine's values.

use cairo_zero_core::{Felt, Relocatable, Value};
use malachite_bigint::{BigInt, Sign};
use num_traits::{ToPrimitive, Zero};
use rustpython_vm::builtins::PyInt;
use rustpython_vm::{PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use crate::relocatable::PyRelocatable;

/// The field's prime.
pub(crate) fn prime() -> BigInt {
    int_of_limbs(Felt::PRIME)
}

fn int_of_limbs(limbs: [u64; 4]) -> BigInt {
    let mut digits = [0_u32; 8];
    for (pair, limb) in digits.chunks_exact_mut(2).zip(limbs) {
        pair[0] = limb as u32;
        pair[1] = (limb >> 32) as u32;
    }
    BigInt::from_slice(Sign::Plus, &digits)
}

/// A felt as the number in `0..P` that it is.
pub(crate) fn int_of(felt: Felt) -> BigInt {
    match felt.to_u128() {
        Some(small) => BigInt::from(small),
        None => int_of_limbs(felt.limbs()),
    }
}

/// `int % P`.
pub(crate) fn felt_of(int: &BigInt) -> Felt {
    if let Some(small) = int.to_i64() {
        return Felt::from_i64(small);
    }
    let magnitude = int.magnitude();
    let mut limbs = [0_u64; 4];
    let mut fits = magnitude.bits() <= 256;
    if fits {
        for (limb, digit) in limbs.iter_mut().zip(magnitude.iter_u64_digits()) {
            *limb = digit;
        }
        fits = Felt::from_limbs(limbs).is_some();
    }
    if !fits {
        let rest = magnitude % prime().magnitude();
        limbs = [0; 4];
        for (limb, digit) in limbs.iter_mut().zip(rest.iter_u64_digits()) {
            *limb = digit;
        }
    }
    let felt = Felt::from_limbs(limbs).unwrap_or_default();
    if int.sign() == Sign::Minus { -felt } else { felt }
}

/// A value of the machine as Python sees it.
pub(crate) fn object_of(value: Value, vm: &VirtualMachine) -> PyObjectRef {
    match value {
        Value::Felt(felt) => match felt.to_u64() {
            Some(small) => vm.ctx.new_int(small).into(),
            None => vm.ctx.new_int(int_of(felt)).into(),
        },
        Value::Relocatable(address) => PyRelocatable::from(address).into_pyobject(vm),
    }
}

/// The offset of an address as the reference keeps it, in `0..P`.
pub(crate) fn offset_of(address: Relocatable) -> BigInt {
    match u64::try_from(address.offset) {
        Ok(offset) => BigInt::from(offset),
        Err(_) => int_of(Felt::from_i64(address.offset)),
    }
}

/// A Python address as one of the machine's, its offset modulo the prime; `None` beyond the
/// machine's 64 bits.
pub(crate) fn reduced_address(address: &PyRelocatable) -> Option<Relocatable> {
    let segment = i32::try_from(address.segment).ok()?;
    let offset = match address.offset.to_i64() {
        Some(offset) => offset,
        None => felt_of(&address.offset).to_i64()?,
    };
    Some(Relocatable::new(segment, offset))
}

/// A Python number or address as a value of the machine, modulo the prime.
///
/// # Errors
/// `None` for anything else; an exception for an address that the machine does not have.
pub(crate) fn value_of(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Value>> {
    if let Some(int) = object.downcast_ref::<PyInt>() {
        return Ok(Some(Value::Felt(felt_of(int.as_bigint()))));
    }
    let Some(address) = object.downcast_ref::<PyRelocatable>() else {
        return Ok(None);
    };
    match reduced_address(address) {
        Some(address) => Ok(Some(Value::Relocatable(address))),
        None => Err(vm.new_overflow_error(format!("The address {address} is out of range."))),
    }
}

/// The name of an object's type, for messages.
pub(crate) fn type_name(object: &PyObject) -> String {
    object.class().name().to_string()
}

/// Whether a number is zero.
pub(crate) fn is_zero(int: &BigInt) -> bool {
    int.is_zero()
}
