//! A run that is over, to be walked through in a browser: forwards, backwards, by lines, calls,
//! breakpoints and cells.
//!
//! [`Tracing`] answers questions about the steps of a run. It stores no trace: one replay of the final
//! memory leaves checkpoints, and every answer replays from one of them. [`Server`] shows it on a
//! local port, [`write_file`] as one file. Both give the same page, whose parts are in
//! `crates/tracer/page`; it gets its data either from the server or from within the file.
//!
//! Invariants:
//! - the run is over: nothing here changes what it gives or slows it down;
//! - a page asks nothing of any other host, and what programs hold gets into it as text alone;
//! - a server answers only those who know its address, token included.

mod access;
mod code;
mod engine;
mod error;
mod file;
mod find;
mod http;
mod memory;
mod names;
mod page;
mod search;
mod server;
mod state;

pub use access::{Reads, Writer};
pub use engine::{Print, Setting, Tracing};
pub use error::TracerError;
pub use file::write_file;
pub use find::{Direction, Found, Stops, Until};
pub use server::Server;
pub use state::State;
