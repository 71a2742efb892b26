//! [`Met`]: which cells and which instances of builtins a replay has come to.

use std::collections::HashSet;

use cairo_zero_core::Relocatable;
use cairo_zero_runner::Track;

use crate::code::Code;

/// Offsets from here on are remembered one by one.
const DENSE: i64 = 1 << 28;

/// The cells that were met outside the programs and the execution segment.
pub(crate) struct Met<'a> {
    track: Track<'a>,
    code: &'a Code,
    builtins: &'a [Instances],
    /// By number, as far as one was met.
    segments: Vec<Option<Box<Segment>>>,
    /// Those of temporary segments that never got a place.
    lost: HashSet<Relocatable>,
}

/// Where the instances of a builtin are.
pub(crate) struct Instances {
    pub(crate) base: Relocatable,
    pub(crate) cells_per_instance: i64,
}

/// What was met of a segment.
#[derive(Default)]
struct Segment {
    /// Whether its cells are not for counting.
    skipped: bool,
    builtin: Option<Builtin>,
    cells: Offsets,
}

/// What was met of a builtin's segment.
struct Builtin {
    /// Its number among the run's builtins.
    number: usize,
    base: i64,
    cells_per_instance: i64,
    instances: Offsets,
}

/// A cell that is met for the first time.
pub(crate) struct First {
    /// The builtin of which it is the first cell of an instance that was met.
    pub(crate) builtin: Option<usize>,
}

impl<'a> Met<'a> {
    pub(crate) fn new(track: Track<'a>, code: &'a Code, builtins: &'a [Instances]) -> Self {
        Self { track, code, builtins, segments: Vec::new(), lost: HashSet::new() }
    }

    /// Takes note of a cell. Gives something if it counts and this is the first time.
    #[inline]
    pub(crate) fn meet(&mut self, cell: Relocatable) -> Option<First> {
        let known =
            usize::try_from(cell.segment).ok().and_then(|at| self.segments.get_mut(at)?.as_mut());
        match known {
            Some(segment) => segment.meet(cell.offset),
            None => self.meet_anew(cell),
        }
    }

    /// As [`Met::meet`], of a segment that was not met before, or has another place.
    #[cold]
    fn meet_anew(&mut self, cell: Relocatable) -> Option<First> {
        let cell = self.track.moved(cell)?;
        let Ok(at) = usize::try_from(cell.segment) else {
            return self.lost.insert(cell).then_some(First { builtin: None });
        };
        if self.segments.len() <= at {
            self.segments.resize_with(at + 1, || None);
        }
        if self.segments[at].is_none() {
            self.segments[at] = Some(Box::new(self.segment(cell.segment)));
        }
        self.segments[at].as_mut()?.meet(cell.offset)
    }

    fn segment(&self, number: i32) -> Segment {
        let builtin = self.builtins.iter().position(|place| place.base.segment == number);
        Segment {
            skipped: number == self.track.start().ap.segment || self.code.is_segment(number),
            builtin: builtin.map(|at| Builtin {
                number: at,
                base: self.builtins[at].base.offset,
                cells_per_instance: self.builtins[at].cells_per_instance,
                instances: Offsets::default(),
            }),
            cells: Offsets::default(),
        }
    }
}

impl Segment {
    #[inline]
    fn meet(&mut self, offset: i64) -> Option<First> {
        if self.skipped || !self.cells.meet(offset) {
            return None;
        }
        let builtin = self.builtin.as_mut().and_then(|builtin| {
            let instance =
                offset.saturating_sub(builtin.base).div_euclid(builtin.cells_per_instance);
            let first = builtin.cells_per_instance == 1 || builtin.instances.meet(instance);
            first.then_some(builtin.number)
        });
        Some(First { builtin })
    }
}

/// A set of offsets.
#[derive(Default)]
struct Offsets {
    /// A bit for each.
    dense: Vec<u64>,
    others: HashSet<i64>,
}

impl Offsets {
    /// Whether this is the first time.
    #[inline]
    fn meet(&mut self, offset: i64) -> bool {
        let (word, bit) = (offset.div_euclid(64) as usize, 1 << (offset & 63));
        match self.dense.get_mut(word) {
            Some(bits) => {
                let first = *bits & bit == 0;
                *bits |= bit;
                first && (self.others.is_empty() || !self.others.contains(&offset))
            }
            None => self.meet_far(offset),
        }
    }

    #[cold]
    fn meet_far(&mut self, offset: i64) -> bool {
        // Sparse segments are not taken for dense ones: a step adds no more than so many words.
        let reachable = (self.dense.len() as i64 + 1024) * 64;
        if !(0..DENSE.min(reachable)).contains(&offset) {
            return self.others.insert(offset);
        }
        self.dense.resize((offset / 64) as usize + 1, 0);
        self.meet(offset)
    }
}
