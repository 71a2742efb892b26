//! `segments`: the segment manager as hints see it.
//!
//! What goes through it is written past the builtins' checks and past the reduction modulo the
//! prime, which only `gen_arg` does, as in `memory_segments.py` of cairo-lang.

use std::rc::Rc;

use cairo_zero_hints::memory as access;
use cairo_zero_hints::{Exception, ExceptionClass};
use num_traits::ToPrimitive;
use rustpython_vm::builtins::{PyInt, PyIntRef};
use rustpython_vm::function::{ArgIterable, OptionalArg};
use rustpython_vm::{
    AsObject, FromArgs, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass,
};

use crate::convert::object_of;
use crate::host::Host;
use crate::identifiers::library;
use crate::memory::PyMemory;
use crate::relocatable;

/// The segment manager in Python.
#[pyclass(module = "starkware.cairo.lang.vm.memory_segments", name = "MemorySegmentManager")]
#[derive(Debug, PyPayload)]
pub(crate) struct PySegments {
    host: Rc<Host>,
    memory: PyRef<PyMemory>,
}

/// The arguments of `gen_arg`.
#[derive(FromArgs)]
struct GenArg {
    #[pyarg(any)]
    arg: PyObjectRef,
    #[pyarg(any, default = true)]
    apply_modulo_to_args: bool,
}

/// The arguments of `write_arg`.
#[derive(FromArgs)]
struct WriteArg {
    #[pyarg(any)]
    ptr: PyObjectRef,
    #[pyarg(any)]
    arg: PyObjectRef,
    #[pyarg(any, default = true)]
    apply_modulo_to_args: bool,
}

/// The argument of `gen_typed_args`.
#[derive(FromArgs)]
struct TypedArgs {
    #[pyarg(any)]
    args: PyObjectRef,
}

/// The arguments of `load_data`.
#[derive(FromArgs)]
struct LoadData {
    #[pyarg(any)]
    ptr: PyObjectRef,
    #[pyarg(any)]
    data: PyObjectRef,
}

/// The argument of `add`.
#[derive(FromArgs)]
struct Add {
    #[pyarg(any, optional)]
    size: OptionalArg<PyObjectRef>,
}

/// The argument of the size functions.
#[derive(FromArgs)]
struct SegmentIndex {
    #[pyarg(any)]
    segment_index: PyObjectRef,
}

/// The arguments of `finalize`.
#[derive(FromArgs)]
struct Finalize {
    #[pyarg(any)]
    segment_index: PyIntRef,
    #[pyarg(any, optional)]
    size: OptionalArg<PyObjectRef>,
    #[pyarg(any, optional)]
    public_memory: OptionalArg<PyObjectRef>,
}

/// Whether Python would call the object an `Iterable`.
fn is_iterable(object: &PyObject) -> bool {
    object.class().slots.iter.load().is_some()
}

/// An offset and its page.
fn number_pair(pair: &PyObject, vm: &VirtualMachine) -> PyResult<(i64, i64)> {
    let numbers: Vec<i64> = pair.to_owned().try_to_value(vm)?;
    match numbers[..] {
        [offset, page] => Ok((offset, page)),
        _ => Err(vm.new_value_error(format!(
            "a cell of the public memory is an offset and a page, not {} values",
            numbers.len()
        ))),
    }
}

impl PySegments {
    pub(crate) const fn new(host: Rc<Host>, memory: PyRef<PyMemory>) -> Self {
        Self { host, memory }
    }

    fn generate(&self, arg: PyObjectRef, reduce: bool, vm: &VirtualMachine) -> PyResult {
        if is_iterable(&arg) {
            return vm.with_recursion("", || {
                let base = self.new_segment(vm)?;
                // The original does not pass its flag on.
                self.write(base.clone(), &arg, true, vm)?;
                Ok(base)
            });
        }
        if reduce && arg.downcast_ref::<PyInt>().is_some() {
            return vm._mod(&arg, self.host.prime(vm).as_object());
        }
        Ok(arg)
    }

    fn new_segment(&self, vm: &VirtualMachine) -> PyResult {
        let added = self.host.machine(access::add_segment);
        Ok(object_of(self.host.check(added, vm)?, vm))
    }

    fn write(
        &self,
        ptr: PyObjectRef,
        arg: &PyObject,
        reduce: bool,
        vm: &VirtualMachine,
    ) -> PyResult {
        let items: Vec<PyObjectRef> = arg.to_owned().try_to_value(vm)?;
        let mut data = Vec::with_capacity(items.len());
        for item in items {
            data.push(self.generate(item, reduce, vm)?);
        }
        self.load(&ptr, &data, vm)
    }

    fn load(&self, ptr: &PyObject, data: &[PyObjectRef], vm: &VirtualMachine) -> PyResult {
        for (at, value) in data.iter().enumerate() {
            let address = vm._add(ptr, vm.ctx.new_int(at).as_object())?;
            self.memory.write(&address, value, vm)?;
        }
        vm._add(ptr, vm.ctx.new_int(data.len()).as_object())
    }

    fn set_size(&self, number: i32, size: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
        let size: PyIntRef = size.to_owned().try_into_value(vm)?;
        let Some(size) = size.as_bigint().to_i64() else {
            return Err(
                vm.new_overflow_error("The size of the segment is out of range.".to_owned())
            );
        };
        self.host.machine(|machine| machine.segment_sizes.insert(number, size));
        Ok(())
    }

    fn assertion(
        &self,
        message: &str,
        vm: &VirtualMachine,
    ) -> rustpython_vm::builtins::PyBaseExceptionRef {
        self.host.exception(&Exception::new(ExceptionClass::AssertionError, message), vm)
    }
}

#[pyclass]
impl PySegments {
    #[pygetset]
    fn memory(&self) -> PyRef<PyMemory> {
        self.memory.clone()
    }

    #[pygetset]
    fn prime(&self, vm: &VirtualMachine) -> PyIntRef {
        self.host.prime(vm)
    }

    #[pygetset]
    fn n_segments(&self) -> usize {
        self.host.machine(|machine| machine.memory.segment_count())
    }

    #[pygetset]
    fn n_temp_segments(&self) -> usize {
        self.host.machine(|machine| machine.memory.temporary_count())
    }

    #[pymethod]
    fn add(&self, args: Add, vm: &VirtualMachine) -> PyResult {
        let base = self.new_segment(vm)?;
        if let Some(size) = args.size.into_option().filter(|size| !vm.is_none(size)) {
            let number = self.host.machine(|machine| machine.memory.segment_count()) - 1;
            self.set_size(number as i32, &size, vm)?;
        }
        Ok(base)
    }

    #[pymethod]
    fn finalize(&self, args: Finalize, vm: &VirtualMachine) -> PyResult<()> {
        let number = args.segment_index.as_bigint().to_i32();
        let size = args.size.into_option().filter(|size| !vm.is_none(size));
        // There can be no segment of another number.
        let Some(number) = number else { return Ok(()) };
        if let Some(size) = size {
            self.set_size(number, &size, vm)?;
        }
        let public: Vec<(i64, i64)> = match args.public_memory {
            OptionalArg::Present(pairs) => {
                let pairs: Vec<PyObjectRef> = pairs.try_to_value(vm)?;
                pairs.iter().map(|pair| number_pair(pair, vm)).collect::<PyResult<_>>()?
            }
            OptionalArg::Missing => Vec::new(),
        };
        self.host.machine(|machine| machine.public_memory.insert(number, public));
        Ok(())
    }

    #[pymethod]
    fn add_temp_segment(&self, vm: &VirtualMachine) -> PyResult {
        let added = self.host.machine(|machine| machine.memory.add_temporary_segment());
        let added = added.map_err(|error| access::memory_error(&error));
        Ok(relocatable::new(self.host.check(added, vm)?, vm).into())
    }

    #[pymethod]
    fn gen_arg(&self, args: GenArg, vm: &VirtualMachine) -> PyResult {
        self.generate(args.arg, args.apply_modulo_to_args, vm)
    }

    #[pymethod]
    fn write_arg(&self, args: WriteArg, vm: &VirtualMachine) -> PyResult {
        if !is_iterable(&args.arg) {
            return Err(self.assertion("", vm));
        }
        self.write(args.ptr, &args.arg, args.apply_modulo_to_args, vm)
    }

    /// The cells of a struct that `CairoStructFactory` has made a class of.
    #[pymethod]
    fn gen_typed_args(zelf: PyRef<Self>, args: TypedArgs, vm: &VirtualMachine) -> PyResult {
        let function = library("starkware.cairo.lang.vm._typed_args", "typed_args", vm)?;
        function.call((zelf, args.args), vm)
    }

    #[pymethod]
    fn load_data(&self, args: LoadData, vm: &VirtualMachine) -> PyResult {
        // The values are written one by one, and only then the length is asked for.
        let items: ArgIterable = args.data.clone().try_into_value(vm)?;
        for (at, value) in items.iter(vm)?.enumerate() {
            let address = vm._add(&args.ptr, vm.ctx.new_int(at).as_object())?;
            let value = value?;
            self.memory.write(&address, &value, vm)?;
        }
        let length = args.data.length(vm)?;
        vm._add(&args.ptr, vm.ctx.new_int(length).as_object())
    }

    #[pymethod]
    fn compute_effective_sizes(
        &self,
        _allow_tmp_segments: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        Err(self.assertion("Memory has to be frozen before calculating effective size.", vm))
    }

    #[pymethod]
    fn get_segment_used_size(&self, _index: SegmentIndex, vm: &VirtualMachine) -> PyResult {
        Err(self
            .assertion("compute_effective_sizes must be called before get_segment_used_size.", vm))
    }

    #[pymethod]
    fn get_segment_size(&self, index: SegmentIndex, vm: &VirtualMachine) -> PyResult {
        let number = index.segment_index.downcast_ref::<PyInt>();
        let number = number.and_then(|number| number.as_bigint().to_i32());
        let size = number.and_then(|number| {
            self.host.machine(|machine| machine.segment_sizes.get(&number).copied())
        });
        match size {
            Some(size) => Ok(vm.ctx.new_int(size).into()),
            None => self.get_segment_used_size(index, vm),
        }
    }

    #[pymethod]
    fn is_valid_memory_value(&self, _value: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        Err(self
            .assertion("compute_effective_sizes must be called before is_valid_memory_value.", vm))
    }
}
