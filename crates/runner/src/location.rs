//! [`Locations`]: the Cairo source of instructions and hints, for error reports.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;

use cairo_zero_core::Relocatable;
use cairo_zero_hints::Place;
use cairo_zero_program::{DebugInfo, HintLocation, Location, Program};

use crate::Ready;

/// The contents of files that a program has with it, by name.
type Contents = BTreeMap<String, String>;

/// Most bytes of a source file that reports show lines of.
pub const MOST_SOURCE: u64 = 1 << 26;

/// Where the instructions and hints of the programs of a run came from, as far as their debug
/// information says.
pub(crate) struct Locations {
    /// The first cell of each program, its length and its debug information.
    programs: Vec<(Relocatable, i64, DebugInfo)>,
    /// The program, the instruction and the place there of each hint, by the hint's number.
    hints: Vec<(usize, usize, usize)>,
}

impl Locations {
    /// Reads the program's debug information; without any, or with broken one, nothing has a
    /// location.
    pub(crate) fn of(program: &Program) -> Self {
        let mut locations = Self { programs: Vec::new(), hints: Vec::new() };
        locations.add(program, Relocatable::new(0, 0));
        locations
    }

    /// As [`Locations::of`], for the program of a run and those that its hints had loaded.
    pub(crate) fn of_run(ready: &Ready) -> Self {
        let mut locations = Self::of(&ready.program);
        for (program, base) in &ready.loaded {
            locations.add(program, *base);
        }
        locations
    }

    fn add(&mut self, program: &Program, base: Relocatable) {
        let number = self.programs.len();
        let debug_info = program.debug_info().ok().flatten().unwrap_or_default();
        self.programs.push((base, program.data().len() as i64, debug_info));
        let places = |(pc, hints): &(usize, Vec<_>)| {
            let pc = *pc;
            (0..hints.len()).map(move |index| (number, pc, index))
        };
        self.hints.extend(program.hints().iter().flat_map(places));
    }

    /// The report of `message` at an instruction of the program segment, with the source line
    /// marked: what the reference's `LocationError` prints. Ends with a line break.
    pub(crate) fn describe(&self, at: Relocatable, hint: Option<u32>, message: &str) -> String {
        let Some((mut location, contents)) = self.location(at, hint) else {
            return format!("{message}\n");
        };
        let mut text = String::new();
        let mut message = message;
        loop {
            text.insert_str(0, &format!("{}\n", with_content(location, message, contents)));
            match &location.parent_location {
                Some(parent) => (location, message) = (&parent.0, &parent.1),
                None => return text,
            }
        }
    }

    /// A line of a traceback for the call at `at`, with its line break.
    pub(crate) fn frame(&self, at: Relocatable) -> String {
        match self.location(at, None) {
            Some((location, contents)) => {
                format!("{}\n", with_content(location, &format!("(pc={at})"), contents))
            }
            None => format!("Unknown location (pc={at})\n"),
        }
    }

    /// Where line `line` of hint `number` is in the Cairo source.
    pub(crate) fn in_hint(&self, number: u32, line: u32) -> Option<Place> {
        let (program, pc, index) = self.hints.get(number as usize)?;
        let (_, _, debug_info) = self.programs.get(*program)?;
        let HintLocation { location, n_prefix_newlines } = hint_location(debug_info, *pc, *index)?;
        let line = line as usize + location.start_line + n_prefix_newlines - 1;
        let file = location.input_file.filename.clone()?;
        let text = read_source(&file, MOST_SOURCE);
        let text = text.and_then(|text| text.lines().nth(line.checked_sub(1)?).map(String::from));
        Some(Place { file, line: u32::try_from(line).ok()?, text })
    }

    /// The source of an instruction or hint, and the contents of files that the program has with it.
    fn location(&self, at: Relocatable, hint: Option<u32>) -> Option<(&Location, &Contents)> {
        let (base, _, debug_info) = self.programs.iter().rev().find(|(base, length, _)| {
            let offset = at.offset.checked_sub(base.offset);
            at.segment == base.segment
                && offset.is_some_and(|offset| (0..*length).contains(&offset))
        })?;
        let pc = usize::try_from(at.offset - base.offset).ok()?;
        let hint = hint.and_then(|index| hint_location(debug_info, pc, index as usize));
        let location = match hint {
            Some(hint) => &hint.location,
            None => &debug_info.instruction_locations.get(&pc)?.inst,
        };
        Some((location, &debug_info.file_contents))
    }
}

fn hint_location(debug_info: &DebugInfo, pc: usize, index: usize) -> Option<&HintLocation> {
    debug_info.instruction_locations.get(&pc)?.hints.get(index)?.as_ref()
}

/// For each hint of the program, in the order of their numbers, the offset of its instruction in cells
/// and its place in the Cairo code (`file:line`), as far as the program says where that is.
#[must_use]
pub fn hint_places(program: &Program) -> Vec<(usize, Option<String>)> {
    let locations = Locations::of(program);
    let place = |(program, pc, index): &(usize, usize, usize)| {
        let hint = hint_location(&locations.programs.get(*program)?.2, *pc, *index)?;
        let file = hint.location.input_file.filename.as_deref()?;
        Some(format!("{file}:{}", hint.location.start_line))
    };
    locations.hints.iter().map(|hint| (hint.1, place(hint))).collect()
}

/// A report of `message` at the place of hint number `hint` in the Cairo code, as far as the program
/// says where that is. Ends with a line break.
#[must_use]
pub fn report_at_hint(program: &Program, hint: u32, message: &str) -> String {
    let locations = Locations::of(program);
    match locations.hints.get(hint as usize) {
        Some((_, pc, index)) => {
            let at = Relocatable::new(0, *pc as i64);
            locations.describe(at, Some(*index as u32), &format!("Error at pc={at}:\n{message}"))
        }
        None => format!("{message}\n"),
    }
}

/// `file:line:column: message`, and the source line with its mark where there is one: in the
/// contents that the program has with it, or in the file.
fn with_content(location: &Location, message: &str, contents: &Contents) -> String {
    let file = location.input_file.filename.as_deref().unwrap_or_default();
    let mut text = format!("{file}:{}:{}: {message}", location.start_line, location.start_col);
    let content = match contents.get(file) {
        Some(content) => Some(Cow::from(content)),
        None => read_source(file, MOST_SOURCE).map(Cow::from),
    };
    if let Some(content) = content {
        text.push('\n');
        text.push_str(&marks(&content, location));
    }
    text
}

/// The text of a source file; `None` unless it is a regular file of at most `most` bytes, in UTF-8.
#[must_use]
pub fn read_source(file: &str, most: u64) -> Option<String> {
    // Asked before it is opened: to open a pipe is to wait for someone who writes to it.
    let data = fs::metadata(file).ok()?;
    if !data.is_file() || data.len() > most {
        return None;
    }
    let mut text = String::new();
    File::open(file).ok()?.take(most).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The lines of a text as Python splits them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c| {
        matches!(
            c,
            '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    };
    let mut rest = Some(text).filter(|text| !text.is_empty());
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.find(ends).unwrap_or(text.len());
        let (line, behind) = text.split_at(end);
        let one = behind.chars().next().map_or(0, char::len_utf8);
        let ending = if behind.starts_with("\r\n") { 2 } else { one };
        rest = behind.get(ending..).filter(|behind| !behind.is_empty());
        Some(line)
    })
}

/// The source line and the mark below it; nothing when the file has no such line.
fn marks(content: &str, location: &Location) -> String {
    let line = location.start_line.checked_sub(1).and_then(|line| lines(content).nth(line));
    let Some(line) = line else {
        return String::new();
    };
    let start = location.start_col;
    let end = if location.start_line == location.end_line {
        location.end_col
    } else {
        line.chars().count() + 1
    };
    let indent = " ".repeat(start.saturating_sub(1).min(MARK_LIMIT));
    let mark = if end > start + 1 {
        format!("^{}^", "*".repeat((end - start - 2).min(MARK_LIMIT)))
    } else {
        String::from("^")
    };
    format!("{line}\n{indent}{mark}")
}

/// Marks are no longer than this many characters, whatever the debug information says.
const MARK_LIMIT: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::{MOST_SOURCE, read_source};

    #[test]
    fn regular_files_within_the_bound_are_read() {
        let folder = env!("CARGO_MANIFEST_DIR");
        let file = format!("{folder}/src/location.rs");
        let text = read_source(&file, MOST_SOURCE);
        let bytes = text.as_ref().map_or(0, String::len) as u64;
        assert!(bytes > 0);
        assert_eq!(read_source(&file, bytes), text);
        assert_eq!(read_source(&file, bytes - 1), None);
        for other in [folder, "/dev/zero", "no such file"] {
            assert_eq!(read_source(other, MOST_SOURCE), None, "{other}");
        }
    }
}
