//! [`Accessed`]: which cells the instructions of a run have used.
//!
//! What is not in here although its segment reaches over it is a memory hole, which a proof has to
//! fill.

use std::collections::{BTreeMap, HashMap};

use cairo_zero_core::Relocatable;
use cairo_zero_memory::Memory;

use crate::{Registers, Replay};

/// Words of a page of marks; its bits are 4096 cells.
const WORDS: usize = 64;

/// A set of cells.
#[derive(Debug, Clone, Default)]
pub struct Accessed {
    segments: HashMap<i32, Marks>,
}

/// The marked cells of one segment.
#[derive(Debug, Clone, Default)]
struct Marks {
    /// All cells below this offset are in the set, whatever the marks say.
    whole: u64,
    /// A bit for each cell of the segment's dense part.
    dense: Vec<u64>,
    /// The others by pages.
    pages: BTreeMap<u64, Box<[u64; WORDS]>>,
}

impl Marks {
    fn of(memory: &Memory, segment: i32) -> Self {
        let cells =
            memory.segment(segment).and_then(|segment| Some(segment.runs().next()?.1.len()));
        Self { dense: vec![0; cells.unwrap_or(0).div_ceil(64)], ..Self::default() }
    }

    #[inline]
    fn insert(&mut self, offset: u64) {
        let (word, bit) = (offset / 64, 1 << (offset % 64));
        match self.dense.get_mut(word as usize) {
            Some(word) => *word |= bit,
            None => {
                let page = self.pages.entry(word / WORDS as u64);
                page.or_insert_with(|| Box::new([0; WORDS]))[(word % WORDS as u64) as usize] |= bit;
            }
        }
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
    /// The cells that the `steps` steps from `start` on have used: instructions, immediates and
    /// operands. Together with the smallest and largest offset in the instructions, as
    /// [`Replay::offset_limits`] has them.
    #[must_use]
    pub fn by_steps(memory: &Memory, start: Registers, steps: u64) -> (Self, Option<(u16, u16)>) {
        let mut accessed = Self::default();
        let mut replay = Replay::new(memory, start, steps);
        let execution = start.ap.segment;
        // Nearly all cells are of the execution segment: it is kept at hand.
        let mut marks = Marks::of(memory, execution);
        let mut insert = |address: Relocatable| {
            let Ok(offset) = u64::try_from(address.offset) else { return };
            if address.segment == execution {
                marks.insert(offset);
            } else {
                accessed.marks(memory, address.segment).insert(offset);
            }
        };
        loop {
            let operands = replay.operands();
            let Some(registers) = replay.next() else { break };
            if let Some(pc) = registers.pc.relocatable() {
                insert(pc);
            }
            operands.into_iter().flatten().for_each(&mut insert);
            if replay.is_at_rest() {
                break;
            }
        }
        accessed.segments.insert(execution, marks);
        (accessed, replay.offset_limits())
    }

    fn marks(&mut self, memory: &Memory, segment: i32) -> &mut Marks {
        self.segments.entry(segment).or_insert_with(|| Marks::of(memory, segment))
    }

    /// Adds `cells` cells from `first` on; those at negative offsets are left out.
    pub fn insert(&mut self, memory: &Memory, first: Relocatable, cells: u64) {
        let end = first.offset.saturating_add_unsigned(cells);
        let first_offset = first.offset.max(0).cast_unsigned();
        let end = end.max(0).cast_unsigned();
        let marks = self.marks(memory, first.segment);
        if first_offset <= marks.whole {
            marks.whole = marks.whole.max(end);
        } else {
            (first_offset..end).for_each(|offset| marks.insert(offset));
        }
    }

    /// How many cells of a segment are in the set.
    #[must_use]
    pub fn count(&self, segment: i32) -> u64 {
        self.segments.get(&segment).map_or(0, Marks::count)
    }
}
