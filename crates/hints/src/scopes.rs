//! [`Scopes`]: the stack of scopes that hints keep their variables in.
//!
//! There is one stack for native and Python hints. A scope's variables are native as long as only
//! native hints have run in it ([`Variables`]); the first Python hint that does takes them over, and
//! from then on native hints reach them through the interpreter.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;
use std::sync::{Mutex, PoisonError};

use crate::object::Object;
use crate::squashing::Squashing;
use crate::{Exception, ExceptionClass, Int};

/// The variables of one scope in the form its interpreter keeps them.
pub type ScopeVariables = Rc<dyn Any>;

/// A variable's name as a number, for quick comparison.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbol(u32);

/// The names that have a number. They are those of known hints, so they are few and kept for good.
static SYMBOLS: Mutex<Option<Symbols>> = Mutex::new(None);

#[derive(Default)]
struct Symbols {
    numbers: HashMap<&'static str, u32>,
    names: Vec<&'static str>,
}

impl Symbol {
    /// The symbol of a name. Not for the step loop: it takes a lock.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let mut symbols = SYMBOLS.lock().unwrap_or_else(PoisonError::into_inner);
        let symbols = symbols.get_or_insert_default();
        if let Some(number) = symbols.numbers.get(name) {
            return Self(*number);
        }
        let number = symbols.names.len() as u32;
        let name: &'static str = Box::leak(Box::from(name));
        symbols.numbers.insert(name, number);
        symbols.names.push(name);
        Self(number)
    }

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        let symbols = SYMBOLS.lock().unwrap_or_else(PoisonError::into_inner);
        symbols
            .as_ref()
            .and_then(|symbols| symbols.names.get(self.0 as usize))
            .copied()
            .unwrap_or("")
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The variables of a scope that only native hints have used, in the order they were first set.
///
/// Hints keep few variables, so a walk is faster than hashing.
#[derive(Debug, Default, Clone)]
pub struct Variables(Vec<(Symbol, Object)>);

impl Variables {
    /// No variables.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The variable of this name.
    #[inline]
    #[must_use]
    pub fn get(&self, name: Symbol) -> Option<&Object> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, object)| object)
    }

    /// Sets a variable.
    #[inline]
    pub fn set(&mut self, name: Symbol, object: Object) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, place)) => *place = object,
            None => self.0.push((name, object)),
        }
    }

    /// Sets a variable that holds a whole number to another one; false if it does not.
    #[inline]
    pub(crate) fn replace_int(&mut self, name: Symbol, number: i64) -> bool {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, Object::Int(int))) => {
                *int = Int::from(number);
                true
            }
            _ => false,
        }
    }

    /// Takes a variable out.
    pub fn remove(&mut self, name: Symbol) -> Option<Object> {
        let at = self.0.iter().position(|(known, _)| *known == name)?;
        Some(self.0.remove(at).1)
    }

    /// All of them, in the order they were first set.
    pub fn iter(&self) -> impl Iterator<Item = (Symbol, &Object)> {
        self.0.iter().map(|(name, object)| (*name, object))
    }
}

impl FromIterator<(Symbol, Object)> for Variables {
    fn from_iter<T: IntoIterator<Item = (Symbol, Object)>>(items: T) -> Self {
        let mut variables = Self::new();
        for (name, object) in items {
            variables.set(name, object);
        }
        variables
    }
}

/// The variables of a scope.
pub enum Scope {
    /// Only native hints have used it.
    Native(Variables),
    /// A Python hint has run in it or made it.
    Interpreter(ScopeVariables),
}

impl Default for Scope {
    fn default() -> Self {
        Self::Native(Variables::new())
    }
}

/// The stack of scopes; the main scope is always there.
#[derive(Default)]
pub struct Scopes {
    main: Scope,
    inner: Vec<Scope>,
    /// What the hints of `squash_dict` have set in the innermost scope, a native one, and nobody has
    /// asked for. Whoever gets at a scope finds it there already.
    squashing: Option<Box<Squashing>>,
}

/// Scopes were entered and not left before the run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Every enter_scope() requires a corresponding exit_scope().")]
pub struct OpenScopes;

impl Scopes {
    /// The main scope alone.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a scope with these variables. The hint that does so goes on in the scope it runs in; the
    /// next one runs in the new one.
    pub fn enter(&mut self, scope: Scope) {
        self.settle();
        self.inner.push(scope);
    }

    /// Closes the innermost scope and gives its variables back, so that the interpreter can drop
    /// them where running Python code is fine.
    ///
    /// # Errors
    /// When only the main scope is left.
    pub fn exit(&mut self) -> Result<Scope, Exception> {
        self.settle();
        self.inner.pop().ok_or_else(|| {
            Exception::new(ExceptionClass::AssertionError, "Cannot exit main scope.")
        })
    }

    /// As [`Scopes::exit`], with nobody to look at the variables.
    ///
    /// # Errors
    /// As [`Scopes::exit`].
    pub(crate) fn leave(&mut self) -> Result<(), Exception> {
        if !self.inner.is_empty() {
            self.squashing = None;
        }
        self.exit().map(drop)
    }

    /// Has the variables of `squash_dict` stand for themselves in the innermost scope, or gives them
    /// back where an interpreter has it.
    pub(crate) fn squash(&mut self, squashing: Box<Squashing>) -> Result<(), Box<Squashing>> {
        match self.innermost() {
            Scope::Native(_) => {
                self.squashing = Some(squashing);
                Ok(())
            }
            Scope::Interpreter(_) => Err(squashing),
        }
    }

    /// Where `squash_dict` stands in the innermost scope, as long as only its hints have used it.
    #[inline]
    pub(crate) fn squashing(&mut self) -> Option<&mut Squashing> {
        self.squashing.as_deref_mut()
    }

    /// Puts the variables of `squash_dict` into their scope.
    #[inline]
    fn settle(&mut self) {
        if let Some(squashing) = self.squashing.take() {
            self.settle_now(&squashing);
        }
    }

    #[cold]
    #[inline(never)]
    fn settle_now(&mut self, squashing: &Squashing) {
        if let Scope::Native(variables) = self.inner.last_mut().unwrap_or(&mut self.main) {
            squashing.write(|name, object| variables.set(name, object));
        }
    }

    /// How many scopes are open besides the main one.
    #[must_use]
    pub const fn depth(&self) -> usize {
        self.inner.len()
    }

    /// The innermost scope.
    #[inline]
    pub fn innermost(&mut self) -> &mut Scope {
        self.settle();
        self.inner.last_mut().unwrap_or(&mut self.main)
    }

    /// What the end of a run checks.
    ///
    /// # Errors
    /// When a scope besides the main one is open.
    pub const fn check_closed(&self) -> Result<(), OpenScopes> {
        if self.inner.is_empty() { Ok(()) } else { Err(OpenScopes) }
    }
}
