//! Cells that hints have taken back: what a proof of the run would trip over.
//!
//! Memory is write-once, and everything that looks at a finished run relies on that. Hints have a way
//! round it (`memory.data` in Python). That is harmless as long as no instruction had used the cell
//! before, or it ends with the value it had.

use std::collections::BTreeMap;

use cairo_zero_core::{Relocatable, Value};

use crate::extensions::state_cells;
use crate::{Machine, Replay};

/// The cells that were taken back in a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Erased {
    cells: BTreeMap<Relocatable, Taken>,
}

/// What is known of a cell that was taken back.
#[derive(Debug, Clone, Copy)]
struct Taken {
    /// The value it had the first time.
    value: Value,
    /// Whether it had another one when it was taken back again.
    changed: bool,
    /// How many steps had been made when it was taken back last.
    step: u64,
}

impl Machine {
    /// Takes the value of a cell back, as hints can.
    pub fn erase(&mut self, address: Relocatable) {
        let Some(value) = self.memory.cell(address).value() else {
            return;
        };
        let step = self.steps();
        let first = Taken { value, changed: false, step };
        let taken = self.erased.cells.entry(address).or_insert(first);
        taken.changed |= taken.value != value;
        taken.step = step;
        self.memory.erase(address);
        // It may have been an instruction.
        self.forget(address.segment);
    }

    /// A cell that an instruction had used when a hint took it back, and that has ended with another
    /// value or none. Such a run can't be replayed from its memory, let alone proven.
    #[must_use]
    pub fn first_rewritten(&self) -> Option<Relocatable> {
        let rewritten = |address: &Relocatable, taken: &Taken| {
            taken.changed || self.memory.cell(*address).value() != Some(taken.value)
        };
        let mut steps = BTreeMap::new();
        for (address, taken) in &self.erased.cells {
            if rewritten(address, taken) {
                // Where the cells of temporary segments have gone is no longer known.
                if address.is_temporary() {
                    return Some(*address);
                }
                steps.insert(*address, taken.step);
            }
        }
        let last = steps.values().copied().max()?;
        let mut replay = Replay::new(&self.memory, self.start(), last.min(self.steps()));
        for step in 0..last {
            let operands = replay.operands();
            let registers = replay.next();
            let pc = registers.and_then(|registers| registers.pc.relocatable());
            let (operands, written) = operands.unzip();
            let words = written.flatten().into_iter().flat_map(state_cells);
            let used = operands.into_iter().flatten().chain(words).chain(pc);
            let is_early = |address: &Relocatable| steps.get(address).is_some_and(|at| step < *at);
            if let Some(address) = used.into_iter().find(is_early) {
                return Some(address);
            }
            if registers.is_none() {
                // The replay lost its way, which only a rewritten cell can be the cause of.
                return steps.keys().next().copied();
            }
        }
        None
    }
}
