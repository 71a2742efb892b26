//! [`Scopes`]: the stack of scopes that hints keep their variables in.
//!
//! `vm_enter_scope` and `vm_exit_scope` work on it whether a native or a Python hint calls them. A
//! scope's variables belong to the interpreter, which attaches them when a hint of its first runs
//! there; a scope that only native hints enter and leave costs one empty slot.

use std::any::Any;
use std::rc::Rc;

use crate::{Exception, ExceptionClass};

/// The variables of one scope in the form its interpreter keeps them.
pub type ScopeVariables = Rc<dyn Any>;

/// The stack of scopes; the main scope is always there.
#[derive(Default)]
pub struct Scopes {
    main: Option<ScopeVariables>,
    inner: Vec<Option<ScopeVariables>>,
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

    /// Opens a scope with these variables, or with none. The hint that does so goes on in the scope
    /// it runs in; the next one runs in the new one.
    pub fn enter(&mut self, variables: Option<ScopeVariables>) {
        self.inner.push(variables);
    }

    /// Closes the innermost scope and gives its variables back, so that the interpreter can drop
    /// them where running Python code is fine.
    ///
    /// # Errors
    /// When only the main scope is left.
    pub fn exit(&mut self) -> Result<Option<ScopeVariables>, Exception> {
        match self.inner.pop() {
            Some(variables) => Ok(variables),
            None => Err(Exception::new(ExceptionClass::AssertionError, "Cannot exit main scope.")),
        }
    }

    /// How many scopes are open besides the main one.
    #[must_use]
    pub const fn depth(&self) -> usize {
        self.inner.len()
    }

    /// The variables of the innermost scope, for the interpreter to read or attach.
    pub fn innermost(&mut self) -> &mut Option<ScopeVariables> {
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
