//! The words of divisions by zero, which hints may catch and print.
//!
//! The interpreter has one sentence for all of them, CPython one for each operation. The operations of
//! numbers are wrapped, and what a failed one says is exchanged.

use std::sync::OnceLock;

use rustpython_vm::builtins::PyInt;
use rustpython_vm::protocol::{PyNumberBinaryFunc, PyNumberTernaryFunc};
use rustpython_vm::{AsObject, PyObject, PyResult, VirtualMachine};

/// What a failed operation says for two integers, and when a float is among the operands.
struct Words {
    integers: &'static str,
    floats: &'static str,
}

#[cold]
fn reworded(
    failed: rustpython_vm::builtins::PyBaseExceptionRef,
    a: &PyObject,
    b: &PyObject,
    words: &Words,
    vm: &VirtualMachine,
) -> rustpython_vm::builtins::PyBaseExceptionRef {
    if !failed.class().is(vm.ctx.exceptions.zero_division_error) {
        return failed;
    }
    let integers = a.downcast_ref::<PyInt>().is_some() && b.downcast_ref::<PyInt>().is_some();
    let words = if integers { words.integers } else { words.floats };
    vm.new_zero_division_error(words.to_owned())
}

/// Writes the wrapper of one operation of two operands on one type.
macro_rules! wrapped {
    ($slots:expr, $slot:ident, $right:ident, $integers:literal, $floats:literal) => {{
        static ORIGINAL: OnceLock<PyNumberBinaryFunc> = OnceLock::new();
        fn wrapper(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
            const WORDS: Words = Words { integers: $integers, floats: $floats };
            match ORIGINAL.get() {
                Some(original) => {
                    original(a, b, vm).map_err(|failed| reworded(failed, a, b, &WORDS, vm))
                }
                None => Ok(vm.ctx.not_implemented()),
            }
        }
        if let Some(original) = $slots.$slot.load()
            && ORIGINAL.set(original).is_ok()
        {
            $slots.$slot.store(Some(wrapper));
            $slots.$right.store(Some(wrapper));
        }
    }};
}

/// As `wrapped`, for powers, which have three operands.
macro_rules! wrapped_power {
    ($slots:expr) => {{
        static ORIGINAL: OnceLock<PyNumberTernaryFunc> = OnceLock::new();
        fn wrapper(a: &PyObject, b: &PyObject, c: &PyObject, vm: &VirtualMachine) -> PyResult {
            const POWER: &str = "0.0 cannot be raised to a negative power";
            const WORDS: Words = Words { integers: POWER, floats: POWER };
            match ORIGINAL.get() {
                Some(original) => {
                    original(a, b, c, vm).map_err(|failed| reworded(failed, a, b, &WORDS, vm))
                }
                None => Ok(vm.ctx.not_implemented()),
            }
        }
        if let Some(original) = $slots.power.load()
            && ORIGINAL.set(original).is_ok()
        {
            $slots.power.store(Some(wrapper));
            $slots.right_power.store(Some(wrapper));
        }
    }};
}

/// Wraps the operations of all of a type's numbers.
macro_rules! wrap_type {
    ($slots:expr) => {{
        let slots = $slots;
        wrapped!(
            slots,
            floor_divide,
            right_floor_divide,
            "integer division or modulo by zero",
            "float floor division by zero"
        );
        wrapped!(slots, remainder, right_remainder, "integer modulo by zero", "float modulo");
        wrapped!(
            slots,
            divmod,
            right_divmod,
            "integer division or modulo by zero",
            "float divmod()"
        );
        wrapped!(
            slots,
            true_divide,
            right_true_divide,
            "division by zero",
            "float division by zero"
        );
        wrapped_power!(slots);
    }};
}

/// Puts the wrappers in place. Doing so again changes nothing.
pub(crate) fn install(vm: &VirtualMachine) {
    wrap_type!(&vm.ctx.types.int_type.slots.as_number);
    wrap_type!(&vm.ctx.types.bool_type.slots.as_number);
    wrap_type!(&vm.ctx.types.float_type.slots.as_number);
}
