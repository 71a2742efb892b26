//! The flags.

use std::env;
use std::ffi::OsStr;
use std::iter::once;
use std::path::PathBuf;
use std::time::Duration;

use cairo_zero_hints::Choice;
use cairo_zero_runner::{DYNAMIC, Extent, Layout};
use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, ValueEnum};

use crate::compare::{CompareMemory, CompareTrace};
use crate::look::{Disasm, Inspect};
use crate::suite::Suite;

/// The version of cairo-lang whose `cairo-run` this is a drop-in for.
const REFERENCE: &str = "0.14.0.1";

/// Steps after which a run is stopped unless `--max_steps` says otherwise: an hour or more, which no
/// program that ends comes near.
const MAX_STEPS: u64 = 1_000_000_000_000;

/// Seconds that a hint may run for unless `--hint_timeout` says otherwise: the longest of the common
/// library's take a few.
const HINT_TIMEOUT: &str = "300";

/// The port of the reference's tracer (`start_server` in its `tracer.py`).
const TRACER_PORT: u16 = 8100;

/// Reads a number of seconds.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| format!("{text:?} is no number of seconds"))?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

/// Runs a compiled Cairo program.
#[derive(Debug, Parser)]
#[command(
    name = "cairo-run",
    rename_all = "snake_case",
    version = REFERENCE,
    disable_version_flag = true,
    infer_long_args = true,
    args_override_self = true,
    after_help = concat!(
        "Other commands: suite holds a folder of programs to recorded answers; disasm lists a \
         program's instructions, and inspect says what it is made of; compare-trace and \
         compare-memory say where two such files differ first. `cairo-run suite --help` has more.\n\nExit status: 0 when the program ran to its end, 1 when it or its input failed, 2 when the \
         command line is wrong.\n\nThis is version ", env!("CARGO_PKG_VERSION"), "; --version \
         names the version of cairo-lang that it follows."
    )
)]
pub(crate) struct Args {
    /// The compiled program, a JSON file that cairo-compile wrote
    #[arg(
        value_name = "PROGRAM",
        required_unless_present_any = ["program", "run_from_cairo_pie"],
        conflicts_with_all = ["program", "run_from_cairo_pie"]
    )]
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
        value_parser = PossibleValuesParser::new(layouts())
    )]
    pub(crate) layout: String,

    /// A JSON file with the numbers of --layout dynamic, which no other layout needs
    #[arg(long, value_name = "FILE")]
    pub(crate) cairo_layout_params_file: Option<PathBuf>,

    /// The function to run instead of main
    #[arg(long, value_name = "NAME")]
    pub(crate) entrypoint: Option<String>,

    /// Has the run make this many steps: fewer are an error, and more are not made
    #[arg(long, value_name = "STEPS")]
    pub(crate) steps: Option<u64>,

    /// Has the run make at least this many steps
    #[arg(long, value_name = "STEPS")]
    pub(crate) min_steps: Option<u64>,

    /// Stops after --steps steps without checking that the program has ended
    #[arg(long)]
    pub(crate) no_end: bool,

    /// Lets a program use builtins that the layout lacks, with zero for their pointers
    #[arg(
        long,
        value_name = "BOOL",
        num_args = 0..=1,
        default_missing_value = "True",
        value_parser = PossibleValuesParser::new(["True", "False"])
    )]
    pub(crate) allow_missing_builtins: Option<String>,

    /// Which hints run natively: those that can, all (others fail), or none
    #[arg(long, value_name = "WHICH", value_enum, default_value_t)]
    pub(crate) hints: Hints,

    /// A folder that hints import the user's own modules from; may be given several times
    #[arg(long, value_name = "DIR")]
    pub(crate) python_path: Vec<PathBuf>,

    /// Prints how each hint would run, and what it imports that is not there, without a run
    #[arg(long)]
    pub(crate) check_hints: bool,

    /// Stops the run with an error after this many steps
    #[arg(long, value_name = "STEPS", default_value_t = MAX_STEPS)]
    pub(crate) max_steps: u64,

    /// Stops the run with an error when its memory cells, or what its hints keep besides, take this
    /// many MiB; three quarters of the machine's memory if not given
    #[arg(long, value_name = "MIB")]
    pub(crate) max_memory: Option<u64>,

    /// Ends a hint with an error when it has run for this many seconds; 0 lets hints run for ever
    #[arg(long, value_name = "SECONDS", default_value = HINT_TIMEOUT, value_parser = seconds)]
    pub(crate) hint_timeout: Duration,

    /// Checks that the run is safe inside another program (the default)
    #[arg(long, overrides_with = "no_secure_run")]
    pub(crate) secure_run: bool,

    /// Leaves the checks of --secure_run out
    #[arg(long)]
    pub(crate) no_secure_run: bool,

    /// Makes the run for a proof: from __start__ to __end__, with every builtin of the layout, and
    /// lengthened to what the layout needs
    #[arg(long, conflicts_with = "entrypoint")]
    pub(crate) proof_mode: bool,

    /// Sets cells that builtins can deduce although nothing has read them
    #[arg(long)]
    pub(crate) fill_holes: bool,

    /// Writes the registers before each step to this file; - is standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) trace_file: Option<PathBuf>,

    /// Writes every memory cell to this file, relocated
    #[arg(long, value_name = "FILE")]
    pub(crate) memory_file: Option<PathBuf>,

    /// Writes the public input of the Cairo AIR to this file; for --proof_mode
    #[arg(long, value_name = "FILE")]
    pub(crate) air_public_input: Option<PathBuf>,

    /// Writes the private input of the Cairo AIR to this file; for --proof_mode with --trace_file and
    /// --memory_file
    #[arg(long, value_name = "FILE")]
    pub(crate) air_private_input: Option<PathBuf>,

    /// Writes the program's debug information to this file, with the run's addresses
    #[arg(long, value_name = "FILE")]
    pub(crate) debug_info_file: Option<PathBuf>,

    /// Writes steps, memory cells, builtin instances, output and segments to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) summary_file: Option<PathBuf>,

    /// Writes which lines of the source were executed to this file, in the format of lcov; also of a
    /// run that fails
    #[arg(long, value_name = "FILE")]
    pub(crate) coverage: Option<PathBuf>,

    /// Writes where the run spent its steps to this file, for pprof; also of a run that fails
    #[arg(long, value_name = "FILE")]
    pub(crate) profile_output: Option<PathBuf>,

    /// Writes where the run spent its steps to this file as a flame graph, an SVG for browsers; also
    /// of a run that fails
    #[arg(long, value_name = "FILE")]
    pub(crate) flamegraph: Option<PathBuf>,

    /// Prints the functions and lines with the most steps; also of a run that fails
    #[arg(long)]
    pub(crate) hot: bool,

    /// Shows the run on a web page once it is over, for walking through its steps, until it is
    /// interrupted; also a run that fails
    #[arg(long)]
    pub(crate) tracer: bool,

    /// The port of this machine that --tracer uses; 0 is any free one
    #[arg(long, value_name = "PORT", default_value_t = TRACER_PORT, requires = "tracer")]
    pub(crate) tracer_port: u16,

    /// Writes the page of --tracer to this file, with the last steps in it; also of a run that fails
    #[arg(long, value_name = "FILE")]
    pub(crate) tracer_html: Option<PathBuf>,

    /// Runs the program of this Cairo PIE again; a secure run also checks that the PIE is what the
    /// run gives
    #[arg(long, value_name = "FILE", conflicts_with_all = ["program", "entrypoint"])]
    pub(crate) run_from_cairo_pie: Option<PathBuf>,

    /// Writes the run as a Cairo PIE to this file; - is standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) cairo_pie_output: Option<PathBuf>,

    /// Has the Cairo PIE hold all segments but the program's, the execution's and the builtins' as
    /// one
    #[arg(long)]
    pub(crate) merge_extra_segments: bool,

    /// Prints an error of the run to standard output, and what can be had of the results: as in
    /// cairo-lang that is nothing but why
    #[arg(long)]
    pub(crate) debug_error: bool,

    /// Prints what led to an error below it: the run, the instruction, the cause
    #[arg(long)]
    pub(crate) show_trace: bool,

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

    /// Shows on the terminal how far the run and its files are, when they take more than a second
    #[arg(long)]
    pub(crate) progress: bool,

    /// Prints the version of cairo-lang that this follows
    #[arg(short, long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// Which hints run natively.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum Hints {
    /// Those that native code covers; the embedded interpreter runs the rest
    #[default]
    Auto,
    /// All: a hint that native code does not cover fails when it is reached
    Native,
    /// None: the embedded interpreter runs every hint
    Python,
}

impl From<Hints> for Choice {
    fn from(hints: Hints) -> Self {
        match hints {
            Hints::Auto => Self::Auto,
            Hints::Native => Self::Native,
            Hints::Python => Self::Interpreter,
        }
    }
}

/// The names that `--layout` takes.
fn layouts() -> impl Iterator<Item = &'static str> {
    Layout::ALL.iter().map(|layout| layout.name).chain([DYNAMIC])
}

/// What the command line asks for.
pub(crate) enum Command {
    /// A run.
    Run(Box<Args>),
    /// The first difference of two trace files.
    CompareTrace(CompareTrace),
    /// The first difference of two memory files.
    CompareMemory(CompareMemory),
    /// The instructions of a program.
    Disasm(Disasm),
    /// What a program is made of.
    Inspect(Inspect),
    /// Programs and their recorded answers.
    Suite(Suite),
}

impl Command {
    /// Parses the command line of this process; ends the process when it is wrong, or asks for help.
    /// A program called like a command can be run with `--program`, or with its folder's name.
    pub(crate) fn of_process() -> Self {
        let mut words = env::args_os().skip(1);
        let first = words.next();
        match first.as_deref().and_then(OsStr::to_str) {
            Some(name @ "compare-trace") => {
                Self::CompareTrace(CompareTrace::parse_from(once(name.into()).chain(words)))
            }
            Some(name @ "compare-memory") => {
                Self::CompareMemory(CompareMemory::parse_from(once(name.into()).chain(words)))
            }
            Some(name @ "disasm") => Self::Disasm(Disasm::parse_from(
                once(format!("cairo-run {name}").into()).chain(words),
            )),
            Some(name @ "inspect") => Self::Inspect(Inspect::parse_from(
                once(format!("cairo-run {name}").into()).chain(words),
            )),
            Some(name @ "suite") => Self::Suite(Suite::parse_from(
                once(format!("cairo-run {name}").into()).chain(words),
            )),
            _ => Self::Run(Box::new(Args::of_process())),
        }
    }
}

impl Args {
    /// Parses the command line of this process; ends the process when it is wrong, or asks for help.
    fn of_process() -> Self {
        let args = Self::parse();
        if let Err(conflict) = args.check() {
            Self::command().error(ErrorKind::ArgumentConflict, conflict).exit();
        }
        args
    }

    /// What is wrong with the flags of a program of a suite: they may name no program and no output,
    /// since the suite decides on those. A command line that is wrong for itself is no matter here,
    /// since the run will say so.
    ///
    /// # Errors
    /// A sentence that names the flag.
    pub(crate) fn check_for_suite(flags: &[String]) -> Result<(), String> {
        let words = ["cairo-run", "PROGRAM"].into_iter().chain(flags.iter().map(String::as_str));
        let Ok(args) = Self::try_parse_from(words) else { return Ok(()) };
        let outputs = args.outputs().into_iter().filter_map(|(flag, path)| path.map(|_| flag));
        let programs = [
            args.program.as_ref().map(|_| "--program"),
            args.run_from_cairo_pie.as_ref().map(|_| "--run_from_cairo_pie"),
        ];
        let shown = args.tracer.then_some("--tracer");
        match outputs.chain(programs.into_iter().flatten()).chain(shown).next() {
            Some(flag) => Err(format!("{flag} can't be among the flags of a suite's program")),
            None => Ok(()),
        }
    }

    /// The flags that name files that the run writes, and the files.
    pub(crate) const fn outputs(&self) -> [(&'static str, Option<&PathBuf>); 11] {
        [
            ("--cairo_pie_output", self.cairo_pie_output.as_ref()),
            ("--trace_file", self.trace_file.as_ref()),
            ("--memory_file", self.memory_file.as_ref()),
            ("--air_public_input", self.air_public_input.as_ref()),
            ("--air_private_input", self.air_private_input.as_ref()),
            ("--debug_info_file", self.debug_info_file.as_ref()),
            ("--summary_file", self.summary_file.as_ref()),
            ("--coverage", self.coverage.as_ref()),
            ("--profile_output", self.profile_output.as_ref()),
            ("--flamegraph", self.flamegraph.as_ref()),
            ("--tracer_html", self.tracer_html.as_ref()),
        ]
    }

    /// The files that the run reads.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        let inputs = [
            &self.path,
            &self.program,
            &self.run_from_cairo_pie,
            &self.program_input,
            &self.cairo_layout_params_file,
        ];
        inputs.into_iter().flatten()
    }

    /// The reference's own rules on which flags go together (`main` in its `cairo_run.py`).
    fn check(&self) -> Result<(), &'static str> {
        if self.steps.is_some_and(|steps| steps > 0) && self.min_steps.is_some_and(|min| min > 0) {
            return Err("--steps and --min_steps cannot be both specified.");
        }
        self.check_pie()?;
        if self.no_end && self.steps.is_none() {
            return Err("--steps must be specified when running with --no-end.");
        }
        if self.air_public_input.is_some() && !self.proof_mode {
            return Err("--air_public_input can only be used in proof_mode.");
        }
        if self.air_private_input.is_some() {
            if !self.proof_mode {
                return Err("--air_private_input can only be used in proof_mode.");
            }
            if self.trace_file.is_none() {
                return Err("--trace_file must be set when --air_private_input is set.");
            }
            if self.memory_file.is_none() {
                return Err("--memory_file must be set when --air_private_input is set.");
            }
        }
        if self.layout == DYNAMIC && self.cairo_layout_params_file.is_none() {
            return Err("--cairo_layout_params_file must be specified for --layout dynamic.");
        }
        Ok(())
    }

    /// Those of its rules that are on Cairo PIEs.
    fn check_pie(&self) -> Result<(), &'static str> {
        let steps = self.steps.is_some() || self.min_steps.is_some();
        let conflicts = [
            (
                self.proof_mode && self.run_from_cairo_pie.is_some(),
                "--proof_mode cannot be used with --run_from_cairo_pie.",
            ),
            (
                self.cairo_pie_output.is_some() && self.no_end,
                "--no_end and --cairo_pie_output cannot be both specified.",
            ),
            (
                self.cairo_pie_output.is_some() && self.proof_mode,
                "--proof_mode and --cairo_pie_output cannot be both specified.",
            ),
            (
                self.merge_extra_segments && self.cairo_pie_output.is_none(),
                "--merge_extra_segments is applicable only when --cairo_pie_output is specified.",
            ),
            (
                self.run_from_cairo_pie.is_some() && steps,
                "--steps and --min_steps cannot be specified in --run_from_cairo_pie mode.",
            ),
        ];
        conflicts.iter().find(|(broken, _)| *broken).map_or(Ok(()), |(_, rule)| Err(rule))
    }

    /// Which hints run natively.
    pub(crate) fn hints_choice(&self) -> Choice {
        self.hints.into()
    }

    /// How far the run goes.
    pub(crate) fn extent(&self) -> Extent {
        match (self.steps, self.min_steps) {
            (Some(steps), _) if self.no_end => Extent::NoEnd(steps),
            (Some(steps), _) => Extent::Steps(steps),
            (None, Some(steps)) => Extent::MinSteps(steps),
            (None, None) => Extent::End,
        }
    }
}
