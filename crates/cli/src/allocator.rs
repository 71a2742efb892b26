//! The global allocator: the system's, with a count of what is in use and a limit.
//!
//! Hints come from strangers, and a single expression of one can ask for any amount of memory. Beyond
//! the limit a request fails like on a machine that has no more: where the code can tell, the hint
//! sees a `MemoryError`; where it can't, Rust ends the process with an abort, which [`end_cleanly`]
//! turns into the documented exit status. The same happens when a stack overflows.
#![allow(unsafe_code, reason = "an allocator and a signal handler")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr;
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};

/// The system's allocator with a count and a limit.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Bytes in use, as far as threads have passed them on.
static USED: AtomicIsize = AtomicIsize::new(0);

/// How many bytes may be in use.
static MOST: AtomicUsize = AtomicUsize::new(usize::MAX);

/// Each thread passes its count on when it has changed by this many bytes.
const STEP: isize = 1 << 16;

thread_local! {
    static LOCAL: Cell<isize> = const { Cell::new(0) };
}

/// How many bytes are in use, to 64 KiB for each thread.
pub(crate) fn used() -> usize {
    usize::try_from(USED.load(Ordering::Relaxed)).unwrap_or(0)
}

/// Has requests fail that would take more than `bytes` in all.
pub(crate) fn set_most(bytes: usize) {
    MOST.store(bytes, Ordering::Relaxed);
}

/// Counts a change; false when it goes beyond the limit, and then nothing is counted.
#[inline]
fn count(change: isize) -> bool {
    // A thread that is ending has no count of its own any more.
    let total = LOCAL.try_with(|local| local.replace(0) + change).unwrap_or(change);
    if total.abs() < STEP && LOCAL.try_with(|local| local.set(total)).is_ok() {
        return true;
    }
    pass_on(total, change)
}

#[cold]
fn pass_on(total: isize, change: isize) -> bool {
    let before = USED.fetch_add(total, Ordering::Relaxed);
    let after = usize::try_from(before.saturating_add(total)).unwrap_or(0);
    if change > 0 && after > MOST.load(Ordering::Relaxed) {
        USED.fetch_sub(change, Ordering::Relaxed);
        return false;
    }
    true
}

/// Takes the count back when the system had nothing to give.
#[inline]
fn counted(at: *mut u8, change: isize) -> *mut u8 {
    if at.is_null() {
        count(-change);
    }
    at
}

/// A size as a change of the count; layouts are never larger than `isize::MAX`.
const fn signed(size: usize) -> isize {
    size.cast_signed()
}

// SAFETY: every request goes to the system's allocator with the caller's own arguments, or fails.
unsafe impl GlobalAlloc for Counting {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !count(signed(layout.size())) {
            return ptr::null_mut();
        }
        // SAFETY: the caller keeps the contract of `GlobalAlloc::alloc`.
        counted(unsafe { System.alloc(layout) }, signed(layout.size()))
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !count(signed(layout.size())) {
            return ptr::null_mut();
        }
        // SAFETY: as in `alloc`.
        counted(unsafe { System.alloc_zeroed(layout) }, signed(layout.size()))
    }

    #[inline]
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count(-signed(layout.size()));
        // SAFETY: `at` came from the system's allocator with this layout, as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let change = signed(size) - signed(layout.size());
        if !count(change) {
            return ptr::null_mut();
        }
        // SAFETY: as in `dealloc`.
        counted(unsafe { System.realloc(at, layout, size) }, change)
    }
}

/// Has the system's allocator ask for memory in large parts, in one place for all threads, and keep
/// what is freed. Left alone, it asks for each page that the run's own thread comes to need.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn ask_seldom() {
    const PART: libc::c_int = 1 << 20;
    const KEPT: libc::c_int = 1 << 26;
    let settings = [
        (libc::M_ARENA_MAX, 1),
        (libc::M_TOP_PAD, PART),
        (libc::M_MMAP_THRESHOLD, 4 * PART),
        (libc::M_TRIM_THRESHOLD, KEPT),
    ];
    for (setting, value) in settings {
        // SAFETY: the allocator's own settings, before there is a second thread. One that it does not
        // know changes nothing.
        unsafe {
            libc::mallopt(setting, value);
        }
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) const fn ask_seldom() {}

/// What is said when the process is aborted. Rust has told the cause before.
const MESSAGE: &[u8] = b"Error: cairo-run had to stop: memory or stack ran out. Hints that need \
    too much of either do this; --max_memory sets the limit of memory.\n";

/// Ends the process in the documented way.
extern "C" fn on_abort(_: libc::c_int) {
    // SAFETY: both calls are allowed in signal handlers, and the message is a static one.
    unsafe {
        let _ = libc::write(2, MESSAGE.as_ptr().cast(), MESSAGE.len());
        libc::_exit(1);
    }
}

/// Has an abort end the process with exit status 1 and a sentence instead of a core dump.
pub(crate) fn end_cleanly() {
    let handler: extern "C" fn(libc::c_int) = on_abort;
    // SAFETY: the handler only makes calls that are allowed in one.
    unsafe {
        libc::signal(libc::SIGABRT, handler as libc::sighandler_t);
    }
}
