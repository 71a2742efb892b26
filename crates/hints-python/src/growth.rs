//! Operations that ask for more memory than there may be: they raise `MemoryError`, as Python's do
//! where a machine has no more.
//!
//! The interpreter's own code would have the allocator fail, which ends the process. Here are the
//! operations by which a short expression grows beyond all bounds: repeating a sequence, shifting a
//! number, powers of numbers, and bytes of a given number.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use num_traits::{Signed, ToPrimitive};
use rustpython_vm::builtins::{PyInt, PyStr, PyTypeRef};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::protocol::{PyNumberBinaryFunc, PyNumberTernaryFunc, PySequence};
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

/// How many bytes one operation may ask for. The last interpreter started has set it.
static MOST: AtomicU64 = AtomicU64::new(DEFAULT);

/// A tebibyte: no limit was asked for, and no allocator has more.
const DEFAULT: u64 = 1 << 40;

/// Bytes of a reference in a list or tuple.
const REFERENCE: u64 = 8;

/// Fails for so many bytes.
fn checked(bytes: u64, vm: &VirtualMachine) -> PyResult<()> {
    if bytes > MOST.load(Ordering::Relaxed) {
        return Err(vm.new_memory_error(String::new()));
    }
    Ok(())
}

type Repeat = fn(PySequence<'_>, isize, &VirtualMachine) -> PyResult;

/// Checks the size of what repeating gives.
fn check_repeat(
    sequence: PySequence<'_>,
    times: isize,
    item: u64,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let length = match sequence.obj.downcast_ref::<PyStr>() {
        Some(text) => text.as_bytes().len(),
        None => sequence.length(vm)?,
    };
    let times = u64::try_from(times).unwrap_or(0);
    checked((length as u64).saturating_mul(times).saturating_mul(item), vm)
}

/// Wraps repetition, or repetition in place, of one type.
macro_rules! wrap_repeat {
    ($class:expr, $slot:ident, $item:expr) => {{
        static ORIGINAL: OnceLock<Repeat> = OnceLock::new();
        fn wrapper(sequence: PySequence<'_>, times: isize, vm: &VirtualMachine) -> PyResult {
            check_repeat(sequence, times, $item, vm)?;
            match ORIGINAL.get() {
                Some(original) => original(sequence, times, vm),
                None => Ok(vm.ctx.not_implemented()),
            }
        }
        let slot = &$class.slots.as_sequence.$slot;
        if let Some(original) = slot.load()
            && ORIGINAL.set(original).is_ok()
        {
            slot.store(Some(wrapper));
        }
    }};
}

/// The number of bits that shifting left by `by` gives.
fn shifted(number: &PyObject, by: &PyObject) -> Option<u64> {
    let number = number.downcast_ref::<PyInt>()?.as_bigint();
    let by = by.downcast_ref::<PyInt>()?.as_bigint().to_u64()?;
    (number.bits() > 0).then(|| number.bits().saturating_add(by))
}

/// At least so many bits has the power; `None` when it is no large number.
fn raised(base: &PyObject, exponent: &PyObject) -> Option<u64> {
    let base = base.downcast_ref::<PyInt>()?.as_bigint();
    let exponent = exponent.downcast_ref::<PyInt>()?.as_bigint();
    if !exponent.is_positive() || base.bits() < 2 {
        return None;
    }
    Some((base.bits() - 1).saturating_mul(exponent.to_u64().unwrap_or(u64::MAX)))
}

/// Wraps the operations of one type's numbers.
macro_rules! wrap_number {
    ($class:expr) => {{
        static SHIFT: OnceLock<PyNumberBinaryFunc> = OnceLock::new();
        static POWER: OnceLock<PyNumberTernaryFunc> = OnceLock::new();
        fn shift(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
            checked(shifted(a, b).unwrap_or(0) / 8, vm)?;
            SHIFT.get().map_or_else(|| Ok(vm.ctx.not_implemented()), |shift| shift(a, b, vm))
        }
        fn power(a: &PyObject, b: &PyObject, c: &PyObject, vm: &VirtualMachine) -> PyResult {
            if vm.is_none(c) {
                checked(raised(a, b).unwrap_or(0) / 8, vm)?;
            }
            POWER.get().map_or_else(|| Ok(vm.ctx.not_implemented()), |power| power(a, b, c, vm))
        }
        let slots = &$class.slots.as_number;
        if let Some(original) = slots.lshift.load()
            && SHIFT.set(original).is_ok()
        {
            slots.lshift.store(Some(shift));
            slots.right_lshift.store(Some(shift));
        }
        if let Some(original) = slots.power.load()
            && POWER.set(original).is_ok()
        {
            slots.power.store(Some(power));
            slots.right_power.store(Some(power));
        }
    }};
}

/// Checks `bytes(number)`.
fn check_bytes(args: &FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let number = args.args.first().or_else(|| args.kwargs.get("source"));
    match number.and_then(|number| number.downcast_ref::<PyInt>()) {
        Some(number) => checked(number.as_bigint().to_isize().map_or(0, |n| n.max(0) as u64), vm),
        None => Ok(()),
    }
}

fn wrap_bytes(vm: &VirtualMachine) {
    type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;
    type Init = fn(PyObjectRef, FuncArgs, &VirtualMachine) -> PyResult<()>;
    static NEW: OnceLock<New> = OnceLock::new();
    static INIT: OnceLock<Init> = OnceLock::new();
    fn new(class: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        check_bytes(&args, vm)?;
        NEW.get().map_or_else(|| Ok(vm.ctx.not_implemented()), |new| new(class, args, vm))
    }
    fn init(made: PyObjectRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        check_bytes(&args, vm)?;
        INIT.get().map_or(Ok(()), |init| init(made, args, vm))
    }
    let slots = &vm.ctx.types.bytes_type.slots;
    if let Some(original) = slots.new.load()
        && NEW.set(original).is_ok()
    {
        slots.new.store(Some(new));
    }
    let slots = &vm.ctx.types.bytearray_type.slots;
    if let Some(original) = slots.init.load()
        && INIT.set(original).is_ok()
    {
        slots.init.store(Some(init));
    }
}

/// Puts the wrappers in place, for operations of at most so many bytes. Doing so again changes the
/// number alone.
pub(crate) fn install(most: Option<usize>, vm: &VirtualMachine) {
    MOST.store(most.map_or(DEFAULT, |most| (most as u64).min(DEFAULT)), Ordering::Relaxed);
    let types = &vm.ctx.types;
    wrap_repeat!(types.list_type, repeat, REFERENCE);
    wrap_repeat!(types.list_type, inplace_repeat, REFERENCE);
    wrap_repeat!(types.tuple_type, repeat, REFERENCE);
    wrap_repeat!(types.str_type, repeat, 1);
    wrap_repeat!(types.bytes_type, repeat, 1);
    wrap_repeat!(types.bytearray_type, repeat, 1);
    wrap_repeat!(types.bytearray_type, inplace_repeat, 1);
    wrap_number!(types.int_type);
    wrap_number!(types.bool_type);
    wrap_bytes(vm);
}
