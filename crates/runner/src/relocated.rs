//! [`Relocated`]: a finished run whose segments have their places, and what is printed of it.

use std::io::{self, Write};
use std::sync::Arc;

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_executor::{Machine, Registers, Replay};
use cairo_zero_memory::{RelocationError, RelocationTable};
use cairo_zero_program::Program;

use crate::print::{MemoryTable, push_address, push_signed, push_u64, push_value};
use crate::proof::Proof;
use crate::{FileError, MemoryFile, Past, TraceFile};

/// A finished run with the relocation table of its segments.
pub struct Relocated {
    pub(crate) program: Arc<Program>,
    pub(crate) loaded: Vec<(Arc<Program>, Relocatable)>,
    pub(crate) machine: Machine,
    pub(crate) table: RelocationTable,
    pub(crate) start: Registers,
    pub(crate) original_steps: Option<u64>,
    pub(crate) proof: Option<Proof>,
}

impl Relocated {
    /// Where each segment begins.
    #[must_use]
    pub const fn table(&self) -> &RelocationTable {
        &self.table
    }

    /// The steps that were made, to be looked at.
    #[must_use]
    pub fn past(&self) -> Past<'_> {
        let Self { program, loaded, machine, start, .. } = self;
        Past { program, loaded, machine, start: *start, stuck: false }
    }

    /// The number of steps made.
    #[must_use]
    pub const fn steps(&self) -> u64 {
        self.machine.steps()
    }

    /// The registers of every step, recovered from memory.
    #[must_use]
    pub fn replay(&self) -> Replay<'_> {
        Replay::new(&self.machine.memory, self.start, self.machine.steps())
    }

    /// The trace, for writing it to a file.
    #[must_use]
    pub const fn trace_file(&self) -> TraceFile<'_> {
        let (memory, table) = (&self.machine.memory, &self.table);
        TraceFile { memory, table, start: self.start, steps: self.machine.steps() }
    }

    /// The memory, for writing it to a file.
    #[must_use]
    pub const fn memory_file(&self) -> MemoryFile<'_> {
        MemoryFile { memory: &self.machine.memory, table: &self.table }
    }

    /// Writes the program's debug information, as JSON with relocated addresses.
    ///
    /// # Errors
    /// When it is malformed, or `out` does not take it.
    pub fn write_debug_info(&self, out: impl Write) -> Result<(), FileError> {
        let base = self.table.bases().first().copied().unwrap_or_default();
        Ok(self.program.write_debug_info(base, out)??)
    }

    /// Every cell that holds a value, in order of address.
    pub fn cells(&self) -> impl Iterator<Item = (Relocatable, Value)> + '_ {
        self.machine.memory.iter()
    }

    /// Prints every cell, before relocation.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn print_memory(&self, out: &mut impl Write) -> io::Result<()> {
        let mut table = MemoryTable::new(out);
        let mut expected = None;
        for (address, value) in self.machine.memory.iter() {
            if expected != Some(address) {
                table.gap();
            }
            table.cell(|out| push_address(out, address), |out| push_value(out, value))?;
            expected = address.checked_add(1);
        }
        table.finish()
    }

    /// Prints every cell, after relocation.
    ///
    /// # Errors
    /// When `out` does not take it, or an address can't be relocated.
    pub fn print_relocated_memory(&self, out: &mut impl Write) -> Result<(), PrintError> {
        let mut table = MemoryTable::new(out);
        let bases = self.table.bases();
        // The reference prints a gap before the first cell unless its address is 0, which it never
        // is.
        let mut expected = 0;
        for (segment, base) in self.machine.memory.segments().iter().zip(bases) {
            for (offset, value) in segment.iter() {
                let address = base + offset;
                if address != expected {
                    table.gap();
                }
                let number = self.table.value(value)?;
                table.cell(|out| push_u64(out, address), |out| push_signed(out, number))?;
                expected = address + 1;
            }
        }
        Ok(table.finish()?)
    }

    /// Prints the output segment, if the run has one.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn print_output(&self, out: &mut impl Write) -> io::Result<()> {
        let Some(output) = self.machine.builtins.get(BuiltinName::Output) else {
            return Ok(());
        };
        let mut text = Vec::from(*b"Program output:\n");
        let base = output.base();
        for offset in 0..output.used_cells(&self.machine.memory).cast_signed() {
            text.extend_from_slice(b"  ");
            match base.checked_add(offset).and_then(|address| self.machine.memory.get(address)) {
                None => text.extend_from_slice(b"<missing>"),
                Some(Value::Felt(felt)) => push_signed(&mut text, felt),
                // The reference makes the offset of an address signed here, unlike elsewhere.
                Some(Value::Relocatable(Relocatable { segment, offset })) => {
                    text.extend_from_slice(format!("{segment}:{offset}").as_bytes());
                }
            }
            text.push(b'\n');
            if text.len() >= 1 << 16 {
                out.write_all(&text)?;
                text.clear();
            }
        }
        text.push(b'\n');
        out.write_all(&text)
    }

    /// Prints the number of steps, the memory used and the registers; after relocation if
    /// `relocated`.
    ///
    /// # Errors
    /// When `out` does not take it, or a register can't be relocated.
    pub fn print_info(&self, out: &mut impl Write, relocated: bool) -> Result<(), PrintError> {
        let Registers { pc, ap, fp } = self.machine.registers();
        let show = |value: Value| -> Result<Value, RelocationError> {
            if relocated { self.table.value(value).map(Value::Felt) } else { Ok(value) }
        };
        let original =
            self.original_steps.map_or_else(String::new, |steps| format!("(originally, {steps})"));
        let steps = self.machine.steps();
        let used = self.machine.memory.count();
        let (pc, ap, fp) = (show(pc)?, show(ap.into())?, show(fp)?);
        Ok(write!(
            out,
            "Number of steps: {steps} {original}\nUsed memory cells: {used}\n\
             Register values after execution:\npc = {pc}\nap = {ap}\nfp = {fp}\n\n"
        )?)
    }

    /// Prints how much of what the layout gives each builtin was used, for a run in proof mode that
    /// was taken to its end; nothing for another.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn print_builtin_usage(&self, out: &mut impl Write) -> io::Result<()> {
        let Some(usage) = self.proof.as_ref().and_then(|proof| proof.usage.as_ref()) else {
            return Ok(());
        };
        if !usage.is_empty() {
            out.write_all(b"\nBuiltin usage:\n")?;
        }
        for (name, used, size) in usage {
            let share = match size {
                0 => String::from("100%"),
                size => format!("{:.2}%", *used as f64 / *size as f64 * 100.0),
            };
            writeln!(out, "{:<30} {share:>7} (used {used} cells)", format!("{name}_builtin"))?;
        }
        out.write_all(b"\n")
    }

    /// Prints where each segment begins.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn print_segments(&self, out: &mut impl Write) -> io::Result<()> {
        let mut text = Vec::from(*b"Segment relocation table:\n");
        for (number, base) in self.table.bases().iter().enumerate() {
            let start = text.len();
            push_u64(&mut text, number as u64);
            text.resize(text.len().max(start + 5) + 1, b' ');
            push_u64(&mut text, *base);
            text.push(b'\n');
        }
        out.write_all(&text)
    }

    /// The number an address or number becomes.
    ///
    /// # Errors
    /// When its segment has no place.
    pub fn relocate(&self, value: Value) -> Result<Felt, RelocationError> {
        self.table.value(value)
    }
}

/// Why something could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// An address has no place in the relocated memory.
    #[error(transparent)]
    Relocation(#[from] RelocationError),
}
