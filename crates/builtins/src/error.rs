//! [`BuiltinError`]: why a builtin refuses a run.

use cairo_zero_core::{BuiltinName, Relocatable, Value};

/// Why a builtin refuses a run; the wording is the reference's (`builtin_runner.py` and
/// `output_builtin_runner.py` of cairo-lang) where it has the case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuiltinError {
    /// The pointer a program returned for a builtin is not where the builtin's used part ends.
    #[error(
        "Invalid stop pointer for {builtin}. Expected: {expected}, found: {}",
        OrUnknown(found)
    )]
    StopPointer {
        /// The builtin.
        builtin: BuiltinName,
        /// Where its used part ends.
        expected: Relocatable,
        /// What the program returned, if the cell was written at all.
        found: Option<Value>,
    },
    /// A page number was used twice.
    #[error("Page {0} was already assigned.")]
    PageTwice(u64),
    /// A page that does not begin in the output segment.
    #[error("page_start must be in the output segment.")]
    PageOutside,
}

/// A value that may be missing.
struct OrUnknown<'a>(&'a Option<Value>);

impl std::fmt::Display for OrUnknown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(value) => std::fmt::Display::fmt(value, f),
            None => f.write_str("nothing"),
        }
    }
}
