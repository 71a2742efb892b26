//! Arithmetic and hash functions that hints need, on numbers of fixed width.

pub mod blake2s;
pub mod curve;
pub mod inverse;
pub mod keccak;
pub mod sha256;
pub mod wide;
