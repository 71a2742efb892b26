//! The host's names in the dictionary of a hint's scope: `memory`, `ids`, `segments` and so on.
//!
//! In the reference they are put in before each hint and taken out behind it. Doing that with two
//! dozen names costs more than most hints do, so it is only done as far as somebody could tell:
//!
//! - a name that no hint of the program mentions is left out, unless a hint can list names or make
//!   one up (`globals`, `eval`, ...);
//! - names stay in between two hints of one scope, unless some hint assigns to one of them or deletes
//!   it. They are taken out when a hint of another scope runs, or a rule that a hint has added: a
//!   function of the first scope does not find them then.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

use cairo_zero_core::Value;
use cairo_zero_executor::Registers;
use cairo_zero_program::Program;
use rustpython_vm::builtins::{PyDictRef, PyStrInterned};
use rustpython_vm::compiler::ast::visitor::{Visitor, walk_alias, walk_expr, walk_stmt};
use rustpython_vm::compiler::ast::{
    Alias, ExceptHandler, Expr, ExprContext, Stmt, visitor::walk_except_handler,
};
use rustpython_vm::compiler::parser;
use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};

use crate::convert::object_of;
use crate::scope::PyScope;
use crate::start::{Keys, Running};

/// Words with which a hint may get at names that it does not write out.
const DYNAMIC: &[&str] = &[
    "eval",
    "exec",
    "compile",
    "globals",
    "locals",
    "vars",
    "dir",
    "__builtins__",
    "__globals__",
    "builtins",
    "inspect",
    "_getframe",
    "f_globals",
    "f_locals",
    "tb_frame",
    "gi_frame",
    "settrace",
    "gc",
    "__main__",
];

/// What the hints of a run say.
struct Mentions<'a> {
    words: HashSet<&'a str>,
    /// The names that some hint assigns to, deletes, or binds in another way, in whatever scope.
    bound: HashSet<String>,
}

impl<'a> Mentions<'a> {
    fn of(programs: &[&'a Program]) -> Self {
        let mut seen = HashSet::new();
        let mut mentions = Self { words: HashSet::new(), bound: HashSet::new() };
        let hints = programs.iter().flat_map(|program| program.hints());
        for hint in hints.flat_map(|(_, hints)| hints) {
            if !seen.insert(hint.code.as_str()) {
                continue;
            }
            let words = hint.code.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            mentions.words.extend(words);
            if let Ok(parsed) = parser::parse_module(&hint.code) {
                Binders(&mut mentions.bound).visit_body(parsed.suite());
            }
        }
        mentions
    }

    fn is_dynamic(&self) -> bool {
        DYNAMIC.iter().any(|word| self.words.contains(word))
    }
}

/// Collects the names that a text binds.
struct Binders<'a>(&'a mut HashSet<String>);

impl<'a> Visitor<'a> for Binders<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                self.0.insert(function.name.to_string());
            }
            Stmt::ClassDef(class) => {
                self.0.insert(class.name.to_string());
            }
            Stmt::Global(global) => self.0.extend(global.names.iter().map(ToString::to_string)),
            // What a pattern binds is not looked for: no hint of any known program has one.
            Stmt::Match(_) => {
                self.0.insert(String::from("memory"));
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression
            && name.ctx != ExprContext::Load
        {
            self.0.insert(name.id.to_string());
        }
        walk_expr(self, expression);
    }

    fn visit_alias(&mut self, alias: &'a Alias) {
        let name = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
        match name.as_str() {
            // `from … import *` may bind anything.
            "*" => {
                self.0.insert(String::from("memory"));
            }
            name => {
                self.0.insert(name.split('.').next().unwrap_or(name).to_owned());
            }
        }
        walk_alias(self, alias);
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(inner) = handler;
        self.0.extend(inner.name.as_ref().map(ToString::to_string));
        walk_except_handler(self, handler);
    }
}

/// The names that are put into the scopes of a program's hints.
pub(crate) struct HostNames {
    fixed: Vec<(&'static PyStrInterned, PyObjectRef)>,
    memory: Option<PyObjectRef>,
    ap: bool,
    fp: bool,
    pc: bool,
    current_step: bool,
    ids: bool,
    /// Whether the names stay in between hints.
    kept: bool,
    /// The scope that holds them, and the number of the hint whose `ids` it has.
    filled: RefCell<Option<Rc<PyScope>>>,
    last: Cell<u32>,
}

/// What a hint sees of the machine's state.
pub(crate) struct Moment {
    pub(crate) registers: Registers,
    pub(crate) steps: u64,
    /// The hint's number.
    pub(crate) hint: u32,
}

impl HostNames {
    /// Finds out which names the hints of these programs need.
    pub(crate) fn of(programs: &[&Program], running: &Running) -> Self {
        let mentions = Mentions::of(programs);
        let dynamic = mentions.is_dynamic();
        let keys = &running.keys;
        let needed = |name: &PyStrInterned| dynamic || mentions.words.contains(name.as_str());
        let fixed: Vec<_> =
            running.fixed.iter().filter(|(name, _)| needed(name)).cloned().collect();
        let own = [keys.memory, keys.ap, keys.fp, keys.pc, keys.current_step, keys.ids];
        let mut all = fixed.iter().map(|(name, _)| *name).chain(own);
        let tampers = all.any(|name| mentions.bound.contains(name.as_str()));
        Self {
            fixed,
            memory: needed(keys.memory).then(|| running.before_ids.clone()),
            ap: needed(keys.ap),
            fp: needed(keys.fp),
            pc: needed(keys.pc),
            current_step: needed(keys.current_step),
            ids: needed(keys.ids),
            kept: !dynamic && !tampers,
            filled: RefCell::new(None),
            last: Cell::new(u32::MAX),
        }
    }

    /// Whether the scope holds this hint's own `ids` from the last time.
    pub(crate) fn holds_ids_of(&self, hint: u32) -> bool {
        self.last.get() == hint
    }

    /// Puts the names in. `ids` makes the hint's own, or gives nothing where the scope has it.
    pub(crate) fn put(
        &self,
        scope: &Rc<PyScope>,
        keys: &Keys,
        moment: &Moment,
        ids: impl FnOnce(bool) -> Option<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let dict = &scope.dict;
        let filled = self.is_filled(scope);
        if !filled {
            self.take_kept(keys, vm)?;
            if let Some(memory) = &self.memory {
                dict.set_item(keys.memory, memory.clone(), vm)?;
            }
        }
        let Registers { pc, ap, fp } = moment.registers;
        if self.ap {
            dict.set_item(keys.ap, object_of(Value::Relocatable(ap), vm), vm)?;
        }
        if self.fp {
            dict.set_item(keys.fp, object_of(fp, vm), vm)?;
        }
        if self.pc {
            dict.set_item(keys.pc, object_of(pc, vm), vm)?;
        }
        if self.current_step {
            dict.set_item(keys.current_step, vm.ctx.new_int(moment.steps).into(), vm)?;
        }
        if self.ids
            && let Some(ids) = ids(filled)
        {
            dict.set_item(keys.ids, ids, vm)?;
        }
        if filled {
            self.last.set(moment.hint);
            return Ok(());
        }
        for (name, object) in &self.fixed {
            dict.set_item(*name, object.clone(), vm)?;
        }
        if !dict.contains_key(keys.builtins, vm) {
            dict.set_item(keys.builtins, vm.builtins.dict().into(), vm)?;
        }
        if self.kept {
            *self.filled.borrow_mut() = Some(Rc::clone(scope));
            self.last.set(moment.hint);
        }
        Ok(())
    }

    /// Takes the names out behind a hint, as far as that can be told.
    pub(crate) fn take(&self, scope: &PyScope, keys: &Keys, vm: &VirtualMachine) -> PyResult<()> {
        if self.kept {
            return Ok(());
        }
        self.delete(&scope.dict, keys, vm)?;
        scope.tidy(vm)
    }

    fn is_filled(&self, scope: &Rc<PyScope>) -> bool {
        self.filled.borrow().as_ref().is_some_and(|filled| Rc::ptr_eq(filled, scope))
    }

    /// Takes the names out that stayed in behind the last hint.
    pub(crate) fn take_kept(&self, keys: &Keys, vm: &VirtualMachine) -> PyResult<()> {
        self.last.set(u32::MAX);
        let filled = self.filled.borrow_mut().take();
        match filled {
            Some(scope) => {
                self.delete(&scope.dict, keys, vm)?;
                scope.tidy(vm)
            }
            None => Ok(()),
        }
    }

    /// Deletes the names; the registers stay.
    fn delete(&self, dict: &PyDictRef, keys: &Keys, vm: &VirtualMachine) -> PyResult<()> {
        for (name, _) in self.fixed.iter().rev() {
            dict.as_object().del_item(*name, vm)?;
        }
        if self.ids {
            dict.as_object().del_item(keys.ids, vm)?;
        }
        if self.memory.is_some() {
            dict.as_object().del_item(keys.memory, vm)?;
        }
        Ok(())
    }
}
