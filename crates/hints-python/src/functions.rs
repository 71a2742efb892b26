//! The functions in a hint's scope.

use std::rc::Rc;

use cairo_zero_hints::{Exception, ExceptionClass};
use num_traits::Signed;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyDict, PyDictRef, PyInt};
use rustpython_vm::function::{FuncArgs, OptionalArg};
use rustpython_vm::{AsObject, FromArgs, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::convert::reduced_address;
use crate::host::Host;
use crate::relocatable::{PyRelocatable, to_felt_or_relocatable};
use crate::scope::PyScope;

/// The argument of `vm_enter_scope`.
#[derive(FromArgs)]
struct EnterScope {
    #[pyarg(any, optional)]
    new_scope_locals: OptionalArg<PyObjectRef>,
}

type Named = (&'static str, PyObjectRef);

/// `vm_enter_scope` and `vm_exit_scope`.
pub(crate) fn scope_functions(host: &Rc<Host>, vm: &VirtualMachine) -> [Named; 2] {
    let entering = Rc::clone(host);
    let enter = vm.new_function("enter_scope", move |args: EnterScope, vm: &VirtualMachine| {
        let given = args.new_scope_locals.into_option().filter(|given| !vm.is_none(given));
        let dict = match given {
            None => vm.ctx.new_dict(),
            Some(given) => copied(&given, vm)?,
        };
        entering.scopes(|scopes| scopes.enter(PyScope::attach(dict)));
        Ok::<(), PyRef<rustpython_vm::builtins::PyBaseException>>(())
    });
    let leaving = Rc::clone(host);
    let exit = vm.new_function("exit_scope", move |vm: &VirtualMachine| {
        let left = leaving.scopes(|scopes| scopes.exit());
        leaving.check(left, vm).map(drop)
    });
    [("vm_enter_scope", enter.into()), ("vm_exit_scope", exit.into())]
}

/// `given.copy()`, which has to be a dictionary.
fn copied(given: &PyObject, vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let copy = vm.call_method(given, "copy", ())?;
    match copy.downcast::<PyDict>() {
        Ok(dict) => Ok(dict),
        Err(other) => {
            let found = other.class().name().to_string();
            Err(vm.new_type_error(format!("exec() globals must be a dict, not {found}")))
        }
    }
}

fn prime_of(host: &Host, args: &FuncArgs, at: usize, vm: &VirtualMachine) -> PyObjectRef {
    // The originals are lambdas with the prime as a last parameter that has a default.
    let given = args.args.get(at).or_else(|| args.kwargs.get("p"));
    given.cloned().unwrap_or_else(|| host.prime(vm).into())
}

fn operand(args: &FuncArgs, at: usize, name: &str, vm: &VirtualMachine) -> PyResult {
    args.args.get(at).or_else(|| args.kwargs.get(name)).cloned().ok_or_else(|| {
        let message = format!(
            "VirtualMachineBase.__init__.<locals>.<lambda>() missing 1 required positional \
             argument: '{name}'"
        );
        vm.new_type_error(message)
    })
}

/// An operation on two operands.
type Operation = fn(&VirtualMachine, &PyObject, &PyObject) -> PyResult;

fn field_operation(
    host: &Rc<Host>,
    name: &'static str,
    operation: Operation,
    vm: &VirtualMachine,
) -> Named {
    let host = Rc::clone(host);
    let function = vm.new_function(name, move |args: FuncArgs, vm: &VirtualMachine| {
        let (a, b) = (operand(&args, 0, "a", vm)?, operand(&args, 1, "b", vm)?);
        let result = operation(vm, &a, &b)?;
        vm._mod(&result, &prime_of(&host, &args, 2, vm))
    });
    (name, function.into())
}

/// A function of `starkware.python.math_utils`, looked up when it is called.
fn imported(
    host: &Rc<Host>,
    name: &'static str,
    original: &'static str,
    operands: &'static [&'static str],
    vm: &VirtualMachine,
) -> Named {
    let host = Rc::clone(host);
    let function = vm.new_function(name, move |args: FuncArgs, vm: &VirtualMachine| {
        let mut passed = Vec::new();
        for (at, operand_name) in operands.iter().enumerate() {
            passed.push(operand(&args, at, operand_name, vm)?);
        }
        passed.push(prime_of(&host, &args, operands.len(), vm));
        math_utils(original, vm)?.call(passed, vm)
    });
    (name, function.into())
}

fn math_utils(name: &'static str, vm: &VirtualMachine) -> PyResult {
    vm.import("starkware.python.math_utils", 0)?;
    let modules = vm.sys_module.get_attr("modules", vm)?;
    modules.get_item("starkware.python.math_utils", vm)?.get_attr(name, vm)
}

/// The functions that every scope has besides those of the machine.
pub(crate) fn static_functions(host: &Rc<Host>, vm: &VirtualMachine) -> Vec<Named> {
    let power = Rc::clone(host);
    let fpow = vm.new_function("fpow", move |args: FuncArgs, vm: &VirtualMachine| {
        let (a, b) = (operand(&args, 0, "a", vm)?, operand(&args, 1, "b", vm)?);
        vm._pow(&a, &b, &prime_of(&power, &args, 2, vm))
    });
    let dividing = Rc::clone(host);
    let safe_div = vm
        .new_function("safe_div", move |x: PyObjectRef, y: PyObjectRef, vm: &VirtualMachine| {
            safe_div(&dividing, &x, &y, vm)
        });
    let felt = vm.new_function("to_felt_or_relocatable", to_felt_or_relocatable);
    vec![
        field_operation(host, "fadd", |vm, a, b| vm._add(a, b), vm),
        field_operation(host, "fsub", |vm, a, b| vm._sub(a, b), vm),
        field_operation(host, "fmul", |vm, a, b| vm._mul(a, b), vm),
        imported(host, "fdiv", "div_mod", &["a", "b"], vm),
        ("fpow", fpow.into()),
        imported(host, "fis_quad_residue", "is_quad_residue", &["a"], vm),
        imported(host, "fsqrt", "sqrt", &["a"], vm),
        ("safe_div", safe_div.into()),
        ("to_felt_or_relocatable", felt.into()),
    ]
}

fn safe_div(host: &Host, x: &PyObject, y: &PyObject, vm: &VirtualMachine) -> PyResult {
    let failed = |message: String| {
        host.exception(&Exception::new(ExceptionClass::AssertionError, message), vm)
    };
    let (Some(a), Some(b)) = (x.downcast_ref::<PyInt>(), y.downcast_ref::<PyInt>()) else {
        return Err(failed(String::new()));
    };
    if crate::convert::is_zero(b.as_bigint()) {
        return Err(failed(String::new()));
    }
    let rest = vm._mod(x, y)?;
    if rest.downcast_ref::<PyInt>().is_some_and(|rest| !crate::convert::is_zero(rest.as_bigint())) {
        let (a, b) = (a.as_bigint(), b.as_bigint());
        return Err(failed(format!("{a} is not divisible by {b}.")));
    }
    vm._floordiv(x, y)
}

/// The argument of `is_accessed`.
#[derive(FromArgs)]
struct IsAccessed {
    #[pyarg(any)]
    addr: PyObjectRef,
}

/// `is_accessed`.
pub(crate) fn is_accessed(host: &Rc<Host>, vm: &VirtualMachine) -> Named {
    let host = Rc::clone(host);
    let function = vm.new_function("is_accessed", move |args: IsAccessed, vm: &VirtualMachine| {
        // What can't be looked for in a set raises a TypeError.
        args.addr.hash(vm)?;
        let address = args.addr.downcast_ref::<PyRelocatable>();
        let address = address.filter(|address| !address.offset.is_negative());
        let address = address.and_then(|address| reduced_address(address));
        Ok::<bool, PyBaseExceptionRef>(address.is_some_and(|address| host.is_accessed(address)))
    });
    ("is_accessed", function.into())
}
