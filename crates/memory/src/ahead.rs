//! [`Ahead`]: huge pages put in place by another thread while the one before is being written.
//!
//! The system clears a page before it hands it out, which takes about as long as a quick program needs
//! to fill it. On a machine with more than one processor that goes on beside the run.

use std::hint::spin_loop;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, LazyLock};
use std::thread::{self, available_parallelism};
use std::time::{Duration, Instant};

use crate::raw::populate;

/// What has become of a request.
const ASKED: u8 = 0;
const BEGUN: u8 = 1;
const DONE: u8 = 2;
const TAKEN_BACK: u8 = 3;

/// Requests that may wait: there is one for each array that is growing.
const WAITING: usize = 64;

/// A page that is not there after this long is one that the other thread has no processor for.
const PATIENCE: Duration = Duration::from_millis(2);

/// Memory that is to be put in place.
struct Request {
    address: usize,
    bytes: usize,
    state: Arc<AtomicU8>,
}

/// To the thread that does it; `None` where that would only take the processor away.
static HELPER: LazyLock<Option<SyncSender<Request>>> = LazyLock::new(|| {
    if available_parallelism().map_or(1, usize::from) < 2 {
        return None;
    }
    let (sender, requests) = sync_channel(WAITING);
    let helper = thread::Builder::new().name("pages".to_owned()).stack_size(1 << 16);
    helper.spawn(move || serve(&requests)).ok().map(|_| sender)
});

fn serve(requests: &Receiver<Request>) {
    for Request { address, bytes, state } in requests {
        let begun = state.compare_exchange(ASKED, BEGUN, Ordering::Relaxed, Ordering::Relaxed);
        if begun.is_ok() {
            populate(address, bytes);
            state.store(DONE, Ordering::Release);
        }
    }
}

/// The page of an array that was asked for last.
#[derive(Default)]
pub(crate) struct Ahead {
    page: usize,
    state: Option<Arc<AtomicU8>>,
    /// Whether a page was waited for in vain: then no more are asked for.
    given_up: bool,
}

impl Ahead {
    /// Asks for a page.
    pub(crate) fn ask(&mut self, page: usize, address: usize, bytes: usize) {
        let Some(helper) = HELPER.as_ref().filter(|_| !self.given_up) else { return };
        let state = Arc::new(AtomicU8::new(ASKED));
        let request = Request { address, bytes, state: Arc::clone(&state) };
        self.page = page;
        self.state = helper.try_send(request).is_ok().then_some(state);
    }

    /// Waits for a page that is needed now, if it was asked for and is just being put in place.
    pub(crate) fn arrive(&mut self, page: usize) {
        let Some(state) = self.state.take().filter(|_| self.page == page) else { return };
        let taken = state.compare_exchange(ASKED, TAKEN_BACK, Ordering::Relaxed, Ordering::Acquire);
        if taken != Err(BEGUN) {
            return;
        }
        let start = Instant::now();
        while state.load(Ordering::Acquire) == BEGUN {
            if start.elapsed() > PATIENCE {
                self.given_up = true;
                return;
            }
            (0..64).for_each(|_| spin_loop());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_arrive_and_what_is_no_memory_is_left_alone() {
        let mut pages = vec![1_u8; 1 << 20];
        let mut ahead = Ahead::default();
        for (page, address) in
            [(1, pages.as_mut_ptr().addr()), (2, 1 << 12), (3, usize::MAX - 4095)]
        {
            ahead.ask(page, address, 1 << 12);
            // A page that was asked for before is forgotten, and one that was not is not waited for.
            ahead.arrive(page + 1);
            ahead.ask(page, address, 1 << 12);
            ahead.arrive(page);
            assert!(ahead.state.is_none());
        }
        assert!(pages.iter().all(|byte| *byte == 1));
    }

    #[test]
    fn a_page_is_waited_for_only_while_it_is_being_put_in_place() {
        let asked = |state: u8| Ahead {
            page: 7,
            state: Some(Arc::new(AtomicU8::new(state))),
            given_up: false,
        };
        for state in [ASKED, DONE] {
            let mut ahead = asked(state);
            ahead.arrive(7);
            assert!(!ahead.given_up, "{state}");
        }
        let mut ahead = asked(BEGUN);
        ahead.arrive(7);
        assert!(ahead.given_up, "the other thread did not come to its end");
        ahead.ask(8, 0, 0);
        assert!(ahead.state.is_none());
    }
}
