//! [`Open`]: the frames that are open, those of the same kind counted together.

use std::mem::take;

use crate::profile::Way;

/// The frames that are open; the last ones are the current ones, and there always are some.
pub(crate) struct Open(Vec<Alike>);

/// Open frames of the same kind, one above the other.
#[derive(Clone, Copy)]
pub(crate) struct Alike {
    pub(crate) way: Way,
    /// The number of the node that called them; 0 if none did.
    pub(crate) from: u32,
    /// How far they are above their callers' frames, in cells, if a node called them. Otherwise memory
    /// tells.
    pub(crate) depth: u32,
    pub(crate) count: u32,
}

impl Default for Open {
    /// The first frame alone.
    fn default() -> Self {
        Self(vec![Alike { way: 0, from: 0, depth: 0, count: 1 }])
    }
}

impl Open {
    /// The current ones.
    #[inline]
    pub(crate) fn last(&self) -> Option<Alike> {
        self.0.last().copied()
    }

    /// The way that the current frame was come to.
    pub(crate) fn way(&self) -> Way {
        self.0.last().map_or(0, |frames| frames.way)
    }

    pub(crate) fn has_caller(&self) -> bool {
        self.0.len() > 1 || self.0.iter().any(|frames| frames.count > 1)
    }

    /// Takes the frames out, and leaves none.
    pub(crate) fn take(&mut self) -> Self {
        Self(take(&mut self.0))
    }

    #[inline]
    pub(crate) fn push(&mut self, way: Way, from: u32, depth: u32, count: u32) {
        match self.0.last_mut() {
            Some(last)
                if (last.from, last.depth, last.way) == (from, depth, way)
                    && last.count <= u32::MAX - count =>
            {
                last.count += count;
            }
            _ => self.0.push(Alike { way, from, depth, count }),
        }
    }

    #[inline]
    pub(crate) fn pop(&mut self, count: u32) {
        match self.0.last_mut() {
            Some(last) if last.count > count => last.count -= count,
            _ => drop(self.0.pop()),
        }
    }
}
