//! The values a Cairo memory cell can hold and their arithmetic; the hash and the field that
//! instructions of their own compute.
//!
//! Everything here is plain data: no I/O, no serialisation, no heap. The crate knows nothing of
//! instructions, segments' contents or programs.
//!
//! Invariants:
//! - a [`Felt`] is always reduced: its limbs are below the prime;
//! - a [`Relocatable`] is never a number: mixing the two goes through [`Value`], which refuses what
//!   the Cairo machine refuses.

pub mod blake2s;
mod builtin_name;
mod element;
mod felt;
mod felt_text;
mod fold_hash;
mod inverse;
mod qm31;
mod relocatable;
mod square_root;
mod value;

pub use builtin_name::{BuiltinName, UnknownBuiltin};
pub use element::{Element, Sum};
pub use felt::Felt;
pub use felt_text::{ParseFeltError, Signed};
pub use fold_hash::{FoldHasher, FoldState};
pub use inverse::inverse;
pub use qm31::Qm31;
pub use relocatable::Relocatable;
pub use value::{Value, ValueError};
