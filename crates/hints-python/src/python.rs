//! [`Python`]: the embedded interpreter as the hint engine sees it.

use std::collections::HashMap;
use std::io::Write;
use std::rc::Rc;

use cairo_zero_builtins::Runner;
use cairo_zero_core::Value;
use cairo_zero_executor::{Machine, Registers};
use cairo_zero_hints::object::Object;
use cairo_zero_hints::{
    self as hints, Context, Failure, FailureKind, Frame, Interpreter, NameScope, Names, Piece,
    ScopeVariables, Traceback, TracebackFrame, Variables,
};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyCode, PyDictRef};
use rustpython_vm::compiler::{self, CompileError, CompileOpts, Mode};
use rustpython_vm::function::ArgMapping;
use rustpython_vm::scope::Scope;
use rustpython_vm::{AsObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use crate::convert::object_of;
use crate::exceptions::{failure_of, marked_line};
use crate::host::Host;
use crate::ids::{self, NamesRef, PyIds};
use crate::json::Json;
use crate::limits::Limits;
use crate::module_path::ModulePath;
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
    codes: HashMap<u32, PyRef<PyCode>>,
    /// What checking hints has compiled, until they run.
    checked: HashMap<u32, compiler::CodeObject>,
    names: Option<Rc<NamesRef>>,
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
            codes: HashMap::new(),
            checked: HashMap::new(),
            names: None,
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

    /// The compiled hint.
    fn code(
        &mut self,
        number: u32,
        source: &str,
        machine: &Machine,
    ) -> Result<PyRef<PyCode>, Failure> {
        if let Some(code) = self.codes.get(&number) {
            return Ok(code.clone());
        }
        let compiled = match self.checked.remove(&number) {
            Some(compiled) => compiled,
            None => compile(number, source)?,
        };
        let code = self
            .started(machine.builtins.runners())?
            .interpreter
            .enter(|vm| vm.ctx.new_code(compiled));
        self.codes.insert(number, code.clone());
        Ok(code)
    }

    fn names(&mut self, names: &Rc<Names>) -> Rc<NamesRef> {
        match &self.names {
            Some(known) if Rc::ptr_eq(&known.0, names) => Rc::clone(known),
            _ => {
                let wrapped = Rc::new(NamesRef(Rc::clone(names)));
                self.names = Some(Rc::clone(&wrapped));
                wrapped
            }
        }
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
        let Context { machine, scopes, names, hint } = context;
        let code = self.code(hint, source, machine)?;
        let names = self.names(names);
        let host = Rc::clone(&self.host);
        let Some(scope) = names.0.root(hint).map(Rc::clone) else {
            return Ok(());
        };
        let running = self.started(machine.builtins.runners())?;
        let before = machine.registers();
        let steps = machine.steps();
        host.program_size.set(names.0.program().data().len() as u64);
        let call = Call { host: &host, running, names, scope, registers: before, steps, code };
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
    scope: Rc<NameScope>,
    registers: Registers,
    steps: u64,
    code: PyRef<PyCode>,
}

impl Call<'_> {
    fn run(self, vm: &VirtualMachine) -> Result<(), PyBaseExceptionRef> {
        let variables = self.variables(vm)?;
        let dict = &variables.dict;
        self.put_names(dict, vm)?;
        let scope = Scope::new(Some(ArgMapping::from_dict_exact(dict.clone())), dict.clone());
        vm.run_code_obj(self.code.clone(), scope)?;
        self.take_names(dict, vm)?;
        variables.tidy(vm)
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

    fn ids(&self, vm: &VirtualMachine) -> PyObjectRef {
        let context = ids::Context {
            host: Rc::clone(self.host),
            memory: Rc::clone(&self.running.memory),
            names: Rc::clone(&self.names),
            frame: Frame::from(self.registers),
        };
        PyIds::new(Rc::new(context), Rc::clone(&self.scope)).into_pyobject(vm)
    }

    /// Puts the host's names into a hint's scope.
    fn put_names(&self, dict: &PyDictRef, vm: &VirtualMachine) -> PyResult<()> {
        let keys = &self.running.keys;
        let Registers { pc, ap, fp } = self.registers;
        dict.set_item(keys.memory, self.running.before_ids.clone(), vm)?;
        dict.set_item(keys.ap, object_of(Value::Relocatable(ap), vm), vm)?;
        dict.set_item(keys.fp, object_of(fp, vm), vm)?;
        dict.set_item(keys.pc, object_of(pc, vm), vm)?;
        dict.set_item(keys.current_step, vm.ctx.new_int(self.steps).into(), vm)?;
        dict.set_item(keys.ids, self.ids(vm), vm)?;
        for (name, object) in &self.running.fixed {
            dict.set_item(*name, object.clone(), vm)?;
        }
        if !dict.contains_key(keys.builtins, vm) {
            dict.set_item(keys.builtins, vm.builtins.dict().into(), vm)?;
        }
        Ok(())
    }

    /// Takes the host's names out again; the registers stay.
    fn take_names(&self, dict: &PyDictRef, vm: &VirtualMachine) -> PyResult<()> {
        let keys = &self.running.keys;
        for (name, _) in self.running.fixed.iter().rev() {
            dict.as_object().del_item(*name, vm)?;
        }
        dict.as_object().del_item(keys.ids, vm)?;
        dict.as_object().del_item(keys.memory, vm)
    }
}
