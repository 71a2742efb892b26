//! Seeing into programs and runs.
//!
//! Of a program: [`Listing`], its instructions with what the source and the names say about them,
//! and [`Inspection`], what it is made of and needs.
//!
//! Invariants:
//! - everything is made from a program or from the memory of a run that is over: nothing here slows a
//!   run down or changes what it gives;
//! - a file is only read, for the lines of the source, and one that is not there is no error.

mod error;
mod inspection;
mod listing;
mod names;
mod source;

pub use error::InsightError;
pub use inspection::Inspection;
pub use listing::Listing;
