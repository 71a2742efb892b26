//! `DictManager` and `DictTracker`: the objects native hints share, as Python hints see them.
//!
//! A tracker's `data` is a Python dictionary that lives on the native side, so that a Cairo
//! dictionary costs the same whichever hints use it.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use cairo_zero_core::Relocatable;
use cairo_zero_hints::dict::{DictManager, DictTracker};
use cairo_zero_hints::object::{DefaultValue, Dict, Key, Object};
use rustpython_vm::builtins::{PyDictRef, PyType};
use rustpython_vm::common::lock::LazyLock;
use rustpython_vm::function::{FuncArgs, OptionalArg, PyComparisonValue};
use rustpython_vm::protocol::{PyMappingMethods, PySequenceMethods};
use rustpython_vm::types::{
    AsMapping, AsSequence, Comparable, Constructor, Iterable, PyComparisonOp, Representable,
};
use rustpython_vm::{
    AsObject, FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    atomic_func, pyclass,
};

use crate::convert::{type_name, value_of};
use crate::host::Host;
use crate::objects::{Converter, of_python};
use crate::relocatable::PyRelocatable;

/// The dictionary of a tracker.
#[pyclass(module = "builtins", name = "dict")]
#[derive(PyPayload)]
pub(crate) struct PyTrackedDict {
    host: Rc<Host>,
    dict: Rc<RefCell<Dict>>,
}

/// `starkware.cairo.common.dict.DictTracker`
#[pyclass(module = "starkware.cairo.common.dict", name = "DictTracker")]
#[derive(PyPayload)]
pub(crate) struct PyDictTracker {
    host: Rc<Host>,
    tracker: Rc<DictTracker>,
}

/// `starkware.cairo.common.dict.DictManager`
#[pyclass(module = "starkware.cairo.common.dict", name = "DictManager")]
#[derive(PyPayload)]
pub(crate) struct PyDictManager {
    host: Rc<Host>,
    manager: Rc<RefCell<DictManager>>,
}

impl fmt::Debug for PyTrackedDict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("dict")
    }
}

impl fmt::Debug for PyDictTracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DictTracker")
    }
}

impl fmt::Debug for PyDictManager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DictManager")
    }
}

fn key_of(key: &PyObject, vm: &VirtualMachine) -> PyResult<Key> {
    let object = of_python(key, vm);
    Key::of(&object).or_else(|| object.to_int().map(Key::Int)).ok_or_else(|| {
        let message = format!("a Cairo dictionary has no keys of type '{}'", type_name(key));
        vm.new_type_error(message)
    })
}

impl PyTrackedDict {
    pub(crate) const fn new(host: Rc<Host>, dict: Rc<RefCell<Dict>>) -> Self {
        Self { host, dict }
    }

    pub(crate) fn native(&self) -> Rc<RefCell<Dict>> {
        Rc::clone(&self.dict)
    }

    fn object(&self, object: &Object, vm: &VirtualMachine) -> PyResult {
        Converter::new(&self.host).python_of(object, vm)
    }

    fn read(&self, key: &PyObject, vm: &VirtualMachine) -> PyResult {
        let found = self.dict.borrow_mut().get(&key_of(key, vm)?);
        match found {
            Some(found) => self.object(&found, vm),
            None => Err(vm.new_key_error(key.to_owned())),
        }
    }

    fn write(
        &self,
        key: &PyObject,
        item: Option<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let native = key_of(key, vm)?;
        let old = match item {
            Some(item) => self.dict.borrow_mut().items.insert(native, of_python(&item, vm)),
            None => match self.dict.borrow_mut().items.shift_remove(&native) {
                Some(old) => Some(old),
                None => return Err(vm.new_key_error(key.to_owned())),
            },
        };
        drop(old);
        Ok(())
    }

    /// A dictionary of Python's with the same items.
    fn snapshot(&self, vm: &VirtualMachine) -> PyResult<PyDictRef> {
        let items: Vec<(Key, Object)> = {
            let dict = self.dict.borrow();
            dict.items.iter().map(|(key, item)| (key.clone(), item.clone())).collect()
        };
        let made = vm.ctx.new_dict();
        for (key, item) in items {
            let key = self.object(&key.to_object(), vm)?;
            made.set_item(&*key, self.object(&item, vm)?, vm)?;
        }
        Ok(made)
    }

    /// A method of a dictionary that changes nothing.
    fn reading(&self, name: &str, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        vm.call_method(self.snapshot(vm)?.as_object(), name, args)
    }
}

#[pyclass(with(AsMapping, AsSequence, Iterable, Comparable, Representable))]
impl PyTrackedDict {
    #[pymethod]
    fn get(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        self.reading("get", args, vm)
    }

    #[pymethod]
    fn items(&self, vm: &VirtualMachine) -> PyResult {
        self.reading("items", FuncArgs::default(), vm)
    }

    #[pymethod]
    fn keys(&self, vm: &VirtualMachine) -> PyResult {
        self.reading("keys", FuncArgs::default(), vm)
    }

    #[pymethod]
    fn values(&self, vm: &VirtualMachine) -> PyResult {
        self.reading("values", FuncArgs::default(), vm)
    }

    #[pymethod]
    fn copy(&self, vm: &VirtualMachine) -> PyResult<PyDictRef> {
        self.snapshot(vm)
    }

    #[pymethod]
    fn clear(&self) {
        let items = std::mem::take(&mut self.dict.borrow_mut().items);
        drop(items);
    }

    #[pymethod]
    fn update(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        let given = vm.ctx.new_dict();
        vm.call_method(given.as_object(), "update", args)?;
        for (key, item) in given {
            self.write(&key, Some(item), vm)?;
        }
        Ok(())
    }

    #[pymethod]
    fn setdefault(
        &self,
        key: PyObjectRef,
        default: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let known = self.dict.borrow().items.get(&key_of(&key, vm)?).cloned();
        if let Some(known) = known {
            return self.object(&known, vm);
        }
        let default = default.unwrap_or_else(|| vm.ctx.none());
        self.write(&key, Some(default.clone()), vm)?;
        Ok(default)
    }

    #[pymethod]
    fn pop(
        &self,
        key: PyObjectRef,
        default: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let found = self.dict.borrow_mut().items.shift_remove(&key_of(&key, vm)?);
        match (found, default) {
            (Some(found), _) => self.object(&found, vm),
            (None, OptionalArg::Present(default)) => Ok(default),
            (None, OptionalArg::Missing) => Err(vm.new_key_error(key)),
        }
    }
}

impl AsMapping for PyTrackedDict {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: LazyLock<PyMappingMethods> = LazyLock::new(|| PyMappingMethods {
            length: atomic_func!(|mapping, _vm| {
                let dict = PyTrackedDict::mapping_downcast(mapping);
                Ok(dict.dict.borrow().items.len())
            }),
            subscript: atomic_func!(|mapping, key, vm| {
                PyTrackedDict::mapping_downcast(mapping).read(key, vm)
            }),
            ass_subscript: atomic_func!(|mapping, key, item, vm| {
                PyTrackedDict::mapping_downcast(mapping).write(key, item, vm)
            }),
        });
        &METHODS
    }
}

impl AsSequence for PyTrackedDict {
    fn as_sequence() -> &'static PySequenceMethods {
        static METHODS: LazyLock<PySequenceMethods> = LazyLock::new(|| PySequenceMethods {
            contains: atomic_func!(|sequence, key, vm| {
                let dict = PyTrackedDict::sequence_downcast(sequence);
                Ok(dict.dict.borrow().items.contains_key(&key_of(key, vm)?))
            }),
            ..PySequenceMethods::NOT_IMPLEMENTED
        });
        &METHODS
    }
}

impl Iterable for PyTrackedDict {
    fn iter(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        let keys = zelf.snapshot(vm)?;
        Ok(keys.as_object().get_iter(vm)?.into())
    }
}

impl Comparable for PyTrackedDict {
    fn cmp(
        zelf: &Py<Self>,
        other: &PyObject,
        op: PyComparisonOp,
        vm: &VirtualMachine,
    ) -> PyResult<PyComparisonValue> {
        let mine = zelf.snapshot(vm)?;
        let other = match other.downcast_ref::<Self>() {
            Some(other) => other.snapshot(vm)?.into(),
            None => other.to_owned(),
        };
        op.eq_only(|| Ok(vm.bool_eq(mine.as_object(), &other)?.into()))
    }
}

impl Representable for PyTrackedDict {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let text = zelf.snapshot(vm)?.as_object().repr(vm)?.to_string();
        Ok(match &zelf.dict.borrow().default {
            None => text,
            Some(DefaultValue::NewList) => format!("defaultdict(<class 'list'>, {text})"),
            Some(DefaultValue::Same(_)) => format!("defaultdict(<function <lambda>>, {text})"),
        })
    }
}

/// An address given by a hint: itself, or that of a struct.
fn address_of(object: &PyObject, vm: &VirtualMachine) -> PyResult<Relocatable> {
    let object = match object.downcast_ref::<PyRelocatable>() {
        Some(_) => object.to_owned(),
        None => object.get_attr("address_", vm)?,
    };
    match value_of(&object, vm)? {
        Some(cairo_zero_core::Value::Relocatable(address)) => Ok(address),
        _ => Err(vm.new_attribute_error(format!(
            "'{}' object has no attribute 'segment_index'",
            type_name(&object)
        ))),
    }
}

impl PyDictTracker {
    pub(crate) const fn new(host: Rc<Host>, tracker: Rc<DictTracker>) -> Self {
        Self { host, tracker }
    }

    pub(crate) fn native(&self) -> Rc<DictTracker> {
        Rc::clone(&self.tracker)
    }
}

/// The arguments of `DictTracker`.
#[derive(FromArgs)]
pub(crate) struct NewTracker {
    #[pyarg(any)]
    data: PyObjectRef,
    #[pyarg(any)]
    current_ptr: PyObjectRef,
}

/// The dictionary that a hint gives as a tracker's.
fn given_dict(data: &PyObject, vm: &VirtualMachine) -> PyResult<Rc<RefCell<Dict>>> {
    match data.downcast_ref::<PyTrackedDict>() {
        Some(tracked) => Ok(tracked.native()),
        None => native_dict(data, vm).map(|dict| Rc::new(RefCell::new(dict))),
    }
}

impl Constructor for PyDictTracker {
    type Args = NewTracker;

    fn py_new(_class: &Py<PyType>, args: NewTracker, vm: &VirtualMachine) -> PyResult<Self> {
        let data = given_dict(&args.data, vm)?;
        let tracker = Rc::new(DictTracker::new(data, address_of(&args.current_ptr, vm)?));
        Ok(Self::new(crate::host::current(vm)?, tracker))
    }
}

impl Comparable for PyDictTracker {
    fn cmp(
        zelf: &Py<Self>,
        other: &PyObject,
        op: PyComparisonOp,
        vm: &VirtualMachine,
    ) -> PyResult<PyComparisonValue> {
        let Some(other) = other.downcast_ref::<Self>() else {
            return Ok(PyComparisonValue::NotImplemented);
        };
        op.eq_only(|| {
            let same = zelf.tracker.current_ptr == other.tracker.current_ptr
                && vm.bool_eq(
                    zelf.data().into_pyobject(vm).as_object(),
                    other.data().into_pyobject(vm).as_object(),
                )?;
            Ok(same.into())
        })
    }
}

impl Representable for PyDictTracker {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let data = zelf.data().into_pyobject(vm).repr(vm)?;
        let pointer = zelf.current_ptr().into_pyobject(vm).repr(vm)?;
        Ok(format!("DictTracker(data={data}, current_ptr={pointer})"))
    }
}

#[pyclass(with(Constructor, Comparable, Representable))]
impl PyDictTracker {
    #[pygetset]
    fn data(&self) -> PyTrackedDict {
        PyTrackedDict::new(Rc::clone(&self.host), Rc::clone(&self.tracker.data.borrow()))
    }

    #[pygetset(setter)]
    fn set_data(&self, data: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let dict = given_dict(&data, vm)?;
        let old = self.tracker.data.replace(dict);
        drop(old);
        Ok(())
    }

    #[pygetset]
    fn current_ptr(&self) -> PyRelocatable {
        PyRelocatable::from(self.tracker.current_ptr.get())
    }

    #[pygetset(setter)]
    fn set_current_ptr(&self, pointer: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        self.tracker.current_ptr.set(address_of(&pointer, vm)?);
        Ok(())
    }
}

/// The items of a Python dictionary.
fn native_dict(dict: &PyObject, vm: &VirtualMachine) -> PyResult<Dict> {
    let pairs: Vec<PyObjectRef> = vm.call_method(dict, "items", ())?.try_to_value(vm)?;
    let mut made = Dict::default();
    for pair in pairs {
        let key = pair.get_item(&0_usize, vm)?;
        let item = pair.get_item(&1_usize, vm)?;
        made.items.insert(key_of(&key, vm)?, of_python(&item, vm));
    }
    Ok(made)
}

/// The arguments of `new_default_dict`.
#[derive(FromArgs)]
struct NewDefaultDict {
    #[pyarg(any)]
    segments: PyObjectRef,
    #[pyarg(any)]
    default_value: PyObjectRef,
    #[pyarg(any, default = false)]
    temp_segment: bool,
}

impl PyDictManager {
    pub(crate) const fn new(host: Rc<Host>, manager: Rc<RefCell<DictManager>>) -> Self {
        Self { host, manager }
    }

    pub(crate) fn native(&self) -> Rc<RefCell<DictManager>> {
        Rc::clone(&self.manager)
    }

    fn insert(&self, base: PyObjectRef, dict: Dict, vm: &VirtualMachine) -> PyResult {
        let added = self.manager.borrow_mut().insert(address_of(&base, vm)?, dict);
        self.host.check(added, vm)?;
        Ok(base)
    }

    fn find(&self, dict_ptr: &PyObject, vm: &VirtualMachine) -> PyResult<Rc<DictTracker>> {
        let pointer = address_of(dict_ptr, vm)?;
        let found = self.manager.borrow().tracker(pointer).cloned();
        self.host.check(found, vm)
    }
}

impl Constructor for PyDictManager {
    type Args = FuncArgs;

    fn py_new(_class: &Py<PyType>, _args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let host = crate::host::current(vm)?;
        Ok(Self::new(host, Rc::default()))
    }
}

#[pyclass(with(Constructor))]
impl PyDictManager {
    #[pygetset]
    fn trackers(&self, vm: &VirtualMachine) -> PyResult<PyDictRef> {
        let mut trackers: Vec<(i32, Rc<DictTracker>)> = {
            let manager = self.manager.borrow();
            manager.trackers.iter().map(|(at, tracker)| (*at, Rc::clone(tracker))).collect()
        };
        trackers.sort_by_key(|(at, _)| *at);
        let made = vm.ctx.new_dict();
        for (at, tracker) in trackers {
            let tracker = PyDictTracker::new(Rc::clone(&self.host), tracker).into_pyobject(vm);
            made.set_item(vm.ctx.new_int(at).as_object(), tracker, vm)?;
        }
        Ok(made)
    }

    #[pymethod]
    fn new_dict(
        &self,
        segments: PyObjectRef,
        initial_dict: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult {
        let base = vm.call_method(&segments, "add", ())?;
        let mut dict = native_dict(&initial_dict, vm)?;
        for item in dict.items.values_mut() {
            let given = Converter::new(&self.host).python_of(item, vm)?;
            let generated = vm.call_method(&segments, "gen_arg", (given,))?;
            *item = of_python(&generated, vm);
        }
        self.insert(base, dict, vm)
    }

    #[pymethod]
    fn new_default_dict(&self, args: NewDefaultDict, vm: &VirtualMachine) -> PyResult {
        let method = if args.temp_segment { "add_temp_segment" } else { "add" };
        let base = vm.call_method(&args.segments, method, ())?;
        let default = Some(DefaultValue::Same(of_python(&args.default_value, vm)));
        self.insert(base, Dict { default, ..Dict::default() }, vm)
    }

    #[pymethod]
    fn get_tracker(&self, dict_ptr: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyDictTracker> {
        let tracker = self.find(&dict_ptr, vm)?;
        Ok(PyDictTracker::new(Rc::clone(&self.host), tracker))
    }

    #[pymethod]
    fn get_dict(&self, dict_ptr: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyTrackedDict> {
        let tracker = self.find(&dict_ptr, vm)?;
        let dict = Rc::clone(&tracker.data.borrow());
        Ok(PyTrackedDict::new(Rc::clone(&self.host), dict))
    }
}
