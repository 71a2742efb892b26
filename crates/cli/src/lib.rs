//! The command line of `cairo-run`: flags to settings, settings to a run, and the run's output.

mod allocator;
mod args;
mod check_hints;
mod compare;
mod interrupt;
mod look;
mod outputs;
mod path;
mod progress;
mod run;
mod suite;
mod tracer;

pub use run::main;
