//! [`Segment`]: the cells of one segment, dense at the start and sparse far out.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use cairo_zero_core::Value;

use crate::Cell;
use crate::raw::{Cells, OutOfMemory};

/// Cells in a sparse page.
const PAGE: u64 = 512;

/// A write at most this many cells beyond the dense part extends it.
const DENSE_GAP: u64 = 1024;

/// A write at most this many cells beyond the execution segment's dense part extends it: there a
/// gap is only address space.
const RESERVED_GAP: u64 = 1 << 20;

/// Cells of address space of the execution segment, 64 GiB. The step loop keeps `ap` and `fp` in 32
/// bits each and needs room above, so its fast part could not use more.
const RESERVED_CELLS: usize = 1 << 31;

/// The cells of one segment.
pub struct Segment {
    dense: Cells,
    /// Pages beyond the dense part, by offset divided by their length.
    sparse: BTreeMap<u64, Box<[Cell; PAGE as usize]>>,
    gap: u64,
    /// Whether a cell was ever handed out for writing by this type's own functions.
    inserted: bool,
}

impl Segment {
    pub(crate) const fn new() -> Self {
        Self { dense: Cells::new(), sparse: BTreeMap::new(), gap: DENSE_GAP, inserted: false }
    }

    /// A segment that grows in place in reserved address space.
    pub(crate) fn reserved() -> Self {
        Self { dense: Cells::reserved(RESERVED_CELLS), gap: RESERVED_GAP, ..Self::new() }
    }

    /// The cell at `offset`; unset where nothing was written.
    #[inline]
    #[must_use]
    pub fn cell(&self, offset: u64) -> Cell {
        match self.dense.as_slice().get(offset as usize) {
            Some(cell) => *cell,
            None => self.sparse_cell(offset),
        }
    }

    #[cold]
    fn sparse_cell(&self, offset: u64) -> Cell {
        match self.sparse.get(&(offset / PAGE)) {
            Some(page) => page[(offset % PAGE) as usize],
            None => Cell::UNSET,
        }
    }

    /// The cell at `offset` for writing, made where it is not there yet; `budget` is the number of
    /// cells that may still be made.
    #[inline]
    pub(crate) fn slot(&mut self, offset: u64, budget: &mut u64) -> Result<&mut Cell, OutOfMemory> {
        self.inserted = true;
        if offset as usize >= self.dense.len() {
            if !self.is_near(offset) {
                return self.sparse_slot(offset, budget);
            }
            self.extend(offset, budget)?;
        }
        self.dense.as_mut_slice().get_mut(offset as usize).ok_or(OutOfMemory)
    }

    /// Whether a cell beyond the dense part is so near to it that a write extends it.
    fn is_near(&self, offset: u64) -> bool {
        offset - self.dense.len() as u64 <= self.gap.max(self.dense.len() as u64 / 2)
    }

    /// Extends the dense part to hold a cell near its end; false, and nothing is done, when the cell
    /// is in it already, is farther away, or can't be had.
    pub(crate) fn reach(&mut self, offset: u64, budget: &mut u64) -> bool {
        offset as usize >= self.dense.len()
            && self.is_near(offset)
            && self.extend(offset, budget).is_ok()
    }

    /// Sets an unset cell of the dense part; false, and nothing is done, for any other.
    #[inline]
    pub(crate) fn fill(&mut self, offset: usize, cell: Cell) -> bool {
        self.inserted = true;
        match self.dense.as_mut_slice().get_mut(offset) {
            Some(slot) if !slot.is_set() => {
                *slot = cell;
                true
            }
            _ => false,
        }
    }

    #[cold]
    fn sparse_slot(&mut self, offset: u64, budget: &mut u64) -> Result<&mut Cell, OutOfMemory> {
        let page = match self.sparse.entry(offset / PAGE) {
            Entry::Occupied(page) => page.into_mut(),
            Entry::Vacant(place) => {
                *budget = budget.checked_sub(PAGE).ok_or(OutOfMemory)?;
                place.insert(Box::new([Cell::UNSET; PAGE as usize]))
            }
        };
        Ok(&mut page[(offset % PAGE) as usize])
    }

    /// Extends the dense part to hold `offset`, taking in the sparse pages it reaches.
    #[cold]
    fn extend(&mut self, offset: u64, budget: &mut u64) -> Result<(), OutOfMemory> {
        let before = self.dense.len();
        let mut len = offset as usize + 1;
        *budget = budget.checked_sub((len - before) as u64).ok_or(OutOfMemory)?;
        if !self.sparse.is_empty() {
            len = len.next_multiple_of(PAGE as usize);
        }
        self.dense.grow(len)?;
        // What growing has rounded up to counts as well, but is no reason to refuse.
        *budget = budget.saturating_sub((self.dense.len() - offset as usize - 1) as u64);
        while let Some(entry) = self.sparse.first_entry() {
            if *entry.key() * PAGE >= self.dense.len() as u64 {
                break;
            }
            let (number, page) = entry.remove_entry();
            let start = (number * PAGE) as usize;
            let end = start + PAGE as usize;
            if end > self.dense.len() {
                self.dense.grow(end)?;
            }
            self.dense.as_mut_slice()[start..end].copy_from_slice(&page[..]);
        }
        Ok(())
    }

    /// One more than the highest set offset, in cells; 0 for an empty segment.
    #[must_use]
    pub fn used_size(&self) -> u64 {
        for (number, page) in self.sparse.iter().rev() {
            if let Some(at) = page.iter().rposition(|cell| cell.is_set()) {
                return number * PAGE + at as u64 + 1;
            }
        }
        match self.dense.as_slice().iter().rposition(|cell| cell.is_set()) {
            Some(at) => at as u64 + 1,
            None => 0,
        }
    }

    /// The number of set cells.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.runs().map(|(_, cells)| cells.iter().filter(|cell| cell.is_set()).count() as u64).sum()
    }

    /// The set cells with their offsets, in order of offset. Gaps are not walked.
    pub fn iter(&self) -> impl Iterator<Item = (u64, Value)> + '_ {
        self.iter_from(0)
    }

    /// As [`Segment::iter`], from an offset on.
    pub fn iter_from(&self, first: u64) -> impl Iterator<Item = (u64, Value)> + '_ {
        self.runs().flat_map(move |(start, cells)| {
            let before = usize::try_from(first.saturating_sub(start)).unwrap_or(usize::MAX);
            cells
                .iter()
                .enumerate()
                .skip(before)
                .filter_map(move |(at, cell)| Some((start + at as u64, cell.value()?)))
        })
    }

    /// The stretches of cells that may be set, with the offset of each one's first cell, in order.
    pub fn runs(&self) -> impl Iterator<Item = (u64, &[Cell])> {
        let sparse = self.sparse.iter().map(|(number, page)| (number * PAGE, &page[..]));
        std::iter::once((0, self.dense.as_slice())).chain(sparse)
    }

    /// Every cell that may be set, for writing in place.
    pub(crate) fn runs_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        self.inserted = true;
        let sparse = self.sparse.values_mut().flat_map(|page| page.iter_mut());
        self.dense.as_mut_slice().iter_mut().chain(sparse)
    }

    /// Whether every cell that was ever set was set through [`Segment::dense`], and so by the step
    /// loop, which knows what it has written.
    #[must_use]
    pub const fn is_direct(&self) -> bool {
        !self.inserted
    }

    /// The first dense cell and how many follow: what the step loop addresses directly.
    #[inline]
    #[must_use]
    pub const fn dense(&self) -> (*mut Cell, usize) {
        (self.dense.start(), self.dense.len())
    }
}
