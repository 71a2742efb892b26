//! The flags.

use std::path::PathBuf;

use cairo_zero_runner::Layout;
use clap::Parser;
use clap::builder::PossibleValuesParser;

/// The version of cairo-lang whose `cairo-run` this is a drop-in for.
const REFERENCE: &str = "0.14.0.1";

/// Steps after which a run is stopped unless `--max_steps` says otherwise: an hour or more, which no
/// program that ends comes near.
const MAX_STEPS: u64 = 1_000_000_000_000;

/// Runs a compiled Cairo program.
#[derive(Debug, Parser)]
#[command(
    name = "cairo-run",
    version = REFERENCE,
    disable_version_flag = true,
    infer_long_args = true,
    after_help = concat!(
        "Exit status: 0 when the program ran to its end, 1 when it or its input failed, 2 when the \
         command line is wrong.\n\nThis is version ", env!("CARGO_PKG_VERSION"), "; --version \
         names the version of cairo-lang that it follows."
    )
)]
pub(crate) struct Args {
    /// The compiled program, a JSON file that cairo-compile wrote
    #[arg(value_name = "PROGRAM", required_unless_present = "program", conflicts_with = "program")]
    pub(crate) path: Option<PathBuf>,

    /// The compiled program, as a flag
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) program: Option<PathBuf>,

    /// A JSON file that hints see as program_input
    #[arg(long, value_name = "FILE")]
    pub(crate) program_input: Option<PathBuf>,

    /// The layout, which decides what builtins the program may use
    #[arg(
        long,
        value_name = "LAYOUT",
        default_value = "plain",
        value_parser = PossibleValuesParser::new(Layout::ALL.iter().map(|layout| layout.name))
    )]
    pub(crate) layout: String,

    /// The function to run instead of main
    #[arg(long, value_name = "NAME")]
    pub(crate) entrypoint: Option<String>,

    /// Stops the run with an error after this many steps
    #[arg(long, value_name = "STEPS", default_value_t = MAX_STEPS)]
    pub(crate) max_steps: u64,

    /// Stops the run with an error when its memory cells take this many MiB; three quarters of the
    /// machine's memory if not given
    #[arg(long, value_name = "MIB")]
    pub(crate) max_memory: Option<u64>,

    /// Checks that the run is safe inside another program (the default)
    #[arg(long, overrides_with = "no_secure_run")]
    pub(crate) secure_run: bool,

    /// Leaves the checks of --secure_run out
    #[arg(long)]
    pub(crate) no_secure_run: bool,

    /// Prints every memory cell after the run
    #[arg(long)]
    pub(crate) print_memory: bool,

    /// Prints what the program wrote to its output
    #[arg(long)]
    pub(crate) print_output: bool,

    /// Prints steps, memory use and registers after the run
    #[arg(long)]
    pub(crate) print_info: bool,

    /// Prints where each segment lies in the relocated memory
    #[arg(long)]
    pub(crate) print_segments: bool,

    /// Prints memory and registers after relocation
    #[arg(long)]
    pub(crate) relocate_prints: bool,

    /// Prints the version of cairo-lang that this follows
    #[arg(short, long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}
