//! [`Python`]: the embedded interpreter as the hint engine sees it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io::Write;
use std::rc::Rc;
use std::sync::Arc;

use cairo_zero_builtins::Runner;
use cairo_zero_core::Relocatable;
use cairo_zero_hints::object::Object;
use cairo_zero_hints::{
    self as hints, Context, Failure, FailureKind, Frame, Interpreter, NameScope, Names, Piece,
    ScopeVariables, Traceback, TracebackFrame, Variables,
};
use cairo_zero_program::Program;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyCode};
use rustpython_vm::compiler::{self, CompileError, CompileOpts, Mode};
use rustpython_vm::function::ArgMapping;
use rustpython_vm::scope::Scope;
use rustpython_vm::{AsObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use crate::exceptions::{failure_of, marked_line};
use crate::host::Host;
use crate::ids::{self, NamesRef, PyIds};
use crate::json::Json;
use crate::limits::Limits;
use crate::module_path::ModulePath;
use crate::names::{HostNames, Moment};
use crate::objects::{Converter, of_python};
use crate::scope::PyScope;
use crate::start::{Running, Setting, output, start};
use crate::stdio::Output;
use crate::syntax::{Description, describe};

/// The embedded Python interpreter. It starts with the first hint it runs.
pub struct Python {
    pub(crate) host: Rc<Host>,
    stdout: Output,
    program_input: Json,
    limits: Limits,
    running: Option<Rc<Running>>,
    /// The hints that have run, by number.
    slots: Vec<Option<Rc<Slot>>>,
    /// What checking hints has compiled, until they run.
    checked: HashMap<u32, compiler::CodeObject>,
    /// The names of the programs whose hints have run.
    names: Vec<Rc<NamesRef>>,
    host_names: Option<Rc<HostNames>>,
    /// The programs that hints have loaded.
    more: Vec<Arc<Program>>,
}

/// A hint that has run.
struct Slot {
    code: PyRef<PyCode>,
    scope: Rc<NameScope>,
    /// Its `ids` of the last time.
    ids: RefCell<Option<PyRef<PyIds>>>,
}

impl Python {
    /// An interpreter whose hints print to `stdout`. Give it a buffered writer; [`Interpreter::flush`]
    /// empties it.
    #[must_use]
    pub fn new(stdout: impl Write + 'static) -> Self {
        Self {
            host: Host::new(),
            stdout: output(stdout),
            program_input: Json::empty(),
            limits: Limits::default(),
            running: None,
            slots: Vec::new(),
            checked: HashMap::new(),
            names: Vec::new(),
            host_names: None,
            more: Vec::new(),
        }
    }

    /// As this, with `program_input` for hints.
    #[must_use]
    pub fn with_program_input(mut self, input: Json) -> Self {
        self.program_input = input;
        self
    }

    /// As this, with the user's own modules for hints to import. Modules that the interpreter brings
    /// stand before them.
    #[must_use]
    pub fn with_modules(self, path: ModulePath) -> Self {
        self.host.set_users_modules(path);
        self
    }

    /// As this, with hints held to these limits. Without them there are none.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Whether a hint has run yet.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// The interpreter, started if it was not yet, for a run with these builtins.
    pub(crate) fn started(&mut self, builtins: &[Runner]) -> Result<&Rc<Running>, Failure> {
        if self.running.is_none() {
            let setting = Setting {
                host: &self.host,
                stdout: &self.stdout,
                program_input: &self.program_input,
                limits: &self.limits,
                builtins: builtins.iter().map(Runner::name).collect(),
            };
            let started = start(&setting).map_err(|text| {
                Failure::text(
                    FailureKind::Executing,
                    format!("The Python interpreter does not start.\n{text}"),
                )
            })?;
            let started = Rc::new(started);
            self.host.set_running(&started);
            self.running = Some(started);
        }
        self.running.as_ref().ok_or_else(|| Failure::text(FailureKind::Executing, ""))
    }

    /// What is kept of the hint, or `None` when there is no such hint.
    fn slot(&mut self, context: &Context<'_>, source: &str) -> Result<Option<Rc<Slot>>, Failure> {
        let number = context.hint;
        if let Some(Some(slot)) = self.slots.get(number as usize) {
            return Ok(Some(Rc::clone(slot)));
        }
        let Some(scope) = context.names.root(number).map(Rc::clone) else {
            return Ok(None);
        };
        let compiled = match self.checked.remove(&number) {
            Some(compiled) => compiled,
            None => compile(number, source)?,
        };
        let running = self.started(context.machine.builtins.runners())?;
        let code = running.interpreter.enter(|vm| vm.ctx.new_code(compiled));
        let slot = Rc::new(Slot { code, scope, ids: RefCell::new(None) });
        self.slots.resize(self.slots.len().max(number as usize + 1), None);
        self.slots[number as usize] = Some(Rc::clone(&slot));
        Ok(Some(slot))
    }

    /// The names of the hint's program, as its `ids` refers to them.
    fn names(&mut self, names: &Rc<Names>) -> Rc<NamesRef> {
        if let Some(known) = self.names.iter().find(|known| Rc::ptr_eq(&known.names, names)) {
            return Rc::clone(known);
        }
        let made = Rc::new(NamesRef::new(Rc::clone(names)));
        if self.names.is_empty() {
            self.host.program_size.set(names.program().data().len() as u64);
            self.host.loaded(|loaded| {
                loaded.next_hint =
                    names.program().hints().iter().map(|(_, hints)| hints.len() as u32).sum()
            });
        }
        self.names.push(Rc::clone(&made));
        made
    }

    /// The host's names as the hints of all programs loaded so far need them.
    fn host_names(&mut self, running: &Rc<Running>) -> Rc<HostNames> {
        if let Some(known) = &self.host_names {
            return Rc::clone(known);
        }
        let first = self.names.iter().take(1).map(|names| &**names.names.program());
        let programs: Vec<&Program> = first.chain(self.more.iter().map(|more| &**more)).collect();
        let made = Rc::new(HostNames::of(&programs, running));
        self.host.set_names(&made);
        self.host_names = Some(Rc::clone(&made));
        made
    }
}

/// Compiles a hint's text.
pub(crate) fn compile(number: u32, source: &str) -> Result<compiler::CodeObject, Failure> {
    let file = format!("<hint{number}>");
    compiler::compile(source, Mode::Exec, &file, CompileOpts::default())
        .map_err(|error| syntax_error(&error, &file, source))
}

/// What a hint error says about a text that is no program.
fn syntax_error(error: &CompileError, file: &str, source: &str) -> Failure {
    let (line, _) = error.python_location();
    let frame =
        TracebackFrame { file: file.to_owned(), line: line as u32, function: String::new() };
    let text = source.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
    let Description { class, message, columns } = describe(error, source);
    let mut pieces = vec![Piece::SyntaxError(frame)];
    if let Some((start, end)) = columns {
        pieces.push(Piece::Text(marked_line(text, Some(start), end)));
    }
    pieces.push(Piece::Text(format!("{class}: {message}\n")));
    Failure { kind: FailureKind::Compiling, traceback: Traceback { pieces } }
}

impl Interpreter for Python {
    fn check(&mut self, number: u32, source: &str) -> Result<(), Failure> {
        let compiled = compile(number, source)?;
        self.checked.insert(number, compiled);
        Ok(())
    }

    fn run(&mut self, context: Context<'_>, source: &str) -> Result<(), Failure> {
        let Some(slot) = self.slot(&context, source)? else {
            return Ok(());
        };
        let Context { machine, scopes, names, hint } = context;
        let running = Rc::clone(self.started(machine.builtins.runners())?);
        let names = self.names(names);
        let host_names = self.host_names(&running);
        let host = Rc::clone(&self.host);
        let moment = Moment { registers: machine.registers(), steps: machine.steps(), hint };
        let call = Call { host: &host, running: &running, names, host_names, slot, moment };
        let outcome = host.lend(machine, scopes, hint, |vm| {
            call.run(vm).map_err(|exception| failure_of(&exception, vm))
        });
        outcome.unwrap_or_else(|sentence| {
            Err(Failure::text(FailureKind::Executing, format!("{sentence}\n")))
        })
    }

    fn load(&mut self, scope: &ScopeVariables, name: &str) -> Option<Object> {
        let scope = PyScope::of(scope)?;
        self.running.as_ref()?.interpreter.enter(|vm| {
            let found = scope.dict.get_item_opt(name, vm).ok()??;
            Some(of_python(&found, vm))
        })
    }

    fn store(&mut self, scope: &ScopeVariables, name: &str, object: Object) {
        let (Some(scope), Some(running)) = (PyScope::of(scope), &self.running) else {
            return;
        };
        // Only an import can fail, of a module that is always there.
        let _ = running.interpreter.enter(|vm| {
            let object = Converter::new(&self.host).python_of(&object, vm)?;
            scope.dict.set_item(name, object, vm)
        });
    }

    fn remove(&mut self, scope: &ScopeVariables, name: &str) {
        if let (Some(scope), Some(running)) = (PyScope::of(scope), &self.running) {
            // A name that is not there may be taken out as well.
            let _ = running.interpreter.enter(|vm| scope.dict.as_object().del_item(name, vm));
        }
    }

    fn has_loaded(&self) -> bool {
        self.host.loaded(|loaded| !loaded.waiting.is_empty())
    }

    fn take_loaded(&mut self) -> Vec<(Arc<Program>, Relocatable)> {
        let loaded = self.host.loaded(|loaded| std::mem::take(&mut loaded.waiting));
        // The new hints may mention other names: what stayed in a scope goes, and the rest is found
        // out anew.
        let programs = loaded.iter().map(|(program, _)| Arc::clone(program));
        self.more.extend(programs);
        if let (Some(known), Some(running)) = (self.host_names.take(), &self.running) {
            // The names are there: a hint that takes one away does not let them stay.
            let _ = running.interpreter.enter(|vm| known.take_kept(&running.keys, vm));
        }
        loaded
    }

    fn flush(&mut self) {
        // Nobody can be told that standard output is gone.
        let _ = self.stdout.borrow_mut().flush();
    }
}

/// One run of one hint.
struct Call<'a> {
    host: &'a Rc<Host>,
    running: &'a Running,
    names: Rc<NamesRef>,
    host_names: Rc<HostNames>,
    slot: Rc<Slot>,
    moment: Moment,
}

impl Call<'_> {
    fn run(self, vm: &VirtualMachine) -> Result<(), PyBaseExceptionRef> {
        let variables = self.variables(vm)?;
        let dict = &variables.dict;
        let keys = &self.running.keys;
        self.host_names.put(&variables, keys, &self.moment, |filled| self.ids(filled, vm), vm)?;
        let scope = Scope::new(Some(ArgMapping::from_dict_exact(dict.clone())), dict.clone());
        vm.run_code_obj(self.slot.code.clone(), scope)?;
        self.host_names.take(&variables, keys, vm)
    }

    /// The innermost scope.
    fn variables(&self, vm: &VirtualMachine) -> PyResult<Rc<PyScope>> {
        enum Found {
            Attached(Option<Rc<PyScope>>),
            Native(Variables, bool),
        }
        let found = self.host.scopes(|scopes| {
            let is_main = scopes.depth() == 0;
            match scopes.innermost() {
                hints::Scope::Interpreter(attached) => Found::Attached(PyScope::of(attached)),
                hints::Scope::Native(variables) => {
                    Found::Native(std::mem::take(variables), is_main)
                }
            }
        });
        let (variables, is_main) = match found {
            // Variables of another interpreter can't be had; there is none.
            Found::Attached(attached) => {
                return Ok(attached.unwrap_or_else(|| Rc::new(PyScope::new(vm.ctx.new_dict()))));
            }
            Found::Native(variables, is_main) => (variables, is_main),
        };
        // The first Python hint of a scope takes its variables over.
        let dict = if is_main { self.running.main.clone() } else { vm.ctx.new_dict() };
        let mut converter = Converter::new(self.host);
        for (name, object) in variables.iter() {
            let object = converter.python_of(object, vm)?;
            dict.set_item(name.name(), object, vm)?;
        }
        let scope = Rc::new(PyScope::new(dict));
        let attached = Rc::clone(&scope);
        self.host.scopes(|scopes| *scopes.innermost() = hints::Scope::Interpreter(attached));
        Ok(scope)
    }

    /// The hint's `ids`: the one of the last time, if nobody has kept it, or a new one.
    fn ids(&self, in_scope: bool, vm: &VirtualMachine) -> Option<PyObjectRef> {
        let frame = Frame::from(self.moment.registers);
        let in_scope = in_scope && self.host_names.holds_ids_of(self.moment.hint);
        if let Some(ids) = &*self.slot.ids.borrow()
            && ids.as_object().strong_count() == 1 + usize::from(in_scope)
            && ids.move_to(frame, self.moment.registers.pc)
        {
            return (!in_scope).then(|| ids.clone().into());
        }
        let context = ids::Context {
            host: Rc::clone(self.host),
            memory: Rc::clone(&self.running.memory),
            names: Rc::clone(&self.names),
            frame: Cell::new(frame),
            pc: Cell::new(self.moment.registers.pc),
        };
        let made = PyIds::new(Rc::new(context), Rc::clone(&self.slot.scope)).into_ref(&vm.ctx);
        *self.slot.ids.borrow_mut() = Some(made.clone());
        Some(made.into())
    }
}
