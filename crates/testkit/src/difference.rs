//! The first difference between two runs: a status, a line, a step or a cell.

use std::collections::BTreeMap;
use std::fmt;

use cairo_zero_core::{Felt, Value};
use cairo_zero_decoder::disassemble;

use crate::engine::Outcome;

/// Bytes of a step in a trace file: ap, fp and pc, 8 bytes each.
const STEP: usize = 24;
/// Bytes of a cell in a memory file: the address in 8 bytes, the value in 32.
const CELL: usize = 40;

/// The first place where two runs differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where: the exit status, a line of standard output, a step or a cell.
    pub place: String,
    /// What we have there.
    pub ours: String,
    /// What the reference has there.
    pub reference: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.place)?;
        writeln!(f, "  ours:      {}", self.ours)?;
        write!(f, "  reference: {}", self.reference)
    }
}

/// Compares two runs of the same job: exit status, standard output, files, in the order
/// in which a difference is easiest to understand. Standard error is not looked at.
#[must_use]
pub fn compare(ours: &Outcome, reference: &Outcome) -> Option<Difference> {
    if ours.status != reference.status {
        let describe = |outcome: &Outcome| {
            format!("{} ({})", outcome.status, main_message(&outcome.stderr_text()))
        };
        let place = "the exit status".to_owned();
        return Some(Difference { place, ours: describe(ours), reference: describe(reference) });
    }
    if let Some(difference) = first_line(&ours.stdout, &reference.stdout) {
        return Some(difference);
    }
    if reference.status != 0 {
        return None;
    }
    let memory = reference.memory.as_deref().unwrap_or_default();
    let trace = reference.trace.as_deref();
    trace
        .and_then(|trace| first_step(ours.trace.as_deref().unwrap_or_default(), trace, memory))
        .or_else(|| first_cell(ours.memory.as_deref().unwrap_or_default(), memory))
        .or_else(|| reference.texts.iter().find_map(|(name, text)| first_char(name, ours, text)))
}

/// Characters of a text that are shown around a difference.
const SHOWN: usize = 60;

/// The first character in which a text file differs. Some texts have only one line.
fn first_char(name: &str, ours: &Outcome, reference: &str) -> Option<Difference> {
    let ours = ours.texts.get(name).map_or("", String::as_str);
    if ours == reference {
        return None;
    }
    let alike = |(a, b): &(char, char)| a == b;
    let count = ours.chars().zip(reference.chars()).take_while(alike).count();
    let shown = |text: &str| {
        let part = text.chars().skip(count.saturating_sub(SHOWN)).take(2 * SHOWN);
        format!("{:?}", part.collect::<String>())
    };
    let place = format!("character {count} of {name}");
    Some(Difference { place, ours: shown(ours), reference: shown(reference) })
}

/// The first line in which two texts differ; the ends of lines and of the text count.
#[must_use]
pub fn first_line(ours: &[u8], reference: &[u8]) -> Option<Difference> {
    if ours == reference {
        return None;
    }
    let mut our_lines = ours.split_inclusive(|&byte| byte == b'\n');
    let mut reference_lines = reference.split_inclusive(|&byte| byte == b'\n');
    let mut number = 0;
    loop {
        number += 1;
        let (line, expected) = (our_lines.next(), reference_lines.next());
        if line != expected {
            let place = format!("line {number} of standard output");
            return Some(Difference { place, ours: shown(line), reference: shown(expected) });
        }
        line?;
    }
}

fn shown(line: Option<&[u8]>) -> String {
    line.map_or_else(
        || "(no more lines)".to_owned(),
        |line| format!("{:?}", String::from_utf8_lossy(line)),
    )
}

/// The first step in which two traces differ, with the instruction there as `memory` (the bytes of
/// a memory file) has it.
#[must_use]
pub fn first_step(ours: &[u8], reference: &[u8], memory: &[u8]) -> Option<Difference> {
    if ours == reference {
        return None;
    }
    let length = ours.len().max(reference.len()).div_ceil(STEP);
    let step_of = |trace: &[u8], step: usize| {
        trace
            .get(step * STEP..)
            .map(|rest| rest[..rest.len().min(STEP)].to_vec())
            .unwrap_or_default()
    };
    let step = (0..length).find(|&step| step_of(ours, step) != step_of(reference, step))?;
    let cells = cells(memory);
    let describe = |trace: &[u8]| match step_of(trace, step) {
        bytes if bytes.len() == STEP => {
            let (ap, fp, pc) = (word(&bytes[..8]), word(&bytes[8..16]), word(&bytes[16..]));
            format!("ap = {ap}, fp = {fp}, pc = {pc}: {}", instruction_at(&cells, pc))
        }
        bytes if bytes.is_empty() => "(no more steps)".to_owned(),
        bytes => format!("(a part of a step, {} bytes)", bytes.len()),
    };
    let place = format!("step {step} of the trace");
    Some(Difference { place, ours: describe(ours), reference: describe(reference) })
}

/// The lowest address at which two memory files differ; the order of the records does not count.
#[must_use]
pub fn first_cell(ours: &[u8], reference: &[u8]) -> Option<Difference> {
    if ours == reference {
        return None;
    }
    if ours.len() != reference.len()
        && !(ours.len().is_multiple_of(CELL) && reference.len().is_multiple_of(CELL))
    {
        let size = |bytes: &[u8]| format!("{} bytes", bytes.len());
        let place = "the size of the memory file, no whole number of cells".to_owned();
        return Some(Difference { place, ours: size(ours), reference: size(reference) });
    }
    let (our_cells, reference_cells) = (cells(ours), cells(reference));
    let mut addresses: Vec<u64> = our_cells.keys().chain(reference_cells.keys()).copied().collect();
    addresses.sort_unstable();
    let address = addresses
        .into_iter()
        .find(|address| our_cells.get(address) != reference_cells.get(address))?;
    let describe = |cells: &BTreeMap<u64, [u8; 32]>| match cells.get(&address) {
        Some(bytes) => felt(bytes).map_or_else(|| format!("{bytes:02x?}"), |felt| felt.to_string()),
        None => "(not set)".to_owned(),
    };
    let place = format!("address {address} of the memory");
    Some(Difference { place, ours: describe(&our_cells), reference: describe(&reference_cells) })
}

/// The line of an error text that says what is wrong: the one behind `Error at pc=…`, or else the
/// last line, which is where a Python traceback has it.
#[must_use]
pub fn main_message(stderr: &str) -> &str {
    let mut lines = stderr.lines().skip_while(|line| !line.contains("Error at pc="));
    let message = lines.nth(1);
    // Below its report ours names the program, and a cure where it knows one.
    let ours_alone =
        |line: &str| ["program: ", "Cairo PIE: ", "help: "].iter().any(|w| line.starts_with(w));
    let last = || stderr.lines().rfind(|line| !line.is_empty() && !ours_alone(line));
    message.or_else(last).unwrap_or_default()
}

fn word(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, &byte| value << 8 | u64::from(byte))
}

fn cells(memory: &[u8]) -> BTreeMap<u64, [u8; 32]> {
    let record = |bytes: &[u8]| {
        let mut value = [0; 32];
        value.copy_from_slice(&bytes[8..CELL]);
        (word(&bytes[..8]), value)
    };
    memory.chunks_exact(CELL).map(record).collect()
}

fn felt(bytes: &[u8; 32]) -> Option<Felt> {
    Felt::from_le_bytes(*bytes)
}

fn instruction_at(cells: &BTreeMap<u64, [u8; 32]>, pc: u64) -> String {
    let value = |address: u64| cells.get(&address).and_then(felt).map(Value::Felt);
    match value(pc) {
        Some(instruction) => disassemble(instruction, value(pc + 1)).0,
        None => "(no word there)".to_owned(),
    }
}
