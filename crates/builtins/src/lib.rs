//! The builtins: what they deduce, what they check, and where their segments must end.
//!
//! Each builtin is one file with a type that implements [`Builtin`], and one row of [`TABLE`]. To
//! add one:
//! 1. write its file, implementing [`Builtin`];
//! 2. put its row into the table in `table.rs`; the match over [`BuiltinName`] there does not compile
//!    until the row exists.
//!
//! Invariants:
//! - builtins see memory and nothing else: never `pc`, `ap` or `fp`, no file, no layout;
//! - given the same memory they do the same.

mod builtin;
mod error;
mod output;
mod set;
mod table;

pub use builtin::{Builtin, Runner};
pub use error::BuiltinError;
pub use output::{Output, Page};
pub use set::Builtins;
pub use table::{Row, make, row};
