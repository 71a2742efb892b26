//! Cairo PIEs: a run's program, memory and resources in a zip archive, so that others can check the
//! run or make it a part of theirs (`cairo_pie.py` of cairo-lang 0.14.0.1, versions 1.0 and 1.1).
//!
//! [`Pie::open`] and `Ready::from_pie` read one, `Ended::write_pie` writes one. Both ways the memory
//! goes through in blocks. What a file says of its sizes is held against limits before anything is
//! unpacked, and each file of the archive must have exactly the size it says.
//!
//! Invariants:
//! - a [`Pie`] has passed every check of the reference's that does not need its memory;
//! - the same run gives the same bytes: cells are written in order of address, and no time is noted.

mod additional;
mod archive;
mod error;
mod fields;
mod input;
mod json;
mod memory;
mod metadata;
mod output;
mod resources;

pub use error::PieError;
pub(crate) use input::Claim;
pub use input::Pie;
