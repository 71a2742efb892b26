//! The embedded Python interpreter that runs the hints no native code covers.
//!
//! [`Python`] implements the hint crate's `Interpreter` on RustPython, built without any access to
//! the host's files, network or processes. It checks hints with the compiler alone; the interpreter
//! itself starts with the first hint that runs.
//!
//! Invariants:
//! - no Python object and no Python error leaves this crate;
//! - no borrow of the machine is held while Python code runs;
//! - a hint can't take the process down: exceptions and panics become hint errors.

mod builtin;
mod check;
mod convert;
mod dicts;
mod division;
mod exceptions;
mod finder;
mod functions;
mod growth;
mod host;
mod identifiers;
mod ids;
mod imports;
mod json;
mod limits;
mod machine;
mod memory;
mod memory_data;
mod module_path;
mod names;
mod native_modules;
mod objects;
mod output;
mod program;
mod python;
mod relocatable;
mod rules;
mod scope;
mod segments;
mod sets;
mod start;
mod stdio;
mod syntax;

pub use check::Problem;
pub use json::{Json, JsonError};
pub use limits::{Limits, MemoryLimit, Stuck};
pub use module_path::ModulePath;
pub use python::Python;

/// The stack a thread needs that runs Python hints, in bytes: enough for Python's recursion limit
/// and for the nested native calls that hints can build up.
pub const STACK_SIZE: usize = 256 << 20;
