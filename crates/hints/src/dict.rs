//! [`DictManager`]: the Python dictionaries behind Cairo's, shared by native and Python hints.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use cairo_zero_core::{FoldState, Relocatable};

use crate::object::Dict;
use crate::{Exception, ExceptionClass};

/// The Python dictionary of one Cairo dictionary.
pub struct DictTracker {
    /// The dictionary itself, which hints may keep or replace.
    pub data: RefCell<Rc<RefCell<Dict>>>,
    /// The first cell of the dictionary's segment that is not used yet.
    pub current_ptr: Cell<Relocatable>,
    /// Where in the dictionary the last access was: those that follow are often near.
    pub(crate) near: Cell<usize>,
}

impl DictTracker {
    /// A tracker of a dictionary.
    #[must_use]
    pub const fn new(data: Rc<RefCell<Dict>>, current_ptr: Relocatable) -> Self {
        Self { data: RefCell::new(data), current_ptr: Cell::new(current_ptr), near: Cell::new(0) }
    }
}

/// The Python dictionaries of a run, found by the segment of the Cairo dictionary.
#[derive(Default)]
pub struct DictManager {
    /// The trackers by segment.
    pub trackers: HashMap<i32, Rc<DictTracker>, FoldState>,
}

impl DictManager {
    /// Keeps a dictionary for the segment that begins at `base`.
    ///
    /// # Errors
    /// When the segment has one.
    pub fn insert(&mut self, base: Relocatable, data: Dict) -> Result<(), Exception> {
        if self.trackers.contains_key(&base.segment) {
            return Err(Exception::new(ExceptionClass::AssertionError, ""));
        }
        let tracker = DictTracker::new(Rc::new(RefCell::new(data)), base);
        self.trackers.insert(base.segment, Rc::new(tracker));
        Ok(())
    }

    /// The tracker of the dictionary whose next unused cell is at `dict_ptr`.
    ///
    /// # Errors
    /// When there is no dictionary in this segment, or the pointer is another one.
    pub fn tracker(&self, dict_ptr: Relocatable) -> Result<&Rc<DictTracker>, Exception> {
        let tracker = self.trackers.get(&dict_ptr.segment);
        match tracker.filter(|tracker| tracker.current_ptr.get() == dict_ptr) {
            Some(tracker) => Ok(tracker),
            None => Err(wrong(dict_ptr, tracker)),
        }
    }
}

/// Why there is no dictionary at a pointer, although its segment may have one.
#[cold]
fn wrong(dict_ptr: Relocatable, tracker: Option<&Rc<DictTracker>>) -> Exception {
    let Some(tracker) = tracker else {
        let message = format!("Dictionary pointer {dict_ptr} was not created using dict_new().");
        return Exception::new(ExceptionClass::ValueError, message);
    };
    let current = tracker.current_ptr.get();
    let message = format!("Wrong dict pointer supplied. Got {dict_ptr}, expected {current}.");
    Exception::new(ExceptionClass::AssertionError, message)
}
