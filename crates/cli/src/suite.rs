//! `suite`: programs held to their recorded answers.

use std::env;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use cairo_zero_suite::{
    Bless, Case, Compiler, Options, Partition, Progress, Report, Style, Verdict, Verified, find,
    run,
};
use clap::{Parser, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::{Args, seconds};
use crate::outputs::replace;
use crate::run::memory_limit;

/// The compiler that is looked for when none is named.
const COMPILER: &str = "cairo-compile";

/// Runs programs and compares each with its recorded answer.
///
/// The programs are those below the folders and the files that are named: compiled programs, and
/// sources where there is a compiler. Beside NAME.json or NAME.cairo, NAME.toml (or comments in the
/// source) may say how it is run, and NAME.expected is what is recorded of it.
///
/// The exit status is 0 when all agree, 1 when not, and 2 when the command line is wrong or names no
/// programs.
#[derive(Debug, Parser)]
#[command(name = "cairo-run suite", rename_all = "snake_case")]
pub(crate) struct Suite {
    /// Folders or programs
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Records the answers instead of comparing them
    #[arg(long)]
    bless: bool,
    /// With --bless, records only answers that are missing and compares the others
    #[arg(long, requires = "bless", alias = "only-missing")]
    only_missing: bool,
    /// Leaves the programs whose names contain this; may be given several times
    #[arg(long, value_name = "TEXT")]
    filter: Vec<String>,
    /// Begins no further program when one has failed
    #[arg(long, alias = "fail-fast")]
    fail_fast: bool,
    /// Runs the I-th of N parts of the suite, to share it among machines
    #[arg(long, value_name = "I/N", value_parser = partition)]
    partition: Option<Partition>,
    /// Writes the results as JUnit XML to this file
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Writes the results as JSON to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// How many programs run at a time; as many as there are processors if not given
    #[arg(long, value_name = "COUNT")]
    jobs: Option<NonZeroUsize>,
    /// The compiler for sources; the cairo-compile on the PATH if not given
    #[arg(long, value_name = "COMMAND")]
    compiler: Option<PathBuf>,
    /// The folder for compiled sources and recent traces; cairo-run in the user's folder for caches
    /// if not given
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Ends a program that has run for this many seconds, unless its settings say otherwise
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    timeout: Duration,
    /// How many MiB of memory each program may take, unless its settings say otherwise; half of the
    /// machine's, shared by those that run at a time, if not given
    #[arg(long, value_name = "MIB")]
    max_memory: Option<u64>,
    /// Whether the results have colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    color: When,
}

/// When there are colours.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum When {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn partition(text: &str) -> Result<Partition, String> {
    let parts = text.split_once('/');
    let parts = parts.and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
    match parts {
        Some((index, count)) if (1..=count).contains(&index) => Ok(Partition { index, count }),
        _ => Err(String::from("a part is I/N, with I from 1 to N")),
    }
}

impl Suite {
    /// Runs the suite and prints its results.
    ///
    /// # Errors
    /// When a result can't be written.
    pub(crate) fn run(self) -> Result<ExitCode> {
        let cases = match self.cases() {
            Ok(cases) => cases,
            Err(error) => {
                // There is nobody to tell when that fails.
                drop(writeln!(io::stderr(), "{error:#}"));
                return Ok(ExitCode::from(2));
            }
        };
        let options = self.options()?;
        let report = run(&cases, &options, &mut Bar::new(cases.len()));
        self.write(&report)?;
        Ok(if report.counts()[1] == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// The programs that are asked for.
    fn cases(&self) -> Result<Vec<Case>> {
        let mut cases = find(&self.paths)?;
        if !self.filter.is_empty() {
            let wanted = |case: &Case| self.filter.iter().any(|text| case.name.contains(text));
            cases.retain(wanted);
        }
        if cases.is_empty() {
            let paths: Vec<String> =
                self.paths.iter().map(|path| path.display().to_string()).collect();
            anyhow::bail!("there are no such programs in {}", paths.join(", "));
        }
        Ok(match self.partition {
            Some(partition) => partition.of(cases),
            None => cases,
        })
    }

    fn options(&self) -> Result<Options<'static>> {
        let jobs = self.jobs.or_else(|| thread::available_parallelism().ok());
        let jobs = jobs.unwrap_or(NonZeroUsize::MIN);
        let cache = self.cache.clone().unwrap_or_else(cache_folder);
        let cache = std::path::absolute(&cache).with_context(|| cache.display().to_string())?;
        let shared = (memory_limit() / 3 * 2 / jobs.get() as u64) >> 20;
        let bless = if self.only_missing { Bless::Missing } else { Bless::All };
        let compiler = self.compiler.clone().or_else(|| on_path(COMPILER));
        let compiler = compiler.map(|command| match command.components().count() {
            // A name alone is looked for on the PATH.
            0 | 1 => Ok(command),
            _ => std::path::absolute(command),
        });
        Ok(Options {
            runner: env::current_exe().context("this program's own file")?,
            compiler: compiler.transpose()?.map(|command| Compiler::new(command, cache.clone())),
            cache,
            jobs,
            timeout: self.timeout,
            max_memory: self.max_memory.unwrap_or(shared),
            fail_fast: self.fail_fast,
            bless: self.bless.then_some(bless),
            check: &Args::check_for_suite,
        })
    }

    fn write(&self, report: &Report) -> Result<()> {
        if let Some(path) = &self.junit {
            replace("the JUnit file", path, |out| report.write_junit(out))?;
        }
        if let Some(path) = &self.json {
            replace("the JSON file", path, |out| report.write_json(out))?;
        }
        let colours = match self.color {
            When::Auto => io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none(),
            When::Always => true,
            When::Never => false,
        };
        let mut out = io::BufWriter::new(io::stdout().lock());
        let style = if colours { Style::Colours } else { Style::Plain };
        let written = report.write_text(&mut out, style).and_then(|()| out.flush());
        written.context("can't print the result")
    }
}

/// Where this user's programs keep what they can make again (XDG Base Directory Specification).
fn cache_folder() -> PathBuf {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = set("XDG_CACHE_HOME").filter(|folder| folder.is_absolute());
    let folder = folder.or_else(|| Some(set("HOME")?.join(".cache")));
    folder.unwrap_or_else(env::temp_dir).join("cairo-run")
}

/// The file of a command on the PATH.
fn on_path(command: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(command)).find(|path| is_command(path))
}

#[cfg(unix)]
fn is_command(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_command(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| data.is_file())
}

/// A bar on the terminal of standard error; nothing elsewhere.
struct Bar {
    bar: ProgressBar,
    failed: usize,
}

impl Bar {
    fn new(cases: usize) -> Self {
        let bar = ProgressBar::new(cases as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        Self { bar, failed: 0 }
    }
}

impl Progress for Bar {
    fn done(&mut self, verified: &Verified) {
        self.failed += usize::from(matches!(verified.verdict, Verdict::Failed(_)));
        let failed = match self.failed {
            0 => String::new(),
            failed => format!("{failed} failed, "),
        };
        self.bar.set_message(format!("{failed}{}", verified.name));
        self.bar.inc(1);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
