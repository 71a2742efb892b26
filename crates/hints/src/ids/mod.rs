//! The names hints see through `ids`: what each stands for and how it is read and assigned.
//!
//! This is the language-neutral half of cairo-lang's `vm_consts.py`. Native hints look their operands
//! up while the program is loaded; the interpreter's `ids` object asks for a name the first time it
//! is used and keeps the answer. Either way a name is looked up once per hint.

mod binding;
mod evaluate;
mod expression;
mod operand;
mod parser;
mod structure;
mod types;
pub(crate) mod view;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use cairo_zero_core::Value;
use cairo_zero_executor::{Machine, Registers};
use cairo_zero_program::{Hint, Program};

pub use binding::{Binding, Reference};
pub use evaluate::Frame;
pub use operand::{Operand, Site, Slot};
pub use structure::{Member, MemberKind, Struct};
pub use view::Integer;

use crate::memory::store;
use crate::{Exception, ExceptionClass};

/// What the names of a program's hints stand for.
pub struct Names {
    program: Arc<Program>,
    /// The number of its first hint.
    first: u32,
    /// Where each hint is in the program's list: the instruction, and which of its hints.
    places: Vec<(u32, u32)>,
    /// The scope of `ids` itself, for each hint.
    roots: Vec<Rc<NameScope>>,
    structs: RefCell<HashMap<Box<str>, Rc<Struct>>>,
}

/// A scope that names are looked up in: `ids` itself, or a namespace, function or label under it.
pub struct NameScope {
    hint: u32,
    /// The dotted name that led here from `ids`; empty for `ids` itself.
    path: Box<str>,
    /// The scopes searched, the last one first.
    accessible: Vec<String>,
    instruction_offset: Option<u64>,
    /// The names looked up so far. Hints use few names, so a walk is faster than hashing.
    known: RefCell<Vec<(Box<str>, Rc<Binding>)>>,
}

/// What `ids.name` is.
#[derive(Debug, Clone)]
pub enum Item {
    /// A constant, as the compiler wrote it: not reduced modulo the prime.
    Constant(Integer),
    /// A number or an address.
    Value(Value),
    /// A struct in memory.
    Pointer(Rc<Struct>, Value),
    /// A struct's definition.
    Struct(Rc<Struct>),
    /// A namespace, function or label.
    Scope(Rc<NameScope>),
}

impl Names {
    /// The names of a program's hints; nothing is looked up yet.
    #[must_use]
    pub fn new(program: Arc<Program>) -> Self {
        Self::with_first(program, 0)
    }

    /// As [`Names::new`], for a program whose first hint has the number `first`, because other
    /// programs were loaded before it.
    #[must_use]
    pub fn with_first(program: Arc<Program>, first: u32) -> Self {
        let places = (0..)
            .zip(program.hints())
            .flat_map(|(at, (_, hints))| (0..).zip(hints).map(move |(index, _)| (at, index)))
            .collect();
        let roots = view::hints(&program)
            .zip(first..)
            .map(|(place, number)| {
                let accessible = place.hint.accessible_scopes.clone();
                Rc::new(NameScope::new(number, "", accessible, None))
            })
            .collect();
        Self { program, first, places, roots, structs: RefCell::default() }
    }

    /// The program.
    #[must_use]
    pub const fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// Hint number `hint`, or `None` when it is not of this program.
    #[must_use]
    pub fn hint(&self, hint: u32) -> Option<&Hint> {
        let (at, index) = *self.places.get(hint.checked_sub(self.first)? as usize)?;
        self.program.hints().get(at as usize)?.1.get(index as usize)
    }

    /// The scope of `ids` in hint number `hint`, or `None` when it is not of this program.
    #[must_use]
    pub fn root(&self, hint: u32) -> Option<&Rc<NameScope>> {
        self.roots.get(hint.checked_sub(self.first)? as usize)
    }

    /// What `name` stands for in `scope`.
    #[must_use]
    pub fn lookup(&self, scope: &NameScope, name: &str) -> Rc<Binding> {
        let known = scope.known.borrow().iter().find(|(known, _)| **known == *name).cloned();
        if let Some((_, binding)) = known {
            return binding;
        }
        let binding = Rc::new(Binding::find(self, scope, name));
        scope.known.borrow_mut().push((name.into(), Rc::clone(&binding)));
        binding
    }

    /// `ids.name`, read.
    ///
    /// # Errors
    /// The exceptions of `vm_consts.py`: a missing name, a revoked reference, unknown memory, ...
    pub fn get(
        &self,
        scope: &NameScope,
        name: &str,
        frame: Frame,
        machine: &Machine,
    ) -> Result<Item, Exception> {
        self.lookup(scope, name).read(frame, machine)
    }

    /// The address that `ids.name = …` writes to.
    ///
    /// # Errors
    /// When the name can't be assigned or its address is not known.
    pub fn address(
        &self,
        scope: &NameScope,
        name: &str,
        frame: Frame,
        machine: &Machine,
    ) -> Result<Value, Exception> {
        self.lookup(scope, name).address(frame, machine)
    }

    /// `ids.name = value`.
    ///
    /// # Errors
    /// As [`Names::address`], and when memory refuses the value.
    pub fn set(
        &self,
        scope: &NameScope,
        name: &str,
        value: Value,
        machine: &mut Machine,
    ) -> Result<(), Exception> {
        let address = self.address(scope, name, Frame::from(machine.registers()), machine)?;
        store(machine, address, value)
    }

    /// The struct with this full name.
    ///
    /// # Errors
    /// When there is no such identifier, or it is no struct.
    pub fn structure(&self, full_name: &str) -> Result<Rc<Struct>, Exception> {
        if let Some(known) = self.structs.borrow().get(full_name) {
            return Ok(Rc::clone(known));
        }
        let found = Rc::new(view::structure(&self.program, full_name)?);
        self.structs.borrow_mut().insert(full_name.into(), Rc::clone(&found));
        Ok(found)
    }
}

impl NameScope {
    fn new(
        hint: u32,
        path: &str,
        accessible: Vec<String>,
        instruction_offset: Option<u64>,
    ) -> Self {
        Self { hint, path: path.into(), accessible, instruction_offset, known: RefCell::default() }
    }

    /// The dotted name that led here from `ids`; empty for `ids` itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The scopes that names are searched in, the last one first.
    #[must_use]
    pub fn accessible(&self) -> &[String] {
        &self.accessible
    }

    /// The offset in the program of the function or label that this is, in cells.
    #[must_use]
    pub const fn instruction_offset(&self) -> Option<u64> {
        self.instruction_offset
    }

    /// `name` under this scope, for messages.
    fn under(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }
}

impl std::fmt::Debug for NameScope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NameScope").field("path", &self.path).finish_non_exhaustive()
    }
}

impl From<Registers> for Frame {
    fn from(registers: Registers) -> Self {
        Self { ap: registers.ap, fp: registers.fp }
    }
}

fn assertion(message: impl Into<String>) -> Exception {
    Exception::new(ExceptionClass::AssertionError, message)
}
