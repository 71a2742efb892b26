//! The `cairo-run` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    cairo_zero_cli::main()
}
