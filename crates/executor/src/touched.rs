//! [`Touched`]: the cells that instructions have touched by now, found by replaying them.
//!
//! Nothing is noted while the machine runs. Whoever asks has the steps made since the last time
//! replayed from memory.

use std::collections::HashMap;

use cairo_zero_core::Relocatable;

use crate::{Machine, Registers, Replay};

/// Cells in a page of marks.
const PAGE: i64 = 512;

/// The cells that the instructions executed so far have touched: the instruction's own and its three
/// operands', as `accessed_addresses` of cairo-lang's `vm_core.py` has them.
#[derive(Debug, Default)]
pub struct Touched {
    pages: HashMap<(i32, i64), [u64; (PAGE / 64) as usize]>,
    /// Where the steps not yet replayed begin.
    registers: Option<Registers>,
    steps: u64,
}

impl Touched {
    /// Takes in the steps made since this was last called. From the first call on, `program_size`
    /// cells of the first instruction's segment count as touched.
    pub fn update(&mut self, machine: &Machine, program_size: u64) {
        let registers = self.registers.unwrap_or_else(|| {
            let segment = machine.start().pc.relocatable().map_or(0, |pc| pc.segment);
            for offset in 0..program_size {
                self.mark(Relocatable::new(segment, offset.cast_signed()));
            }
            machine.start()
        });
        let steps = machine.steps() - self.steps;
        let mut replay = Replay::new(&machine.memory, registers, steps);
        loop {
            let operands = replay.operands();
            let Some(before) = replay.next() else { break };
            if let Some(pc) = before.pc.relocatable() {
                self.mark(pc);
            }
            operands.into_iter().flatten().for_each(|address| self.mark(address));
        }
        self.registers = Some(machine.registers());
        self.steps = machine.steps();
    }

    fn mark(&mut self, address: Relocatable) {
        let (page, bit) = place(address);
        let words = self.pages.entry(page).or_default();
        words[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether a cell was touched by then.
    #[must_use]
    pub fn contains(&self, address: Relocatable) -> bool {
        let (page, bit) = place(address);
        self.pages.get(&page).is_some_and(|words| words[bit / 64] >> (bit % 64) & 1 == 1)
    }
}

const fn place(address: Relocatable) -> ((i32, i64), usize) {
    let page = address.offset.div_euclid(PAGE);
    ((address.segment, page), address.offset.rem_euclid(PAGE) as usize)
}
