//! The command line of cairo-run.
