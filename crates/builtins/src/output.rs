//! The output builtin: its segment is what the program says to the world.
//!
//! Any value may be written there, and nothing is deduced. Hints split the output into pages of the
//! public memory and give it attributes; a hint that runs another program puts both aside meanwhile.

use std::collections::BTreeMap;

use cairo_zero_core::{Relocatable, Value};

use crate::builtin::as_any;
use crate::{Builtin, BuiltinError, BuiltinErrorKind, Runner};

/// A stretch of the output that goes to a page of the public memory of its own.
///
/// Nothing is checked when a hint declares it; see [`Output::page_of_cells`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Where it begins, in cells from the start of the output.
    pub start: i64,
    /// Its length in cells.
    pub size: u64,
}

/// What hints have said about the output.
#[derive(Debug, Clone, Default)]
struct Contents {
    pages: Vec<(u64, Page)>,
    attributes: Vec<(String, String)>,
}

/// The output builtin.
#[derive(Debug, Clone)]
pub struct Output {
    /// All contents there have been. States refer to them by number, so that what is added to a
    /// state's contents later is in the state as well, as with the reference's dictionaries.
    contents: Vec<Contents>,
    current: usize,
}

/// A state of the output builtin that hints put aside and back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputState {
    base: Relocatable,
    contents: usize,
}

impl OutputState {
    /// The builtin's first address in this state.
    #[must_use]
    pub const fn base(&self) -> Relocatable {
        self.base
    }
}

impl Default for Output {
    fn default() -> Self {
        Self { contents: vec![Contents::default()], current: 0 }
    }
}

impl Output {
    /// The pages, by number, in the order in which they were declared.
    #[must_use]
    pub fn pages(&self) -> &[(u64, Page)] {
        &self.contents[self.current].pages
    }

    /// The attributes and their values as JSON, in the order in which they were first added.
    #[must_use]
    pub fn attributes(&self) -> &[(String, String)] {
        &self.contents[self.current].attributes
    }

    /// Declares `size` cells from `start` on as page `number`; `base` is the output's first address.
    ///
    /// # Errors
    /// When the number is taken or `start` is not in the output segment.
    pub fn add_page(
        &mut self,
        base: Relocatable,
        number: u64,
        start: Value,
        size: u64,
    ) -> Result<(), BuiltinError> {
        if self.pages().iter().any(|(taken, _)| *taken == number) {
            return Err(BuiltinErrorKind::PageTwice(number).into());
        }
        let start = match start {
            Value::Relocatable(start) if start.segment == base.segment => {
                start.offset.checked_sub(base.offset)
            }
            _ => None,
        };
        let start = start.ok_or(BuiltinErrorKind::PageOutside)?;
        self.contents[self.current].pages.push((number, Page { start, size }));
        Ok(())
    }

    /// Gives the output an attribute, whose value is JSON; one of that name is replaced.
    pub fn add_attribute(&mut self, name: &str, json: String) {
        let attributes = &mut self.contents[self.current].attributes;
        match attributes.iter_mut().find(|(known, _)| known == name) {
            Some((_, value)) => *value = json,
            None => attributes.push((String::from(name), json)),
        }
    }

    /// The page of each cell that has one, when the output has `size` cells; the others are in page 0
    /// (`finalize_segments` in cairo-lang's `output_builtin_runner.py`).
    ///
    /// # Errors
    /// When a page goes beyond the output, or two have a cell in common.
    pub fn page_of_cells(&self, size: u64) -> Result<BTreeMap<u64, u64>, BuiltinError> {
        let mut pages = BTreeMap::new();
        for (number, page) in self.pages() {
            let end = i128::from(page.start) + i128::from(page.size);
            if end > i128::from(size) {
                return Err(BuiltinErrorKind::PageOutOfBounds(*number).into());
            }
            // What lies before the output is no cell of it.
            for offset in page.start.max(0).cast_unsigned()..u64::try_from(end).unwrap_or(0) {
                if *pages.entry(offset).or_insert(*number) != *number {
                    return Err(BuiltinErrorKind::OffsetInTwoPages(offset).into());
                }
            }
        }
        Ok(pages)
    }
}

impl Builtin for Output {
    as_any!();
}

impl Runner {
    /// The state of the output builtin (`get_state` in cairo-lang's `output_builtin_runner.py`);
    /// `None` when this is another builtin.
    #[must_use]
    pub fn output_state(&self) -> Option<OutputState> {
        let output = self.downcast::<Output>()?;
        Some(OutputState { base: self.base(), contents: output.current })
    }

    /// Goes back to a state of this output builtin (`set_state` there). Another builtin, or a state
    /// of another run's, is left alone.
    pub fn set_output_state(&mut self, state: OutputState) {
        if let Some(output) = self.downcast_mut::<Output>()
            && state.contents < output.contents.len()
        {
            output.current = state.contents;
            self.set_base(state.base);
        }
    }

    /// Begins a state without pages and attributes at `base` (`new_state` there). Another builtin is
    /// left alone.
    pub fn new_output_state(&mut self, base: Relocatable) {
        if let Some(output) = self.downcast_mut::<Output>() {
            output.current = output.contents.len();
            output.contents.push(Contents::default());
            self.set_base(base);
        }
    }
}
