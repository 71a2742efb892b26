//! Write-once memory made of segments.
//!
//! A cell takes 32 bytes and carries its own tag: number, address or, when all its bits are zero,
//! nothing yet. Fresh zeroed pages are therefore fresh memory, and no second structure says which
//! cells are set. The execution segment is one reserved mapping that grows in place on huge pages;
//! other segments begin as small vectors and become mappings when they grow. A cell far beyond the
//! dense part of its segment goes to a sparse page, so that a gap costs nothing.
//!
//! Invariants:
//! - a set cell never changes (only the relocation of temporary segments at the end of a run
//!   rewrites addresses);
//! - cells outside the dense part and the sparse pages are unset, whatever their offset;
//! - everything unsafe is in `raw.rs`, behind safe functions.

mod ahead;
mod cell;
mod memory;
mod raw;
mod relocation;
mod segment;

pub use cell::Cell;
pub use memory::{Memory, MemoryError, MemoryErrorKind};
pub use relocation::{RelocationError, RelocationTable};
pub use segment::Segment;
