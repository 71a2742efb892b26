//! The output builtin: its segment is what the program says to the world.

use std::any::Any;
use std::collections::BTreeMap;

use cairo_zero_core::{Relocatable, Value};

use crate::{Builtin, BuiltinError};

/// A stretch of the output that goes to a page of the public memory of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Where it begins, in cells from the start of the output segment.
    pub start: u64,
    /// Its length in cells.
    pub size: u64,
}

/// The output builtin. Any value may be written to its segment.
#[derive(Debug, Default)]
pub struct Output {
    pages: BTreeMap<u64, Page>,
}

impl Output {
    /// The pages that hints have declared, by number.
    #[must_use]
    pub const fn pages(&self) -> &BTreeMap<u64, Page> {
        &self.pages
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
        if self.pages.contains_key(&number) {
            return Err(BuiltinError::PageTwice(number));
        }
        let start = match start {
            Value::Relocatable(start) if start.segment == base.segment => {
                u64::try_from(start.offset - base.offset).map_err(|_| BuiltinError::PageOutside)?
            }
            _ => return Err(BuiltinError::PageOutside),
        };
        self.pages.insert(number, Page { start, size });
        Ok(())
    }
}

impl Builtin for Output {
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
