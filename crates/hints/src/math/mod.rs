//! Arithmetic and hash functions that hints need: on numbers of fixed width for the native hints of
//! the table, on Python's whole numbers for the evaluator.

pub use cairo_zero_core::blake2s;
pub mod curve;
pub(crate) mod hashes;
pub mod inverse;
pub mod keccak;
pub(crate) mod number;
pub(crate) mod python;
pub mod sha256;
pub mod wide;
