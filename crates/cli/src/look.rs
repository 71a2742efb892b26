//! `disasm` and `inspect`: programs shown without a run.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use cairo_zero_insight::{Inspection, Listing};
use cairo_zero_program::Program;
use clap::Parser;

use crate::args::Hints;
use crate::run::{name_of, read};

/// Lists the instructions of a compiled program: with functions and labels, and with the lines of the
/// source and the hints that they come from.
#[derive(Debug, Parser)]
#[command(name = "cairo-run disasm", rename_all = "snake_case")]
pub(crate) struct Disasm {
    /// The compiled program
    program: PathBuf,
    /// Prints JSON
    #[arg(long)]
    json: bool,
}

impl Disasm {
    /// Prints the listing.
    ///
    /// # Errors
    /// When the program can't be read, or the listing not printed.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let program = load(&self.program)?;
        let listing = Listing::of(&program).with_context(|| name_of(&self.program))?;
        print(|out| if self.json { listing.write_json(out) } else { listing.write_text(out) })
    }
}

/// Says what a compiled program is made of: builtins and the layouts that have them, entry points,
/// identifiers, functions, hints and how they would run.
#[derive(Debug, Parser)]
#[command(name = "cairo-run inspect", rename_all = "snake_case")]
pub(crate) struct Inspect {
    /// The compiled program
    program: PathBuf,
    /// Which hints would run natively
    #[arg(long, value_name = "WHICH", value_enum, default_value_t)]
    hints: Hints,
    /// Prints JSON
    #[arg(long)]
    json: bool,
}

impl Inspect {
    /// Prints what there is to say.
    ///
    /// # Errors
    /// When the program can't be read, or what there is to say not printed.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let program = Arc::new(load(&self.program)?);
        let seen = Inspection::of(&program, self.hints.into());
        let seen = seen.with_context(|| name_of(&self.program))?;
        print(|out| if self.json { seen.write_json(out) } else { seen.write_text(out) })
    }
}

fn load(path: &Path) -> Result<Program> {
    Program::from_json_vec(read(path)?).with_context(|| name_of(path))
}

fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<ExitCode> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        // Whoever reads it has seen enough, as in a pager.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error).context("can't print the result"),
    }
}
