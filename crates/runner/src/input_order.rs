//! [`InputOrder`]: which input of a builtin's instance was written first.
//!
//! cairo-lang lists an instance's inputs in the order in which its memory came to them. Nothing here
//! notes that while a program runs; the instructions are replayed for the first time that each input
//! was touched. An instruction that only reads an input finds it written by a hint, which is taken to
//! have written the others, too, by address. What no instruction has touched comes last.

use std::collections::HashMap;

use cairo_zero_builtins::Runner;
use cairo_zero_core::Relocatable;
use cairo_zero_executor::{Machine, Replay};

/// The inputs of all builtins with more than one, by segment.
#[derive(Debug, Default)]
pub(crate) struct InputOrder(HashMap<i32, Places>);

/// For each cell of a segment its place among the inputs of its instance, from 1; 0 if it has none.
#[derive(Debug)]
struct Places {
    cells_per_instance: usize,
    input_cells: usize,
    places: Vec<u8>,
}

impl Places {
    fn of(machine: &Machine, runner: &Runner) -> Self {
        let row = runner.row();
        let segment = machine.memory.segment(runner.base().segment);
        let dense = segment.and_then(|segment| segment.runs().next());
        Self {
            cells_per_instance: row.cells_per_instance as usize,
            input_cells: row.input_cells as usize,
            places: vec![0; dense.map_or(0, |(_, cells)| cells.len())],
        }
    }

    /// Takes note of an instruction that gets at a cell, and maybe only `reads` it.
    fn touch(&mut self, offset: i64, reads: bool) {
        let Ok(offset) = usize::try_from(offset) else { return };
        let place = offset % self.cells_per_instance;
        let first = offset - place;
        let end = (first + self.input_cells).min(self.places.len());
        let Some(inputs) = self.places.get_mut(first..end) else { return };
        let next = inputs.iter().max().map_or(1, |place| place + 1);
        let at_once = if reads { 0..inputs.len() } else { place..place + 1 };
        if !matches!(inputs.get(place), Some(0)) {
            return;
        }
        let unknown = inputs.get_mut(at_once).into_iter().flatten().filter(|place| **place == 0);
        for (number, place) in (next..).zip(unknown) {
            *place = number;
        }
    }
}

impl InputOrder {
    /// The order in a run that has ended.
    pub(crate) fn of(machine: &Machine) -> Self {
        let several = |runner: &&Runner| runner.row().input_cells > 1;
        let runners = machine.builtins.runners().iter().filter(several);
        let places = runners.map(|runner| (runner.base().segment, Places::of(machine, runner)));
        let mut order = Self(places.filter(|(_, places)| !places.places.is_empty()).collect());
        if !order.0.is_empty() {
            order.find(machine);
        }
        order
    }

    /// Goes through the steps until they all touch the same.
    fn find(&mut self, machine: &Machine) {
        let mut replay = Replay::new(&machine.memory, machine.start(), machine.steps());
        // Cells of the execution segment are most; no builtin's are among them.
        let execution = machine.start().ap.segment;
        while replay.left() > 0 && !replay.is_at_rest() {
            let operands = replay.operands().map(|(operands, _)| operands);
            // What goes to the first free cell is known before.
            let reads = operands.is_some_and(|[dst, ..]| dst == replay.registers().ap);
            for at in operands.into_iter().flatten().filter(|at| at.segment != execution) {
                if let Some(places) = self.0.get_mut(&at.segment) {
                    places.touch(at.offset, reads);
                }
            }
            let _ = replay.next();
        }
    }

    /// Puts the inputs of the instance that begins at `first` in order.
    pub(crate) fn sort<T>(&self, first: Relocatable, inputs: &mut [(usize, T)]) {
        let Some(Places { places, .. }) = self.0.get(&first.segment) else { return };
        let first = usize::try_from(first.offset).unwrap_or(usize::MAX);
        let place = |input: usize| places.get(first.saturating_add(input)).copied();
        inputs
            .sort_by_key(|(input, _)| place(*input).filter(|place| *place > 0).unwrap_or(u8::MAX));
    }
}
