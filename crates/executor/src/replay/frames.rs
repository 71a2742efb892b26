//! [`Frames`]: the frames that are open somewhere in a replay, as memory tells.

use cairo_zero_core::Relocatable;
use cairo_zero_memory::Cell;

use crate::handlers::prefetch;

use super::{Replay, depth_of};

/// Frames that were opened by calls that return to the same place, one above the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frames {
    /// Where the calls return to.
    pub back: Relocatable,
    /// How far each is above the frame of its caller, in cells.
    pub depth: u32,
    /// How many there are.
    pub count: u32,
}

/// How many frames ahead memory is fetched into the cache.
const AHEAD: i64 = 16;

impl Replay<'_> {
    /// The frames that are open at the next step, the last ones first, as far down as the one at the
    /// offset `first` of the execution segment. `None` where memory does not tell, or tells of more
    /// than `most` kinds of frames that take turns.
    #[must_use]
    pub fn open_frames(&self, first: i64, most: usize) -> Option<Vec<Frames>> {
        let fp = self.registers().fp.relocatable()?;
        let mut at = fp.offset;
        if fp.segment != self.execution_segment || at < first {
            return None;
        }
        let cell = |at: i64| self.execution.get(usize::try_from(at).ok()?).copied();
        let mut frames: Vec<Frames> = Vec::new();
        let mut last = Cell::UNSET;
        while at > first {
            let (back, caller) = (cell(at - 1)?, cell(at - 2)?.relocatable()?);
            let below = caller.segment == self.execution_segment;
            let depth = depth_of(caller.offset, at, first).filter(|_| below)?;
            prefetch(
                self.execution.as_ptr().wrapping_offset((at - AHEAD * i64::from(depth)) as isize),
            );
            let kinds = frames.len();
            match frames.last_mut() {
                Some(same) if (last, same.depth) == (back, depth) && same.count < u32::MAX => {
                    same.count += 1;
                }
                _ if kinds == most => return None,
                _ => frames.push(Frames { back: back.relocatable()?, depth, count: 1 }),
            }
            (last, at) = (back, caller.offset);
        }
        (at == first).then_some(frames)
    }
}
