//! [`Exception`]: how a hint fails, in Python's terms.
//!
//! Native hints and the names hints see raise the exceptions their Python originals raise, so that
//! a `try` in a Python hint and the text of an error do not depend on who ran it.

use std::fmt;

/// Writes the classes once: the constant, the module it lives in, its name, and its base class.
macro_rules! exception_classes {
    ($($(#[doc = $doc:literal])* $variant:ident = $module:literal, $base:ident;)*) => {
        /// A Python exception class that hints meet: a builtin one, or one of cairo-lang's.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(clippy::enum_variant_names, reason = "the names are Python's")]
        pub enum ExceptionClass {
            $($(#[doc = $doc])* $variant,)*
        }

        impl ExceptionClass {
            /// Every class; a base class stands before the classes made from it.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The class's own name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => stringify!($variant),)*
                }
            }

            /// The module it is defined in; `builtins` for Python's own.
            #[must_use]
            pub const fn module(self) -> &'static str {
                match self {
                    $(Self::$variant => $module,)*
                }
            }

            /// The class it is made from. For Python's own classes this is themselves.
            #[must_use]
            pub const fn base(self) -> Self {
                match self {
                    $(Self::$variant => Self::$base,)*
                }
            }
        }
    };
}

exception_classes! {
    /// Python's `Exception`.
    Exception = "builtins", Exception;
    /// Python's `AssertionError`.
    AssertionError = "builtins", AssertionError;
    /// Python's `AttributeError`.
    AttributeError = "builtins", AttributeError;
    /// Python's `KeyError`.
    KeyError = "builtins", KeyError;
    /// Python's `MemoryError`.
    MemoryError = "builtins", MemoryError;
    /// Python's `NameError`.
    NameError = "builtins", NameError;
    /// Python's `NotImplementedError`.
    NotImplementedError = "builtins", NotImplementedError;
    /// Python's `OverflowError`.
    OverflowError = "builtins", OverflowError;
    /// Python's `TypeError`.
    TypeError = "builtins", TypeError;
    /// Python's `ValueError`.
    ValueError = "builtins", ValueError;
    /// A name that leads to no identifier.
    IdentifierError = "starkware.cairo.lang.compiler.identifier_manager", Exception;
    /// A name that is not there at all.
    MissingIdentifierError = "starkware.cairo.lang.compiler.identifier_manager", IdentifierError;
    /// A name that leads to something other than a scope.
    NotAScopeError = "starkware.cairo.lang.compiler.identifier_manager", IdentifierError;
    /// A name that leads to a scope only.
    NotAnIdentifierError = "starkware.cairo.lang.compiler.identifier_manager", IdentifierError;
    /// An identifier of another kind than the one needed.
    DefinitionError = "starkware.cairo.lang.compiler.identifier_definition", Exception;
    /// A reference whose value is not known at this place.
    FlowTrackingError = "starkware.cairo.lang.compiler.references", Exception;
    /// An error with a place in a text.
    LocationError = "starkware.cairo.lang.compiler.error_handling", Exception;
    /// A reference that can't be evaluated.
    ExpressionEvaluatorError =
        "starkware.cairo.lang.compiler.expression_evaluator", LocationError;
    /// A constant expression that can't be evaluated.
    SimplifierError = "starkware.cairo.lang.compiler.expression_simplifier", LocationError;
    /// An expression whose types do not fit.
    CairoTypeError = "starkware.cairo.lang.compiler.type_casts", LocationError;
    /// A memory cell that holds nothing was read.
    UnknownMemoryError = "starkware.cairo.lang.vm.memory_dict", KeyError;
    /// A memory cell was given a second value.
    InconsistentMemoryError = "starkware.cairo.lang.vm.memory_dict", Exception;
    /// Something a sound run does not contain.
    SecurityError = "starkware.cairo.lang.vm.vm_exceptions", Exception;
    /// The base class of the machine's own exceptions.
    VmExceptionBase = "starkware.cairo.lang.vm.vm_exceptions", Exception;
    /// An error of the machine with its place.
    VmException = "starkware.cairo.lang.vm.vm_exceptions", Exception;
    /// A computation that is not possible with addresses.
    PureValueError = "starkware.cairo.lang.vm.vm_exceptions", VmExceptionBase;
}

/// A raised exception: its class and what `str` gives for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    class: ExceptionClass,
    message: String,
}

impl Exception {
    /// An exception of this class with this text.
    pub fn new(class: ExceptionClass, message: impl Into<String>) -> Self {
        Self { class, message: message.into() }
    }

    /// Its class.
    #[must_use]
    pub const fn class(&self) -> ExceptionClass {
        self.class
    }

    /// Its text.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Exception {
    /// Prints the exception as the last line of a traceback shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.class.module() != "builtins" {
            write!(f, "{}.", self.class.module())?;
        }
        f.write_str(self.class.name())?;
        if self.message.is_empty() {
            return Ok(());
        }
        // A KeyError shows the repr of its key; UnknownMemoryError has overridden that.
        match self.class {
            ExceptionClass::KeyError => write!(f, ": '{}'", self.message),
            _ => write!(f, ": {}", self.message),
        }
    }
}

impl std::error::Error for Exception {}
