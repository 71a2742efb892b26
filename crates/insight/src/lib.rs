//! Seeing into programs and runs.
//!
//! Of a program: [`Listing`], its instructions with what the source and the names say about them,
//! and [`Inspection`], what it is made of and needs. Of a run that is over, whether it reached its end or
//! not: [`Profile`], where it spent its steps, which is also its coverage.
//!
//! Invariants:
//! - everything is made from a program or from the memory of a run that is over: nothing here slows a
//!   run down or changes what it gives;
//! - a file is only read, for the lines of the source, and one that is not there is no error.

mod code;
mod coverage;
mod error;
mod flamegraph;
mod hot;
mod inspection;
mod listing;
mod met;
mod names;
mod open;
mod pprof;
mod profile;
mod recorder;
mod recording;
mod source;
mod ways;

pub use error::InsightError;
pub use inspection::Inspection;
pub use listing::{Line, Listing, Source};
pub use profile::Profile;
