//! Coverage: which lines of the Cairo source a run came to, in the format of lcov (`geninfo(1)`).

use std::collections::BTreeMap;
use std::io::{self, Write};

use cairo_zero_program::{InstructionLocation, Location};

use crate::Profile;
use crate::source::file_of;

/// A source file.
#[derive(Default)]
struct Covered<'a> {
    /// The executions of each line that has instructions.
    lines: BTreeMap<usize, u64>,
    /// The line that each function begins in, and how often it was called.
    functions: BTreeMap<&'a str, (usize, u64)>,
}

impl Profile {
    /// Writes which lines were executed, and how often: of the instructions that a line has, the one
    /// that was executed most often counts. An instruction that failed counts as executed.
    ///
    /// Code that the compiler made up is counted where it comes from, as far as that is known.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_coverage(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut steps = self.by_instruction();
        if let Some(steps) = self.failed_at().and_then(|at| steps.get_mut(at as usize)) {
            *steps = steps.saturating_add(1);
        }
        let count = |at: u32| steps.get(at as usize).copied().unwrap_or_default();
        let mut files: BTreeMap<&str, Covered<'_>> = BTreeMap::new();
        for (at, known) in self.code.locations() {
            // Words of data are on no way of the program.
            if self.code.instruction(at).is_none() {
                continue;
            }
            let Some(location) = self.real_location(known) else { continue };
            let file = files.entry(file_of(location)).or_default();
            let line = file.lines.entry(location.start_line).or_default();
            *line = count(at).max(*line);
        }
        for (at, name) in self.code.functions() {
            let known = self.code.location(at).and_then(|known| self.real_location(known));
            if let Some(location) = known {
                let file = files.entry(file_of(location)).or_default();
                file.functions.insert(name, (location.start_line, count(at)));
            }
        }
        files.iter().try_for_each(|(file, covered)| covered.write(file, out))
    }

    /// Where an instruction comes from in a file that there is.
    fn real_location<'a>(&self, known: &'a InstructionLocation) -> Option<&'a Location> {
        let mut location = &known.inst;
        loop {
            let file = file_of(location);
            if !file.is_empty() && !self.code.is_made_up(file) {
                return Some(location);
            }
            location = &location.parent_location.as_deref()?.0;
        }
    }
}

impl Covered<'_> {
    fn write(&self, file: &str, out: &mut dyn Write) -> io::Result<()> {
        let Self { lines, functions } = self;
        writeln!(out, "TN:\nSF:{file}")?;
        for (name, (line, _)) in functions {
            writeln!(out, "FN:{line},{name}")?;
        }
        for (name, (_, calls)) in functions {
            writeln!(out, "FNDA:{calls},{name}")?;
        }
        let called = functions.values().filter(|(_, calls)| *calls > 0).count();
        writeln!(out, "FNF:{}\nFNH:{called}", functions.len())?;
        for (line, count) in lines {
            writeln!(out, "DA:{line},{count}")?;
        }
        let hit = lines.values().filter(|count| **count > 0).count();
        writeln!(out, "LF:{}\nLH:{hit}\nend_of_record", lines.len())
    }
}
