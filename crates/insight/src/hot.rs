//! The table of where a run spent its steps, by function and by line.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::Profile;
use crate::profile::{Sample, Way};
use crate::source::file_of;

/// How many functions and lines are shown.
const ROWS: usize = 25;

/// The steps of each line of each file.
type Lines<'a> = HashMap<(&'a str, usize), u64>;

/// What a function has used.
#[derive(Clone, Copy, Default)]
struct Used {
    steps: u64,
    /// With the functions that it has called.
    total: u64,
    cells: u64,
}

impl Profile {
    /// Writes the functions and the lines with the most steps, for people.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_hot(&self, out: &mut dyn Write) -> io::Result<()> {
        let (functions, lines) = self.used();
        let share = |steps: u64| match self.steps {
            0 => 0.0,
            all => steps as f64 / all as f64 * 100.0,
        };
        writeln!(out, "Steps by function:")?;
        writeln!(
            out,
            "{:>12} {:>6}  {:>12} {:>6}  {:>12}  function",
            "steps", "%", "with calls", "%", "cells"
        )?;
        let mut rows: Vec<_> = functions.into_iter().collect();
        rows.sort_unstable_by_key(|(name, used)| {
            (std::cmp::Reverse((used.steps, used.total)), *name)
        });
        for (name, Used { steps, total, cells }) in rows.iter().take(ROWS) {
            let (of_steps, of_total) = (share(*steps), share(*total));
            writeln!(
                out,
                "{steps:>12} {of_steps:>6.2}  {total:>12} {of_total:>6.2}  {cells:>12}  {name}"
            )?;
        }
        rest(rows.len(), "functions", out)?;
        let mut rows: Vec<_> = lines.into_iter().collect();
        rows.sort_unstable_by_key(|(place, steps)| (std::cmp::Reverse(*steps), *place));
        if rows.is_empty() {
            return writeln!(out);
        }
        writeln!(out, "\nSteps by line:\n{:>12} {:>6}  line", "steps", "%")?;
        for ((file, line), steps) in rows.iter().take(ROWS) {
            writeln!(out, "{steps:>12} {:>6.2}  {file}:{line}", share(*steps))?;
        }
        rest(rows.len(), "lines", out)?;
        writeln!(out)
    }

    /// What each function has used, and the steps of each line.
    fn used(&self) -> (HashMap<&str, Used>, Lines<'_>) {
        let mut functions: HashMap<&str, Used> = HashMap::new();
        let mut lines = Lines::new();
        let mut callers: HashMap<Way, Vec<&str>> = HashMap::new();
        for Sample { way, at, steps, cells, .. } in self.samples() {
            let name = self.code.scope(at);
            let used = functions.entry(name).or_default();
            used.steps += steps;
            used.total += steps;
            used.cells += cells;
            let callers = callers.entry(way).or_insert_with(|| {
                let mut names: Vec<&str> =
                    self.frames(way).map(|back| self.code.scope(back)).collect();
                names.sort_unstable();
                names.dedup();
                names
            });
            for caller in callers.iter().filter(|caller| **caller != name) {
                functions.entry(caller).or_default().total += steps;
            }
            if let Some(known) = self.code.location(at) {
                let place = (file_of(&known.inst), known.inst.start_line);
                *lines.entry(place).or_default() += steps;
            }
        }
        (functions, lines)
    }
}

/// Says that there are more rows than are shown.
fn rest(rows: usize, what: &str, out: &mut dyn Write) -> io::Result<()> {
    match rows.checked_sub(ROWS) {
        Some(more @ 1..) => writeln!(out, "{:>12} more {what}", more),
        _ => Ok(()),
    }
}
