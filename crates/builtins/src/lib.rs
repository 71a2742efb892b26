//! The builtins: what they deduce, what they check, and where their segments must end.
//!
//! Each builtin is one file with a type that implements [`Builtin`], and one row of the table in
//! `table.rs`. To add one:
//! 1. write its file, implementing [`Builtin`];
//! 2. put its row into the table in `table.rs`; the match over `BuiltinName` there does not compile
//!    until the row exists.
//!
//! Invariants:
//! - builtins see memory and nothing else: never `pc`, `ap` or `fp`, no file, no layout;
//! - given the same memory they do the same.

mod bitwise;
mod builtin;
mod cells;
mod curve;
mod direct;
mod ec_op;
mod ecdsa;
mod error;
mod keccak;
mod marks;
mod memo;
mod modulo;
mod output;
mod pedersen;
mod pedersen_hash;
#[cfg(target_arch = "x86_64")]
mod pedersen_lanes;
mod poseidon;
mod python_set;
mod range_check;
mod runner;
mod security;
mod set;
mod signature;
mod table;
mod wide_multiply;

pub use bitwise::Bitwise;
pub use builtin::Builtin;
pub use direct::Direct;
pub use ec_op::{EcOp, ec_op};
pub use ecdsa::Ecdsa;
pub use error::{BuiltinError, BuiltinErrorKind};
pub use keccak::{Keccak, keccak_permutation};
pub use modulo::{Circuit, Gate, Modulo, ModuloError, Operation};
pub use output::{Output, OutputState, Page};
pub use pedersen::Pedersen;
pub use pedersen_hash::pedersen_hash;
pub use poseidon::{Poseidon, poseidon_permutation};
pub use range_check::RangeCheck;
pub use runner::Runner;
pub use set::Builtins;
pub use signature::{Signature, inverse_of_s, verify_signature};
pub use table::{Row, make, row};
