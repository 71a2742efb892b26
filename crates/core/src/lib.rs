//! The values a Cairo memory cell can hold and their arithmetic.
//!
//! Everything here is plain data: no I/O, no serialisation, no heap. The crate knows nothing of
//! instructions, segments' contents or programs.
//!
//! Invariants:
//! - a [`Felt`] is always reduced: its limbs are below the prime;
//! - a [`Relocatable`] is never a number: mixing the two goes through [`Value`], which refuses what
//!   the Cairo machine refuses.

mod builtin_name;
mod felt;
mod felt_text;
mod relocatable;
mod value;

pub use builtin_name::{BuiltinName, UnknownBuiltin};
pub use felt::Felt;
pub use felt_text::{ParseFeltError, Signed};
pub use relocatable::Relocatable;
pub use value::{Value, ValueError};
