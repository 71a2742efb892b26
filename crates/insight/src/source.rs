//! [`Sources`]: the lines of the files that a program was compiled from.

use std::collections::BTreeMap;

use cairo_zero_program::{DebugInfo, Location};
use cairo_zero_runner::{MOST_SOURCE, read_source};

/// The files of a program, each read when a line of it is first asked for.
pub(crate) struct Sources<'a> {
    /// What the debug information holds of files that are not on disk.
    kept: &'a BTreeMap<String, String>,
    /// The lines of those that were asked for; none of a file that can't be read.
    read: BTreeMap<String, Vec<String>>,
}

impl<'a> Sources<'a> {
    pub(crate) const fn new(debug_info: &'a DebugInfo) -> Self {
        Self { kept: &debug_info.file_contents, read: BTreeMap::new() }
    }

    /// Line `line` of `file`, counted from 1, without its break and the blanks around it.
    pub(crate) fn line(&mut self, file: &str, line: usize) -> Option<&str> {
        if !self.read.contains_key(file) {
            let text = match self.kept.get(file) {
                Some(text) => text.clone(),
                None => read_source(file, MOST_SOURCE).unwrap_or_default(),
            };
            self.read.insert(file.to_owned(), text.lines().map(str::to_owned).collect());
        }
        Some(self.read.get(file)?.get(line.checked_sub(1)?)?.trim())
    }
}

/// The name of the file that a location is in, as the compiler was given it.
pub(crate) fn file_of(location: &Location) -> &str {
    location.input_file.filename.as_deref().unwrap_or_default()
}
