//! `compare-trace` and `compare-memory`: the first difference between two files of a run.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use cairo_zero_core::{Felt, Value};
use cairo_zero_decoder::disassemble;
use cairo_zero_program::Program;
use cairo_zero_runner::{CELL_BYTES, STEP_BYTES};
use clap::Parser;

use crate::run::{name_of, print_line, read};

/// Compares two trace files; says in which step they differ first.
///
/// The exit status is 0 when they are alike and 1 when not.
#[derive(Debug, Parser)]
#[command(name = "cairo-run compare-trace", rename_all = "snake_case")]
pub(crate) struct CompareTrace {
    /// A trace file
    first: PathBuf,
    /// Another one
    second: PathBuf,
    /// The compiled program, to name the instructions by
    #[arg(long, value_name = "PROGRAM")]
    program: Option<PathBuf>,
    /// A memory file of the run, to name the instructions by
    #[arg(long, value_name = "FILE", conflicts_with = "program")]
    memory: Option<PathBuf>,
}

/// Compares two memory files, whatever the order of their cells; says at which address they differ
/// first.
///
/// The exit status is 0 when they are alike and 1 when not.
#[derive(Debug, Parser)]
#[command(name = "cairo-run compare-memory", rename_all = "snake_case")]
pub(crate) struct CompareMemory {
    /// A memory file
    first: PathBuf,
    /// Another one
    second: PathBuf,
    /// The compiled program, to name the instructions by
    #[arg(long, value_name = "PROGRAM")]
    program: Option<PathBuf>,
}

/// The cells of a memory file, by address.
type Cells = BTreeMap<u64, Felt>;

impl CompareTrace {
    /// Compares the files and prints the result.
    ///
    /// # Errors
    /// When a file can't be read or is no trace.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let mut first = Records::<STEP_BYTES>::open(&self.first)?;
        let mut second = Records::<STEP_BYTES>::open(&self.second)?;
        for step in 0_u64.. {
            let (ours, theirs) = (first.next()?, second.next()?);
            if ours.is_none() && theirs.is_none() {
                print_line(&format!("the traces are alike: {step} steps"))?;
                return Ok(ExitCode::SUCCESS);
            }
            if ours == theirs {
                continue;
            }
            let code = match (&self.program, &self.memory) {
                (Some(program), _) => program_cells(program)?,
                (None, Some(memory)) => memory_cells(memory)?,
                (None, None) => Cells::new(),
            };
            print_line(&format!("the traces differ in step {step}"))?;
            for (path, record) in [(&self.first, ours), (&self.second, theirs)] {
                let text =
                    record.map_or_else(|| no_more("steps"), |record| describe(&record, &code));
                print_line(&format!("  {}: {text}", path.display()))?;
            }
            break;
        }
        Ok(ExitCode::FAILURE)
    }
}

impl CompareMemory {
    /// Compares the files and prints the result.
    ///
    /// # Errors
    /// When a file can't be read or is no memory.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let mut ours = Records::<CELL_BYTES>::open(&self.first)?;
        let mut theirs = Records::<CELL_BYTES>::open(&self.second)?;
        // Files in the same order are alike up to somewhere, and only the rest has to be kept.
        let mut alike = 0_u64;
        let (our_next, their_next) = loop {
            match (ours.next()?, theirs.next()?) {
                (None, None) => {
                    print_line(&format!("the memories are alike: {alike} cells"))?;
                    return Ok(ExitCode::SUCCESS);
                }
                (Some(record), Some(other)) if record == other => alike += 1,
                others => break others,
            }
        };
        let (first, second) = (ours.rest(our_next)?, theirs.rest(their_next)?);
        let differs = |address: &&u64| first.get(address) != second.get(address);
        let lowest = |cells: &Cells| cells.keys().find(differs).copied();
        let Some(address) = lowest(&first).into_iter().chain(lowest(&second)).min() else {
            let count = alike + first.len() as u64;
            print_line(&format!("the memories are alike: {count} cells"))?;
            return Ok(ExitCode::SUCCESS);
        };
        print_line(&format!("the memories differ at address {address}"))?;
        let program = self.program.as_ref().map(|path| program_cells(path)).transpose()?;
        let program = program.filter(|program| program.contains_key(&address));
        for (path, cells) in [(&self.first, &first), (&self.second, &second)] {
            let value = cells.get(&address);
            let mut text = value.map_or_else(|| String::from("not set"), Felt::to_string);
            if let (Some(program), Some(value)) = (&program, value) {
                let mut code = program.clone();
                code.insert(address, *value);
                text.push_str(&format!(": {}", instruction(&code, address)));
            }
            print_line(&format!("  {}: {text}", path.display()))?;
        }
        Ok(ExitCode::FAILURE)
    }
}

fn no_more(what: &str) -> String {
    format!("no more {what}")
}

/// The registers of a step, and its instruction where it is known.
fn describe(record: &[u8; STEP_BYTES], code: &Cells) -> String {
    let [ap, fp, pc] = words(record);
    let registers = format!("pc = {pc}, ap = {ap}, fp = {fp}");
    if code.is_empty() { registers } else { format!("{registers}: {}", instruction(code, pc)) }
}

/// The instruction at an address, as text.
fn instruction(cells: &Cells, address: u64) -> String {
    let value = |address| cells.get(&address).copied().map(Value::Felt);
    match value(address) {
        Some(word) => disassemble(word, address.checked_add(1).and_then(value)).0,
        None => String::from("no word is there"),
    }
}

/// The 64-bit words of a record.
fn words<const N: usize>(record: &[u8]) -> [u64; N] {
    let mut words = [0; N];
    for (word, bytes) in words.iter_mut().zip(record.as_chunks().0) {
        *word = u64::from_le_bytes(*bytes);
    }
    words
}

/// The program's words at the addresses that they have in every run.
fn program_cells(path: &Path) -> Result<Cells> {
    let program = Program::from_json_vec(read(path)?).with_context(|| name_of(path))?;
    Ok((1..).zip(program.data().iter().copied()).collect())
}

/// The cells of a memory file.
fn memory_cells(path: &Path) -> Result<Cells> {
    Records::open(path)?.rest(None)
}

impl Records<'_, CELL_BYTES> {
    /// The cells of `next`, a record that was read already, and of all behind it.
    fn rest(mut self, next: Option<[u8; CELL_BYTES]>) -> Result<Cells> {
        let path = self.path.display();
        let mut cells = Cells::new();
        let mut next = match next {
            Some(record) => Some(record),
            None => self.next()?,
        };
        while let Some(record) = next {
            let [address, a, b, c, d] = words(&record);
            let value = Felt::from_limbs([a, b, c, d]);
            let value = value.with_context(|| {
                format!("{path}: the value at address {address} is not below the prime")
            })?;
            if let Some(other) = cells.insert(address, value) {
                ensure!(
                    other == value,
                    "{path}: address {address} has two values, {other} and {value}"
                );
            }
            next = self.next()?;
        }
        Ok(cells)
    }
}

/// A file of records of `N` bytes.
struct Records<'a, const N: usize> {
    path: &'a Path,
    file: BufReader<File>,
}

impl<'a, const N: usize> Records<'a, N> {
    fn open(path: &'a Path) -> Result<Self> {
        let file = File::open(path).with_context(|| name_of(path))?;
        Ok(Self { path, file: BufReader::with_capacity(1 << 16, file) })
    }

    /// The next record; nothing at the end of the file.
    fn next(&mut self) -> Result<Option<[u8; N]>> {
        let mut record = [0; N];
        let mut filled = 0;
        while filled < N {
            match self.file.read(&mut record[filled..]) {
                Ok(0) if filled == 0 => return Ok(None),
                Ok(0) => bail!(
                    "{}: the last record has {filled} bytes instead of {N}",
                    self.path.display()
                ),
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error).with_context(|| name_of(self.path)),
            }
        }
        Ok(Some(record))
    }
}
