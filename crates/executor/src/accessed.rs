//! [`Accessed`]: the cells that instructions have touched, found by replaying them.
//!
//! Nothing is noted while the machine runs. Whoever asks has the steps made since the last time
//! replayed from memory. What is not touched although its segment reaches over it is a memory hole,
//! which a proof has to fill.

use std::collections::{BTreeMap, HashMap};

use cairo_zero_core::Relocatable;
use cairo_zero_memory::Memory;

use crate::extensions::state_cells;
use crate::{Machine, Registers, Replay};

/// Words of a page of marks; its bits are 4096 cells.
const WORDS: usize = 64;

/// The cells that the instructions executed so far have touched: the instruction's own and its three
/// operands', as `accessed_addresses` of cairo-lang's `vm_core.py` has them.
#[derive(Debug, Default)]
pub struct Accessed {
    segments: HashMap<i32, Marks>,
    /// Where the steps not yet replayed begin.
    registers: Option<Registers>,
    steps: u64,
}

/// The marked cells of one segment.
#[derive(Debug, Default)]
struct Marks {
    /// All cells below this offset are marked, whatever the bits say.
    whole: u64,
    /// A bit for each cell of the segment's dense part.
    dense: Vec<u64>,
    /// The others by pages.
    pages: BTreeMap<u64, Box<[u64; WORDS]>>,
}

/// The word of an offset, and its bit there.
const fn place(offset: u64) -> (u64, u64) {
    (offset / 64, 1 << (offset % 64))
}

impl Marks {
    /// Makes room for the dense part of the segment as it is now.
    fn grow(&mut self, memory: &Memory, segment: i32) {
        let dense = memory.segment(segment).and_then(|segment| segment.runs().next());
        let words = dense.map_or(0, |(_, cells)| cells.len()).div_ceil(64);
        if words <= self.dense.len() {
            return;
        }
        self.dense.resize(words.next_multiple_of(WORDS), 0);
        while let Some(page) = self.pages.first_entry() {
            let start = (*page.key() as usize).saturating_mul(WORDS);
            let Some(place) = self.dense.get_mut(start..start.saturating_add(WORDS)) else { break };
            place.copy_from_slice(&page.remove()[..]);
        }
    }

    #[inline]
    fn insert(&mut self, offset: u64) {
        let (word, bit) = place(offset);
        match self.dense.get_mut(word as usize) {
            Some(word) => *word |= bit,
            None => self.insert_far(word, bit),
        }
    }

    #[cold]
    fn insert_far(&mut self, word: u64, bit: u64) {
        let page = self.pages.entry(word / WORDS as u64).or_insert_with(|| Box::new([0; WORDS]));
        page[(word % WORDS as u64) as usize] |= bit;
    }

    fn contains(&self, offset: u64) -> bool {
        let (word, bit) = place(offset);
        let far = || Some(&self.pages.get(&(word / WORDS as u64))?[(word % WORDS as u64) as usize]);
        let bits = self.dense.get(word as usize).or_else(far);
        offset < self.whole || bits.is_some_and(|bits| bits & bit != 0)
    }

    fn count(&self) -> u64 {
        let dense = (0..).zip(&self.dense);
        let pages = self.pages.iter().flat_map(|(at, page)| (at * WORDS as u64..).zip(page.iter()));
        let beyond = dense.chain(pages).map(|(number, word)| {
            let below = self.whole.saturating_sub(number * 64);
            let bits = if below < 64 { word >> below } else { 0 };
            u64::from(bits.count_ones())
        });
        self.whole + beyond.sum::<u64>()
    }
}

impl Accessed {
    /// The first `program_size` cells of the segment that a run began in, which count as touched.
    #[must_use]
    pub fn of_program(machine: &Machine, program_size: u64) -> Self {
        let mut accessed = Self::default();
        let segment = machine.start().pc.relocatable().map_or(0, |pc| pc.segment);
        accessed.insert(&machine.memory, Relocatable::new(segment, 0), program_size);
        accessed
    }

    /// As it was after the first `steps` steps; see [`Accessed::of_program`].
    #[must_use]
    pub fn after(machine: &Machine, program_size: u64, steps: u64) -> Self {
        let mut accessed = Self::of_program(machine, program_size);
        accessed.replay(machine, machine.start(), steps);
        accessed
    }

    /// Takes in the steps made since this was last called; see [`Accessed::of_program`].
    pub fn update(&mut self, machine: &Machine, program_size: u64) {
        let registers = self.registers.unwrap_or_else(|| {
            *self = Self::of_program(machine, program_size);
            machine.start()
        });
        self.replay(machine, registers, machine.steps() - self.steps);
        self.registers = Some(machine.registers());
        self.steps = machine.steps();
    }

    fn replay(&mut self, machine: &Machine, registers: Registers, steps: u64) {
        let memory = &machine.memory;
        let execution = machine.start().ap.segment;
        self.marks(memory, execution).grow(memory, execution);
        let mut replay = Replay::new(memory, registers, steps);
        // Nearly all cells are of the execution segment: it is kept at hand.
        let mut marks = self.segments.remove(&execution).unwrap_or_default();
        let mut mark = |address: Relocatable| {
            let Ok(offset) = u64::try_from(address.offset) else { return };
            if address.segment == execution {
                marks.insert(offset);
            } else {
                self.marks(memory, address.segment).insert(offset);
            }
        };
        loop {
            let operands = replay.operands();
            let Some(before) = replay.next() else { break };
            if let Some(pc) = before.pc.relocatable() {
                mark(pc);
            }
            let Some((operands, written)) = operands else { continue };
            operands.into_iter().for_each(&mut mark);
            written.into_iter().flat_map(state_cells).for_each(&mut mark);
            if replay.is_at_rest() {
                break;
            }
        }
        self.segments.insert(execution, marks);
    }

    fn marks(&mut self, memory: &Memory, segment: i32) -> &mut Marks {
        self.segments.entry(segment).or_insert_with(|| {
            let mut marks = Marks::default();
            marks.grow(memory, segment);
            marks
        })
    }

    /// Adds `cells` cells from `first` on; those at negative offsets are left out.
    pub fn insert(&mut self, memory: &Memory, first: Relocatable, cells: u64) {
        let end = first.offset.saturating_add_unsigned(cells).max(0).cast_unsigned();
        let start = first.offset.max(0).cast_unsigned();
        let marks = self.marks(memory, first.segment);
        if start <= marks.whole {
            marks.whole = marks.whole.max(end);
        } else {
            (start..end).for_each(|offset| marks.insert(offset));
        }
    }

    /// Whether a cell was touched by then.
    #[must_use]
    pub fn contains(&self, address: Relocatable) -> bool {
        let marks = self.segments.get(&address.segment);
        let offset = u64::try_from(address.offset);
        marks.zip(offset.ok()).is_some_and(|(marks, offset)| marks.contains(offset))
    }

    /// How many cells of a segment were touched by then.
    #[must_use]
    pub fn count(&self, segment: i32) -> u64 {
        self.segments.get(&segment).map_or(0, Marks::count)
    }
}
