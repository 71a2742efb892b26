//! Native hints: the trait they implement, what they work on, and how an embedder adds its own.
//!
//! The Python text of a hint says what it does; native code is a shorter way to the same. Where
//! native code meets something it was not made for, a failing assertion among them, it declines
//! before it has changed anything, and the text itself runs: so errors need no second wording.

use std::rc::Rc;

use cairo_zero_executor::Machine;

use crate::object::Object;
use crate::scopes::{Scope, Symbol};
use crate::{Exception, Interpreter, Names, Scopes};

/// Why a native hint did not do its work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The text is to run instead. The hint has changed nothing but what the text sets alike.
    Decline,
    /// It raises this exception, in this line of its canonical text (from 1).
    Raise(Exception, u32),
}

impl From<Exception> for Stop {
    fn from(exception: Exception) -> Self {
        Self::Raise(exception, 1)
    }
}

/// What a native hint works on while it runs.
pub struct Native<'a> {
    /// Memory, builtins and registers.
    pub machine: &'a mut Machine,
    /// The scopes of hint variables.
    pub scopes: &'a mut Scopes,
    /// What the names of the program's hints stand for.
    pub names: &'a Rc<Names>,
    /// The number of the hint in the program, from 0.
    pub hint: u32,
    /// The interpreter, which has the variables of scopes that Python hints use.
    pub(crate) interpreter: &'a mut Option<Box<dyn Interpreter>>,
}

impl Native<'_> {
    /// What `look` makes of the variable of this name in the innermost scope, if there is one.
    #[inline]
    pub fn with_variable<T>(&mut self, name: Symbol, look: impl FnOnce(&Object) -> T) -> Option<T> {
        match self.scopes.innermost() {
            Scope::Native(variables) => variables.get(name).map(look),
            Scope::Interpreter(variables) => {
                let object = self.interpreter.as_mut()?.load(variables, name.name())?;
                Some(look(&object))
            }
        }
    }

    /// The variable of this name in the innermost scope.
    pub fn variable(&mut self, name: Symbol) -> Option<Object> {
        self.with_variable(name, Object::clone)
    }

    /// Sets a variable of the innermost scope.
    #[inline]
    pub fn set_variable(&mut self, name: Symbol, object: Object) {
        match self.scopes.innermost() {
            Scope::Native(variables) => variables.set(name, object),
            Scope::Interpreter(variables) => {
                if let Some(interpreter) = self.interpreter {
                    interpreter.store(variables, name.name(), object);
                }
            }
        }
    }

    /// As [`Native::set_variable`], with a whole number, which is not moved through memory to where
    /// another one was.
    #[inline]
    pub fn set_int(&mut self, name: Symbol, number: i64) {
        if let Scope::Native(variables) = self.scopes.innermost()
            && variables.replace_int(name, number)
        {
            return;
        }
        self.set_variable(name, Object::from(number));
    }

    /// Takes a variable out of the innermost scope.
    pub fn remove_variable(&mut self, name: Symbol) {
        match self.scopes.innermost() {
            Scope::Native(variables) => {
                variables.remove(name);
            }
            Scope::Interpreter(variables) => {
                if let Some(interpreter) = self.interpreter {
                    interpreter.remove(variables, name.name());
                }
            }
        }
    }
}

/// A hint in native code, made for one place in a program.
pub trait NativeHint {
    /// Does what the hint's text says.
    ///
    /// # Errors
    /// When it declines, or raises what the text would raise.
    fn run(&self, native: &mut Native<'_>) -> Result<(), Stop>;
}

impl<F> NativeHint for F
where
    F: Fn(&mut Native<'_>) -> Result<(), Stop>,
{
    fn run(&self, native: &mut Native<'_>) -> Result<(), Stop> {
        self(native)
    }
}

/// Makes a native hint for hint number `hint` of a program, with its operands looked up; `None` when
/// they are not what the native code expects, so that the text itself runs and finds the error.
pub type Make = dyn Fn(&Names, u32) -> Option<Box<dyn NativeHint>>;

/// Native hints that an embedder adds, found by their exact text. Bootloader-style names that are no
/// Python work this way.
///
/// ```
/// use cairo_zero_hints::{Native, Registry, Stop};
///
/// let mut registry = Registry::new();
/// registry.add("REMEMBER_THE_STEP", |native: &mut Native<'_>| {
///     let _step = native.machine.steps();
///     Ok::<(), Stop>(())
/// });
/// ```
#[derive(Default)]
pub struct Registry {
    hints: Vec<(String, Box<Make>)>,
}

impl Registry {
    /// No hints.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs `hint` wherever a program has a hint with exactly this text. It stands before the
    /// built-in native hints and the interpreter.
    pub fn add<F>(&mut self, text: impl Into<String>, hint: F)
    where
        F: Fn(&mut Native<'_>) -> Result<(), Stop> + Clone + 'static,
    {
        self.add_made(text, move |_, _| Some(Box::new(hint.clone())));
    }

    /// As [`Registry::add`], with the operands looked up once per place, at load.
    pub fn add_made(
        &mut self,
        text: impl Into<String>,
        make: impl Fn(&Names, u32) -> Option<Box<dyn NativeHint>> + 'static,
    ) {
        self.hints.push((text.into(), Box::new(make)));
    }

    pub(crate) fn make(&self, text: &str, names: &Names, hint: u32) -> Option<Box<dyn NativeHint>> {
        let found = self.hints.iter().find(|(known, _)| known == text)?;
        found.1(names, hint)
    }
}
