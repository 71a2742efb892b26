//! Starting the interpreter: its modules, streams and the objects hints see.

use std::cell::RefCell;
use std::collections::HashSet;
use std::io::Write;
use std::rc::Rc;

use cairo_zero_core::BuiltinName;
use rustpython_vm::builtins::{PyDictRef, PyListRef, PyModule, PyStrInterned};
use rustpython_vm::class::{PyClassImpl, StaticType};
use rustpython_vm::{
    AsObject, Interpreter, PyObjectRef, PyPayload, PyRef, PyResult, Settings, TryFromObject,
    VirtualMachine,
};

use crate::builtin::{PyBuiltin, PyVerified};
use crate::dicts::{PyDictManager, PyDictTracker, PyTrackedDict};
use crate::division;
use crate::exceptions::Exceptions;
use crate::finder;
use crate::functions::{is_accessed, scope_functions, static_functions};
use crate::growth;
use crate::host::Host;
use crate::identifiers::PyConstsContext;
use crate::ids::{PyIds, PyStruct, PyStructPointer};
use crate::json::Json;
use crate::limits::{Interruptions, Limits, Watch, interruptions};
use crate::machine::{PyMachine, PyRunContext};
use crate::memory::PyMemory;
use crate::memory_data::PyMemoryData;
use crate::native_modules;
use crate::output::PyOutputState;
use crate::program::{PyProgram, PySchema, load_program};
use crate::relocatable::{FROZEN, PyRelocatable};
use crate::rules::{RuleKind, adding_function};
use crate::segments::PySegments;
use crate::sets::{self, PyOrderedSetIterator};
use crate::stdio::{Output, PyStream};

/// The modules of cairo-lang that hints import, and stand-ins for what the interpreter's library
/// expects of a system.
const LIBRARY: &rustpython_vm::frozen::FrozenLib =
    rustpython_vm::py_freeze!(dir = "lib", crate_name = "rustpython_vm");

/// A running interpreter with the objects of a run.
pub(crate) struct Running {
    pub(crate) interpreter: Interpreter,
    pub(crate) watch: Watch,
    pub(crate) memory: Rc<PyMemory>,
    /// `segments.memory`.
    pub(crate) unchecked: PyRef<PyMemory>,
    /// The machine as deduction rules get it.
    pub(crate) machine: PyObjectRef,
    /// The names of every hint's scope that mean the same for the whole run, in the order in which
    /// they are put in and taken out.
    pub(crate) before_ids: PyObjectRef,
    pub(crate) fixed: Vec<(&'static PyStrInterned, PyObjectRef)>,
    /// The dictionary of the main scope.
    pub(crate) main: PyDictRef,
    pub(crate) keys: Keys,
}

/// The names of a hint's scope that change from hint to hint.
pub(crate) struct Keys {
    pub(crate) memory: &'static PyStrInterned,
    pub(crate) ap: &'static PyStrInterned,
    pub(crate) fp: &'static PyStrInterned,
    pub(crate) pc: &'static PyStrInterned,
    pub(crate) current_step: &'static PyStrInterned,
    pub(crate) ids: &'static PyStrInterned,
    pub(crate) builtins: &'static PyStrInterned,
}

/// What a run gives its hints besides the machine.
pub(crate) struct Setting<'a> {
    pub(crate) host: &'a Rc<Host>,
    pub(crate) stdout: &'a Output,
    pub(crate) program_input: &'a Json,
    pub(crate) limits: &'a Limits,
    /// The builtins of the run, in the order of their segments.
    pub(crate) builtins: Vec<BuiltinName>,
}

/// The stack depth at which Python raises a RecursionError: its 1000, less the frames that the
/// reference's own functions take below a hint's.
const RECURSION_LIMIT: usize = 992;

/// How many objects are made before the interpreter looks for unreachable cycles. Its own 2000 makes
/// programs that keep many objects twice as slow, and chains of iterators slow beyond measure.
const GARBAGE_THRESHOLD: u32 = 50_000;

/// Starts the interpreter.
///
/// # Errors
/// When its own library does not load, with the text of the exception.
pub(crate) fn start(setting: &Setting<'_>) -> Result<Running, String> {
    rustpython_vm::gc_state::gc_state().set_threshold(GARBAGE_THRESHOLD, None, None);
    let mut settings = Settings::default();
    settings.install_signal_handlers = false;
    settings.import_site = false;
    settings.user_site_directory = false;
    settings.isolated = true;
    settings.write_bytecode = false;
    let builder = Interpreter::builder(settings);
    let Interruptions { sender, receiver } = interruptions();
    let modules = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
    let native = native_modules::module_def(&builder.ctx);
    let interpreter = builder
        .add_native_modules(&modules)
        .add_native_module(native)
        .add_frozen_modules(rustpython_pylib::FROZEN_STDLIB)
        .add_frozen_modules(LIBRARY)
        .init_hook(|vm| vm.set_user_signal_channel(receiver))
        .build();
    let made = interpreter.enter(|vm| {
        vm.recursion_limit.set(RECURSION_LIMIT);
        prepare(setting, vm).map_err(|exception| {
            let mut text = String::new();
            let _ = vm.write_exception(&mut text, &exception);
            text
        })
    });
    let Prepared { memory, unchecked, machine, before_ids, fixed, main, keys } = made?;
    let watch = Watch::start(setting.limits, sender);
    Ok(Running { interpreter, watch, memory, unchecked, machine, before_ids, fixed, main, keys })
}

/// What [`Running`] has besides the interpreter.
struct Prepared {
    memory: Rc<PyMemory>,
    unchecked: PyRef<PyMemory>,
    machine: PyObjectRef,
    before_ids: PyObjectRef,
    fixed: Vec<(&'static PyStrInterned, PyObjectRef)>,
    main: PyDictRef,
    keys: Keys,
}

fn prepare(setting: &Setting<'_>, vm: &VirtualMachine) -> PyResult<Prepared> {
    make_types();
    division::install(vm);
    sets::install(vm);
    growth::install(setting.limits.memory.map(|memory| memory.most), vm);
    let host = setting.host;
    let exceptions = Exceptions::new(vm)?;
    modules(&exceptions, host, vm)?;
    host.start(exceptions, vm.ctx.new_int(crate::convert::prime()));
    streams(setting.stdout, vm)?;
    // Nothing is ever looked for in folders of this machine.
    vm.sys_module.set_attr(vm.ctx.intern_str("path"), vm.ctx.new_list(Vec::new()), vm)?;

    if host.has_users_modules() {
        finder::install(host, vm)?;
    }
    let memory = PyMemory::new(Rc::clone(host), true).into_ref(&vm.ctx);
    let unchecked = PyMemory::new(Rc::clone(host), false).into_ref(&vm.ctx);
    let segments = PySegments::new(Rc::clone(host), unchecked.clone()).into_pyobject(vm);

    let mut fixed: Vec<(&'static str, PyObjectRef)> =
        vec![("vm_load_program", load_program(host, vm))];
    fixed.extend(scope_functions(host, vm));
    fixed.push(("segments", segments));
    fixed.push(("PRIME", host.prime(vm).into()));
    fixed.extend(static_functions(host, vm));
    fixed.extend(builtin_objects(setting, vm)?);
    fixed.push(is_accessed(host, vm));
    let adding = |kind| adding_function(host, kind, vm);
    fixed.push(("vm_add_auto_deduction_rule", adding(RuleKind::Deduction)));
    fixed.push(("vm_add_validation_rule", adding(RuleKind::Validation)));
    fixed.push(("vm_ecdsa_additional_data", vm.ctx.new_dict().into()));
    let attributes = machine_attributes(&fixed, vm)?;
    let machine = PyMachine::new(host, memory.clone(), unchecked.clone(), attributes, vm);
    let fixed = fixed.into_iter().map(|(name, object)| (vm.ctx.intern_str(name), object)).collect();

    let main = vm.ctx.new_dict();
    main.set_item("program_input", setting.program_input.to_python(vm), vm)?;
    let intern = |name: &'static str| vm.ctx.intern_str(name);
    let keys = Keys {
        memory: intern("memory"),
        ap: intern("ap"),
        fp: intern("fp"),
        pc: intern("pc"),
        current_step: intern("current_step"),
        ids: intern("ids"),
        builtins: intern("__builtins__"),
    };
    let shared = Rc::new(PyMemory::new(Rc::clone(host), true));
    Ok(Prepared {
        memory: shared,
        unchecked,
        machine: machine.into_pyobject(vm),
        before_ids: memory.into(),
        fixed,
        main,
        keys,
    })
}

/// What the machine object has in common with a hint's scope, under the machine's own names.
fn machine_attributes(
    fixed: &[(&'static str, PyObjectRef)],
    vm: &VirtualMachine,
) -> PyResult<PyDictRef> {
    let attributes = vm.ctx.new_dict();
    for (name, object) in fixed {
        let name = match *name {
            name @ ("builtin_runners" | "is_accessed") => name,
            name => match name.strip_prefix("vm_") {
                Some(name) => name,
                None => continue,
            },
        };
        attributes.set_item(name, object.clone(), vm)?;
    }
    Ok(attributes)
}

/// `builtin_runners`, and each builtin under its own name.
fn builtin_objects(
    setting: &Setting<'_>,
    vm: &VirtualMachine,
) -> PyResult<Vec<(&'static str, PyObjectRef)>> {
    let runners = vm.ctx.new_dict();
    let mut named = vec![("builtin_runners", runners.clone().into())];
    for builtin in &setting.builtins {
        let name = vm.ctx.intern_str(format!("{builtin}_builtin")).as_str();
        let object = PyBuiltin::new(Rc::clone(setting.host), *builtin).into_pyobject(vm);
        runners.set_item(name, object.clone(), vm)?;
        named.push((name, object));
    }
    Ok(named)
}

/// Makes the classes; an object of one can't be made before.
fn make_types() {
    PyRelocatable::make_static_type();
    PyMemory::make_static_type();
    PySegments::make_static_type();
    PyIds::make_static_type();
    PyStructPointer::make_static_type();
    PyStruct::make_static_type();
    PyConstsContext::make_static_type();
    PyOrderedSetIterator::make_static_type();
    PyStream::make_static_type();
    PyMemoryData::make_static_type();
    PyOutputState::make_static_type();
    PyVerified::make_static_type();
    PyBuiltin::make_static_type();
    PyDictManager::make_static_type();
    PyDictTracker::make_static_type();
    PyTrackedDict::make_static_type();
    PyProgram::make_static_type();
    PySchema::make_static_type();
    PyMachine::make_static_type();
    PyRunContext::make_static_type();
}

fn streams(stdout: &Output, vm: &VirtualMachine) -> PyResult<()> {
    let stderr: Output = Rc::new(RefCell::new(std::io::stderr()));
    let streams = [
        ("stdout", PyStream::new("<stdout>", Rc::clone(stdout), false)),
        ("stderr", PyStream::new("<stderr>", stderr, true)),
    ];
    for (name, stream) in streams {
        let stream = stream.into_pyobject(vm);
        vm.sys_module.set_attr(vm.ctx.intern_str(name), stream.clone(), vm)?;
        vm.sys_module.set_attr(vm.ctx.intern_str(format!("__{name}__")), stream, vm)?;
    }
    Ok(())
}

/// Puts the modules in place whose contents are made here.
fn modules(exceptions: &Exceptions, host: &Rc<Host>, vm: &VirtualMachine) -> PyResult<()> {
    let names: HashSet<&str> = LIBRARY.decode().map(|(name, _)| name).collect();
    let of_run = module("_cairo_host", vm)?;
    for (class, object) in exceptions.ours() {
        // A module of the library takes its exceptions from the host's.
        let home = match class.module() {
            file if names.contains(file) => of_run.clone(),
            made_here => module(made_here, vm)?,
        };
        home.set_attr(class.name(), object.clone(), vm)?;
    }
    file_io(vm)?;
    let relocatable = module("starkware.cairo.lang.vm.relocatable", vm)?;
    let class = PyRelocatable::static_type().to_owned();
    relocatable.set_attr("RelocatableValue", class.clone(), vm)?;
    relocatable.set_attr("MaybeRelocatable", class.clone(), vm)?;
    let dict = module("starkware.cairo.common.dict", vm)?;
    dict.set_attr("DictManager", PyDictManager::static_type().to_owned(), vm)?;
    dict.set_attr("DictTracker", PyDictTracker::static_type().to_owned(), vm)?;
    let program = module("starkware.cairo.lang.compiler.program", vm)?;
    program.set_attr("Program", PyProgram::static_type().to_owned(), vm)?;
    // What assigning to a frozen dataclass raises.
    let base = vec![vm.ctx.exceptions.attribute_error.to_owned()];
    let frozen = vm.ctx.new_exception_type("dataclasses", "FrozenInstanceError", Some(base));
    class.set_attr(vm.ctx.intern_str(FROZEN), frozen.into());
    classes(vm)?;
    of_run.set_attr("fill_memory", native_modules::fill_memory(host, vm), vm)?;
    // Packages without a file of their own exist from the start.
    for (package, _) in names.iter().filter_map(|name| name.rsplit_once('.')) {
        if !names.contains(package) {
            module(package, vm)?;
        }
    }
    Ok(())
}

/// Puts the classes of what hints are given where they would import them from.
fn classes(vm: &VirtualMachine) -> PyResult<()> {
    let places = [
        ("vm_consts", "VmConsts", PyIds::static_type()),
        ("vm_consts", "VmConstsReference", PyStructPointer::static_type()),
        ("vm_consts", "VmConstsStruct", PyStruct::static_type()),
        ("vm_consts", "VmConstsContext", PyConstsContext::static_type()),
        ("memory_dict", "MemoryDict", PyMemory::static_type()),
        ("validated_memory_dict", "ValidatedMemoryDict", PyMemory::static_type()),
        ("memory_segments", "MemorySegmentManager", PySegments::static_type()),
        ("builtin_runner", "BuiltinRunner", PyBuiltin::static_type()),
    ];
    for (last, name, class) in places {
        let module = module(&format!("starkware.cairo.lang.vm.{last}"), vm)?;
        module.set_attr(name, class.to_owned(), vm)?;
    }
    Ok(())
}

/// The library's `io` module wants a class for files, of which there are none.
fn file_io(vm: &VirtualMachine) -> PyResult<()> {
    let io = vm.import("_io", 0)?;
    let base = io.get_attr("_RawIOBase", vm)?;
    let attributes = vm.ctx.new_dict();
    attributes.set_item("__module__", vm.ctx.new_str("_io").into(), vm)?;
    let bases = vm.ctx.new_tuple(vec![base]);
    let class = vm.ctx.types.type_type.as_object().call(("FileIO", bases, attributes), vm)?;
    io.set_attr("FileIO", class, vm)
}

/// The module with this dotted name, made with the packages it is in where they are missing.
fn module(name: &str, vm: &VirtualMachine) -> PyResult {
    let modules = vm.sys_module.get_attr("modules", vm)?;
    if let Ok(found) = modules.get_item(name, vm) {
        return Ok(found);
    }
    let made: PyRef<PyModule> = vm.new_module(name, vm.ctx.new_dict(), None);
    let path: PyListRef = PyListRef::try_from_object(vm, vm.ctx.new_list(Vec::new()).into())?;
    made.as_object().set_attr("__path__", path, vm)?;
    modules.set_item(name, made.clone().into(), vm)?;
    if let Some((package, last)) = name.rsplit_once('.') {
        module(package, vm)?.set_attr(vm.ctx.intern_str(last), made.clone(), vm)?;
    }
    Ok(made.into())
}

/// A writer as hints' standard output.
pub(crate) fn output(writer: impl Write + 'static) -> Output {
    Rc::new(RefCell::new(writer))
}
