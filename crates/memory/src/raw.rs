//! [`Cells`]: a zeroed array of cells that grows, as a vector or as a mapping of its own.
//!
//! All `unsafe` of this crate is here, behind functions that are safe to call. Where mappings are
//! not to be had (another system, Miri, an address-space limit) a vector takes their place.
#![allow(unsafe_code, reason = "anonymous mappings and the slices over them")]

use std::ptr::NonNull;

use crate::Cell;
use crate::ahead::Ahead;

/// Cells in a huge page of 2 MiB; arrays longer than half of this become mappings on huge pages.
pub(crate) const HUGE_PAGE: usize = (2 << 20) / size_of::<Cell>();

/// A mapping is taken into use by this many cells at a time: what is in use has to be looked through
/// for its last cell when the run is over, whether or not the run has got to it.
const STRETCH: usize = HUGE_PAGE / 8;

/// Arrays longer than this become mappings of [`MEDIUM`] cells, in which they grow without copying.
const SHORT: usize = 2048;

/// Cells of address space of a mapping on pages of the usual size.
const MEDIUM: usize = HUGE_PAGE / 2;

/// Such a mapping is taken into use by this many cells at a time, and their pages with one call.
const MEDIUM_STRETCH: usize = 1024;

/// The most mappings on pages of the usual size that a process makes: the system lets it have some
/// 65,000 mappings in all, and everybody else wants some of them, too.
const MOST_MEDIUM: usize = 4096;

/// No memory could be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OutOfMemory;

/// A growing array of cells; cells that were never written are unset.
pub(crate) struct Cells {
    /// The first cell; dangling while `len` is 0. Points into `backing`.
    start: NonNull<Cell>,
    /// The number of cells that may be read and written.
    len: usize,
    backing: Backing,
}

enum Backing {
    Vector(Vec<Cell>),
    Mapping(Mapping),
}

// SAFETY: `start` points into `backing`, which this value owns alone; nothing in it is bound to a
// thread.
unsafe impl Send for Cells {}

// SAFETY: through a shared reference cells are only read; whoever writes through `start` needs
// `unsafe` of its own for that.
unsafe impl Sync for Cells {}

impl Cells {
    /// An empty array without any memory.
    pub(crate) const fn new() -> Self {
        Self { start: NonNull::dangling(), len: 0, backing: Backing::Vector(Vec::new()) }
    }

    /// An empty array with address space for as many of `most` cells as can be had, in which it
    /// grows without moving.
    pub(crate) fn reserved(most: usize) -> Self {
        let mut cells = most.next_multiple_of(HUGE_PAGE);
        while cells > HUGE_PAGE {
            if let Some(mapping) = Mapping::new(cells) {
                let start = mapping.start;
                return Self { start, len: 0, backing: Backing::Mapping(mapping) };
            }
            cells /= 2;
        }
        Self::new()
    }

    /// The number of cells.
    #[inline]
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// The first cell, for code that checks indices against [`Cells::len`] itself.
    #[inline]
    pub(crate) const fn start(&self) -> *mut Cell {
        self.start.as_ptr()
    }

    #[inline]
    pub(crate) const fn as_slice(&self) -> &[Cell] {
        // SAFETY: `len` cells from `start` lie in `backing` and are initialised: vectors are filled
        // with unset cells, mappings by the system with zeroes, which are unset cells.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }

    #[inline]
    pub(crate) const fn as_mut_slice(&mut self) -> &mut [Cell] {
        // SAFETY: as in `as_slice`, and `&mut self` makes the slice the only way to the cells.
        unsafe { std::slice::from_raw_parts_mut(self.start.as_ptr(), self.len) }
    }

    /// Makes the array at least `len` cells long. The address space of a long array grows by whole
    /// huge pages.
    pub(crate) fn grow(&mut self, len: usize) -> Result<(), OutOfMemory> {
        if len <= self.len {
            return Ok(());
        }
        match &mut self.backing {
            Backing::Mapping(mapping) if mapping.cells == MEDIUM => {
                if len > MEDIUM {
                    return self.promote(len);
                }
                let len = len.next_multiple_of(MEDIUM_STRETCH);
                mapping.populate(self.len, len);
                self.len = len;
            }
            Backing::Mapping(mapping) => {
                let len = len.checked_next_multiple_of(STRETCH).ok_or(OutOfMemory)?;
                if len > mapping.cells {
                    let cells = len.checked_next_multiple_of(HUGE_PAGE).ok_or(OutOfMemory)?;
                    mapping.grow(cells.max(mapping.cells.saturating_mul(2)))?;
                }
                mapping.look_ahead(self.len, len);
                self.start = mapping.start;
                self.len = len;
            }
            Backing::Vector(_) if len > SHORT => self.promote(len)?,
            Backing::Vector(vector) => {
                Self::grow_vector(vector, &mut self.start, &mut self.len, len)?
            }
        }
        Ok(())
    }

    fn grow_vector(
        vector: &mut Vec<Cell>,
        start: &mut NonNull<Cell>,
        len: &mut usize,
        wanted: usize,
    ) -> Result<(), OutOfMemory> {
        let wanted = wanted.max(4).checked_next_power_of_two().ok_or(OutOfMemory)?;
        vector.try_reserve_exact(wanted - vector.len()).map_err(|_| OutOfMemory)?;
        vector.resize(wanted, Cell::UNSET);
        *start = NonNull::from(vector.as_mut_slice()).cast();
        *len = wanted;
        Ok(())
    }

    /// Moves an array that has grown long to a mapping, or to a larger one.
    #[cold]
    fn promote(&mut self, len: usize) -> Result<(), OutOfMemory> {
        let (mapping, len) = if len > MEDIUM {
            let len = len.checked_next_multiple_of(HUGE_PAGE).ok_or(OutOfMemory)?;
            (Mapping::new(len), len)
        } else {
            let len = len.next_multiple_of(MEDIUM_STRETCH);
            (Mapping::medium(len), len)
        };
        let Some(mapping) = mapping else {
            if let Backing::Vector(vector) = &mut self.backing {
                return Self::grow_vector(vector, &mut self.start, &mut self.len, len);
            }
            return Err(OutOfMemory);
        };
        let mut promoted = Self { start: mapping.start, len, backing: Backing::Mapping(mapping) };
        promoted.as_mut_slice()[..self.len].copy_from_slice(self.as_slice());
        *self = promoted;
        Ok(())
    }
}

/// Anonymous zeroed memory of its own, on huge pages where the system has them.
struct Mapping {
    start: NonNull<Cell>,
    /// Cells of address space; memory is only taken for those that are touched.
    cells: usize,
    ahead: Ahead,
}

impl Mapping {
    /// Has the huge page behind the last one in use put in place while that is being written, when
    /// as many cells as `len` are taken into use, and `before` were.
    fn look_ahead(&mut self, before: usize, len: usize) {
        let page = len.saturating_sub(1) / HUGE_PAGE;
        if page != before.saturating_sub(1) / HUGE_PAGE + 1 {
            return;
        }
        self.ahead.arrive(page);
        let next = (page + 1) * HUGE_PAGE;
        if next + HUGE_PAGE <= self.cells {
            let address = self.start.as_ptr().wrapping_add(next).addr();
            self.ahead.ask(page + 1, address, HUGE_PAGE * size_of::<Cell>());
        }
    }
}

#[cfg(all(target_os = "linux", not(miri)))]
mod system {
    //! Mappings by the system calls of Linux.

    use std::ptr::{self, NonNull};
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{MEDIUM, MOST_MEDIUM, Mapping, OutOfMemory};
    use crate::Cell;
    use crate::ahead::Ahead;

    /// How many mappings on pages of the usual size there are.
    static MEDIUM_MAPPINGS: AtomicUsize = AtomicUsize::new(0);

    const HUGE_PAGE_BYTES: usize = 2 << 20;

    impl Mapping {
        /// A mapping of `cells` cells, a multiple of a huge page, aligned to one; `None` when the
        /// system refuses.
        pub(super) fn new(cells: usize) -> Option<Self> {
            let bytes = cells.checked_mul(size_of::<Cell>())?;
            let with_slack = bytes.checked_add(HUGE_PAGE_BYTES)?;
            let address = map(with_slack)?;
            let slack = address.align_offset(HUGE_PAGE_BYTES);
            // SAFETY: `slack` is below a huge page, which the mapping is longer by. What lies before
            // the aligned start and behind the aligned end is given back; nothing points into it.
            let start = unsafe {
                let start = address.byte_add(slack);
                if slack > 0 {
                    libc::munmap(address, slack);
                }
                libc::munmap(start.byte_add(bytes), HUGE_PAGE_BYTES - slack);
                libc::madvise(start, bytes, libc::MADV_HUGEPAGE);
                start
            };
            Some(Self { start: NonNull::new(start.cast())?, cells, ahead: Ahead::default() })
        }

        /// A mapping of [`MEDIUM`] cells on pages of the usual size, with the pages of the first `len`
        /// in place; `None` when the system refuses, or there are many.
        pub(super) fn medium(len: usize) -> Option<Self> {
            if MEDIUM_MAPPINGS.load(Ordering::Relaxed) >= MOST_MEDIUM {
                return None;
            }
            let start = map(MEDIUM * size_of::<Cell>())?;
            MEDIUM_MAPPINGS.fetch_add(1, Ordering::Relaxed);
            let start = NonNull::new(start.cast())?;
            let mapping = Self { start, cells: MEDIUM, ahead: Ahead::default() };
            mapping.populate(0, len);
            Some(mapping)
        }

        /// Has the pages of these cells put in place at once, which is cheaper than one by one when
        /// they are touched.
        pub(super) fn populate(&self, from: usize, to: usize) {
            let (from, to) = (from.min(self.cells), to.min(self.cells));
            let address = self.start.as_ptr().wrapping_add(from).addr();
            populate(address, (to - from) * size_of::<Cell>());
        }

        /// Grows the mapping to `cells` cells; it may move.
        pub(super) fn grow(&mut self, cells: usize) -> Result<(), OutOfMemory> {
            // A fresh mapping keeps the alignment that a moved one may lose. Moving the pages over
            // costs no copying.
            let grown = Self::new(cells).ok_or(OutOfMemory)?;
            let bytes = self.cells * size_of::<Cell>();
            // SAFETY: both mappings are this type's own; the old one's pages replace the start of
            // the new one, whose cells nobody has seen. `self` is overwritten without being
            // dropped, as its mapping is gone.
            unsafe {
                let moved = libc::mremap(
                    self.start.as_ptr().cast(),
                    bytes,
                    bytes,
                    libc::MREMAP_MAYMOVE | libc::MREMAP_FIXED,
                    grown.start.as_ptr(),
                );
                if moved == libc::MAP_FAILED {
                    return Err(OutOfMemory);
                }
                ptr::write(self, grown);
            }
            Ok(())
        }
    }

    /// Has pages put in place, whoever's they are: what they hold is not changed. A system that does
    /// not know the advice, or has no memory, leaves them as they are, and there need not be any.
    pub(crate) fn populate(address: usize, bytes: usize) {
        // SAFETY: no memory is read, written or given back.
        unsafe {
            let address = ptr::without_provenance_mut(address);
            libc::madvise(address, bytes, libc::MADV_POPULATE_WRITE);
        }
    }

    /// A new private anonymous mapping at an address of the system's choice.
    fn map(bytes: usize) -> Option<*mut libc::c_void> {
        // SAFETY: no other mapping is touched.
        let address = unsafe {
            libc::mmap(
                ptr::null_mut(),
                bytes,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
                -1,
                0,
            )
        };
        (address != libc::MAP_FAILED).then_some(address)
    }

    impl Drop for Mapping {
        fn drop(&mut self) {
            if self.cells == MEDIUM {
                MEDIUM_MAPPINGS.fetch_sub(1, Ordering::Relaxed);
            }
            // SAFETY: `start` and `cells` describe a mapping that this value made and owns alone.
            unsafe {
                libc::munmap(self.start.as_ptr().cast(), self.cells * size_of::<Cell>());
            }
        }
    }
}

#[cfg(all(target_os = "linux", not(miri)))]
pub(crate) use system::populate;

#[cfg(not(all(target_os = "linux", not(miri))))]
pub(crate) fn populate(_address: usize, _bytes: usize) {}

#[cfg(not(all(target_os = "linux", not(miri))))]
impl Mapping {
    /// No mappings here: vectors serve every size.
    fn new(_cells: usize) -> Option<Self> {
        None
    }

    fn medium(_len: usize) -> Option<Self> {
        None
    }

    fn populate(&self, _from: usize, _to: usize) {}

    fn grow(&mut self, _cells: usize) -> Result<(), OutOfMemory> {
        Err(OutOfMemory)
    }
}
