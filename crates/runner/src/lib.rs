//! A whole run, from a loaded program to what is printed.
//!
//! The phases are types, and each consumes the one before: [`Ready`] holds a machine about to make
//! its first step, [`Ended`] a finished and checked run, [`Relocated`] the run with every segment's
//! place in the one address space of the final memory; [`Failed`] is a run that did not get there. The
//! steps of a run that is over can be looked at through its [`Past`]. The printers are on [`Relocated`], and so are
//! the files for provers. A run can also begin with a [`Pie`], and be written as one once it has
//! [`Ended`].
//!
//! Invariants:
//! - nothing is printed here but into the `Write` that the caller gives;
//! - bytes equal the reference's;
//! - a [`RunError`] holds all that its report needs: machine and program may be gone by then.

mod air_private;
mod air_public;
mod allocation;
mod attributes;
mod ended;
mod error;
mod file_error;
mod input_order;
mod layout;
mod layout_params;
mod location;
mod memory_file;
mod padding;
mod past;
mod pie;
mod print;
mod proof;
mod ready;
mod relocated;
mod summary;
mod trace;
mod trace_file;
mod traceback;

pub use ended::Ended;
pub use error::{FailedHint, RunError};
pub use file_error::FileError;
pub use layout::{DYNAMIC, DilutedPool, Layout, Ratio};
pub use layout_params::LayoutParamsError;
pub use location::{MOST_SOURCE, hint_places, read_source, report_at_hint};
pub use memory_file::{CELL_BYTES, MemoryFile};
pub use past::{Failed, Past, Remains, Track};
pub use pie::{Pie, PieError};
pub use ready::{Entry, Extent, Ready, Settings};
pub use relocated::PrintError;
pub use relocated::Relocated;
pub use trace_file::{STEP_BYTES, TraceFile};
