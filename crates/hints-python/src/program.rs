//! `vm_load_program`, and the class of programs that it takes
//! (`starkware.cairo.lang.compiler.program`).

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use cairo_zero_core::Relocatable;
use cairo_zero_hints::{Exception, ExceptionClass};
use cairo_zero_program::Program;
use malachite_bigint::BigInt;
use num_traits::Num;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyDict, PyDictRef, PyStr, PyStrRef};
use rustpython_vm::{
    AsObject, FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    pyclass,
};

use crate::convert::{int_of, prime, reduced_address};
use crate::host::Host;
use crate::identifiers;
use crate::python::compile;
use crate::relocatable::PyRelocatable;

/// A program in Python.
#[pyclass(module = "starkware.cairo.lang.compiler.program", name = "Program")]
#[derive(PyPayload)]
pub(crate) struct PyProgram {
    program: Arc<Program>,
    identifiers: OnceCell<PyObjectRef>,
}

impl std::fmt::Debug for PyProgram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Program")
    }
}

/// The argument of `load` and `loads`.
#[derive(FromArgs)]
struct Load {
    #[pyarg(any)]
    data: PyObjectRef,
}

/// The arguments of `vm_load_program`.
#[derive(FromArgs)]
struct LoadProgram {
    #[pyarg(any)]
    program: PyObjectRef,
    #[pyarg(any)]
    program_base: PyRef<PyRelocatable>,
}

/// The program that a dictionary or its JSON text describes.
fn parse(data: &PyObject, vm: &VirtualMachine) -> PyResult<Arc<Program>> {
    if let Some(data) = data.downcast_ref::<PyDict>() {
        check_prime(data, vm)?;
    }
    let text: PyStrRef = match data.downcast_ref::<PyStr>() {
        Some(text) => text.to_owned(),
        None => {
            let dumps = vm.import("json", 0)?.get_attr("dumps", vm)?;
            dumps.call((data.to_owned(),), vm)?.try_into_value(vm)?
        }
    };
    let program = Program::from_json(text.to_string_lossy().as_bytes());
    program.map(Arc::new).map_err(|error| vm.new_value_error(error.to_string()))
}

/// The original finds out later that a program is for another prime, in `vm_load_program`.
fn check_prime(data: &Py<PyDict>, vm: &VirtualMachine) -> PyResult<()> {
    let Some(found) = data.get_item_opt("prime", vm)? else {
        return Ok(());
    };
    let text = found.downcast_ref::<PyStr>().map(|text| text.to_string_lossy().into_owned());
    let digits = text.as_deref().and_then(|text| text.strip_prefix("0x")).unwrap_or_default();
    match BigInt::from_str_radix(digits, 16).ok() {
        Some(found) if found != prime() => {
            let message = format!("Unexpected prime for loaded program: {found} != {}.", prime());
            let class = vm.ctx.exceptions.assertion_error.to_owned();
            Err(vm.new_exception_msg(class, message.into()))
        }
        _ => Ok(()),
    }
}

#[pyclass]
impl PyProgram {
    #[pystaticmethod]
    fn load(args: Load, vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self { program: parse(&args.data, vm)?, identifiers: OnceCell::new() })
    }

    #[pystaticmethod]
    fn loads(args: Load, vm: &VirtualMachine) -> PyResult<Self> {
        Self::load(args, vm)
    }

    /// `Program.Schema().load(…)` of the original is `Program.load(…)`.
    #[pystaticmethod(name = "Schema")]
    fn schema() -> PySchema {
        PySchema {}
    }

    #[pygetset]
    fn prime(&self, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.new_int(prime()).into()
    }

    #[pygetset]
    fn data(&self, vm: &VirtualMachine) -> PyObjectRef {
        let word = |word: &cairo_zero_core::Felt| vm.ctx.new_int(int_of(*word)).into();
        vm.ctx.new_list(self.program.data().iter().map(word).collect()).into()
    }

    #[pygetset]
    fn builtins(&self, vm: &VirtualMachine) -> PyObjectRef {
        let name = |name: &cairo_zero_core::BuiltinName| vm.ctx.new_str(name.to_string()).into();
        vm.ctx.new_list(self.program.builtins().iter().map(name).collect()).into()
    }

    #[pygetset]
    fn main(&self) -> Option<usize> {
        self.program.main().ok().flatten()
    }

    /// The hints' texts by the offset of their instruction.
    #[pygetset]
    fn hints(&self, vm: &VirtualMachine) -> PyResult<PyDictRef> {
        let dict = vm.ctx.new_dict();
        for (offset, hints) in self.program.hints() {
            let text = |hint: &cairo_zero_program::Hint| vm.ctx.new_str(hint.code.as_str()).into();
            let texts = vm.ctx.new_list(hints.iter().map(text).collect());
            dict.set_item(vm.ctx.new_int(*offset).as_object(), texts.into(), vm)?;
        }
        Ok(dict)
    }

    #[pygetset]
    fn identifiers(&self, vm: &VirtualMachine) -> PyResult {
        identifiers::of_program(&self.program, &self.identifiers, vm)
    }

    #[pygetset]
    fn main_scope(&self, vm: &VirtualMachine) -> PyResult {
        identifiers::scoped_name(self.program.main_scope(), vm)
    }

    #[pymethod]
    fn get_label(&self, name: PyStrRef, vm: &VirtualMachine) -> PyResult<usize> {
        let found = self.program.label(&name.to_string_lossy());
        found.map_err(|error| vm.new_key_error(vm.ctx.new_str(error.to_string()).into()))
    }
}

/// What `Program.Schema()` gives.
#[pyclass(module = "starkware.cairo.lang.compiler.program", name = "ProgramSchema")]
#[derive(Debug, PyPayload)]
pub(crate) struct PySchema {}

#[pyclass]
impl PySchema {
    #[pymethod]
    fn load(&self, args: Load, vm: &VirtualMachine) -> PyResult<PyProgram> {
        PyProgram::load(args, vm)
    }

    #[pymethod]
    fn loads(&self, args: Load, vm: &VirtualMachine) -> PyResult<PyProgram> {
        PyProgram::load(args, vm)
    }
}

/// Programs that hints have loaded and the engine has not yet taken over, with the number of the next
/// hint.
#[derive(Default)]
pub(crate) struct LoadedPrograms {
    pub(crate) waiting: Vec<(Arc<Program>, Relocatable)>,
    pub(crate) next_hint: u32,
}

/// `vm_load_program`.
pub(crate) fn load_program(host: &Rc<Host>, vm: &VirtualMachine) -> PyObjectRef {
    let host = Rc::clone(host);
    let function =
        vm.new_function("load_program", move |args: LoadProgram, vm: &VirtualMachine| {
            let program = program_of(&args.program, vm)?;
            let Some(base) = reduced_address(&args.program_base) else {
                let message = format!("The address {} is out of range.", *args.program_base);
                return Err(vm.new_overflow_error(message));
            };
            // All hints are compiled here and now, whether they will run or not.
            let mut number = host.loaded(|loaded| loaded.next_hint);
            for hint in program.hints().iter().flat_map(|(_, hints)| hints) {
                if let Err(failure) = compile(number, &hint.code) {
                    let message = failure.traceback.to_string();
                    let exception = Exception::new(ExceptionClass::VmException, message.trim_end());
                    return Err(host.exception(&exception, vm));
                }
                number += 1;
            }
            host.loaded(|loaded| {
                loaded.next_hint = number;
                loaded.waiting.push((program, base));
            });
            Ok::<(), PyBaseExceptionRef>(())
        });
    function.into()
}

/// The program in what `vm_load_program` was given.
fn program_of(given: &PyObject, vm: &VirtualMachine) -> PyResult<Arc<Program>> {
    if let Some(program) = given.downcast_ref::<PyProgram>() {
        return Ok(Arc::clone(&program.program));
    }
    parse(given, vm)
}
