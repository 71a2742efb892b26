//! The list of programs on which we mean to differ from the reference.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};

use crate::program::root;

/// The known differences: program names, each with its reason.
#[derive(Clone, Debug, Default)]
pub struct KnownDifferences(BTreeMap<String, String>);

impl KnownDifferences {
    /// Reads `cairo_programs/known_differences.txt`: lines of `folder/name: reason`.
    ///
    /// # Errors
    /// When the file cannot be read or a line has no reason.
    pub fn read() -> Result<Self> {
        let path = root().join("cairo_programs/known_differences.txt");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let entry = |line: &str| {
            let (name, reason) =
                line.split_once(": ").context("a line is `folder/name: reason`")?;
            Ok((name.to_owned(), reason.to_owned()))
        };
        Ok(Self(lines.map(entry).collect::<Result<_>>()?))
    }

    /// Why the program is meant to differ, if it is.
    #[must_use]
    pub fn reason(&self, program: &str) -> Option<&str> {
        self.0.get(program).map(String::as_str)
    }

    /// The names of all programs in the list.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
